package archive

import (
	"errors"
	"io"
	"sync/atomic"

	"pgrestore/internal/unzstd"
	"pgrestore/toc"
)

// customItem is the open data of one entry of a custom archive.
type customItem struct {
	archive *custom
	entry   *toc.Entry
	codec   codec

	at     int64 // offset of its block header
	head   blockHead
	c      *cursor
	window *[]byte // c's, nil where c is the stream's

	blocks   blocks
	dec      decoder // nil before start
	err      error
	complete bool // all of the item has been read
	closed   bool

	consumed atomic.Int64
}

var errClosed = errors.New("read of closed data")

// start begins one run of blocks at the cursor.
func (r *customItem) start() error {
	r.blocks.start(r.c, r.archive.ints)
	r.err = nil
	if r.dec != nil {
		r.dec.restart(&r.blocks)
		return nil
	}
	var err error
	r.dec, err = r.archive.decoders.get(r.codec, &r.blocks)
	return err
}

// Read reads uncompressed data to the end of the run of blocks.
func (r *customItem) Read(p []byte) (int, error) {
	if r.closed {
		return 0, errClosed
	}
	if r.err != nil || len(p) == 0 {
		return 0, r.err
	}
	n, err := r.dec.Read(p)
	return n, r.after(err)
}

// Next is Read without a copy where that can be.
func (r *customItem) Next(buf []byte) ([]byte, error) {
	if r.closed {
		return nil, errClosed
	}
	if r.err != nil || len(buf) == 0 {
		return nil, r.err
	}
	run, err := r.dec.next(buf)
	return run, r.after(err)
}

// after keeps what a decoder ended with and how far it came.
func (r *customItem) after(err error) error {
	if err != nil {
		r.err = r.ended(err)
	}
	r.consumed.Store(offsetOf(r.dec, &r.blocks) - r.at)
	return r.err
}

// Consumed is how far the decoder has come from the block header.
func (r *customItem) Consumed() int64 { return r.consumed.Load() }

// ended turns what a decoder ended with into what the caller sees.
func (r *customItem) ended(err error) error {
	var corrupt *unzstd.CorruptError // comes before what was met further ahead
	if bad := r.blocks.err; bad != nil && bad != io.EOF && !errors.As(err, &corrupt) {
		return inData(r.entry, bad) // the decoder only passed it on
	}
	if err != io.EOF {
		err = truncated(err, r.blocks.err == io.EOF)
		return explainBlocks(r.codec, err).at(r.archive.in.name, r.at).of(r.entry)
	}
	if err := r.blocks.skip(); err != nil {
		return inData(r.entry, err)
	}
	return io.EOF
}

// Close gives back what the item borrowed.
func (r *customItem) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	if r.dec != nil {
		r.archive.decoders.put(r.codec, r.dec)
		r.dec = nil
	}
	if r.archive.sequence != nil {
		r.archive.sequence.closed(r)
		return nil
	}
	if r.complete && r.entry.DataState == toc.DataUnknown {
		r.archive.search.passed(r.at, r.c.offset())
	}
	if r.window != nil {
		r.archive.windows.Put(r.window)
		r.window, r.c = nil, nil
	}
	return nil
}

// customData is the data of any entry but BLOBS.
type customData struct{ *customItem }

func (d *customData) Read(p []byte) (int, error) {
	n, err := d.customItem.Read(p)
	d.complete = d.complete || err == io.EOF
	return n, err
}

func (d *customData) Next(buf []byte) ([]byte, error) {
	run, err := d.customItem.Next(buf)
	d.complete = d.complete || err == io.EOF
	return run, err
}

// rest passes over what has not been read, for the next item of a stream.
func (r *customItem) rest() error {
	if r.complete {
		return nil
	}
	r.complete = true
	if r.blocks.from != nil {
		if err := r.blocks.skip(); err != nil || r.head.kind == blockData {
			return err
		}
	}
	return skipItem(r.c, r.archive.ints, r.head, r.at)
}

// customObjects is the data of a BLOBS entry, mirroring _LoadLOs: OIDs, each
// with a run of blocks, up to an OID of zero.
type customObjects struct{ *customItem }

func (o *customObjects) next() (toc.OID, error) {
	if o.closed {
		return 0, errClosed
	}
	if o.complete {
		return 0, io.EOF
	}
	if o.blocks.from != nil && o.err != io.EOF {
		if o.dec != nil {
			o.dec.restart(nil) // it may be reading ahead
		}
		if o.err = o.blocks.skip(); o.err != nil {
			return 0, o.err
		}
	}
	oid, err := o.c.readInt(o.archive.ints)
	if err != nil {
		return 0, err
	}
	o.consumed.Store(o.c.offset() - o.at)
	if oid == 0 {
		o.complete = true
		return 0, io.EOF
	}
	return toc.OID(oid), o.start()
}

func (o *customObjects) Read(p []byte) (int, error) {
	if o.dec == nil || o.complete {
		return 0, io.EOF
	}
	return o.customItem.Read(p)
}
