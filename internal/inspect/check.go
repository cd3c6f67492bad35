package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// checker compares what an archive needs with what a server has.
type checker struct {
	*facts
	toc      *toc.TOC
	needs    *Needs
	names    toc.Encoding // to quote identifiers in
	decode   decoder      // nil: names need none
	findings []Finding
}

// check tells what a restore would find missing or in its way.
func (f *facts) check(t *toc.TOC, n *Needs) *ServerCheck {
	set, err := t.Settings()
	c := &checker{facts: f, toc: t, needs: n, names: toc.UTF8, decode: decoderOf(t), findings: []Finding{}}
	if err == nil {
		c.names = set.NameEncoding()
	}
	c.version()
	c.encodings(set)
	c.missingRoles()
	c.missingExtensions()
	c.missingSchemas()
	c.missingTablespaces()
	c.missingMethods()
	c.missingLanguages()
	c.missingWrappers()
	c.missingCollations()
	c.missingRelations()
	c.labels()
	c.present()
	if !f.superuser {
		c.privileges()
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int { return cmp.Compare(a.Level.rank(), b.Level.rank()) })
	return &ServerCheck{
		Version: f.versionText, Database: Name(f.database), User: Name(f.user), Superuser: f.superuser,
		Encoding: f.encoding, Findings: c.findings,
	}
}

func (l Level) rank() int {
	switch l {
	case LevelError:
		return 0
	case LevelWarning:
		return 1
	default:
		return 2
	}
}

func (c *checker) add(f Finding) {
	if f.Names == nil {
		f.Names = []Name{}
	}
	if f.Do == nil {
		f.Do = []string{}
	}
	if f.Hints == nil {
		f.Hints = []string{}
	}
	c.findings = append(c.findings, f)
}

// ident quotes a name for SQL. A name that does not print is better typed by
// somebody who knows it: ok is false.
func (c *checker) ident(name Name) (quoted string, ok bool) {
	shown := name
	if c.decode != nil {
		shown = c.decode(name)
	}
	// A decoder that does not know a character leaves \xNN for it.
	prints := isPrintable(string(shown)) && strings.Count(string(shown), `\x`) == strings.Count(string(name), `\x`)
	return script.QuoteIdent(string(name), c.names), prints
}

// version tells of a server that is older than the one that was dumped.
func (c *checker) version() {
	if dumped := majorOf(c.toc.Header.ServerVersion); dumped > majorOf(c.versionText) {
		c.add(Finding{Class: "version", Level: LevelWarning,
			Text: fmt.Sprintf("the server is PostgreSQL %s, older than the dumped one, %s: statements that it does not know will fail",
				major(c.facts.version), major(dumped))})
	}
}

// majorOf reads a version such as 18.6 (Debian): 180000, 90600 for 9.6.2, 0
// where it is none.
func majorOf(text string) int {
	var first, second int
	n, _ := fmt.Sscanf(text, "%d.%d", &first, &second)
	switch {
	case n == 0 || first < 0 || first > 1000 || second < 0 || second > 99:
		return 0
	case first >= 10:
		return first * 10000
	default:
		return first*10000 + second*100
	}
}

func (c *checker) encodings(set toc.Settings) {
	from := set.Encoding.String()
	switch {
	case !c.converts:
		c.add(Finding{Class: "encoding", Level: LevelError,
			Text:  fmt.Sprintf("the archive is in %s, which the server does not convert to the database's %s", from, c.encoding),
			Hints: []string{fmt.Sprintf("Restore into a database with encoding %s.", from)}})
	case set.HasEncoding && from != c.encoding && (from == "SQL_ASCII" || c.encoding == "SQL_ASCII"):
		c.add(Finding{Class: "encoding", Level: LevelWarning,
			Text: fmt.Sprintf("the archive is in %s and the database in %s: bytes are taken as they are, and those that are no character are refused or kept as garbage", from, c.encoding)})
	case set.HasEncoding && from != c.encoding && c.encoding != "UTF8":
		c.add(Finding{Class: "encoding", Level: LevelWarning,
			Text: fmt.Sprintf("the archive is in %s and the database in %s: characters that %s does not have are refused", from, c.encoding, c.encoding)})
	}
}

// absentOf gives what is used, is not made by the archive and is not there,
// with how often it is used.
func absentOf(list []Used, here func(name string) bool) (names []Name, entries int) {
	for _, u := range list {
		if !u.Created && !here(string(u.Name)) {
			names = append(names, u.Name)
			entries += u.Count
		}
	}
	return names, entries
}

// plural gives "1 role" or "3,000 roles"; forms names a plural that is not
// formed with s.
func plural(n int, one string, forms ...string) string {
	many := one + "s"
	if len(forms) > 0 {
		many = forms[0]
	}
	if n == 1 {
		many = one
	}
	return count(int64(n)) + " " + many
}
