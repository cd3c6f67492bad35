package archive

import (
	"errors"
	"io"
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

// decoder turns stored data into what pg_dump wrote. It belongs to one reader
// at a time.
type decoder interface {
	io.Reader
	// restart begins a new stream. It does not read.
	restart(r io.Reader)
}

// decoders keeps decoders that are not in use; they are expensive to make.
type decoders struct {
	pools [codecCount]sync.Pool
}

func (d *decoders) get(c codec, r io.Reader) (decoder, error) {
	dec, _ := d.pools[c].Get().(decoder)
	if dec == nil {
		var err error
		if dec, err = newDecoder(c); err != nil {
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

func newDecoder(c codec) (decoder, error) {
	switch c {
	case codecZlib:
		return &zlibDecoder{z: inflate.NewZlibReader(nil)}, nil
	case codecGzip:
		return &gzipDecoder{z: inflate.NewGzipReader(nil)}, nil
	case codecLZ4:
		return &lz4Decoder{}, nil
	case codecZstd:
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow))
		return &zstdDecoder{z: z}, err
	default:
		return &plainDecoder{}, nil
	}
}

type plainDecoder struct{ in io.Reader }

func (d *plainDecoder) restart(r io.Reader)        { d.in = r }
func (d *plainDecoder) Read(p []byte) (int, error) { return d.in.Read(p) }

type zstdDecoder struct{ z *zstd.Decoder }

// restart keeps no error: it would be that of a closed decoder, which we never do.
func (d *zstdDecoder) restart(r io.Reader)        { _ = d.z.Reset(r) }
func (d *zstdDecoder) Read(p []byte) (int, error) { return d.z.Read(p) }

// zlibDecoder reads one zlib stream.
type zlibDecoder struct{ z *inflate.ZlibReader }

// errTrailing says that data goes on after the end of its compressed stream.
// pg_restore loops forever there.
var errTrailing = errors.New("data after the end of the compressed stream")

func (d *zlibDecoder) restart(r io.Reader) { d.z.Reset(r) }

func (d *zlibDecoder) Read(p []byte) (int, error) {
	n, err := d.z.Read(p)
	if err != io.EOF {
		return n, err
	}
	if _, err = d.z.Deflate().ReadByte(); err == nil {
		err = errTrailing
	}
	return n, err
}
