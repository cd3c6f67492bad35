package archive

import (
	"bufio"
	"io"

	"github.com/klauspost/compress/gzip"
)

// gzipDecoder reads a file as zlib's gzread does: gzip members one after the
// other, what follows the last is ignored, and a file that does not begin as
// gzip does is passed through.
type gzipDecoder struct {
	in      *bufio.Reader
	z       *gzip.Reader
	started bool
	plain   bool
}

func (d *gzipDecoder) restart(r io.Reader) {
	d.in.Reset(r)
	d.started, d.plain = false, false
}

func (d *gzipDecoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if !d.started {
		isGzip, err := d.atMember()
		if err != nil {
			return 0, err
		}
		d.started, d.plain = true, !isGzip
		if isGzip {
			if err := d.begin(); err != nil {
				return 0, err
			}
		}
	}
	if d.plain {
		return d.in.Read(p)
	}
	for {
		n, err := d.z.Read(p)
		if n > 0 && err == io.EOF {
			err = nil // the next call comes back here
		}
		if n > 0 || err != io.EOF {
			return n, err
		}
		if more, err := d.atMember(); err != nil {
			return 0, err
		} else if !more {
			return 0, io.EOF
		}
		if err := d.begin(); err != nil {
			return 0, err
		}
	}
}

// atMember reports whether a gzip member follows.
func (d *gzipDecoder) atMember() (bool, error) {
	head, err := d.in.Peek(2)
	if len(head) == 2 {
		return head[0] == 0x1f && head[1] == 0x8b, nil
	}
	if err != io.EOF {
		return false, err
	}
	return false, nil
}

func (d *gzipDecoder) begin() (err error) {
	if d.z == nil {
		d.z, err = gzip.NewReader(d.in)
	} else {
		err = d.z.Reset(d.in)
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		d.z.Multistream(false)
	}
	return err
}
