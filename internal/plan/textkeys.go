package plan

import (
	"slices"

	"pgrestore/toc"
)

// textKeys knows which indexes sort text by the rules of a language, which
// takes several times as long as numbers or bytes do.
type textKeys struct {
	columns map[int32]map[string]bool // of text, by table
}

// manyRows is the stored size of a table's data from which on it is looked at
// so closely.
const manyRows = 1 << 20

// newTextKeys looks at the tables that get much data.
func newTextKeys(t *toc.TOC, r *relations, loads map[int32]int64) *textKeys {
	k := &textKeys{columns: make(map[int32]map[string]bool)}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Kind != toc.KindTable {
			continue
		}
		if table, known := r.byName[e.Namespace+"."+e.Tag]; known && loads[table] >= manyRows {
			k.columns[table] = textColumns(e.Definition)
		}
	}
	return k
}

// sorts reports whether an entry that is about some tables is a B-tree with a
// column of text as its first.
func (k *textKeys) sorts(e *toc.Entry, tables []int32) bool {
	if e.Kind != toc.KindIndex && e.Kind != toc.KindConstraint {
		return false
	}
	p := newParser(e.Definition)
	for p.more && p.token.Text != "(" {
		if p.words("USING") && !p.token.Is("BTREE") {
			return false
		}
		p.advance()
	}
	p.advance()
	if !p.token.IsIdent() {
		return false
	}
	column := p.token.Name()
	p.advance()
	if p.token.Is("COLLATE") {
		return false
	}
	return slices.ContainsFunc(tables, func(table int32) bool { return k.columns[table][column] })
}

// textColumns gives the columns that CREATE TABLE makes of types of text, but
// for those with a collation of their own, which is mostly "C".
func textColumns(definition string) map[string]bool {
	columns := make(map[string]bool)
	column, depth := "", 0
	for p := newParser(definition); p.more; {
		separates := depth == 0
		switch p.token.Text {
		case "(":
			depth++
		case ")":
			depth--
		case ",":
			separates = true
		default:
			separates = false
		}
		if depth == 1 && p.token.Is("COLLATE") {
			delete(columns, column)
		}
		p.advance()
		if depth != 1 || !separates || !p.token.IsIdent() {
			continue
		}
		column = p.token.Name()
		p.advance()
		if p.token.Is("TEXT") || p.token.Is("CHARACTER") {
			columns[column] = true
		}
	}
	return columns
}
