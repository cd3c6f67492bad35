package terminal

import (
	"bytes"
	"io"
	"strconv"
	"sync"
)

// Screen is standard error for all who write there. Lines that stay are
// written to it as to any [io.Writer]; below them it can hold a block of lines
// that is drawn anew again and again, and gives way to them. It is safe for
// concurrent use, and hands on what it gets in one write.
//
// Between writes the cursor stands at the start of the block. So a terminal
// that wraps lines anew when it is resized takes the cursor along, and what is
// below it can be cleared without counting lines.
//
// A block on a terminal heeds the shell if there are [Jobs]: it is gone while the program is
// stopped or in the background, where lines go on to be written.
type Screen struct {
	mu    sync.Mutex
	out   io.Writer
	block []byte // as it is sent; empty for none
	shown bool   // the block is on the terminal
	torn  bool   // the last line that was written has no end yet
	// redraws is how many writes may still send the block before it is drawn
	// again; lines that come after them wait for that.
	redraws int
	waiting []byte
	buf     []byte // reused

	jobs     Jobs // nil for none
	followed bool
	stopped  bool // or will be at once
}

const (
	// redrawsPerDraw keeps a flood of lines from sending the block with each.
	redrawsPerDraw = 20
	// maxWaiting is how much of a flood waits at most.
	maxWaiting = 32 << 10
)

// NewScreen makes a Screen without a block.
func NewScreen(out io.Writer) *Screen { return &Screen{out: out} }

const (
	wrapOff    = "\x1b[?7l"
	wrapOn     = "\x1b[?7h"
	clearLine  = "\x1b[K" // from the cursor on
	clearBelow = "\x1b[J" // from the cursor on
	// clearBlock begins in the first column: what is typed moves the cursor.
	clearBlock = "\r" + clearBelow
)

// Write writes p above the block. In a flood of lines p may come out with the
// next drawing of the block only, and errors are not told then.
func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(p) == 0 {
		return 0, nil
	}
	if len(s.block) == 0 {
		s.torn = p[len(p)-1] != '\n'
		return s.out.Write(p)
	}
	if s.redraws <= 0 && len(s.waiting)+len(p) <= maxWaiting {
		s.waiting = append(s.waiting, p...)
		return len(p), nil
	}
	s.redraws--
	before := len(s.waiting)
	s.waiting = append(s.waiting, p...)
	n, err := s.flush()
	return min(max(n-before, 0), len(p)), err
}

// flush writes what waits, and the block below it, and gives how much of what
// waited was written.
func (s *Screen) flush() (int, error) {
	if len(s.waiting) == 0 {
		return 0, nil
	}
	s.buf = s.buf[:0]
	if s.shown {
		s.buf = append(s.buf, clearBlock...)
	}
	before := len(s.buf)
	s.buf = append(s.buf, s.waiting...)
	s.torn = s.waiting[len(s.waiting)-1] != '\n'
	s.shown = !s.torn && len(s.block) > 0
	if s.shown {
		s.buf = append(s.buf, s.block...)
	}
	all := len(s.waiting)
	s.waiting = s.waiting[:0]
	n, err := s.out.Write(s.buf)
	return min(max(n-before, 0), all), err
}

// draw shows lines as the block; none take it away. No line may be wider than
// the terminal, and all of them together not as high.
func (s *Screen) draw(lines [][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.redraws = redrawsPerDraw
	if len(lines) > 0 {
		s.follow()
	}
	if len(lines) == 0 || s.away() {
		s.erase()
		return
	}
	s.buf = appendBlock(s.buf[:0], lines)
	if s.shown && len(s.waiting) == 0 && bytes.Equal(s.buf, s.block) {
		return
	}
	s.block = append(s.block[:0], s.buf...)
	if len(s.waiting) > 0 {
		s.flush()
		return
	}
	if s.torn {
		return // the block comes with the line's end
	}
	s.shown = true
	s.out.Write(s.block)
}

// clear takes the block away, until it is drawn again.
func (s *Screen) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.erase()
}

func (s *Screen) erase() {
	if s.shown && !s.away() {
		io.WriteString(s.out, clearBlock)
	}
	s.block, s.shown = s.block[:0], false
	s.flush()
}

// appendBlock appends what draws lines from the cursor's line on, and puts the
// cursor back to the start of that.
func appendBlock(dst []byte, lines [][]byte) []byte {
	dst = append(dst, "\r"+wrapOff...)
	for i, line := range lines {
		if i > 0 {
			dst = append(dst, clearLine+"\r\n"...)
		}
		dst = append(dst, line...)
	}
	dst = append(dst, clearBelow+wrapOn+"\r"...)
	if up := len(lines) - 1; up > 0 {
		dst = append(dst, "\x1b["...)
		dst = strconv.AppendInt(dst, int64(up), 10)
		dst = append(dst, 'A')
	}
	return dst
}
