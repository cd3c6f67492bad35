package inspect_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"pgrestore/event"
	"pgrestore/internal/archivetest"
	"pgrestore/internal/inspect"
	"pgrestore/toc"
)

// What is told while all data is read adds up, whatever the form of the archive
// and the number of readers.
func TestEventsOfDeep(t *testing.T) {
	for _, tt := range []struct {
		name   string
		format toc.Format
		stream bool
		broken bool
	}{
		{name: "custom"},
		{name: "custom, damaged", broken: true},
		{name: "custom stream", stream: true},
		{name: "directory", format: toc.FormatDirectory},
		{name: "tar", format: toc.FormatTar},
	} {
		for _, jobs := range []int{0, 1, 3} {
			t.Run(tt.name, func(t *testing.T) {
				a := sample()
				if tt.broken {
					noEnd(t, a)
				}
				var heard event.Recorder
				o, inout := inspect.Options{Deep: true, Jobs: jobs}, inspect.IO{Stdout: io.Discard, Sink: &heard}
				switch content := a.Custom; {
				case tt.format == toc.FormatDirectory:
					o.Input = t.TempDir()
					if err := a.WriteDirectory(o.Input); err != nil {
						t.Fatal(err)
					}
				case tt.format == toc.FormatTar:
					o.Input = write(t, a.Tar())
				case tt.stream:
					inout.Stdin = pipe(t, content())
				default:
					o.Input = write(t, content())
				}
				r, err := inspect.Inspect(t.Context(), o, inout)
				if err != nil {
					t.Fatal(err)
				}
				checkEvents(t, heard.Records(), r, tt.stream)
			})
		}
	}
}

// noEnd takes away the end of a table's data.
func noEnd(t *testing.T, a *archivetest.Archive) {
	t.Helper()
	for i := range a.Entries {
		if e := &a.Entries[i]; e.Tag == "orders" && len(e.Data) > 0 {
			e.Data = e.Data[:len(e.Data)/2]
			return
		}
	}
	t.Fatal("there is no such table")
}

func checkEvents(t *testing.T, records []event.Record, r *inspect.Report, stream bool) {
	t.Helper()
	var plan event.Plan
	var last event.Sample
	var end event.End
	running, failures := map[int]event.StepID{}, 0
	var bytes, rows int64
	for _, record := range records {
		switch e := record.Event.(type) {
		case event.Plan:
			plan = e
		case event.StepStarted:
			if of, busy := running[e.Connection]; busy {
				t.Errorf("reader %d takes %v and has %v", e.Connection, e.StepID, of)
			}
			running[e.Connection] = e.StepID
		case event.StepFinished:
			if running[e.Connection] != e.StepID {
				t.Errorf("reader %d ends %v, not %v", e.Connection, e.StepID, running[e.Connection])
			}
			delete(running, e.Connection)
			bytes += e.Bytes
			rows += e.Rows
		case event.Failure:
			failures++
		case event.Sample:
			last = e
		case event.End:
			end = e
		}
	}
	if want := (event.End{Outcome: event.Complete, Errors: len(r.Damage), Done: plan.Steps, Steps: r.Data.Entries}); end != want {
		t.Errorf("want %+v, got %+v", want, end)
	}
	if want := r.Data.Uncompressed.N; bytes != want || last.Bytes != want {
		t.Errorf("want %d bytes, got %d, and %d in the last sample", want, bytes, last.Bytes)
	}
	if want := r.Data.Rows.N; rows != want || last.Rows != want {
		t.Errorf("want %d rows, got %d, and %d in the last sample", want, rows, last.Rows)
	}
	// In a tar archive the share of each entry of large objects is a guess.
	if stream != (plan.Stored == 0) || !stream && len(r.Damage) == 0 && (last.Stored > plan.Stored || last.Stored < plan.Stored/2) {
		t.Errorf("planned to read %d bytes, read %d", plan.Stored, last.Stored)
	}
	if failures != len(r.Damage) || len(running) > 0 {
		t.Errorf("want %d errors, got %d; %d readers have no end", len(r.Damage), failures, len(running))
	}
}

// Where one core would have to decode most of the data alone, others help.
func TestDeepOnAllCores(t *testing.T) {
	// The result is the same; what the cores do is for measurements.
	a := sample()
	a.Compression = toc.CompressionZstd
	dir := filepath.Join(t.TempDir(), "folder")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := a.WriteDirectory(dir); err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{write(t, a.Custom()), dir} {
		one := inspected(t, inspect.Options{Input: input, Deep: true, Jobs: 1}, nil)
		all := inspected(t, inspect.Options{Input: input, Deep: true}, nil)
		if one.Data != all.Data || len(all.Damage) > 0 {
			t.Errorf("want %+v, got %+v with damage %v", one.Data, all.Data, all.Damage)
		}
	}
}
