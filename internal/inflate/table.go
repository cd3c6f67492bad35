package inflate

import "math/bits"

const (
	maxCodeBits = 15
	litBits     = 10 // of the primary literal/length table
	distBits    = 9  // of the primary distance table

	// Sizes are powers of two so that a masked index needs no bounds check.
	// The subtables of an incomplete code are empty, and a complete one has at
	// least two codes behind each primary entry that leads to a subtable:
	// 2^10 + 288/2 * 2^(15-10) = 5632 and 2^9 + 32/2 * 2^(15-9) = 1536.
	litTableSize  = 8192
	distTableSize = 2048
)

// A table entry is packed for the fewest instructions in fast.go. The low six
// bits of all are the bits to drop.
//
// Of the literal/length table:
//
//	literals  bits 8-9: how many, 1 or 2; 10-13: bits of the first alone;
//	          16-23 and 24-31: the literals
//	length    notLiteral; 16-24: the length with its extra bits added, which
//	          the bits to drop include
//	other     notLiteral, special and a kind:
//	    subtable     10-13: bits of its index; 16-31: its start
//	    extraLength  10-13: bits of the code; 16-24: least length; extra bits follow the code
//	    endOfBlock, invalid
//
// Of the distance table:
//
//	distance  notLiteral; 8-11: bits of the code; 16-31: least distance; extra bits follow the code
//	other     notLiteral, special and a kind:
//	    subtable     10-13: bits of its index; 16-31: its start
//	    invalid
const (
	dropMask    = 63
	special     = 1 << 6
	notLiteral  = 1 << 7
	oneLiteral  = 1 << 8
	kindMask    = 3 << 8
	subtable    = special | 0<<8
	extraLength = special | 1<<8
	endOfBlock  = special | 2<<8
	invalid     = special | 3<<8
	fieldShift  = 10
	valueShift  = 16
)

// Extra bits of lengths and distances, and the smallest of each. A length's
// base of zero is a symbol that no data may use, as are the distances 30 and 31.
var (
	lengthBase = [31]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99,
		115, 131, 163, 195, 227, 258, 0, 0}
	lengthExtra  = [31]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0, 0, 0}
	distanceBase = [32]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
		1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577, 0, 0}
	distanceExtra = [32]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 0, 0}
)

// code is a canonical Huffman code of up to 288 symbols.
type code struct {
	symbols [288]uint16             // that have a code, shortest first
	reverse [288]uint16             // their codes, first bit lowest
	first   [maxCodeBits + 2]uint16 // where each length begins in symbols
	longest int                     // bits of the longest code, 0 if there is none
}

// assign makes the code of the lengths. It reports false where zlib's
// inflate_table does: for too many codes, and for too few unless there is none
// or one of one bit (partial).
func (c *code) assign(lengths []uint8, mayBePartial bool) bool {
	var count, next [maxCodeBits + 1]uint16
	for _, n := range lengths {
		count[n&maxCodeBits]++
	}
	count[0] = 0
	c.longest = 0
	left := 1
	codes := uint(0)
	var nextCode [maxCodeBits + 1]uint
	c.first[0] = 0
	for n := 1; n <= maxCodeBits; n++ {
		codes = (codes + uint(count[n-1])) << 1
		nextCode[n] = codes
		c.first[n] = c.first[n-1] + count[n-1]
		next[n] = c.first[n]
		if left = left<<1 - int(count[n]); left < 0 {
			return false
		}
		if count[n] != 0 {
			c.longest = n
		}
	}
	c.first[maxCodeBits+1] = c.first[maxCodeBits] + count[maxCodeBits]
	if left > 0 && c.longest > 0 && (!mayBePartial || c.longest != 1) {
		return false
	}
	for symbol, n := range lengths {
		if n == 0 {
			continue
		}
		at := next[n&maxCodeBits]
		next[n&maxCodeBits]++
		c.symbols[at] = uint16(symbol)
		c.reverse[at] = bits.Reverse16(uint16(nextCode[n&maxCodeBits])) >> (16 - n)
		nextCode[n&maxCodeBits]++
	}
	return true
}

// partial reports whether some bits are no code.
func (c *code) partial() bool { return c.longest <= 1 && c.first[2] < 2 }

// buildLit makes the literal/length table. pairs is its scratch space.
func (c *code) buildLit(table *[litTableSize]uint32, pairs *[1 << litBits]uint32) {
	if c.partial() {
		fill(table[:1<<litBits], invalid|notLiteral|1)
	}
	// pairs[:1<<n] has what a second literal of up to n bits adds to an entry,
	// zero where there is none.
	pairs[0] = 0
	for n := 0; n <= litBits; n++ {
		if n > 0 {
			copy(pairs[1<<(n-1):1<<n], pairs[:1<<(n-1)])
			for i := c.first[n]; i < c.first[n+1]; i++ {
				if symbol := uint32(c.symbols[i]); symbol < 256 {
					pairs[c.reverse[i]] = symbol<<24 | oneLiteral | uint32(n)
				}
			}
		}
		c.placeLit(table, pairs[:1<<n], litBits-n)
	}
	if c.longest > litBits {
		c.buildSubtables(table[:], litBits, litEntry)
	}
}

// placeLit places the codes of n bits. seconds has what may follow in an entry.
func (c *code) placeLit(table *[litTableSize]uint32, seconds []uint32, n int) {
	for i := c.first[n]; n > 0 && i < c.first[n+1]; i++ {
		symbol, at := int(c.symbols[i]), int(c.reverse[i])
		switch {
		case symbol < 256:
			entry := litEntry(symbol, n)
			for _, second := range seconds {
				table[at&(litTableSize-1)] = entry + second
				at += 1 << n
			}
		case symbol > 256 && lengthBase[symbol-257] != 0 && n+int(lengthExtra[symbol-257]) <= litBits:
			extra := int(lengthExtra[symbol-257])
			entry := uint32(lengthBase[symbol-257])<<valueShift | notLiteral | uint32(n+extra)
			for k := range seconds {
				table[at&(litTableSize-1)] = entry + uint32(k&(1<<extra-1))<<valueShift
				at += 1 << n
			}
		default:
			entry := litEntry(symbol, n)
			for range seconds {
				table[at&(litTableSize-1)] = entry
				at += 1 << n
			}
		}
	}
}

// litEntry is the entry of one symbol, n bits of whose code are left.
func litEntry(symbol, n int) uint32 {
	switch {
	case symbol < 256:
		return uint32(symbol)<<valueShift | uint32(n)<<fieldShift | oneLiteral | uint32(n)
	case symbol == 256:
		return endOfBlock | notLiteral | uint32(n)
	case lengthBase[symbol-257] == 0:
		return invalid | notLiteral | uint32(n)
	default:
		return uint32(lengthBase[symbol-257])<<valueShift | uint32(n)<<fieldShift | extraLength | notLiteral |
			uint32(n+int(lengthExtra[symbol-257]))
	}
}

// buildDist makes the distance table.
func (c *code) buildDist(table *[distTableSize]uint32) {
	if c.partial() {
		fill(table[:1<<distBits], invalid|notLiteral|1)
	}
	for n := 1; n <= distBits; n++ {
		for i := c.first[n]; i < c.first[n+1]; i++ {
			entry := distEntry(int(c.symbols[i]), n)
			for at := int(c.reverse[i]); at < 1<<distBits; at += 1 << n {
				table[at] = entry
			}
		}
	}
	if c.longest > distBits {
		c.buildSubtables(table[:], distBits, distEntry)
	}
}

func distEntry(symbol, n int) uint32 {
	if distanceBase[symbol] == 0 {
		return invalid | notLiteral | uint32(n)
	}
	return uint32(distanceBase[symbol])<<valueShift | uint32(n)<<8 | notLiteral | uint32(n+int(distanceExtra[symbol]))
}

// buildSubtables places the codes of more than rootBits bits, in subtables of
// one size.
func (c *code) buildSubtables(table []uint32, rootBits int, entryOf func(symbol, n int) uint32) {
	subBits := c.longest - rootBits
	end, start, prefix := 1<<rootBits, 0, -1
	for n := rootBits + 1; n <= c.longest; n++ {
		for i := c.first[n]; i < c.first[n+1]; i++ {
			reverse := int(c.reverse[i])
			// Codes of one prefix follow each other.
			if reverse&(1<<rootBits-1) != prefix {
				prefix = reverse & (1<<rootBits - 1)
				start, end = end, end+1<<subBits
				table[prefix] = uint32(start)<<valueShift | uint32(subBits)<<fieldShift | subtable | notLiteral | uint32(rootBits)
			}
			entry := entryOf(int(c.symbols[i]), n-rootBits)
			for at := reverse >> rootBits; at < 1<<subBits; at += 1 << (n - rootBits) {
				table[start+at] = entry
			}
		}
	}
}

func fill(entries []uint32, with uint32) {
	for i := range entries {
		entries[i] = with
	}
}
