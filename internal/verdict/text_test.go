package verdict_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

func textOf(v verdict.Verdict, width int) string {
	return verdict.Text(v, verdict.TextOptions{Program: "pgrestore", Width: width})
}

// load is a table's data that is loaded.
func (r *restore) load(id int, name string, rows, bytes int64) {
	r.read(event.StepStarted{StepID: event.StepID{ID: id}, Kind: "TABLE DATA", Schema: "public", Name: name, Class: event.Data})
	r.read(event.StepFinished{StepID: event.StepID{ID: id}, Rows: rows, Bytes: bytes})
}

func TestText(t *testing.T) {
	for _, tt := range []struct {
		name  string
		width int
		make  func(r *restore)
		want  string
	}{
		{
			name: "clean", width: 100,
			make: func(r *restore) {
				r.read(event.Plan{Steps: 2})
				r.step(1, "TABLE", "public", "a")
				r.load(2, "a", 1_204_331, 2<<30)
			},
			want: "pgrestore: restored 1 object, 1,204,331 rows (2.0 GB) in 7.0 s, without errors\n  time: definitions 1.0 s, data 1.0 s\n",
		},
		{
			name: "harmless", width: 100,
			make: func(r *restore) {
				r.step(1, "TABLE", "public", "a")
				r.fail(noRole(2, "app"))
				r.fail(noRole(3, "report"))
			},
			want: `pgrestore: restored 3 objects in 10.0 s
pgrestore: the database can be used, with reservations: 2 harmless errors
  time: definitions 5.0 s
  Harmless:
  2  roles "app", "report" do not exist (missing-role, 42704)
     objects belong to the role that restored them
     in table public.a, table public.a
     hint: create the missing roles ("app", "report") first, or use --no-owner and --no-privileges
`,
		},
		{
			name: "harmful", width: 80,
			make: func(r *restore) {
				r.fail(failure(1, "EXTENSION", "postgis", "0A000", `extension "postgis" is not available`, "CREATE EXTENSION postgis;"))
				for id := range 12 {
					r.fail(failure(id+10, "TABLE", "road", "42704", `type "public.geometry" does not exist`, "CREATE TABLE public.road ();", 1))
				}
				r.fail(failure(3, "TABLE DATA", "a", "23505", "duplicate key value violates unique constraint \"a_pkey\"", "COPY public.a (id) FROM stdin;"))
				r.fail(failure(4, "COMMENT", "EXTENSION plpgsql", "42501", "must be owner of extension plpgsql", "COMMENT ON EXTENSION plpgsql IS 'x';"))
			},
			want: `pgrestore: restored 0 objects in 47.0 s
pgrestore: the database is incomplete: 14 harmful errors of 2 kinds, 1 harmless
  error
  time: definitions 30.0 s
  Harmful:
  1  extension "postgis" is not available (missing-extension, 0A000)
     its types, functions and operators are missing
     in extension public.postgis
     led to 12 more errors: table public.road, table public.road, table
       public.road, table public.road and 8 more
     hint: install the package postgresql-18-postgis-3 (Debian; others have
       similar names) on the server's machine
  1  rows violate a unique key (duplicate-key, 23505)
     a COPY that fails loads no row of its table
     in data of table public.a
     first: duplicate key value violates unique constraint "a_pkey"
     hint: if the tables had rows before, restore into an empty database; if the
       archive's own rows are duplicates, the source had a damaged index: clean
       them and make the key by hand
  Harmless:
  1  only its owner may comment on an extension (not-owner-of-extension, 42501)
     the extension is there and only its comment was not written
     in comment on extension public.plpgsql
     first: must be owner of extension plpgsql
     hint: nothing needs to be done; --no-comments leaves comments out
`,
		},
		{
			name: "stopped", width: 100,
			make: func(r *restore) {
				r.read(event.Plan{Steps: 412})
				r.step(1, "TABLE", "public", "a")
				r.read(event.End{Outcome: event.Stopped, Error: "could not read from input file: end of file"})
				r.ended = true
			},
			want: `pgrestore: restored 1 object in 5.0 s
pgrestore: the restore stopped before its end after 1 of 412 steps: the database is incomplete, 1
  harmful error
  time: definitions 1.0 s
  stopped: could not read from input file: end of file
  Harmful:
  1  the archive cannot be read (archive-damaged)
     data that it holds was not restored
     hint: get the archive again, or leave out what is damaged with -L
`,
		},
		{
			name: "rolled back", width: 100,
			make: func(r *restore) {
				r.read(event.Run{Schema: 1, Options: []string{"--single-transaction"}})
				r.read(event.Plan{Steps: 412})
				r.step(1, "TABLE", "public", "a")
				r.read(event.End{Outcome: event.Cancelled, Error: "terminated by user"})
				r.ended = true
			},
			want: "pgrestore: the restore was cancelled and was rolled back: nothing of it is in the database\n",
		},
		{
			name: "no connection", width: 100,
			make: func(r *restore) {
				r.read(event.End{Outcome: event.Stopped, Error: "connection to server at \"x\" failed"})
				r.ended = true
			},
			want: "pgrestore: nothing was restored: the restore did not begin\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			tt.make(r)
			if diff := cmp.Diff(tt.want, textOf(r.verdict(), tt.width)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// No line is wider than asked for, unless a single word is.
func TestWidth(t *testing.T) {
	r := newRestore()
	r.read(event.Plan{Steps: 41})
	for _, f := range realErrors(t) {
		r.fail(f)
	}
	v := r.verdict()
	for width := 40; width <= 120; width++ {
		for _, line := range strings.Split(textOf(v, width), "\n") {
			n, words := utf8.RuneCountInString(line), strings.Fields(line)
			if n > min(width, 100) && len(words) > 1 && utf8.RuneCountInString(words[0]) < 20 {
				t.Errorf("width %d: %d columns in %q", width, n, line)
			}
		}
	}
}

// What a terminal would obey or misread never gets there.
func TestControlCharacters(t *testing.T) {
	r := newRestore()
	r.fail(failure(1, "TABLE", "a\x1b[31mb\nc\u202ed", "XX000", "line\r\nthe \x1b]0;title\x07 end", "CREATE TABLE ..."))
	text := textOf(r.verdict(), 100)
	if strings.ContainsAny(text, "\x1b\r\x07\u202e") {
		t.Errorf("%q", text)
	}
}

// Lines of messages stay apart, long names keep their ends, and a hint that
// stands above is referred to.
func TestReadable(t *testing.T) {
	long := failure(1, "TABLE", "orders", "42501", "permission denied", "CREATE TABLE a.orders ();")
	long.Schema = strings.Repeat("very_long_", 6)
	function := failure(2, "FUNCTION", "f("+strings.Repeat("integer, ", 9)+"text)", "XX000", "first line\n\tsecond line", "CREATE FUNCTION public.f() ...")
	r := newRestore()
	r.fail(long)
	r.fail(function)
	r.fail(failure(3, "SCHEMA", "public", "42P06", "", "CREATE SCHEMA public;"))
	r.fail(failure(4, "COMMENT", "TABLE a", "42501", "", "COMMENT ON TABLE public.a IS 'b';"))
	r.fail(failure(5, "COMMENT", "EXTENSION a", "42501", "", "COMMENT ON EXTENSION a IS 'b';"))
	text := textOf(r.verdict(), 100)
	for _, want := range []string{
		"in table very_long...long_very_long_very_long_very_long_.orders\n",
		"in function public.f(...)\n",
		"first: first line; second line\n",
		"hint: as above\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
}

func TestColors(t *testing.T) {
	r := newRestore()
	r.step(1, "TABLE", "public", "a")
	o := verdict.TextOptions{Colors: verdict.Colors{Good: "\x1b[32m"}}
	if want, got := "\x1b[32mrestored 1 object in 4.0 s, without errors\x1b[0m\n  time: definitions 1.0 s\n", verdict.Text(r.verdict(), o); want != got {
		t.Errorf("want %q, got %q", want, got)
	}
}

// Steps that share a connection's time share it evenly, and a connection's
// time is counted once.
func TestTimes(t *testing.T) {
	r := verdict.NewReader(verdict.Options{})
	at := func(seconds float64, e event.Event) {
		r.Read(event.Record{At: time.Duration(seconds * float64(time.Second)), Event: e})
	}
	start := func(id, connection int, class event.Class) event.StepStarted {
		return event.StepStarted{StepID: event.StepID{ID: id}, Connection: connection, Kind: "TABLE", Class: class}
	}
	end := func(id, connection int) event.StepFinished {
		return event.StepFinished{StepID: event.StepID{ID: id}, Connection: connection, Rows: 1, Bytes: 10}
	}
	at(0, event.Stage{Name: "objects"})
	at(1, start(1, 0, event.Object)) // two in one message
	at(1, start(2, 0, event.Privilege))
	at(3, end(1, 0))
	at(3, end(2, 0))
	at(4, event.Stage{Name: "main"})
	at(4, start(3, 0, event.Data))
	at(5, start(4, 1, event.Index))
	at(6, event.LaneStarted{StepID: event.StepID{ID: 3}, Connection: 2})
	at(8, event.LaneFinished{StepID: event.StepID{ID: 3}, Connection: 2})
	at(9, event.StepRetried{StepID: event.StepID{ID: 4}, Connection: 1})
	at(10, start(4, 1, event.Index))
	at(11, end(3, 0))
	at(12, end(4, 1))
	at(13, event.End{Outcome: event.Complete})
	v := r.Verdict()
	wantClasses := []verdict.ClassOfWork{
		{Class: event.Object, Done: 1, Seconds: 1, Rows: 1, Bytes: 10},
		{Class: event.Data, Done: 1, Seconds: 7 + 2, Rows: 1, Bytes: 10},
		{Class: event.Index, Done: 1, Seconds: 4 + 2, Rows: 1, Bytes: 10},
		{Class: event.Privilege, Done: 1, Seconds: 1, Rows: 1, Bytes: 10},
	}
	if diff := cmp.Diff(wantClasses, v.Classes); diff != "" {
		t.Error(diff)
	}
	wantStages := []verdict.Stage{{Name: "objects", Seconds: 4}, {Name: "main", Start: 4, Seconds: 9}}
	if diff := cmp.Diff(wantStages, v.Stages); diff != "" {
		t.Error(diff)
	}
	if v.Retries != 1 || v.Seconds != 13 {
		t.Errorf("%d retries in %g s", v.Retries, v.Seconds)
	}
}

// An entry that is restored in two steps is one object, and restored only if
// both succeed.
func TestKinds(t *testing.T) {
	r := newRestore()
	part := func(id int, part string) event.StepStarted {
		return event.StepStarted{StepID: event.StepID{ID: id, Part: part}, Kind: "CONSTRAINT", Class: event.Index}
	}
	for _, p := range []string{"index", "constraint"} {
		r.read(part(1, p))
		r.read(event.StepFinished{StepID: event.StepID{ID: 1, Part: p}})
	}
	r.read(part(2, "index"))
	r.read(event.StepFinished{StepID: event.StepID{ID: 2, Part: "index"}})
	r.read(part(2, "constraint"))
	r.read(event.StepFailed{StepID: event.StepID{ID: 2, Part: "constraint"}, Errors: 1}) // its error follows, as with -j
	r.failAgain(failure(2, "CONSTRAINT", "b", "23505", "", "ALTER TABLE b ADD CONSTRAINT b UNIQUE USING INDEX b;"))
	r.load(3, "a", 5, 50)
	r.fail(noRole(4, "app"))
	r.fail(failure(5, "COMMENT", "SCHEMA public", "42501", "", "COMMENT ON SCHEMA public IS 'x';"))
	r.fail(failure(6, "SCHEMA", "public", "42P06", "", "CREATE SCHEMA public;")) // the one that was there before
	v := r.verdict()
	want := []verdict.Kind{
		{Kind: "COMMENT", Failed: 1},
		{Kind: "CONSTRAINT", Restored: 1, Failed: 1},
		{Kind: "SCHEMA", Failed: 1},
		{Kind: "TABLE", Flawed: 1},
		{Kind: "TABLE DATA", Restored: 1},
	}
	if diff := cmp.Diff(want, v.Kinds); diff != "" {
		t.Error(diff)
	}
	if v.Objects != 2 {
		t.Errorf("want 2 objects, got %d", v.Objects)
	}
}
