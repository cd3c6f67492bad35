package verdict

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pgrestore/internal/sqlscan"
)

// statement is what failed, as far as it is known: events keep the beginning
// of long ones.
type statement struct {
	tokens []sqlscan.Token
	cut    bool
	// settings are those that it makes before it does something else, as in
	// SET a.b = c; CREATE TABLE ...: tokens begin behind them.
	settings []string
}

func parseStatement(text string, limit int) statement {
	s := statement{cut: len(text) >= limit}
	for tokens := sqlscan.NewTokens(text); tokens.Next(); {
		s.tokens = append(s.tokens, tokens.Token())
	}
	s.skipSettings()
	return s
}

// skipSettings goes on to what follows the settings. A statement that makes
// nothing but settings keeps them.
func (s *statement) skipSettings() {
	rest := *s
	for rest.begins("SET") && !rest.begins("SET", "SESSION") {
		end := slices.IndexFunc(rest.tokens, isSemicolon)
		if end < 0 || end+1 == len(rest.tokens) {
			return
		}
		rest.settings = append(rest.settings, rest.qualifiedName(1))
		rest.tokens = rest.tokens[end+1:]
	}
	*s = rest
}

func isSemicolon(t sqlscan.Token) bool { return t.Kind == sqlscan.Symbol && t.Text == ";" }

// begins reports whether the statement begins with these keywords.
func (s statement) begins(keywords ...string) bool { return s.at(0, keywords...) }

func (s statement) at(i int, keywords ...string) bool {
	if i < 0 || len(s.tokens)-i < len(keywords) {
		return false
	}
	for n, keyword := range keywords {
		if !s.tokens[i+n].Is(keyword) {
			return false
		}
	}
	return true
}

// has reports whether these keywords stand somewhere in it, side by side.
func (s statement) has(keywords ...string) bool {
	for i := range s.tokens {
		if s.at(i, keywords...) {
			return true
		}
	}
	return false
}

func (s statement) isSymbol(i int, symbol string) bool {
	return i < len(s.tokens) && s.tokens[i].Kind == sqlscan.Symbol && s.tokens[i].Text == symbol
}

// single reports whether it is known to be one statement.
func (s statement) single() bool {
	for i := range s.tokens {
		if s.isSymbol(i, ";") && i+1 < len(s.tokens) {
			return false
		}
	}
	return !s.cut
}

// drops reports whether it takes something away, as --clean does.
func (s statement) drops() bool {
	return s.begins("DROP") || s.begins("SELECT") && s.has("lo_unlink") || s.begins("ALTER") && s.has("DROP") && !s.has("ADD") && !s.has("CREATE")
}

// newOwner is the role of ALTER ... OWNER TO role, "" where it is no such
// statement.
func (s statement) newOwner() string {
	if !s.begins("ALTER") {
		return ""
	}
	for i := range s.tokens {
		if s.at(i, "OWNER", "TO") {
			return s.nameAt(i + 2)
		}
	}
	return ""
}

func (s statement) nameAt(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	switch t := s.tokens[i]; {
	case t.IsIdent():
		return t.Name()
	case t.Kind == sqlscan.String:
		return strings.ReplaceAll(strings.Trim(t.Text, "'"), "''", "'")
	default:
		return ""
	}
}

// nameAfter is the name behind the first such keyword, "" where there is none.
func (s statement) nameAfter(keyword string) string {
	for i := range s.tokens {
		if s.at(i, keyword) {
			return s.nameAt(i + 1)
		}
	}
	return ""
}

// qualifiedName is the name at i with what is joined to it by dots.
func (s statement) qualifiedName(i int) string {
	name := s.nameAt(i)
	for ; s.isSymbol(i+1, ".") && s.nameAt(i+2) != ""; i += 2 {
		name += "." + s.nameAt(i+2)
	}
	return name
}

// grants is whom the statements of an ACL entry concern.
type grants struct {
	roles  []string // that are named
	public bool     // PUBLIC is
}

// grants reads GRANT and REVOKE, alone or in ALTER DEFAULT PRIVILEGES.
func (s statement) grants() (g grants) {
	depth, listed := 0, false // listed: in a list of roles
	within := false           // in a GRANT or REVOKE
	add := func(i int) {
		switch name := s.nameAt(i); {
		case name == "":
		case s.tokens[i].Is("PUBLIC"):
			g.public = true
		case !slices.Contains(g.roles, name):
			g.roles = append(g.roles, name)
		}
	}
	for i, t := range s.tokens {
		switch {
		case s.isSymbol(i, "("):
			depth++
		case s.isSymbol(i, ")"):
			depth--
		case depth > 0:
		case s.isSymbol(i, ";"):
			within, listed = false, false
		case t.Is("GRANT") || t.Is("REVOKE"):
			within = true
		case s.at(i, "SESSION", "AUTHORIZATION") || s.at(i, "FOR", "ROLE"):
			add(i + 2)
		case s.at(i, "GRANTED", "BY"):
			listed = false
			add(i + 2)
		case within && (t.Is("TO") || t.Is("FROM")):
			listed = true
		case listed && (t.Is("WITH") || t.Is("CASCADE") || t.Is("RESTRICT")):
			listed = false
		case listed && !t.Is("GROUP"):
			add(i)
		}
	}
	return g
}

// quotes are the marks that the server's languages put around names. The French
// ones stand off by a blank, which is taken away.
var quotes = []struct{ opening, closing string }{
	{`"`, `"`}, {"“", "”"}, {"„", "“"}, {"»", "«"}, {"«", "»"}, {"「", "」"}, {"‘", "’"}, {"'", "'"}, {"`", "'"},
}

// quoted gives the first name in quotes in a message of the server, in whatever
// language; "" where there is none.
func quoted(message string) string {
	name, _ := cutQuoted(message)
	return name
}

// allQuoted gives all names in quotes.
func allQuoted(message string) (all []string) {
	for name, rest := cutQuoted(message); name != ""; name, rest = cutQuoted(rest) {
		all = append(all, name)
	}
	return all
}

// cutQuoted gives the first name in quotes and what follows it.
func cutQuoted(message string) (name, after string) {
	first := len(message)
	for _, q := range quotes {
		start := strings.Index(message, q.opening)
		if start < 0 || start >= first {
			continue
		}
		rest := message[start+len(q.opening):]
		if end := strings.Index(rest, q.closing); end > 0 {
			first, name, after = start, strings.Trim(rest[:end], " \u00a0\u202f"), rest[end+len(q.closing):]
		}
	}
	return name, after
}

// mentions reports whether a message has name in quotes.
func mentions(message, name string) bool {
	for _, q := range quotes {
		for _, blank := range []string{"", " ", "\u00a0", "\u202f"} {
			if strings.Contains(message, q.opening+blank+name+blank+q.closing) {
				return true
			}
		}
	}
	return false
}

// hasWord reports whether name stands in a message with or without quotes, not
// as a part of another name.
func hasWord(message, name string) bool {
	if name == "" {
		return false
	}
	for rest := message; ; {
		before, after, found := strings.Cut(rest, name)
		if !found {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		first, _ := utf8.DecodeRuneInString(after)
		if !joins(last) && !joins(first) {
			return true
		}
		rest = after
	}
}

// joins reports whether c makes one name of what is on both sides of it. Some
// languages set no blanks, but letters of theirs are no ASCII.
func joins(c rune) bool {
	return c == '_' || c == '.' || c == '$' || c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c))
}

// use is what a name stands behind in a statement.
type use uint8

const (
	notUsed use = iota
	usedElsewhere
	usedAsCollation
	usedAsTablespace
	usedAsMethod
	usedAsLanguage
	usedAsRole
	usedAsSchema
	usedAsSetting
)

// use tells where name, which may be qualified, stands first.
func (s statement) use(name string) use {
	if name == "" {
		return notUsed
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	for i := range s.tokens {
		if s.nameAt(i) != last && s.nameAt(i) != name {
			continue
		}
		before := i - 1
		for s.isSymbolAt(before, ".") {
			before -= 2
		}
		if s.isSymbolAt(before, "=") { // CREATE DATABASE a TABLESPACE = b
			before--
		}
		switch {
		case s.at(before, "COLLATE"):
			return usedAsCollation
		case s.at(before, "TABLESPACE"):
			return usedAsTablespace
		case s.at(before, "USING") || s.at(before-1, "ACCESS", "METHOD"):
			return usedAsMethod
		case s.at(before, "LANGUAGE"):
			return usedAsLanguage
		case s.at(before, "AUTHORIZATION") || s.at(before, "ROLE") || s.at(before-1, "OWNER", "TO"):
			return usedAsRole
		case s.at(before, "SCHEMA"):
			return usedAsSchema
		case s.at(before, "SET"):
			return usedAsSetting
		default:
			return usedElsewhere
		}
	}
	return notUsed
}

func (s statement) isSymbolAt(i int, symbol string) bool { return i >= 0 && s.isSymbol(i, symbol) }
