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
type Screen struct {
	mu    sync.Mutex
	out   io.Writer
	block []byte // as it is sent; empty for none
	shown bool   // the block is on the terminal
	torn  bool   // the last line that was written has no end yet
	// redraws is how many writes may still draw the block anew before the next
	// Draw.
	redraws int
	buf     []byte // reused
}

// redrawsPerDraw keeps a flood of lines from sending the block with each.
const redrawsPerDraw = 20

// NewScreen makes a Screen without a block.
func NewScreen(out io.Writer) *Screen { return &Screen{out: out} }

const (
	wrapOff    = "\x1b[?7l"
	wrapOn     = "\x1b[?7h"
	clearLine  = "\x1b[K" // from the cursor on
	clearBelow = "\x1b[J" // from the cursor on
)

// Write writes p above the block.
func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(p) == 0 {
		return 0, nil
	}
	s.torn = p[len(p)-1] != '\n'
	if len(s.block) == 0 {
		return s.out.Write(p)
	}
	s.buf = s.buf[:0]
	erased := 0
	if s.shown {
		s.buf = append(s.buf, clearBelow...)
		erased = len(s.buf)
	}
	s.buf = append(s.buf, p...)
	s.shown = false
	if !s.torn && s.redraws > 0 {
		s.redraws--
		s.shown = true
		s.buf = append(s.buf, s.block...)
	}
	n, err := s.out.Write(s.buf)
	return min(max(n-erased, 0), len(p)), err
}

// draw shows lines as the block; none take it away. No line may be wider than
// the terminal, and all of them together not as high.
func (s *Screen) draw(lines [][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.redraws = redrawsPerDraw
	if len(lines) == 0 {
		s.erase()
		return
	}
	s.buf = appendBlock(s.buf[:0], lines)
	if s.shown && bytes.Equal(s.buf, s.block) {
		return
	}
	s.block = append(s.block[:0], s.buf...)
	if s.torn {
		return // it comes with the line's end
	}
	s.shown = true
	s.out.Write(s.block)
}

// erase takes the block away.
func (s *Screen) erase() {
	if s.shown {
		io.WriteString(s.out, clearBelow)
	}
	s.block, s.shown = s.block[:0], false
}

// appendBlock appends what draws lines from the cursor on, and puts the cursor
// back. The cursor is in the first column.
func appendBlock(dst []byte, lines [][]byte) []byte {
	dst = append(dst, wrapOff...)
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
