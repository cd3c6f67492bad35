package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// refuses makes a server that refuses queries that begin with a text.
func refuses(s *fakeServer, begin, code, message string) {
	before := s.react
	s.react = func(c *fakeConn, query string) bool {
		if strings.HasPrefix(query, begin) {
			return c.refuse(code, message)
		}
		return before != nil && before(c, query)
	}
}

func TestSerial(t *testing.T) {
	var a archive
	a.add("SCHEMA", "s", "CREATE SCHEMA s;\n")
	table := a.table("t")
	a.copyInto("t", strings.NewReader(rows(3)), table)
	other := a.table("u")
	a.insertInto("u", "INSERT INTO s.u VALUES (1);\nINSERT INTO s.u VALUES ('a;b');\n\n\n", other)
	a.add("INDEX", "i", "CREATE INDEX i ON s.t (a);\n", table)
	for _, chunk := range []int{0, 1, 7} {
		s := newFakeServer(t)
		s.chunk = chunk
		o := run(t, a.job(s))
		if o.err != nil || o.result.Errors != 0 {
			t.Fatalf("crumbs of %d: %v, %d errors", chunk, o.err, o.result.Errors)
		}
		want := []string{
			"CREATE SCHEMA s;", "CREATE TABLE s.t ();", "COPY s.t FROM stdin;", "CREATE TABLE s.u ();",
			"INSERT INTO s.u VALUES (1);", "INSERT INTO s.u VALUES ('a;b');", "CREATE INDEX i ON s.t (a);",
		}
		if diff := cmp.Diff(want, s.queries()); diff != "" {
			t.Errorf("crumbs of %d: %s", chunk, diff)
		}
		if want, got := rows(3), s.copiedInto("COPY s.t FROM stdin;\n"); want != got {
			t.Errorf("crumbs of %d: want data %q, got %q", chunk, want, got)
		}
	}
}

// Notes, notices and errors come in the order of what they are about, however
// far the sending is ahead.
func TestOrderOfMessages(t *testing.T) {
	var a archive
	one := a.table("one")
	two := a.table("two")
	a.copyInto("one", strings.NewReader(rows(1)), one)
	a.copyInto("two", strings.NewReader(rows(1)), two)
	s := newFakeServer(t)
	s.chunk = 3
	s.react = func(c *fakeConn, query string) bool {
		switch {
		case strings.HasPrefix(query, "CREATE TABLE s.one"):
			c.notice("first")
			c.notice("second")
			return false
		case strings.HasPrefix(query, "CREATE TABLE s.two"):
			c.notice("before the error")
			c.fail("ERROR", "42P07", "relation \"two\" already exists")
			c.notice("after the error")
			_ = c.ready()
			return true
		case strings.HasPrefix(query, "COPY s.two"):
			return c.refuse("42501", "permission denied")
		}
		return false
	}
	o := run(t, a.job(s))
	if o.err != nil {
		t.Fatal(o.err)
	}
	want := []string{
		`I creating TABLE "s.one"`,
		"I WARNING:  first",
		"I WARNING:  second",
		`I creating TABLE "s.two"`,
		"I WARNING:  before the error",
		"I WARNING:  after the error",
		"I while PROCESSING TOC:",
		"I from TOC entry 2; 0 0 TABLE two ",
		"E could not execute query: ERROR:  relation \"two\" already exists\nCommand was: CREATE TABLE s.two ();",
		`I processing data for table "s.one"`,
		`I processing data for table "s.two"`,
		"I from TOC entry 4; 0 0 TABLE DATA two ",
		"E could not execute query: ERROR:  permission denied\nCommand was: COPY s.two FROM stdin;",
	}
	if diff := cmp.Diff(want, o.from("I executing SELECT pg_catalog.set_config('search_path', '', false);")); diff != "" {
		t.Error(diff)
	}
	if want, got := 2, o.result.Errors; want != got {
		t.Errorf("want %d errors, got %d", want, got)
	}
}

func TestErrorsWhileInitializing(t *testing.T) {
	var a archive
	a.table("t")
	s := newFakeServer(t)
	refuses(s, "SET transaction_timeout", "42704", "unrecognized configuration parameter")
	refuses(s, "CREATE TABLE", "42501", "permission denied")
	o := run(t, a.job(s))
	want := []string{
		"I while INITIALIZING:",
		"E could not execute query: ERROR:  unrecognized configuration parameter\nCommand was: SET transaction_timeout = 0;",
		`I creating TABLE "s.t"`,
		"I while PROCESSING TOC:",
		"I from TOC entry 1; 0 0 TABLE t ",
		"E could not execute query: ERROR:  permission denied\nCommand was: CREATE TABLE s.t ();",
	}
	if diff := cmp.Diff(want, o.from("I executing SELECT pg_catalog.set_config('search_path', '', false);")); diff != "" {
		t.Error(diff)
	}
}

// A COPY that is refused at once leaves data on its way, which the server
// passes over; what comes next goes through.
func TestCopyRefusedAtStart(t *testing.T) {
	for _, lines := range []int{1, 100, 200_000} {
		var a archive
		table := a.table("t")
		a.copyInto("t", strings.NewReader(rows(lines)), table)
		a.add("INDEX", "i", "CREATE INDEX i ON s.t (a);\n", table)
		s := newFakeServer(t)
		refuses(s, "COPY", "42P01", "no such table")
		o := run(t, a.job(s))
		if o.err != nil || o.result.Errors != 1 {
			t.Fatalf("%d lines: %v, %d errors", lines, o.err, o.result.Errors)
		}
		want := []string{"CREATE TABLE s.t ();", "COPY s.t FROM stdin;", "CREATE INDEX i ON s.t (a);"}
		if diff := cmp.Diff(want, s.queries()); diff != "" {
			t.Errorf("%d lines: %s", lines, diff)
		}
		if s.strays == 0 {
			t.Errorf("%d lines: want stray messages, got none: the test does not test", lines)
		}
	}
}

func TestCopyFailsInTheMiddle(t *testing.T) {
	var a archive
	table := a.table("t")
	a.copyInto("t", strings.NewReader(rows(200_000)), table)
	a.add("INDEX", "i", "CREATE INDEX i ON s.t (a);\n", table)
	s := newFakeServer(t)
	s.react = func(c *fakeConn, query string) bool {
		if !strings.HasPrefix(query, "COPY") {
			return false
		}
		if c.beginCopy() != nil {
			return c.drop()
		}
		if _, err := c.Receive(); err != nil {
			return c.drop()
		}
		return c.refuse("22P02", "invalid input syntax for type integer: \"x\"")
	}
	o := run(t, a.job(s))
	if o.err != nil || o.result.Errors != 1 {
		t.Fatalf("%v, %d errors", o.err, o.result.Errors)
	}
	want := []string{"E COPY failed for table \"t\": ERROR:  invalid input syntax for type integer: \"x\""}
	if diff := cmp.Diff(want, o.only("E")); diff != "" {
		t.Error(diff)
	}
	if got := s.queries(); got[len(got)-1] != "CREATE INDEX i ON s.t (a);" {
		t.Errorf("want the restore to go on, got %q", got)
	}
}

func TestConnectionLost(t *testing.T) {
	copying := func(c *fakeConn) bool {
		_ = c.beginCopy()
		_, _ = c.Receive()
		return c.drop()
	}
	fatal := func(c *fakeConn) bool {
		c.fail("FATAL", "57P01", "terminating connection due to administrator command")
		return c.drop()
	}
	for _, tt := range []struct {
		name, at string
		how      func(c *fakeConn) bool
		want     string // in the error
	}{
		{"at a query", "CREATE TABLE s.t", (*fakeConn).drop, "could not execute query: server closed the connection unexpectedly"},
		{"at the start of COPY", "COPY", (*fakeConn).drop, "could not execute query: server closed the connection unexpectedly"},
		{"in the middle of COPY", "COPY", copying, "server closed the connection unexpectedly"},
		{"told", "CREATE TABLE s.t", fatal, "FATAL:  terminating connection due to administrator command"},
		{"in the middle of a reply", "CREATE TABLE s.t", func(c *fakeConn) bool {
			_, _ = c.net.Write([]byte{'E', 0, 0, 1})
			return c.drop()
		}, "server closed the connection unexpectedly"},
		{"nonsense", "CREATE TABLE s.t", func(c *fakeConn) bool {
			_, _ = c.net.Write([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
			return c.drop()
		}, "could not execute query: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var a archive
			table := a.table("t")
			a.copyInto("t", strings.NewReader(rows(200_000)), table)
			for range 300 { // more than are on their way at once
				a.add("INDEX", "i", "CREATE INDEX i ON s.t (a);\n", table)
			}
			s := newFakeServer(t)
			s.react = func(c *fakeConn, query string) bool {
				return strings.HasPrefix(query, tt.at) && tt.how(c)
			}
			job := a.job(s)
			o := run(t, job)
			if o.err == nil {
				t.Error("want an error, got none")
			}
			got := o.only("E")
			if len(got) != 1 || !strings.Contains(got[0], tt.want) {
				t.Errorf("want one error with %q, got %q", tt.want, got)
			}
			if last := o.lines[len(o.lines)-1]; !strings.HasPrefix(last, "E ") {
				t.Errorf("want the error to be the last line, got %q", last)
			}
			for _, r := range job.Sink.(*event.Recorder).Records() {
				if f, ok := r.Event.(event.Failure); ok && f.Cause != event.Connection {
					t.Errorf("want cause %q, got %q", event.Connection, f.Cause)
				}
			}
		})
	}
}

// With -e nothing is sent after the statement that fails.
func TestExitOnError(t *testing.T) {
	var a archive
	table := a.table("t")
	a.table("u")
	a.copyInto("t", strings.NewReader(rows(1)), table)
	s := newFakeServer(t)
	refuses(s, "CREATE TABLE s.t", "42501", "permission denied")
	job := a.job(s)
	job.ExitOnError = true
	o := run(t, job)
	var stopped *Stopped
	if !errors.As(o.err, &stopped) {
		t.Errorf("want Stopped, got %v", o.err)
	}
	if diff := cmp.Diff([]string{"CREATE TABLE s.t ();"}, s.queries()); diff != "" {
		t.Error(diff)
	}
	if last := o.lines[len(o.lines)-1]; !strings.HasPrefix(last, "E ") {
		t.Errorf("want the error to be the last line, got %q", last)
	}
}

// A single transaction is sent without waiting, for the server undoes what
// follows an error. Nothing may be told of what follows, though.
func TestSingleTransactionEndsWithItsError(t *testing.T) {
	var a archive
	for _, name := range []string{"t", "u", "v", "w"} {
		a.table(name)
	}
	a.add("WARNING", "w", "hmm")
	s := newFakeServer(t)
	refuses(s, "CREATE TABLE s.u", "42501", "permission denied")
	job := a.job(s)
	job.ExitOnError, job.Options.SingleTransaction = true, true
	o := run(t, job)
	want := []string{
		`I creating TABLE "s.t"`,
		`I creating TABLE "s.u"`,
		"I while PROCESSING TOC:",
		"I from TOC entry 2; 0 0 TABLE u ",
		"E could not execute query: ERROR:  permission denied\nCommand was: CREATE TABLE s.u ();",
	}
	if diff := cmp.Diff(want, o.from("I executing SELECT pg_catalog.set_config('search_path', '', false);")); diff != "" {
		t.Error(diff)
	}
}

// Where a large object can not be opened, pg_restore ends at once: nothing that
// follows may be restored. Small ones take one statement where the server has
// the function for it, and fail in the same way.
func TestLargeObjectThatCanNotBeOpened(t *testing.T) {
	for _, tt := range []struct{ version, opens string }{
		{"9.3.25", "SELECT pg_catalog.lo_open('16400'"},
		{"18.0", "SELECT pg_catalog.lo_put($1"},
	} {
		var a archive
		table := a.table("t")
		a.blobs(object{16400, "one"}, object{16401, strings.Repeat("two", 20_000)})
		a.add("INDEX", "i", "CREATE INDEX i ON s.t (a);\n", table)
		s := newFakeServer(t)
		s.version = tt.version
		refuses(s, tt.opens, "42704", "large object 16400 does not exist")
		o := run(t, a.job(s))
		if want := "could not open large object 16400: ERROR:  large object 16400 does not exist\n"; o.err == nil || want != o.err.Error() {
			t.Errorf("server %s: want error %q, got %v", tt.version, want, o.err)
		}
		for _, q := range s.queries() {
			if strings.HasPrefix(q, "CREATE INDEX") {
				t.Errorf("server %s: restored after the end: %q", tt.version, q)
			}
		}
		if diff := cmp.Diff("I restoring large object with OID 16400", o.lines[len(o.lines)-1]); diff != "" {
			t.Errorf("server %s: last line: %s", tt.version, diff)
		}
	}
}

// One that can be opened but not be written is an error that the restore
// survives.
func TestLargeObjectThatCanNotBeWritten(t *testing.T) {
	var a archive
	a.blobs(object{16400, "one"})
	s := newFakeServer(t)
	refuses(s, "SELECT pg_catalog.lo_put($1", "53100", "disk full")
	o := run(t, a.job(s))
	if o.err != nil || o.result.Errors != 1 {
		t.Errorf("want one error, got %d and %v", o.result.Errors, o.err)
	}
	want := "E could not write to large object: ERROR:  disk full"
	if !slices.ContainsFunc(o.lines, func(l string) bool { return strings.HasPrefix(l, want) }) {
		t.Errorf("want %q, got %q", want, o.lines)
	}
}

// A table whose DROP failed, as all do in an empty database, can still be made,
// and its data restored.
func TestDropThatFailsLeavesTheDataAlone(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		for _, grouped := range []bool{false, true} {
			var a archive
			for _, name := range []string{"t", "u"} {
				table := a.table(name)
				a.last().Drop, a.last().Null = "DROP TABLE s."+name+";\n", a.last().Null&^toc.FieldDrop
				a.copyInto(name, strings.NewReader(rows(1)), table)
			}
			s := newFakeServer(t)
			refuses(s, "DROP TABLE", "42P01", "table does not exist")
			job := a.job(s)
			job.Options.Clean, job.NoDataForFailedTables, job.Ungrouped, job.Jobs = true, true, !grouped, jobs
			o := run(t, job)
			if o.err != nil || o.result.Errors != 2 {
				t.Errorf("%d jobs, grouped %t: %v, %d errors", jobs, grouped, o.err, o.result.Errors)
			}
			// pg_restore takes the table that the last error was about for failed;
			// here, that is the first one.
			if got := s.copiedInto("COPY s.u FROM stdin;\n"); got == "" {
				t.Errorf("%d jobs, grouped %t: the data of u was not restored: %q", jobs, grouped, o.lines)
			}
		}
	}
}

func TestNoDataForFailedTables(t *testing.T) {
	for _, jobs := range []int{1, 3} {
		var a archive
		for _, name := range []string{"t", "u"} {
			table := a.table(name)
			a.copyInto(name, strings.NewReader(rows(1)), table)
		}
		s := newFakeServer(t)
		refuses(s, "CREATE TABLE s.t", "42501", "permission denied")
		job := a.job(s)
		job.NoDataForFailedTables, job.Jobs = true, jobs
		o := run(t, job)
		if o.err != nil || o.result.Errors != 1 {
			t.Errorf("%d jobs: %v, %d errors", jobs, o.err, o.result.Errors)
		}
		if got := s.copiedInto("COPY s.t FROM stdin;\n"); got != "" {
			t.Errorf("%d jobs: data went into the table that could not be made: %q", jobs, got)
		}
		if got := s.copiedInto("COPY s.u FROM stdin;\n"); got == "" {
			t.Errorf("%d jobs: the other table's data was not restored", jobs)
		}
	}
}

// An archive that turns out broken ends the restore, and no half of a table
// stays: the COPY must not be ended as if it were complete.
func TestBrokenData(t *testing.T) {
	broken := errors.New("could not uncompress data")
	for _, size := range []int{0, 10, copyBlock, 10 * copyBlock} {
		var a archive
		table := a.table("t")
		a.copyInto("t", breaking(size, broken), table)
		a.add("INDEX", "i", "CREATE INDEX i ON s.t (a);\n", table)
		s := newFakeServer(t)
		o := run(t, a.job(s))
		if !errors.Is(o.err, broken) {
			t.Errorf("after %d bytes: want %v, got %v", size, broken, o.err)
		}
		if _, complete := s.copied["COPY s.t FROM stdin;\n"]; complete {
			t.Errorf("after %d bytes: the COPY was completed", size)
		}
		for _, q := range s.queries() {
			if strings.HasPrefix(q, "CREATE INDEX") {
				t.Errorf("after %d bytes: restored after the end: %q", size, q)
			}
		}
	}
}

// What went wrong before the archive did is told all the same.
func TestErrorsBeforeBrokenData(t *testing.T) {
	broken := errors.New("could not uncompress data")
	for _, jobs := range []int{1, 2} {
		for _, size := range []int{-1, 0, copyBlock, 10 * copyBlock} {
			var a archive
			a.table("u")
			table := a.table("t")
			if size < 0 {
				id := a.copyInto("t", nil, table)
				delete(a.data, id) // can not even be opened
			} else {
				a.copyInto("t", breaking(size, broken), table)
			}
			s := newFakeServer(t)
			s.chunk = 1
			refuses(s, "CREATE TABLE s.u", "42501", "permission denied")
			job := a.job(s)
			job.Jobs = jobs
			o := run(t, job)
			if o.err == nil || size >= 0 && !errors.Is(o.err, broken) {
				t.Errorf("%d jobs, after %d bytes: want %v, got %v", jobs, size, broken, o.err)
			}
			want := []string{"E could not execute query: ERROR:  permission denied\nCommand was: CREATE TABLE s.u ();"}
			if diff := cmp.Diff(want, o.only("E")); diff != "" {
				t.Errorf("%d jobs, after %d bytes: %s", jobs, size, diff)
			}
		}
	}
}

func TestReconnect(t *testing.T) {
	var a archive
	a.add("DATABASE", "shop", "CREATE DATABASE shop;\n")
	a.table("t")
	s := newFakeServer(t)
	s.react = func(c *fakeConn, query string) bool {
		want := 1
		if strings.HasPrefix(query, "CREATE TABLE") {
			want = 2
		}
		if strings.HasPrefix(query, "CREATE") && want != c.id {
			t.Errorf("%q: want connection %d, got %d", query, want, c.id)
		}
		return false
	}
	o := run(t, a.job(s))
	if o.err != nil || o.result.Errors != 0 {
		t.Errorf("%v, %d errors", o.err, o.result.Errors)
	}
	if diff := cmp.Diff([]string{"CREATE DATABASE shop;", "CREATE TABLE s.t ();"}, s.queries()); diff != "" {
		t.Error(diff)
	}
}

func TestNotConnected(t *testing.T) {
	refused := errors.New("connection refused")
	var a archive
	a.table("t")
	for _, jobs := range []int{1, 2} {
		job := a.job(newFakeServer(t))
		job.Jobs = jobs
		job.Connect = func(context.Context, string) (*pgconn.PgConn, error) { return nil, refused }
		if o := run(t, job); !errors.Is(o.err, refused) {
			t.Errorf("%d jobs: want %v, got %v", jobs, refused, o.err)
		}
	}
}

func TestNothingToDo(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		var a archive
		s := newFakeServer(t)
		job := a.job(s)
		job.Jobs = jobs
		job.Plan = plan.New(job.TOC, nil, nil)
		o := run(t, job)
		if o.err != nil || o.result.Errors != 0 || len(s.queries()) > 0 {
			t.Errorf("%d jobs: %v, %d errors, %q", jobs, o.err, o.result.Errors, s.queries())
		}
	}
}

// What was committed before an error has to last: the end of the restore waits
// for the disk, also where the error left a transaction open.
func TestDurableAfterAnError(t *testing.T) {
	var a archive
	a.table("t")
	a.table("u")
	for _, tt := range []struct {
		name   string
		change func(*Job)
	}{
		{"plain", func(*Job) {}},
		{"stops", func(j *Job) { j.ExitOnError = true }},
		{"transactions of one", func(j *Job) { j.Options.TransactionSize = 1 }},
		{"transactions of one, stops", func(j *Job) { j.Options.TransactionSize, j.ExitOnError = 1, true }},
		{"several jobs", func(j *Job) { j.Jobs = 2 }},
		{"several jobs, stops", func(j *Job) { j.Jobs, j.ExitOnError = 2, true }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newFakeServer(t)
			durable := false
			s.react = func(c *fakeConn, query string) bool {
				if c.status == 'E' && query != "COMMIT" && query != "ROLLBACK" {
					return c.refuse("25P02", "current transaction is aborted, commands ignored until end of transaction block")
				}
				if strings.HasPrefix(query, "CREATE TABLE s.u") {
					return c.refuse("42501", "permission denied")
				}
				switch {
				case query == writesToLog[0]:
					durable = c.status == 'I'
				case (query == "ROLLBACK" || query == "COMMIT") && c.status == 'I':
					c.notice("there is no transaction in progress")
				}
				return false
			}
			job := a.job(s)
			tt.change(&job)
			o := run(t, job)
			if o.result.Errors == 0 {
				t.Errorf("want errors, got none; %v", o.err)
			}
			if !durable {
				t.Errorf("nothing waited for the disk: %q", s.log)
			}
			for _, l := range o.lines {
				if strings.Contains(l, "no transaction in progress") {
					t.Errorf("the program's own doing is told: %q", l)
				}
			}
		})
	}
}

// COPY FREEZE is for tables that this restore has made; others are loaded as
// ever.
func TestCopyFreeze(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		var a archive
		made := a.table("made")
		a.copyInto("made", strings.NewReader(rows(1)), made)
		failed := a.table("failed")
		a.copyInto("failed", strings.NewReader(rows(1)), failed)
		inserted := a.table("inserted")
		a.insertInto("inserted", "INSERT INTO s.inserted VALUES (1);\n\n\n", inserted)
		s := newFakeServer(t)
		s.react = func(c *fakeConn, query string) bool {
			if strings.HasPrefix(query, "CREATE TABLE s.failed") {
				return c.refuse("42P07", "it is there")
			}
			return false
		}
		job := a.job(s)
		job.Jobs, job.CopyFreeze = jobs, true
		if o := run(t, job); o.err != nil || o.result.Errors != 1 {
			t.Fatalf("%v, %d errors", o.err, o.result.Errors)
		}
		if got := s.copiedInto("COPY s.made FROM stdin FREEZE;\n"); got != rows(1) {
			t.Errorf("%d jobs: not frozen: %q in %q", jobs, got, s.queries())
		}
		if got := s.copiedInto("COPY s.failed FROM stdin;\n"); got != rows(1) {
			t.Errorf("%d jobs: want the old table loaded as ever, got %q in %q", jobs, got, s.queries())
		}
		var truncated []string
		for _, q := range s.queries() {
			if strings.HasPrefix(q, "TRUNCATE") {
				truncated = append(truncated, q)
			}
		}
		if diff := cmp.Diff([]string{"TRUNCATE TABLE ONLY s.made;"}, truncated); diff != "" {
			t.Errorf("%d jobs: %s", jobs, diff)
		}
	}
}

// What the user sets holds, whatever an archive sets at the start of a session,
// but for what its text is written for.
func TestSettingsOfTheUser(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		a := shop(20)
		s := newFakeServer(t)
		job := a.job(s)
		job.Jobs = jobs
		job.Settings = []Setting{{Name: "Lock_Timeout", Value: "3s"}, {Name: "client_encoding", Value: "LATIN1"}}
		run(t, job)
		sent := func(text string) int {
			return len(slices.DeleteFunc(slices.Clone(s.log), func(q string) bool { return !strings.Contains(q, text) }))
		}
		if users, archives := sent(`"Lock_Timeout" = '3s'`), sent("SET lock_timeout"); users != jobs || archives != 0 {
			t.Errorf("%d jobs: want the user's timeout on all connections alone, got it on %d, the archive's on %d", jobs, users, archives)
		}
		for _, kept := range []string{"SET statement_timeout = 0", "SET client_encoding = 'UTF8'"} {
			if got := sent(kept); got != jobs {
				t.Errorf("%d jobs: want %s on all connections, got it on %d", jobs, kept, got)
			}
		}
	}
}

// A step that refreshes a materialized view tells whose rows it reads; others do not.
func TestRefreshTellsItsTables(t *testing.T) {
	var a archive
	table := a.table("t")
	a.table("unread")
	view := a.add("MATERIALIZED VIEW", "m", "CREATE MATERIALIZED VIEW s.m AS SELECT * FROM s.t WITH NO DATA;\n", table)
	a.add("MATERIALIZED VIEW DATA", "m", "REFRESH MATERIALIZED VIEW s.m;\n", view)
	job := a.job(newFakeServer(t))
	if o := run(t, job); o.err != nil || o.result.Errors != 0 {
		t.Fatalf("%v, %d errors", o.err, o.result.Errors)
	}
	for _, r := range job.Sink.(*event.Recorder).Records() {
		s, ok := r.Event.(event.StepStarted)
		if !ok {
			continue
		}
		var want []int
		if s.Class == event.Refresh {
			want = []int{int(table)}
		}
		if !slices.Equal(want, s.Reads) {
			t.Errorf("%s %s: want %v, got %v", s.Kind, s.Name, want, s.Reads)
		}
	}
}
