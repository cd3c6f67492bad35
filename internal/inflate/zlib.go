package inflate

import "io"

// ZlibReader decompresses one zlib stream (RFC 1950) and verifies its
// checksum. It is not safe for concurrent use.
type ZlibReader struct {
	z       *Reader
	run     []byte // output that Read did not give out yet
	adler   uint32
	started bool
	err     error
}

// NewZlibReader returns a ZlibReader of r's data. It does not read.
func NewZlibReader(r io.Reader) *ZlibReader {
	z := &ZlibReader{z: new(Reader)}
	z.Reset(r)
	return z
}

// Reset makes z read a new stream, from a new r. It does not read.
func (z *ZlibReader) Reset(r io.Reader) {
	z.z.Reset(r)
	z.run, z.adler, z.started, z.err = nil, 1, false, nil
}

// Read implements io.Reader, with the errors of Reader.Read. The checksum is
// verified before io.EOF is returned, but after the output.
func (z *ZlibReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if len(z.run) == 0 {
		var err error
		if z.run, err = z.Next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, z.run)
	z.run = z.run[n:]
	return n, nil
}

// Next returns the next run of output, as Reader.Next does. It and Read may
// take turns.
func (z *ZlibReader) Next() ([]byte, error) {
	if run := z.run; len(run) > 0 {
		z.run = nil
		return run, nil
	}
	if z.err == nil && !z.started {
		z.started = true
		z.err = z.header()
	}
	if z.err != nil {
		return nil, z.err
	}
	run, err := z.z.Next()
	if err == io.EOF {
		err = z.trailer()
	}
	if err != nil {
		z.err = err
		return nil, err
	}
	z.adler = adler32(z.adler, run)
	return run, nil
}

// Deflate returns the reader beneath, which after io.EOF has what follows the
// stream.
func (z *ZlibReader) Deflate() *Reader { return z.z }

func (z *ZlibReader) header() error {
	var b [2]byte
	if err := z.z.readFull(b[:]); err != nil {
		return err
	}
	switch {
	case (uint(b[0])<<8|uint(b[1]))%31 != 0:
		return z.z.corrupt("incorrect header check")
	case b[0]&0xf != 8:
		return z.z.corrupt("unknown compression method")
	case b[0]>>4 > 7:
		return z.z.corrupt("invalid window size")
	case b[1]&0x20 != 0:
		// inflate wants a dictionary once it has read which; its caller has none.
		var id [4]byte
		if err := z.z.readFull(id[:]); err != nil {
			return err
		}
		return z.z.corrupt("need dictionary")
	}
	return nil
}

// trailer returns io.EOF if the checksum is right.
func (z *ZlibReader) trailer() error {
	var b [4]byte
	if err := z.z.readFull(b[:]); err != nil {
		return err
	}
	if uint32(b[0])<<24|uint32(b[1])<<16|uint32(b[2])<<8|uint32(b[3]) != z.adler {
		return z.z.corrupt("incorrect data check")
	}
	return io.EOF
}
