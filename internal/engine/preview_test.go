package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// star is an archive of tables that refer to a hub and to each other in a ring.
func star(tables int) *archive {
	a := shop(tables)
	a.size = 4 << 20
	for i := range tables {
		for n, to := range []int{0, (i + 1) % tables} {
			a.add("FK CONSTRAINT", fmt.Sprintf("t%d fk%d", i, n),
				fmt.Sprintf("ALTER TABLE ONLY s.t%d\n    ADD CONSTRAINT fk%d FOREIGN KEY (a) REFERENCES s.t%d(a);\n", i, n, to),
				a.entries[1+i].ID, a.entries[1+to].ID)
		}
	}
	a.add("ACL", "TABLE t0", "GRANT ALL ON s.t0 TO PUBLIC;\n", 2)
	a.add("ACL", "TABLE t1", "SET SESSION AUTHORIZATION x;\nGRANT ALL ON s.t0 TO y;\nRESET SESSION AUTHORIZATION;\n", 2)
	return a
}

func (a *archive) preview(t *testing.T, jobs int, server Server) *Preview {
	t.Helper()
	job := a.job(newFakeServer(t))
	job.Jobs = jobs
	return NewPreview(job, server)
}

// A preview has each step once, halves apart, and none that overlaps another on
// its connection.
func TestPreviewHasAll(t *testing.T) {
	a := star(8)
	for _, jobs := range []int{1, 2, 5} {
		t.Run(fmt.Sprint(jobs, " jobs"), func(t *testing.T) {
			p := a.preview(t, jobs, Server{Superuser: true, Free: -1})
			seen := make(map[int]string)
			for _, stage := range p.Stages {
				free := make([]int64, jobs) // when each connection is
				for n, s := range stage.Steps {
					if n > 0 && s.Start < stage.Steps[n-1].Start {
						t.Errorf("stage %s: step %d starts before the one above", stage.Name, n)
					}
					if s.Start < free[s.Connection] {
						t.Errorf("stage %s: connection %d is busy until %d, but a step starts at %d", stage.Name, s.Connection, free[s.Connection], s.Start)
					}
					if s.Lanes <= 1 {
						free[s.Connection] = s.Start + s.Weight
					}
					seen[s.Entry] += "," + s.Half.String()
				}
			}
			for _, step := range a.job(newFakeServer(t)).Plan.Steps {
				switch got := seen[step.Entry]; got {
				case ",", ",index,constraint", ",key,check":
				default:
					t.Errorf("%s: got the steps %q", a.entries[step.Entry].Tag, got)
				}
			}
			if jobs == 1 && p.Span != p.Totals.Weight {
				t.Errorf("one connection takes %d for %d", p.Span, p.Totals.Weight)
			}
			if jobs > 1 && p.Span >= p.Totals.Weight*3/4 {
				t.Errorf("%d connections take %d for %d", jobs, p.Span, p.Totals.Weight)
			}
			if diff := cmp.Diff(p, a.preview(t, jobs, Server{Superuser: true, Free: -1})); diff != "" {
				t.Errorf("another time: %s", diff)
			}
		})
	}
}

// Each kind of wait is told as what it is.
func TestPreviewWaits(t *testing.T) {
	a := star(3)
	p := a.preview(t, 2, Server{Superuser: true})
	got := make(map[string]int)
	for _, stage := range p.Stages {
		for _, s := range stage.Steps {
			entry := &a.entries[s.Entry]
			switch s.Wait.For {
			case Nothing:
				got["nothing"]++
				if s.Start != 0 {
					t.Errorf("%s waits for nothing until %d", entry.Tag, s.Start)
				}
			case Dependency:
				got["step"]++
				if on := &a.entries[s.Wait.Step.Entry]; on.ID >= entry.ID && s.Half == plan.Whole {
					t.Errorf("%s waits for %s", entry.Tag, on.Tag)
				}
			case TableLock:
				got["lock"]++
				if !strings.Contains(entry.Definition, s.Wait.Table) {
					t.Errorf("%q waits for a lock on %s", entry.Definition, s.Wait.Table)
				}
			case FreeConnection:
				got["connection"]++
			case Order:
				got["order"]++
			}
		}
	}
	for _, kind := range []string{"nothing", "step", "lock", "connection"} {
		if got[kind] == 0 {
			t.Errorf("no step waits for %s: %v", kind, got)
		}
	}
}

// An index that is sorted by several processes has its table for itself, which
// others wait for.
func TestPreviewWaitsForClaim(t *testing.T) {
	var a archive
	big := a.table("t0")
	a.copyInto("t0", strings.NewReader(rows(1)), big)
	a.add("INDEX", "sorted", "CREATE INDEX sorted ON s.t0 USING btree (a);\n", big)
	other := a.table("t1")
	otherData := a.copyInto("t1", strings.NewReader(rows(1)), other)
	meanwhile := a.add("INDEX", "other", "CREATE INDEX other ON s.t1 USING brin (a);\n", other)
	a.add("INDEX", "late", "CREATE INDEX late ON s.t0 USING btree (a);\n", big, meanwhile)
	job := a.job(newFakeServer(t))
	job.Jobs = 3
	job.Size = func(id toc.ID) int64 {
		if id == otherData {
			return 40 << 20
		}
		return 64 << 20
	}
	got := make(map[string]PreviewStep)
	for _, stage := range NewPreview(job, Server{Superuser: true, Free: -1}).Stages {
		for _, s := range stage.Steps {
			got[a.entries[s.Entry].Tag] = s
		}
	}
	if got["sorted"].Workers == 0 || got["late"].Start < got["sorted"].Start+got["sorted"].Weight {
		t.Fatalf("want an index to have its table for itself, got %+v and %+v", got["sorted"], got["late"])
	}
	wait := got["late"].Wait
	if want := (Wait{For: TableLock, Step: got["sorted"].Step, Table: "s.t0"}); wait != want {
		t.Errorf("want %+v, got %+v", want, wait)
	}
}

// Big tables that the restore makes are loaded in lanes, which make it faster.
func TestPreviewLanes(t *testing.T) {
	for _, tt := range []struct {
		name      string
		change    func(*Job)
		wantLanes int
		truncates bool
	}{
		{name: "plain", change: func(*Job) {}, wantLanes: 3},
		{name: "row security", change: func(j *Job) { j.Options.EnableRowSecurity = true }, wantLanes: 1},
		{name: "freeze", change: func(j *Job) { j.CopyFreeze = true }, wantLanes: 1, truncates: true},
		{name: "one connection", change: func(j *Job) { j.Jobs = 1 }, wantLanes: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := shop(1)
			a.size = 64 << 20
			job := a.job(newFakeServer(t))
			job.Jobs = 3
			tt.change(&job)
			for _, stage := range NewPreview(job, Server{}).Stages {
				for _, s := range stage.Steps {
					if s.Lanes == 0 {
						continue
					}
					if s.Lanes != tt.wantLanes || s.Truncates != tt.truncates || s.Freezes != tt.truncates {
						t.Errorf("want %d lanes and TRUNCATE %t, got %+v", tt.wantLanes, tt.truncates, s)
					}
				}
			}
		})
	}
}

func TestPreviewServer(t *testing.T) {
	a := star(2)
	p := a.preview(t, 8, Server{Superuser: true, MinimalWAL: true, Free: 3})
	if p.Connections != 3 {
		t.Errorf("want 3 connections, got %d", p.Connections)
	}
	for _, stage := range p.Stages {
		for _, s := range stage.Steps {
			if s.Connection >= 3 {
				t.Errorf("a step on connection %d", s.Connection)
			}
			if s.Lanes > 0 && !s.Truncates {
				t.Error("wal_level is minimal, but a new table is not truncated")
			}
		}
	}
}

// What keeps the archive's order is said, and kept.
func TestPreviewKept(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Job, *Server)
		want   []string
	}{
		{"nothing", func(*Job, *Server) {}, nil},
		{"list file", func(j *Job, _ *Server) { j.Reordered = true }, []string{"what comes before the data", "privileges"}},
		{"-e", func(j *Job, _ *Server) { j.ExitOnError = true }, []string{"what comes before the data", "privileges", "halves of constraints"}},
		{"no superuser", func(_ *Job, s *Server) { s.Superuser = false }, []string{"privileges"}},
		{"pipe", func(j *Job, _ *Server) { j.Sequential = true }, []string{"data"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			job := star(2).job(newFakeServer(t))
			job.Jobs = 2
			server := Server{Superuser: true}
			tt.change(&job, &server)
			var got []string
			for _, k := range NewPreview(job, server).Kept {
				got = append(got, k.What)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
