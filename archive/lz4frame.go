package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"

	"github.com/pierrec/lz4/v4"
)

const (
	lz4HeadBytes    = 7 // magic, flags, block size, checksum of those two
	lz4Magic        = 0x184d2204
	lz4HistoryBytes = 64 << 10
	lz4Stored       = 1 << 31 // in a block's length: it is not compressed
	// lz4BufferBlocks is how many blocks are decoded before history moves.
	lz4BufferBlocks = 4
)

// errLZ4BlockSize has our library's own text for it.
var errLZ4BlockSize = errors.New("lz4: invalid block size")

// lz4Decoder reads LZ4 frames. pg_dump's have no checksums and blocks that
// refer to those before, for which the library allocates twice the data's size;
// those are decoded here, block by block, and all others by the library's Reader.
type lz4Decoder struct {
	in    io.Reader
	frame *lz4Frame
	other *lz4.Reader // nil until needed

	begun      bool
	plain      bool // frame reads the present frame, not other
	head       [lz4HeadBytes]byte
	headReader bytes.Reader
}

func (d *lz4Decoder) restart(r stored) {
	d.in, d.begun = r, false
	if d.other != nil && r == nil {
		d.other.Reset(nil)
	}
}

func (d *lz4Decoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		if !d.begun {
			if err := d.beginFrame(); err != nil {
				return 0, err
			}
		}
		if !d.plain {
			return d.other.Read(p) // it goes on to further frames by itself
		}
		n, err := d.frame.read(d.in, p)
		if err != io.EOF {
			return n, err
		}
		d.begun = false
	}
}

func (d *lz4Decoder) next(buf []byte) ([]byte, error) { return nextByRead(d, buf) }

// beginFrame reads a frame's header; io.EOF is the end of all.
func (d *lz4Decoder) beginFrame() error {
	n, err := io.ReadFull(d.in, d.head[:])
	if err == io.EOF || err != nil && err != io.ErrUnexpectedEOF {
		return err
	}
	blockBytes, linked, ok := lz4PlainFrame(d.head[:n])
	d.begun, d.plain = true, ok
	if ok {
		if d.frame == nil {
			d.frame = &lz4Frame{}
		}
		d.frame.begin(blockBytes, linked)
		return nil
	}
	d.headReader.Reset(d.head[:n])
	whole := io.MultiReader(&d.headReader, d.in)
	if d.other == nil {
		d.other = lz4.NewReader(whole)
	} else {
		d.other.Reset(whole)
	}
	return nil
}

// lz4PlainFrame gives the largest size of a frame's blocks and whether they
// refer to each other. ok is false for a frame with checksums or a stated size,
// and for what is none.
func lz4PlainFrame(head []byte) (blockBytes int, linked, ok bool) {
	if len(head) < lz4HeadBytes || binary.LittleEndian.Uint32(head) != lz4Magic {
		return 0, false, false
	}
	flags, size := head[4], head[5]
	const version, independent = 0x40, 0x20
	if flags&^independent != version || size&^0x70 != 0 || size < 0x40 || head[6] != lz4HeadChecksum(head[4:6]) {
		return 0, false, false
	}
	return 1 << (8 + 2*(size>>4)), flags&independent == 0, true
}

// lz4HeadChecksum is the second byte of xxHash32 of fewer than four bytes.
func lz4HeadChecksum(b []byte) byte {
	const (
		prime1, prime2, prime3 uint32 = 2654435761, 2246822519, 3266489917
		prime5                 uint32 = 374761393
	)
	h := prime5 + uint32(len(b))
	for _, c := range b {
		h = bits.RotateLeft32(h+uint32(c)*prime5, 11) * prime1
	}
	h = (h ^ h>>15) * prime2
	h = (h ^ h>>13) * prime3
	return byte((h ^ h>>16) >> 8)
}

// lz4Frame reads the blocks of one frame. Its buffers serve further frames.
type lz4Frame struct {
	blockBytes int
	linked     bool
	length     [4]byte
	stored     []byte // a block as stored
	out        []byte // decoded: history[:from], out[from:to] not yet read
	from, to   int
}

func (f *lz4Frame) begin(blockBytes int, linked bool) {
	f.blockBytes, f.linked = blockBytes, linked
	f.from, f.to = 0, 0
	if size := lz4HistoryBytes + lz4BufferBlocks*blockBytes; len(f.out) < size {
		f.out = make([]byte, size)
		f.stored = make([]byte, blockBytes)
	}
}

// read gives decoded bytes; io.EOF is the end of the frame.
func (f *lz4Frame) read(in io.Reader, p []byte) (int, error) {
	for f.from == f.to {
		if err := f.block(in); err != nil {
			return 0, err
		}
	}
	n := copy(p, f.out[f.from:f.to])
	f.from += n
	return n, nil
}

func (f *lz4Frame) block(in io.Reader) error {
	if _, err := io.ReadFull(in, f.length[:]); err != nil {
		return unexpected(err)
	}
	length := binary.LittleEndian.Uint32(f.length[:])
	if length == 0 {
		return io.EOF
	}
	size := int(length &^ lz4Stored)
	if size > f.blockBytes {
		return errLZ4BlockSize
	}
	if f.to+f.blockBytes > len(f.out) {
		f.to = copy(f.out, f.out[f.to-lz4HistoryBytes:f.to])
	}
	target := f.out[f.to : f.to+f.blockBytes]
	f.from = f.to
	if length&lz4Stored != 0 {
		_, err := io.ReadFull(in, target[:size])
		f.to += size
		return unexpected(err)
	}
	if _, err := io.ReadFull(in, f.stored[:size]); err != nil {
		return unexpected(err)
	}
	var history []byte
	if f.linked {
		history = f.out[max(0, f.to-lz4HistoryBytes):f.to]
	}
	n, err := lz4.UncompressBlockWithDict(f.stored[:size], target, history)
	if err != nil {
		return err
	}
	f.to += n
	return nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
