package archive

import (
	"context"
	"io"
	"strconv"
	"sync"

	"pgrestore/toc"
)

// tarObjects is the data of a BLOBS entry in a tar archive, mirroring
// _LoadLOs: the list of a BLOBS entry's large objects comes after them, so
// they are all members named blob_<oid>.dat up to the first that is not.
type tarObjects struct {
	archive *tarArchive
	entry   *toc.Entry
	first   int // index of the first member to look at
	next_   int
	started bool
	found   bool
	present *tarData
	done    bool
	once    sync.Once
}

func oidText(tag string) string { return strconv.FormatUint(uint64(scanOID(tag)), 10) }

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
		o.next_ = len(t.members)
	}
	if name := t.firstBlob(e); name != "" {
		index, err := t.find(ctx, name, len(t.members))
		if err != nil {
			return nil, err
		}
		o.next_ = index
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
		if o.next_ >= len(t.members) {
			if _, err := t.advance(); err == io.EOF {
				break
			} else if err != nil {
				return 0, err
			}
		}
		index := o.next_
		o.next_++
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

func (o *tarObjects) Read(p []byte) (int, error) {
	if o.present == nil {
		return 0, io.EOF
	}
	return o.present.Read(p)
}

func (o *tarObjects) Close() error {
	if o.present == nil {
		return nil
	}
	d := o.present
	o.present = nil
	return d.Close()
}
