package archive

import (
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"

	"pgrestore/internal/inflate"
)

// ErrTruncated lies behind the error for compressed data that ends before its
// compressed stream does, all of which has been given out by then. pg_restore
// 18 notices it only in the gzip data of custom archives.
var ErrTruncated = errors.New("compressed data ends early")

// explainBlocks gives pg_restore's message for a codec's error in the data
// blocks of a custom archive (ReadDataFromArchive*).
func explainBlocks(c codec, err error) *Error {
	var e *Error
	switch {
	case c == codecZlib && (errors.Is(err, ErrTruncated) || zlibText(err) == "need dictionary"):
		e = failure("could not uncompress data: (null)") // zlib has no text for Z_BUF_ERROR and Z_NEED_DICT
	case c == codecZlib:
		e = failure("could not uncompress data: %s", zlibText(err))
	case c == codecLZ4:
		e = failure("could not decompress: %s", lz4Text(err))
	case c == codecZstd:
		e = failure("could not decompress data: %s", zstdText(err))
	default:
		return asError(err)
	}
	e.addDetail(err.Error())
	return e.because(err)
}

// explainFile gives pg_restore's message for a codec's error in a compressed
// file of a directory.
func explainFile(c codec, path string, err error) *Error {
	var e *Error
	switch c {
	case codecGzip:
		e = failure(textCannotRead, path+": "+zlibText(err))
	case codecLZ4:
		e = failure(textCannotRead, lz4Text(err))
	case codecZstd:
		e = failure("could not decompress data: %s", zstdText(err))
	default:
		return asError(err)
	}
	e.addDetail(err.Error())
	return e.because(err)
}

// truncated puts ErrTruncated for what a codec says of data that ends early.
func truncated(err error, allRead bool) error {
	if allRead && errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrTruncated
	}
	return err
}

// zlibText is zlib's text for an error of our inflate.
func zlibText(err error) string {
	var corrupt *inflate.CorruptError
	switch {
	case errors.As(err, &corrupt):
		return corrupt.What
	case errors.Is(err, ErrTruncated):
		return "unexpected end of file"
	default:
		return err.Error()
	}
}

// lz4Texts maps what our library says, which has no values to test for, to
// what LZ4F_getErrorName says.
var lz4Texts = map[string]string{
	"lz4: bad magic number":                        "ERROR_frameType_unknown",
	"lz4: invalid header checksum":                 "ERROR_headerChecksum_invalid",
	"lz4: invalid block checksum":                  "ERROR_blockChecksum_invalid",
	"lz4: invalid frame checksum":                  "ERROR_contentChecksum_invalid",
	"lz4: invalid block size":                      "ERROR_maxBlockSize_invalid",
	"lz4: content size mismatch":                   "ERROR_frameSize_wrong",
	"lz4: invalid or unsupported frame descriptor": "ERROR_headerVersion_wrong",
}

func lz4Text(err error) string {
	if errors.Is(err, ErrTruncated) {
		return ErrTruncated.Error()
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if text, ok := lz4Texts[err.Error()]; ok {
			return text
		}
	}
	return "ERROR_decompressionFailed"
}

// zstdText is what ZSTD_getErrorName says for an error of our library.
func zstdText(err error) string {
	switch {
	case errors.Is(err, ErrTruncated):
		return ErrTruncated.Error()
	case errors.Is(err, zstd.ErrMagicMismatch):
		return "Unknown frame descriptor"
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		return "Frame requires too much memory for decoding"
	case errors.Is(err, zstd.ErrCRCMismatch):
		return "Restored data doesn't match checksum"
	case errors.Is(err, zstd.ErrUnknownDictionary):
		return "Dictionary mismatch"
	default:
		return "Data corruption detected"
	}
}
