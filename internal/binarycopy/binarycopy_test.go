package binarycopy

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Types that the encoder knows, by the first part of their functions' names.
const (
	typeBool, typeBytea, typeInt8, typeInt2, typeInt4, typeText, typeOID = "bool", "bytea", "int8", "int2", "int4", "text", "oid"
	typeFloat4, typeFloat8, typeDate, typeTime, typeTimestamp            = "float4", "float8", "date_", "time_", "timestamp_"
	typeTimestampTZ, typeNumeric, typeUUID, typeJSONB, typeInterval      = "timestamptz_", "numeric_", "uuid_", "jsonb_", "interval_"
	typeInet, typeCIDR, typeTSVector                                     = "inet_", "cidr_", "tsvector"
)

// typesOf makes types of names; one behind [] is that of an array's elements,
// whose OID is 7.
func typesOf(names ...string) (types []Type) {
	for _, name := range names {
		if element, found := strings.CutPrefix(name, "[]"); found {
			types = append(types, Type{
				Functions: functionsOf("array_"), Element: 7, ElementFunctions: functionsOf(element), Delimiter: ",",
			})
		} else {
			types = append(types, Type{Functions: functionsOf(name)})
		}
	}
	return types
}

func functionsOf(name string) Functions { return Functions{name + "in", name + "recv"} }

// encoderOf makes an encoder whether it is worth it or not.
func encoderOf(receivers ...string) *Encoder {
	e := &Encoder{}
	for _, t := range typesOf(receivers...) {
		c, _ := columnOf(t)
		e.columns = append(e.columns, c)
	}
	return e
}

func TestValues(t *testing.T) {
	for _, tt := range []struct {
		receive, text string
		want          string // length and value, "" where it must be refused
	}{
		{typeBool, "t", "00000001 01"},
		{typeBool, "f", "00000001 00"},
		{typeBool, "true", ""},
		{typeBool, "", ""},
		{typeInt2, "-32768", "00000002 8000"},
		{typeInt2, "32767", "00000002 7fff"},
		{typeInt2, "32768", ""},
		{typeInt4, "-2147483648", "00000004 80000000"},
		{typeInt4, "-2147483649", ""},
		{typeInt4, "12345678", "00000004 00bc614e"},
		{typeInt4, "123456789", "00000004 075bcd15"},
		{typeInt4, "+1", ""},
		{typeInt4, " 1", ""},
		{typeInt4, "1_000", ""},
		{typeInt4, "1:", ""},
		{typeInt4, "", ""},
		{typeInt4, "-", ""},
		{typeInt8, "-9223372036854775808", "00000008 8000000000000000"},
		{typeInt8, "9223372036854775807", "00000008 7fffffffffffffff"},
		{typeInt8, "9223372036854775808", ""},
		{typeInt8, "18446744073709551617", ""},
		{typeOID, "4294967295", "00000004 ffffffff"},
		{typeOID, "4294967296", ""},
		{typeOID, "0", "00000004 00000000"},
		{typeOID, "077", ""},
		{typeOID, "-1", ""},
		{typeFloat4, "0.1", "00000004 3dcccccd"},
		{typeFloat4, "1e40", ""},
		{typeFloat4, "1e-50", ""},
		{typeFloat8, "-0", "00000008 8000000000000000"},
		{typeFloat8, "5e-324", "00000008 0000000000000001"},
		{typeFloat8, "1e-400", ""},
		{typeFloat8, "NaN", "00000008 7ff8000000000000"},
		{typeFloat8, "-Infinity", "00000008 fff0000000000000"},
		{typeFloat8, "inf", ""},
		{typeFloat8, "0x1p-2", ""},
		{typeFloat8, "1_0", ""},
		{typeFloat8, "", ""},
		{typeNumeric, "0", "0000000a 0001 0000 0000 0000 0000"},
		{typeNumeric, "-12345.678", "0000000e 0003 0001 4000 0003 0001 0929 1a7c"},
		{typeNumeric, "NaN", "00000008 0000 0000 c000 0000"},
		{typeNumeric, "12345678901234567890", "00000012 0005 0004 0000 0000 04d2 162e 2334 0d80 1ed2"},
		{typeNumeric, "0.00000000000000000001", "00000014 0006 0000 0000 0014 0000 0000 0000 0000 0000 0001"},
		{typeNumeric, "1.", ""},
		{typeNumeric, ".5", ""},
		{typeNumeric, "1e5", ""},
		{typeNumeric, "Infinity", ""},
		{typeNumeric, "1.-5", ""},
		{typeNumeric, strings.Repeat("1", 1001), ""},
		{typeText, "", "00000000"},
		{typeText, "é\x01", "00000003 c3a901"},
		{typeText, `a\\b\tc\nd\re\bf\fg\vh`, "0000000f 61 5c 62 09 63 0a 64 0d 65 08 66 0c 67 0b 68"},
		{typeText, `\N`, "ffffffff"},
		{typeText, `\\N`, "00000002 5c4e"},
		{typeText, `\Nx`, ""},
		{typeText, `x\N`, ""},
		{typeText, `\.`, ""},
		{typeText, `\101`, ""},
		{typeText, `\x41`, ""},
		{typeText, `a\`, ""},
		{typeText, "a\rb", ""},
		{typeInt4, `\N`, "ffffffff"},
		{typeJSONB, `{"a": "\\""}`, "0000000c 01 7b2261223a20225c22227d"},
		{typeUUID, "01234567-89ab-cdef-0123-456789ABCDEF", "00000010 0123456789abcdef0123456789abcdef"},
		{typeUUID, "0123456789abcdef0123456789abcdef", ""},
		{typeUUID, "01234567-89ab-cdef-0123-456789abcdeg", ""},
		{typeUUID, "01234567-89ab-cdef-0123-456789abcde", ""},
		{typeBytea, `\\x`, "00000000"},
		{typeBytea, `\\x00fF`, "00000002 00ff"},
		{typeBytea, `\\x0`, ""},
		{typeBytea, `\\x0g`, ""},
		{typeBytea, `abc`, ""},
		{typeDate, "2000-01-01", "00000004 00000000"},
		{typeDate, "1999-12-31", "00000004 ffffffff"},
		{typeDate, "infinity", "00000004 7fffffff"},
		{typeDate, "-infinity", "00000004 80000000"},
		{typeDate, "2023-02-29", ""},
		{typeDate, "2000-13-01", ""},
		{typeDate, "2000-00-01", ""},
		{typeDate, "2000-01-00", ""},
		{typeDate, "0000-01-01", ""},
		{typeDate, "0044-03-15 BC", ""},
		{typeDate, "10000-01-01", ""},
		{typeDate, "01/02/2000", ""},
		{typeTime, "00:00:00.000001", "00000008 0000000000000001"},
		{typeTime, "24:00:00", "00000008 000000141dd76000"},
		{typeTime, "24:00:01", ""},
		{typeTime, "23:59:60", ""},
		{typeTime, "12:00", ""},
		{typeTime, "12:00:00.", ""},
		{typeTime, "12:00:00.1234567", ""},
		{typeTimestamp, "2000-01-01 00:00:01", "00000008 00000000000f4240"},
		{typeTimestamp, "1999-12-31 23:59:59.5", "00000008 fffffffffff85ee0"},
		{typeTimestamp, "infinity", "00000008 7fffffffffffffff"},
		{typeTimestamp, "2000-01-01 00:00:01+00", ""},
		{typeTimestamp, "2000-01-01", ""},
		{typeTimestamp, "2000-01-01T00:00:00", ""},
		{typeTimestampTZ, "2000-01-01 00:00:00+00", "00000008 0000000000000000"},
		{typeTimestampTZ, "2000-01-01 01:00:00+01", "00000008 0000000000000000"},
		{typeTimestampTZ, "1999-12-31 23:29:59-00:30:01", "00000008 0000000000000000"},
		{typeTimestampTZ, "2000-01-01 00:00:00", ""},
		{typeTimestampTZ, "2000-01-01 00:00:00+16", ""},
		{typeTimestampTZ, "2000-01-01 00:00:00+01:60", ""},
		{typeTimestampTZ, "2000-01-01 00:00:00+01:00:00:00", ""},
		{typeTimestampTZ, "2000-01-01 00:00:00 UTC", ""},
		{typeTimestampTZ, "2000-01-01 00:00:00+00 BC", ""},
		{typeTimestampTZ, "-infinity", "00000008 8000000000000000"},
		{typeInterval, "00:00:00", "00000010 0000000000000000 00000000 00000000"},
		{typeInterval, "1 year 2 mons -3 days +04:05:06.5", "00000010 000000036c9361a0 fffffffd 0000000e"},
		{typeInterval, "-1 years -1 mons +1 day -00:00:00.000001", "00000010 ffffffffffffffff 00000001 fffffff3"},
		{typeInterval, "1000 days", "00000010 0000000000000000 000003e8 00000000"},
		{typeInterval, "100:00:00", "00000010 00000053d1ac1000 00000000 00000000"},
		{typeInterval, "2147483648:00:00", ""},
		{typeInterval, "178956971 years", ""},
		{typeInterval, "1 day 1 year", ""},
		{typeInterval, "1 day 2 days", ""},
		{typeInterval, "1 week", ""},
		{typeInterval, "1", ""},
		{typeInterval, "1-2", ""},
		{typeInterval, "", ""},
		{typeInterval, "infinity", ""},
		{typeInterval, "@ 1 day", ""},
		{typeInterval, "P1D", ""},
		{typeInterval, "1 day ago", ""},
		{"enum_", "glad", "00000004 676c6164"},
		{"name", "glad", "00000004 676c6164"},
		{typeInet, "10.0.0.255", "00000008 02 20 00 04 0a0000ff"},
		{typeInet, "10.0.0.255/8", "00000008 02 08 00 04 0a0000ff"},
		{typeInet, "0.0.0.0/0", "00000008 02 00 00 04 00000000"},
		{typeInet, "2001:db8::1", "00000014 03 80 00 10 20010db8000000000000000000000001"},
		{typeInet, "::ffff:1.2.3.4/64", "00000014 03 40 00 10 00000000000000000000ffff01020304"},
		{typeInet, "::1.2.3.4", "00000014 03 80 00 10 00000000000000000000000001020304"},
		{typeInet, "10.0.0.255/33", ""},
		{typeInet, "10.0.0.255/", ""},
		{typeInet, "10.0.0.255/8x", ""},
		{typeInet, "10.0.0/8", ""},
		{typeInet, "10.0.0.08", ""},
		{typeInet, "fe80::1%eth0", ""},
		{typeInet, "", ""},
		{typeCIDR, "10.0.0.0/8", "00000008 02 08 00 04 0a000000"},
		{typeCIDR, "2001:db8::/32", "00000014 03 20 00 10 20010db8000000000000000000000000"},
		{typeCIDR, "10.0.0.0", ""},
		{typeCIDR, "10.0.0.1/8", ""},
		{"[]" + typeInet, "{10.0.0.1,NULL}", "00000024 00000001 00000001 00000007 00000002 00000001 00000008 02 20 00 04 0a000001 ffffffff"},
		{typeTSVector, "", "00000004 00000000"},
		{typeTSVector, "'cat':3,5A,16383B 'it''s' 'no':1C", "0000001e 00000003 63617400 0003 0003 c005 bfff 69742773 00 0000 6e6f00 0001 4001"},
		{typeTSVector, `' \\\\\t' 'a\n':1`, "00000011 00000002 205c0900 0000 610a00 0001 0001"},
		{typeTSVector, "'b' 'a'", ""},
		{typeTSVector, "'a' 'a'", ""},
		{typeTSVector, "'a'  'b'", ""},
		{typeTSVector, "'a' ", ""},
		{typeTSVector, "'a''", ""},
		{typeTSVector, "''", ""},
		{typeTSVector, "a:1", ""},
		{typeTSVector, "'a'b", ""},
		{typeTSVector, "'a':", ""},
		{typeTSVector, "'a':0", ""},
		{typeTSVector, "'a':1,1", ""},
		{typeTSVector, "'a':2,1", ""},
		{typeTSVector, "'a':16384", ""},
		{typeTSVector, "'a':1D", ""},
		{typeTSVector, "'a':1,", ""},
		{typeTSVector, "'a':1,2", "0000000c 00000001 6100 0002 0001 0002"},
		{typeTSVector, `'a\\b'`, ""},
		{typeTSVector, `'a\`, ""},
		{typeTSVector, `'a\\`, ""},
		{typeTSVector, `'a\\\`, ""},
		{typeTSVector, `'`, ""},
		{typeTSVector, `'a':` + countTo(256, "%d", ","), "00000208 00000001 6100 0100" + countTo(256, "%04x", "")},
		{typeTSVector, `'a':` + countTo(257, "%d", ","), ""},
		{"[]" + typeInt4, "{}", "0000000c 00000000 00000000 00000007"},
		{"[]" + typeInt4, "{1,NULL,-2}", "00000028 00000001 00000001 00000007 00000003 00000001 00000004 00000001 ffffffff 00000004 fffffffe"},
		{"[]" + typeInt4, "{{1},{2}}", ""},
		{"[]" + typeInt4, "[0:1]={1,2}", ""},
		{"[]" + typeInt4, "{1,2", ""},
		{"[]" + typeInt4, "{1,}", ""},
		{"[]" + typeInt4, "{1}2", ""},
		{"[]" + typeInt4, "{1x}", ""},
		{"[]" + typeFloat8, "{0.5,-Infinity}", "0000002c 00000001 00000000 00000007 00000002 00000001 00000008 3fe0000000000000 00000008 fff0000000000000"},
		{"[]" + typeTimestamp, `{"2000-01-01 00:00:00"}`, "00000020 00000001 00000000 00000007 00000001 00000001 00000008 0000000000000000"},
		{"[]" + typeTimestamp, `{"2000-01-01 00:00:00}`, ""},
		{"[]" + typeText, `{a,"","NULL","null"}`, "0000002d 00000001 00000000 00000007 00000004 00000001 00000001 61 00000000 00000004 4e554c4c 00000004 6e756c6c"},
		{"[]" + typeText, "{a,null}", ""},
		{"[]" + typeText, `{"a,\\"b\\\\\tc\n"}`, "00000020 00000001 00000000 00000007 00000001 00000001 00000008 612c22625c09630a"},
		{"[]" + typeText, `{ab}`, "0000001a 00000001 00000000 00000007 00000001 00000001 00000002 6162"},
		{"[]" + typeText, `{a b}`, ""},
		{"[]" + typeText, `{"a\\b"}`, ""},
		{"[]" + typeText, `{a"b}`, ""},
		{"[]" + typeText, `{a\nb}`, ""},
		{"[]" + typeText, `{{a}}`, ""},
		{"[]" + typeText, `{"a}`, ""},
		{"[]" + typeText, `{"a"b}`, ""},
		{"[]" + typeText, `{`, ""},
		{"[]" + typeText, `{"a\`, ""},
		{"[]" + typeText, `{"a\\`, ""},
		{"[]" + typeJSONB, `{"{}"}`, ""},
	} {
		t.Run(fmt.Sprintf("%s %.40s", tt.receive, tt.text), func(t *testing.T) {
			// Once at the end of all there is, and once before more.
			for _, more := range []string{"", "padding, so that there is more to read"} {
				want := strings.ReplaceAll(tt.want, " ", "")
				types := []string{tt.receive}
				line := tt.text + "\n"
				if more != "" {
					types = append(types, typeText)
					line = tt.text + "\t" + more + "\n"
					want += fmt.Sprintf("%08x%x", len(more), more)
				}
				want = fmt.Sprintf("%04x", len(types)) + want
				out, n, ok := encoderOf(types...).Append(nil, []byte(line))
				if ok != (tt.want != "") {
					t.Fatalf("%q: want ok %t, got %t, %x", line, tt.want != "", ok, out)
				}
				if got := hex.EncodeToString(out); ok && (want != got || n != 1) {
					t.Errorf("%q: want %s, got %d rows, %s", line, want, n, got)
				}
			}
		})
	}
}

// countTo writes the numbers from 1 on.
func countTo(n int, format, separator string) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(format, i+1))
	}
	return strings.Join(list, separator)
}

func TestRows(t *testing.T) {
	e := encoderOf(typeInt4, typeText)
	for _, tt := range []struct {
		name, rows string
		want       int // rows, -1 where they must be refused
	}{
		{"none", "", 0},
		{"two", "1\ta\n2\tb\n", 2},
		{"no newline at the end", "1\ta\n2\tb", -1},
		{"too few fields", "1\n", -1},
		{"too many fields", "1\ta\tb\n", -1},
		{"nothing in a line", "\n", -1},
		{"an escaped newline", "1\ta\\\n", -1},
		{"an escaped tab", "1\ta\\\tb\n", -1},
		{"lines of Windows", "1\ta\r\n", -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, n, ok := e.Append(nil, []byte(tt.rows))
			if ok != (tt.want >= 0) || ok && n != tt.want {
				t.Errorf("want %d, got %d, %t", tt.want, n, ok)
			}
		})
	}
}

func TestNewEncoder(t *testing.T) {
	for _, tt := range []struct {
		name  string
		types []string
		want  bool
	}{
		{"none", nil, false},
		{"known", []string{typeInt4, typeText, typeTimestampTZ, "enum_", "[]" + typeInt4}, true},
		{"unknown", []string{typeTimestampTZ, "geometry_"}, false},
		{"unknown elements", []string{typeTimestampTZ, "[]geometry_"}, false},
	} {
		if got := NewEncoder(typesOf(tt.types...)) != nil; tt.want != got {
			t.Errorf("%s: want %t, got %t", tt.name, tt.want, got)
		}
	}
	// As in extensions.
	for name, odd := range map[string]Type{
		"another spelling":  {Functions: Functions{"base36_in", "int4recv"}},
		"no function":       {},
		"another delimiter": {Functions: functionsOf("array_"), ElementFunctions: functionsOf("text"), Delimiter: ";"},
	} {
		if NewEncoder(append(typesOf(typeTimestampTZ), odd)) != nil {
			t.Errorf("%s: want no encoder", name)
		}
	}
}

// What rows gain depends on their types, and on how long they are.
func TestPays(t *testing.T) {
	long := strings.Repeat("text ", 20)
	for _, tt := range []struct {
		name  string
		types []string
		rows  string
		want  bool
	}{
		{"nothing", []string{typeText}, "", false},
		{"numbers and a word", []string{typeInt4, typeText}, "1\tword\n2\tanother\n", false},
		{"a time", []string{typeInt4, typeTimestampTZ}, "1\t2024-01-01 00:00:00+00\n", true},
		{"no time", []string{typeInt4, typeTimestampTZ}, "1\t\\N\n2\t\\N\n", false},
		{"long text", []string{typeInt4, typeText, typeText}, "1\t" + long + "\tword\n", true},
		{"long text in few rows", []string{typeText, typeText}, long + "\tword\n" + strings.Repeat("a\tword\n", 20), false},
		{"half a row", []string{typeText}, "word\n" + long, false},
		{"too many fields", []string{typeInt4}, "1\t2\n", false},
	} {
		if got := NewEncoder(typesOf(tt.types...)).Pays([]byte(tt.rows)); tt.want != got {
			t.Errorf("%s: want %t, got %t", tt.name, tt.want, got)
		}
	}
}

// FuzzAppend holds values that are turned against what Go's own libraries make
// of the text.
func FuzzAppend(f *testing.F) {
	for _, seed := range []struct {
		receive, text string
	}{
		{typeInt8, "-9223372036854775808"}, {typeNumeric, "-0012345.6780"}, {typeNumeric, "12345678901234567890.12345678901234567890"},
		{typeTimestampTZ, "1999-12-31 23:29:59.123456-00:30:01"}, {typeTimestamp, "0001-03-01 00:00:00"}, {typeDate, "2400-02-29"},
		{typeTime, "23:59:59.9"}, {typeFloat8, "-1.7976931348623157e+308"}, {typeText, `a\\b\tc`}, {typeBytea, `\\x00ff`},
		{typeInterval, "1 year 2 mons -3 days +04:05:06.5"}, {"[]" + typeText, `{"a,\\"b\\\\c",NULL,x}`}, {"[]" + typeInt4, "{1,NULL}"},
		{typeInet, "10.0.0.1/8"}, {typeCIDR, "2001:db8::/32"}, {typeTSVector, `'a\\\\\t':1,2A 'it''s'`},
	} {
		f.Add(seed.receive, seed.text)
	}
	f.Fuzz(func(t *testing.T, receive, text string) {
		if _, known := columnOf(typesOf(receive)[0]); !known {
			receive = typeInt8
		}
		out, n, ok := encoderOf(receive).Append(nil, []byte(text+"\n"))
		if !ok || n != 1 && n == 1+strings.Count(text, "\n") {
			return
		}
		if n != 1 || len(out) < 6 {
			t.Fatalf("%s %q: %d rows, %x", receive, text, n, out)
		}
		length, value := binary.BigEndian.Uint32(out[2:]), out[6:]
		if text == `\N` {
			if length != math.MaxUint32 || len(value) != 0 {
				t.Fatalf("NULL: %x", out)
			}
			return
		}
		if int(length) != len(value) {
			t.Fatalf("%s %q: length %d of %x", receive, text, length, value)
		}
		if strings.HasPrefix(receive, "[]") || receive == typeInterval || receive == typeTSVector {
			return // real servers tell
		}
		if strings.HasSuffix(text, "-00:00:01") {
			return // which Go takes for no offset
		}
		if want, got := reference(receive, text), spelled(receive, value); want != got {
			t.Errorf("%s %q: want %q, got %q", receive, text, want, got)
		}
	})
}

// reference reads text as Go's libraries do, and spells it as spelled does; what
// it does not know it gives back.
func reference(receive, text string) string {
	switch receive {
	case typeNumeric:
		if v, ok := new(big.Rat).SetString(text); ok {
			_, fraction, _ := strings.Cut(text, ".")
			return v.FloatString(len(fraction))
		}
	case typeFloat4, typeFloat8:
		if v, err := strconv.ParseFloat(text, map[string]int{typeFloat4: 32, typeFloat8: 64}[receive]); err == nil {
			return fmt.Sprint(v)
		}
	case typeInt2, typeInt4, typeInt8, typeOID:
		if v, err := strconv.ParseInt(text, 10, 64); err == nil {
			return fmt.Sprint(v)
		}
	case typeDate, typeTimestamp, typeTimestampTZ:
		for _, layout := range []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02 15:04:05-07", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05-07:00:00"} {
			if v, err := time.Parse(layout, text); err == nil {
				return v.UTC().String()
			}
		}
	case typeTime:
		if v, err := time.Parse("15:04:05", text); err == nil {
			return v.Sub(v.Truncate(24 * time.Hour)).String()
		}
	case typeBytea:
		return strings.ToLower(text)
	case typeUUID:
		return strings.ToLower(strings.ReplaceAll(text, "-", ""))
	case typeBool:
		return text
	case typeInet, typeCIDR:
		if p, err := netip.ParsePrefix(text); err == nil {
			return p.String()
		}
		return netip.PrefixFrom(netip.MustParseAddr(text), netip.MustParseAddr(text).BitLen()).String()
	default:
		return strings.NewReplacer(`\\`, `\`, `\b`, "\b", `\f`, "\f", `\n`, "\n", `\r`, "\r", `\t`, "\t", `\v`, "\v").Replace(text)
	}
	return text
}

// spelled gives a value in binary as text.
func spelled(receive string, value []byte) string {
	var v uint64
	if len(value) <= 8 {
		for _, b := range value {
			v = v<<8 | uint64(b)
		}
		if shift := 64 - 8*len(value); receive != typeOID && len(value) > 0 {
			v = uint64(int64(v<<shift) >> shift)
		}
	}
	switch receive {
	case typeNumeric:
		return spelledNumeric(value)
	case typeFloat4:
		return fmt.Sprint(float64(math.Float32frombits(uint32(v))))
	case typeFloat8:
		return fmt.Sprint(math.Float64frombits(v))
	case typeInt2, typeInt4, typeInt8, typeOID:
		return fmt.Sprint(int64(v))
	case typeDate:
		switch int64(v) {
		case math.MaxInt32:
			return "infinity"
		case math.MinInt32:
			return "-infinity"
		}
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(int64(v))).String()
	case typeTimestamp, typeTimestampTZ:
		switch int64(v) {
		case math.MaxInt64:
			return "infinity"
		case math.MinInt64:
			return "-infinity"
		}
		const before2000 = 946_684_800_000_000 // µs since 1970
		return time.UnixMicro(before2000 + int64(v)).UTC().String()
	case typeTime:
		if v == day {
			return "24:00:00"
		}
		return (time.Duration(v) * time.Microsecond).String()
	case typeBytea:
		return `\\x` + hex.EncodeToString(value)
	case typeUUID:
		return hex.EncodeToString(value)
	case typeBool:
		return "ft"[v : v+1]
	case typeInet, typeCIDR:
		a, _ := netip.AddrFromSlice(value[4:])
		return netip.PrefixFrom(a, int(value[1])).String()
	case typeJSONB:
		return string(value[1:])
	}
	return string(value)
}

// spelledNumeric reads a numeric as PostgreSQL's numeric_recv does.
func spelledNumeric(value []byte) string {
	word := func(n int) int { return int(binary.BigEndian.Uint16(value[2*n:])) }
	digits, weight, sign, scale := word(0), word(1), word(2), word(3)
	if sign == 0xc000 {
		return "NaN"
	}
	v := new(big.Int)
	for n := range digits {
		if word(4+n) > 9999 {
			return fmt.Sprintf("digit %d", word(4+n))
		}
		v.Add(v.Mul(v, big.NewInt(10_000)), big.NewInt(int64(word(4+n))))
	}
	if sign == 0x4000 {
		v.Neg(v)
	}
	behind := digits - 1 - weight // digits behind the point
	return new(big.Rat).SetFrac(v, new(big.Int).Exp(big.NewInt(10_000), big.NewInt(int64(behind)), nil)).FloatString(scale)
}
