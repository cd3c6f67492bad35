package binarycopy

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Types' OIDs (PostgreSQL's pg_type.dat).
const (
	oidBool, oidBytea, oidInt8, oidInt2, oidInt4, oidText, oidOID = 16, 17, 20, 21, 23, 25, 26
	oidFloat4, oidFloat8, oidDate, oidTime, oidTimestamp          = 700, 701, 1082, 1083, 1114
	oidTimestampTZ, oidNumeric, oidUUID, oidJSONB                 = 1184, 1700, 2950, 3802
)

// encoderOf makes an encoder whether it is worth it or not.
func encoderOf(types ...uint32) *Encoder {
	e := &Encoder{}
	for _, oid := range types {
		e.columns = append(e.columns, knownTypes[oid].spelling)
	}
	return e
}

func TestValues(t *testing.T) {
	for _, tt := range []struct {
		oid  uint32
		text string
		want string // length and value, "" where it must be refused
	}{
		{oidBool, "t", "00000001 01"},
		{oidBool, "f", "00000001 00"},
		{oidBool, "true", ""},
		{oidBool, "", ""},
		{oidInt2, "-32768", "00000002 8000"},
		{oidInt2, "32767", "00000002 7fff"},
		{oidInt2, "32768", ""},
		{oidInt4, "-2147483648", "00000004 80000000"},
		{oidInt4, "-2147483649", ""},
		{oidInt4, "12345678", "00000004 00bc614e"},
		{oidInt4, "123456789", "00000004 075bcd15"},
		{oidInt4, "+1", ""},
		{oidInt4, " 1", ""},
		{oidInt4, "1_000", ""},
		{oidInt4, "1:", ""},
		{oidInt4, "", ""},
		{oidInt4, "-", ""},
		{oidInt8, "-9223372036854775808", "00000008 8000000000000000"},
		{oidInt8, "9223372036854775807", "00000008 7fffffffffffffff"},
		{oidInt8, "9223372036854775808", ""},
		{oidInt8, "18446744073709551617", ""},
		{oidOID, "4294967295", "00000004 ffffffff"},
		{oidOID, "4294967296", ""},
		{oidOID, "-1", ""},
		{oidFloat4, "0.1", "00000004 3dcccccd"},
		{oidFloat4, "1e40", ""},
		{oidFloat4, "1e-50", ""},
		{oidFloat8, "-0", "00000008 8000000000000000"},
		{oidFloat8, "5e-324", "00000008 0000000000000001"},
		{oidFloat8, "1e-400", ""},
		{oidFloat8, "NaN", "00000008 7ff8000000000000"},
		{oidFloat8, "-Infinity", "00000008 fff0000000000000"},
		{oidFloat8, "inf", ""},
		{oidFloat8, "0x1p-2", ""},
		{oidFloat8, "1_0", ""},
		{oidFloat8, "", ""},
		{oidNumeric, "0", "0000000a 0001 0000 0000 0000 0000"},
		{oidNumeric, "-12345.678", "0000000e 0003 0001 4000 0003 0001 0929 1a7c"},
		{oidNumeric, "NaN", "00000008 0000 0000 c000 0000"},
		{oidNumeric, "12345678901234567890", "00000012 0005 0004 0000 0000 04d2 162e 2334 0d80 1ed2"},
		{oidNumeric, "0.00000000000000000001", "00000014 0006 0000 0000 0014 0000 0000 0000 0000 0000 0001"},
		{oidNumeric, "1.", ""},
		{oidNumeric, ".5", ""},
		{oidNumeric, "1e5", ""},
		{oidNumeric, "Infinity", ""},
		{oidNumeric, "1.-5", ""},
		{oidNumeric, strings.Repeat("1", 1001), ""},
		{oidText, "", "00000000"},
		{oidText, "é\x01", "00000003 c3a901"},
		{oidText, `a\\b\tc\nd\re\bf\fg\vh`, "0000000f 61 5c 62 09 63 0a 64 0d 65 08 66 0c 67 0b 68"},
		{oidText, `\N`, "ffffffff"},
		{oidText, `\\N`, "00000002 5c4e"},
		{oidText, `\Nx`, ""},
		{oidText, `x\N`, ""},
		{oidText, `\.`, ""},
		{oidText, `\101`, ""},
		{oidText, `\x41`, ""},
		{oidText, `a\`, ""},
		{oidText, "a\rb", ""},
		{oidInt4, `\N`, "ffffffff"},
		{oidJSONB, `{"a": "\\""}`, "0000000c 01 7b2261223a20225c22227d"},
		{oidUUID, "01234567-89ab-cdef-0123-456789ABCDEF", "00000010 0123456789abcdef0123456789abcdef"},
		{oidUUID, "0123456789abcdef0123456789abcdef", ""},
		{oidUUID, "01234567-89ab-cdef-0123-456789abcdeg", ""},
		{oidUUID, "01234567-89ab-cdef-0123-456789abcde", ""},
		{oidBytea, `\\x`, "00000000"},
		{oidBytea, `\\x00fF`, "00000002 00ff"},
		{oidBytea, `\\x0`, ""},
		{oidBytea, `\\x0g`, ""},
		{oidBytea, `abc`, ""},
		{oidDate, "2000-01-01", "00000004 00000000"},
		{oidDate, "1999-12-31", "00000004 ffffffff"},
		{oidDate, "infinity", "00000004 7fffffff"},
		{oidDate, "-infinity", "00000004 80000000"},
		{oidDate, "2023-02-29", ""},
		{oidDate, "2000-13-01", ""},
		{oidDate, "2000-00-01", ""},
		{oidDate, "2000-01-00", ""},
		{oidDate, "0000-01-01", ""},
		{oidDate, "0044-03-15 BC", ""},
		{oidDate, "10000-01-01", ""},
		{oidDate, "01/02/2000", ""},
		{oidTime, "00:00:00.000001", "00000008 0000000000000001"},
		{oidTime, "24:00:00", "00000008 000000141dd76000"},
		{oidTime, "24:00:01", ""},
		{oidTime, "23:59:60", ""},
		{oidTime, "12:00", ""},
		{oidTime, "12:00:00.", ""},
		{oidTime, "12:00:00.1234567", ""},
		{oidTimestamp, "2000-01-01 00:00:01", "00000008 00000000000f4240"},
		{oidTimestamp, "1999-12-31 23:59:59.5", "00000008 fffffffffff85ee0"},
		{oidTimestamp, "infinity", "00000008 7fffffffffffffff"},
		{oidTimestamp, "2000-01-01 00:00:01+00", ""},
		{oidTimestamp, "2000-01-01", ""},
		{oidTimestamp, "2000-01-01T00:00:00", ""},
		{oidTimestampTZ, "2000-01-01 00:00:00+00", "00000008 0000000000000000"},
		{oidTimestampTZ, "2000-01-01 01:00:00+01", "00000008 0000000000000000"},
		{oidTimestampTZ, "1999-12-31 23:29:59-00:30:01", "00000008 0000000000000000"},
		{oidTimestampTZ, "2000-01-01 00:00:00", ""},
		{oidTimestampTZ, "2000-01-01 00:00:00+16", ""},
		{oidTimestampTZ, "2000-01-01 00:00:00+01:60", ""},
		{oidTimestampTZ, "2000-01-01 00:00:00+01:00:00:00", ""},
		{oidTimestampTZ, "2000-01-01 00:00:00 UTC", ""},
		{oidTimestampTZ, "2000-01-01 00:00:00+00 BC", ""},
		{oidTimestampTZ, "-infinity", "00000008 8000000000000000"},
	} {
		t.Run(fmt.Sprintf("%d %.40s", tt.oid, tt.text), func(t *testing.T) {
			// Once at the end of all there is, and once before more.
			for _, more := range []string{"", "padding, so that there is more to read"} {
				want := strings.ReplaceAll(tt.want, " ", "")
				types := []uint32{tt.oid}
				line := tt.text + "\n"
				if more != "" {
					types = append(types, oidText)
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

func TestRows(t *testing.T) {
	e := encoderOf(oidInt4, oidText)
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
		types []uint32
		want  bool
	}{
		{"none", nil, false},
		{"not worth it", []uint32{oidInt4, oidText}, false},
		{"worth it", []uint32{oidInt4, oidText, oidTimestampTZ}, true},
		{"unknown", []uint32{oidTimestampTZ, 16385}, false},
	} {
		if got := NewEncoder(tt.types) != nil; tt.want != got {
			t.Errorf("%s: want %t, got %t", tt.name, tt.want, got)
		}
	}
}

// FuzzAppend holds values that are turned against what Go's own libraries make
// of the text.
func FuzzAppend(f *testing.F) {
	for _, seed := range []struct {
		oid  uint32
		text string
	}{
		{oidInt8, "-9223372036854775808"}, {oidNumeric, "-0012345.6780"}, {oidNumeric, "12345678901234567890.12345678901234567890"},
		{oidTimestampTZ, "1999-12-31 23:29:59.123456-00:30:01"}, {oidTimestamp, "0001-03-01 00:00:00"}, {oidDate, "2400-02-29"},
		{oidTime, "23:59:59.9"}, {oidFloat8, "-1.7976931348623157e+308"}, {oidText, `a\\b\tc`}, {oidBytea, `\\x00ff`},
	} {
		f.Add(seed.oid, seed.text)
	}
	f.Fuzz(func(t *testing.T, oid uint32, text string) {
		if _, known := knownTypes[oid]; !known {
			oid = oidInt8
		}
		out, n, ok := encoderOf(oid).Append(nil, []byte(text+"\n"))
		if !ok || n != 1 && n == 1+strings.Count(text, "\n") {
			return
		}
		if n != 1 || len(out) < 6 {
			t.Fatalf("%d %q: %d rows, %x", oid, text, n, out)
		}
		length, value := binary.BigEndian.Uint32(out[2:]), out[6:]
		if text == `\N` {
			if length != math.MaxUint32 || len(value) != 0 {
				t.Fatalf("NULL: %x", out)
			}
			return
		}
		if int(length) != len(value) {
			t.Fatalf("%d %q: length %d of %x", oid, text, length, value)
		}
		if want, got := reference(oid, text), spelled(oid, value); want != got {
			t.Errorf("%d %q: want %q, got %q", oid, text, want, got)
		}
	})
}

// reference reads text as Go's libraries do, and spells it as spelled does; what
// it does not know it gives back.
func reference(oid uint32, text string) string {
	switch oid {
	case oidNumeric:
		if v, ok := new(big.Rat).SetString(text); ok {
			_, fraction, _ := strings.Cut(text, ".")
			return v.FloatString(len(fraction))
		}
	case oidFloat4, oidFloat8:
		if v, err := strconv.ParseFloat(text, map[uint32]int{oidFloat4: 32, oidFloat8: 64}[oid]); err == nil {
			return fmt.Sprint(v)
		}
	case oidInt2, oidInt4, oidInt8, oidOID:
		if v, err := strconv.ParseInt(text, 10, 64); err == nil {
			return fmt.Sprint(v)
		}
	case oidDate, oidTimestamp, oidTimestampTZ:
		for _, layout := range []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02 15:04:05-07", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05-07:00:00"} {
			if v, err := time.Parse(layout, text); err == nil {
				return v.UTC().String()
			}
		}
	case oidTime:
		if v, err := time.Parse("15:04:05", text); err == nil {
			return v.Sub(v.Truncate(24 * time.Hour)).String()
		}
	case oidBytea:
		return strings.ToLower(text)
	case oidUUID:
		return strings.ToLower(strings.ReplaceAll(text, "-", ""))
	case oidBool:
		return text
	default:
		return strings.NewReplacer(`\\`, `\`, `\b`, "\b", `\f`, "\f", `\n`, "\n", `\r`, "\r", `\t`, "\t", `\v`, "\v").Replace(text)
	}
	return text
}

// spelled gives a value in binary as text.
func spelled(oid uint32, value []byte) string {
	var v uint64
	if len(value) <= 8 {
		for _, b := range value {
			v = v<<8 | uint64(b)
		}
		if shift := 64 - 8*len(value); oid != oidOID && len(value) > 0 {
			v = uint64(int64(v<<shift) >> shift)
		}
	}
	switch oid {
	case oidNumeric:
		return spelledNumeric(value)
	case oidFloat4:
		return fmt.Sprint(float64(math.Float32frombits(uint32(v))))
	case oidFloat8:
		return fmt.Sprint(math.Float64frombits(v))
	case oidInt2, oidInt4, oidInt8, oidOID:
		return fmt.Sprint(int64(v))
	case oidDate:
		switch int64(v) {
		case math.MaxInt32:
			return "infinity"
		case math.MinInt32:
			return "-infinity"
		}
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(int64(v))).String()
	case oidTimestamp, oidTimestampTZ:
		switch int64(v) {
		case math.MaxInt64:
			return "infinity"
		case math.MinInt64:
			return "-infinity"
		}
		const before2000 = 946_684_800_000_000 // µs since 1970
		return time.UnixMicro(before2000 + int64(v)).UTC().String()
	case oidTime:
		if v == day {
			return "24:00:00"
		}
		return (time.Duration(v) * time.Microsecond).String()
	case oidBytea:
		return `\\x` + hex.EncodeToString(value)
	case oidUUID:
		return hex.EncodeToString(value)
	case oidBool:
		return "ft"[v : v+1]
	case oidJSONB:
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
