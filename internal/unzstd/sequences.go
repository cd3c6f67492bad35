package unzstd

import (
	"encoding/binary"
	"math/bits"
)

// sequence is a number of literals to copy (18 bits), the length of the match
// that follows (18) and its offset (28 bits), which up to 3 means an offset used
// before.
type sequence uint64

const (
	lengthMask    = 1<<18 - 1
	offsetMask    = 1<<28 - 1
	matchShift    = 28
	literalsShift = 46

	// maxOffsetBits is more than an offset into a window here has, and its value
	// fits a state's field.
	maxOffsetBits = 24
)

// decode decodes the sequences and learns how many bytes the block yields.
func (b *block) decode() {
	if b.err != nil || b.kind != blockCompressed {
		return
	}
	b.bytes = b.literalCount
	b.sequences = b.sequences[:0]
	if b.count == 0 {
		return
	}
	// A match is three bytes at least.
	if b.count > maxBlockBytes/3 {
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

// decodeSequences reads the block's bits from their end to their beginning.
//
// left is the place of the bit behind the next; hold has 64 bits from base on.
// The word that holds all of a sequence's bits can be loaded only when the
// sequence before is known, and that would be what everything waits for. So one
// is loaded a sequence ahead, and most often it still has enough.
//
// Buffers and tables are arrays and indices are masked, which takes less than a
// bounds check and never changes an index here.
func (b *block) decodeSequences() error {
	data := b.data
	end := headRoom + len(b.stored)
	if b.bits >= end || data[end-1] == 0 {
		return errBits
	}
	// The last byte's highest bit marks the end.
	left := end*8 - bits.LeadingZeros8(data[end-1]) - 1
	lowest := b.bits * 8
	t := &b.tables
	l := t.state[tableLiterals][take(data, &left, t.logs[tableLiterals])]
	o := t.state[tableOffsets][take(data, &left, t.logs[tableOffsets])]
	m := t.state[tableMatches][take(data, &left, t.logs[tableMatches])]

	var lengths uint64 // of all literals, 32 bits, and of all matches
	sequences := b.sequences
	var sum state
	hold, base := word(data, left)
	for i := range sequences {
		ahead, aheadBase := word(data, left)
		sum = l + m + o
		after := left - int(sum.bits())
		if after < base {
			hold, base = ahead, aheadBase
			if after < base {
				if o.valueBits() > maxOffsetBits || sum.valueBits() > wordBits {
					return errBits
				}
				// Few sequences are so long or reach so far: their values and the
				// states that follow take a word each.
				left -= int(sum.valueBits())
				n := uint(left - base)
				run := l.value() + hold>>(n&63)&t.masks[l.valueBits()&63]
				n += l.valueBits()
				match := m.value() + hold>>(n&63)&t.masks[m.valueBits()&63]
				n += m.valueBits()
				offset := o.value() + hold>>(n&63)&t.masks[o.valueBits()&63]
				lengths += run<<32 + match
				sequences[i] = sequence(run<<literalsShift | match<<matchShift | offset)
				hold, base = word(data, left)
				left = after
				n = uint(after - base)
				on, mn := o.stateBits(), m.stateBits()
				o = t.state[tableOffsets][(o.next()+hold>>(n&63)&o.mask())&(tableStates-1)]
				m = t.state[tableMatches][(m.next()+hold>>((n+on)&63)&m.mask())&(tableStates-1)]
				l = t.state[tableLiterals][(l.next()+hold>>((n+on+mn)&63)&l.mask())&(tableStates-1)]
				continue
			}
		}
		// From the low bits on: the states of o, m and l, the values of l, m and o.
		n := uint(after - base)
		run, match, offset := l.value(), m.value(), o.value()
		lBits, mBits, oBits := l.valueBits(), m.valueBits(), o.valueBits()
		low := hold >> (n & 63)
		oState := (o.next() + low&o.mask()) & (tableStates - 1)
		low >>= o.stateBits()
		mState := (m.next() + low&m.mask()) & (tableStates - 1)
		low >>= m.stateBits()
		lState := (l.next() + low&l.mask()) & (tableStates - 1)
		low >>= l.stateBits()
		o, m, l = t.state[tableOffsets][oState], t.state[tableMatches][mState], t.state[tableLiterals][lState]

		run += low & t.masks[lBits&63]
		low >>= lBits & 63
		match += low & t.masks[mBits&63]
		low >>= mBits & 63
		offset += low & t.masks[oBits&63]
		lengths += run<<32 + match
		sequences[i] = sequence(run<<literalsShift | match<<matchShift | offset)
		left = after
		hold, base = ahead, aheadBase
	}
	// The last sequence leads to no other state. Where bits were missing before,
	// left went below and did not come back.
	if left+int(sum.bits()-sum.valueBits()) != lowest {
		return errBits
	}
	matches := int(lengths & (1<<32 - 1))
	if int(lengths>>32) > b.literalCount {
		return corrupt("too few literals")
	}
	if b.bytes+matches > maxBlockBytes {
		return errBlockOutput
	}
	b.bytes += matches
	return nil
}

// wordBits is how many bits before left a word has at least.
const wordBits = 56

// word gives 64 bits, those before bit left among them, and where they begin.
func word(data *[dataBytes]byte, left int) (bits uint64, base int) {
	at := uint(left>>3-7) & dataMask
	return binary.LittleEndian.Uint64(data[at : at+8]), left&^7 - wordBits
}

// take reads n bits, at most 9.
func take(data *[dataBytes]byte, left *int, n uint8) uint64 {
	hold, base := word(data, *left)
	*left -= int(n)
	return hold >> (uint(*left-base) & 63) & (1<<n - 1) & (tableStates - 1)
}

func makeMasks() (m [64]uint64) {
	for i := range m {
		m[i] = 1<<i - 1
	}
	return m
}
