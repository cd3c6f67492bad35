package archivetest

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"pgrestore/toc"
)

// compressStream compresses as in data blocks, where gzip means a zlib stream
// and lz4 frames have no checksums.
func compressStream(c toc.Compression, data []byte) []byte {
	var b bytes.Buffer
	switch c {
	case toc.CompressionGzip:
		return finish(&b, zlib.NewWriter(&b), data)
	case toc.CompressionLZ4:
		w := lz4.NewWriter(&b)
		if err := w.Apply(lz4.ChecksumOption(false), lz4.BlockSizeOption(lz4.Block64Kb)); err != nil {
			panic(err) // the options are constant
		}
		return finish(&b, w, data)
	default:
		return compressFile(c, data)
	}
}

// compressFile compresses as in files.
func compressFile(c toc.Compression, data []byte) []byte {
	var b bytes.Buffer
	switch c {
	case toc.CompressionNone:
		return data
	case toc.CompressionGzip:
		return finish(&b, gzip.NewWriter(&b), data)
	case toc.CompressionLZ4:
		return finish(&b, lz4.NewWriter(&b), data)
	case toc.CompressionZstd:
		return zstdFrame(data)
	default:
		panic(fmt.Sprintf("archivetest: compression %d", c))
	}
}

// zstdFrame compresses as pg_dump does, without a checksum and without knowing
// the size beforehand.
func zstdFrame(data []byte) []byte {
	var b bytes.Buffer
	w := zstdWriter(&b, false)
	if err := w.Flush(); err != nil {
		panic(err) // memory does not fail
	}
	return finish(&b, w, data)
}

// zstdFrameWithChecksum compresses as zstd's own program does.
func zstdFrameWithChecksum(data []byte) []byte {
	var b bytes.Buffer
	return finish(&b, zstdWriter(&b, true), data)
}

func zstdWriter(b *bytes.Buffer, checksum bool) *zstd.Encoder {
	w, err := zstd.NewWriter(b, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(checksum))
	if err != nil {
		panic(err) // the options are constant
	}
	return w
}

// finish writes all to a compressor that writes to memory, which can not fail.
func finish(b *bytes.Buffer, w io.WriteCloser, data []byte) []byte {
	if _, err := w.Write(data); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func fileSuffix(c toc.Compression) string {
	switch c {
	case toc.CompressionGzip:
		return ".gz"
	case toc.CompressionLZ4:
		return ".lz4"
	case toc.CompressionZstd:
		return ".zst"
	default:
		return ""
	}
}

// Compress gives a file's name and content as a tool such as gzip would leave it.
func Compress(c toc.Compression, f File) (name string, content []byte) {
	content = compressFile(c, f.Content)
	if c == toc.CompressionZstd {
		content = zstdFrameWithChecksum(f.Content)
	}
	return f.Name + fileSuffix(c), content
}
