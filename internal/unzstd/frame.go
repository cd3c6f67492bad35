package unzstd

import "encoding/binary"

// HeadBytes is the length of the header of the frames that are read here.
const HeadBytes = 6

const magic = 0xfd2fb528

// PlainFrame tells whether head is that of a frame that is read here, and its
// window.
func PlainFrame(head []byte) (windowBytes int, ok bool) {
	// The descriptor's bits are a stated size, a single segment, a checksum and
	// a dictionary; one is unused, one reserved.
	if len(head) < HeadBytes || binary.LittleEndian.Uint32(head) != magic || head[4] != 0 {
		return 0, false
	}
	exponent, eighths := head[5]>>3, int(head[5]&7)
	base := 1 << (10 + exponent)
	windowBytes = base + base/8*eighths
	return windowBytes, windowBytes <= maxWindow
}
