package verdict

import (
	"strings"
	"unicode/utf8"
)

// maxName is how much of a name is printed, in characters.
const maxName = 60

// shorten leaves out arguments, then the middle: names differ most in the end.
func shorten(name string) string {
	if utf8.RuneCountInString(name) <= maxName {
		return name
	}
	if before, _, found := strings.Cut(name, "("); found {
		name = before + "(...)"
	}
	runes := []rune(name)
	if len(runes) <= maxName {
		return name
	}
	const head = maxName / 4
	return string(runes[:head]) + "..." + string(runes[len(runes)-(maxName-3-head):])
}

// kindNames are what kinds of entries are called where it is not their own
// name in small letters.
var kindNames = map[string]string{
	"ACL":                    "privileges on",
	"BLOB":                   "large object",
	"BLOB METADATA":          "large objects",
	"BLOBS":                  "data of large objects",
	"COMMENT":                "comment on",
	"DEFAULT ACL":            "default privileges",
	"FK CONSTRAINT":          "foreign key",
	"MATERIALIZED VIEW DATA": "data of materialized view",
	"SECURITY LABEL":         "security label on",
	"SEQUENCE SET":           "value of sequence",
	"STATISTICS DATA":        "statistics of",
	"TABLE DATA":             "data of table",
}

// nameOf names an entry, such as "table public.a".
func nameOf(kind, schema, name string) string {
	if kind == "" {
		return "the session"
	}
	word, known := kindNames[kind]
	if !known {
		word = strings.ToLower(kind)
	}
	name = strings.TrimPrefix(name, kind+" ") // as in CAST (a AS b)
	if kind == "ACL" || kind == "COMMENT" || kind == "SECURITY LABEL" {
		// The tag holds the object's kind: TABLE a.
		of := kindIn(name)
		word, name = word+" "+strings.ToLower(of), strings.TrimPrefix(name, of+" ")
		word = strings.TrimSuffix(word, " ")
	}
	switch {
	case kind == "DEFAULT ACL": // the tag is DEFAULT PRIVILEGES FOR TABLES
		name = strings.ToLower(strings.TrimPrefix(name, "DEFAULT PRIVILEGES "))
		if schema != "" {
			name += " in schema " + schema
		}
	case schema != "":
		name = schema + "." + name
	}
	return word + " " + name
}

// kindIn gives the kind of object that a tag such as "FOREIGN TABLE a" begins
// with.
func kindIn(tag string) string {
	words := strings.Split(tag, " ")
	length := 1
	switch words[0] {
	case "FOREIGN", "TEXT", "EVENT", "ACCESS", "MATERIALIZED", "LARGE", "PROCEDURAL", "OPERATOR":
		for length < len(words)-1 && tagWords[words[length]] {
			length++
		}
	}
	if len(words) <= length {
		return "" // old archives have the name alone
	}
	return strings.Join(words[:length], " ")
}

// tagWords are the further words of kinds of two or three.
var tagWords = set("DATA WRAPPER TABLE SEARCH CONFIGURATION DICTIONARY PARSER TEMPLATE TRIGGER METHOD VIEW OBJECT LANGUAGE CLASS FAMILY")
