package terminal

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"pgrestore/event"
)

func TestLines(t *testing.T) {
	for _, tt := range []struct {
		what    string
		color   string
		colors  string
		message event.Message
		want    string
	}{
		{what: "error", message: event.Message{Level: event.Error, Text: "x"}, want: "pg_restore: error: x\n"},
		{what: "warning", message: event.Message{Level: event.Warning, Text: "x"}, want: "pg_restore: warning: x\n"},
		{what: "detail", message: event.Message{Level: event.Detail, Text: "x"}, want: "pg_restore: detail: x\n"},
		{what: "hint", message: event.Message{Level: event.Hint, Text: "x"}, want: "pg_restore: hint: x\n"},
		{what: "info", message: event.Message{Level: event.Info, Text: "x"}, want: "pg_restore: x\n"},
		{what: "debug", message: event.Message{Level: event.Debug, Text: "x"}, want: "pg_restore: x\n"},
		{what: "one newline", message: event.Message{Level: event.Error, Text: "x\ny\n"}, want: "pg_restore: error: x\ny\n"},
		{what: "two newlines", message: event.Message{Level: event.Error, Text: "x\n\n"}, want: "pg_restore: error: x\n\n"},
		{what: "empty", message: event.Message{Level: event.Info}, want: "pg_restore: \n"},
		{
			what: "default colors", color: "always", message: event.Message{Level: event.Error, Text: "x"},
			want: "\x1b[01mpg_restore: \x1b[0m\x1b[01;31merror: \x1b[0mx\n",
		},
		{
			what: "hint in color", color: "always", message: event.Message{Level: event.Hint, Text: "x"},
			want: "\x1b[01mpg_restore: \x1b[0m\x1b[01;36mhint: \x1b[0mx\n",
		},
		{
			what: "info in color", color: "always", message: event.Message{Level: event.Info, Text: "x"},
			want: "\x1b[01mpg_restore: \x1b[0mx\n",
		},
		{
			what: "chosen colors", color: "always", colors: "warning=4:bogus:error=7:error=8:note",
			message: event.Message{Level: event.Error, Text: "x"},
			want:    "pg_restore: \x1b[8merror: \x1b[0mx\n",
		},
		{
			what: "color without code", color: "always", colors: "warning=",
			message: event.Message{Level: event.Warning, Text: "x"},
			want:    "pg_restore: \x1b[mwarning: \x1b[0mx\n",
		},
		{what: "no terminal", color: "auto", message: event.Message{Level: event.Error, Text: "x"}, want: "pg_restore: error: x\n"},
		{what: "never", color: "never", message: event.Message{Level: event.Error, Text: "x"}, want: "pg_restore: error: x\n"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			env := func(name string) (string, bool) {
				switch name {
				case "PG_COLOR":
					return tt.color, tt.color != ""
				default:
					return tt.colors, tt.colors != ""
				}
			}
			var out bytes.Buffer
			l := NewLog(&out, "pg_restore", ColorsFromEnv(env, false))
			l.MoreVerbose()
			l.MoreVerbose()
			l.Emit(tt.message)
			if tt.want != out.String() {
				t.Errorf("want %q, got %q", tt.want, out.String())
			}
		})
	}
}

func TestColorsOnTerminal(t *testing.T) {
	env := func(name string) (string, bool) { return "auto", name == "PG_COLOR" }
	if want, got := "\x1b[01m", ColorsFromEnv(env, true).Locus; want != got {
		t.Errorf("want %q, got %q", want, got)
	}
}

func TestLevels(t *testing.T) {
	var out bytes.Buffer
	l := NewLog(&out, "p", Colors{})
	for _, want := range []string{"W", "IW", "DIW", "DIW"} {
		out.Reset()
		l.Emit(event.Message{Level: event.Debug, Text: "D"})
		l.Emit(event.Message{Level: event.Info, Text: "I"})
		l.Emit(event.Message{Level: event.Warning, Text: "W"})
		got := strings.NewReplacer("p: ", "", "warning: ", "", "\n", "").Replace(out.String())
		if want != got {
			t.Errorf("want %q, got %q", want, got)
		}
		l.MoreVerbose()
	}
}

func TestFlushBeforeLine(t *testing.T) {
	var out bytes.Buffer
	l := NewLog(&out, "p", Colors{})
	l.FlushBefore(func() { out.WriteString("flushed ") })
	l.Emit(event.Message{Level: event.Info, Text: "not printed"})
	l.Emit(event.Message{Level: event.Error, Text: "x"})
	if want := "flushed p: error: x\n"; want != out.String() {
		t.Errorf("want %q, got %q", want, out.String())
	}
}

func TestNothingAfterClose(t *testing.T) {
	var out bytes.Buffer
	l := NewLog(&out, "p", Colors{Locus: "\x1b[01m"})
	l.Close("p: the end")
	l.Close("p: again")
	l.Emit(event.Message{Level: event.Error, Text: "x"})
	if want := "p: the end\n"; want != out.String() {
		t.Errorf("want %q, got %q", want, out.String())
	}
}

// lines counts its writes; it is not safe for concurrent use.
type lines struct{ written []string }

func (l *lines) Write(p []byte) (int, error) {
	l.written = append(l.written, string(p))
	return len(p), nil
}

func TestOneWriteALine(t *testing.T) {
	var out lines
	l := NewLog(&out, "p", Colors{Locus: "\x1b[01m"})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				l.Emit(event.Message{Level: event.Error, Text: "one\ntwo"})
			}
		})
	}
	all.Wait()
	if want, got := 800, len(out.written); want != got {
		t.Errorf("want %d writes, got %d", want, got)
	}
	for _, got := range out.written {
		if want := "\x1b[01mp: \x1b[0merror: one\ntwo\n"; want != got {
			t.Fatalf("want %q, got %q", want, got)
		}
	}
}
