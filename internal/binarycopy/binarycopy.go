// Package binarycopy turns rows of COPY's text format, as pg_dump writes them,
// into rows of its binary format, in which a server takes timestamps, UUIDs,
// floating-point numbers, bytea values and all that is long with a fraction of
// the work.
//
// It knows the types and spellings that pg_dump uses and leaves all else to the
// server: what it does not turn with certainty into the value that the server
// would have read, it refuses, so that the caller sends it as text.
//
//	date := binarycopy.Type{Functions: binarycopy.Functions{Input: "date_in", Receive: "date_recv"}}
//	e := binarycopy.NewEncoder([]binarycopy.Type{date})
//	if rows := []byte("2024-01-01\n"); e.Pays(rows) {
//		out, n, ok := e.Append(nil, rows)
//	}
package binarycopy

import "bytes"

// Header comes before the first row, Trailer after the last (PostgreSQL's
// documentation of COPY, "Binary Format").
const (
	Header  = "PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00"
	Trailer = "\xff\xff"
)

// Encoder turns the rows of one table. It never changes, so it may be used by
// many goroutines at once.
type Encoder struct {
	columns []column
}

// Type is a type as the server's catalogue has it (pg_type), domains being given
// as what they are made of.
type Type struct {
	Functions
	// Of an array, what its elements are.
	Element          uint32 // OID
	ElementFunctions Functions
	Delimiter        string // between elements
}

// Functions are the server's own functions that read a type's values, of text and
// in binary, "" where they are not the server's own. Only both together say how
// values are spelled: an extension may have a spelling of its own for what it
// takes as an integer in binary.
type Functions struct{ Input, Receive string }

// NewEncoder makes an encoder for columns of these types. It is nil where a type
// is not known, or there is none.
func NewEncoder(types []Type) *Encoder {
	if len(types) == 0 {
		return nil
	}
	e := &Encoder{columns: make([]column, len(types))}
	for n, t := range types {
		c, known := columnOf(t)
		if !known {
			return nil
		}
		e.columns[n] = c
	}
	return e
}

// Pays reports whether the server would gain more than the encoding costs, if all
// rows are like these, whole lines as for Append.
func (e *Encoder) Pays(rows []byte) bool {
	gain := 0
	for n := 0; len(rows) > 0; n++ {
		if n == len(e.columns) {
			n = 0
		}
		size := bytes.IndexAny(rows, "\t\n")
		if size < 0 {
			break
		}
		if c := &e.columns[n]; string(rows[:size]) != `\N` {
			gain += c.gain + c.perByte*size
		}
		rows = rows[size+1:]
	}
	return gain > 0
}

// column is how a column's values are spelled, and what it saves to send one in
// binary: the server's time for it less this program's, in ns, as measured with
// PostgreSQL 18, by the value and by the byte of its text.
type column struct {
	spelling      spelling
	gain, perByte int
	// Of arrays:
	element spelling
	oid     uint32
}

// columnOf knows types by their functions. So it knows types of the user's and of
// extensions, too, as far as they are spelled as one that it knows.
func columnOf(t Type) (c column, known bool) {
	if t.Functions != (Functions{"array_in", "array_recv"}) {
		c, known = spellings[t.Functions]
		return c, known
	}
	element, known := spellings[t.ElementFunctions]
	return column{spelling: array, gain: -50, perByte: 2, element: element.spelling, oid: t.Element}, known && t.Delimiter == ","
}

var spellings = map[Functions]column{
	{"boolin", "boolrecv"}:                 {spelling: boolean, gain: -10},
	{"byteain", "bytearecv"}:               {spelling: hexBytes, gain: -30, perByte: 3},
	{"int2in", "int2recv"}:                 {spelling: int2, gain: -10},
	{"int4in", "int4recv"}:                 {spelling: int4, gain: -10},
	{"int8in", "int8recv"}:                 {spelling: int8, gain: -10},
	{"oidin", "oidrecv"}:                   {spelling: oid, gain: -10},
	{"float4in", "float4recv"}:             {spelling: float4, gain: 100},
	{"float8in", "float8recv"}:             {spelling: float8, gain: 100},
	{"numeric_in", "numeric_recv"}:         {spelling: numeric, gain: -40},
	{"textin", "textrecv"}:                 {spelling: plain, gain: -30, perByte: 2},
	{"varcharin", "varcharrecv"}:           {spelling: plain, gain: -30, perByte: 2},
	{"bpcharin", "bpcharrecv"}:             {spelling: plain, gain: -30, perByte: 2},
	{"namein", "namerecv"}:                 {spelling: plain, gain: -30, perByte: 2},
	{"enum_in", "enum_recv"}:               {spelling: plain, gain: -30, perByte: 2},
	{"json_in", "json_recv"}:               {spelling: plain, gain: -30, perByte: 2},
	{"jsonb_in", "jsonb_recv"}:             {spelling: jsonb, gain: -30, perByte: 2},
	{"uuid_in", "uuid_recv"}:               {spelling: uuid, gain: 350},
	{"date_in", "date_recv"}:               {spelling: date, gain: 250},
	{"time_in", "time_recv"}:               {spelling: timeOfDay, gain: 250},
	{"timestamp_in", "timestamp_recv"}:     {spelling: timestamp, gain: 450},
	{"timestamptz_in", "timestamptz_recv"}: {spelling: timestampTZ, gain: 550},
	{"inet_in", "inet_recv"}:               {spelling: inet, gain: -30, perByte: 2},
	{"cidr_in", "cidr_recv"}:               {spelling: cidr, gain: -30, perByte: 2},
	{"tsvectorin", "tsvectorrecv"}:         {spelling: searchVector, gain: -30, perByte: 6},
	{"interval_in", "interval_recv"}:       {spelling: interval, gain: 500},
}

// spelling is how values of a type are written in both formats.
type spelling uint8

const (
	plain spelling = iota
	boolean
	int2
	int4
	int8
	oid
	float4
	float8
	numeric
	uuid
	date
	timeOfDay
	timestamp
	timestampTZ
	interval
	hexBytes
	jsonb
	inet
	cidr
	searchVector
	array
)

// Append appends to out what rows, whole lines of COPY's text format without
// the one that ends the data, are in binary, and says how many they are. Where
// ok is false, some row is not spelled as pg_dump spells it, and what was
// appended is worth nothing.
func (e *Encoder) Append(out, rows []byte) (_ []byte, count int, ok bool) {
	if len(rows) == 0 {
		return out, 0, true
	}
	if rows[len(rows)-1] != '\n' { // which all readers of values stop at
		return out, 0, false
	}
	last := len(e.columns) - 1
	for ; len(rows) > 0; count++ {
		out = append(out, byte(len(e.columns)>>8), byte(len(e.columns)))
		for n := range e.columns {
			end := byte('\t')
			if n == last {
				end = '\n'
			}
			size := 2 // of the value in text
			if len(rows) > 2 && rows[0] == '\\' && rows[1] == 'N' {
				out = append(out, 0xff, 0xff, 0xff, 0xff)
			} else if out, size, ok = appendColumn(out, rows, &e.columns[n]); !ok {
				return out, count, false
			}
			if size >= len(rows) || rows[size] != end {
				return out, count, false
			}
			rows = rows[size+1:]
		}
	}
	return out, count, true
}

// appendColumn appends a value that is not NULL, with its length.
func appendColumn(out, text []byte, c *column) (_ []byte, size int, ok bool) {
	if c.spelling == array {
		return appendArray(out, text, c.element, c.oid)
	}
	return appendValue(out, text, c.spelling)
}

// appendValue appends a value that is not NULL, with its length; text begins
// with it and goes on with other fields. It gives how long the value is there.
func appendValue(out, text []byte, s spelling) (_ []byte, size int, ok bool) {
	switch s {
	case plain:
		return appendText(out, text, 0)
	case jsonb:
		return appendText(out, text, 1)
	case hexBytes:
		return appendHexBytes(out, text)
	case numeric:
		return appendNumeric(out, text)
	case uuid:
		return appendUUID(out, text)
	case boolean:
		return append(out, 0, 0, 0, 1, booleans[text[0]]), 1, booleans[text[0]] < 2
	case int2:
		v, size, ok := readInt(text, 1<<15)
		return append(out, 0, 0, 0, 2, byte(v>>8), byte(v)), size, ok
	case int4:
		v, size, ok := readInt(text, 1<<31)
		return appendFour(out, uint32(v)), size, ok
	case int8:
		v, size, ok := readInt(text, 1<<63)
		return appendEight(out, uint64(v)), size, ok
	case oid:
		v, size, ok := readInt(text, 1<<32)
		octal := text[0] == '0' && size > 1 // for oidin
		return appendFour(out, uint32(v)), size, ok && v >= 0 && !octal
	case float4:
		v, size, ok := readFloat4(text)
		return appendFour(out, v), size, ok
	case float8:
		v, size, ok := readFloat8(text)
		return appendEight(out, v), size, ok
	case date:
		v, size, ok := readDate(text)
		return appendFour(out, uint32(v)), size, ok
	case timeOfDay:
		v, size, ok := readTimeOfDay(text)
		return appendEight(out, uint64(v)), size, ok
	case timestamp, timestampTZ:
		v, size, ok := readTimestamp(text, s == timestampTZ)
		return appendEight(out, uint64(v)), size, ok
	case interval:
		return appendInterval(out, text)
	case inet, cidr:
		return appendNetwork(out, text, s == cidr)
	case searchVector:
		return appendSearchVector(out, text)
	default:
		return out, 0, false
	}
}

// booleans is what PostgreSQL means by a byte, and 2 where it writes no such
// value.
var booleans = func() (table [256]byte) {
	for b := range table {
		table[b] = 2
	}
	table['t'], table['f'] = 1, 0
	return table
}()

func appendFour(out []byte, v uint32) []byte {
	return append(out, 0, 0, 0, 4, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func appendEight(out []byte, v uint64) []byte {
	return append(out, 0, 0, 0, 8,
		byte(v>>56), byte(v>>48), byte(v>>40), byte(v>>32), byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}
