package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pgrestore/event"
	"pgrestore/internal/restore"
)

// emitting gives a Run that emits events.
func emitting(events ...event.Event) func(context.Context, restore.Config, restore.IO, event.Sink) (restore.Result, error) {
	return func(_ context.Context, c restore.Config, _ restore.IO, sink event.Sink) (restore.Result, error) {
		sink.Emit(event.Run{Schema: event.SchemaVersion, Program: c.Program, Options: c.Options})
		for _, e := range events {
			sink.Emit(e)
		}
		return restore.Result{}, nil
	}
}

// types gives the types of the events in a file.
func types(t *testing.T, file []byte) string {
	t.Helper()
	var names []string
	for line := range bytes.Lines(file) {
		r, err := event.NewDecoder(bytes.NewReader(line)).Next()
		if err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		names = append(names, string(r.Event.Type()))
	}
	return strings.Join(names, " ")
}

func TestEventsFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "events")
	p, stderr := program(t, "pgrestore", "-dx", "--events", name, "--progress=none")
	p.Run = emitting(event.Message{Level: event.Info, Text: "quiet"}, event.Message{Level: event.Error, Text: "loud"}, event.End{})
	if status := p.Main(context.Background()); status != 0 {
		t.Errorf("exit status %d", status)
	}
	if want := "pgrestore: error: loud\n"; want != stderr.String() {
		t.Errorf("want %q, got %q", want, stderr)
	}
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if want, got := "run message message end", types(t, file); want != got {
		t.Errorf("want %q, got %q", want, got)
	}
}

func TestEventsOnStandardOutput(t *testing.T) {
	p, _ := program(t, "pgrestore", "-dx", "--events=-", "--progress=none")
	p.Run = emitting()
	p.Main(context.Background())
	if want, got := "run end", types(t, p.IO.Stdout.(*bytes.Buffer).Bytes()); want != got {
		t.Errorf("want %q, got %q", want, got)
	}
}

func TestUnwritableEventsFile(t *testing.T) {
	p, stderr := program(t, "pgrestore", "-dx", "--events", filepath.Join("no", "where"))
	p.Run = func(context.Context, restore.Config, restore.IO, event.Sink) (restore.Result, error) {
		t.Error("the restore was begun")
		return restore.Result{}, nil
	}
	status := p.Main(context.Background())
	want := "pgrestore: error: could not open output file \"no/where\": No such file or directory\n"
	if want != stderr.String() || status != 1 {
		t.Errorf("want %q and exit status 1, got %q and %d", want, stderr, status)
	}
}

func TestFullDisk(t *testing.T) {
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skipf("no %s here", full)
	}
	p, stderr := program(t, "pgrestore", "-dx", "--events", full, "--progress=none")
	p.Run = emitting(event.Sample{}, event.Sample{}, event.Message{Level: event.Error, Text: "later"}, event.End{})
	if status := p.Main(context.Background()); status != 0 {
		t.Errorf("exit status %d", status)
	}
	const want = "pgrestore: warning: could not write to file \"/dev/full\": No space left on device\n" +
		"pgrestore: detail: The file is not complete. The restore does not depend on it.\n" +
		"pgrestore: error: later\n"
	if want != stderr.String() {
		t.Errorf("want %q, got %q", want, stderr)
	}
}

// TestUnwatched holds that nothing but the log stands behind a restore that
// nobody asked to see more of.
func TestUnwatched(t *testing.T) {
	p, _ := program(t, "pg_restore", "-dx")
	p.Run = func(_ context.Context, c restore.Config, _ restore.IO, sink event.Sink) (restore.Result, error) {
		if _, buffered := sink.(interface{ FlushBefore(func()) }); !buffered || c.Watched {
			t.Errorf("the sink is a %T, watched: %t", sink, c.Watched)
		}
		return restore.Result{}, nil
	}
	p.Main(context.Background())
}

// TestProgress holds who sees progress without asking for it: Plain's last
// line tells.
func TestProgress(t *testing.T) {
	for _, tt := range []struct {
		args string
		want bool
	}{
		{"pgrestore -dx", true},
		{"pgrestore -dx --progress=plain", true},
		{"pgrestore -dx --progress=auto", true}, // standard error is no terminal
		{"pgrestore -dx --progress=none", false},
		{"pgrestore -f-", false},
		{"pgrestore -dx -l", false},
		{"pg_restore -dx", false},
		{"pg_restore -dx --progress=none", false},
		{"pg_restore -dx --progress=auto", true},
	} {
		p, stderr := program(t, strings.Fields(tt.args)...)
		p.Run = emitting(event.Connected{}, event.Plan{Steps: 1, Weight: 1}, event.End{Outcome: event.Complete})
		if status := p.Main(context.Background()); status != 0 {
			t.Errorf("%s: exit status %d", tt.args, status)
		}
		if got := strings.Contains(stderr.String(), ": progress: "); tt.want != got {
			t.Errorf("%s: progress is shown: %t\n%s", tt.args, got, stderr)
		}
		if stdout := p.IO.Stdout.(*bytes.Buffer); stdout.Len() > 0 {
			t.Errorf("%s: %q on standard output", tt.args, stdout)
		}
	}
}

// TestNoRun holds that nothing but the error tells of a restore that could not
// begin.
func TestNoRun(t *testing.T) {
	p, stderr := program(t, "pgrestore", "-dx", "nowhere")
	p.Run = openNothing
	p.Main(context.Background())
	const want = "pgrestore: error: could not open input file \"nowhere\": No such file or directory\n"
	if want != stderr.String() {
		t.Errorf("want %q, got %q", want, stderr)
	}
}

// TestEventsOfNoRun holds that the file tells of a restore that could not
// begin, too.
func TestEventsOfNoRun(t *testing.T) {
	p, _ := program(t, "pgrestore", "-dx", "nowhere", "--events=-", "--progress=none")
	p.Run = openNothing
	if status := p.Main(context.Background()); status != 1 {
		t.Errorf("exit status %d", status)
	}
	decoder := event.NewDecoder(p.IO.Stdout.(*bytes.Buffer))
	var got []event.Event
	for r, err := decoder.Next(); err == nil; r, err = decoder.Next() {
		got = append(got, r.Event)
	}
	want := []event.Event{
		event.Run{Schema: event.SchemaVersion, Program: "pgrestore " + Version, Archive: "nowhere", Jobs: 1,
			Options: []string{"--dbname=x", "--events=-", "--progress=none"}},
		event.End{Outcome: event.Stopped, Error: "could not open input file \"nowhere\": No such file or directory", Cause: event.Archive},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
