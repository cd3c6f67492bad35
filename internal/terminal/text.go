package terminal

import (
	"strconv"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// appendVisible appends text from outside so that a terminal shows it and does
// nothing else: control characters, invalid bytes and what has no shape of its
// own come escaped as in Go.
func appendVisible(dst []byte, s string) []byte {
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(dst, `\x`...)
			dst = append(dst, hexDigits[s[0]>>4], hexDigits[s[0]&15])
		case strconv.IsPrint(r):
			dst = append(dst, s[:size]...)
		default:
			quoted := strconv.QuoteRune(r)
			dst = append(dst, quoted[1:len(quoted)-1]...)
		}
		s = s[size:]
	}
	return dst
}

const hexDigits = "0123456789abcdef"

// visible is appendVisible for strings.
func visible(s string) string { return string(appendVisible(nil, s)) }

// width is how many columns visible text takes.
func width(s string) int {
	if isASCII(s) {
		return len(s)
	}
	return uniseg.StringWidth(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cut gives as much of visible text as fits into columns. What is cut off
// leaves a mark at the end, where there is room for one.
func cut(s string, columns int, mark string) string {
	if width(s) <= columns {
		return s
	}
	room := columns - width(mark)
	if room < 1 {
		room, mark = columns, ""
	}
	rest, state, used, end := s, -1, 0, 0
	for len(rest) > 0 {
		var cluster string
		var columns int
		cluster, rest, columns, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used+columns > room {
			break
		}
		used += columns
		end += len(cluster)
	}
	return s[:end] + mark
}
