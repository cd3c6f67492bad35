package plan

import (
	"pgrestore/internal/sqlscan"
	"pgrestore/toc"
)

// uniqueIndex is a PRIMARY KEY or UNIQUE constraint taken apart: the making of
// its index, which other work on the table may run beside, and the rest, which
// is quick. Together they leave the same catalogue as the one statement.
type uniqueIndex struct {
	create string // CREATE UNIQUE INDEX
	attach string // ALTER TABLE ... USING INDEX and what follows it
	drop   string // takes the index away, should the constraint fail
}

// splitConstraint takes the definition of a CONSTRAINT entry apart, as pg_dump
// has written it since 7.x (dumpConstraint). ok is false where it is none that
// can be, such as EXCLUDE, WITHOUT OVERLAPS or a form not known.
func splitConstraint(e *toc.Entry) (u uniqueIndex, ok bool) {
	p := newParser(e.Definition)
	if !p.words("ALTER", "TABLE") {
		return u, false
	}
	p.words("ONLY")
	table, schema := p.qualifiedName()
	if table == "" || !p.words("ADD", "CONSTRAINT") {
		return u, false
	}
	name := p.name()
	kind, nulls := "UNIQUE", ""
	switch {
	case p.words("PRIMARY", "KEY"):
		kind = "PRIMARY KEY"
	case !p.words("UNIQUE"):
		return u, false
	case p.words("NULLS", "NOT", "DISTINCT"):
		nulls = " NULLS NOT DISTINCT"
	}
	columns := p.columns()
	if name == "" || columns == "" {
		return u, false
	}
	include, with := "", ""
	if p.words("INCLUDE") {
		if include = p.columns(); include == "" {
			return u, false
		}
		include = " INCLUDE " + include
	}
	if p.words("WITH") {
		if with = p.parenthesised(); with == "" {
			return u, false
		}
		with = " WITH " + with
	}
	deferrable := ""
	if p.words("DEFERRABLE") {
		deferrable = " DEFERRABLE"
		if p.words("INITIALLY", "DEFERRED") {
			deferrable += " INITIALLY DEFERRED"
		}
	}
	if !p.symbol(";") {
		return u, false
	}
	u.create = "CREATE UNIQUE INDEX " + name + " ON " + table + " USING btree " + columns + include + nulls + with + ";"
	u.attach = "ALTER TABLE ONLY " + table + " ADD CONSTRAINT " + name + " " + kind + " USING INDEX " + name + deferrable + ";" + p.rest()
	u.drop = "DROP INDEX IF EXISTS " + schema + name + ";"
	return u, true
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
