package unzstd

const (
	windowMask   = 2*maxWindow - 1
	windowBytes  = 2*maxWindow + slack
	literalMask  = maxBlockBytes - 1
	literalBytes = maxBlockBytes + slack
)

// window is the decoded data: the present lap of a ring, and behind it what is
// left of the lap before.
type window struct {
	size   int                // how far matches may reach back
	blocks int                // whose runs may not have been read, the one being carried out among them
	data   *[windowBytes]byte // the rest is never touched
	lap    int                // how much of data is used
	at     int                // where the next block goes
	end    int                // where the lap before ended, 0 if there was none
	past   [3]uint            // offsets used last
	run    copying

	assembly bool
}

func (w *window) begin(size int) {
	w.size = size
	// A block may begin a lap when there is no room for the largest one, and
	// must not harm what matches in it may refer to, nor what has not been read.
	w.lap = size + (w.blocks+1)*(maxBlockBytes+slack)
	if w.data == nil {
		w.data = new([windowBytes]byte)
	}
	w.at, w.end = 0, 0
	w.past = [3]uint{1, 4, 8}
}

var (
	errOffset  = corrupt("a match reaches too far back")
	errTooMuch = corrupt("block too large")
)

// execute puts what a block yields into the window, or sets its error.
func (w *window) execute(b *block) []byte {
	if b.err != nil {
		return nil
	}
	if b.bytes > min(w.size, maxBlockBytes) {
		b.err = errTooMuch
		return nil
	}
	if w.at+maxBlockBytes+slack > w.lap {
		w.at, w.end = 0, w.at
	}
	run := w.data[w.at : w.at+b.bytes]
	switch b.kind {
	case blockRaw:
		copy(run, b.stored)
	case blockRepeat:
		for i := range run {
			run[i] = b.stored[0]
		}
	default:
		if b.err = w.carryOut(b); b.err != nil {
			return nil
		}
	}
	w.at += b.bytes
	return run
}

// copying is how far a block's sequences are carried out. Assembly uses it, too.
type copying struct {
	out       *[windowBytes]byte
	literals  *[literalBytes]byte
	sequences []sequence
	done      int
	at        uint // in out
	from      uint // in literals
	size      uint // how far matches may reach back
}

// carryOut carries out a block's sequences, whose lengths have been checked.
func (w *window) carryOut(b *block) error {
	c := &w.run
	*c = copying{out: w.data, literals: b.literals, sequences: b.sequences, at: uint(w.at), size: uint(w.size)}
	for c.done < len(c.sequences) {
		if w.assembly {
			copyNear(c)
		} else {
			c.copyNear()
		}
		if c.done == len(c.sequences) {
			break
		}
		s := &c.sequences[c.done]
		if s.offset >= firstUnknown<<unknownShift-maxSequences {
			// It is copied in the next round.
			s.offset = uint32(w.known(s.offset))
		}
		if uint(s.offset) > c.size {
			return errOffset
		}
		if uint(s.offset) <= c.at+uint(s.literals) {
			continue
		}
		copy(c.out[c.at:], c.literals[c.from:c.from+uint(s.literals)])
		c.at += uint(s.literals)
		c.from += uint(s.literals)
		if err := w.matchBefore(c.at, uint(s.offset), uint(s.match)); err != nil {
			return err
		}
		c.at += uint(s.match)
		c.done++
	}
	if len(b.sequences) > 0 {
		past := b.decoding.past
		w.past = [3]uint{w.known(past[0]), w.known(past[1]), w.known(past[2])}
	}
	copy(c.out[c.at:], c.literals[c.from:b.literalCount])
	return nil
}

// known gives the offset that a sequence has.
func (w *window) known(offset uint32) uint {
	i := (offset + 1<<unknownShift - 1) >> unknownShift
	if i < firstUnknown {
		return uint(offset)
	}
	less := uint(i<<unknownShift - offset)
	past := w.past[i-firstUnknown]
	// libzstd takes 0 for 1 here; no compressor writes it.
	return past - min(less, past-1)
}

// copyNear carries out sequences up to one with an offset that is not known or
// goes beyond the window or the present lap. It is as copyNear in assembly is,
// where there is that.
//
// All copies are of 16 bytes at a time, whose rest is overwritten later. The
// buffers are arrays and indices are masked, which takes less than a bounds
// check and never changes an index here.
func (c *copying) copyNear() {
	out, literals := c.out, c.literals
	at, from, size := c.at, c.from, c.size
	for _, s := range c.sequences[c.done:] {
		run, match, offset := uint(s.literals), uint(s.match), uint(s.offset)
		if offset > size || offset > at+run {
			break
		}
		copy16(out, at, literals, from)
		copy16(out, at+16, literals, from+16)
		for i := uint(32); i < run; i += 16 {
			copy16(out, at+i, literals, from+i)
		}
		at += run
		from += run
		c.done++

		end := at + match
		if offset < 16 {
			for ; at < end; at++ {
				out[at&windowMask] = out[(at-offset)&windowMask]
			}
			continue
		}
		move16(out, at, at-offset)
		move16(out, at+16, at+16-offset)
		for at += 32; at < end; at += 16 {
			move16(out, at, at-offset)
		}
		at = end
	}
	c.at, c.from = at, from
}

func copy16(out *[windowBytes]byte, to uint, in *[literalBytes]byte, from uint) {
	to &= windowMask
	from &= literalMask
	*(*[16]byte)(out[to : to+16]) = *(*[16]byte)(in[from : from+16])
}

func move16(out *[windowBytes]byte, to, from uint) {
	to &= windowMask
	from &= windowMask
	*(*[16]byte)(out[to : to+16]) = *(*[16]byte)(out[from : from+16])
}

// matchBefore copies a match that begins in the lap before.
func (w *window) matchBefore(at, offset, match uint) error {
	before := offset - at // bytes of it that come from the lap before, at most
	if before > uint(w.end) {
		return errOffset
	}
	old := w.data[uint(w.end)-before : w.end]
	n := uint(copy(w.data[at:at+match], old))
	for i := n; i < match; i++ {
		w.data[at+i] = w.data[at+i-offset]
	}
	return nil
}
