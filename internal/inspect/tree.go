package inspect

import (
	"bufio"
	"strings"

	"pgrestore/toc"
)

// forest puts entries under the objects that they belong to. It holds indexes
// of entries only: an archive may have many.
type forest struct {
	toc     *toc.TOC
	stored  *stored
	byName  map[string]int // relations and the like, by schema, NUL and name
	parent  []int32        // of each entry, -1: none
	child   []int32        // first child, -1: none
	sibling []int32        // next child of the same parent
	last    []int32        // last child
}

// grow makes the tree: schemas in the archive's order, then what belongs to
// none.
func grow(t *toc.TOC, s *stored) []Branch {
	f := &forest{toc: t, stored: s, byName: map[string]int{}}
	n := len(t.Entries)
	f.parent, f.child, f.sibling, f.last = none(n), none(n), none(n), none(n)
	for i := range t.Entries {
		if e := &t.Entries[i]; isContainer(e.Kind) {
			f.byName[e.Namespace+"\x00"+e.Tag] = i
		}
	}
	for i := range t.Entries {
		if p := f.parentOf(i); p >= 0 && p != i {
			f.attach(i, p)
		}
	}
	return f.branches()
}

func none(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = -1
	}
	return list
}

func (f *forest) attach(i, parent int) {
	f.parent[i] = int32(parent)
	if last := f.last[parent]; last >= 0 {
		f.sibling[last] = int32(i)
	} else {
		f.child[parent] = int32(i)
	}
	f.last[parent] = int32(i)
}

// isContainer reports whether other entries may belong to one of that kind.
func isContainer(k toc.Kind) bool {
	switch k {
	case toc.KindTable, toc.KindForeignTable, toc.KindView, toc.KindMaterializedView, toc.KindSequence, toc.KindDomain, toc.KindIndex:
		return true
	default:
		return false
	}
}

// isPart reports whether an entry of that kind belongs to a container.
func isPart(k toc.Kind) bool {
	switch k {
	case toc.KindTableData, toc.KindMaterializedViewData, toc.KindIndex, toc.KindIndexAttach, toc.KindConstraint,
		toc.KindCheckConstraint, toc.KindForeignKey, toc.KindTrigger, toc.KindRule, toc.KindPolicy, toc.KindRowSecurity,
		toc.KindDefault, toc.KindTableAttach, toc.KindSequenceSet, toc.KindSequenceOwnedBy, toc.KindStatisticsData:
		return true
	default:
		return false
	}
}

// isMark reports whether an entry is no object but a remark on one.
func isMark(k toc.Kind) bool {
	switch k {
	case toc.KindACL, toc.KindACLLanguage, toc.KindComment, toc.KindSecurityLabel:
		return true
	default:
		return false
	}
}

// isSetting reports whether an entry of that kind is about the archive itself.
func isSetting(k toc.Kind) bool {
	return k == toc.KindEncoding || k == toc.KindStdStrings || k == toc.KindSearchPath
}

// parentOf gives the index of the entry that the i-th belongs to, -1 where it
// stands by itself.
func (f *forest) parentOf(i int) int {
	e := &f.toc.Entries[i]
	switch {
	case isMark(e.Kind):
		return f.marked(e)
	case !isPart(e.Kind):
		return -1
	}
	if p, ok := f.byName[e.Namespace+"\x00"+e.Tag]; ok && e.Kind != toc.KindIndex {
		return p
	}
	if p := f.amongDependencies(e); p >= 0 {
		return p
	}
	return f.byTag(e)
}

// marked gives the object that a comment or the like is on, the first that it
// depends on.
func (f *forest) marked(e *toc.Entry) int {
	for _, id := range e.Dependencies {
		if p, ok := f.toc.Index(id); ok && !isMark(f.toc.Entries[p].Kind) {
			return p
		}
	}
	return -1
}

// amongDependencies takes the container that the tag, "table name", begins
// with, or else the first in the same schema.
func (f *forest) amongDependencies(e *toc.Entry) int {
	first := -1
	for _, id := range e.Dependencies {
		p, ok := f.toc.Index(id)
		if !ok {
			continue
		}
		d := &f.toc.Entries[p]
		if !isContainer(d.Kind) || d.Kind == toc.KindIndex || d.Namespace != e.Namespace {
			continue
		}
		if strings.HasPrefix(e.Tag, d.Tag+" ") {
			return p
		}
		if first < 0 {
			first = p
		}
	}
	return first
}

// byTag finds the container in a tag "table name", where either may hold
// spaces.
func (f *forest) byTag(e *toc.Entry) int {
	const most = 100 // spaces to try, which no real name has
	for at, tries := 0, 0; tries < most; tries++ {
		space := strings.IndexByte(e.Tag[at:], ' ')
		if space < 0 {
			return -1
		}
		at += space
		if p, ok := f.byName[e.Namespace+"\x00"+e.Tag[:at]]; ok {
			return p
		}
		at++
	}
	return -1
}

// branches gives the schemas with their objects.
func (f *forest) branches() []Branch {
	list := []Branch{}
	byName := map[string]int{}
	branch := func(name string) *Branch {
		b, ok := byName[name]
		if !ok {
			b = len(list)
			byName[name] = b
			list = append(list, Branch{Schema: Name(name), Stored: known(0), Objects: []Leaf{}})
		}
		return &list[b]
	}
	for i := range f.toc.Entries {
		e := &f.toc.Entries[i]
		switch {
		case e.Kind == toc.KindSchema:
			branch(e.Tag).Owner = Name(e.Owner)
		case f.parent[i] < 0 && !isMark(e.Kind) && !isSetting(e.Kind):
			b := branch(e.Namespace)
			leaf := f.leaf(i, 0)
			b.Stored = b.Stored.add(leaf.Stored)
			b.Objects = append(b.Objects, leaf)
		}
	}
	return lastIfNone(list, byName)
}

// lastIfNone moves what belongs to no schema to the end.
func lastIfNone(list []Branch, byName map[string]int) []Branch {
	i, ok := byName[""]
	if !ok {
		return list
	}
	rest := list[i]
	return append(append(list[:i:i], list[i+1:]...), rest)
}

// maxDepth bounds the tree: table, index, comment. Entries that claim to belong
// to each other in a circle are never reached from a schema.
const maxDepth = 4

func (f *forest) leaf(i, depth int) Leaf {
	e := &f.toc.Entries[i]
	leaf := Leaf{ID: int(e.ID), Kind: Name(e.Desc), Name: Name(e.Tag), Owner: Name(e.Owner), Stored: known(0)}
	if e.HasData {
		leaf.Stored = f.stored.bytes[i]
	}
	if depth == maxDepth {
		return leaf
	}
	for c := f.child[i]; c >= 0; c = f.sibling[c] {
		child := &f.toc.Entries[c]
		switch {
		case child.Kind == toc.KindComment:
			leaf.Comments++
		case child.Kind == toc.KindSecurityLabel:
			leaf.Labels++
		case isMark(child.Kind):
			leaf.Privileges++
		default:
			part := f.leaf(int(c), depth+1)
			leaf.Stored = leaf.Stored.add(part.Stored)
			leaf.Parts = append(leaf.Parts, part)
		}
	}
	return leaf
}

// writeTree prints the tree for people.
func writeTree(w *bufio.Writer, r *Report) {
	t := &text{w: w, r: r, all: true}
	t.server()
	t.damage()
	for i := range r.Tree {
		b := &r.Tree[i]
		switch {
		case b.Schema == "":
			t.printf("without a schema")
		case b.Owner != "":
			t.printf("schema %s (owner %s)", show(b.Schema), show(b.Owner))
		default:
			t.printf("schema %s", show(b.Schema))
		}
		t.printf("%s\n", sizeNote(b.Stored))
		for j := range b.Objects {
			t.leaf(&b.Objects[j], "", 1)
		}
	}
}

func sizeNote(n Number) string {
	if n.Known && n.N == 0 {
		return ""
	}
	return "  " + human(n)
}

func (t *text) leaf(l *Leaf, table Name, depth int) {
	name := show(l.Name)
	if rest, ok := strings.CutPrefix(string(l.Name), string(table)+" "); ok && table != "" {
		name = show(Name(rest)) // the table stands above
	}
	if l.Name != table || table == "" {
		name = " " + name
	} else {
		name = ""
	}
	t.printf("%s%s%s", strings.Repeat("  ", depth), strings.ToLower(show(l.Kind)), name)
	if notes := leafNotes(l); notes != "" {
		t.printf(" (%s)", notes)
	}
	t.printf("%s\n", sizeNote(l.Stored))
	for i := range l.Parts {
		t.leaf(&l.Parts[i], l.Name, depth+1)
	}
}

func leafNotes(l *Leaf) string {
	var notes []string
	for _, note := range []struct {
		n    int
		text string
	}{{l.Comments, "comment"}, {l.Privileges, "privileges"}, {l.Labels, "label"}} {
		if note.n > 0 {
			notes = append(notes, note.text)
		}
	}
	return strings.Join(notes, ", ")
}
