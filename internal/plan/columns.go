package plan

import (
	"slices"

	"pgrestore/toc"
)

// tableColumns knows the columns of tables that get much data.
type tableColumns struct {
	of map[int32]columns // by table
}

type columns struct {
	count int64
	text  []string // those that are sorted by the rules of a language
}

// manyRows is the stored size of a table's data from which on it is looked at
// so closely.
const manyRows = 1 << 20

func newTableColumns(t *toc.TOC, r *relations, loads []load) *tableColumns {
	k := &tableColumns{of: make(map[int32]columns)}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Kind != toc.KindTable {
			continue
		}
		if table, known := r.byName[string(r.join(e.Namespace, e.Tag))]; known && loads[table].stored >= manyRows {
			k.of[table] = columnsIn(e.Definition)
		}
	}
	return k
}

// columnsIn reads the columns that CREATE TABLE makes. Constraints count, too:
// they take time as well.
func columnsIn(definition string) (all columns) {
	depth, name := 0, ""
	for p := newParser(definition); p.more; {
		begins := false // a column
		switch p.token.Text {
		case "(":
			begins = depth == 0
			depth++
		case ")":
			depth--
		case ",":
			begins = depth == 1
		}
		if last := len(all.text) - 1; last >= 0 && all.text[last] == name && p.token.Is("COLLATE") {
			all.text = all.text[:last] // mostly "C"
		}
		p.advance()
		if !begins || !p.token.IsIdent() {
			continue
		}
		all.count++
		name = p.token.Name()
		p.advance()
		if p.token.Is("TEXT") || p.token.Is("CHARACTER") {
			all.text = append(all.text, name)
		}
	}
	return all
}

// keys is what a B-tree sorts by. Text takes longer than numbers do, and longest
// where many texts are equal, so that other columns are looked at: an index on text
// and more is most often of that sort.
type keys struct {
	text bool // the first column is
	more bool // than one column
}

// keysOf tells of an entry that is about some tables what it sorts by, if it is a
// B-tree.
func (k *tableColumns) keysOf(e *toc.Entry, tables []int32) (by keys) {
	p := newParser(e.Definition)
	for p.more && p.token.Text != "(" {
		if p.words("USING") && !p.token.Is("BTREE") {
			return keys{}
		}
		p.advance()
	}
	p.advance()
	if p.token.IsIdent() {
		column := p.token.Name()
		p.advance()
		by.text = !p.token.Is("COLLATE") && slices.ContainsFunc(tables, func(table int32) bool { return slices.Contains(k.of[table].text, column) })
	}
	for depth := 0; p.more && depth >= 0; p.advance() {
		switch p.token.Text {
		case "(":
			depth++
		case ")":
			depth--
		case ",":
			by.more = by.more || depth == 0
		}
	}
	return by
}
