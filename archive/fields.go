package archive

import (
	"bytes"
	"io"
	"unsafe"

	"pgrestore/toc"
)

const (
	firstChunkBytes = 64 << 10
	chunkBytes      = 256 << 10
	// Texts that are kept share pieces of memory, the first of firstTextBytes,
	// each further one twice as large up to textBytes. Those of longText bytes
	// have their own.
	firstTextBytes = 4 << 10
	textBytes      = 256 << 10
	longText       = 16 << 10
	// maxIntSize is pg_restore's limit (ReadHead).
	maxIntSize = 32
)

// fields reads the header and the table of contents, which are a sequence of
// bytes, integers and strings. Half of it is lengths, numbers and names that come
// again and again, so strings are copied out of what is read, many into one piece
// of memory.
//
// Once it has failed, it gives zero values and keeps the first error in err.
type fields struct {
	src  io.Reader
	left int64 // bytes that src still has; -1 where that is not known
	file string

	chunk     []byte
	next, end int    // unread bytes are chunk[next:end]
	before    int64  // offset of chunk[0] in the input
	texts     []byte // strings that are kept, and room for more

	ints intFormat
	err  error
}

// intFormat is how an archive stores integers.
type intFormat struct {
	size     int
	hasSign  bool // after 1.0, a sign byte comes first
	dataType bool // from 1.3, data blocks have a type byte
}

func newFields(src io.Reader, offset, left int64, file string) *fields {
	return &fields{src: src, left: left, file: file, before: offset}
}

// offset is that of the next field.
func (f *fields) offset() int64 { return f.before + int64(f.next) }

// unread is what was read from the input beyond the last field.
func (f *fields) unread() []byte { return f.chunk[f.next:f.end] }

func (f *fields) fail(e *Error) {
	if f.err == nil {
		f.err = e.at(f.file, f.offset())
	}
	f.next = f.end
	f.left = 0
	f.src = bytes.NewReader(nil)
}

// need makes n unread bytes available; ok is false where the input ends first.
func (f *fields) need(n int) bool {
	have := f.end - f.next
	if have >= n {
		return true
	}
	if f.err != nil {
		return false
	}
	// A length is checked against what is left before anything is allocated.
	if f.left >= 0 && int64(n-have) > f.left {
		f.fail(readFailure(io.EOF))
		return false
	}
	for f.end-f.next < n {
		if !f.fill(n) {
			return false
		}
	}
	return true
}

// fill reads on towards n unread bytes. Where nobody knows how much the input
// holds, buffers grow only as bytes arrive.
func (f *fields) fill(n int) bool {
	if f.end == len(f.chunk) {
		f.grow(n)
	}
	got, err := io.ReadAtLeast(f.src, f.chunk[f.end:], min(n-(f.end-f.next), len(f.chunk)-f.end))
	f.end += got
	if f.left >= 0 {
		f.left -= int64(got)
	}
	if err != nil {
		f.fail(asError(err))
		return false
	}
	return true
}

// grow moves what is unread to the front, of a new chunk if it must be larger:
// large enough for n bytes or, in an input of unknown length, twice what there is.
func (f *fields) grow(n int) {
	have := f.chunk[f.next:f.end]
	if n <= len(f.chunk) && len(f.chunk) >= chunkBytes {
		f.before += int64(f.next)
		f.next, f.end = 0, copy(f.chunk, have)
		return
	}
	size := chunkBytes
	if f.chunk == nil {
		size = firstChunkBytes
	}
	if f.left >= 0 {
		size = min(max(size, n), len(have)+int(min(f.left, int64(1)<<40)))
	} else if n > size {
		size = min(n, max(size, 2*len(have)))
	}
	chunk := make([]byte, size)
	copy(chunk, have)
	f.before += int64(f.next)
	f.chunk, f.next, f.end = chunk, 0, len(have)
}

func (f *fields) byte() byte {
	if f.next == f.end && !f.need(1) {
		return 0
	}
	b := f.chunk[f.next]
	f.next++
	return b
}

// take gives the next n bytes, which are valid until more is read.
func (f *fields) take(n int) []byte {
	if !f.need(n) {
		return nil
	}
	b := f.chunk[f.next : f.next+n : f.next+n]
	f.next += n
	return b
}

// int reads an integer as ReadInt does, which computes in 32 bits.
func (f *fields) int() int32 {
	n := f.ints.width()
	if f.end-f.next < n && !f.need(n) {
		return 0
	}
	v, ok := f.ints.decode(f.chunk[f.next : f.next+n])
	if !ok {
		f.fail(failure("integer in the archive is too large"))
		return 0
	}
	f.next += n
	return v
}

func (i intFormat) width() int {
	if i.hasSign {
		return i.size + 1
	}
	return i.size
}

// decode decodes width bytes. ok is false where the value has more than 32
// bits, which archives from machines with larger integers could hold.
func (i intFormat) decode(b []byte) (v int32, ok bool) {
	negative := false
	if i.hasSign {
		negative = b[0] != 0
		b = b[1:]
	}
	var u uint32
	for k, c := range b {
		if k >= 4 {
			if c != 0 {
				return 0, false
			}
			continue
		}
		u |= uint32(c) << (8 * k)
	}
	v = int32(u)
	if negative {
		v = -v
	}
	return v, true
}

// text reads a string up to its first NUL, as C sees it. A NULL string has a
// negative length. What it gives is valid until more is read.
func (f *fields) text() (b []byte, isNull bool) {
	n := f.int()
	if n < 0 {
		return nil, true
	}
	b = f.take(int(n))
	if nul := bytes.IndexByte(b, 0); nul >= 0 {
		b = b[:nul]
	}
	return b, false
}

// string reads a string to keep.
func (f *fields) string() (s string, isNull bool) {
	b, isNull := f.text()
	return f.keep(b), isNull
}

// keep makes a string of b.
func (f *fields) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) >= longText {
		return string(b)
	}
	if len(b) > cap(f.texts)-len(f.texts) {
		f.texts = make([]byte, 0, max(min(2*cap(f.texts), textBytes), firstTextBytes, len(b)))
	}
	start := len(f.texts)
	f.texts = append(f.texts, b...)
	return unsafe.String(&f.texts[start], len(b))
}

// optional reads a string that may be NULL into *s.
func (f *fields) optional(s *string, null *toc.Fields, field toc.Fields) {
	f.repeated(s, "", null, field)
}

// repeated is optional for a string that is often the same as before, which is
// then kept once.
func (f *fields) repeated(s *string, before string, null *toc.Fields, field toc.Fields) {
	b, isNull := f.text()
	if isNull {
		*null |= field
	}
	if *s = before; string(b) != before {
		*s = f.keep(b)
	}
}

// required reads a string that pg_restore takes never to be NULL, and without
// which it crashes. What it gives is valid until more is read.
func (f *fields) required(what string) []byte {
	b, isNull := f.text()
	if isNull {
		f.fail(failure("%s is NULL -- perhaps a corrupt TOC", what))
	}
	return b
}
