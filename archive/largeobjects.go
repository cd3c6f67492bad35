package archive

import (
	"io"

	"pgrestore/toc"
)

// LargeObjects iterates over the large objects of a BLOBS entry. It is used by
// one at a time.
//
//	for {
//		oid, err := objects.Next()
//		if err == io.EOF {
//			break
//		}
//		...
//		io.Copy(target(oid), objects)
//	}
type LargeObjects struct {
	entry *toc.Entry
	from  objects // nil for an entry without data
	err   error   // sticky, of Next
}

// objects is what a format implements: Read gives io.EOF at an object's end.
type objects interface {
	next() (toc.OID, error)
	io.ReadCloser
	Consumed() int64
}

// Next goes on to the next large object, passing over what is left of the
// present one. It returns io.EOF after the last.
func (l *LargeObjects) Next() (toc.OID, error) {
	if l.from == nil {
		return 0, io.EOF
	}
	if l.err != nil {
		return 0, l.err
	}
	oid, err := l.from.next()
	if err != nil && err != io.EOF {
		err = inData(l.entry, err)
	}
	l.err = err
	return oid, err
}

// Read reads the present large object, to io.EOF at its end.
func (l *LargeObjects) Read(p []byte) (int, error) {
	if l.from == nil {
		return 0, io.EOF
	}
	n, err := l.from.Read(p)
	if err != nil && err != io.EOF {
		err = inData(l.entry, err)
		l.err = err
	}
	return n, err
}

// Consumed is how many of the entry's stored bytes have been used so far, as
// [Reader] has it. In a directory, where sizes of large objects are not known
// beforehand, it tells how far the list of them has come, in the measure of
// [Archive.DataSize]; in a tar archive it counts their bytes, which DataSize
// does not know.
func (l *LargeObjects) Consumed() int64 {
	if l.from == nil {
		return 0
	}
	return l.from.Consumed()
}

// Close must be called in the end.
func (l *LargeObjects) Close() error {
	if l.from == nil {
		return nil
	}
	return l.from.Close()
}
