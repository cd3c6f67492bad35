package unzstd

import (
	"encoding/binary"
	"math/bits"
)

// sequence is a number of literals to copy and a match that follows them. The
// offset is one of bytes, or stands for one that only the blocks before tell:
// the i-th of those used last, less n, is (firstUnknown+i)<<unknownShift - n.
type sequence struct{ literals, match, offset uint32 }

const (
	unknownShift = 25
	// An offset takes less than 26 bits and n is no larger than the number of
	// sequences, so that the two cannot be confused.
	firstUnknown = 3

	// maxOffsetBits is more than an offset into a window here has.
	maxOffsetBits = 24

	// maxSequences is what a block can have, since a match is 3 bytes at least.
	maxSequences = maxBlockBytes / 3
)

// decoding is how far a block's sequences are decoded. Assembly uses it, too.
//
// The bits are read from their end to their beginning: left is the place of the
// bit behind the next.
type decoding struct {
	data         *[dataBytes]byte
	tables       *[tableCount][tableStates]state
	masks        *[64]uint64
	left, lowest int
	sequences    []sequence
	done         int

	literals, matches uint64 // bytes of the sequences that are done
	now               [tableCount]state
	past              [3]uint32 // offsets used last
}

// decode decodes the literals and the sequences and learns how many bytes the
// block yields.
func (b *block) decode(trees *trees) {
	if b.tree != nil {
		if b.err == nil {
			b.err = b.decodeLiterals()
		}
		trees.release(b.tree)
		b.tree = nil
	}
	if b.err != nil || b.kind != blockCompressed {
		return
	}
	b.bytes = b.literalCount
	b.sequences = b.sequences[:0]
	if b.count == 0 {
		return
	}
	if b.count > maxSequences {
		b.err = errBlockOutput
		return
	}
	if cap(b.sequences) < b.count {
		b.sequences = make([]sequence, b.count+b.count/4)
	}
	b.sequences = b.sequences[:b.count]
	b.err = b.decodeSequences()
}

var (
	errBlockOutput = corrupt("a block yields too much")
	errBits        = corrupt("bits of sequences")
)

func (b *block) decodeSequences() error {
	if err := b.beginSequences(); err != nil {
		return err
	}
	d := &b.decoding
	for d.done < len(d.sequences) {
		if b.assembly {
			decodeShort(d)
		} else {
			d.decodeShort()
		}
		if d.left < d.lowest {
			return errBits
		}
		if err := d.decodeOne(); err != nil {
			return err
		}
	}
	if d.left != d.lowest {
		return errBits
	}
	if d.literals > uint64(b.literalCount) {
		return corrupt("too few literals")
	}
	if uint64(b.bytes)+d.matches > maxBlockBytes {
		return errBlockOutput
	}
	b.bytes += int(d.matches)
	return nil
}

// beginSequences finds where the bits end and reads the first states.
func (b *block) beginSequences() error {
	end := headRoom + len(b.stored)
	if b.bits >= end || b.data[end-1] == 0 {
		return errBits
	}
	d := &b.decoding
	d.data, d.tables, d.masks = b.data, &b.tables.state, &lowBits
	d.sequences, d.done = b.sequences, 0
	d.literals, d.matches = 0, 0
	// The last byte's highest bit marks the end.
	d.left = end*8 - bits.LeadingZeros8(b.data[end-1]) - 1
	d.lowest = b.bits * 8
	for i := range d.now {
		n := b.tables.logs[i]
		hold, base := word(d.data, d.left)
		d.left -= int(n)
		d.now[i] = d.tables[i][hold>>(uint(d.left-base)&63)&(1<<n-1)&(tableStates-1)]
	}
	for i := range d.past {
		d.past[i] = uint32(firstUnknown+i) << unknownShift
	}
	return nil
}

// decodeShort decodes sequences up to the last, or to one whose bits and those
// of the one before are too many for a word, or until left is below lowest. It
// is as decodeShort in assembly is, where there is that.
//
// The word that holds all of a sequence's bits can be loaded only when the
// sequence before is known, and that would be what everything waits for. So one
// is loaded a sequence ahead, and most often it still has enough.
//
// Buffers and tables are arrays and indices are masked, which takes less than a
// bounds check and never changes an index here.
func (d *decoding) decodeShort() {
	data, t, masks := d.data, d.tables, d.masks
	left, lowest := d.left, d.lowest
	l, o, m := d.now[tableLiterals], d.now[tableOffsets], d.now[tableMatches]
	past0, past1, past2 := d.past[0], d.past[1], d.past[2]
	var literals, matches uint64
	out := d.sequences[d.done : len(d.sequences)-1]
	done := 0
	hold, base := word(data, left)
	for i := range out {
		if left < lowest {
			break
		}
		ahead, aheadBase := word(data, left)
		sum := l + m + o
		after := left - int((sum+sum>>valueBitsShift)&255)
		if after < base {
			hold, base = ahead, aheadBase
			if after < base {
				break
			}
		}
		// From the low bits on: the states of o, m and l, the values of l, m and o.
		low := hold >> (uint(after-base) & 63)
		states := low
		low >>= sum & 63
		run := l.value() + uint32(low&masks[l.valueBits()&63])
		low >>= l.valueBits() & 63
		match := m.value() + uint32(low&masks[m.valueBits()&63])
		low >>= m.valueBits() & 63
		offset := o.value() + uint32(low&masks[o.valueBits()&63])

		oState := (o.next() + states&masks[o.stateBits()&63]) & (tableStates - 1)
		states >>= o.stateBits() & 63
		mState := (m.next() + states&masks[m.stateBits()&63]) & (tableStates - 1)
		states >>= m.stateBits() & 63
		lState := (l.next() + states&masks[l.stateBits()&63]) & (tableStates - 1)
		o, m, l = t[tableOffsets][oState], t[tableMatches][mState], t[tableLiterals][lState]

		if offset > 3 {
			offset -= 3
			past0, past1, past2 = offset, past0, past1
		} else {
			offset, past0, past1, past2 = repeated(offset, run, past0, past1, past2)
		}
		literals += uint64(run)
		matches += uint64(match)
		out[i] = sequence{run, match, offset}
		left = after
		hold, base = ahead, aheadBase
		done++
	}
	d.left = left
	d.now = [tableCount]state{tableLiterals: l, tableOffsets: o, tableMatches: m}
	d.past = [3]uint32{past0, past1, past2}
	d.done += done
	d.literals += literals
	d.matches += matches
}

// decodeOne decodes the next sequence, whatever it is.
func (d *decoding) decodeOne() error {
	l, o, m := &d.now[tableLiterals], &d.now[tableOffsets], &d.now[tableMatches]
	if o.valueBits() > maxOffsetBits {
		return errBits
	}
	// A word has 56 bits, which is what the values take at most.
	hold, base := word(d.data, d.left)
	top := uint(d.left - base)
	field := func(n uint) uint32 {
		top -= n
		return uint32(hold >> (top & 63) & d.masks[n&63])
	}
	offset := o.value() + field(o.valueBits())
	match := m.value() + field(m.valueBits())
	run := l.value() + field(l.valueBits())
	if offset > 3 {
		offset -= 3
		d.past = [3]uint32{offset, d.past[0], d.past[1]}
	} else {
		offset, d.past[0], d.past[1], d.past[2] = repeated(offset, run, d.past[0], d.past[1], d.past[2])
	}
	d.literals += uint64(run)
	d.matches += uint64(match)
	d.sequences[d.done] = sequence{run, match, offset}
	d.done++
	d.left = base + int(top)
	if d.done == len(d.sequences) {
		return nil // the last leads to no other state
	}
	hold, base = word(d.data, d.left)
	top = uint(d.left - base)
	*l = d.tables[tableLiterals][(uint32(l.next())+field(l.stateBits()))&(tableStates-1)]
	*m = d.tables[tableMatches][(uint32(m.next())+field(m.stateBits()))&(tableStates-1)]
	*o = d.tables[tableOffsets][(uint32(o.next())+field(o.stateBits()))&(tableStates-1)]
	d.left = base + int(top)
	return nil
}

// repeated gives the offset that a code up to 3 stands for, and the offsets used
// last with it.
func repeated(code, run, past0, past1, past2 uint32) (offset, now0, now1, now2 uint32) {
	if run == 0 {
		code++
	}
	switch code {
	case 1:
		return past0, past0, past1, past2
	case 2:
		return past1, past1, past0, past2
	case 3:
		return past2, past2, past0, past1
	default:
		// libzstd takes 0 for 1 here; no compressor writes it.
		offset = max(past0-1, 1)
		return offset, offset, past0, past1
	}
}

// wordBits is how many bits before left a word has at least.
const wordBits = 56

// word gives 64 bits, those before bit left among them, and where they begin.
func word(data *[dataBytes]byte, left int) (bits uint64, base int) {
	at := uint(left>>3-7) & dataMask
	return binary.LittleEndian.Uint64(data[at : at+8]), left&^7 - wordBits
}

// lowBits has masks; masks[n] has the low n bits set. A pointer to it takes
// no register where it is hot.
var lowBits = makeLowBits()

func makeLowBits() (m [64]uint64) {
	for i := range m {
		m[i] = 1<<i - 1
	}
	return m
}
