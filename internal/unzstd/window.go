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
	size int                // how far matches may reach back
	data *[windowBytes]byte // the rest is never touched
	lap  int                // how much of data is used
	at   int                // where the next block goes
	end  int                // where the lap before ended, 0 if there was none
	past [3]uint
}

func (w *window) begin(size int) {
	w.size = size
	// A block may begin a lap when there is no room for the largest one, and
	// must not harm what matches in it may refer to.
	w.lap = size + 2*(maxBlockBytes+slack)
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

// execute puts what a block yields into the window.
func (w *window) execute(b *block) ([]byte, error) {
	if b.bytes > min(w.size, maxBlockBytes) {
		return nil, errTooMuch
	}
	if w.at+maxBlockBytes+slack > w.lap {
		w.at, w.end = 0, w.at
	}
	begin := w.at
	out := w.data[begin : begin+b.bytes]
	switch b.kind {
	case blockRaw:
		copy(out, b.stored)
	case blockRepeat:
		for i := range out {
			out[i] = b.stored[0]
		}
	default:
		if err := w.sequences(b); err != nil {
			return nil, err
		}
	}
	w.at += b.bytes
	return out, nil
}

// sequences carries out a block's sequences, whose lengths have been checked.
//
// All copies are of 16 bytes at a time, whose rest is overwritten later. The
// buffers are arrays and indices are masked, which takes less than a bounds
// check and never changes an index here.
func (w *window) sequences(b *block) error {
	var (
		out      = w.data
		at       = uint(w.at)
		literals = b.literals
		from     = uint(0) // in literals
		size     = uint(w.size)

		past0, past1, past2 = w.past[0], w.past[1], w.past[2]
	)
	for _, s := range b.sequences {
		run := uint(s >> literalsShift)
		offset := uint(s & offsetMask)
		copy16(out, at, literals, from)
		copy16(out, at+16, literals, from+16)
		for i := uint(32); i < run; i += 16 {
			copy16(out, at+i, literals, from+i)
		}
		at += run
		from += run

		if offset > 3 {
			offset -= 3
			past0, past1, past2 = offset, past0, past1
		} else {
			if run == 0 {
				offset++
			}
			switch offset {
			case 1:
				offset = past0
			case 2:
				offset = past1
				past0, past1 = offset, past0
			case 3:
				offset = past2
				past0, past1, past2 = offset, past0, past1
			default:
				// libzstd takes 0 for 1 here; no compressor writes it.
				offset = max(past0-1, 1)
				past0, past1, past2 = offset, past0, past1
			}
		}
		match := uint(s >> matchShift & lengthMask)
		if offset > at || offset > size {
			if offset > size {
				return errOffset
			}
			if err := w.matchBefore(at, offset, match); err != nil {
				return err
			}
			at += match
			continue
		}
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
	copy(out[at:], literals[from:b.literalCount])
	w.past = [3]uint{past0, past1, past2}
	return nil
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
