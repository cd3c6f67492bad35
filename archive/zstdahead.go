package archive

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/zstd"

	"pgrestore/internal/unzstd"
)

// maxHelpers bounds the goroutines that decode for one reader besides its own,
// each of which needs about 8 MiB. More of them wait for each other: a third of
// the work has to be done in order.
const maxHelpers = 3

// zstdAhead reads zstd frames on several cores, ahead of whoever reads: those
// that are as pg_dump writes them. All others are left to the library.
type zstdAhead struct {
	in    stored
	ahead *unzstd.Reader
	other *zstd.Decoder

	begun bool
	plain bool // ahead reads the present frame, not other
	head  [unzstd.HeadBytes]byte
}

func newZstdAhead(other *zstd.Decoder, helpers int) *zstdAhead {
	return &zstdAhead{ahead: unzstd.NewReader(helpers), other: other}
}

func (d *zstdAhead) restart(r stored) {
	d.ahead.Stop()
	d.in, d.begun, d.plain = r, false, false
	if r == nil {
		_ = d.other.Reset(nil) // fails only after Close, which is never called
	}
}

func (d *zstdAhead) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		if err := d.begin(); err != nil {
			return 0, err
		}
		if !d.plain {
			return d.other.Read(p) // it goes on to further frames by itself
		}
		n, err := d.ahead.Read(p)
		if err != io.EOF {
			return n, err
		}
		d.begun, d.plain = false, false
	}
}

func (d *zstdAhead) next(buf []byte) ([]byte, error) {
	for {
		if err := d.begin(); err != nil {
			return nil, err
		}
		if !d.plain {
			return nextByRead(d.other, buf)
		}
		run, err := d.ahead.Next()
		if err != io.EOF {
			return run, err
		}
		d.begun, d.plain = false, false
	}
}

// begin reads the next frame's header, unless one has been begun; io.EOF is
// the end of all.
func (d *zstdAhead) begin() error {
	if d.begun {
		return nil
	}
	n, err := io.ReadFull(d.in, d.head[:])
	if err != nil && err != io.ErrUnexpectedEOF {
		return err
	}
	d.begun = true
	window, plain := unzstd.PlainFrame(d.head[:n])
	if plain {
		d.ahead.Reset(d.in, window, d.in.offset)
		d.plain = true
		return nil
	}
	return d.other.Reset(io.MultiReader(bytes.NewReader(d.head[:n]), d.in))
}
