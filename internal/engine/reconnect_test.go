package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// modelServer is a fakeServer that remembers what was restored into it, with
// transactions, so that a test can compare what is there in the end. A message
// of several statements is carried out as a whole or not at all.
type modelServer struct {
	*fakeServer
	// cut breaks the connection off at the query it is asked about, if it tells
	// when. It is called without mu.
	cut func(c *fakeConn, query string) when

	modelMu    sync.Mutex
	objects    map[string]string // what was made -> the settings that it was made with
	rows       map[string]string // of a table, by its COPY statement
	settings   map[int]map[string]string
	open       map[int]*changes // of transactions, by connection
	restarts   bool             // the server is restarted whenever a connection is lost
	generation int
	ended      []string        // server processes that were told to end
	alive      map[uint32]bool // lost connections whose server processes go on
}

// changes are what a transaction is to change when it commits.
type changes struct {
	made     []string
	effects  []func()
	settings map[string]string
}

// when is the moment at which a connection breaks off.
type when int

const (
	never    when = iota
	before        // the query is carried out
	amid          // the data of a COPY
	after         // it is carried out, before the reply
	inCommit      // after, and the server process goes on for a while
)

func newModelServer(t *testing.T) *modelServer {
	m := &modelServer{
		fakeServer: newFakeServer(t),
		cut:        func(*fakeConn, string) when { return never },
		objects:    map[string]string{}, rows: map[string]string{}, settings: map[int]map[string]string{},
		open: map[int]*changes{}, alive: map[uint32]bool{},
	}
	m.react = m.reply
	return m
}

func (m *modelServer) reply(c *fakeConn, query string) bool {
	moment := m.cut(c, query)
	if m.restarts && moment != never {
		m.generation++
	}
	switch {
	case moment == before, moment == amid && !strings.HasPrefix(query, "COPY"):
		return c.drop()
	case moment == amid:
		if c.beginCopy() == nil {
			_, _ = c.Receive()
		}
		return c.drop()
	}
	var data string
	if strings.HasPrefix(query, "COPY") {
		var failed bool
		var err error
		if data, failed, err = c.takeCopy(); err != nil {
			return c.drop()
		}
		if failed {
			m.end(c, false)
			_ = c.ready() // the client may be gone
			return true
		}
	}
	code, answer := m.carryOut(c, query, data)
	if moment != never {
		if moment == inCommit {
			m.modelMu.Lock()
			m.alive[uint32(c.id)] = true
			m.modelMu.Unlock()
		}
		return c.drop()
	}
	if code != "" {
		return c.refuse(code, "it is there")
	}
	if len(answer) > 0 {
		c.Send(&pgproto3.RowDescription{Fields: []pgproto3.FieldDescription{{Name: []byte("x")}}})
	}
	for _, value := range answer {
		c.Send(&pgproto3.DataRow{Values: [][]byte{[]byte(value)}})
	}
	c.complete(strings.Fields(query)[0])
	_ = c.ready() // the client may be gone
	return true
}

// carryOut carries out a message: all of its statements or, if it gives the code
// of an error, none. answer is the rows of its last statement.
func (m *modelServer) carryOut(c *fakeConn, query, data string) (code string, answer []string) {
	m.modelMu.Lock()
	defer m.modelMu.Unlock()
	tx := m.open[c.id]
	implicit := tx == nil
	if implicit {
		tx = &changes{settings: maps.Clone(m.settings[c.id])}
	}
	if tx.settings == nil {
		tx.settings = map[string]string{}
	}
	for statement := range strings.SplitSeq(strings.TrimRight(query, "\n; "), ";\n") {
		statement = strings.TrimSpace(statement)
		command, _, _ := strings.Cut(statement, " ")
		switch {
		case command == "BEGIN":
			m.open[c.id], c.status = tx, 'T'
			return "", nil
		case command == "COMMIT", command == "ROLLBACK":
			m.modelMu.Unlock()
			m.end(c, command == "COMMIT")
			m.modelMu.Lock()
			return "", nil
		case command == "SET":
			name, value, _ := strings.Cut(strings.TrimPrefix(statement, "SET "), " = ")
			tx.settings[name] = value
		case command == "COPY":
			data, _, _ = strings.Cut(data, "\\.\n")
			tx.effects = append(tx.effects, func() { m.rows[statement] += data })
		case command == "TRUNCATE":
			table := strings.Fields(statement)[3]
			tx.effects = append(tx.effects, func() { delete(m.rows, "COPY "+table+" FROM stdin") })
		case command == "CREATE", strings.Contains(statement, "ADD CONSTRAINT"):
			if _, found := m.objects[statement]; found || slices.Contains(tx.made, statement) {
				return "42P07", nil
			}
			with := ""
			if statement != "CREATE SCHEMA s" {
				with = "tablespace " + tx.settings["default_tablespace"]
			}
			tx.made = append(tx.made, statement)
			tx.effects = append(tx.effects, func() { m.objects[statement] = with })
		case strings.Contains(statement, "pg_terminate_backend"):
			answer = m.terminate(statement)
		case strings.Contains(statement, "pg_largeobject_metadata"):
			answer = []string{"t"}
		case strings.Contains(statement, "usesysid IS NULL"):
			answer = []string{fmt.Sprint("process of generation ", m.generation)}
		case strings.Contains(statement, "backend_start"):
			answer = []string{fmt.Sprint("start of ", c.id)}
		}
	}
	if implicit {
		tx.apply(m, c)
	}
	return "", answer
}

// terminate answers the question for the process of a lost connection, which
// ends when it is told for the second time.
func (m *modelServer) terminate(query string) []string {
	for pid, going := range m.alive {
		if strings.Contains(query, fmt.Sprintf("WHERE pid OPERATOR(pg_catalog.=) %d AND", pid)) {
			m.alive[pid] = false
			if going {
				m.ended = append(m.ended, fmt.Sprint(pid))
				return []string{"t"}
			}
		}
	}
	return nil
}

// end ends a transaction.
func (m *modelServer) end(c *fakeConn, commit bool) {
	m.modelMu.Lock()
	defer m.modelMu.Unlock()
	tx := m.open[c.id]
	if tx != nil && commit && c.status == 'T' {
		tx.apply(m, c)
	}
	delete(m.open, c.id)
	c.status = 'I'
}

func (tx *changes) apply(m *modelServer, c *fakeConn) {
	for _, f := range tx.effects {
		f()
	}
	m.settings[c.id] = tx.settings
}

// state is what is there: objects with how they were made, tables with their
// rows in any order.
func (m *modelServer) state() map[string]string {
	m.modelMu.Lock()
	defer m.modelMu.Unlock()
	state := maps.Clone(m.objects)
	for table, data := range m.rows {
		lines := strings.SplitAfter(data, "\n")
		slices.Sort(lines)
		state[table] = strings.Join(lines, "")
	}
	return state
}

// cutAt cuts the connection that sends the nth query of those that change
// anything, which it writes to lost.
func cutAt(n int, moment when, lost *string) func(*fakeConn, string) when {
	var mu sync.Mutex
	return func(_ *fakeConn, query string) when {
		mu.Lock()
		defer mu.Unlock()
		command, _, _ := strings.Cut(query, " ")
		switch command {
		case "CREATE", "ALTER", "COPY", "BEGIN", "COMMIT", "TRUNCATE":
		default:
			return never
		}
		if n--; n != 0 {
			return never
		}
		*lost = query
		return moment
	}
}

// market is an archive with what matters to a connection that is lost: many
// cheap statements, settings that statements depend on, data small and big.
const marketTables = 7

func market() *archive {
	a := shop(marketTables)
	for n := range a.entries {
		e := &a.entries[n]
		switch e.Kind {
		case toc.KindTable, toc.KindIndex, toc.KindConstraint:
			e.Tablespace, e.Null = []string{"", "fast", "faster"}[n%3], e.Null&^toc.FieldTablespace
		}
		if e.Kind == toc.KindTableData && n%3 == 0 {
			a.give(e.ID, strings.NewReader(rows(10_000)))
		}
	}
	return a
}

// reviving makes a job that goes on after a connection is lost.
func (a *archive) reviving(s *fakeServer, jobs int) Job {
	job := a.job(s)
	job.Jobs, job.Reconnect, job.Ungrouped = jobs, true, false
	job.Options.Verbose = false
	return job
}

// Whatever query a connection is lost at, and whether the server had carried it
// out: the restore goes on and ends with what an undisturbed one leaves, or ends
// with an error.
func TestLostAnywhere(t *testing.T) {
	for _, tt := range []struct {
		name       string
		jobs       int
		size       int64 // that decides on lanes and halves of constraints
		ungrouped  bool
		sequential bool
		mayEnd     bool // it is not known of all that was under way whether it was carried out
	}{
		{name: "serial", jobs: 1},
		{name: "serial, one by one", jobs: 1, ungrouped: true, mayEnd: true},
		{name: "parallel", jobs: 3},
		{name: "parallel, one by one", jobs: 3, ungrouped: true},
		{name: "lanes", jobs: 3, size: 64 << 20},
		{name: "from a pipe", jobs: 3, sequential: true, mayEnd: true},
		{name: "from a pipe, serial", jobs: 1, sequential: true, mayEnd: true},
	} {
		job := func(s *modelServer) Job {
			a := market()
			a.size = tt.size
			job := a.reviving(s.fakeServer, tt.jobs)
			job.Ungrouped, job.Sequential = tt.ungrouped, tt.sequential
			return job
		}
		calm := newModelServer(t)
		run(t, job(calm))
		want := calm.state()
		if least := 1 + 4*marketTables; len(want) < least {
			t.Fatalf("%s: want at least %d objects and data of an undisturbed restore, got %d", tt.name, least, len(want))
		}
		for name, moment := range map[string]when{"before": before, "amid": amid, "after": after, "in commit": inCommit} {
			t.Run(tt.name+", "+name, func(t *testing.T) {
				for n := 1; ; n++ {
					s := newModelServer(t)
					var lost string
					s.cut = cutAt(n, moment, &lost)
					job := job(s)
					o := run(t, job)
					if lost == "" {
						if n < 7 {
							t.Errorf("only %d queries were there to be lost", n-1)
						}
						return
					}
					if told := o.only("W"); len(told) == 0 && o.err == nil {
						t.Errorf("lost at %.80q: want a warning, got none", lost)
					}
					checkSteps(t, lost, job.Sink.(*event.Recorder).Records(), o.err == nil)
					if o.err != nil && tt.mayEnd {
						continue
					}
					if o.err != nil || o.result.Errors != 0 {
						t.Errorf("lost at %.80q: %v, %d errors, %q", lost, o.err, o.result.Errors, o.only("E"))
					}
					if diff := cmp.Diff(want, s.state()); diff != "" {
						t.Fatalf("lost at %.80q: %s", lost, diff)
					}
				}
			})
		}
	}
}

// checkSteps checks that each step that began has ended before it began again,
// and in a complete restore at all.
func checkSteps(t *testing.T, lost string, records []event.Record, complete bool) {
	t.Helper()
	begun := make(map[event.StepID]bool)
	change := func(id event.StepID, begins bool) {
		if begun[id] == begins {
			t.Errorf("lost at %.80q: step %v begins %t twice", lost, id, begins)
		}
		begun[id] = begins
	}
	for _, record := range records {
		switch e := record.Event.(type) {
		case event.StepStarted:
			change(e.StepID, true)
		case event.StepFinished:
			change(e.StepID, false)
		case event.StepFailed:
			change(e.StepID, false)
		case event.StepRetried:
			change(e.StepID, false)
		}
	}
	for id, open := range begun {
		if open && complete {
			t.Errorf("lost at %.80q: step %v has not ended", lost, id)
		}
	}
}

// A connection that is lost while the first half of a constraint is taken back:
// what is left of it is not taken for the constraint.
func TestLostInUndo(t *testing.T) {
	const whole = "ALTER TABLE ONLY s.t0\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.t1(a);"
	a := shop(2)
	a.add("FK CONSTRAINT", "t0 fk", whole+"\n", 2, 3)
	a.size = 4 << 20
	s := newFakeServer(t)
	var half, lost bool
	s.react = func(c *fakeConn, query string) bool {
		switch {
		case strings.Contains(query, "usesysid"):
			return c.row("1")
		case strings.Contains(query, "NOT VALID"):
			half = true
		case strings.Contains(query, "VALIDATE CONSTRAINT"):
			return c.refuse("23503", "a key is missing")
		case strings.Contains(query, "DROP CONSTRAINT") && !lost:
			lost = true
			return c.drop()
		case strings.Contains(query, "DROP CONSTRAINT"):
			half = false
		case strings.TrimRight(query, "\n") == whole && half:
			return c.refuse("42710", "constraint exists")
		case strings.TrimRight(query, "\n") == whole:
			return c.refuse("23503", "a key is missing")
		}
		return false
	}
	job := a.reviving(s, 2)
	job.Ungrouped = true
	o := run(t, job)
	want := []string{"E could not execute query: ERROR:  a key is missing\nCommand was: " + whole}
	if diff := cmp.Diff(want, o.only("E")); diff != "" || o.err != nil {
		t.Errorf("%v %s", o.err, diff)
	}
}

// laneSpotter is a Sink that knows which connections help with a copy.
type laneSpotter struct {
	event.Recorder
	helpers sync.Map // by the process ID of the server's end
	pids    sync.Map
}

func (l *laneSpotter) Emit(e event.Event) {
	switch e := e.(type) {
	case event.Connected:
		l.pids.Store(e.Connection, int(e.PID))
	case event.LaneStarted:
		pid, _ := l.pids.Load(e.Connection)
		l.helpers.Store(pid, true)
	}
	l.Recorder.Emit(e)
}

// Helpers whose connections cannot be opened again end the restore; they are
// not given more to do.
func TestLanesLostForGood(t *testing.T) {
	a := shop(1)
	a.give(3, strings.NewReader(rows(300_000)))
	a.size = 64 << 20
	s := newFakeServer(t)
	var spotter laneSpotter
	var lost atomic.Bool
	s.react = func(c *fakeConn, query string) bool {
		switch {
		case strings.Contains(query, "usesysid"):
			return c.row(fmt.Sprint("a server that was restarted: ", lost.Load()))
		case strings.HasPrefix(query, "COPY"):
			if _, helps := spotter.helpers.Load(c.id); helps {
				lost.Store(true)
				return c.drop()
			}
		}
		return false
	}
	job := a.reviving(s, 4)
	job.Sink = &spotter
	var err error
	within(t, "the end of the restore", func() { _, err = Run(t.Context(), job) })
	var restarted *RestartedError
	if !errors.As(err, &restarted) {
		t.Errorf("want a RestartedError, got %v", err)
	}
}

// The first connection, when it was lost over work that it shared with others,
// goes on to what it does alone.
func TestLeaderLostAmongOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := shop(4)
		s := newModelServer(t)
		s.cut = func(c *fakeConn, query string) when {
			switch {
			case query == "RESET synchronous_commit":
				time.Sleep(time.Second) // all else has come to rest by then
			case strings.HasPrefix(query, "COPY") && c.id == 1:
				return after
			}
			return never
		}
		o := run(t, a.reviving(s.fakeServer, 2))
		if o.err != nil || o.result.Errors != 0 {
			t.Errorf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
		}
		if want, got := []string{"W connection lost, connecting again: could not execute query: server closed the connection unexpectedly"}, o.only("W"); !slices.Equal(want, got) {
			t.Errorf("want %q, got %q", want, got)
		}
	})
}

// What fails because it exists was made before the connection was lost only if
// nothing else can have made it, and only if the error says so of its kind.
func TestWasDone(t *testing.T) {
	const told = "it was made before the connection was lost"
	for _, tt := range []struct {
		name, begin, state string
		filled             bool // the database had something in it
		want               []string
	}{
		{name: "table", begin: "CREATE TABLE s.t1", state: "42P07", want: []string{"W TABLE \"t1\" is there: " + told}},
		{name: "table, not empty before", begin: "CREATE TABLE s.t1", state: "42P07", filled: true,
			want: []string{"E could not execute query: ERROR:  it is there\nCommand was: CREATE TABLE s.t1 ();"}},
		{name: "table, by another error", begin: "CREATE TABLE s.t1", state: "42P16",
			want: []string{"E could not execute query: ERROR:  it is there\nCommand was: CREATE TABLE s.t1 ();"}},
		{name: "key", begin: "ALTER TABLE ONLY s.t1", state: "42P16", want: []string{"W CONSTRAINT \"t1 t1_pkey\" is there: " + told}},
		{name: "key of other data", begin: "ALTER TABLE ONLY s.t1", state: "23505",
			want: []string{"E could not execute query: ERROR:  it is there\nCommand was: ALTER TABLE ONLY s.t1\n    ADD CONSTRAINT t1_pkey PRIMARY KEY (a);"}},
		{name: "attachment", begin: "ALTER TABLE ONLY s.p ATTACH", state: "42809", want: []string{"W TABLE ATTACH \"t1\" is there: " + told}},
		{name: "large object", begin: "SELECT pg_catalog.lo_create", state: "23505", want: []string{"W BLOB \"16400\" is there: " + told}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := shop(2)
			a.add("TABLE ATTACH", "t1", "ALTER TABLE ONLY s.p ATTACH PARTITION s.t1 FOR VALUES IN (1);\n", 3)
			a.add("BLOB", "16400", "SELECT pg_catalog.lo_create('16400');\n")
			s := newModelServer(t)
			lost := false
			react := s.react
			s.react = func(c *fakeConn, query string) bool {
				switch {
				case strings.Contains(query, "pg_largeobject_metadata") && tt.filled:
					return c.row("f")
				case !strings.HasPrefix(query, tt.begin):
					return react(c, query)
				case lost:
					return c.refuse(tt.state, "it is there")
				}
				lost = true
				return c.drop()
			}
			job := a.reviving(s.fakeServer, 2)
			job.Ungrouped = true
			o := run(t, job)
			got := o.only("WE")
			if o.err != nil || len(got) != 2 {
				t.Fatalf("%v, want 2 messages, got %q", o.err, got)
			}
			if diff := cmp.Diff(tt.want, got[1:]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Where nobody can know what is there, or where going on is not wanted, the
// restore ends with the error.
func TestLostForGood(t *testing.T) {
	const gone = "server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request."
	for _, tt := range []struct {
		name   string
		begin  string // of the query that the connection is lost at
		moment when
		change func(j *Job, s *modelServer)
		want   []string // messages
		err    string
	}{
		{
			name: "data of a table that was there", begin: "COPY", moment: after,
			change: func(j *Job, s *modelServer) { j.withoutTables() },
			want:   []string{"E could not execute query: " + gone + "\nCommand was: COPY s.t0 FROM stdin;", "H It is not known whether the data of \"t0\" arrived."},
			err:    "stopped at an error",
		},
		{
			name: "in a transaction", begin: "CREATE TABLE s.t1", moment: after,
			change: func(j *Job, s *modelServer) { j.Options.SingleTransaction = true },
			want:   []string{"E could not execute query: " + gone + "\nCommand was: CREATE TABLE s.t1 ();"},
			err:    "stopped at an error",
		},
		{
			name: "in one of several transactions", begin: "CREATE TABLE s.t1", moment: after,
			change: func(j *Job, s *modelServer) { j.Options.TransactionSize = 10 },
			want:   []string{"E could not execute query: " + gone + "\nCommand was: CREATE TABLE s.t1 ();"},
			err:    "stopped at an error",
		},
		{
			name: "as pg_restore", begin: "CREATE TABLE s.t1", moment: after,
			change: func(j *Job, s *modelServer) { j.Reconnect = false },
			want:   []string{"E could not execute query: " + gone + "\nCommand was: CREATE TABLE s.t1 ();"},
			err:    "stopped at an error",
		},
		{
			name: "data that comes only once", begin: "COPY", moment: amid,
			change: func(j *Job, s *modelServer) { j.Sequential = true },
			want:   []string{"E could not execute query: " + gone + "\nCommand was: COPY s.t0 FROM stdin;", "H It is not known whether the data of \"t0\" arrived."},
			err:    "stopped at an error",
		},
		{
			name: "before the first step", begin: "SET row_security", moment: before,
			change: func(j *Job, s *modelServer) {},
			err:    "could not execute query: server closed the connection unexpectedly",
		},
		{
			name: "the server was restarted", begin: "CREATE INDEX", moment: after,
			change: func(j *Job, s *modelServer) { s.restarts = true },
			want:   []string{"W connection lost, connecting again: could not execute query: server closed the connection unexpectedly"},
			err: "the server was restarted during the restore, and what was restored last may be lost: " +
				"could not execute query: server closed the connection unexpectedly",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := shop(2)
			s := newModelServer(t)
			s.cut = func(c *fakeConn, query string) when {
				if strings.HasPrefix(query, tt.begin) && c.id == 1 {
					return tt.moment
				}
				return never
			}
			job := a.reviving(s.fakeServer, 1)
			job.Ungrouped = true
			tt.change(&job, s)
			o := run(t, job)
			if diff := cmp.Diff(tt.want, o.only("WEH")); diff != "" {
				t.Error(diff)
			}
			if o.err == nil || o.err.Error() != tt.err {
				t.Errorf("want %q, got %v", tt.err, o.err)
			}
		})
	}
}

// withoutTables leaves the definitions of tables out of the job.
func (j *Job) withoutTables() {
	for n := range j.Wanted {
		if j.TOC.Entries[n].Kind == toc.KindTable {
			j.Wanted[n] = 0
		}
	}
	j.Plan = plan.New(j.TOC, nil, j.Wanted)
}

// Data of a table that was there before is loaded again where its COPY had not
// been ended.
func TestLostAmidDataOfOtherTable(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		a := shop(2)
		a.give(4, strings.NewReader(rows(50_000)))
		s := newModelServer(t)
		var cut atomic.Bool
		s.cut = func(c *fakeConn, query string) when {
			if strings.HasPrefix(query, "COPY s.t0") && !cut.Swap(true) {
				return amid
			}
			return never
		}
		job := a.reviving(s.fakeServer, jobs)
		job.withoutTables()
		o := run(t, job)
		if o.err != nil || o.result.Errors != 0 {
			t.Errorf("%d jobs: %v, %d errors: %q", jobs, o.err, o.result.Errors, o.only("E"))
		}
		if want, got := 50_000, strings.Count(s.state()["COPY s.t0 FROM stdin"], "\n"); want != got {
			t.Errorf("%d jobs: want %d rows, got %d", jobs, want, got)
		}
	}
}

// Connections that are lost all the time end the restore after a while: a step
// is tried five times, and a restore loses twenty connections.
func TestLostAgainAndAgain(t *testing.T) {
	for _, tt := range []struct {
		name, begin string
		each        int // times that a query is lost
		want        int // times that a connection was opened again
		err         string
	}{
		{"one step", "CREATE INDEX i3 ", 100, maxAttempts - 1, "stopped at an error"},
		{"every step", "CREATE INDEX", 1, reconnectLimit, "connections were lost more than 20 times: could not execute query: server closed the connection unexpectedly"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newModelServer(t)
			seen := make(map[string]int)
			s.cut = func(c *fakeConn, query string) when {
				if seen[query]++; strings.HasPrefix(query, tt.begin) && seen[query] <= tt.each {
					return before
				}
				return never
			}
			job := shop(30).reviving(s.fakeServer, 1)
			job.ExitOnError, job.Ungrouped = true, true // one at a time
			o := run(t, job)
			if o.err == nil || o.err.Error() != tt.err {
				t.Errorf("want %q, got %v", tt.err, o.err)
			}
			if got := len(o.only("W")); tt.want != got {
				t.Errorf("want %d times, got %d: %q", tt.want, got, o.only("W"))
			}
		})
	}
}

// A server that takes no connection for a while is tried again, for half a
// minute; one that refuses for good is not.
func TestServerAway(t *testing.T) {
	for _, tt := range []struct {
		name string
		away time.Duration
		err  error // of connecting
		want time.Duration
		ends bool
	}{
		{name: "for a while", away: 5 * time.Second, err: errors.New("no answer"), want: 7500 * time.Millisecond},
		{name: "for long", away: time.Hour, err: errors.New("no answer"), want: 31500 * time.Millisecond, ends: true},
		{name: "full", away: time.Second, err: &pgconn.PgError{Code: "53300"}, want: 1500 * time.Millisecond},
		{name: "starting", away: time.Second, err: &pgconn.PgError{Code: "57P03"}, want: 1500 * time.Millisecond},
		{name: "password changed", away: time.Hour, err: &pgconn.PgError{Code: "28P01"}, ends: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newModelServer(t)
				var lost time.Time
				s.cut = func(c *fakeConn, query string) when {
					if strings.HasPrefix(query, "CREATE INDEX i1") && lost.IsZero() {
						lost = time.Now()
						return before
					}
					return never
				}
				job := shop(2).reviving(s.fakeServer, 1)
				job.Ungrouped = true
				job.Connect = func(ctx context.Context, database string) (*pgconn.PgConn, error) {
					if !lost.IsZero() && time.Since(lost) < tt.away {
						return nil, tt.err
					}
					return s.connect(ctx, database)
				}
				_, err := Run(t.Context(), job)
				if tt.ends != errors.Is(err, tt.err) || tt.ends != (err != nil) {
					t.Errorf("want the end %t, got %v", tt.ends, err)
				}
				if got := time.Since(lost); tt.want != got {
					t.Errorf("want %v, got %v", tt.want, got)
				}
			})
		})
	}
}

// halfClosed is a connection whose other side, when it has gone, still lets
// those wait who write.
type halfClosed struct {
	net.Conn
	closed chan struct{}
	once   *sync.Once
}

func (c halfClosed) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	if err != nil {
		<-c.closed
	}
	return n, err
}

func (c halfClosed) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// A connection whose end has been read is lost for those who write, too.
func TestLostForReadingAlone(t *testing.T) {
	for _, jobs := range []int{1, 3} {
		a := shop(2)
		a.give(4, strings.NewReader(rows(100_000)))
		a.size = 64 << 20
		s := newModelServer(t)
		s.wrap = func(c net.Conn) net.Conn { return halfClosed{c, make(chan struct{}), new(sync.Once)} }
		var cut atomic.Bool
		s.cut = func(c *fakeConn, query string) when {
			if strings.HasPrefix(query, "COPY s.t0") && !cut.Swap(true) {
				return amid
			}
			return never
		}
		o := run(t, a.reviving(s.fakeServer, jobs))
		if o.err != nil || o.result.Errors != 0 {
			t.Errorf("%d jobs: %v, %d errors: %q", jobs, o.err, o.result.Errors, o.only("E"))
		}
	}
}
