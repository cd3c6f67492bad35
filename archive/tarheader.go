package archive

import (
	"bytes"
)

// Layout of a tar header (pgtar.h).
const (
	tarBlock       = 512
	tarNameLen     = 100
	tarSizeAt      = 124
	tarSizeLen     = 12
	tarChecksumAt  = 148
	tarChecksumLen = 8
	tarMagicAt     = 257
)

// isTarHeader mirrors isValidTarHeader.
func isTarHeader(h *[tarBlock]byte) bool {
	if sum, computed := tarChecksums(h); sum != computed {
		return false
	}
	m := h[tarMagicAt : tarMagicAt+8]
	return bytes.Equal(m, []byte("ustar\x0000")) || // POSIX
		bytes.Equal(m, []byte("ustar  \x00")) || // GNU
		bytes.Equal(m, []byte("ustar00\x00")) // pg_dump before 9.3
}

// tarChecksums gives the sum that the header states and that of its bytes,
// with spaces for the stated one.
func tarChecksums(h *[tarBlock]byte) (stated, computed int32) {
	computed = tarChecksumLen * ' '
	for i, b := range h {
		if i < tarChecksumAt || i >= tarChecksumAt+tarChecksumLen {
			computed += int32(b)
		}
	}
	return int32(tarNumber(h[tarChecksumAt : tarChecksumAt+tarChecksumLen])), computed
}

// tarNumber reads octal digits or, after a byte of 0200, a big-endian binary
// number (read_tar_number).
func tarNumber(s []byte) (n uint64) {
	if s[0] == 0o200 {
		for _, b := range s[1:] {
			n = n<<8 | uint64(b)
		}
		return n
	}
	for _, b := range s {
		if b < '0' || b > '7' {
			break
		}
		n = n<<3 | uint64(b-'0')
	}
	return n
}

// tarName is the member's name, of up to 100 bytes without a NUL.
func tarName(h *[tarBlock]byte) string {
	name := h[:tarNameLen]
	if nul := bytes.IndexByte(name, 0); nul >= 0 {
		name = name[:nul]
	}
	return string(name)
}

// tarPadded is a member's size with what fills its last block.
func tarPadded(size int64) int64 {
	return (size + tarBlock - 1) &^ (tarBlock - 1)
}
