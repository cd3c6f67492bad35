package archive

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"pgrestore/source"
	"pgrestore/toc"
)

// Error is what is wrong with an archive and where.
type Error struct {
	// Text is pg_restore's own message for the situation where it has one.
	Text string
	// Detail names the place: file, byte, entry. It may be empty.
	Detail string
	// Offset is the byte of the file that Detail names, -1 where there is none.
	Offset int64
	// ID is the entry whose data was read, 0 where none was.
	ID toc.ID
	// Warnings are what pg_restore warns of before it fails so, where opening
	// the archive failed; see [Archive.Warnings].
	Warnings []string
	// Err is what lies behind, such as the system's error. It may be nil.
	Err error
}

// Error gives Text.
func (e *Error) Error() string { return e.Text }

// Unwrap gives Err.
func (e *Error) Unwrap() error { return e.Err }

// Texts that are used in several places.
const (
	textEndOfFile  = "could not read from input file: end of file"
	textCannotRead = "could not read from input file: %s"
	textCannotOpen = "could not open input file \"%s\": %s"
	textTarPlain   = "compression is not supported by tar archive format"
)

func failure(format string, args ...any) *Error {
	return &Error{Text: fmt.Sprintf(format, args...), Offset: -1}
}

// because adds what lies behind.
func (e *Error) because(err error) *Error {
	e.Err = err
	return e
}

// at adds the place in a file. The first place given stays.
func (e *Error) at(file string, offset int64) *Error {
	if e.Offset >= 0 {
		return e
	}
	e.Offset = offset
	e.addDetail(fmt.Sprintf("at byte %d of %s", offset, quoteName(file)))
	return e
}

// of gives the error as one about an entry's data. It makes a copy, because an
// error that stays, such as that of a torn file, is met by many readers.
func (e *Error) of(entry *toc.Entry) *Error {
	if e.ID != 0 {
		return e
	}
	about := *e
	about.ID = entry.ID
	about.addDetail("in the data of " + describe(entry))
	return &about
}

func (e *Error) addDetail(s string) {
	if e.Detail != "" {
		s = e.Detail + ", " + s
	}
	e.Detail = s
}

// readFailure is the error of a read of a file that did not give its bytes.
func readFailure(err error) *Error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return failure(textEndOfFile).because(io.ErrUnexpectedEOF)
	}
	return failure(textCannotRead, systemText(err)).because(err)
}

// asError gives err as an *Error, taking any other for a failed read.
func asError(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return readFailure(err)
}

// systemText is what C's strerror says of err, as %m prints it.
func systemText(err error) string {
	var number syscall.Errno
	if !errors.As(err, &number) {
		if errors.Is(err, source.ErrOutside) {
			return source.ErrOutside.Error()
		}
		return err.Error()
	}
	// Package syscall has the C library's texts with a small first letter.
	text := number.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// describe names an entry for people: "entry 12 TABLE DATA public.t".
func describe(e *toc.Entry) string {
	name := e.Tag
	if e.Namespace != "" {
		name = e.Namespace + "." + name
	}
	return fmt.Sprintf("entry %d %s %s", e.ID, oneLine(e.Desc), oneLine(name))
}

func quoteName(file string) string { return `"` + oneLine(file) + `"` }

// oneLine keeps names that hold line ends from making lines of their own
// (as sanitize_line does for CVE-2025-8715).
func oneLine(s string) string {
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(s)
}
