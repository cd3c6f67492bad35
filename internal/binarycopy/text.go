package binarycopy

import (
	"encoding/binary"
	"encoding/hex"
	"math/bits"
)

// appendText appends text with its escapes resolved, and before it a version, if
// that is not 0 (PostgreSQL's jsonb_recv).
func appendText(out, text []byte, version byte) (_ []byte, size int, ok bool) {
	out = append(out, 0, 0, 0, 0)
	start := len(out)
	if version > 0 {
		out = append(out, version)
	}
	for size = 0; ; {
		end := nextSpecial(text, size)
		out = append(out, text[size:end]...)
		size = end
		switch b := text[size]; b {
		case '\t', '\n':
			binary.BigEndian.PutUint32(out[start-4:], uint32(len(out)-start))
			return out, size, true
		case '\r':
			return out, 0, false
		case '\\':
			if b = unescaped[text[size+1]]; b == 0 { // text ends with a newline
				return out, 0, false
			}
			out = append(out, b)
			size += 2
		default:
			out = append(out, b)
			size++
		}
	}
}

// nextSpecial finds the first byte from i on that is a backslash or below 16,
// which takes in tab, newline and carriage return. There is one: text ends with
// a newline.
func nextSpecial(text []byte, i int) int {
	const ones = 0x0101010101010101
	for ; i+8 <= len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		backslash := x ^ '\\'*ones
		// The lowest bit that is set is that of a byte looked for; above it,
		// what is borrowed may set others.
		if found := ((x-16*ones)&^x | (backslash-ones)&^backslash) & (0x80 * ones); found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for text[i] >= 16 && text[i] != '\\' {
		i++
	}
	return i
}

// unescaped is what pg_dump means by a byte behind a backslash, 0 where it
// writes no such thing (PostgreSQL's CopyAttributeOutText).
var unescaped = [256]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}

// appendHexBytes appends a bytea value of the format "hex", of which the
// backslash is escaped.
func appendHexBytes(out, text []byte) (_ []byte, size int, ok bool) {
	const prefix = `\\x`
	if len(text) < len(prefix) || string(text[:len(prefix)]) != prefix {
		return out, 0, false
	}
	size = nextSpecial(text, len(prefix))
	digits := text[len(prefix):size]
	out = binary.BigEndian.AppendUint32(out, uint32(len(digits)/2))
	out, err := hex.AppendDecode(out, digits)
	return out, size, err == nil
}

// appendUUID appends a UUID as PostgreSQL writes it.
func appendUUID(out, text []byte) (_ []byte, size int, ok bool) {
	const uuidSize = len("00000000-0000-0000-0000-000000000000")
	if len(text) < uuidSize || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return out, 0, false
	}
	out = append(out, 0, 0, 0, 16)
	for _, part := range [...][2]int{{0, 8}, {9, 13}, {14, 18}, {19, 23}, {24, uuidSize}} {
		var err error
		if out, err = hex.AppendDecode(out, text[part[0]:part[1]]); err != nil {
			return out, 0, false
		}
	}
	return out, uuidSize, true
}
