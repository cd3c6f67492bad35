package terminal

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
)

func block(lines ...string) (b [][]byte) {
	for _, line := range lines {
		b = append(b, []byte(line))
	}
	return b
}

func TestScreen(t *testing.T) {
	for _, tt := range []struct {
		name string
		rows int
		do   func(s *Screen)
		want string
	}{
		{
			name: "lines alone",
			do:   func(s *Screen) { io.WriteString(s, "one\n") },
			want: "one\n\ncursor 0,1",
		},
		{
			name: "block below lines",
			do: func(s *Screen) {
				io.WriteString(s, "one\n")
				s.draw(block("BAR", "second"))
			},
			want: "one\nBAR\nsecond\ncursor 0,1",
		},
		{
			name: "line above block",
			do: func(s *Screen) {
				s.draw(block("BAR", "second"))
				io.WriteString(s, "one\n")
			},
			want: "one\nBAR\nsecond\ncursor 0,1",
		},
		{
			name: "shorter block",
			do: func(s *Screen) {
				s.draw(block("BARBAR", "second", "third"))
				s.draw(block("BAR", "2"))
			},
			want: "BAR\n2\ncursor 0,0",
		},
		{
			name: "block of one line",
			do:   func(s *Screen) { s.draw(block("BAR")) },
			want: "BAR\ncursor 0,0",
		},
		{
			name: "block at the bottom",
			rows: 4,
			do: func(s *Screen) {
				io.WriteString(s, "one\ntwo\nthree\n")
				s.draw(block("BAR", "second", "third"))
				io.WriteString(s, "four\n")
				s.draw(block("bar", "2", "3"))
			},
			want: "one\ntwo\nthree\nfour\nbar\n2\n3\ncursor 0,4",
		},
		{
			name: "several lines in a write",
			do: func(s *Screen) {
				s.draw(block("BAR"))
				io.WriteString(s, "one\ntwo\n")
			},
			want: "one\ntwo\nBAR\ncursor 0,2",
		},
		{
			name: "line in pieces",
			do: func(s *Screen) {
				s.draw(block("BAR"))
				io.WriteString(s, "Password: ")
				s.draw(block("BAR 2"))
				io.WriteString(s, "\n")
			},
			want: "Password:\nBAR 2\ncursor 0,1",
		},
		{
			name: "flood of lines",
			do: func(s *Screen) {
				s.draw(block("BAR"))
				for range redrawsPerDraw + 2 {
					io.WriteString(s, "y\n")
				}
			},
			want: strings.Repeat("y\n", redrawsPerDraw) + "BAR\ncursor 0,20",
		},
		{
			name: "after a flood",
			do: func(s *Screen) {
				s.draw(block("BAR"))
				for range redrawsPerDraw + 2 {
					io.WriteString(s, "y\n")
				}
				s.draw(block("BAR"))
				io.WriteString(s, "z\n")
			},
			want: strings.Repeat("y\n", redrawsPerDraw+2) + "z\nBAR\ncursor 0,23",
		},
		{
			name: "great flood",
			do: func(s *Screen) {
				s.draw(block("BAR"))
				for range redrawsPerDraw {
					io.WriteString(s, "y\n")
				}
				io.WriteString(s, strings.Repeat("z\n", maxWaiting/2))
				io.WriteString(s, "end\n")
			},
			want: strings.Repeat("y\n", redrawsPerDraw) + strings.Repeat("z\n", maxWaiting/2) + "end\nBAR\ncursor 0,16405",
		},
		{
			name: "end of a flood",
			do: func(s *Screen) {
				s.draw(block("BAR"))
				for range redrawsPerDraw + 2 {
					io.WriteString(s, "y\n")
				}
				s.draw(nil)
				io.WriteString(s, "z\n")
			},
			want: strings.Repeat("y\n", redrawsPerDraw+2) + "z\n\ncursor 0,23",
		},
		{
			name: "no block any more",
			do: func(s *Screen) {
				s.draw(block("BAR", "second"))
				s.draw(nil)
				io.WriteString(s, "one\n")
			},
			want: "one\n\ncursor 0,1",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := newEmulator(t, 40, max(tt.rows, 24))
			if tt.rows > 0 {
				e.rows = tt.rows
			}
			tt.do(NewScreen(e))
			if got := e.text(); tt.want != got {
				t.Errorf("want\n%s\ngot\n%s", tt.want, got)
			}
		})
	}
}

func TestTypedCharactersGoAway(t *testing.T) {
	e := newEmulator(t, 40, 24)
	s := NewScreen(e)
	s.draw(block("BAR", "second"))
	io.WriteString(e, "^C") // by the terminal
	s.draw(block("bar", "second"))
	if want, got := "bar\nsecond\ncursor 0,0", e.text(); want != got {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
	io.WriteString(e, "^C")
	io.WriteString(s, "one\n")
	io.WriteString(e, "^C")
	s.draw(nil)
	if want, got := "one\n\ncursor 0,1", e.text(); want != got {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
}

func TestBlockThatDoesNotChangeIsNotSent(t *testing.T) {
	var out lines
	s := NewScreen(&out)
	s.draw(block("BAR"))
	s.draw(block("BAR"))
	if want, got := 1, len(out.written); want != got {
		t.Errorf("want %d writes, got %d", want, got)
	}
}

func TestScreenTakesOneWriteFromMany(t *testing.T) {
	var out lines
	s := NewScreen(&out)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				io.WriteString(s, "one\n")
				s.draw(block("BAR"))
			}
		})
	}
	all.Wait()
	s.draw(nil)
	got := strings.Join(out.written, "")
	if want := 800; strings.Count(got, "one\n") != want {
		t.Errorf("want %d lines, got %q", want, got)
	}
}

// broken is a writer that takes some bytes and fails.
type broken int

func (b broken) Write(p []byte) (int, error) { return min(int(b), len(p)), errBroken }

var errBroken = errors.New("broken")

func TestWriteTellsWhatWasWritten(t *testing.T) {
	var good bytes.Buffer
	s := NewScreen(&good)
	s.draw(block("BAR"))
	if n, err := io.WriteString(s, "one\n"); n != 4 || err != nil {
		t.Errorf("want 4 bytes, got %d, %v", n, err)
	}
	s.out = broken(len(clearBlock) + 2)
	if n, err := io.WriteString(s, "one\n"); n != 2 || !errors.Is(err, errBroken) {
		t.Errorf("want 2 bytes and an error, got %d, %v", n, err)
	}
}
