package engine

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
)

func TestCause(t *testing.T) {
	refused := &pgconn.PgError{Severity: "FATAL", Code: "53300"}
	missing := &pgconn.PgError{Severity: "ERROR", Code: "42704"}
	lost := &lostError{entry: -1, failure: failure{text: "gone", err: io.EOF}}
	for _, tt := range []struct {
		name  string
		err   error
		cause event.Cause
		state string
	}{
		{"restart", &RestartedError{Lost: "gone"}, event.Restart, ""},
		{"lost", fmt.Errorf("too often: %w", lost), event.Connection, ""},
		{"reply", &replyError{text: "could not open", reply: missing}, "", "42704"},
		{"no reply", &replyError{text: "could not open", reply: io.EOF}, event.Connection, ""},
		{"query", &queryError{text: "query failed", reply: missing}, "", "42704"},
		{"end by the server", &queryError{text: "query failed", reply: refused}, event.Connection, "53300"},
		{"other", errors.New("no such data"), event.OtherCause, ""},
	} {
		if cause, state := Cause(tt.err); cause != tt.cause || state != tt.state {
			t.Errorf("%s: want %q and %q, got %q and %q", tt.name, tt.cause, tt.state, cause, state)
		}
	}
}

// Where privileges fail because a role is missing, the server is asked for the
// others that the statements name.
func TestRolesOfFailedPrivileges(t *testing.T) {
	var a archive
	table := a.table("t")
	a.add("ACL", "TABLE t", "GRANT ALL ON TABLE s.t TO \"The App\";\nGRANT SELECT ON TABLE s.t TO report;\n", table)
	s := newFakeServer(t)
	s.react = func(c *fakeConn, query string) bool {
		switch {
		case strings.HasPrefix(query, "GRANT"):
			return c.refuse("42704", `role "The App" does not exist`)
		case strings.Contains(query, "pg_roles") && strings.Contains(query, "'The App'"):
			return c.row("report")
		}
		return false
	}
	job := a.job(s)
	job.SampleEvery = 1 << 40
	if o := run(t, job); o.err != nil {
		t.Fatal(o.err)
	}
	var got []event.Event
	for _, r := range job.Sink.(*event.Recorder).Records() {
		if roles, ok := r.Event.(event.Roles); ok {
			got = append(got, roles)
		}
	}
	if diff := cmp.Diff([]event.Event{event.Roles{Exist: []string{"report"}}}, got); diff != "" {
		t.Error(diff)
	}
}

// What was carried out counts as done, be it with errors; what was left out does
// not, on one connection or several.
func TestDoneSteps(t *testing.T) {
	for _, jobs := range []int{1, 3} {
		var a archive
		for _, name := range []string{"t", "u", "v"} {
			table := a.table(name)
			a.copyInto(name, strings.NewReader(rows(1)), table)
		}
		s := newFakeServer(t)
		s.react = func(c *fakeConn, query string) bool {
			bad := strings.HasPrefix(query, "CREATE TABLE s.t ") || strings.HasPrefix(query, "COPY s.u ")
			return bad && c.refuse("42501", "permission denied")
		}
		job := a.job(s)
		job.NoDataForFailedTables, job.Jobs = true, jobs
		o := run(t, job)
		if want, got := len(job.Plan.Steps)-1, o.result.Done; o.err != nil || want != got {
			t.Errorf("%d jobs: %v, want %d steps done, got %d", jobs, o.err, want, got)
		}
	}
}
