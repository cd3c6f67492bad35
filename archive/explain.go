package archive

import (
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

// explainBlocks gives pg_restore's message for a codec's error in the data
// blocks of a custom archive (ReadDataFromArchive*).
func explainBlocks(c codec, err error) *Error {
	switch c {
	case codecZlib:
		return failure("could not uncompress data: %s", zlibText(err)).because(err)
	case codecLZ4:
		return failure("could not decompress: %v", err).because(err)
	case codecZstd:
		return failure("could not decompress data: %v", err).because(err)
	default:
		return asError(err)
	}
}

// explainFile gives pg_restore's message for a codec's error in a compressed
// file of a directory.
func explainFile(c codec, err error) *Error {
	switch c {
	case codecGzip:
		return failure(textCannotRead, zlibText(err)).because(err)
	case codecLZ4:
		return failure(textCannotRead, err).because(err)
	case codecZstd:
		return failure("could not decompress data: %v", err).because(err)
	default:
		return asError(err)
	}
}

// zlibText is zlib's text for an error of our library where it can be told.
func zlibText(err error) string {
	switch {
	case errors.Is(err, zlib.ErrChecksum), errors.Is(err, gzip.ErrChecksum):
		return "incorrect data check"
	case errors.Is(err, zlib.ErrHeader), errors.Is(err, gzip.ErrHeader):
		return "incorrect header check"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "unexpected end of file"
	default:
		return err.Error()
	}
}
