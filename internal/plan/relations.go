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
	tree   []int32          // union-find over tables
	parent []bool           // has children
	child  []bool           // inherits from another, by its own CREATE TABLE
	index  map[string]int32 // table of an index, by the index's name, where that is no table here

	// What tables gives, one entry's after another's, and where each has its own.
	found []int32
	of    []span

	name []byte // reused
}

// span is a part of relations.found. before says that the entry's statements
// were read, but not yet its dependencies.
type span struct {
	at, count    int32
	before, done bool
}

func newRelations(t *toc.TOC) *relations {
	r := &relations{toc: t, byName: make(map[string]int32), index: make(map[string]int32), of: make([]span, len(t.Entries))}
	for i := range t.Entries {
		e := &t.Entries[i]
		if isRelation(e.Kind) {
			r.number(e.Namespace, e.Tag)
		}
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		switch e.Kind {
		case toc.KindTable, toc.KindForeignTable:
			r.inherit(e)
		case toc.KindIndex, toc.KindConstraint:
			var room [8]int32
			tables := r.namesIn(e, room[:0])
			if len(tables) > 0 {
				r.noteIndex(e, tables[0])
			}
			// More may be names of indexes that are not known yet.
			if e.Section == toc.SectionPostData && (e.Kind == toc.KindIndex && len(tables) == 2 || len(tables) == 1) {
				r.keep(i, tables)
				r.of[i].before = true
			}
		}
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Kind == toc.KindTableAttach || e.Kind == toc.KindIndexAttach {
			r.attach(i)
		}
	}
	for i := range t.Entries {
		r.tables(i) // numbers all tables there are
	}
	return r
}

// noteIndex notes which table an index stands for. An index's own statement has
// made it a table of its own.
func (r *relations) noteIndex(e *toc.Entry, table int32) {
	name := r.join(e.Namespace, indexName(e))
	if _, known := r.index[string(name)]; known || r.names[table] != string(name) {
		r.index[string(name)] = table
	}
}

// keep notes what an entry is about.
func (r *relations) keep(entry int, tables []int32) {
	r.of[entry] = span{at: int32(len(r.found)), count: int32(len(tables))}
	r.found = append(r.found, tables...)
}

// kept gives what was noted. It is not to be changed.
func (r *relations) kept(entry int) []int32 {
	s := r.of[entry]
	return r.found[s.at : s.at+s.count : s.at+s.count]
}

// join makes the name of a table, which is good until the next call.
func (r *relations) join(schema, name string) []byte {
	r.name = append(append(append(r.name[:0], schema...), '.'), name...)
	return r.name
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

func (r *relations) number(schema, table string) int32 {
	joined := r.join(schema, table)
	n, ok := r.byName[string(joined)]
	if !ok {
		n = int32(len(r.tree))
		name := string(joined)
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
	self := r.number(e.Namespace, e.Tag)
	for _, id := range e.Dependencies {
		p := r.toc.Get(id)
		if p != nil && (p.Kind == toc.KindTable || p.Kind == toc.KindForeignTable) {
			above := r.number(p.Namespace, p.Tag)
			r.parent[above] = true
			r.child[self] = true
			r.unite(self, above)
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
		r.unite(table, tables[0])
	}
}

func (r *relations) unite(a, b int32) { r.tree[r.root(a)] = r.root(b) }

func (r *relations) root(a int32) int32 {
	for r.tree[a] != a {
		r.tree[a] = r.tree[r.tree[a]]
		a = r.tree[a]
	}
	return a
}

// members gives how many tables the tree of each root has, 0 for other tables.
func (r *relations) members() []int32 {
	members := make([]int32, len(r.tree))
	for table := range r.tree {
		members[r.root(int32(table))]++
	}
	return members
}

// hasKin reports whether a table belongs to a tree of several. A table without
// children is never the root of one.
func (r *relations) hasKin(table int32) bool { return r.parent[table] || r.root(table) != table }

// tables gives the tables that an entry is about, those that its statements
// name first.
func (r *relations) tables(entry int) []int32 {
	if r.of[entry].done {
		return r.kept(entry)
	}
	e := &r.toc.Entries[entry]
	var room [8]int32
	found := room[:0]
	before := r.of[entry].before
	if before {
		found = append(found, r.kept(entry)...)
	}
	r.of[entry] = span{done: true} // cuts circles, too
	switch {
	case isRelation(e.Kind), e.Kind == toc.KindTableData:
		found = append(found, r.number(e.Namespace, e.Tag))
	default:
		if !before && (e.Section == toc.SectionPostData || e.Kind == toc.KindTableAttach) {
			found = r.namesIn(e, found)
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
	r.keep(entry, found)
	r.of[entry].done = true
	return r.kept(entry)
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

// namesIn adds the tables that the statements of a post-data entry name: what
// stands behind TABLE, ON, REFERENCES and the like. It may find too many, which
// costs nothing but a lock nobody else wants.
func (r *relations) namesIn(e *toc.Entry, found []int32) []int32 {
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
		table, ok := r.index[string(r.join(schema, name))]
		if !ok {
			table = r.number(schema, name)
		}
		found = appendNew(found, table)
	}
	return found
}

func namesFollow(t sqlscan.Token) bool {
	switch len(t.Text) {
	case 2:
		return t.Is("ON") || t.Is("TO")
	case 4:
		return t.Is("FROM")
	case 5:
		return t.Is("TABLE") || t.Is("INDEX")
	case 9:
		return t.Is("PARTITION")
	case 10:
		return t.Is("REFERENCES")
	}
	return false
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
