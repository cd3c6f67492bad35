package inflate

// slow decodes one symbol, or two literals, the plain way and reads no more
// input than that takes.
func (z *Reader) slow() verdict {
	e, ok := z.entry(z.lit[:], litBits)
	if !ok {
		return inputEnd
	}
	length := int(e >> valueShift)
	switch {
	case e&notLiteral == 0:
		z.out[z.outPos] = byte(e >> 16)
		z.out[z.outPos+1] = byte(e >> 24)
		z.outPos += int(e >> 8 & 3)
		z.drop(e)
		return goOn
	case e&(special|kindMask) == endOfBlock:
		z.drop(e)
		return blockEnd
	case e&(special|kindMask) == invalid:
		return badLength
	case e&special != 0:
		length += z.extra(e, e>>fieldShift)
	}
	z.drop(e)

	d, ok := z.entry(z.dist[:], distBits)
	if !ok {
		return inputEnd
	}
	if d&special != 0 {
		return badDistance
	}
	distance := int(d>>valueShift) + z.extra(d, d>>8)
	z.drop(d)
	if distance > z.outPos {
		return tooFarBack
	}
	for range length {
		z.out[z.outPos] = z.out[z.outPos-distance]
		z.outPos++
	}
	return goOn
}

// entry finds the entry of the next code and has the input for the bits it
// drops, except those of a code that led to a subtable: they are dropped. It
// is false if the input ended.
func (z *Reader) entry(table []uint32, rootBits int) (uint32, bool) {
	start, mask := uint64(0), uint64(1)<<rootBits-1
	for {
		e := table[start+z.hold&mask]
		if n := e >> fieldShift & 15; e&notLiteral == 0 && uint(e&dropMask) > z.nbits && n < e&dropMask {
			// The second literal is not all there, but the first may be.
			e = e&(0xff<<valueShift) | n<<fieldShift | oneLiteral | n
		}
		switch {
		case uint(e&dropMask) > z.nbits:
			if !z.pull() {
				return 0, false
			}
		case e&special != 0 && e&kindMask == subtable&kindMask:
			z.drop(e)
			start, mask = uint64(e>>valueShift), 1<<(e>>fieldShift&15)-1
		default:
			return e, true
		}
	}
}

func (z *Reader) drop(entry uint32) {
	z.hold >>= entry & dropMask
	z.nbits -= uint(entry & dropMask)
}

// extra is the extra bits among those that an entry drops.
func (z *Reader) extra(entry, codeBits uint32) int {
	return int(z.hold & (1<<(entry&dropMask) - 1) >> (codeBits & 15))
}
