package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgrestore/event"
	"pgrestore/internal/restore"
	"pgrestore/internal/verdict"
)

// Failures of a class that is harmless and of one that is not.
var (
	missingRole = event.Failure{StepID: event.StepID{ID: 1}, Kind: "TABLE", Name: "t", SQLState: "42704",
		Message: "role \"r\" does not exist", Statement: "ALTER TABLE t OWNER TO r;"}
	duplicateKey = event.Failure{StepID: event.StepID{ID: 2}, Kind: "TABLE DATA", Name: "t", SQLState: "23505",
		Message: "duplicate key value violates unique constraint \"k\"", Statement: "COPY t FROM stdin;"}
)

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		args     string
		failures []event.Failure
		unknown  int // errors that there are no events of
		err      error
		want     int
	}{
		{args: "", want: 0},
		{args: "", failures: []event.Failure{missingRole}, want: 1},
		{args: "--exit-code=strict", failures: []event.Failure{missingRole}, want: 1},
		{args: "--exit-code=verdict", want: 0},
		{args: "--exit-code=verdict", failures: []event.Failure{missingRole}, want: 3},
		{args: "--exit-code=verdict", failures: []event.Failure{missingRole, duplicateKey}, want: 1},
		{args: "--exit-code=verdict", failures: []event.Failure{missingRole}, unknown: 1, want: 1},
		{args: "--exit-code=verdict", failures: []event.Failure{missingRole}, err: restore.ErrStopped, want: 1},
		{args: "--exit-code=verdict", err: errors.New("out of luck"), want: 1},
		{args: "--ignore-errors=missing-role", failures: []event.Failure{missingRole}, want: 0},
		{args: "--ignore-errors=missing-role", failures: []event.Failure{missingRole, duplicateKey}, want: 1},
		{args: "--ignore-errors=missing-role,duplicate-key", failures: []event.Failure{missingRole, duplicateKey}, want: 0},
		{args: "--ignore-errors=missing-role", failures: []event.Failure{missingRole}, unknown: 1, want: 1},
		{args: "--ignore-errors=missing-role", failures: []event.Failure{missingRole}, err: restore.ErrStopped, want: 1},
		{args: "--ignore-errors=duplicate-key --exit-code=verdict", failures: []event.Failure{missingRole, duplicateKey}, want: 3},
	} {
		for _, mode := range []string{"--progress=none", "--progress=plain", "--progress=json"} {
			args := append([]string{"pgrestore", "-dx", mode}, strings.Fields(tt.args)...)
			p, _ := program(t, args...)
			p.Run = failing(tt.failures, tt.unknown, tt.err)
			if got := p.Main(context.Background()); tt.want != got {
				t.Errorf("%q, %d failures, %d unknown ones, %v: want %d, got %d", args, len(tt.failures), tt.unknown, tt.err, tt.want, got)
			}
		}
	}
}

// failing gives a Run with these failures, and errors that it does not tell of.
func failing(failures []event.Failure, unknown int, err error) func(context.Context, restore.Config, restore.IO, event.Sink) (restore.Result, error) {
	return func(_ context.Context, _ restore.Config, _ restore.IO, sink event.Sink) (restore.Result, error) {
		sink.Emit(event.Run{Schema: event.SchemaVersion})
		sink.Emit(event.Connected{})
		sink.Emit(event.Plan{Steps: 1, Weight: 1})
		for _, f := range failures {
			sink.Emit(f)
		}
		end := event.End{Outcome: event.Complete, Errors: len(failures) + unknown}
		if err != nil {
			end.Outcome = event.Stopped
		}
		sink.Emit(end)
		return restore.Result{Errors: end.Errors}, err
	}
}

// TestSummary holds who gets one, and that it comes last.
func TestSummary(t *testing.T) {
	for _, tt := range []struct {
		args string
		want bool
	}{
		{"pgrestore -dx", true},
		{"pgrestore -dx --progress=plain", true},
		{"pgrestore -dx --progress=json", false},
		{"pgrestore -dx --progress=none --exit-code=verdict", false},
		{"pg_restore -dx --progress=plain", false},
	} {
		p, stderr := program(t, strings.Fields(tt.args)...)
		p.Run = failing([]event.Failure{missingRole}, 0, nil)
		p.Main(context.Background())
		_, after, ok := strings.Cut(stderr.String(), "warning: errors ignored on restore: 1\n")
		if got := strings.HasPrefix(after, "pgrestore: restored "); !ok || tt.want != got {
			t.Errorf("%s: a summary: %t\n%s", tt.args, got, stderr)
		}
	}
}

func TestReportJSON(t *testing.T) {
	p, _ := program(t, "pgrestore", "-dx", "--progress=none", "--report-json=-")
	p.Run = failing([]event.Failure{missingRole}, 0, nil)
	p.Main(context.Background())
	var got verdict.Verdict
	if err := json.Unmarshal(p.IO.Stdout.(*bytes.Buffer).Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if want := verdict.Reservations; want != got.Judgement || len(got.Causes) != 1 {
		t.Errorf("want %s, got %+v", want, got)
	}
}
