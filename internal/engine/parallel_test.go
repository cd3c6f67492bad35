package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
	"pgrestore/toc"
)

// shop is an archive of many tables, each with data, a key and an index.
func shop(tables int) *archive {
	var a archive
	schema := a.add("SCHEMA", "s", "CREATE SCHEMA s;\n")
	var ids []toc.ID
	for i := range tables {
		ids = append(ids, a.table(fmt.Sprintf("t%d", i)))
		a.last().Dependencies = []toc.ID{schema}
	}
	for i, id := range ids {
		a.copyInto(fmt.Sprintf("t%d", i), strings.NewReader(rows(i)), id)
	}
	for i, id := range ids {
		a.add("CONSTRAINT", fmt.Sprintf("t%d t%d_pkey", i, i),
			fmt.Sprintf("ALTER TABLE ONLY s.t%d\n    ADD CONSTRAINT t%d_pkey PRIMARY KEY (a);\n", i, i), id)
		a.add("INDEX", fmt.Sprintf("i%d", i), fmt.Sprintf("CREATE INDEX i%d ON s.t%d USING btree (a);\n", i, i), id)
	}
	return &a
}

func TestParallel(t *testing.T) {
	for _, jobs := range []int{2, 3, 16} {
		t.Run(fmt.Sprint(jobs, " jobs"), func(t *testing.T) {
			a := shop(20)
			a.add("ACL", "TABLE t0", "GRANT ALL ON s.t0 TO PUBLIC;\n", 2)
			s := newFakeServer(t)
			s.chunk = 5
			job := a.job(s)
			job.Jobs = jobs
			o := run(t, job)
			if o.err != nil || o.result.Errors != 0 {
				t.Fatalf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
			}
			got := s.queries()
			at := func(q string) int {
				i := slices.Index(got, q)
				if i < 0 || slices.Contains(got[i+1:], q) {
					t.Errorf("want %q once", q)
				}
				return i
			}
			schema, acl := at("CREATE SCHEMA s;"), at("GRANT ALL ON s.t0 TO PUBLIC;")
			for i := range 20 {
				table, copied := at(fmt.Sprintf("CREATE TABLE s.t%d ();", i)), at(fmt.Sprintf("COPY s.t%d FROM stdin;", i))
				key := at(fmt.Sprintf("ALTER TABLE ONLY s.t%d\n    ADD CONSTRAINT t%d_pkey PRIMARY KEY (a);", i, i))
				index := at(fmt.Sprintf("CREATE INDEX i%d ON s.t%d USING btree (a);", i, i))
				if !(schema < table && table < copied && copied < key && copied < index && key < acl && index < acl) {
					t.Errorf("t%d in a wrong order: %d %d %d %d %d %d", i, schema, table, copied, key, index, acl)
				}
				if want, got := rows(i), s.copiedInto(fmt.Sprintf("COPY s.t%d FROM stdin;\n", i)); want != got {
					t.Errorf("t%d: want %d bytes of data, got %d", i, len(want), len(got))
				}
			}
		})
	}
}

// However many times a step is tried, its errors count as those of a serial
// restore do: what went well is not done again to fail then.
func TestParallelErrorsCountOnce(t *testing.T) {
	type step struct{ desc, tag, definition string }
	for _, tt := range []struct {
		name  string
		step  step
		owner string
		fails string // beginning of what the server refuses
		want  []string
	}{
		{
			name: "a table's owner is missing", step: step{"TABLE", "x", "CREATE TABLE s.x ();\n"},
			owner: "nobody", fails: "ALTER TABLE s.x OWNER TO nobody",
			want: []string{"E could not execute query: ERROR:  no\nCommand was: ALTER TABLE s.x OWNER TO nobody;"},
		},
		{
			name: "the owner of statistics is missing", step: step{"STATISTICS", "x", "CREATE STATISTICS s.x ON a FROM s.t;\n"},
			owner: "nobody", fails: "ALTER STATISTICS s.x OWNER TO nobody",
			want: []string{"E could not execute query: ERROR:  no\nCommand was: ALTER STATISTICS s.x OWNER TO nobody;"},
		},
		{
			name: "a publication's owner is missing", step: step{"PUBLICATION", "x", "CREATE PUBLICATION x;\n"},
			owner: "nobody", fails: "ALTER PUBLICATION s.x OWNER TO nobody",
			want: []string{"E could not execute query: ERROR:  no\nCommand was: ALTER PUBLICATION s.x OWNER TO nobody;"},
		},
		{
			name: "neither made nor owned", step: step{"STATISTICS", "x", "CREATE STATISTICS s.x ON a FROM s.t;\n"},
			owner: "bob", fails: "",
			want: []string{
				"E could not execute query: ERROR:  no\nCommand was: CREATE STATISTICS s.x ON a FROM s.t;",
				"E could not execute query: ERROR:  no\nCommand was: ALTER STATISTICS s.x OWNER TO bob;",
			},
		},
		{
			name: "an index", step: step{"INDEX", "x", "CREATE INDEX x ON s.t USING btree (a);\n"}, fails: "CREATE INDEX x",
			want: []string{"E could not execute query: ERROR:  no\nCommand was: CREATE INDEX x ON s.t USING btree (a);"},
		},
	} {
		for _, jobs := range []int{1, 2} {
			t.Run(fmt.Sprintf("%s, %d jobs", tt.name, jobs), func(t *testing.T) {
				a := shop(2)
				a.add(tt.step.desc, tt.step.tag, tt.step.definition)
				e := a.last()
				e.Owner, e.Drop, e.Null = tt.owner, "DROP "+tt.step.desc+" s.x;\n", e.Null&^toc.FieldDrop
				s := newFakeServer(t)
				var made atomic.Bool
				s.react = func(c *fakeConn, query string) bool {
					switch {
					case tt.fails != "" && strings.HasPrefix(query, tt.fails), tt.fails == "" && strings.Contains(query, "STATISTICS"):
						return c.refuse("42704", "no")
					case query == tt.step.definition+"\n\n" && made.Swap(true):
						return c.refuse("42P07", "already exists")
					}
					return false
				}
				job := a.job(s)
				job.Jobs = jobs
				o := run(t, job)
				if o.err != nil || len(tt.want) != o.result.Errors {
					t.Errorf("%v, want %d errors, got %d", o.err, len(tt.want), o.result.Errors)
				}
				if diff := cmp.Diff(tt.want, o.only("E")); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// A setting that fails is an error, whichever connection it fails on and however
// often: the table is not where it should be.
func TestParallelSettingThatFails(t *testing.T) {
	for _, jobs := range []int{1, 2, 3} {
		t.Run(fmt.Sprint(jobs, " jobs"), func(t *testing.T) {
			var a archive
			table := a.table("t")
			a.last().Tablespace, a.last().Null = "nots", a.last().Null&^toc.FieldTablespace
			a.copyInto("t", strings.NewReader(rows(1)), table)
			s := newFakeServer(t)
			refuses(s, "SET default_tablespace", "22023", "no such tablespace")
			job := a.job(s)
			job.Jobs = jobs
			o := run(t, job)
			if o.err != nil || o.result.Errors != 1 {
				t.Errorf("%v, want 1 error, got %d", o.err, o.result.Errors)
			}
			want := []string{"E could not set \"default_tablespace\" to nots: ERROR:  no such tablespace"}
			if diff := cmp.Diff(want, o.only("E")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Who may not do something when it has its turn in a serial restore is told so,
// and not what stands in the way after all else is done.
func TestParallelWithoutPrivileges(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		a := shop(2)
		a.add("SEQUENCE", "q", "CREATE SEQUENCE s.q;\n")
		e := a.last()
		e.Owner, e.Drop, e.Null = "bob", "DROP SEQUENCE s.q;\n", e.Null&^toc.FieldDrop
		s := newFakeServer(t)
		var tries atomic.Int32
		s.react = func(c *fakeConn, query string) bool {
			switch {
			case query != "ALTER SEQUENCE s.q OWNER TO bob;\n\n":
				return false
			case tries.Add(1) == 1:
				return c.refuse("42501", "must be able to SET ROLE")
			}
			return c.refuse("0A000", "is linked to a table")
		}
		job := a.job(s)
		job.Jobs, job.Ungrouped = jobs, true
		want := []string{"E could not execute query: ERROR:  must be able to SET ROLE\nCommand was: ALTER SEQUENCE s.q OWNER TO bob;"}
		if diff := cmp.Diff(want, run(t, job).only("E")); diff != "" {
			t.Errorf("%d jobs: %s", jobs, diff)
		}
	}
}

// A deadlock is no error: what it hit is tried again.
func TestDeadlockIsTriedAgain(t *testing.T) {
	for _, strict := range []bool{false, true} {
		a := shop(5)
		s := newFakeServer(t)
		var tries atomic.Int32
		s.react = func(c *fakeConn, query string) bool {
			if strings.HasPrefix(query, "CREATE INDEX i3") && tries.Add(1) < 4 {
				return c.refuse("40P01", "deadlock detected")
			}
			return false
		}
		job := a.job(s)
		job.Jobs, job.ExitOnError = 2, strict
		o := run(t, job)
		if o.err != nil || o.result.Errors != 0 {
			t.Errorf("-e %t: %v, %d errors: %q", strict, o.err, o.result.Errors, o.only("E"))
		}
		if want, got := int32(4), tries.Load(); want != got {
			t.Errorf("-e %t: want %d tries, got %d", strict, want, got)
		}
	}
}

func TestEndlessDeadlockIsAnError(t *testing.T) {
	a := shop(3)
	s := newFakeServer(t)
	refuses(s, "CREATE INDEX i1", "40P01", "deadlock detected")
	job := a.job(s)
	job.Jobs = 2
	o := run(t, job)
	if o.err != nil || o.result.Errors != 1 {
		t.Errorf("%v, want 1 error, got %d", o.err, o.result.Errors)
	}
}

// What follows a step in one go, and fails because the step hit a deadlock, has
// not failed for good.
func TestDeadlockOfWhatOthersWaitFor(t *testing.T) {
	a := shop(2)
	a.add("INDEX", "first", "CREATE INDEX first ON s.t0 USING btree (a);\n", 2)
	a.add("COMMENT", "INDEX first", "COMMENT ON INDEX s.first IS 'x';\n", a.last().ID)
	a.last().Section = toc.SectionPostData
	s := newFakeServer(t)
	var tries atomic.Int32
	s.react = func(c *fakeConn, query string) bool {
		switch {
		case strings.HasPrefix(query, "CREATE INDEX first") && tries.Add(1) == 1:
			return c.refuse("40P01", "deadlock detected")
		case strings.HasPrefix(query, "COMMENT ON INDEX") && tries.Load() < 2:
			return c.refuse("42P01", "there is no such index")
		}
		return false
	}
	for _, strict := range []bool{false, true} {
		tries.Store(0)
		job := a.job(s)
		job.Jobs, job.ExitOnError = 2, strict
		o := run(t, job)
		if o.err != nil || o.result.Errors != 0 {
			t.Errorf("-e %t: %v, %d errors: %q", strict, o.err, o.result.Errors, o.only("E"))
		}
	}
}

// A step that fails only because others were not there yet, which the archive
// does not say, succeeds in the end.
func TestMissingDependency(t *testing.T) {
	a := shop(8)
	a.add("INDEX", "early", "CREATE INDEX early ON s.t0 USING btree (f(a));\n")
	a.entries[len(a.entries)-1].Section = toc.SectionPostData
	a.add("TRIGGER", "t7 late", "CREATE TRIGGER late ON s.t7;\n")
	s := newFakeServer(t)
	var late atomic.Bool
	s.react = func(c *fakeConn, query string) bool {
		switch {
		case strings.HasPrefix(query, "CREATE TRIGGER late"):
			late.Store(true)
		case strings.HasPrefix(query, "CREATE INDEX early") && !late.Load():
			return c.refuse("42883", "function f does not exist")
		}
		return false
	}
	job := a.job(s)
	job.Jobs = 3
	o := run(t, job)
	if o.err != nil || o.result.Errors != 0 {
		t.Errorf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
	}
}

func TestParallelExitOnError(t *testing.T) {
	a := shop(10)
	s := newFakeServer(t)
	refuses(s, "ALTER TABLE ONLY s.t4", "23505", "could not create unique index")
	job := a.job(s)
	job.Jobs, job.ExitOnError = 3, true
	o := run(t, job)
	var stopped *Stopped
	if !errors.As(o.err, &stopped) || o.result.Errors != 1 {
		t.Errorf("want Stopped and 1 error, got %v and %d", o.err, o.result.Errors)
	}
	want := []string{
		"E could not execute query: ERROR:  could not create unique index\nCommand was: " +
			"ALTER TABLE ONLY s.t4\n    ADD CONSTRAINT t4_pkey PRIMARY KEY (a);",
	}
	if diff := cmp.Diff(want, o.only("E")); diff != "" {
		t.Error(diff)
	}
}

// An error that ends the restore while the first connection is in the middle of
// a COPY ends that, too.
func TestParallelExitOnErrorAmidCopy(t *testing.T) {
	a := shop(2)
	a.give(4, strings.NewReader(rows(500_000)))
	s := newFakeServer(t)
	begun, failed := make(chan struct{}), make(chan struct{})
	s.react = func(c *fakeConn, query string) bool {
		switch {
		case strings.HasPrefix(query, "COPY s.t0"):
			if c.beginCopy() != nil {
				return c.drop()
			}
			if _, err := c.Receive(); err != nil {
				return c.drop()
			}
			close(begun)
			<-failed
			return false // takes the rest
		case strings.HasPrefix(query, "COPY s.t1"):
			<-begun
			return c.refuse("42501", "no")
		}
		return false
	}
	job := a.job(s)
	job.Jobs, job.ExitOnError = 2, true
	sink := failureSink{Sink: job.Sink, seen: failed}
	job.Sink = &sink
	var result Result
	var err error
	within(t, "the end of the restore", func() { result, err = Run(t.Context(), job) })
	var stopped *Stopped
	if !errors.As(err, &stopped) || result.Errors != 1 {
		t.Errorf("want Stopped and 1 error, got %v and %d", err, result.Errors)
	}
}

// An error that ends the restore stops the first connection's statement: nobody
// waits for an index that takes hours.
func TestParallelExitOnErrorAmidStatement(t *testing.T) {
	a := shop(3)
	s := newFakeServer(t)
	var stalled atomic.Int64
	begun, cancelled := make(chan struct{}), make(chan struct{})
	s.cancelled = func(id int) {
		if int64(id) == stalled.Load() {
			close(cancelled)
		}
	}
	s.react = func(c *fakeConn, query string) bool {
		key := strings.HasPrefix(query, "ALTER TABLE")
		switch {
		case key && c.id == 1 && stalled.Swap(1) == 0:
			close(begun)
			<-cancelled
			return c.refuse("57014", "canceling statement due to user request")
		case key && c.id != 1:
			<-begun
			return c.refuse("23505", "no")
		}
		return false
	}
	job := a.job(s)
	job.Jobs, job.ExitOnError = 2, true
	o := run(t, job)
	var stopped *Stopped
	if !errors.As(o.err, &stopped) || o.result.Errors != 1 {
		t.Errorf("want Stopped and 1 error, got %v and %d: %q", o.err, o.result.Errors, o.only("E"))
	}
}

// failureSink closes seen at the first failure.
type failureSink struct {
	event.Sink
	seen chan struct{}
	once sync.Once
}

func (s *failureSink) Emit(e event.Event) {
	s.Sink.Emit(e)
	if _, failed := e.(event.Failure); failed {
		s.once.Do(func() { close(s.seen) })
	}
}

// A worker's connection that breaks ends the restore with the error, told once.
func TestWorkerLost(t *testing.T) {
	for _, at := range []string{"COPY s.t3", "CREATE INDEX i3", "CREATE TABLE s.t3"} {
		t.Run(at, func(t *testing.T) {
			a := shop(10)
			s := newFakeServer(t)
			s.react = func(c *fakeConn, query string) bool {
				return strings.HasPrefix(query, at) && c.drop()
			}
			job := a.job(s)
			job.Jobs = 3
			o := run(t, job)
			if o.err == nil {
				t.Errorf("want an error, got none; lines %q", o.only("E"))
			}
			got := o.only("E")
			if len(got) > 1 || len(got) == 1 && !strings.Contains(got[0], "server closed the connection unexpectedly") {
				t.Errorf("want at most one error, got %q", got)
			}
		})
	}
}

// A big table's data arrives whole and in one transaction a lane.
func TestLanes(t *testing.T) {
	a := shop(3)
	rows := strings.Repeat(strings.Repeat("1234567890\t", 9)+"\n", 60_000)
	data := rows + "\\.\n\n\n" // the end goes to no lane
	a.data[5] = strings.NewReader(data)
	a.size = 64 << 20
	s := newFakeServer(t)
	job := a.job(s)
	job.Jobs = 4
	o := run(t, job)
	if o.err != nil || o.result.Errors != 0 {
		t.Fatalf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
	}
	got := s.copiedInto("COPY s.t0 FROM stdin;\n")
	if len(rows) != len(got) {
		t.Fatalf("want %d bytes, got %d", len(rows), len(got))
	}
	want, lines := strings.SplitAfter(rows, "\n"), strings.SplitAfter(got, "\n")
	slices.Sort(want)
	slices.Sort(lines)
	if !slices.Equal(want, lines) {
		t.Error("other rows than in the archive")
	}
	if bytes := dataOf(job); int64(len(rows)) != bytes {
		t.Errorf("want the step to tell of all lanes' %d bytes, got %d", len(rows), bytes)
	}
}

// dataOf gives the most that a step of a job that is done tells to have loaded.
func dataOf(job Job) (bytes int64) {
	for _, r := range job.Sink.(*event.Recorder).Records() {
		if e, ok := r.Event.(event.StepFinished); ok {
			bytes = max(bytes, e.Bytes)
		}
	}
	return bytes
}

// A lane that fails makes all lanes undo their work; the table is then loaded
// by one, and its error is the one told.
func TestLaneThatFails(t *testing.T) {
	for _, tt := range []struct {
		name   string
		always bool // the data is bad, rather than one connection
		errors int
	}{
		{"bad data", true, 1},
		{"one lane", false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := shop(1)
			a.data[3] = strings.NewReader(strings.Repeat("1\tx\n", 2_000_000) + "\\.\n\n\n")
			a.size = 64 << 20
			s := newFakeServer(t)
			var failed, kept atomic.Int32
			s.react = func(c *fakeConn, query string) bool {
				switch {
				case query == "COMMIT" && c.status == 'T':
					kept.Add(1)
				case strings.HasPrefix(query, "COPY") && (tt.always || failed.Add(1) == 1):
					if c.beginCopy() != nil {
						return c.drop()
					}
					if _, err := c.Receive(); err != nil {
						return c.drop()
					}
					return c.refuse("22P02", "bad")
				}
				return false
			}
			job := a.job(s)
			job.Jobs = 3
			o := run(t, job)
			if o.err != nil || tt.errors != o.result.Errors {
				t.Errorf("%v, want %d errors, got %d: %q", o.err, tt.errors, o.result.Errors, o.only("E"))
			}
			if tt.always {
				if want := []string{"E COPY failed for table \"t0\": ERROR:  bad"}; !slices.Equal(want, o.only("E")) {
					t.Errorf("want %q, got %q", want, o.only("E"))
				}
				return
			}
			if kept.Load() != 1 {
				t.Errorf("want one transaction to be kept, got %d", kept.Load())
			}
			if want, bytes := int64(8_000_005), dataOf(job); want != bytes { // with the end, which one lane alone sends
				t.Errorf("want the step to tell of %d bytes, got %d", want, bytes)
			}
		})
	}
}

// What stands behind the end of the data belongs to no lane: a server that has
// not seen the end would take it for rows.
func TestNothingBehindTheEndOfData(t *testing.T) {
	const tail = "\\.\n\n\n"
	for _, cut := range []int{1, 2, 3, 4, 5, 6} {
		// Of the tail, cut bytes go into the first block.
		size := laneBlock - cut
		data := strings.Repeat("x", size-1) + "\n" + tail
		c := newLanedCopy(stepOf(0), 64<<20)
		c.blocks, c.free = make(chan []byte, 8), make(chan []byte, 8)
		for range cap(c.free) {
			c.free <- make([]byte, 0, copyHeader+laneBlock)
		}
		c.read(strings.NewReader(data))
		var got []string
		for b := range c.blocks {
			got = append(got, string(b[copyHeader:]))
		}
		if len(got) == 0 {
			t.Fatalf("cut %d: no blocks", cut)
		}
		for n, b := range got {
			if n > 0 && (b == "\n" || b == "\n\n") {
				t.Errorf("cut %d: block %d is %q, which some server takes for rows", cut, n, b)
			}
		}
	}
}

// With -e, what was given to a connection together with the step that failed
// is not done either.
func TestParallelExitOnErrorWithinABatch(t *testing.T) {
	var a archive
	table := a.table("t")
	data := a.copyInto("t", strings.NewReader(rows(1)), table)
	for n := range 10 {
		a.add("INDEX", fmt.Sprint("i", n), fmt.Sprintf("CREATE INDEX i%d ON s.t (a);\n", n), table, data)
	}
	for _, ungrouped := range []bool{true, false} {
		s := newFakeServer(t)
		s.react = func(c *fakeConn, query string) bool {
			return strings.Contains(query, "CREATE INDEX i1 ") && c.refuse("42501", "no")
		}
		job := a.job(s)
		job.Jobs, job.ExitOnError, job.Ungrouped = 2, true, ungrouped
		o := run(t, job)
		if !errors.Is(o.err, errStopped) || o.result.Errors != 1 {
			t.Errorf("ungrouped %t: %v, %d errors", ungrouped, o.err, o.result.Errors)
		}
		if slices.Contains(s.queries(), "CREATE INDEX i2 ON s.t (a);") {
			t.Errorf("ungrouped %t: the step after the failed one was done: %q", ungrouped, s.queries())
		}
	}
}
