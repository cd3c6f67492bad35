package inspect

import (
	"unicode"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

func appendHex(b []byte, c byte) []byte {
	return append(b, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
}

// printable gives s so that a terminal shows it and obeys nothing in it: what
// does not print, such as control characters, marks of direction and bytes that
// are no UTF-8, stands as \n, \xNN or \uNNNN. Most texts come back as they are.
func printable(s string) string {
	if isPrintable(s) {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			b = appendHex(b, s[0])
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case unicode.IsPrint(r):
			b = append(b, s[:size]...)
		case r < utf8.RuneSelf:
			b = appendHex(b, s[0])
		case r <= 0xffff:
			b = append(b, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		default:
			b = append(b, '\\', 'U', '0', '0', hexDigits[r>>20&15], hexDigits[r>>16&15],
				hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		}
		s = s[size:]
	}
	return string(b)
}

func isPrintable(s string) bool {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		}
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}
