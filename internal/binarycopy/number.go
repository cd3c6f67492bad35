package binarycopy

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"
)

// readInt reads an integer of at least -limit and below limit, a power of two.
func readInt(text []byte, limit uint64) (_ int64, size int, ok bool) {
	if text[0] == '-' {
		v, size := readDigits(text[1:])
		return -int64(v), 1 + size, 1 <= size && size <= maxDigits && v <= limit
	}
	v, size := readDigits(text)
	return int64(v), size, 1 <= size && size <= maxDigits && v < limit
}

// maxDigits is how many decimal digits a uint64 holds, whatever they are.
const maxDigits = 19

// readDigits reads the decimal digits that text begins with. Their value is
// right if they are no more than maxDigits.
func readDigits(text []byte) (v uint64, size int) {
	const ones = 0x0101010101010101
	for ; len(text)-size >= 8; size += 8 {
		x := binary.LittleEndian.Uint64(text[size:]) ^ '0'*ones
		other := (x | (x + 6*ones)) & (0xf0 * ones) // the lowest bit is that of the first that is no digit
		if other != 0 {
			n := bits.TrailingZeros64(other) / 8
			return v*tens[n] + eightDigits(x<<8<<(56-8*n)), size + n
		}
		v = v*tens[8] + eightDigits(x)
	}
	for size < len(text) && text[size]-'0' <= 9 {
		v = 10*v + uint64(text[size]-'0')
		size++
	}
	return v, size
}

var tens = [...]uint64{1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000}

// eightDigits gives the number of eight digits, the first in the lowest byte:
// neighbours make pairs, pairs make fours, fours the number.
func eightDigits(x uint64) uint64 {
	x = (x * (10<<8 + 1)) >> 8 & 0x00ff00ff00ff00ff
	x = (x * (100<<16 + 1)) >> 16 & 0x0000ffff0000ffff
	return (x * (10_000<<32 + 1)) >> 32
}

// readFloat8 gives the bits of a double.
func readFloat8(text []byte) (_ uint64, size int, ok bool) {
	v, size, ok := readFloat(text, 64)
	if math.IsNaN(v) {
		return 0x7ff8_0000_0000_0000, size, ok
	}
	return math.Float64bits(v), size, ok
}

// readFloat4 gives the bits of a float.
func readFloat4(text []byte) (_ uint32, size int, ok bool) {
	v, size, ok := readFloat(text, 32)
	if math.IsNaN(v) {
		return 0x7fc0_0000, size, ok
	}
	return math.Float32bits(float32(v)), size, ok
}

// readFloat reads a number. strconv knows spellings that PostgreSQL does not,
// and takes for 0 what is so small that PostgreSQL refuses it.
func readFloat(text []byte, bitSize int) (_ float64, size int, ok bool) {
	for _, special := range [...]string{"NaN", "Infinity", "-Infinity"} {
		if len(text) > len(special) && string(text[:len(special)]) == special {
			size = len(special)
		}
	}
	if size == 0 {
		for b := text[0]; b-'0' <= 9 || b == '.' || b == '-' || b == '+' || b == 'e'; b = text[size] {
			size++ // text ends with another byte
		}
	}
	field := string(text[:size])
	v, err := strconv.ParseFloat(field, bitSize)
	return v, size, err == nil && (v != 0 || field == "0" || field == "-0")
}

// appendNumeric appends a numeric: digits to the base of 10,000, the point
// between two of them (PostgreSQL's numeric_recv). That some in front and at the
// end are 0 does not matter.
func appendNumeric(out, text []byte) (_ []byte, size int, ok bool) {
	const (
		negative = 0x40 // of the sign's two bytes, the first
		nan      = 0xc0
	)
	if len(text) > 3 && string(text[:3]) == "NaN" {
		return append(out, 0, 0, 0, 8, 0, 0, 0, 0, nan, 0, 0, 0), 3, true
	}
	sign := byte(0)
	if text[0] == '-' {
		sign = negative
		size = 1
	}
	whole := text[size:]
	wholeValue, wholeSize := readDigits(whole)
	size += wholeSize
	fraction := text[size:]
	fractionValue, scale := uint64(0), 0
	if fraction[0] == '.' {
		fraction = fraction[1:]
		fractionValue, scale = readDigits(fraction)
		size += 1 + scale
		if scale == 0 {
			return out, 0, false
		}
	}
	if wholeSize == 0 || wholeSize > maxNumeric || scale > maxNumeric {
		return out, 0, false
	}
	before, after := (wholeSize+3)/4, (scale+3)/4
	groups := before + after
	n := 8 + 2*groups
	out = append(out, 0, 0, byte(n>>8), byte(n), byte(groups>>8), byte(groups),
		byte((before-1)>>8), byte(before-1), sign, 0, byte(scale>>8), byte(scale))
	if wholeSize <= 16 && scale <= 16 {
		out = appendGroups(out, wholeValue, before)
		return appendGroups(out, fractionValue*tens[4*after-scale], after), size, true
	}
	out = appendDigits(out, whole[:wholeSize], 4*before-wholeSize)
	return appendDigits(out, fraction[:scale], 0), size, true
}

// maxNumeric is how many digits on each side of the point are turned here. A
// numeric may have more.
const maxNumeric = 1000

// appendGroups appends n digits to the base of 10,000.
func appendGroups(out []byte, v uint64, n int) []byte {
	out = append(out, make([]byte, 2*n)...)
	for i := len(out); n > 0; n-- {
		i -= 2
		binary.BigEndian.PutUint16(out[i:], uint16(v%10_000))
		v /= 10_000
	}
	return out
}

// appendDigits appends decimal digits as digits to the base of 10,000, as if so
// many zeros stood before them, and as many behind them as the last one needs.
func appendDigits(out, digits []byte, zeros int) []byte {
	group, n := 0, zeros
	for _, b := range digits {
		group = 10*group + int(b-'0')
		if n++; n == 4 {
			out = append(out, byte(group>>8), byte(group))
			group, n = 0, 0
		}
	}
	if n > 0 {
		group *= int(tens[4-n])
		out = append(out, byte(group>>8), byte(group))
	}
	return out
}
