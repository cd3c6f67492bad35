package inspect

import (
	"bytes"
	"errors"
	"unicode"
)

// errEndsEarly says that data stops before its end, though all that is stored
// could be read.
var errEndsEarly = errors.New("data ends early")

// rowCounter counts the rows of a table's data as it comes, in pieces cut
// anywhere.
type rowCounter interface {
	add(piece []byte)
	// end tells whether the data ends as pg_dump ends it.
	end() error
	rows() int64
}

// copyRows counts the rows of COPY data: its lines up to the last, which is
// "\.". Ends of lines within data are escaped there.
type copyRows struct {
	lines int64
	tail  []byte // the last bytes, tailBytes at most
}

// tailBytes is enough for how pg_dump ends COPY data: "\n\\.\n\n\n".
const tailBytes = 16

func (c *copyRows) add(piece []byte) {
	c.lines += int64(bytes.Count(piece, []byte{'\n'}))
	if len(piece) >= tailBytes {
		c.tail = append(c.tail[:0], piece[len(piece)-tailBytes:]...)
		return
	}
	c.tail = append(c.tail, piece...)
	if extra := len(c.tail) - tailBytes; extra > 0 {
		c.tail = append(c.tail[:0], c.tail[extra:]...)
	}
}

func (c *copyRows) end() error {
	if _, ok := c.afterMarker(); !ok {
		return errEndsEarly
	}
	return nil
}

// afterMarker is how many ends of lines the last line "\." and the empty ones
// behind it have.
func (c *copyRows) afterMarker() (ends int64, ok bool) {
	body := bytes.TrimRight(c.tail, "\n")
	ends = int64(len(c.tail) - len(body))
	before, found := bytes.CutSuffix(body, []byte(`\.`))
	return ends, found && ends > 0 && (len(before) > 0 && before[len(before)-1] == '\n' || len(before) == 0 && c.lines == ends)
}

func (c *copyRows) rows() int64 {
	if ends, ok := c.afterMarker(); ok {
		return c.lines - ends
	}
	return c.lines
}

// insertRows counts the rows of INSERT commands: the lists in parentheses that
// follow VALUES, or one for a command without.
type insertRows struct {
	backslashes bool // escape in strings: standard_conforming_strings is off

	count   int64
	quote   byte // ' or " within one, else 0
	escaped bool // after a backslash in a string
	depth   int
	word    []byte // the present word outside of all, as far as VALUES is long
	values  bool   // VALUES has come
	lists   int64  // since then
	open    bool   // within a command
}

const keywordValues = "VALUES"

func (r *insertRows) add(piece []byte) {
	for i := 0; i < len(piece); i++ {
		c := piece[i]
		if r.quote != 0 {
			r.inQuotes(c)
			continue
		}
		if r.depth > 0 && c != '(' && c != ')' && c != '\'' && c != '"' {
			continue
		}
		r.outside(c)
	}
}

func (r *insertRows) inQuotes(c byte) {
	switch {
	case r.escaped:
		r.escaped = false
	case c == '\\' && r.backslashes && r.quote == '\'':
		r.escaped = true
	case c == r.quote:
		r.quote = 0 // a doubled one begins anew with the next byte
	}
}

func (r *insertRows) outside(c byte) {
	if isLetter(c) {
		if r.open = true; len(r.word) <= len(keywordValues) {
			r.word = append(r.word, c)
		}
		return
	}
	if string(r.word) == keywordValues && r.depth == 0 {
		r.values = true
	}
	r.word = r.word[:0]
	switch c {
	case '\'', '"':
		r.quote = c
	case '(':
		if r.depth == 0 && r.values {
			r.lists++
		}
		r.depth++
	case ')':
		r.depth = max(r.depth-1, 0)
	case ';':
		r.count += max(r.lists, 1)
		r.lists, r.values, r.open = 0, false, false
		return
	}
	r.open = r.open || !unicode.IsSpace(rune(c))
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

func (r *insertRows) end() error {
	if r.open || r.quote != 0 || r.depth > 0 {
		return errEndsEarly
	}
	return nil
}

func (r *insertRows) rows() int64 { return r.count }
