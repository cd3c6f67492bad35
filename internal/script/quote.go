package script

import (
	"strings"

	"pgrestore/toc"
)

// QuoteIdent gives name as an SQL identifier, quoted where it must be. Bytes
// that are no character in enc become a sequence that no server accepts
// (string_utils.c, fmtIdEnc).
func QuoteIdent(name string, enc toc.Encoding) string {
	if isPlainIdent(name) {
		return name
	}
	return string(appendQuoted(make([]byte, 0, len(name)+2), name, enc, func(c byte) bool { return c == '"' }, '"'))
}

// QuoteLiteral gives s as a string literal, for the given setting of
// standard_conforming_strings (string_utils.c, appendStringLiteral).
func QuoteLiteral(s string, enc toc.Encoding, conforming bool) string {
	double := func(c byte) bool { return c == '\'' || c == '\\' && !conforming }
	return string(appendQuoted(make([]byte, 0, len(s)+2), s, enc, double, '\''))
}

func appendQuoted(dst []byte, s string, enc toc.Encoding, double func(byte) bool, quote byte) []byte {
	dst = append(dst, quote)
	for s != "" {
		n, valid := enc.CharLen(s)
		switch {
		case !valid:
			dst = append(dst, enc.InvalidMark()...)
			n = 1
		case n == 1 && double(s[0]):
			dst = append(dst, s[0], s[0])
		default:
			dst = append(dst, s[:n]...)
		}
		s = s[n:]
	}
	return append(dst, quote)
}

func isPlainIdent(name string) bool {
	if name == "" || !(name[0] >= 'a' && name[0] <= 'z' || name[0] == '_') {
		return false
	}
	for i := 1; i < len(name); i++ {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') {
			return false
		}
	}
	return !strings.Contains(quotedKeywords, " "+name+" ")
}

// quotedKeywords are PostgreSQL 18's keywords that are not unreserved
// (kwlist.h), each between spaces.
const quotedKeywords = " all analyse analyze and any array as asc asymmetric authorization between bigint binary bit " +
	"boolean both case cast char character check coalesce collate collation column concurrently constraint create " +
	"cross current_catalog current_date current_role current_schema current_time current_timestamp current_user dec " +
	"decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign freeze " +
	"from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval " +
	"into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar " +
	"json_serialize json_table json_value lateral leading least left like limit localtime localtimestamp merge_action " +
	"national natural nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps " +
	"overlay placing position precision primary real references returning right row select session_user setof similar " +
	"smallint some substring symmetric system_user table tablesample then time timestamp to trailing treat trim true " +
	"union unique user using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement " +
	"xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable "

// connectCommand is the psql command that goes on in another database
// (string_utils.c, appendPsqlMetaConnect). ok is false for a name that holds
// the end of a line, which no psql command can take.
func connectCommand(database string) (command string, ok bool) {
	if strings.ContainsAny(database, "\r\n") {
		return "", false
	}
	plain := true
	for i := 0; i < len(database); i++ {
		c := database[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.') {
			plain = false
		}
	}
	if plain {
		return "\\connect " + QuoteIdent(database, toc.Encoding{}) + "\n", true
	}
	value := strings.NewReplacer(`'`, `\'`, `\`, `\\`).Replace(database)
	return "\\encoding SQL_ASCII\n\\connect -reuse-previous=on " +
		QuoteIdent("dbname='"+value+"'", toc.Encoding{}) + "\n", true
}

const hexDigits = "0123456789abcdef"

// appendBytea appends data as a bytea literal in hex form.
func appendBytea(dst, data []byte, conforming bool) []byte {
	dst = append(dst, '\'')
	if !conforming {
		dst = append(dst, '\\')
	}
	dst = append(dst, `\x`...)
	for _, b := range data {
		dst = append(dst, hexDigits[b>>4], hexDigits[b&15])
	}
	return append(dst, '\'')
}
