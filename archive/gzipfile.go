package archive

import (
	"io"

	"pgrestore/internal/inflate"
)

// gzipDecoder reads a file as zlib's gzread does: gzip members one after the
// other, what follows the last is ignored, and a file that does not begin as
// gzip does is passed through.
type gzipDecoder struct {
	z       *inflate.GzipReader
	started bool
	plain   bool
}

func (d *gzipDecoder) restart(r io.Reader) {
	d.z.Reset(r)
	d.started, d.plain = false, false
}

func (d *gzipDecoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if !d.started {
		isGzip, err := d.z.AtMember()
		if err != nil {
			return 0, err
		}
		d.started, d.plain = true, !isGzip
	}
	if d.plain {
		return d.z.Deflate().ReadRaw(p)
	}
	for {
		n, err := d.z.Read(p)
		if err != io.EOF {
			return n, err
		}
		if more, err := d.z.AtMember(); err != nil {
			return 0, err
		} else if !more {
			return 0, io.EOF
		}
		d.z.NextMember()
	}
}
