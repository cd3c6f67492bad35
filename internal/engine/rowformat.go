package engine

import (
	"fmt"
	"strconv"
	"strings"

	"pgrestore/internal/binarycopy"
	"pgrestore/internal/script"
)

// examine asks the server about the table of a copy. It reports whether the table
// may have lanes: nobody but this restore must see its rows before all are there,
// and an event trigger, or the order of a list file, may have given it what does.
// And from the types of its columns it decides whether rows may go in binary.
func (r *runner) examine(c *lanedCopy) (mayHaveLanes bool) {
	statement, query, known := script.Binary(r.e.TOC.Entries[c.step.Entry].Copy)
	if !known {
		return r.e.TOC.Header.DumpMajor() >= 703 // which names all columns, if there are any
	}
	columns := r.answerTo(query).columns
	if len(columns) == 0 {
		return false
	}
	byOID := make(map[uint32]binarycopy.Type)
	for _, row := range r.answerTo(typesQuery(columns)).values {
		if len(row) != 8 || row[7] != "f" {
			return false
		}
		byOID[number(row[0])] = binarycopy.Type{
			Functions: binarycopy.Functions{Input: row[1], Receive: row[2]},
			Element:   number(row[3]), ElementFunctions: binarycopy.Functions{Input: row[4], Receive: row[5]}, Delimiter: row[6],
		}
	}
	if hidesBackslashes(r.wire.encoding) || r.wire.conn.ParameterStatus("integer_datetimes") != "on" {
		return len(byOID) > 0
	}
	types := make([]binarycopy.Type, len(columns))
	for n, column := range columns {
		types[n] = byOID[column.typeOID]
	}
	c.binary, c.encoder = statement, binarycopy.NewEncoder(types)
	return len(byOID) > 0
}

// number reads an OID; 0 is none.
func number(oid string) uint32 {
	n, _ := strconv.ParseUint(oid, 10, 32)
	return uint32(n)
}

// answerTo waits for the reply to a query of the program's own. An error leaves
// it without a result.
func (r *runner) answerTo(query string) *request {
	q := &request{query: query, results: true, answered: func(error) {}}
	r.wire.query(q)
	r.wire.drain()
	return q
}

// typesQuery asks for each type's functions, its elements and their functions and
// delimiter; and whether the columns' table has indexes, triggers or rules.
func typesQuery(columns []column) string {
	list := make([]string, len(columns))
	for n, column := range columns {
		list[n] = strconv.FormatUint(uint64(column.typeOID), 10)
	}
	internal := func(function string) string { // language 12 is the server's own
		return "(SELECT p.prosrc FROM pg_catalog.pg_proc p WHERE p.oid OPERATOR(pg_catalog.=) " + function + " AND p.prolang OPERATOR(pg_catalog.=) 12)"
	}
	return "SELECT t.oid, " + internal("t.typinput") + ", " + internal("t.typreceive") +
		", t.typelem, " + internal("e.typinput") + ", " + internal("e.typreceive") + ", e.typdelim" +
		", (SELECT relhasindex OR relhastriggers OR relhasrules FROM pg_catalog.pg_class" +
		fmt.Sprintf(" WHERE oid OPERATOR(pg_catalog.=) %d)", columns[0].table) +
		" FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) t.typelem" +
		" WHERE t.oid OPERATOR(pg_catalog.=) ANY ('{" + strings.Join(list, ",") + "}'::pg_catalog.oid[])"
}

// hidesBackslashes reports whether a character of an encoding may hold the byte
// of a backslash (PostgreSQL's encodings for clients only).
func hidesBackslashes(encoding string) bool {
	switch encoding {
	case "SJIS", "BIG5", "GBK", "UHC", "GB18030", "JOHAB", "SHIFT_JIS_2004":
		return true
	}
	return false
}
