package archive

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"

	"pgrestore/toc"
)

const (
	// blobsName is the list of large objects before 1.16, when there was one
	// only and its name in the table of contents was wrong.
	blobsName = "blobs.toc"
	// maxPath is C's MAXPGPATH: the longest line that pg_restore reads is
	// shorter.
	maxPath = 1024
)

// directoryObjects is the data of a BLOBS entry in a directory: a list of OIDs
// and file names, one a line (_LoadLOs).
type directoryObjects struct {
	archive *directory
	entry   *toc.Entry
	path    string
	list    *dataFile
	lines   *bufio.Reader
	present *dataFile

	consumed atomic.Int64 // bytes of the list that are done with
	line     int64        // length of the present object's line
}

func (d *directory) objects(ctx context.Context, e *toc.Entry) (objects, error) {
	if e.FileName == "" {
		return nil, nil
	}
	name := e.FileName
	if !d.toc.Header.Version.AtLeast(16) {
		name = blobsName
	}
	list, err := d.open(name)
	if err != nil {
		var known *Error
		if errors.As(err, &known) && known.Err != nil {
			err = failure("could not open large object TOC file \"%s\" for input: %s", d.path(name), systemText(known.Err)).because(known.Err)
		}
		return nil, err
	}
	list.entry = e
	return &directoryObjects{archive: d, entry: e, path: d.path(name), list: list, lines: bufio.NewReaderSize(list, maxPath)}, nil
}

func (o *directoryObjects) next() (toc.OID, error) {
	if err := o.closePresent(); err != nil {
		return 0, err
	}
	o.consumed.Add(o.line)
	line, err := o.lines.ReadSlice('\n')
	o.line = int64(len(line))
	if err == io.EOF && len(line) == 0 {
		return 0, io.EOF
	}
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return 0, err
	}
	if nul := bytes.IndexByte(line, 0); nul >= 0 {
		line = line[:nul] // all that C sees of it
	}
	oid, name, ok := parseBlobLine(string(line))
	if !ok {
		return 0, failure("invalid line in large object TOC file \"%s\": \"%s\"", o.path, line)
	}
	if o.present, err = o.archive.open(name); err != nil {
		return 0, err
	}
	o.present.entry = o.entry
	return oid, nil
}

// parseBlobLine reads "%u %s".
func parseBlobLine(line string) (oid toc.OID, name string, ok bool) {
	line = strings.TrimLeftFunc(line, func(r rune) bool { return r < 0x80 && isSpace(byte(r)) })
	digits := strings.TrimLeft(line, "+-")
	if len(line)-len(digits) > 1 || digits == "" || digits[0] < '0' || digits[0] > '9' {
		return 0, "", false
	}
	oid = scanOID(line)
	name = strings.TrimLeft(digits, "0123456789")
	name = strings.TrimLeft(name, " \t\n\v\f\r")
	if end := strings.IndexAny(name, " \t\n\v\f\r"); end >= 0 {
		name = name[:end]
	}
	return oid, name, name != ""
}

func (o *directoryObjects) Read(p []byte) (int, error) {
	if o.present == nil {
		return 0, io.EOF
	}
	return o.present.Read(p)
}

// Consumed is in the measure of directory.size.
func (o *directoryObjects) Consumed() int64 { return o.consumed.Load() * objectsPerList }

func (o *directoryObjects) closePresent() error {
	if o.present == nil {
		return nil
	}
	f := o.present
	o.present = nil
	return f.Close()
}

func (o *directoryObjects) Close() error {
	return errors.Join(o.closePresent(), o.list.Close())
}
