package terminal

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgrestore/event"
)

// restore is a small restore, a second an event, on two connections. The last
// event is left to the test.
func restoreEvents() []event.Event {
	first, second := event.StepID{ID: 1}, event.StepID{ID: 2}
	return []event.Event{
		event.Run{Jobs: 2},
		event.Connected{Connection: 0, PID: 4711},
		event.Connected{Connection: 1, PID: 4712},
		event.Plan{
			Steps: 2, Stored: 8 << 20, Weight: 16 << 20,
			Classes: []event.ClassTotal{{Class: event.Data, Steps: 1, Weight: 8 << 20}, {Class: event.Index, Steps: 1, Weight: 8 << 20}},
		},
		event.Stage{Name: "main"},
		event.StepStarted{StepID: first, Kind: "TABLE DATA", Schema: "public", Name: "orders", Class: event.Data, Weight: 8 << 20, Stored: 8 << 20},
		event.LaneStarted{StepID: first, Connection: 1},
		event.Sample{Stored: 4 << 20, Bytes: 20 << 20, Activities: []event.Activity{{StepID: first, Bytes: 20 << 20, Fraction: 0.5}}},
		event.LaneFinished{StepID: first, Connection: 1},
		event.StepFinished{StepID: first, Rows: 10, Bytes: 40 << 20},
		event.Sample{Stored: 8 << 20, Bytes: 40 << 20, Done: 1},
		event.Failure{StepID: second},
		event.StepFailed{StepID: second},
	}
}

// play emits events, one a second, in a bubble of synctest.
func play(stream *event.Stream, events ...event.Event) {
	for _, e := range events {
		stream.Emit(e)
		time.Sleep(time.Second)
		synctest.Wait()
	}
}

func TestChoose(t *testing.T) {
	unnamed := Plain
	if runtime.GOOS == "windows" {
		unnamed = Bar
	}
	for _, tt := range []struct {
		mode     Mode
		terminal bool
		term     string
		want     Mode
	}{
		{Auto, true, "xterm", Bar},
		{Auto, true, "dumb", Plain},
		{Auto, true, "", unnamed},
		{Auto, false, "xterm", Plain},
		{Bar, false, "dumb", Bar},
		{Plain, true, "xterm", Plain},
		{JSON, true, "xterm", JSON},
		{None, true, "xterm", None},
	} {
		env := func(name string) (string, bool) { return tt.term, name == "TERM" && tt.term != "" }
		if got := tt.mode.Choose(tt.terminal, env); tt.want != got {
			t.Errorf("%s on TERM=%s (%t): want %s, got %s", tt.mode, tt.term, tt.terminal, tt.want, got)
		}
	}
}

func TestAppearance(t *testing.T) {
	for _, tt := range []struct {
		env         map[string]string
		color, utf8 bool
	}{
		{map[string]string{}, true, false},
		{map[string]string{"NO_COLOR": "1"}, false, false},
		{map[string]string{"NO_COLOR": ""}, true, false},
		{map[string]string{"LANG": "de_DE.UTF-8"}, true, true},
		{map[string]string{"LANG": "de_DE.utf8"}, true, true},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, true, false},
		{map[string]string{"LANG": "C", "LC_CTYPE": "C.UTF-8"}, true, true},
	} {
		var o ProgressOptions
		o.Appearance(func(name string) (string, bool) { value, ok := tt.env[name]; return value, ok })
		if tt.color != o.Color || tt.utf8 != o.UTF8 {
			t.Errorf("%v: want %t, %t, got %t, %t", tt.env, tt.color, tt.utf8, o.Color, o.UTF8)
		}
	}
}

func TestProgressBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEmulator(t, 70, 24)
		screen := NewScreen(e)
		log := NewLog(screen, "p", Colors{})
		p := NewProgress(screen, ProgressOptions{Mode: Bar, Program: "p", Size: func() (int, int) { return e.columns, e.rows }})
		p.Start()
		stream := event.NewStream(time.Now, p)
		defer p.Stop()
		events := restoreEvents()
		play(stream, events[:8]...)
		log.Emit(event.Message{Level: event.Error, Text: "out of luck"})
		want := `p: error: out of luck
 25 % ############------------------------------------ about 5 s left
      4.0 MB of 8.0 MB, 0 of 2 steps, 0:08, 0 errors
  1 data public.orders                            20 MB  50 %    0:03
  2 helps with data public.orders                                0:02
cursor 0,1`
		if got := e.text(); want != got {
			t.Errorf("want\n%s\ngot\n%s", want, got)
		}
		e.columns, e.rows = 30, 4
		play(stream, events[8])
		want = `p: error: out of luck
 25 % ##------ about 5 s left
4.0 MB, 0 of 2 steps, 0:09
cursor 0,1`
		if got := e.text(); want != got {
			t.Errorf("want\n%s\ngot\n%s", want, got)
		}
		p.Stop()
		p.Stop()
		log.Emit(event.Message{Level: event.Error, Text: "the end"})
		if want, got := "p: error: out of luck\np: error: the end\n\ncursor 0,2", e.text(); want != got {
			t.Errorf("want\n%s\ngot\n%s", want, got)
		}
	})
}

func TestSnapshotStandsAboveTheBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEmulator(t, 120, 24)
		p := NewProgress(NewScreen(e), ProgressOptions{Mode: Bar, Program: "p"})
		p.Start()
		stream := event.NewStream(time.Now, p)
		defer p.Stop()
		play(stream, event.Run{Jobs: 1}, event.Connected{PID: 4711})
		p.Snapshot()
		want := `p: progress: preparing, 0 errors, after 2 s
p: connection 1 (server process 4711): waiting
preparing 0:02

  1 waiting
cursor 0,2`
		if got := e.text(); want != got {
			t.Errorf("want\n%s\ngot\n%s", want, got)
		}
	})
}

func TestNothingIsDrawnBeforeThereIsAConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := NewProgress(NewScreen(&out), ProgressOptions{Mode: Bar})
		p.Start()
		stream := event.NewStream(time.Now, p)
		defer p.Stop()
		play(stream, event.Run{Jobs: 2}, event.Message{Text: "connecting"})
		if want := ""; want != out.String() {
			t.Errorf("want %q, got %q", want, out.String())
		}
	})
}

func TestBarIsTakenAwayOnPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEmulator(t, 80, 24)
		func() {
			defer func() { recover() }()
			p := NewProgress(NewScreen(e), ProgressOptions{Mode: Bar})
			p.Start()
			stream := event.NewStream(time.Now, p)
			defer p.Stop()
			play(stream, restoreEvents()[:8]...)
			panic("bug")
		}()
		if want, got := "\ncursor 0,0", e.text(); want != got {
			t.Errorf("want %q, got %q", want, got)
		}
	})
}

func TestProgressPlain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := NewProgress(NewScreen(&out), ProgressOptions{Mode: Plain, Program: "p"})
		p.Start()
		stream := event.NewStream(time.Now, p)
		play(stream, restoreEvents()...)
		play(stream, event.End{Outcome: event.Stopped, Errors: 1, Done: 2, Steps: 2})
		p.Stop()
		p.Stop()
		want := []string{
			"p: progress: 50 % done, 8.0 MB of 8.0 MB, 1 of 2 steps, about 5 s left, 0 errors",
			"p: progress: 50 % done, 8.0 MB of 8.0 MB, 2 of 2 steps, in 14 s, 1 error, stopped",
			"",
		}
		if want, got := strings.Join(want, "\n"), out.String(); want != got {
			t.Errorf("want\n%s\ngot\n%s", want, got)
		}
	})
}

// A brief display says nothing of what is over at once, and is no other else.
func TestProgressBrief(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			events int
			want   int // lines
		}{{5, 0}, {len(restoreEvents()), 2}} {
			var out bytes.Buffer
			p := NewProgress(NewScreen(&out), ProgressOptions{Mode: Plain, Brief: true, Program: "p"})
			p.Start()
			stream := event.NewStream(time.Now, p)
			play(stream, restoreEvents()[:tt.events]...)
			play(stream, event.End{Outcome: event.Complete, Done: 2, Steps: 2})
			p.Stop()
			if got := strings.Count(out.String(), "\n"); tt.want != got {
				t.Errorf("%d events: want %d lines, got %q", tt.events, tt.want, out.String())
			}
		}
	})
}

func TestProgressJSON(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := NewProgress(NewScreen(&out), ProgressOptions{Mode: JSON})
		p.Start()
		stream := event.NewStream(time.Now, p)
		play(stream, restoreEvents()...)
		play(stream, event.End{Outcome: event.Complete, Done: 2, Steps: 2})
		p.Stop()
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if want, got := 12, len(lines); got < want {
			t.Errorf("want %d lines at least, got %d", want, got)
		}
		for i, line := range lines {
			if want := `{"type":"progress","at":`; !strings.HasPrefix(line, want) {
				t.Errorf("line %d: want %q first, got %q", i, want, line)
			}
			if want := strings.Contains(line, `"outcome":"complete"`); want != (i >= len(lines)-2) {
				t.Errorf("line %d of %d: %q", i, len(lines), line)
			}
		}
	})
}

func TestProgressNone(t *testing.T) {
	var out bytes.Buffer
	screen := NewScreen(&out)
	p := NewProgress(screen, ProgressOptions{Program: "p"})
	p.Start()
	p.Snapshot()
	stream := event.NewStream(func() time.Time { return time.Time{} }, p)
	for _, e := range restoreEvents()[:6] {
		stream.Emit(e)
	}
	p.options.Now = func() time.Time { return p.zero.Add(3 * time.Second) }
	p.Snapshot()
	p.Stop()
	want := `p: progress: preparing, 0 errors, after 0 s
p: progress: 0 % done, 0 bytes of 8.0 MB, 0 of 2 steps, 0 errors, after 3 s, stage main
p: connection 1 (server process 4711): data public.orders, for 3 s
p: connection 2 (server process 4712): waiting
`
	if want != out.String() {
		t.Errorf("want\n%s\ngot\n%s", want, out.String())
	}
}
