package binarycopy

import (
	"bytes"
	"encoding/binary"
)

const (
	// maxPositions is how many positions of a lexeme a server takes (MAXNUMPOS).
	maxPositions = 256
	// maxPosition is the highest (MAXENTRYPOS).
	maxPosition = 1<<14 - 1
)

// appendSearchVector appends a tsvector, such as 'cat':3,5A 'dog': for each
// lexeme its text with a zero byte, how many positions it has, and these, weights
// in their highest two bits (PostgreSQL's tsvectorout and tsvectorrecv). It is
// refused if lexemes or positions are not in the order in which they are written,
// since servers put text in order and leave out what is there twice.
func appendSearchVector(out, text []byte) (_ []byte, size int, ok bool) {
	start := len(out)
	out = append(out, 0, 0, 0, 0, 0, 0, 0, 0) // length, lexemes
	var before []byte                         // the lexeme before
	lexemes := uint32(0)
	for text[size] != '\t' && text[size] != '\n' {
		if lexemes > 0 {
			if text[size] != ' ' {
				return out, 0, false
			}
			size++
		}
		from := len(out)
		n := 0
		if out, n, ok = appendLexeme(out, text[size:]); !ok {
			return out, 0, false
		}
		size += n
		if lexeme := out[from:]; len(lexeme) == 0 || lexemes > 0 && bytes.Compare(before, lexeme) >= 0 {
			return out, 0, false
		}
		to := len(out)
		out = append(out, 0)
		if out, n, ok = appendPositions(out, text[size:]); !ok {
			return out, 0, false
		}
		size += n
		before = out[from:to]
		lexemes++
	}
	binary.BigEndian.PutUint32(out[start:], uint32(len(out)-start-4))
	binary.BigEndian.PutUint32(out[start+4:], lexemes)
	return out, size, true
}

// appendLexeme appends what stands in quotes, in which quotes and backslashes are
// doubled; each backslash is doubled for COPY once more.
func appendLexeme(out, text []byte) (_ []byte, size int, ok bool) {
	if text[0] != '\'' {
		return out, 0, false
	}
	for size = 1; ; size++ {
		b := text[size]
		switch b {
		case '\'':
			if text[size+1] != '\'' {
				return out, size + 1, true
			}
			size++
		case '\t', '\r', '\n':
			return out, 0, false
		case '\\':
			size++
			if b = unescaped[text[size]]; b == '\\' {
				if text[size+1] != '\\' || text[size+2] != '\\' {
					return out, 0, false
				}
				size += 2
			}
		}
		if b == 0 {
			return out, 0, false
		}
		out = append(out, b)
	}
}

// appendPositions appends what stands behind a lexeme: nothing, or a colon and
// positions with commas between them.
func appendPositions(out, text []byte) (_ []byte, size int, ok bool) {
	count := len(out)
	out = append(out, 0, 0)
	positions, before := 0, uint64(0)
	for separator := byte(':'); text[size] == separator; separator = ',' {
		size++
		v, n := readDigits(text[size:])
		if n == 0 || n > 5 || v <= before || v > maxPosition || positions == maxPositions {
			return out, 0, false
		}
		size += n
		before = v
		positions++
		if b := text[size]; 'A' <= b && b <= 'C' {
			v |= uint64('D'-b) << 14
			size++
		}
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	binary.BigEndian.PutUint16(out[count:], uint16(positions))
	return out, size, true
}
