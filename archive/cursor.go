package archive

import (
	"io"

	"pgrestore/source"
)

const (
	// windowBytes is what a cursor reads at once. Old archives have blocks of
	// under 100 bytes; they must not cost a system call each.
	windowBytes = 256 << 10
	// headBytes is what a cursor reads at once where only the few bytes
	// between large blocks are wanted.
	headBytes = 4 << 10
	// firstStepBytes is what is read first, so that small tables stay cheap;
	// each further read is larger.
	firstStepBytes = 32 << 10
	// A skip of farBytes or more leaves so much out that reading it is a waste.
	farBytes = 32 << 10
)

// cursor reads forward from one place of the input, through a window. Over a
// file it also skips without reading. It serves one reader at a time.
type cursor struct {
	file   io.ReaderAt    // nil for a stream
	stream *source.Stream // nil for a file
	name   string
	size   int64 // -1 for a stream

	window    []byte
	next, end int
	ahead     int64 // offset of the byte that follows window[:end]
	step      int   // bytes to read at once

	atEnd  bool  // the input has ended
	failed error // why reading the input failed otherwise
}

// offset is that of the next byte.
func (c *cursor) offset() int64 { return c.ahead - int64(c.end-c.next) }

// remaining is how much the input holds from here, -1 where nobody knows.
func (c *cursor) remaining() int64 {
	if c.size < 0 {
		return -1
	}
	return max(c.size-c.offset(), 0)
}

// seek goes to an offset of a file.
func (c *cursor) seek(offset int64) {
	c.atEnd = false
	if back := c.ahead - offset; 0 <= back && back <= int64(c.end) {
		c.next = c.end - int(back) // it lies in the window
		return
	}
	c.next, c.end, c.ahead = 0, 0, offset
}

// fill reads on; it returns io.EOF at the end, and never no bytes without an error.
func (c *cursor) fill() error {
	c.next, c.end = 0, 0
	n, err := c.readSource(c.window[:c.step])
	c.end = n
	c.step = min(4*c.step, len(c.window))
	if n > 0 {
		return nil
	}
	return err
}

func (c *cursor) readSource(p []byte) (n int, err error) {
	if c.stream != nil {
		for tries := 0; n == 0 && err == nil; tries++ {
			if tries == 100 {
				return 0, io.ErrNoProgress
			}
			n, err = c.stream.Read(p)
		}
	} else {
		n, err = c.file.ReadAt(p, c.ahead)
	}
	c.ahead += int64(n)
	if n == 0 && err == io.EOF {
		c.atEnd = true
	} else if err != nil && err != io.EOF {
		c.failed = err
	}
	return n, err
}

// Read reads as io.Reader does, without a copy where p is large.
func (c *cursor) Read(p []byte) (int, error) {
	if c.next == c.end {
		if len(p) >= c.step {
			n, err := c.readSource(p)
			if n > 0 {
				err = nil
			}
			return n, err
		}
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.window[c.next:c.end])
	c.next += n
	return n, nil
}

func (c *cursor) readByte() (byte, error) {
	if c.next == c.end {
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	b := c.window[c.next]
	c.next++
	return b, nil
}

// has reports whether n bytes can be had without reading the input.
func (c *cursor) has(n int) bool { return c.end-c.next >= n }

// readInt reads an integer in the archive's format.
func (c *cursor) readInt(f intFormat) (int32, error) {
	width := f.width()
	if !c.has(width) {
		return c.readSplitInt(f)
	}
	b := c.window[c.next : c.next+width]
	c.next += width
	v, ok := f.decode(b)
	if !ok {
		return 0, c.tooLarge(width)
	}
	return v, nil
}

// readSplitInt reads an integer that does not lie in the window as a whole.
func (c *cursor) readSplitInt(f intFormat) (int32, error) {
	var whole [1 + maxIntSize]byte
	width := f.width()
	for i := range width {
		b, err := c.readByte()
		if err != nil {
			return 0, readFailure(err).at(c.name, c.offset())
		}
		whole[i] = b
	}
	v, ok := f.decode(whole[:width])
	if !ok {
		return 0, c.tooLarge(width)
	}
	return v, nil
}

func (c *cursor) tooLarge(width int) error {
	return failure("integer in the archive is too large").at(c.name, c.offset()-int64(width))
}

// skip passes over n bytes. In a file it may pass the end, as a seek does.
func (c *cursor) skip(n int64) error {
	if have := int64(c.end - c.next); n <= have {
		c.next += int(n)
		return nil
	} else if c.file != nil {
		if n >= farBytes {
			c.step = headBytes
		}
		c.seek(c.ahead + n - have)
		return nil
	}
	for n > 0 {
		if c.next == c.end {
			if err := c.fill(); err != nil {
				return readFailure(err).at(c.name, c.offset())
			}
		}
		k := min(n, int64(c.end-c.next))
		c.next += int(k)
		n -= k
	}
	return nil
}
