package binarycopy

import (
	"bytes"
	"math"
)

// Dates are days, times microseconds, both since the beginning of 2000. Only
// years from 1 to 9999 are turned here.

const (
	second = 1_000_000
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// readDate reads a date in the style ISO.
func readDate(text []byte) (days int32, size int, ok bool) {
	if end, size := readInfinity(text); end != 0 {
		return int32(min(max(end, math.MinInt32), math.MaxInt32)), size, true
	}
	if len(text) < 10 {
		return 0, 0, false
	}
	days, ok = parseDay([10]byte(text))
	return days, 10, ok
}

// readInfinity knows the end of all time and the beginning.
func readInfinity(text []byte) (end int64, size int) {
	switch {
	case bytes.HasPrefix(text, []byte("infinity")):
		return math.MaxInt64, len("infinity")
	case bytes.HasPrefix(text, []byte("-infinity")):
		return math.MinInt64, len("-infinity")
	}
	return 0, 0
}

// readTimeOfDay reads a time of day; that of the day's end is 24:00:00.
func readTimeOfDay(text []byte) (micros int64, size int, ok bool) {
	if bytes.HasPrefix(text, []byte("24:00:00")) {
		return day, len("24:00:00"), true
	}
	return readClock(text)
}

// readTimestamp reads a timestamp in the style ISO, with the offset from UTC
// where zoned.
func readTimestamp(text []byte, zoned bool) (micros int64, size int, ok bool) {
	if end, size := readInfinity(text); end != 0 {
		return end, size, true
	}
	if len(text) < 11 || text[10] != ' ' {
		return 0, 0, false
	}
	days, ok1 := parseDay([10]byte(text))
	micros, size, ok2 := readClock(text[11:])
	size += 11
	micros += int64(days) * day
	if !zoned || !ok1 || !ok2 {
		return micros, size, ok1 && ok2
	}
	offset, n, ok := readOffset(text[size:])
	return micros - offset, size + n, ok
}

// parseDay reads YYYY-MM-DD.
func parseDay(f [10]byte) (days int32, ok bool) {
	century, ok1 := parseTwo(f[0], f[1])
	y, ok2 := parseTwo(f[2], f[3])
	m, ok3 := parseTwo(f[5], f[6])
	d, ok4 := parseTwo(f[8], f[9])
	y += 100 * century
	if !ok1 || !ok2 || !ok3 || !ok4 || f[4] != '-' || f[7] != '-' ||
		y == 0 || m == 0 || m > 12 || d == 0 || d > daysIn(y, m) {
		return 0, false
	}
	// Years begin in March here, so that a leap day is a year's last.
	if m <= 2 {
		y--
		m += 12
	}
	const before2000 = 730_425 // days from March 1st of year 0 to January 1st of 2000
	return 365*y + y/4 - y/100 + y/400 + (153*m-457)/5 + d - 1 - before2000, true
}

func daysIn(y, m int32) int32 {
	switch {
	case m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

// readClock reads HH:MM:SS and up to six digits of a fraction.
func readClock(text []byte) (micros int64, size int, ok bool) {
	if len(text) < 9 {
		return 0, 0, false
	}
	h, ok1 := parseTwo(text[0], text[1])
	micros, size, ok2 := readRestOfClock(text[2:])
	return int64(h)*hour + micros, 2 + size, ok1 && ok2 && h <= 23
}

// readRestOfClock reads :MM:SS and up to six digits of a fraction.
func readRestOfClock(text []byte) (micros int64, size int, ok bool) {
	if len(text) < 7 {
		return 0, 0, false
	}
	f := [7]byte(text)
	m, ok1 := parseTwo(f[1], f[2])
	s, ok2 := parseTwo(f[4], f[5])
	if !ok1 || !ok2 || f[0] != ':' || f[3] != ':' || m > 59 || s > 59 {
		return 0, 0, false
	}
	micros = int64(m)*minute + int64(s)*second
	if f[6] != '.' {
		return micros, 6, true
	}
	fraction, digits := readDigits(text[7:])
	if digits == 0 || digits > 6 {
		return 0, 0, false
	}
	return micros + int64(fraction*tens[6-digits]), 7 + digits, true
}

// readOffset reads an offset from UTC: a sign and HH, HH:MM or HH:MM:SS.
func readOffset(text []byte) (micros int64, size int, ok bool) {
	if len(text) < 4 || text[0] != '+' && text[0] != '-' {
		return 0, 0, false
	}
	h, ok := parseTwo(text[1], text[2])
	micros = int64(h) * hour
	ok = ok && h <= 15 // PostgreSQL's MAX_TZDISP_HOUR
	size = 3
	for unit := int64(minute); ok && unit >= second && len(text)-size > 3 && text[size] == ':'; unit /= 60 {
		var v int32
		v, ok = parseTwo(text[size+1], text[size+2])
		ok = ok && v <= 59
		micros += int64(v) * unit
		size += 3
	}
	if text[0] == '-' {
		micros = -micros
	}
	return micros, size, ok
}

// parseTwo reads two digits.
func parseTwo(a, b byte) (_ int32, ok bool) {
	a -= '0'
	b -= '0'
	return 10*int32(a) + int32(b), a <= 9 && b <= 9
}
