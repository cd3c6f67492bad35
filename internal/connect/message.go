package connect

import (
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
)

// ServerMessage returns libpq's text for an error of the server: at default
// verbosity, with context, each line with its newline (pqBuildErrorMessage3).
// query is the text that was sent, "" if unknown: then an error's position is
// only a number. clientEncoding is the session's, which query is in.
func ServerMessage(e *pgconn.PgError, query, clientEncoding string) string {
	return string(appendMessage(nil, e, query, clientEncoding, true))
}

// NoticeMessage is ServerMessage for a notice, which is shown without context.
func NoticeMessage(n *pgconn.Notice, query, clientEncoding string) string {
	return string(appendMessage(nil, (*pgconn.PgError)(n), query, clientEncoding, false))
}

func appendMessage(dst []byte, e *pgconn.PgError, query, clientEncoding string, withContext bool) []byte {
	if e.Severity != "" {
		dst = append(dst, e.Severity+":  "...)
	}
	dst = append(dst, e.Message...)
	position := e.Position
	if position == 0 && e.InternalPosition != 0 {
		position, query = e.InternalPosition, e.InternalQuery
	}
	if position != 0 && query == "" {
		dst = append(dst, " at character "...)
		dst = strconv.AppendInt(dst, int64(position), 10)
	}
	dst = append(dst, '\n')
	if position > 0 && query != "" {
		dst = appendPosition(dst, query, int(position), encodingByName(clientEncoding))
	}

	where := e.Where
	if !withContext {
		where = ""
	}
	for _, field := range []struct{ label, text string }{
		{"DETAIL:  ", e.Detail},
		{"HINT:  ", e.Hint},
		{"QUERY:  ", e.InternalQuery},
		{"CONTEXT:  ", where},
	} {
		if field.text != "" {
			dst = append(dst, field.label...)
			dst = append(dst, field.text...)
			dst = append(dst, '\n')
		}
	}
	return dst
}

// column is where a character starts: its byte in the query, and its column
// on a screen without line breaks.
type column struct{ offset, screen int }

// appendPosition appends the line of the query that has the character at
// position, counted from 1, and a line with a caret below it
// (reportErrorPosition). A long line is cut to a window of windowColumns.
func appendPosition(dst []byte, query string, position int, enc *encoding) []byte {
	text := []byte(query)
	loc := position - 1

	var (
		columns  []column // of the characters of loc's line, and of its end
		first    int      // number of the line's first character
		line     = 1
		n        int // number of the current character
		at       column
		previous byte
		ended    bool
	)
	for at.offset < len(text) && text[at.offset] != 0 {
		c := text[at.offset]
		columns = append(columns, at)
		if c == '\t' {
			text[at.offset] = ' '
		}
		if c == '\r' || c == '\n' {
			if n >= loc {
				ended = true
				break
			}
			if c == '\r' || previous != '\r' {
				line++
			}
			first = n + 1
			columns = columns[:0]
		}
		previous = c
		at.screen += enc.columns(text[at.offset:])
		at.offset += enc.bytes(text[at.offset:])
		n++
	}
	if !ended {
		columns = append(columns, at)
	}
	if loc > n {
		return dst
	}

	w := newWindow(columns, loc-first)
	prefix := "LINE " + strconv.Itoa(line) + ": "
	if w.cutLeft {
		prefix += "..."
	}
	dst = append(dst, prefix...)
	dst = append(dst, text[columns[w.begin].offset:columns[w.end].offset]...)
	if w.cutRight {
		dst = append(dst, "..."...)
	}
	dst = append(dst, '\n')
	for range len(prefix) + columns[loc-first].screen - columns[w.begin].screen {
		dst = append(dst, ' ')
	}
	return append(dst, '^', '\n')
}

const (
	windowColumns = 60 // of the query that are shown
	rightColumns  = 10 // that are kept right of the position, if there are as many
)

// window is the part of a line that is shown: characters from begin to before end.
type window struct {
	begin, end        int
	cutLeft, cutRight bool
}

// newWindow cuts a line around character loc: on the right if that is
// enough, otherwise on the right up to some columns behind loc, then on the left.
func newWindow(columns []column, loc int) window {
	w := window{end: len(columns) - 1}
	width := func() int { return columns[w.end].screen - columns[w.begin].screen }
	if width() <= windowColumns {
		return w
	}
	if columns[0].screen+windowColumns >= columns[loc].screen+rightColumns {
		for width() > windowColumns {
			w.end--
		}
		w.cutRight = true
		return w
	}
	for columns[loc].screen+rightColumns < columns[w.end].screen {
		w.end--
		w.cutRight = true
	}
	for width() > windowColumns {
		w.begin++
		w.cutLeft = true
	}
	return w
}
