package plan

import (
	"pgrestore/internal/sqlscan"
	"pgrestore/toc"
)

// relations knows the tables of an archive by number, and which of them belong
// together: partitions and their parents, children by inheritance. Statements
// on a parent lock its children, too.
//
// Tables are found by the dependencies between entries and by the names in
// statements: an archive without its pre-data section has neither the tables
// nor the dependencies on them.
type relations struct {
	toc    *toc.TOC
	byName map[string]int32
	names  []string
	tree   []int32 // union-find over tables
	parent []bool  // has children
	child  []bool  // inherits from another, by its own CREATE TABLE
	of     [][]int32
	done   []bool
	index  map[string]int32 // table of an index, by the index's name
}

func newRelations(t *toc.TOC) *relations {
	r := &relations{
		toc: t, byName: make(map[string]int32), index: make(map[string]int32),
		of: make([][]int32, len(t.Entries)), done: make([]bool, len(t.Entries)),
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		if isRelation(e.Kind) {
			r.number(e.Namespace + "." + e.Tag)
		}
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		switch e.Kind {
		case toc.KindTable, toc.KindForeignTable:
			r.inherit(e)
		case toc.KindIndex, toc.KindConstraint:
			if tables := r.namesIn(e); len(tables) > 0 {
				r.index[e.Namespace+"."+indexName(e)] = tables[0]
			}
		}
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Kind == toc.KindTableAttach || e.Kind == toc.KindIndexAttach {
			r.attach(i)
		}
	}
	return r
}

func isRelation(k toc.Kind) bool {
	switch k {
	case toc.KindTable, toc.KindForeignTable, toc.KindView, toc.KindMaterializedView:
		return true
	}
	return false
}

// indexName is the name of the index behind an INDEX or CONSTRAINT entry; the
// latter's tag is "table constraint".
func indexName(e *toc.Entry) string {
	if e.Kind == toc.KindIndex {
		return e.Tag
	}
	for i := 0; i < len(e.Tag); i++ {
		if e.Tag[i] == ' ' {
			return e.Tag[i+1:]
		}
	}
	return e.Tag
}

func (r *relations) number(name string) int32 {
	n, ok := r.byName[name]
	if !ok {
		n = int32(len(r.tree))
		r.byName[name] = n
		r.names = append(r.names, name)
		r.tree = append(r.tree, n)
		r.parent = append(r.parent, false)
		r.child = append(r.child, false)
	}
	return n
}

// inherit joins a table with the tables that it depends on.
func (r *relations) inherit(e *toc.Entry) {
	self := r.number(e.Namespace + "." + e.Tag)
	for _, id := range e.Dependencies {
		p := r.toc.Get(id)
		if p != nil && (p.Kind == toc.KindTable || p.Kind == toc.KindForeignTable) {
			above := r.number(p.Namespace + "." + p.Tag)
			r.parent[above] = true
			r.child[self] = true
			r.join(self, above)
		}
	}
}

// attach joins what an ATTACH PARTITION puts together; the parent comes first.
func (r *relations) attach(entry int) {
	tables := r.tables(entry)
	for n, table := range tables {
		if n == 0 {
			r.parent[table] = true
		}
		r.join(table, tables[0])
	}
}

func (r *relations) join(a, b int32) { r.tree[r.root(a)] = r.root(b) }

func (r *relations) root(a int32) int32 {
	for r.tree[a] != a {
		r.tree[a] = r.tree[r.tree[a]]
		a = r.tree[a]
	}
	return a
}

// hasKin reports whether a table belongs to a tree of several. A table without
// children is never the root of one.
func (r *relations) hasKin(table int32) bool { return r.parent[table] || r.root(table) != table }

// tables gives the tables that an entry is about, those that its statements
// name first.
func (r *relations) tables(entry int) []int32 {
	if r.done[entry] {
		return r.of[entry]
	}
	r.done[entry] = true // cuts circles, too
	e := &r.toc.Entries[entry]
	var found []int32
	switch {
	case isRelation(e.Kind):
		found = []int32{r.number(e.Namespace + "." + e.Tag)}
	case e.Kind == toc.KindTableData:
		found = []int32{r.number(e.Namespace + "." + e.Tag)}
	default:
		if e.Section == toc.SectionPostData || e.Kind == toc.KindTableAttach {
			found = r.namesIn(e)
		}
		for _, id := range e.Dependencies {
			if i, ok := r.toc.Index(id); ok {
				switch k := r.toc.Entries[i].Kind; {
				case isRelation(k), k == toc.KindTableData, k == toc.KindIndex, k == toc.KindConstraint:
					found = appendNew(found, r.tables(i)...)
				}
			}
		}
	}
	r.of[entry] = found
	return found
}

func appendNew(list []int32, more ...int32) []int32 {
next:
	for _, m := range more {
		for _, have := range list {
			if have == m {
				continue next
			}
		}
		list = append(list, m)
	}
	return list
}

// namesIn finds the tables that the statements of a post-data entry name: what
// stands behind TABLE, ON, REFERENCES and the like. It may find too many, which
// costs nothing but a lock nobody else wants.
func (r *relations) namesIn(e *toc.Entry) []int32 {
	var found []int32
	add := func(name string) {
		if table, ok := r.index[name]; ok {
			found = appendNew(found, table)
			return
		}
		found = appendNew(found, r.number(name))
	}
	tokens := sqlscan.NewTokens(e.Definition)
	more := tokens.Next()
	for more {
		t := tokens.Token()
		more = tokens.Next()
		if !namesFollow(t) || e.Kind == toc.KindForeignKey && t.Is("ON") { // ON DELETE
			continue
		}
		for more && (tokens.Token().Is("ONLY") || tokens.Token().Is("IF") || tokens.Token().Is("EXISTS")) {
			more = tokens.Next()
		}
		if !more || !tokens.Token().IsIdent() {
			continue
		}
		schema, name := e.Namespace, tokens.Token().Name()
		more = tokens.Next()
		if more && tokens.Token().Text == "." && tokens.Token().Kind == sqlscan.Symbol && tokens.Next() {
			schema, name = name, tokens.Token().Name()
			more = tokens.Next()
		}
		add(schema + "." + name)
	}
	return found
}

func namesFollow(t sqlscan.Token) bool {
	return t.Is("TABLE") || t.Is("ON") || t.Is("REFERENCES") || t.Is("PARTITION") || t.Is("TO") || t.Is("FROM") ||
		t.Is("INDEX")
}

// LoadsViaRoot reports whether the rows of a TABLE DATA entry go to a
// partitioned table above it, by the note in its definition or, in older
// archives, by the table that its COPY names (is_load_via_partition_root).
func LoadsViaRoot(e *toc.Entry) bool {
	if e.IsLoadViaRootNote() {
		return true
	}
	if e.Copy == "" {
		return false
	}
	tokens := sqlscan.NewTokens(e.Copy)
	if !tokens.Next() || !tokens.Token().Is("COPY") || !tokens.Next() {
		return true
	}
	schema, name := e.Namespace, tokens.Token().Name()
	if tokens.Next() && tokens.Token().Text == "." && tokens.Next() {
		schema, name = name, tokens.Token().Name()
	}
	return schema != e.Namespace || name != e.Tag
}
