package inflate

import "encoding/binary"

const (
	inMask  = inBytes - 1
	outMask = windowBytes - 1
)

// verdict is why a loop over symbols stopped.
type verdict uint8

const (
	goOn verdict = iota // for want of input or of room
	blockEnd
	badLength
	badDistance
	tooFarBack
	inputEnd // the reader failed
)

// smallStep is, for distances below 8, their least multiple from 8 on.
var smallStep = [8]uint{0, 8, 8, 9, 8, 10, 12, 14}

// fast decodes symbols while there are at least fastInBytes of input and room
// for one longest step of output.
//
// All buffers and tables are arrays inside of z, which takes one register for
// all of them, and indices are masked, which takes one instruction where a
// bounds check takes more; in this loop no mask ever changes an index. Of
// nbits only the low six bits count. Literals are written two at a time, even
// if there is but one.
func (z *Reader) fast() verdict {
	var (
		hold   = z.hold
		nbits  = z.nbits
		pos    = uint(z.inPos)
		out    = uint(z.outPos)
		inEnd  = uint(z.inEnd - fastInBytes)
		result = goOn
	)
loop:
	for pos <= inEnd && out <= outLimit {
		hold |= binary.LittleEndian.Uint64(z.in[pos&inMask:pos&inMask+8]) << (nbits & 63)
		pos += 7 - nbits>>3&7
		nbits |= 56

		// 56 bits suffice for four entries of literals, or for one, a length
		// without extra bits to come and a distance: 4*10 and 2*10+28.
		e := z.lit[hold&(1<<litBits-1)]
		if e&notLiteral == 0 {
			binary.LittleEndian.PutUint16(z.out[out&outMask:out&outMask+2], uint16(e>>16))
			hold >>= e & 63
			nbits -= uint(e)
			out += uint(e >> 8 & 3)
			e = z.lit[hold&(1<<litBits-1)]
			if e&notLiteral == 0 {
				binary.LittleEndian.PutUint16(z.out[out&outMask:out&outMask+2], uint16(e>>16))
				hold >>= e & 63
				nbits -= uint(e)
				out += uint(e >> 8 & 3)
				e = z.lit[hold&(1<<litBits-1)]
				if e&notLiteral == 0 {
					binary.LittleEndian.PutUint16(z.out[out&outMask:out&outMask+2], uint16(e>>16))
					hold >>= e & 63
					nbits -= uint(e)
					out += uint(e >> 8 & 3)
					e = z.lit[hold&(1<<litBits-1)]
					if e&notLiteral == 0 {
						binary.LittleEndian.PutUint16(z.out[out&outMask:out&outMask+2], uint16(e>>16))
						hold >>= e & 63
						nbits -= uint(e)
						out += uint(e >> 8 & 3)
						continue
					}
				}
				hold |= binary.LittleEndian.Uint64(z.in[pos&inMask:pos&inMask+8]) << (nbits & 63)
				pos += 7 - nbits>>3&7
				nbits |= 56
			}
		}
		length := uint(e >> valueShift)
		if e&special != 0 {
			if e&kindMask == subtable&kindMask {
				hold >>= e & 63
				nbits -= uint(e)
				e = z.lit[(uint64(e>>valueShift)+hold&(1<<(e>>fieldShift&15)-1))&(litTableSize-1)]
			}
			if e&notLiteral == 0 {
				z.out[out&outMask] = byte(e >> valueShift)
				hold >>= e & 63
				nbits -= uint(e)
				out++
				continue
			}
			switch e & kindMask {
			case endOfBlock & kindMask:
				hold >>= e & 63
				nbits -= uint(e)
				result = blockEnd
				break loop
			case invalid & kindMask:
				result = badLength
				break loop
			}
			length = uint(e>>valueShift) + uint(hold&(1<<(e&63)-1)>>(e>>fieldShift&15))
			hold >>= e & 63
			nbits -= uint(e)
			hold |= binary.LittleEndian.Uint64(z.in[pos&inMask:pos&inMask+8]) << (nbits & 63)
			pos += 7 - nbits>>3&7
			nbits |= 56
		} else {
			hold >>= e & 63
			nbits -= uint(e)
		}

		d := z.dist[hold&(1<<distBits-1)]
		if d&special != 0 {
			if d&kindMask == subtable&kindMask {
				hold >>= d & 63
				nbits -= uint(d)
				d = z.dist[(uint64(d>>valueShift)+hold&(1<<(d>>fieldShift&15)-1))&(distTableSize-1)]
			}
			if d&special != 0 {
				result = badDistance
				break
			}
		}
		distance := uint(d>>valueShift) + uint(hold&(1<<(d&63)-1)>>(d>>8&63))
		hold >>= d & 63
		nbits -= uint(d)
		if distance > out {
			result = tooFarBack
			break
		}

		from, end := out-distance, out+length
		if distance >= 8 {
			z.copyWord(out, from)
			z.copyWord(out+8, from+8)
			for out += 16; out < end; out += 8 {
				z.copyWord(out, out-distance)
			}
		} else {
			for i := uint(0); i < 8; i++ {
				z.out[(out+i)&outMask] = z.out[(from+i)&outMask]
			}
			step := smallStep[distance&7]
			for out += 8; out < end; out += 8 {
				z.copyWord(out, out-step)
			}
		}
		out = end
	}
	// Give back the whole bytes; they all came in here.
	nbits &= 63
	z.inPos = int(pos - nbits>>3)
	z.nbits = nbits & 7
	z.hold = hold & (1<<z.nbits - 1)
	z.outPos = int(out)
	return result
}

func (z *Reader) copyWord(to, from uint) {
	word := binary.LittleEndian.Uint64(z.out[from&outMask : from&outMask+8])
	binary.LittleEndian.PutUint64(z.out[to&outMask:to&outMask+8], word)
}
