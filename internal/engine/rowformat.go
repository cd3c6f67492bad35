package engine

import (
	"fmt"
	"strconv"
	"strings"

	"pgrestore/internal/binarycopy"
	"pgrestore/internal/script"
)

// chooseFormat asks the server for the types of the columns, and so decides
// whether rows may go in binary. If it does not tell, they go as text.
func (r *runner) chooseFormat(c *lanedCopy) {
	statement, query, known := script.Binary(r.e.TOC.Entries[c.step.Entry].Copy)
	if !known || r.wire.conn.ParameterStatus("integer_datetimes") != "on" {
		return
	}
	columns := r.answerTo(query).columns
	if len(columns) == 0 || hidesBackslashes(r.wire.encoding) {
		return
	}
	byOID := make(map[uint32]binarycopy.Type)
	for _, row := range r.answerTo(typesQuery(columns)).values {
		if t, oid, ok := readType(row); ok {
			byOID[oid] = t
		}
	}
	types := make([]binarycopy.Type, len(columns))
	for n, oid := range columns {
		types[n] = byOID[oid]
	}
	c.binary, c.encoder = statement, binarycopy.NewEncoder(types)
}

// answerTo waits for the reply to a query of the program's own. An error leaves
// it without a result.
func (r *runner) answerTo(query string) *request {
	q := &request{query: query, results: true, answered: func(error) {}}
	r.wire.query(q)
	r.wire.drain()
	return q
}

// typesQuery asks for receive functions of types, and of their elements.
func typesQuery(oids []uint32) string {
	list := make([]string, len(oids))
	for n, oid := range oids {
		list[n] = strconv.FormatUint(uint64(oid), 10)
	}
	const receive = "(SELECT p.prosrc FROM pg_catalog.pg_proc p WHERE p.oid OPERATOR(pg_catalog.=) %s.typreceive AND p.prolang OPERATOR(pg_catalog.=) 12)" // internal
	return "SELECT t.oid, " + fmt.Sprintf(receive, "t") + ", t.typelem, " + fmt.Sprintf(receive, "e") +
		" FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) t.typelem" +
		" WHERE t.oid OPERATOR(pg_catalog.=) ANY ('{" + strings.Join(list, ",") + "}'::pg_catalog.oid[])"
}

// readType reads a row of typesQuery's result.
func readType(row []string) (t binarycopy.Type, oid uint32, ok bool) {
	if len(row) != 4 {
		return t, 0, false
	}
	id, err1 := strconv.ParseUint(row[0], 10, 32)
	element, err2 := strconv.ParseUint(row[2], 10, 32)
	return binarycopy.Type{Receive: row[1], Element: uint32(element), ElementReceive: row[3]}, uint32(id), err1 == nil && err2 == nil
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
