package archive

import (
	"context"
	"errors"
	"io"
	"os"

	"pgrestore/toc"
)

// Options are how to open an archive.
type Options struct {
	// Format is the expected format; toc.FormatUnknown finds it out.
	Format toc.Format
	// Ahead decodes on other cores, ahead of the reader, where that is worth
	// it: for one reader at a time that waits for its data. Many at once are
	// better off without. Close of such a reader waits for a read of the input
	// that is under way.
	Ahead bool
}

// Archive is an open archive. Its methods may be called concurrently.
type Archive struct {
	toc      *toc.TOC
	warnings []string
	store    store
}

// store is where one format keeps its data.
type store interface {
	// data opens an entry's data; objects its large objects. Both give nil
	// where there is nothing.
	data(ctx context.Context, e *toc.Entry) (Reader, error)
	objects(ctx context.Context, e *toc.Entry) (objects, error)
	// size is the stored size of the data of the index-th entry, 0 if unknown.
	size(index int) int64
	seekable() bool
	io.Closer
}

// Open opens an archive file or directory.
func Open(ctx context.Context, path string, o Options) (*Archive, error) {
	switch o.Format {
	case toc.FormatDirectory:
		return openDirectory(ctx, path, o)
	case toc.FormatUnknown:
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			if err := findTOC(path); err != nil {
				return nil, err
			}
			return openDirectory(ctx, path, o)
		}
	}
	in, err := openInput(path)
	if err != nil {
		return nil, cannotOpen(o.Format, path, err)
	}
	return openOr(ctx, in, o)
}

// OpenStream opens an archive that is read from front to back. Where r is an
// *os.File of a regular file, it is read at any offset, from its current
// position on. The caller closes r, after the archive.
func OpenStream(ctx context.Context, r io.Reader, o Options) (*Archive, error) {
	if o.Format == toc.FormatDirectory {
		return nil, failure("no output directory specified")
	}
	return openOr(ctx, streamInput(r), o)
}

func openOr(ctx context.Context, in *input, o Options) (*Archive, error) {
	a, err := openFormat(ctx, in, o)
	if err != nil {
		in.close()
		return nil, err
	}
	return a, nil
}

func openFormat(ctx context.Context, in *input, o Options) (*Archive, error) {
	f := o.Format
	if f == toc.FormatUnknown {
		var err error
		if f, err = discover(in); err != nil {
			return nil, err
		}
	}
	if f == toc.FormatTar {
		return openTar(ctx, in)
	}
	return openCustom(ctx, in, o)
}

// TOC is the table of contents. It must not be changed.
func (a *Archive) TOC() *toc.TOC { return a.toc }

// Warnings are what pg_restore warns of while it reads the table of contents,
// in its words and order.
func (a *Archive) Warnings() []string { return a.warnings }

// Seekable reports whether the data can be read in any order and by many at
// once. Where it can not, data is read in the order of the archive, one entry
// after the other.
func (a *Archive) Seekable() bool { return a.store.seekable() }

// Reader reads the data of one entry. It is used by one at a time, but for
// Consumed.
type Reader interface {
	io.ReadCloser
	// Next gives the next run of data, or an error as Read does, without a copy
	// where that can be. The run is good until the next call of Read, Next or
	// Close. It may lie in buf, which must not be empty.
	Next(buf []byte) (run []byte, err error)
	// Consumed is how many of the entry's stored bytes, as [Archive.DataSize]
	// counts them, have been used so far. A decoder may be a little ahead of
	// what has been read. It never decreases, may be called by anyone at any
	// time, and stays as it is after Close.
	Consumed() int64
}

// Data opens the data of an entry as pg_dump wrote it: for a TABLE DATA entry
// that is COPY data with its final "\." line, or INSERT commands. It is empty
// for an entry without data. The reader must be closed; it may be used along
// with readers of other entries, but only by one at a time.
//
// The data of a BLOBS entry is read with [Archive.LargeObjects].
func (a *Archive) Data(ctx context.Context, id toc.ID) (Reader, error) {
	e := a.toc.Get(id)
	if e == nil {
		return nil, failure("could not find entry for ID %d", id)
	}
	r, err := a.store.data(ctx, e)
	if err != nil {
		return nil, inData(e, err)
	}
	if r == nil {
		return emptyData{}, nil
	}
	return r, nil
}

// LargeObjects opens the large objects of a BLOBS entry.
func (a *Archive) LargeObjects(ctx context.Context, id toc.ID) (*LargeObjects, error) {
	e := a.toc.Get(id)
	if e == nil {
		return nil, failure("could not find entry for ID %d", id)
	}
	o, err := a.store.objects(ctx, e)
	if err != nil {
		return nil, inData(e, err)
	}
	return &LargeObjects{entry: e, from: o}, nil
}

// DataSize is the stored size of an entry's data as far as it is cheaply
// known, else 0. It is what pg_restore orders parallel work by
// (_PrepParallelRestore): in a directory, the large objects of a BLOBS entry
// are taken for 1024 times their list.
func (a *Archive) DataSize(id toc.ID) int64 {
	index, ok := a.toc.Index(id)
	if !ok {
		return 0
	}
	return a.store.size(index)
}

// DecodeAhead sets [Options.Ahead] once the table of contents is known. No
// reader may have been opened yet.
func (a *Archive) DecodeAhead() {
	switch s := a.store.(type) {
	case *custom:
		s.decoders.ahead = true
	case *directory:
		s.decoders.ahead = true
	}
}

// Close closes the files that Open opened. Readers must be closed before.
func (a *Archive) Close() error { return a.store.Close() }

// inData adds to err which entry's data it is about.
func inData(e *toc.Entry, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known.of(e)
	}
	return err
}

func cannotOpen(f toc.Format, path string, err error) *Error {
	if f == toc.FormatTar {
		return failure("could not open TOC file \"%s\" for input: %s", path, systemText(err)).because(err)
	}
	return failure(textCannotOpen, path, systemText(err)).because(err)
}

type emptyData struct{}

func (emptyData) Read([]byte) (int, error)    { return 0, io.EOF }
func (emptyData) Next([]byte) ([]byte, error) { return nil, io.EOF }
func (emptyData) Close() error                { return nil }
func (emptyData) Consumed() int64             { return 0 }
