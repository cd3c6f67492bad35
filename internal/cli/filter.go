package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// setFilter reads a filter file and adds what it names to the options.
func setFilter(g *given, name string) error {
	f := filter{name: name}
	if name == "-" {
		f.lines = bufio.NewReader(g.stdin)
	} else {
		file, err := os.Open(name)
		if err != nil {
			return usageErrorf("could not open filter file \"%s\": %s", name, reason(err))
		}
		defer file.Close()
		f.lines = bufio.NewReader(file)
	}
	for {
		item, err := f.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f.add(g, item); err != nil {
			return err
		}
	}
}

// add puts the item's name where the option of the same meaning puts it.
func (f *filter) add(g *given, item filterItem) error {
	var names *[]string
	switch {
	case item.command == "exclude" && item.object == "schema":
		names = &g.excludeSchemas
	case item.command == "exclude":
	case item.object == "schema":
		names = &g.schemas
	case item.object == "table":
		names = &g.tables
	case item.object == "index":
		names = &g.indexes
	case item.object == "function":
		names = &g.functions
	case item.object == "trigger":
		names = &g.triggers
	}
	if names == nil {
		return f.errorf("%s filter for \"%s\" is not allowed", item.command, item.object)
	}
	*names = append(*names, item.name)
	return nil
}

// filterItem is one line of a filter file: "include table public.person".
type filterItem struct {
	command string // "include" or "exclude"
	object  string // as messages call it: "table data", not "table_data"
	name    string
}

// filterObjects are the object types that pg_dump's filters know; most are an
// error in a restore.
var filterObjects = map[string]string{
	"table_data":              "table data",
	"table_data_and_children": "table data and children",
	"database":                "database",
	"extension":               "extension",
	"foreign_data":            "foreign data",
	"function":                "function",
	"index":                   "index",
	"schema":                  "schema",
	"table":                   "table",
	"table_and_children":      "table and children",
	"trigger":                 "trigger",
}

// filter reads the items of a filter file as PostgreSQL's filter.c does.
type filter struct {
	name  string // "-" is standard input
	lines *bufio.Reader

	number int    // of the line
	line   string // with its line end
	at     int    // how far line is read
}

// next gives the next item, or io.EOF. Empty lines and comments are skipped.
func (f *filter) next() (item filterItem, err error) {
	for {
		if err := f.nextLine(); err != nil {
			return item, err
		}
		f.skipSpace()
		if c := f.peek(); c != 0 && c != '#' {
			return f.item()
		}
	}
}

func (f *filter) item() (item filterItem, err error) {
	item.command = lower(f.keyword())
	if item.command != "include" && item.command != "exclude" {
		return item, f.errorf("invalid filter command (expected \"include\" or \"exclude\")")
	}
	keyword := f.keyword()
	if keyword == "" {
		return item, f.errorf("missing filter object type")
	}
	object, known := filterObjects[lower(keyword)]
	if !known {
		return item, f.errorf("unsupported filter object type: \"%s\"", keyword)
	}
	item.object = object
	item.name, err = f.pattern()
	return item, err
}

// keyword gives the text up to the next space.
func (f *filter) keyword() string {
	f.skipSpace()
	start := f.at
	for f.peek() != 0 && !isSpace(f.peek()) {
		f.at++
	}
	return f.line[start:f.at]
}

// pattern gives the name of an object in the form that the archive has it:
// without needless space, but with one after a comma.
func (f *filter) pattern() (string, error) {
	f.skipSpace()
	if f.peek() == 0 {
		return "", f.errorf("missing object name pattern")
	}
	var b strings.Builder
	spaceBefore, spaceAllowed := false, false
	for f.peek() != 0 && f.peek() != '#' {
		if word := f.word(); word != "" {
			if spaceBefore && spaceAllowed {
				b.WriteByte(' ')
			}
			b.WriteString(word)
		}
		spaceAllowed = true
		switch c := f.peek(); c {
		case '"':
			// Even where the space is already written: read_pattern looks
			// at what stood before the word, or adds to that of a comma.
			if spaceBefore {
				b.WriteByte(' ')
			}
			if err := f.quoted(&b); err != nil {
				return "", err
			}
		case ',':
			b.WriteString(", ")
			spaceAllowed = false
			f.at++
		case '.', '(', ')':
			b.WriteByte(c)
			spaceAllowed = false
			f.at++
		}
		start := f.at
		f.skipSpace()
		spaceBefore = f.at > start
	}
	return b.String(), nil
}

// word gives the text up to the next space or sign.
func (f *filter) word() string {
	start := f.at
	for c := f.peek(); c != 0 && !isSpace(c) && strings.IndexByte("#,.()\"", c) < 0; c = f.peek() {
		f.at++
	}
	return f.line[start:f.at]
}

// quoted appends a quoted name, which may go on over several lines, in its
// quotes.
func (f *filter) quoted(b *strings.Builder) error {
	b.WriteByte('"')
	f.at++
	for {
		for f.peek() == '\r' || f.peek() == '\n' {
			f.at++
		}
		if f.peek() == 0 {
			if err := f.nextLine(); err == io.EOF {
				return f.errorf("unexpected end of file")
			} else if err != nil {
				return err
			}
			b.WriteByte('\n')
		}
		c := f.peek()
		f.at++
		switch c {
		case '"':
			b.WriteByte('"')
			if f.peek() != '"' {
				return nil
			}
			b.WriteByte('"')
			f.at++
		case '\\':
			f.escape(b)
		default: // also the line end of an empty line
			b.WriteByte(c)
		}
	}
}

// escape appends what the character after a backslash stands for; nothing if
// it is none of the known ones. Where the file ends in a backslash, pg_restore
// reads what its buffer held before; here the name is just not closed.
func (f *filter) escape(b *strings.Builder) {
	switch f.peek() {
	case 0:
		return
	case 'n':
		b.WriteByte('\n')
	case '\\':
		b.WriteByte('\\')
	}
	f.at++
}

// nextLine reads a line, or gives io.EOF.
func (f *filter) nextLine() error {
	var line []byte
	for {
		piece, err := f.lines.ReadBytes('\n')
		// To C a NUL ends the piece, and with it goes the line end.
		piece, _, _ = bytes.Cut(piece, []byte{0})
		line = append(line, piece...)
		if err != nil && err != io.EOF {
			return usageErrorf("could not read from filter file \"%s\": %s", f.name, reason(err))
		}
		if len(line) == 0 && err == io.EOF {
			return io.EOF
		}
		if err == io.EOF || bytes.HasSuffix(line, []byte{'\n'}) {
			break
		}
	}
	f.line, f.at = string(line), 0
	f.number++
	return nil
}

// peek gives the next byte, 0 at the end of the line.
func (f *filter) peek() byte {
	if f.at < len(f.line) {
		return f.line[f.at]
	}
	return 0
}

func (f *filter) skipSpace() { f.at = skipSpace(f.line, f.at) }

func (f *filter) errorf(format string, args ...any) error {
	what := fmt.Sprintf(format, args...)
	what = what[:min(len(what), 255)] // pg_log_filter_error has a buffer of 256
	if f.name == "-" {
		return usageErrorf("invalid format in filter read from standard input on line %d: %s", f.number, what)
	}
	return usageErrorf("invalid format in filter read from file \"%s\" on line %d: %s", f.name, f.number, what)
}

// lower folds ASCII letters.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// reason gives the system's own text for err, as C's strerror does.
func reason(err error) string {
	var number syscall.Errno
	if !errors.As(err, &number) {
		return err.Error()
	}
	// Package syscall has the C library's texts with a small first letter.
	text := number.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}
