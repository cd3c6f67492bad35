package binarycopy

import (
	"bytes"
	"math"
)

// units are those of intervals in the style "postgres", in their order, and how
// many months or days one has.
var units = [...]struct {
	name         string
	months, days int64
}{{"year", 12, 0}, {"mon", 1, 0}, {"day", 0, 1}}

// maxHours is how many hours servers before 15 take in text. In binary they take
// more, which they cannot write then.
const maxHours = math.MaxInt32

// appendInterval appends an interval in the style "postgres", such as
// 1 year 2 mons -3 days +04:05:06.5: microseconds, days and months (PostgreSQL's
// EncodeInterval and interval_recv).
func appendInterval(out, text []byte) (_ []byte, size int, ok bool) {
	var months, days, micros int64
	for next := 0; ; size++ {
		sign := int64(1)
		switch text[size] {
		case '-':
			sign = -1
			size++
		case '+':
			size++
		}
		v, n := readDigits(text[size:])
		if n == 0 || n > 10 {
			return out, 0, false
		}
		size += n
		if text[size] == ':' {
			if micros, n, ok = readRestOfClock(text[size:]); !ok || v > maxHours {
				return out, 0, false
			}
			micros = sign * (int64(v)*hour + micros)
			size += n
			break
		}
		unit, n := readUnit(text[size:], next)
		if n == 0 {
			return out, 0, false
		}
		months += sign * int64(v) * units[unit].months
		days += sign * int64(v) * units[unit].days
		next = unit + 1
		if size += n; text[size] != ' ' {
			break
		}
	}
	out = append(out, 0, 0, 0, 16)
	for shift := 56; shift >= 0; shift -= 8 {
		out = append(out, byte(micros>>shift))
	}
	out = append(out, byte(days>>24), byte(days>>16), byte(days>>8), byte(days))
	out = append(out, byte(months>>24), byte(months>>16), byte(months>>8), byte(months))
	return out, size, days == int64(int32(days)) && months == int64(int32(months))
}

// readUnit reads a space and a unit, one of those from first on.
func readUnit(text []byte, first int) (unit, size int) {
	for n := first; n < len(units); n++ {
		name := units[n].name
		if text[0] != ' ' || !bytes.HasPrefix(text[1:], []byte(name)) {
			continue
		}
		size = 1 + len(name)
		if text[size] == 's' {
			size++
		}
		return n, size
	}
	return 0, 0
}
