package terminal

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// emulator is as much of a terminal as a Screen needs, with what has scrolled
// off its top. It fails the test when it gets what it does not know.
type emulator struct {
	t             testing.TB
	columns, rows int
	lines         [][]string // cells of all lines, the last rows of which are seen
	x, y          int        // y in lines
	wrap          bool
	ink           string
	written       int // bytes
}

func newEmulator(t testing.TB, columns, rows int) *emulator {
	return &emulator{t: t, columns: columns, rows: rows, wrap: true, lines: [][]string{nil}}
}

func (e *emulator) Write(p []byte) (int, error) {
	e.written += len(p)
	rest, state := string(p), -1
	for rest != "" {
		if strings.HasPrefix(rest, "\x1b[") {
			end := strings.IndexAny(rest, "ABCDEFGHJKhlm")
			if end < 0 {
				e.t.Fatalf("escape sequence without end in %q", p)
			}
			e.control(rest[2:end], rest[end])
			rest, state = rest[end+1:], -1
			continue
		}
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		e.put(cluster, width)
	}
	return len(p), nil
}

func (e *emulator) control(parameter string, final byte) {
	switch {
	case final == 'K' && parameter == "":
		e.line()
		e.lines[e.y] = e.lines[e.y][:min(e.x, len(e.lines[e.y]))]
	case final == 'J' && parameter == "":
		e.control("", 'K')
		e.lines = e.lines[:e.y+1]
	case final == 'A':
		n, err := strconv.Atoi(parameter)
		if err != nil {
			e.t.Fatalf("cursor up %q", parameter)
		}
		e.y = max(e.y-n, e.top())
	case final == 'h' && parameter == "?7":
		e.wrap = true
	case final == 'l' && parameter == "?7":
		e.wrap = false
	case final == 'm':
		e.ink = parameter
	default:
		e.t.Fatalf("unknown escape sequence %q%c", parameter, final)
	}
}

func (e *emulator) top() int { return max(len(e.lines)-e.rows, 0) }

func (e *emulator) line() {
	for len(e.lines) <= e.y {
		e.lines = append(e.lines, nil)
	}
}

func (e *emulator) put(cluster string, width int) {
	switch cluster {
	case "\r":
		e.x = 0
		return
	case "\n", "\r\n": // the terminal's driver makes both of a newline
		e.x = 0
		e.y++
		e.line()
		return
	}
	if len(cluster) == 1 && cluster[0] < ' ' {
		e.t.Fatalf("control character %q", cluster)
	}
	if e.x+width > e.columns {
		if !e.wrap {
			e.t.Errorf("%q at column %d is cut off by the terminal", cluster, e.x)
			return
		}
		e.put("\n", 0)
	}
	e.line()
	for len(e.lines[e.y]) < e.x+width {
		e.lines[e.y] = append(e.lines[e.y], " ")
	}
	e.lines[e.y][e.x] = cluster
	for i := 1; i < width; i++ {
		e.lines[e.y][e.x+i] = ""
	}
	e.x += width
}

// text is all there is, with a line that says where the cursor is and what
// state is not as it was at first.
func (e *emulator) text() string {
	var b strings.Builder
	for _, line := range e.lines {
		b.WriteString(strings.TrimRight(strings.Join(line, ""), " ") + "\n")
	}
	fmt.Fprintf(&b, "cursor %d,%d", e.x, e.y)
	if !e.wrap {
		b.WriteString(" no wrap")
	}
	if e.ink != "" && e.ink != "0" {
		b.WriteString(" ink " + e.ink)
	}
	return b.String()
}
