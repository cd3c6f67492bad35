package verdict_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

// restore is a made-up restore: events with a second between them.
type restore struct {
	reader *verdict.Reader
	at     time.Duration
	errors int
	ended  bool
}

func newRestore(ignore ...verdict.Class) *restore {
	r := &restore{reader: verdict.NewReader(verdict.Options{Ignore: ignore})}
	r.read(event.Run{Schema: event.SchemaVersion, Program: "pgrestore 0.1.0", Archive: "a.dump"})
	r.read(event.Connected{Connection: 0, Database: "shop", Server: "18.1 (Debian 18.1-1)"})
	return r
}

func (r *restore) read(e event.Event) {
	r.reader.Read(event.Record{At: r.at, Event: e})
	r.at += time.Second
}

// step is an entry that starts and finishes.
func (r *restore) step(id int, kind, schema, name string) {
	r.read(event.StepStarted{StepID: event.StepID{ID: id}, Kind: kind, Schema: schema, Name: name, Class: event.Object})
	r.read(event.StepFinished{StepID: event.StepID{ID: id}})
}

// fail is an entry that starts and fails.
func (r *restore) fail(f event.Failure) {
	r.read(event.StepStarted{StepID: f.StepID, Kind: f.Kind, Schema: f.Schema, Name: f.Name, Class: event.Object})
	r.failAgain(f)
	r.read(event.StepFailed{StepID: f.StepID, Errors: 1})
}

// failAgain is one more error of an entry.
func (r *restore) failAgain(f event.Failure) {
	r.errors++
	r.read(f)
}

func (r *restore) verdict() verdict.Verdict {
	if !r.ended {
		r.read(event.End{Outcome: event.Complete, Errors: r.errors})
		r.ended = true
	}
	return r.reader.Verdict()
}

// failure makes an error of an entry.
func failure(id int, kind, name, state, message, statement string, needs ...int) event.Failure {
	return event.Failure{
		StepID: event.StepID{ID: id}, Kind: kind, Schema: "public", Name: name,
		SQLState: state, Severity: "ERROR", Message: message, Statement: statement,
		Text: "could not execute query: ERROR:  " + message, Needs: needs,
	}
}

func noRole(id int, role string) event.Failure {
	return failure(id, "TABLE", "a", "42704", `role "`+role+`" does not exist`, "ALTER TABLE public.a OWNER TO "+role+";")
}

func badData(id int) event.Failure {
	return failure(id, "TABLE DATA", "a", "23505", `duplicate key value violates unique constraint "a_pkey"`, "COPY public.a (id) FROM stdin;", 2)
}

func TestJudgement(t *testing.T) {
	for _, tt := range []struct {
		name     string
		failures []event.Failure
		ignore   []verdict.Class
		end      event.End
		want     verdict.Judgement
		strict   int
		verdict  int
		errors   verdict.Errors
	}{
		{name: "no errors", want: verdict.Clean},
		{
			name: "harmless", failures: []event.Failure{noRole(2, "app")},
			want: verdict.Reservations, strict: 1, verdict: 3, errors: verdict.Errors{Total: 1, Harmless: 1},
		},
		{
			name: "harmful", failures: []event.Failure{noRole(2, "app"), badData(3)},
			want: verdict.Incomplete, strict: 1, verdict: 1, errors: verdict.Errors{Total: 2, Harmless: 1, Harmful: 1},
		},
		{
			name: "ignored", failures: []event.Failure{noRole(2, "app"), noRole(4, "app")}, ignore: []verdict.Class{verdict.MissingRole},
			want: verdict.Clean, errors: verdict.Errors{Total: 2, Ignored: 2},
		},
		{
			name: "one class ignored", failures: []event.Failure{noRole(2, "app"), badData(3)}, ignore: []verdict.Class{verdict.MissingRole},
			want: verdict.Incomplete, strict: 1, verdict: 1, errors: verdict.Errors{Total: 2, Ignored: 1, Harmful: 1},
		},
		{
			name: "harmful ones ignored", failures: []event.Failure{badData(3)}, ignore: []verdict.Class{verdict.DuplicateKey},
			want: verdict.Clean, errors: verdict.Errors{Total: 1, Ignored: 1},
		},
		{
			name: "stopped", end: event.End{Outcome: event.Stopped, Error: "could not read from input file: end of file"},
			want: verdict.Unfinished, strict: 1, verdict: 1, errors: verdict.Errors{Total: 1, Harmful: 1},
		},
		{
			name: "stopped at an ignored error", failures: []event.Failure{noRole(2, "app")}, ignore: []verdict.Class{verdict.MissingRole},
			end:  event.End{Outcome: event.Stopped, Errors: 1},
			want: verdict.Unfinished, strict: 1, verdict: 1, errors: verdict.Errors{Total: 1, Ignored: 1},
		},
		{
			name: "cancelled", end: event.End{Outcome: event.Cancelled},
			want: verdict.Unfinished, strict: 1, verdict: 1,
		},
		{
			name: "errors that nobody told of", end: event.End{Outcome: event.Complete, Errors: 7},
			want: verdict.Incomplete, strict: 1, verdict: 1, errors: verdict.Errors{Total: 7, Harmful: 7},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore(tt.ignore...)
			for _, f := range tt.failures {
				r.fail(f)
			}
			if tt.end.Outcome != "" {
				r.read(tt.end)
				r.ended = true
			}
			v := r.verdict()
			if v.Judgement != tt.want {
				t.Errorf("want %q, got %q", tt.want, v.Judgement)
			}
			if v.Errors != tt.errors {
				t.Errorf("want %+v, got %+v", tt.errors, v.Errors)
			}
			if got := v.ExitStatus(verdict.Strict); got != tt.strict {
				t.Errorf("strict: want exit status %d, got %d", tt.strict, got)
			}
			if got := v.ExitStatus(verdict.ByVerdict); got != tt.verdict {
				t.Errorf("by verdict: want exit status %d, got %d", tt.verdict, got)
			}
		})
	}
}

// An entry counts once, whatever parts and attempts it is restored in, and not
// before its last part is done.
func TestStepsCountOnce(t *testing.T) {
	part := func(name string) event.StepID { return event.StepID{ID: 1, Part: name} }
	start := func(name string, class event.Class) event.Event {
		return event.StepStarted{StepID: part(name), Kind: "CONSTRAINT", Schema: "public", Name: "a_pkey", Class: class}
	}
	index := []event.Event{start("index", event.Index), event.StepFinished{StepID: part("index")}}
	constraint := []event.Event{start("constraint", event.Constraint), event.StepFinished{StepID: part("constraint")}}
	whole := []event.Event{start("", event.Constraint), event.StepFinished{StepID: part("")}}
	failed := []event.Event{start("", event.Constraint), event.StepFailed{StepID: part(""), Errors: 1}}
	for _, tt := range []struct {
		name   string
		events [][]event.Event
		want   [4]int // done, failed, skipped; constraints that are restored
	}{
		{"both parts", [][]event.Event{index, constraint}, [4]int{1, 0, 0, 1}},
		{"first part", [][]event.Event{index}, [4]int{0, 0, 0, 0}},
		{"as a whole after a part", [][]event.Event{
			{start("index", event.Index), event.StepRetried{StepID: part("index")}, event.StepSkipped{StepID: part("constraint")}}, whole,
		}, [4]int{1, 0, 0, 1}},
		{"a setting once more", [][]event.Event{index, constraint, whole}, [4]int{1, 0, 0, 1}},
		{"a setting that fails", [][]event.Event{index, constraint, failed}, [4]int{0, 1, 0, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			for _, events := range tt.events {
				for _, e := range events {
					r.read(e)
				}
			}
			v := r.reader.Verdict()
			got := [4]int{v.Done, v.Failed, v.Skipped, 0}
			for _, k := range v.Kinds {
				got[3] += k.Restored
			}
			ofClasses := 0
			for _, c := range v.Classes {
				ofClasses += c.Done
			}
			if tt.want != got || tt.want[0] != ofClasses {
				t.Errorf("want %v, got %v, and %d by class", tt.want, got, ofClasses)
			}
		})
	}
}

// Events that end before the restore does are no clean restore.
func TestNoEnd(t *testing.T) {
	r := newRestore()
	r.step(2, "TABLE", "public", "a")
	r.read(event.Plan{Steps: 3})
	r.read(event.StepStarted{StepID: event.StepID{ID: 3}, Kind: "TABLE DATA", Schema: "public", Name: "a", Class: event.Data})
	r.read(event.Sample{})
	v := r.reader.Verdict()
	if v.Judgement != verdict.Unfinished {
		t.Errorf("want %q, got %q", verdict.Unfinished, v.Judgement)
	}
	if want := "the restore was cut off, or still runs, after 1 of 3 steps: the database is incomplete"; want != v.Summary {
		t.Errorf("want %q, got %q", want, v.Summary)
	}
	// What was under way took time, too.
	if n := len(v.Classes); n != 2 || v.Classes[1].Seconds != 1 {
		t.Errorf("want a second for data, got %+v", v.Classes)
	}
}

// Rows that were loaded count, whatever else of their step failed.
func TestRowsOfFailedSteps(t *testing.T) {
	r := newRestore()
	id := event.StepID{ID: 1}
	r.read(event.StepStarted{StepID: id, Kind: "TABLE DATA", Schema: "public", Name: "p", Class: event.Data})
	r.failAgain(failure(1, "TABLE DATA", "p", "42501", "must be superuser", "ALTER TABLE public.p DISABLE TRIGGER ALL;"))
	r.read(event.StepFailed{StepID: id, Errors: 1, Rows: 1000, Bytes: 4000})
	v := r.verdict()
	if v.Rows != 1000 || v.Bytes != 4000 {
		t.Errorf("want 1000 rows and 4000 bytes, got %d and %d", v.Rows, v.Bytes)
	}
	for _, c := range v.Classes {
		if c.Rows != 1000 || c.Bytes != 4000 {
			t.Errorf("of the class want 1000 rows and 4000 bytes, got %d and %d", c.Rows, c.Bytes)
		}
	}
}

// A materialized view that was refreshed lacks what its tables lack: it is named
// with what they lack it for.
func TestStale(t *testing.T) {
	r := newRestore()
	refresh := func(id int, name string, reads ...int) {
		step := event.StepID{ID: id}
		r.read(event.StepStarted{
			StepID: step, Kind: "MATERIALIZED VIEW DATA", Schema: "public", Name: name, Class: event.Refresh, Reads: reads,
		})
		r.read(event.StepFinished{StepID: step})
	}
	r.step(2, "TABLE", "public", "a")
	r.step(3, "TABLE", "public", "b")
	r.fail(failure(4, "TABLE", "c", "42P07", `relation "c" already exists`, "CREATE TABLE public.c (id integer);"))
	r.fail(badData(10))
	r.read(event.StepSkipped{StepID: event.StepID{ID: 13}, Kind: "TABLE DATA", Schema: "public", Name: "c", Reason: "its table could not be made"})
	refresh(11, "of_a", 2, 3, 4)
	refresh(12, "of_b", 3)
	v := r.verdict()
	if len(v.Causes) != 2 || v.Causes[1].Class != verdict.DuplicateKey {
		t.Fatalf("want two causes, got %+v", v.Causes)
	}
	if got := v.Causes[0].Stale; len(got) != 1 || got[0].Name != "of_a" || got[0].Because != "data of table public.c" {
		t.Errorf("want it because of the data that was left out, too, got %+v", got)
	}
	want := []verdict.Object{{ID: 11, Kind: "MATERIALIZED VIEW DATA", Schema: "public", Name: "of_a", Because: "data of table public.a"}}
	if got := v.Causes[1].Stale; !slices.Equal(want, got) {
		t.Errorf("want %+v, got %+v", want, got)
	}
	if v.Causes[1].Consequences.Count != 0 || v.Errors.Total != 2 {
		t.Errorf("want it to be no error, got %+v", v.Errors)
	}
	text := verdict.Text(v, verdict.TextOptions{})
	if line := "also missing in data of materialized view public.of_a\n"; !strings.Contains(text, line) {
		t.Errorf("want %q in\n%s", line, text)
	}
}
