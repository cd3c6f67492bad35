package plan

import (
	"iter"
	"slices"
	"strings"

	"pgrestore/toc"
)

// hidden finds what looks into other tables without a dependency that says so:
// expressions that call functions with queries in them. A check or a generated
// column evaluates them when rows are loaded, an index when it is built. A serial
// restore has loaded the tables before by then, or all.
type hidden struct {
	toc     *toc.TOC
	queries []bool         // of functions, whether there is a query
	looks   map[int32]bool // of other entries, whether what they are made of looks into tables
}

func newHidden(t *toc.TOC) *hidden {
	h := &hidden{toc: t, looks: make(map[int32]bool)}
	var functions []int
	relations := make(map[string]bool)
	for i := range t.Entries {
		switch e := &t.Entries[i]; {
		case e.Kind == toc.KindFunction:
			functions = append(functions, i)
		case isRelation(e.Kind):
			relations[strings.ToLower(e.Tag)] = true
		}
	}
	if len(functions) == 0 {
		return h
	}
	h.queries = make([]bool, len(t.Entries))
	named := make(map[string]bool) // functions with queries
	note := func(i int, has bool) {
		if has {
			h.queries[i] = true
			named[functionName(&t.Entries[i])] = true
		}
	}
	for _, i := range functions {
		from, relation, execute := false, false, false
		for word := range wordsOf(t.Entries[i].Definition) {
			from = from || word == "from"
			relation = relation || relations[word]
			execute = execute || word == "execute" // whatever it is
		}
		note(i, from && relation || execute)
	}
	// And those that call them: most often none is left to be found.
	for before := 0; before < len(named); {
		before = len(named)
		for _, i := range functions {
			if h.queries[i] {
				continue
			}
			calls, self := false, functionName(&t.Entries[i])
			for word := range wordsOf(t.Entries[i].Definition) {
				calls = calls || word != self && named[word]
			}
			note(i, calls)
		}
	}
	return h
}

// functionName gives the name in a tag like "name(integer)", in lower case.
func functionName(e *toc.Entry) string {
	name, _, _ := strings.Cut(e.Tag, "(")
	return strings.ToLower(strings.Trim(name, `"`))
}

// wordsOf gives the words of a definition in lower case, be they code or not.
func wordsOf(definition string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(definition, betweenWords) {
			if !yield(strings.ToLower(word)) {
				return
			}
		}
	}
}

func betweenWords(r rune) bool {
	return r < 0x80 && r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// uses reports whether an entry depends on what looks into tables, be it by way
// of types, operators and the like.
func (h *hidden) uses(entry int) bool {
	return h.queries != nil && slices.ContainsFunc(h.toc.Entries[entry].Dependencies, h.usedLooks)
}

func (h *hidden) usedLooks(id toc.ID) bool {
	i, ok := h.toc.Index(id)
	if !ok {
		return false
	}
	switch h.toc.Entries[i].Kind {
	case toc.KindFunction:
		return h.queries[i]
	case toc.KindDomain, toc.KindType, toc.KindOperator, toc.KindOperatorClass, toc.KindCast, toc.KindAggregate:
	default:
		return false
	}
	looks, known := h.looks[int32(i)]
	if !known {
		h.looks[int32(i)] = false // cuts circles
		looks = h.uses(i)
		h.looks[int32(i)] = looks
	}
	return looks
}

// loading reports whether loading rows into a table evaluates something that
// looks into tables. Defaults do not count: all columns are given.
func (h *hidden) loading(table int) bool {
	if !h.uses(table) {
		return false
	}
	e := &h.toc.Entries[table]
	for p := newParser(e.Definition); p.more; p.advance() {
		if p.token.Is("CHECK") || p.token.Is("GENERATED") {
			return true
		}
	}
	return slices.ContainsFunc(e.Dependencies, func(id toc.ID) bool {
		used := h.toc.Get(id)
		return used != nil && (used.Kind == toc.KindDomain || used.Kind == toc.KindType) && h.usedLooks(id)
	})
}

// keepHiddenOrder makes the data of tables whose loading looks into others wait
// for all data before it.
func (b *graphBuilder) keepHiddenOrder() {
	data := b.dataNodes()
	if len(data) < 2 {
		return
	}
	trees := make(map[int32]bool) // where a table has, its children may have inherited it
	for i := range b.toc.Entries {
		if b.toc.Entries[i].Kind == toc.KindTable && b.hidden.loading(i) {
			trees[b.rels.root(b.rels.tables(i)[0])] = true
		}
	}
	if len(trees) == 0 {
		return
	}
	barrier, since := int32(-1), 0
	for n, node := range data {
		i := b.graph.Nodes[node].Step.Entry
		if b.toc.Entries[i].Kind != toc.KindTableData || !trees[b.rels.root(b.rels.tables(i)[0])] {
			continue
		}
		before := barrier
		barrier = b.add(Node{Step: Step{Entry: -1}})
		if before >= 0 {
			b.edge(before, barrier)
		}
		for _, loaded := range data[since:n] {
			b.edge(loaded, barrier)
		}
		since = n
		b.edge(barrier, node)
	}
}

// chainUnique makes unique indexes on the same columns of a table in the
// archive's order: a foreign key that refers to the columns takes the first of
// them, by OID, for its own (transformFkeyCheckAttrs).
func (b *graphBuilder) chainUnique() {
	var unique []pair // table and entry
	for i := range b.toc.Entries {
		e := &b.toc.Entries[i]
		switch {
		case b.node[i] < 0 || b.wanted[i]&toc.Definition == 0:
			continue
		case e.Kind == toc.KindIndex && strings.HasPrefix(e.Definition, "CREATE UNIQUE INDEX "):
		case e.Kind == toc.KindConstraint && !strings.Contains(e.Definition, " EXCLUDE "):
		default:
			continue
		}
		if table := b.rels.mainTable(i); table >= 0 {
			unique = append(unique, pair{table, int32(i)})
		}
	}
	byTable := group(len(b.rels.names), unique)
	for table := range b.rels.names {
		entries := byTable.of(int32(table))
		if len(entries) < 2 {
			continue
		}
		last := make(map[string]int32) // by columns
		for _, i := range entries {
			columns := indexColumns(b.toc.Entries[i].Definition)
			if columns == "" {
				continue
			}
			node := b.node[i]
			if first, ok := b.first[int(i)]; ok {
				node = first
			}
			if before, ok := last[columns]; ok {
				b.edge(before, node)
			}
			last[columns] = node
		}
	}
}

// indexColumns gives the columns of a unique index or constraint, in an order of
// their own; "" where there are expressions. Those in parentheses come first in
// both statements.
func indexColumns(definition string) string {
	p := newParser(definition)
	for p.more && p.token.Text != "(" {
		p.advance()
	}
	var columns []string
	for p.more {
		p.advance() // beyond the parenthesis or comma
		if !p.token.IsIdent() {
			return ""
		}
		columns = append(columns, p.token.Name())
		for p.more && p.token.Text != "," && p.token.Text != ")" {
			if p.advance(); p.token.Text == "(" {
				return ""
			}
		}
		if p.token.Text == ")" {
			slices.Sort(columns)
			return strings.Join(columns, "\x00")
		}
	}
	return ""
}
