package archive

import (
	"errors"
	"io"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"

	"pgrestore/internal/inflate"
	"pgrestore/toc"
)

// maxZstdWindow is libzstd's own limit for streams (2^27).
const maxZstdWindow = 128 << 20

// codec is how data is stored.
type codec uint8

const (
	codecPlain codec = iota
	codecZlib        // gzip compression inside of custom archives
	codecGzip        // gzip files
	codecLZ4
	codecZstd
	codecCount
)

// blockCodec is the codec of a custom archive's data.
func blockCodec(c toc.Compression) (codec, *Error) {
	switch c {
	case toc.CompressionNone:
		return codecPlain, nil
	case toc.CompressionGzip:
		return codecZlib, nil
	case toc.CompressionLZ4:
		return codecLZ4, nil
	case toc.CompressionZstd:
		return codecZstd, nil
	default:
		return 0, failure("cannot restore from compressed archive (%s)", unsupported(c))
	}
}

// stored is stored data; offset is how far in the input it has been read.
type stored interface {
	io.Reader
	offset() int64
}

// decoder turns stored data into what pg_dump wrote. It belongs to one reader
// at a time.
type decoder interface {
	io.Reader
	// next gives the next run of data, good until the next call. It may lie in
	// buf, which must not be empty.
	next(buf []byte) ([]byte, error)
	// restart begins a new stream. It does not read. With nil it ends all use
	// of the stream before.
	restart(r stored)
}

// nextByRead is next for a decoder that has nothing better.
func nextByRead(r io.Reader, buf []byte) ([]byte, error) {
	n, err := r.Read(buf)
	return buf[:n], err
}

// offsetOf is the end of what a decoder has decoded of r, or failed to. It may
// have read r further.
func offsetOf(d decoder, r stored) int64 {
	if z, ok := d.(*zstdAhead); ok && z.plain {
		return z.ahead.Position()
	}
	return r.offset()
}

// decoders keeps decoders that are not in use; they are expensive to make.
type decoders struct {
	ahead bool // see Options.Ahead
	pools [codecCount]sync.Pool
}

func (d *decoders) get(c codec, r stored) (decoder, error) {
	dec, _ := d.pools[c].Get().(decoder)
	if dec == nil {
		var err error
		if dec, err = newDecoder(c, d.ahead); err != nil {
			return nil, failure("could not initialize compression library: %v", err).because(err)
		}
	}
	dec.restart(r)
	return dec, nil
}

// put takes a decoder back and forgets its reader.
func (d *decoders) put(c codec, dec decoder) {
	dec.restart(nil)
	d.pools[c].Put(dec)
}

func newDecoder(c codec, ahead bool) (decoder, error) {
	switch c {
	case codecZlib:
		return &zlibDecoder{z: inflate.NewZlibReader(nil)}, nil
	case codecGzip:
		return &gzipDecoder{z: inflate.NewGzipReader(nil)}, nil
	case codecLZ4:
		return &lz4Decoder{}, nil
	case codecZstd:
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if helpers := runtime.GOMAXPROCS(0) - 1; ahead && helpers > 0 {
			return newZstdAhead(z, min(helpers, maxHelpers)), err
		}
		return &zstdDecoder{z: z}, err
	default:
		return &plainDecoder{}, nil
	}
}

type plainDecoder struct{ in io.Reader }

func (d *plainDecoder) restart(r stored)                { d.in = r }
func (d *plainDecoder) Read(p []byte) (int, error)      { return d.in.Read(p) }
func (d *plainDecoder) next(buf []byte) ([]byte, error) { return nextByRead(d.in, buf) }

type zstdDecoder struct{ z *zstd.Decoder }

// restart keeps no error: it would be that of a closed decoder, which we never do.
func (d *zstdDecoder) restart(r stored)                { _ = d.z.Reset(r) }
func (d *zstdDecoder) Read(p []byte) (int, error)      { return d.z.Read(p) }
func (d *zstdDecoder) next(buf []byte) ([]byte, error) { return nextByRead(d.z, buf) }

// zlibDecoder reads one zlib stream.
type zlibDecoder struct{ z *inflate.ZlibReader }

// errTrailing says that data goes on after the end of its compressed stream.
// pg_restore loops forever there.
var errTrailing = errors.New("data after the end of the compressed stream")

func (d *zlibDecoder) restart(r stored) { d.z.Reset(r) }

func (d *zlibDecoder) Read(p []byte) (int, error) {
	n, err := d.z.Read(p)
	return n, d.ended(err)
}

func (d *zlibDecoder) next([]byte) ([]byte, error) {
	run, err := d.z.Next()
	return run, d.ended(err)
}

// ended makes sure that nothing follows the stream's end.
func (d *zlibDecoder) ended(err error) error {
	if err != io.EOF {
		return err
	}
	if _, err = d.z.Deflate().ReadByte(); err == nil {
		err = errTrailing
	}
	return err
}
