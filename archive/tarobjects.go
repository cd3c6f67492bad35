package archive

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"pgrestore/toc"
)

// tarObjects is the data of a BLOBS entry in a tar archive, mirroring
// _LoadLOs: the list of a BLOBS entry's large objects comes after them, so
// they are all members named blob_<oid>.dat up to the first that is not.
type tarObjects struct {
	archive *tarArchive
	entry   *toc.Entry
	index   int      // of the member to look at next
	found   bool     // a large object
	present *tarData // nil between large objects
	done    bool

	consumed atomic.Int64
}

func (t *tarArchive) objects(ctx context.Context, e *toc.Entry) (objects, error) {
	if e.FileName == "" {
		return nil, nil
	}
	if err := t.lock(ctx); err != nil {
		return nil, err
	}
	defer t.unlock()
	o := &tarObjects{archive: t, entry: e}
	if !t.seekable() {
		o.index = len(t.members)
	}
	// Before 1.16 there is one BLOBS entry only; from then on its tag begins
	// with the OID of its first large object.
	if t.toc.Header.Version.AtLeast(16) {
		var err error
		if o.index, err = t.find(ctx, fmt.Sprintf("%s%d.dat", blobPrefix, scanOID(e.Tag))); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o *tarObjects) next() (toc.OID, error) {
	if err := o.Close(); err != nil {
		return 0, err
	}
	t := o.archive
	<-t.turn
	defer t.unlock()
	for !o.done {
		if o.index >= len(t.members) {
			if _, err := t.advance(); err == io.EOF {
				break
			} else if err != nil {
				return 0, err
			}
		}
		index := o.index
		o.index++
		oid, ok := isBlob(t.members[index].Name)
		if !ok {
			o.done = o.found
			continue
		}
		if oid == 0 {
			continue
		}
		o.found = true
		var err error
		o.present, err = t.openMember(o.entry, index)
		return oid, err
	}
	o.done = true
	return 0, io.EOF
}

func isBlob(name string) (toc.OID, bool) {
	if !strings.HasPrefix(name, blobPrefix) {
		return 0, false
	}
	return scanOID(name[len(blobPrefix):]), true
}

func (o *tarObjects) Read(p []byte) (int, error) {
	if o.present == nil {
		return 0, io.EOF
	}
	n, err := o.present.Read(p)
	o.consumed.Add(int64(n))
	return n, err
}

// Consumed counts the bytes of all large objects that have been read.
func (o *tarObjects) Consumed() int64 { return o.consumed.Load() }

func (o *tarObjects) Close() error {
	if o.present == nil {
		return nil
	}
	d := o.present
	o.present = nil
	return d.Close()
}
