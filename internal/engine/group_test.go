package engine

import (
	"bytes"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgproto3"

	"pgrestore/toc"
)

// Cheap statements go several to a message. Where one of them fails, all are
// sent again one by one, so that the others are carried out and the error is
// that of the one statement.
func TestGroups(t *testing.T) {
	for _, tt := range []struct {
		name   string
		refuse string
		want   string // part of the only error; "" for none
	}{
		{name: "all well"},
		{name: "one refused", refuse: "CREATE TABLE s.u", want: "Command was: CREATE TABLE s.u"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var a archive
			for _, name := range []string{"t", "u", "v"} {
				a.table(name)
			}
			s := newFakeServer(t)
			if tt.refuse != "" {
				s.react = func(c *fakeConn, query string) bool {
					return strings.Contains(query, tt.refuse) && c.refuse("42501", "permission denied")
				}
			}
			job := a.job(s)
			job.Ungrouped = false
			o := run(t, job)
			if o.err != nil {
				t.Fatal(o.err)
			}
			var messages, grouped int
			for _, q := range s.queries() {
				if !strings.Contains(q, "CREATE TABLE") {
					continue
				}
				messages++
				if strings.Count(q, "CREATE TABLE") == 3 {
					grouped++
				}
			}
			wantMessages := 1
			if tt.refuse != "" {
				wantMessages = 4 // the group, then each alone
			}
			if messages != wantMessages || grouped != 1 {
				t.Errorf("want %d messages, 1 of them a group, got %d and %d: %q", wantMessages, messages, grouped, s.queries())
			}
			var told []string
			for _, line := range o.lines {
				if strings.HasPrefix(line, "E ") {
					told = append(told, line)
				}
			}
			if tt.want == "" && len(told) > 0 || tt.want != "" && (len(told) != 1 || !strings.Contains(told[0], tt.want)) {
				t.Errorf("want the error %q, got %q", tt.want, told)
			}
		})
	}
}

// Groups go out ahead of the replies to those before, and yet, where statements
// fail, all others are carried out once and in order.
func TestGroupsAfterFailures(t *testing.T) {
	const tables = 1000
	for _, tt := range []struct {
		name    string
		refused []int // tables
	}{
		{"none", nil},
		{"the first", []int{0}},
		{"the last", []int{tables - 1}},
		{"some", []int{7, 120, 121, 122, 500, 901}},
		{"one in each group", []int{25, 75, 125, 175, 225, 275, 325, 375, 425, 475, 525, 575, 625, 675, 725, 775, 825, 875, 925, 975}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var a archive
			refused := make(map[string]bool)
			for n := range tables {
				a.table(fmt.Sprint("t", n))
				if slices.Contains(tt.refused, n) {
					refused[fmt.Sprintf("s.t%d ", n)] = true
				}
			}
			s := newFakeServer(t)
			var made []string
			messages := 0
			s.react = func(c *fakeConn, query string) bool {
				var tables []string
				for _, statement := range strings.SplitAfter(query, "CREATE TABLE ")[1:] {
					name := statement[:strings.Index(statement, "(")]
					if refused[name] {
						return c.refuse("42P07", "exists")
					}
					tables = append(tables, name)
				}
				if len(tables) > 0 {
					messages++
				}
				made = append(made, tables...)
				return false
			}
			job := a.job(s)
			job.Ungrouped = false
			o := run(t, job)
			if o.err != nil || o.result.Errors != len(refused) {
				t.Errorf("want %d errors, got %d and %v", len(refused), o.result.Errors, o.err)
			}
			var want []string
			for n := range tables {
				if name := fmt.Sprintf("s.t%d ", n); !refused[name] {
					want = append(want, name)
				}
			}
			if diff := cmp.Diff(want, made); diff != "" {
				t.Error(diff)
			}
			// Of a group that fails each statement is a message.
			if most := tables/groupStatements + len(refused)*groupStatements; messages > most {
				t.Errorf("want at most %d messages that are carried out, got %d", most, messages)
			}
		})
	}
}

// Where the first error ends the restore, what a group has made before it is
// told of as finished.
func TestGroupThatStops(t *testing.T) {
	for _, jobs := range []int{1, 2} {
		var a archive
		var want []string
		for n := range 20 {
			a.table(fmt.Sprint("t", n))
			if n < 7 {
				want = append(want, fmt.Sprint("TABLE t", n))
			}
		}
		s := newFakeServer(t)
		s.react = func(c *fakeConn, query string) bool {
			return strings.Contains(query, "CREATE TABLE s.t7 ") && c.refuse("42P07", "exists")
		}
		job := a.job(s)
		job.Ungrouped, job.ExitOnError, job.Jobs = false, true, jobs
		o := run(t, job)
		if o.result.Done != 7 || o.result.Errors != 1 {
			t.Errorf("want 7 steps done and an error, got %d and %d", o.result.Done, o.result.Errors)
		}
		if diff := cmp.Diff(want, finishedSteps(job)); diff != "" {
			t.Error(diff)
		}
	}
}

// The second group is sent before the reply to the first.
func TestGroupsAhead(t *testing.T) {
	var a archive
	for n := range 200 {
		a.table(fmt.Sprint("t", n))
	}
	s := newFakeServer(t)
	sent := make(chan struct{}, 100)
	s.wrap = func(c net.Conn) net.Conn { return groupsSent{c, sent} }
	first := true
	s.react = func(c *fakeConn, query string) bool {
		if first && strings.Contains(query, "CREATE TABLE") {
			first = false
			for range 2 {
				<-sent // or the test hangs
			}
		}
		return false
	}
	job := a.job(s)
	job.Ungrouped = false
	if o := run(t, job); o.err != nil || o.result.Errors > 0 {
		t.Errorf("want no error, got %d and %v", o.result.Errors, o.err)
	}
}

// groupsSent tells of the groups that are about to be written.
type groupsSent struct {
	net.Conn
	sent chan<- struct{}
}

func (c groupsSent) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("SET "+groupParameter)) {
		c.sent <- struct{}{}
	}
	return c.Conn.Write(p)
}

// With several connections, what builds an index goes alone to servers that may
// forget it if a group with it is undone.
func TestIndexesInGroups(t *testing.T) {
	for _, tt := range []struct {
		version string
		jobs    int
		want    bool // grouped
	}{
		{"13.16", 2, false}, {"17.7", 2, false}, {"17.7", 1, true}, {"18.0", 2, true}, {"19beta1", 2, true},
	} {
		a := shop(20)
		s := newFakeServer(t)
		s.version = tt.version
		job := a.job(s)
		job.Jobs, job.Ungrouped = tt.jobs, false
		run(t, job)
		got := slices.ContainsFunc(s.queries(), func(q string) bool {
			return strings.Count(q, "CREATE INDEX")+strings.Count(q, "ADD CONSTRAINT") > 1
		})
		if tt.want != got {
			t.Errorf("%s, %d jobs: want indexes in groups %t, got %q", tt.version, tt.jobs, tt.want, s.queries())
		}
	}
}

// In a group, a table that the user makes need not be given to the user. One by
// one, each statement is sent.
func TestOwnersInGroups(t *testing.T) {
	for _, refuses := range []bool{false, true} {
		var a archive
		for n := range 40 {
			a.table(fmt.Sprint("t", n))
			e := a.last()
			e.Owner, e.Drop, e.Null = [...]string{"me", "other"}[n%2], "DROP TABLE s."+e.Tag+";\n", e.Null&^toc.FieldDrop
		}
		s := newFakeServer(t)
		s.react = func(c *fakeConn, query string) bool {
			switch {
			case strings.Contains(query, "current_user"):
				return c.tellUser("me")
			case refuses && strings.Contains(query, "CREATE TABLE"):
				return c.refuse("42P07", "exists")
			}
			return false
		}
		job := a.job(s)
		job.Jobs, job.Ungrouped = 2, false
		run(t, job)
		got := make(map[string]int)
		for _, q := range s.queries() {
			where := "alone"
			if strings.Count(q, "CREATE TABLE") > 1 {
				where = "grouped"
			}
			for _, owner := range []string{"me", "other"} {
				got[owner+" "+where] += strings.Count(q, " OWNER TO "+owner+";")
			}
		}
		// A batch may end with a table alone.
		if got["me grouped"] > 0 || got["other grouped"] < 10 || refuses != (got["me alone"] == 20) || refuses && got["other alone"] < 20 {
			t.Errorf("refused %t: got %v", refuses, got)
		}
	}
}

// tellUser answers the question for the server's settings and the user.
func (c *fakeConn) tellUser(name string) bool {
	c.Send(&pgproto3.RowDescription{Fields: make([]pgproto3.FieldDescription, 4)})
	c.Send(&pgproto3.DataRow{Values: [][]byte{[]byte("wal_level"), []byte("replica"), []byte("f"), []byte(name)}})
	c.complete("SELECT 1")
	_ = c.ready() // the client may be gone
	return true
}

// Large objects that the user makes are not given to the user, unless some of
// them were there.
func TestOwnersOfLargeObjects(t *testing.T) {
	for _, refuses := range []bool{false, true} {
		var a archive
		var oids strings.Builder
		for n := range 200 {
			fmt.Fprintln(&oids, 1000+n)
		}
		for _, owner := range []string{"me", "other"} {
			a.add("BLOB METADATA", owner, oids.String())
			e := a.last()
			e.Owner, e.Drop, e.Null = owner, "SELECT pg_catalog.lo_unlink('1000');\n", e.Null&^toc.FieldDrop
		}
		s := newFakeServer(t)
		s.react = func(c *fakeConn, query string) bool {
			switch {
			case strings.Contains(query, "current_user"):
				return c.tellUser("me")
			case refuses && strings.Contains(query, "lo_create('1077')"):
				return c.refuse("42710", "large object 1077 already exists")
			}
			return false
		}
		job := a.job(s)
		job.Jobs, job.Ungrouped = 2, false
		run(t, job)
		given := map[string]map[string]bool{"me": {}, "other": {}}
		for _, q := range s.queries() {
			for line := range strings.Lines(q) {
				if object, owner, found := strings.Cut(strings.TrimSpace(line), " OWNER TO "); found {
					given[strings.TrimSuffix(owner, ";")][object] = true
				}
			}
		}
		if mine := len(given["me"]); len(given["other"]) != 200 || refuses != (mine == 200) || !refuses && mine > 50 {
			t.Errorf("refused %t: %d given to the user, %d to the other", refuses, mine, len(given["other"]))
		}
	}
}
