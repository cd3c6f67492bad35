package inflate

import (
	"hash/crc32"
	"io"
)

// Flags of a gzip member.
const (
	gzipHeaderCRC = 1 << 1
	gzipExtra     = 1 << 2
	gzipName      = 1 << 3
	gzipComment   = 1 << 4
	gzipReserved  = 0xe0
)

// GzipReader decompresses gzip members (RFC 1952) one at a time and verifies
// their checksums. It is not safe for concurrent use. To read a file as gzread
// does:
//
//	for {
//		if more, err := z.AtMember(); !more {
//			break
//		}
//		... Next until io.EOF ...
//		z.NextMember()
//	}
type GzipReader struct {
	z       *Reader
	run     []byte // output that Read did not give out yet
	crc     uint32
	size    uint32 // of the output
	header  uint32 // checksum of the header
	started bool
	err     error
}

// NewGzipReader returns a GzipReader of r's data. It does not read.
func NewGzipReader(r io.Reader) *GzipReader {
	z := &GzipReader{z: new(Reader)}
	z.Reset(r)
	return z
}

// Reset makes z read a new member, from a new r. It does not read.
func (z *GzipReader) Reset(r io.Reader) {
	z.z.Reset(r)
	z.restart()
}

// NextMember makes z read the member that follows the last, which must have
// ended. It does not read.
func (z *GzipReader) NextMember() {
	z.z.Restart()
	z.restart()
}

func (z *GzipReader) restart() {
	z.run, z.crc, z.size, z.header, z.started, z.err = nil, 0, 0, 0, false, nil
}

// AtMember reports, before the first Read of a member or after its end,
// whether gzip's magic bytes follow. Its errors are those of the input, but
// for io.EOF.
func (z *GzipReader) AtMember() (bool, error) {
	head, err := z.z.Peek(2)
	if len(head) == 2 {
		return head[0] == 0x1f && head[1] == 0x8b, nil
	}
	if err == io.EOF {
		err = nil
	}
	return false, err
}

// Read implements io.Reader, with the errors of Reader.Read. It returns io.EOF
// at the end of the member, once its checksum is verified.
func (z *GzipReader) Read(p []byte) (int, error) {
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
func (z *GzipReader) Next() ([]byte, error) {
	if run := z.run; len(run) > 0 {
		z.run = nil
		return run, nil
	}
	if z.err == nil && !z.started {
		z.started = true
		z.err = z.readHeader()
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
	z.crc = crc32.Update(z.crc, crc32.IEEETable, run)
	z.size += uint32(len(run))
	return run, nil
}

// Deflate returns the reader beneath, which before the first Read and after
// io.EOF has what follows.
func (z *GzipReader) Deflate() *Reader { return z.z }

func (z *GzipReader) readHeader() error {
	magic, err := z.headerBytes(2)
	if err != nil {
		return err
	}
	if magic != 0x8b1f {
		return z.z.corrupt("incorrect header check")
	}
	method, err := z.headerBytes(2)
	if err != nil {
		return err
	}
	flags := method >> 8
	switch {
	case method&0xff != 8:
		return z.z.corrupt("unknown compression method")
	case flags&gzipReserved != 0:
		return z.z.corrupt("unknown header flags set")
	}
	if err := z.skip(6); err != nil { // time, extra flags, system
		return err
	}
	if flags&gzipExtra != 0 {
		n, err := z.headerBytes(2)
		if err == nil {
			err = z.skip(int(n))
		}
		if err != nil {
			return err
		}
	}
	for _, text := range []uint32{gzipName, gzipComment} {
		for b := uint32(1); flags&text != 0 && b != 0; {
			if b, err = z.headerBytes(1); err != nil {
				return err
			}
		}
	}
	if flags&gzipHeaderCRC != 0 {
		want := z.header & 0xffff
		if got, err := z.headerBytes(2); err != nil {
			return err
		} else if got != want {
			return z.z.corrupt("header crc mismatch")
		}
	}
	return nil
}

// headerBytes reads n bytes, lowest first, into the header's checksum.
func (z *GzipReader) headerBytes(n int) (uint32, error) {
	var b [4]byte
	if err := z.z.readFull(b[:n]); err != nil {
		return 0, err
	}
	z.header = crc32.Update(z.header, crc32.IEEETable, b[:n])
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24, nil
}

func (z *GzipReader) skip(n int) error {
	for range n {
		if _, err := z.headerBytes(1); err != nil {
			return err
		}
	}
	return nil
}

// trailer returns io.EOF if the checksum and the size are right.
func (z *GzipReader) trailer() error {
	for _, field := range []struct {
		want uint32
		what string
	}{{z.crc, "incorrect data check"}, {z.size, "incorrect length check"}} {
		got, err := z.headerBytes(4)
		if err != nil {
			return err
		}
		if got != field.want {
			return z.z.corrupt(field.what)
		}
	}
	return io.EOF
}
