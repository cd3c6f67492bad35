package inflate

const (
	maxLitSymbols  = 286
	maxDistSymbols = 30
	lengthCodes    = 19
)

// lengthOrder is how a block's header orders the code lengths' own codes.
var lengthOrder = [lengthCodes]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// header reads the header of a block.
func (z *Reader) header() error {
	if !z.need(3) {
		return z.inputFault()
	}
	z.last = z.take(1) == 1
	switch z.take(2) {
	case 0:
		return z.storedHeader()
	case 1:
		z.fixedCodes()
		z.state = inSymbols
		return nil
	case 2:
		if err := z.dynamicCodes(); err != nil {
			return err
		}
		z.state = inSymbols
		return nil
	default:
		return z.corrupt("invalid block type")
	}
}

func (z *Reader) storedHeader() error {
	z.take(z.nbits & 7)
	if !z.need(32) {
		return z.inputFault()
	}
	n, inverse := z.take(16), z.take(16)
	if n != ^inverse&0xffff {
		return z.corrupt("invalid stored block lengths")
	}
	z.stored = n
	z.state = inStored
	return nil
}

// storedData copies what there is of a stored block.
func (z *Reader) storedData() error {
	if z.stored == 0 {
		z.endBlock()
		return nil
	}
	if z.inPos == z.inEnd && !z.refill() {
		return z.inputFault()
	}
	n := min(z.stored, z.inEnd-z.inPos)
	n = copy(z.out[z.outPos:windowBytes], z.in[z.inPos:z.inPos+n])
	z.outPos += n
	z.inPos += n
	z.stored -= n
	return nil
}

func (z *Reader) fixedCodes() {
	if z.fixed {
		return
	}
	lengths := z.lengths[:288]
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
	z.litCode.assign(lengths, false)
	z.litCode.buildLit(&z.lit, &z.pairs)
	for i := range 32 {
		lengths[i] = 5
	}
	z.distCode.assign(lengths[:32], false)
	z.distCode.buildDist(&z.dist)
	z.fixed = true
}

func (z *Reader) dynamicCodes() error {
	if !z.need(14) {
		return z.inputFault()
	}
	nLit, nDist, nCodes := z.take(5)+257, z.take(5)+1, z.take(4)+4
	if nLit > maxLitSymbols || nDist > maxDistSymbols {
		return z.corrupt("too many length or distance symbols")
	}
	var own [lengthCodes]uint8
	for _, symbol := range lengthOrder[:nCodes] {
		if !z.need(3) {
			return z.inputFault()
		}
		own[symbol] = uint8(z.take(3))
	}
	if !z.litCode.assign(own[:], false) {
		return z.corrupt("invalid code lengths set")
	}
	if err := z.codeLengths(nLit + nDist); err != nil {
		return err
	}
	if z.lengths[256] == 0 {
		return z.corrupt("invalid code -- missing end-of-block")
	}
	z.fixed = false
	if !z.litCode.assign(z.lengths[:nLit], true) {
		return z.corrupt("invalid literal/lengths set")
	}
	if !z.distCode.assign(z.lengths[nLit:nLit+nDist], true) {
		return z.corrupt("invalid distances set")
	}
	z.litCode.buildLit(&z.lit, &z.pairs)
	z.distCode.buildDist(&z.dist)
	return nil
}

// codeLengths reads n lengths, in the code that litCode holds. Without any
// code zlib reads zeros of one bit each, and only then has a fault to report.
func (z *Reader) codeLengths(n int) error {
	const tableBits = 7
	var table [1 << tableBits]uint8 // symbol and, from bit 5 on, bits of its code
	if z.litCode.longest == 0 {
		for i := range table {
			table[i] = 1 << 5
		}
	}
	for bits := 1; bits <= tableBits; bits++ {
		for i := z.litCode.first[bits]; i < z.litCode.first[bits+1]; i++ {
			for at := int(z.litCode.reverse[i]); at < len(table); at += 1 << bits {
				table[at] = uint8(z.litCode.symbols[i]) | uint8(bits)<<5
			}
		}
	}
	for have := 0; have < n; {
		entry := table[z.hold&(1<<tableBits-1)]
		for uint(entry>>5) > z.nbits {
			if !z.pull() {
				return z.inputFault()
			}
			entry = table[z.hold&(1<<tableBits-1)]
		}
		symbol, codeBits := entry&31, uint(entry>>5)
		if symbol < 16 {
			z.take(codeBits)
			z.lengths[have] = symbol
			have++
			continue
		}
		repeat := repeats[symbol-16]
		if !z.need(codeBits + repeat.bits) {
			return z.inputFault()
		}
		z.take(codeBits)
		length := uint8(0)
		if symbol == 16 {
			if have == 0 {
				return z.corrupt("invalid bit length repeat")
			}
			length = z.lengths[have-1]
		}
		times := repeat.least + z.take(repeat.bits)
		if have+times > n {
			return z.corrupt("invalid bit length repeat")
		}
		for range times {
			z.lengths[have] = length
			have++
		}
	}
	return nil
}

// repeats is what the symbols 16 to 18 of code lengths mean.
var repeats = [3]struct {
	bits  uint
	least int
}{{2, 3}, {3, 3}, {7, 11}}

// need makes sure of n bits, up to 32. It is false if the input ended.
func (z *Reader) need(n uint) bool {
	for z.nbits < n {
		if !z.pull() {
			return false
		}
	}
	return true
}

// take removes n bits that need made sure of.
func (z *Reader) take(n uint) int {
	v := z.hold & (1<<n - 1)
	z.hold >>= n
	z.nbits -= n
	return int(v)
}
