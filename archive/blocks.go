package archive

import (
	"io"

	"pgrestore/toc"
)

// Types of data blocks (pg_backup_archiver.h, BLK_*).
const (
	blockData  = 1
	blockBlobs = 3
)

// blocks reads one item's stored data: blocks, each with its length before it,
// up to a length of zero. To its reader they are one stream.
type blocks struct {
	from *cursor
	ints intFormat
	left int // of the present block
	err  error
}

func (b *blocks) start(from *cursor, ints intFormat) {
	*b = blocks{from: from, ints: ints}
}

// Read reads as io.Reader does. Its first error stays in b.err. Old archives
// have a block for every row: it goes on over as many as are at hand.
func (b *blocks) Read(p []byte) (n int, err error) {
	for b.err == nil && n < len(p) {
		if n > 0 && !b.from.has(b.ints.width()) {
			break
		}
		if b.left == 0 {
			if b.left, b.err = b.length(); b.err != nil {
				break
			}
		}
		var k int
		k, err = b.from.Read(p[n:min(len(p), n+b.left)])
		n += k
		b.left -= k
		if err != nil {
			b.err = readFailure(err).at(b.from.name, b.from.offset())
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, b.err
}

func (b *blocks) offset() int64 { return b.from.offset() }

// length reads the length of the next block; io.EOF follows the last.
func (b *blocks) length() (int, error) {
	at := b.from.offset()
	n, err := b.from.readInt(b.ints)
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, io.EOF
	}
	if n < 0 {
		return 0, failure("invalid data block length %d -- perhaps a corrupt archive", n).at(b.from.name, at)
	}
	if rest := b.from.remaining(); rest >= 0 && int64(n) > rest {
		e := readFailure(io.EOF).at(b.from.name, at)
		e.addDetail("a data block is longer than the rest of the file")
		return 0, e
	}
	return int(n), nil
}

// skip passes over what has not been read.
func (b *blocks) skip() error {
	for b.err == nil {
		if b.err = b.from.skip(int64(b.left)); b.err == nil {
			b.left, b.err = b.length()
		}
	}
	if b.err == io.EOF {
		return nil
	}
	return b.err
}

// blockHead is what stands before an entry's blocks.
type blockHead struct {
	kind byte
	id   toc.ID
}

// readHead reads a block header, mirroring _readBlockHeader; io.EOF is the end
// of the archive.
func readHead(c *cursor, ints intFormat) (h blockHead, err error) {
	h.kind = blockData
	if ints.dataType {
		if h.kind, err = c.readByte(); err == io.EOF {
			return h, io.EOF
		} else if err != nil {
			return h, readFailure(err).at(c.name, c.offset())
		}
	}
	id, err := c.readInt(ints)
	h.id = toc.ID(id)
	return h, err
}

// skipItem passes over all that follows a block header.
func skipItem(c *cursor, ints intFormat, h blockHead, at int64) error {
	var b blocks
	switch h.kind {
	case blockData:
		b.start(c, ints)
		return b.skip()
	case blockBlobs:
		for {
			oid, err := c.readInt(ints)
			if err != nil || oid == 0 {
				return err
			}
			b.start(c, ints)
			if err := b.skip(); err != nil {
				return err
			}
		}
	default:
		return failure("unrecognized data block type (%d) while searching archive", h.kind).at(c.name, at)
	}
}
