package archive

import (
	"errors"
	"io"
	"sync/atomic"

	"pgrestore/internal/unzstd"
	"pgrestore/source"
	"pgrestore/toc"
)

// dataFile is one open file of a directory, uncompressed.
type dataFile struct {
	archive *directory
	file    *source.File
	path    string
	codec   codec
	entry   *toc.Entry // nil for a table of contents

	c      *cursor
	window *[]byte
	dec    decoder
	err    error

	consumed atomic.Int64
}

func (f *dataFile) Read(p []byte) (int, error) {
	if f.err != nil || len(p) == 0 {
		return 0, f.err
	}
	n, err := f.dec.Read(p)
	return n, f.after(err)
}

// Next is Read without a copy where that can be.
func (f *dataFile) Next(buf []byte) ([]byte, error) {
	if f.err != nil || len(buf) == 0 {
		return nil, f.err
	}
	run, err := f.dec.next(buf)
	return run, f.after(err)
}

// after keeps what a decoder ended with and how far it came.
func (f *dataFile) after(err error) error {
	f.consumed.Store(offsetOf(f.dec, f.c))
	if err != nil && err != io.EOF {
		err = f.explain(err)
	}
	f.err = err
	return err
}

// Consumed is how much of the file the decoder has taken.
func (f *dataFile) Consumed() int64 { return f.consumed.Load() }

// explain turns what a decoder failed with into what the caller sees.
func (f *dataFile) explain(err error) error {
	var e *Error
	var corrupt *unzstd.CorruptError // comes before what was met further ahead
	if f.c.failed != nil && !errors.As(err, &corrupt) {
		e = readFailure(f.c.failed) // the decoder only passed it on
	} else {
		e = explainFile(f.codec, f.path, truncated(err, f.c.atEnd))
	}
	e = e.at(f.path, offsetOf(f.dec, f.c))
	if f.entry != nil {
		e = e.of(f.entry)
	}
	return e
}

func (f *dataFile) Close() error {
	if f.dec == nil {
		return nil
	}
	f.archive.decoders.put(f.codec, f.dec)
	f.archive.windows.Put(f.window)
	f.dec, f.err = nil, errClosed
	return f.file.Close()
}
