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

func (d *gzipDecoder) restart(r stored) {
	d.z.Reset(r)
	d.started, d.plain = false, false
}

func (d *gzipDecoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if err := d.start(); err != nil {
		return 0, err
	}
	if d.plain {
		return d.z.Deflate().ReadRaw(p)
	}
	for {
		n, err := d.z.Read(p)
		if err != io.EOF {
			return n, err
		}
		if err := d.another(); err != nil {
			return 0, err
		}
	}
}

func (d *gzipDecoder) next(buf []byte) ([]byte, error) {
	if err := d.start(); err != nil {
		return nil, err
	}
	if d.plain {
		n, err := d.z.Deflate().ReadRaw(buf)
		return buf[:n], err
	}
	for {
		run, err := d.z.Next()
		if err != io.EOF {
			return run, err
		}
		if err := d.another(); err != nil {
			return nil, err
		}
	}
}

// start looks at the beginning of the file.
func (d *gzipDecoder) start() error {
	if d.started {
		return nil
	}
	isGzip, err := d.z.AtMember()
	if err != nil {
		return err
	}
	d.started, d.plain = true, !isGzip
	return nil
}

// another goes on to a further member, or gives io.EOF.
func (d *gzipDecoder) another() error {
	more, err := d.z.AtMember()
	if err != nil {
		return err
	}
	if !more {
		return io.EOF
	}
	d.z.NextMember()
	return nil
}
