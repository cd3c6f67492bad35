package archive

import (
	"bufio"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

// maxFaultBytes bounds how much of a corrupt stream is decoded once more, by a
// slow decoder, to find the words for its fault.
const maxFaultBytes = 4 << 20

// unexplained reports whether err is one that our library uses for many faults.
func unexplained(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt) || errors.Is(err, zlib.ErrHeader) || errors.Is(err, gzip.ErrHeader)
}

// inflateFault says in zlib's words what is wrong with a stored stream of
// codec c, "" where it can not tell.
func inflateFault(c codec, stored io.Reader) string {
	d := &faultFinder{in: bufio.NewReader(io.LimitReader(stored, maxFaultBytes))}
	header := d.zlibHeader
	if c == codecGzip {
		header = d.gzipHeader
	}
	for {
		if header(); d.fault == "" && !d.ended {
			d.blocks()
		}
		if c != codecGzip || d.fault != "" || d.ended {
			return d.fault
		}
		d.nextMember()
	}
}

// faultFinder decodes deflate data, without its output, the plain way of
// RFC 1951 and with the checks of zlib's inflate.c.
type faultFinder struct {
	in      *bufio.Reader
	bits    uint32
	have    uint
	written int64
	fault   string // what is wrong
	ended   bool   // the input ended before anything was
}

func (d *faultFinder) stopped() bool { return d.fault != "" || d.ended }

// need gives n bits, up to 16.
func (d *faultFinder) need(n uint) uint32 {
	for d.have < n && !d.ended {
		b, err := d.in.ReadByte()
		if err != nil {
			d.ended = true
			return 0
		}
		d.bits |= uint32(b) << d.have
		d.have += 8
	}
	v := d.bits & (1<<n - 1)
	d.bits >>= n
	d.have -= n
	return v
}

func (d *faultFinder) byteBoundary() { d.need(d.have & 7) }

func (d *faultFinder) zlibHeader() {
	method, flags := d.need(8), d.need(8)
	switch {
	case d.ended:
	case (method<<8|flags)%31 != 0:
		d.fault = "incorrect header check"
	case method&0xf != 8:
		d.fault = "unknown compression method"
	case method>>4 > 7:
		d.fault = "invalid window size"
	}
}

// gzipHeader comes after the two bytes of gzip's magic have been seen.
func (d *faultFinder) gzipHeader() {
	d.written = 0
	d.need(16)
	method, flags := d.need(8), d.need(8)
	switch {
	case d.ended:
		return
	case method != 8:
		d.fault = "unknown compression method"
	case flags&0xe0 != 0:
		d.fault = "unknown header flags set"
	}
	d.skip(6)
	if flags&4 != 0 {
		d.skip(int(d.need(16)))
	}
	for _, text := range []uint32{8, 16} {
		for flags&text != 0 && !d.stopped() && d.need(8) != 0 {
		}
	}
	if flags&2 != 0 {
		d.need(16) // its checksum is left to the other decoder
	}
}

func (d *faultFinder) skip(bytes int) {
	for ; bytes > 0 && !d.stopped(); bytes-- {
		d.need(8)
	}
}

// nextMember passes over a gzip member's trailer to the next, if there is one.
func (d *faultFinder) nextMember() {
	d.byteBoundary()
	d.skip(8)
	if head, _ := d.in.Peek(2); len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
		d.ended = true
	}
}

func (d *faultFinder) blocks() {
	for last := false; !last && !d.stopped(); {
		last = d.need(1) == 1
		switch d.need(2) {
		case 0:
			d.storedBlock()
		case 1:
			d.symbols(fixedCodes())
		case 2:
			if literals, distances := d.dynamicCodes(); !d.stopped() {
				d.symbols(literals, distances)
			}
		default:
			d.fault = "invalid block type"
		}
	}
}

func (d *faultFinder) storedBlock() {
	d.byteBoundary()
	n, inverse := d.need(16), d.need(16)
	if d.stopped() {
		return
	}
	if n != ^inverse&0xffff {
		d.fault = "invalid stored block lengths"
		return
	}
	d.skip(int(n))
	d.written += int64(n)
}

// huffman is a canonical code: how many codes of each length there are, and
// their symbols in order.
type huffman struct {
	count   [16]int
	longest int
	symbols []int
}

// newHuffman makes a code of the symbols' lengths. left is how much of the
// code space stays unused, negative if there is too little of it.
func newHuffman(lengths []uint8) (h *huffman, left int) {
	h = &huffman{}
	for _, n := range lengths {
		h.count[n]++
	}
	left = 1
	var at [16]int
	for n := 1; n < 16; n++ {
		left = left<<1 - h.count[n]
		if h.count[n] > 0 {
			h.longest = n
		}
		at[n] = at[n-1]
		if n > 1 {
			at[n] += h.count[n-1]
		}
		if left < 0 {
			return h, left
		}
	}
	h.symbols = make([]int, len(lengths))
	for symbol, n := range lengths {
		if n != 0 {
			h.symbols[at[n]] = symbol
			at[n]++
		}
	}
	return h, left
}

// valid mirrors inflate_table: a code may be incomplete only if it has no or
// one symbol, of one bit.
func (h *huffman) valid(left int, lengths bool) bool {
	return left == 0 || h.longest == 0 || left > 0 && !lengths && h.longest == 1
}

// decode reads a symbol, -1 for a code that has none.
func (d *faultFinder) decode(h *huffman) int {
	code, first, index := 0, 0, 0
	for n := 1; n <= h.longest; n++ {
		code |= int(d.need(1))
		if d.ended {
			return -1
		}
		if code-first < h.count[n] {
			return h.symbols[index+code-first]
		}
		index += h.count[n]
		first = (first + h.count[n]) << 1
		code <<= 1
	}
	return -1
}

// Extra bits of lengths and distances, and the smallest of each.
var (
	lengthBase   = []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra  = []uint{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase = []int{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
		4097, 6145, 8193, 12289, 16385, 24577}
	codeOrder = []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

func distanceExtra(symbol int) uint { return uint(max(symbol/2-1, 0)) }

// symbols reads a compressed block.
func (d *faultFinder) symbols(literals, distances *huffman) {
	for !d.stopped() {
		symbol := d.decode(literals)
		switch {
		case d.ended || symbol == 256:
			return
		case symbol < 0 || symbol > 285:
			d.fault = "invalid literal/length code"
		case symbol < 256:
			d.written++
		default:
			length := lengthBase[symbol-257] + int(d.need(lengthExtra[symbol-257]))
			d.copied(distances, length)
		}
	}
}

func (d *faultFinder) copied(distances *huffman, length int) {
	symbol := d.decode(distances)
	if d.ended {
		return
	}
	if symbol < 0 || symbol >= len(distanceBase) {
		d.fault = "invalid distance code"
		return
	}
	distance := int64(distanceBase[symbol]) + int64(d.need(distanceExtra(symbol)))
	if !d.ended && distance > d.written {
		d.fault = "invalid distance too far back"
	}
	d.written += int64(length)
}

func fixedCodes() (literals, distances *huffman) {
	lengths := make([]uint8, 288)
	for i := range lengths {
		switch {
		case i < 144, i >= 280:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		default:
			lengths[i] = 7
		}
	}
	literals, _ = newHuffman(lengths)
	distances, _ = newHuffman([]uint8{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5})
	return literals, distances
}

func (d *faultFinder) dynamicCodes() (literals, distances *huffman) {
	nLiterals, nDistances, nCodes := int(d.need(5))+257, int(d.need(5))+1, int(d.need(4))+4
	if d.ended {
		return nil, nil
	}
	if nLiterals > 286 || nDistances > 30 {
		d.fault = "too many length or distance symbols"
		return nil, nil
	}
	var codeLengths [19]uint8
	for i := range nCodes {
		codeLengths[codeOrder[i]] = uint8(d.need(3))
	}
	codes, left := newHuffman(codeLengths[:])
	if !d.ended && !codes.valid(left, true) {
		d.fault = "invalid code lengths set"
	}
	lengths := d.codeLengths(codes, nLiterals+nDistances)
	if d.stopped() {
		return nil, nil
	}
	if lengths[256] == 0 {
		d.fault = "invalid code -- missing end-of-block"
		return nil, nil
	}
	if literals, left = newHuffman(lengths[:nLiterals]); !literals.valid(left, false) {
		d.fault = "invalid literal/lengths set"
		return nil, nil
	}
	if distances, left = newHuffman(lengths[nLiterals:]); !distances.valid(left, false) {
		d.fault = "invalid distances set"
	}
	return literals, distances
}

// codeLengths reads the lengths of the codes of n symbols.
func (d *faultFinder) codeLengths(codes *huffman, n int) []uint8 {
	lengths := make([]uint8, 0, n)
	for len(lengths) < n && !d.stopped() {
		symbol := d.decode(codes)
		if codes.longest == 0 { // as in zlib's table for no codes at all
			d.need(1)
			symbol = 0
		}
		var repeated uint8
		var times int
		switch {
		case d.ended:
			return nil
		case symbol < 16:
			repeated, times = uint8(symbol), 1
		case symbol == 16:
			times = 3 + int(d.need(2))
			if len(lengths) == 0 {
				d.fault = "invalid bit length repeat"
				return nil
			}
			repeated = lengths[len(lengths)-1]
		case symbol == 17:
			times = 3 + int(d.need(3))
		default:
			times = 11 + int(d.need(7))
		}
		if !d.ended && len(lengths)+times > n {
			d.fault = "invalid bit length repeat"
			return nil
		}
		for range times {
			lengths = append(lengths, repeated)
		}
	}
	return lengths
}
