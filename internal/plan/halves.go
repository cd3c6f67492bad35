package plan

import (
	"strings"

	"pgrestore/internal/sqlscan"
	"pgrestore/toc"
)

// halves is a constraint taken apart into two statements that together leave
// the same catalogue as the one: making an index, which other work on the table
// may run beside, and a quick rest; or a quick start, and a check that others
// may run beside.
type halves struct {
	first, second statement
	undo          string // takes the first half back, should the second fail
	// withoutKin is for what comes out otherwise where partitions or
	// inheritance come in.
	withoutKin bool
}

// statement is one of the two.
type statement struct {
	half Half
	text string
	// Locks on the table that is altered, and on the one that it refers to.
	table, referenced Mode
}

// takeApart takes the definition of an entry apart, as pg_dump has written it
// since 7.x (dumpConstraint). ok is false where that cannot be done, as for
// forms not known.
func takeApart(e *toc.Entry) (h halves, ok bool) {
	p := newParser(e.Definition)
	if !p.words("ALTER", "TABLE") {
		return h, false
	}
	only := p.words("ONLY")
	table, schema := p.qualifiedName()
	if table == "" || !p.words("ADD", "CONSTRAINT") {
		return h, false
	}
	name := p.name()
	switch {
	case name == "":
		return h, false
	case e.Kind == toc.KindConstraint:
		return uniqueHalves(p, table, schema, name)
	case e.Kind == toc.KindForeignKey && only: // without it, the table is partitioned
		return foreignKeyHalves(p, table, name)
	}
	return h, false
}

// IsUnique reports whether an entry is a PRIMARY KEY or UNIQUE constraint whose index
// is a B-tree, of a form that is known.
func IsUnique(e *toc.Entry) bool {
	h, ok := takeApart(e)
	return ok && h.first.half == MakeIndex
}

// uniqueHalves reads a PRIMARY KEY or UNIQUE constraint from behind its name.
// Not EXCLUDE, nor WITHOUT OVERLAPS: their indexes alone are not enough.
func uniqueHalves(p *parser, table, schema, name string) (h halves, ok bool) {
	kind, nulls := "UNIQUE", ""
	switch {
	case p.words("PRIMARY", "KEY"):
		kind = "PRIMARY KEY"
	case !p.words("UNIQUE"):
		return h, false
	case p.words("NULLS", "NOT", "DISTINCT"):
		nulls = " NULLS NOT DISTINCT"
	}
	columns := p.columns()
	if columns == "" {
		return h, false
	}
	include, with := "", ""
	if p.words("INCLUDE") {
		if include = p.columns(); include == "" {
			return h, false
		}
		include = " INCLUDE " + include
	}
	if p.words("WITH") {
		if with = p.parenthesised(); with == "" {
			return h, false
		}
		with = " WITH " + with
	}
	deferrable := p.deferrable()
	if !p.symbol(";") {
		return h, false
	}
	h.first = statement{
		half: MakeIndex, table: Share, referenced: Share,
		text: "CREATE UNIQUE INDEX " + name + " ON " + table + " USING btree " + columns + include + nulls + with + ";",
	}
	h.second = statement{
		half: AddConstraint, table: Exclusive, referenced: Exclusive,
		text: "ALTER TABLE ONLY " + table + " ADD CONSTRAINT " + name + " " + kind + " USING INDEX " + name + deferrable + ";" + p.rest(),
	}
	h.undo = "DROP INDEX IF EXISTS " + schema + name + ";"
	// With USING INDEX, PostgreSQL 18 takes a NOT NULL that is the parent's for
	// one of the table's own, too.
	h.withoutKin = kind == "PRIMARY KEY"
	return h, true
}

// foreignKeyHalves reads a FOREIGN KEY constraint from behind its name. Adding
// one keeps others from changing either table for as long as all rows are
// checked; a check alone leaves the table that is referred to free for the
// checks of others. Not PERIOD, which is new and rare, nor what is NOT VALID or
// NOT ENFORCED and shall stay so.
func foreignKeyHalves(p *parser, table, name string) (h halves, ok bool) {
	definition := p.token.Start
	if !p.words("FOREIGN", "KEY") || p.columns() == "" || !p.words("REFERENCES") {
		return h, false
	}
	if referenced, _ := p.qualifiedName(); referenced == "" || p.columns() == "" {
		return h, false
	}
	if p.words("MATCH") && !p.words("FULL") {
		return h, false
	}
	for p.words("ON") {
		if !p.referentialAction() {
			return h, false
		}
	}
	p.deferrable()
	end := p.token.Start
	if !p.symbol(";") || p.more {
		return h, false
	}
	alter := "ALTER TABLE ONLY " + table + " "
	h.first = statement{
		half: AddKey, table: Change, referenced: Change,
		text: alter + "ADD CONSTRAINT " + name + " " + strings.TrimRight(p.text[definition:end], " \n") + " NOT VALID;",
	}
	h.second = statement{half: CheckKey, table: Change, referenced: Read, text: alter + "VALIDATE CONSTRAINT " + name + ";"}
	h.withoutKin = true
	h.undo = alter + "DROP CONSTRAINT IF EXISTS " + name + ";"
	return h, true
}

// parser reads a statement token by token and keeps the text of what it reads.
type parser struct {
	text   string
	tokens *sqlscan.Tokens
	token  sqlscan.Token
	more   bool
}

func newParser(text string) *parser {
	p := &parser{text: text, tokens: sqlscan.NewTokens(text)}
	p.advance()
	return p
}

func (p *parser) advance() {
	if p.more = p.tokens.Next(); p.more {
		p.token = p.tokens.Token()
	} else {
		p.token = sqlscan.Token{Kind: sqlscan.Symbol, Start: len(p.text), End: len(p.text)}
	}
}

// words reads keywords, if all are there; else it stays where the first that is
// not stands.
func (p *parser) words(keywords ...string) bool {
	for _, k := range keywords {
		if !p.more || !p.token.Is(k) {
			return false
		}
		p.advance()
	}
	return true
}

// deferrable reads whether a constraint is deferrable, and gives it as written,
// with a blank in front.
func (p *parser) deferrable() string {
	switch {
	case !p.words("DEFERRABLE"):
		return ""
	case p.words("INITIALLY", "DEFERRED"):
		return " DEFERRABLE INITIALLY DEFERRED"
	}
	return " DEFERRABLE"
}

// referentialAction reads what follows ON in a foreign key.
func (p *parser) referentialAction() bool {
	if !p.words("DELETE") && !p.words("UPDATE") {
		return false
	}
	switch {
	case p.words("CASCADE"), p.words("RESTRICT"), p.words("NO", "ACTION"):
		return true
	case !p.words("SET"), !p.words("NULL") && !p.words("DEFAULT"):
		return false
	}
	return p.token.Text != "(" || p.columns() != ""
}

func (p *parser) symbol(s string) bool {
	if !p.more || p.token.Kind != sqlscan.Symbol || p.token.Text != s {
		return false
	}
	p.advance()
	return true
}

// name reads a name and gives it as written; "" where there is none.
func (p *parser) name() string {
	if !p.more || !p.token.IsIdent() {
		return ""
	}
	text := p.text[p.token.Start:p.token.End]
	p.advance()
	return text
}

// qualifiedName reads a name that may have a schema, and gives both as written;
// schema ends in its dot.
func (p *parser) qualifiedName() (name, schema string) {
	name = p.name()
	if name != "" && p.symbol(".") {
		schema = name + "."
		name = p.name()
		if name == "" {
			return "", ""
		}
	}
	return schema + name, schema
}

// columns reads a list of plain names in parentheses.
func (p *parser) columns() string {
	start := p.token.Start
	if !p.symbol("(") {
		return ""
	}
	for {
		if p.name() == "" {
			return ""
		}
		if p.symbol(",") {
			continue
		}
		end := p.token.End
		if !p.symbol(")") {
			return ""
		}
		return p.text[start:end]
	}
}

// parenthesised reads up to the parenthesis that closes the one here.
func (p *parser) parenthesised() string {
	start, depth := p.token.Start, 0
	for p.more {
		end := p.token.End
		switch {
		case p.token.Kind == sqlscan.Symbol && p.token.Text == "(":
			depth++
		case p.token.Kind == sqlscan.Symbol && p.token.Text == ")":
			depth--
		}
		p.advance()
		if depth <= 0 {
			return p.text[start:end]
		}
	}
	return ""
}

// rest is the text from the current token on, with the blank before it.
func (p *parser) rest() string {
	if !p.more {
		return ""
	}
	return "\n" + p.text[p.token.Start:]
}
