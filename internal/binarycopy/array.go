package binarycopy

import (
	"bytes"
	"encoding/binary"
)

// appendArray appends an array of one dimension, whose first subscript is 1, or
// of none (PostgreSQL's array_out and array_recv).
func appendArray(out, text []byte, element spelling, oid uint32) (_ []byte, size int, ok bool) {
	if text[0] != '{' {
		return out, 0, false
	}
	start := len(out)
	out = append(out, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0) // length, dimensions, whether there are NULLs
	out = binary.BigEndian.AppendUint32(out, oid)
	if text[1] == '}' {
		return out, 2, true
	}
	out = append(out, 0, 0, 0, 0, 0, 0, 0, 1) // elements, first subscript
	elements, nulls := uint32(0), byte(0)
	for end := byte(','); end == ','; elements++ {
		size++ // what stands before the element
		if isNull(text[size:]) {
			nulls = 1
			out = append(out, 0xff, 0xff, 0xff, 0xff)
			size += len("NULL")
		} else {
			n := 0
			if out, n, ok = appendElement(out, text[size:], element); !ok {
				return out, 0, false
			}
			size += n
		}
		if end = text[size]; end != ',' && end != '}' {
			return out, 0, false
		}
	}
	header := out[start:]
	binary.BigEndian.PutUint32(header, uint32(len(header)-4))
	header[7], header[11] = 1, nulls
	binary.BigEndian.PutUint32(header[16:], elements)
	return out, size + 1, true
}

// isNull reports whether an element is NULL: that string would be in quotes.
func isNull(text []byte) bool {
	rest, found := bytes.CutPrefix(text, []byte("NULL"))
	return found && (rest[0] == ',' || rest[0] == '}')
}

// appendElement appends an element that is not NULL, with its length. It is in
// quotes where it has special characters.
func appendElement(out, text []byte, s spelling) (_ []byte, size int, ok bool) {
	quoted := text[0] == '"'
	switch {
	case s != plain && quoted:
		out, size, ok = appendValue(out, text[1:], s)
		return out, size + 2, ok && text[size+1] == '"'
	case s != plain:
		return appendValue(out, text, s)
	}
	out = append(out, 0, 0, 0, 0)
	start := len(out)
	if quoted {
		out, size, ok = appendQuoted(out, text)
	} else {
		// Servers before 8.2 did not put "null" in quotes, nor what array_in would trim.
		size = bytes.IndexAny(text, `,}{"\`+" \t\r\n\v\f")
		ok = size > 0 && (text[size] == ',' || text[size] == '}') && !bytes.EqualFold(text[:size], []byte("null"))
		out = append(out, text[:max(size, 0)]...)
	}
	binary.BigEndian.PutUint32(out[start-4:], uint32(len(out)-start))
	return out, size, ok
}

// appendQuoted appends what stands in quotes. A backslash before a quote or a
// backslash is the array's; each is doubled for COPY.
func appendQuoted(out, text []byte) (_ []byte, size int, ok bool) {
	for size = 1; ; size++ {
		b := text[size]
		switch b {
		case '"':
			return out, size + 1, true
		case '\t', '\r', '\n':
			return out, 0, false
		case '\\':
			size++
			if b = unescaped[text[size]]; b != '\\' {
				break
			}
			size++ // an escape of the array's
			switch {
			case text[size] == '"':
				b = '"'
			case text[size] == '\\' && text[size+1] == '\\':
				size++
			default:
				return out, 0, false
			}
		}
		if b == 0 {
			return out, 0, false
		}
		out = append(out, b)
	}
}
