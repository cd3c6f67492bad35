package inspect

import (
	"strings"

	"pgrestore/internal/sqlscan"
)

// sqlReader finds what entries need but name only in their SQL. It takes what
// pg_dump writes, and finds nothing in anything else. It has no state but room
// for tokens, as there may be 100,000s of entries.
type sqlReader struct{ tokens []sqlscan.Token }

// maxTokens is how many tokens of a statement are looked at, so that a hostile
// one takes no more room.
const maxTokens = 1 << 16

// statements calls yield with the tokens of each statement of text that stand
// outside of parentheses, without the semicolon. They are valid until it
// returns.
func (r *sqlReader) statements(text string, yield func(tokens []sqlscan.Token)) {
	tokens := r.tokens[:0]
	depth := 0
	for scan := sqlscan.NewTokens(text); scan.Next(); {
		t := scan.Token()
		switch {
		case isSymbol(t, "("):
			depth++
		case isSymbol(t, ")"):
			depth = max(depth-1, 0)
		case depth > 0:
		case isSymbol(t, ";"):
			yield(tokens)
			tokens = tokens[:0]
		case len(tokens) < maxTokens:
			tokens = append(tokens, t)
		}
	}
	if len(tokens) > 0 {
		yield(tokens)
	}
	r.tokens = tokens
}

// head gives the first tokens of text that stand outside of parentheses, to
// the keyword end, to the end of the statement, or limit of them. They are
// valid until the next call.
func (r *sqlReader) head(text, end string, limit int) []sqlscan.Token {
	r.tokens = r.tokens[:0]
	depth := 0
	for scan := sqlscan.NewTokens(text); scan.Next() && len(r.tokens) < limit; {
		t := scan.Token()
		switch {
		case isSymbol(t, "("):
			depth++
		case isSymbol(t, ")"):
			depth = max(depth-1, 0)
		case depth > 0:
		case isSymbol(t, ";"), t.Is(end):
			return r.tokens
		default:
			r.tokens = append(r.tokens, t)
		}
	}
	return r.tokens
}

func isSymbol(t sqlscan.Token, symbol string) bool {
	return t.Kind == sqlscan.Symbol && t.Text == symbol
}

// find gives the index of the first of tokens that are the keywords, one after
// the other; -1 where they are not there.
func find(tokens []sqlscan.Token, keywords ...string) int {
	for i := range tokens {
		if startsWith(tokens[i:], keywords...) {
			return i
		}
	}
	return -1
}

func startsWith(tokens []sqlscan.Token, keywords ...string) bool {
	if len(tokens) < len(keywords) {
		return false
	}
	for i, k := range keywords {
		if !tokens[i].Is(k) {
			return false
		}
	}
	return true
}

// nameAfter is the name that follows the keywords, "" where there is none.
func nameAfter(tokens []sqlscan.Token, keywords ...string) string {
	i := find(tokens, keywords...)
	if i < 0 || i+len(keywords) >= len(tokens) {
		return ""
	}
	return name(tokens[i+len(keywords)])
}

// name is what a token names: an identifier, or the text of a string.
func name(t sqlscan.Token) string {
	switch {
	case t.IsIdent():
		return t.Name()
	case t.Kind == sqlscan.String:
		return unquote(t.Text)
	default:
		return ""
	}
}

// unquote gives the text of a string constant 'like”this'.
func unquote(s string) string {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "'"), "'")
	return strings.ReplaceAll(s, "''", "'")
}

// roleList calls yield for each role of a list such as that after TO; it ends
// with what is no name.
func roleList(tokens []sqlscan.Token, yield func(role string)) {
	for i := 0; i < len(tokens); i++ {
		if tokens[i].Is("GROUP") { // before 8.1
			continue
		}
		if !tokens[i].IsIdent() {
			return
		}
		if role := roleName(tokens[i]); role != "" {
			yield(role)
		}
		if i++; i >= len(tokens) || !isSymbol(tokens[i], ",") {
			return
		}
	}
}

// roleName is the role that t names, "" for PUBLIC and the words for the
// session's own role.
func roleName(t sqlscan.Token) string {
	role := name(t)
	if t.Kind == sqlscan.Word {
		switch role {
		case "public", "current_user", "session_user", "current_role", "default", "none":
			return ""
		}
	}
	return role
}

// privilegeRoles calls yield for the roles of an ACL or DEFAULT ACL entry:
// those that privileges are given to or taken from, that give them, and whose
// defaults they are.
func (r *sqlReader) privilegeRoles(text string, yield func(role string)) {
	r.statements(text, func(tokens []sqlscan.Token) {
		switch {
		case startsWith(tokens, "SET", "SESSION", "AUTHORIZATION") && len(tokens) > 3:
			if role := roleName(tokens[3]); role != "" {
				yield(role)
			}
		case startsWith(tokens, "GRANT"), startsWith(tokens, "REVOKE"):
			grantRoles(tokens, yield)
		case startsWith(tokens, "ALTER", "DEFAULT", "PRIVILEGES"):
			for _, word := range []string{"ROLE", "USER"} {
				if i := find(tokens, "FOR", word); i >= 0 {
					roleList(tokens[i+2:], yield)
				}
			}
			for _, verb := range []string{"GRANT", "REVOKE"} {
				if i := find(tokens, verb); i >= 0 {
					grantRoles(tokens[i:], yield)
					break
				}
			}
		}
	})
}

// grantRoles takes a GRANT ... TO or REVOKE ... FROM; TO and FROM are reserved,
// so that no name before them can be mistaken for one.
func grantRoles(tokens []sqlscan.Token, yield func(role string)) {
	for i, t := range tokens {
		if t.Is("TO") || t.Is("FROM") {
			roleList(tokens[i+1:], yield)
			break
		}
	}
	if i := find(tokens, "GRANTED", "BY"); i >= 0 {
		roleList(tokens[i+2:], yield)
	}
}

// policyRoles calls yield for the roles of a CREATE POLICY.
func (r *sqlReader) policyRoles(text string, yield func(role string)) {
	tokens := r.head(text, "USING", maxTokens)
	if i := find(tokens, "TO"); i >= 0 {
		roleList(tokens[i+1:], yield)
	}
}

// mappingRole is the role of a CREATE USER MAPPING, "" for PUBLIC.
func (r *sqlReader) mappingRole(text string) string {
	tokens := r.head(text, "OPTIONS", 16)
	if i := find(tokens, "MAPPING", "FOR"); i >= 0 && i+2 < len(tokens) {
		return roleName(tokens[i+2])
	}
	return ""
}

// settingRoles calls yield for the roles of a database's settings, ALTER ROLE
// ... IN DATABASE.
func (r *sqlReader) settingRoles(text string, yield func(role string)) {
	r.statements(text, func(tokens []sqlscan.Token) {
		if startsWith(tokens, "ALTER", "ROLE") && len(tokens) > 2 && find(tokens, "IN", "DATABASE") > 0 {
			if role := roleName(tokens[2]); role != "" && role != "all" {
				yield(role)
			}
		}
	})
}

// routine is what a function or procedure needs.
type routine struct {
	language string
	library  string // of a C function: its file as the dump names it
}

// routineNeeds reads a CREATE FUNCTION or PROCEDURE; its text is not looked
// into, unless it is the name of a library.
func (r *sqlReader) routineNeeds(text string) (n routine) {
	tokens := r.head(text, "", 64)
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].Is("LANGUAGE") && !isSymbol(tokens[i-1], ".") && n.language == "" {
			n.language = name(tokens[i+1])
		}
		if tokens[i].Is("AS") && n.language == "c" && tokens[i+1].Kind == sqlscan.String {
			n.library = unquote(tokens[i+1].Text)
		}
	}
	return n
}

// indexMethod is the access method of a CREATE INDEX.
func (r *sqlReader) indexMethod(text string) string {
	return nameAfter(r.head(text, "WHERE", 64), "USING")
}

// exclusionMethod is the access method of an EXCLUDE constraint, "" for others.
func (r *sqlReader) exclusionMethod(text string) string {
	return nameAfter(r.head(text, "WHERE", 64), "EXCLUDE", "USING")
}

// extensionSchema is the schema that a CREATE EXTENSION asks for.
func (r *sqlReader) extensionSchema(text string) string {
	return nameAfter(r.head(text, "", 64), "SCHEMA")
}

// hasHandler reports whether a CREATE LANGUAGE brings its own handler; without
// one it asks for the extension of that name.
func (r *sqlReader) hasHandler(text string) bool { return find(r.head(text, "", 16), "HANDLER") > 0 }

// serverWrapper is the foreign data wrapper of a CREATE SERVER.
func (r *sqlReader) serverWrapper(text string) string {
	return nameAfter(r.head(text, "OPTIONS", 64), "FOREIGN", "DATA", "WRAPPER")
}

// labelProvider is the provider of a SECURITY LABEL.
func (r *sqlReader) labelProvider(text string) string {
	return nameAfter(r.head(text, "ON", 16), "LABEL", "FOR")
}

// publishesAll reports whether a CREATE PUBLICATION is for all tables or
// sequences, which only a superuser may make.
func (r *sqlReader) publishesAll(text string) bool {
	return find(r.head(text, "WITH", 16), "FOR", "ALL") > 0
}

// options calls yield for each "name = value" of text, in parentheses or not;
// the name is in lower case.
func options(text string, yield func(name, value string)) {
	var before, last sqlscan.Token
	for scan := sqlscan.NewTokens(text); scan.Next(); {
		t := scan.Token()
		if isSymbol(last, "=") && before.Kind == sqlscan.Word {
			yield(before.Name(), name(t))
		}
		before, last = last, t
	}
}

// collationNeeds gives the provider and the locale of a CREATE COLLATION; the
// provider is libc where none is named.
func collationNeeds(text string) (provider, locale string) {
	provider = "libc"
	options(text, func(name, value string) {
		switch name {
		case "provider":
			provider = value
		case "locale", "lc_collate":
			locale = value
		}
	})
	return provider, locale
}

// collationsUsed calls yield for each collation that text names after COLLATE.
// schema is "" where the name stands alone.
func collationsUsed(text string, yield func(schema, collation string)) {
	if !strings.Contains(text, "COLLATE ") {
		return
	}
	var recent [4]sqlscan.Token // COLLATE schema . name
	for scan := sqlscan.NewTokens(text); ; {
		more := scan.Next()
		if recent[2].Is("COLLATE") && recent[3].IsIdent() && !(more && isSymbol(scan.Token(), ".")) {
			yield("", recent[3].Name())
		}
		if recent[0].Is("COLLATE") && recent[1].IsIdent() && isSymbol(recent[2], ".") && recent[3].IsIdent() {
			yield(recent[1].Name(), recent[3].Name())
		}
		if !more {
			return
		}
		recent = [4]sqlscan.Token{recent[1], recent[2], recent[3], scan.Token()}
	}
}

// database is what a CREATE DATABASE asks for.
type database struct {
	encoding, provider, locale, tablespace string
}

func databaseNeeds(text string) (d database) {
	options(text, func(name, value string) {
		switch name {
		case "encoding":
			d.encoding = value
		case "locale_provider":
			d.provider = value
		case "locale", "lc_collate", "icu_locale", "builtin_locale":
			if d.locale == "" || name == "icu_locale" || name == "builtin_locale" {
				d.locale = value
			}
		case "tablespace":
			d.tablespace = value
		}
	})
	return d
}
