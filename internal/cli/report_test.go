package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgrestore/event"
)

// recorded is a restore of one table.
var recorded = []event.Event{
	event.Connected{PID: 7, Database: "x", Server: "18.6"},
	event.Plan{Steps: 2, Weight: 2, Classes: []event.ClassTotal{{Class: event.Object, Steps: 1, Weight: 1}, {Class: event.Data, Steps: 1, Weight: 1}}},
	event.StepStarted{StepID: event.StepID{ID: 1}, Kind: "TABLE", Schema: "public", Name: "t", Table: "public.t", Class: event.Object, Weight: 1},
	missingRole,
	event.StepFailed{StepID: event.StepID{ID: 1}, Errors: 1},
	event.StepStarted{StepID: event.StepID{ID: 2}, Kind: "TABLE DATA", Schema: "public", Name: "t", Table: "public.t", Class: event.Data, Weight: 1},
	event.Sample{Bytes: 20, Activities: []event.Activity{{StepID: event.StepID{ID: 2}, Bytes: 20, Fraction: 0.5}}},
	event.StepFinished{StepID: event.StepID{ID: 2}, Rows: 3, Bytes: 40},
	event.End{Outcome: event.Complete, Errors: 1, Done: 1, Steps: 2},
}

// TestReportOfFile holds that what is made of a recorded file is, byte for
// byte, what the restore itself made.
func TestReportOfFile(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	p, stderr := program(t, "pgrestore", "-dx", "--progress=none", "--events", in("events"),
		"--report", in("live.html"), "--trace", in("live.trace"), "--report-json", in("live.json"))
	var clock time.Time
	p.IO.Now = func() time.Time {
		clock = clock.Add(1234567 * time.Nanosecond) // more than files keep
		return clock
	}
	p.Run = emitting(recorded...)
	if status := p.Main(context.Background()); status != 0 || stderr.Len() > 0 {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	p, stderr = program(t, "pgrestore", "report", in("events"), "-o", in("file.html"), "--trace", in("file.trace"), "--json", in("file.json"))
	if status := p.Main(context.Background()); status != 0 || stderr.Len() > 0 {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	for kind, content := range map[string]string{"html": "public.t", "trace": "public.t", "json": "missing-role"} {
		want, err := os.ReadFile(in("live." + kind))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(in("file." + kind))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, got) || !strings.Contains(string(got), content) {
			t.Errorf("%s: the restore wrote\n%s\nwhile of its events comes\n%s", kind, want, got)
		}
	}
}

func TestReportSummary(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(folder, name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	var lines []byte
	for _, e := range append([]event.Event{event.Run{Schema: event.SchemaVersion}}, recorded...) {
		lines = append(event.AppendJSON(lines, event.Record{Event: e}), '\n')
	}
	whole := write("whole", string(lines))
	torn := write("torn", string(lines[:len(lines)-10]))
	for _, tt := range []struct {
		args       string
		want       string // in standard output
		wantStderr string
		wantStatus int
	}{
		{args: whole, want: "with reservations: 1 harmless error"},
		{args: whole + " --ignore-errors=missing-role", want: "with no errors but 1 ignored one"},
		{args: torn, want: "was cut off, or still runs", wantStderr: "pgrestore: warning: the last line of \"" + torn + "\" is incomplete\n"},
		{args: whole + " -o -", want: "<!DOCTYPE html>"},
		{args: whole + " --json=-", want: "\"judgement\": \"reservations\""},
		{args: "", wantStatus: 1, wantStderr: "pgrestore: error: no file of events specified\n" +
			"pgrestore: hint: Try \"pgrestore report --help\" for more information.\n"},
		{args: "nowhere", wantStatus: 1, wantStderr: "pgrestore: error: could not open input file \"nowhere\": No such file or directory\n"},
		{args: write("else", "hello\n"), wantStatus: 1, wantStderr: "pgrestore: error: could not read events from \"" + filepath.Join(folder, "else") +
			"\": line 1: this is no event: invalid character 'h' looking for beginning of value\n"},
		{args: whole + " -o " + filepath.Join(folder, "no", "where"), wantStatus: 1, wantStderr: "pgrestore: error: could not open output file \"" +
			filepath.Join(folder, "no", "where") + "\": No such file or directory\n"},
	} {
		p, stderr := program(t, append([]string{"pgrestore", "report"}, strings.Fields(tt.args)...)...)
		status := p.Main(context.Background())
		stdout := p.IO.Stdout.(*bytes.Buffer).String()
		if tt.wantStatus != status || !strings.Contains(stdout, tt.want) || tt.wantStderr != stderr.String() {
			t.Errorf("%s: want %q and %q, got exit status %d, messages %q, output\n%s", tt.args, tt.want, tt.wantStderr, status, stderr, stdout)
		}
	}
}
