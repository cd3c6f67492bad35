package engine

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
	"pgrestore/toc"
)

// A constraint in two halves is, where one of them fails, tried again as a
// whole, and its error is the one of the archive's own statement. The second
// half is not tried without the first, nor the first kept without the second.
func TestHalfThatFails(t *testing.T) {
	const (
		key    = "ALTER TABLE ONLY s.t0 ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.t1(a) NOT VALID;"
		check  = "ALTER TABLE ONLY s.t0 VALIDATE CONSTRAINT fk;"
		undo   = "ALTER TABLE ONLY s.t0 DROP CONSTRAINT IF EXISTS fk;"
		whole  = "ALTER TABLE ONLY s.t0\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.t1(a);"
		index  = "CREATE UNIQUE INDEX t0_pkey ON s.t0 USING btree (a);"
		attach = "ALTER TABLE ONLY s.t0 ADD CONSTRAINT t0_pkey PRIMARY KEY USING INDEX t0_pkey;"
		drop   = "DROP INDEX IF EXISTS s.t0_pkey;"
		pkey   = "ALTER TABLE ONLY s.t0\n    ADD CONSTRAINT t0_pkey PRIMARY KEY (a);"
	)
	for _, tt := range []struct {
		name  string
		fails []string
		want  []string // of the statements above, in order; those of the other constraint left out
		error string
	}{
		{name: "key", fails: []string{key}, want: []string{key, whole}},
		{name: "check", fails: []string{check}, want: []string{key, check, undo, whole}},
		{name: "check and whole", fails: []string{check, whole}, want: []string{key, check, undo, whole}, error: whole},
		{name: "none", want: []string{key, check}},
		{name: "index", fails: []string{index}, want: []string{index, pkey}},
		{name: "constraint", fails: []string{attach, pkey}, want: []string{index, attach, drop, pkey}, error: pkey},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := shop(2)
			a.add("FK CONSTRAINT", "t0 fk", whole+"\n", 2, 3)
			a.size = 4 << 20
			s := newFakeServer(t)
			s.react = func(c *fakeConn, query string) bool {
				return slices.Contains(tt.fails, strings.TrimRight(query, "\n")) && c.refuse("23503", "it fails")
			}
			job := a.job(s)
			job.Jobs = 2
			o := run(t, job)
			var wantErrors []string
			if tt.error != "" {
				wantErrors = []string{"E could not execute query: ERROR:  it fails\nCommand was: " + tt.error}
			}
			got := o.only("E")
			for n := range got {
				got[n] = strings.TrimRight(got[n], "\n")
			}
			if diff := cmp.Diff(wantErrors, got); diff != "" || o.err != nil {
				t.Errorf("%v %s", o.err, diff)
			}
			ours := []string{key, check, undo, whole}
			if !slices.Contains(ours, tt.want[0]) {
				ours = []string{index, attach, drop, pkey}
			}
			var sent []string
			for _, q := range s.queries() {
				if q = strings.TrimRight(q, "\n"); slices.Contains(ours, q) {
					sent = append(sent, q)
				}
			}
			if diff := cmp.Diff(tt.want, sent); diff != "" {
				t.Error(diff)
			}
			if want, got := len(job.Plan.Steps), o.result.Done; want != got {
				t.Errorf("want %d steps done, got %d", want, got)
			}
			if want, got := len(job.Plan.Steps), wholeSteps(job); want != got {
				t.Errorf("want events of %d steps, got %d", want, got)
			}
		})
	}
}

// wholeSteps counts the steps that events say are over, but for first halves.
func wholeSteps(job Job) (n int) {
	over := func(id event.StepID) {
		if !id.IsFirstPart() {
			n++
		}
	}
	for _, r := range job.Sink.(*event.Recorder).Records() {
		switch e := r.Event.(type) {
		case event.StepFinished:
			over(e.StepID)
		case event.StepFailed:
			over(e.StepID)
		}
	}
	return n
}

// A setting that fails in front of half of a constraint does not keep it from
// being made, and is told once.
func TestSettingThatFailsBeforeHalf(t *testing.T) {
	const (
		set    = "SET default_tablespace = nots"
		index  = "CREATE UNIQUE INDEX t0_pkey ON s.t0 USING btree (a);"
		attach = "ALTER TABLE ONLY s.t0 ADD CONSTRAINT t0_pkey PRIMARY KEY USING INDEX t0_pkey;"
		drop   = "DROP INDEX IF EXISTS s.t0_pkey;"
		pkey   = "ALTER TABLE ONLY s.t0\n    ADD CONSTRAINT t0_pkey PRIMARY KEY (a);"
	)
	for _, tt := range []struct {
		name  string
		fails []string
		want  []string
		error string
	}{
		{name: "setting", want: []string{index, attach}},
		{name: "setting and constraint", fails: []string{attach}, want: []string{index, attach, drop, pkey}},
		{name: "setting and all", fails: []string{index, pkey}, want: []string{index, pkey}, error: pkey},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := shop(1)
			a.size = 4 << 20
			for i := range a.entries {
				if e := &a.entries[i]; e.Kind == toc.KindConstraint {
					e.Tablespace, e.Null = "nots", e.Null&^toc.FieldTablespace
				}
			}
			s := newFakeServer(t)
			s.react = func(c *fakeConn, query string) bool {
				query = strings.TrimRight(query, "\n")
				if strings.HasPrefix(query, set) {
					return c.refuse("42704", "no such tablespace")
				}
				return slices.Contains(tt.fails, query) && c.refuse("23505", "it fails")
			}
			job := a.job(s)
			job.Jobs = 2
			o := run(t, job)
			want := []string{"E could not set \"default_tablespace\" to nots: ERROR:  no such tablespace"}
			if tt.error != "" {
				want = append(want, "E could not execute query: ERROR:  it fails\nCommand was: "+tt.error)
			}
			got := o.only("E")
			for n := range got {
				got[n] = strings.TrimRight(got[n], "\n")
			}
			if diff := cmp.Diff(want, got); diff != "" || o.err != nil {
				t.Errorf("%v %s", o.err, diff)
			}
			var sent []string
			for _, q := range s.queries() {
				if q = strings.TrimRight(q, "\n"); slices.Contains([]string{index, attach, drop, pkey}, q) {
					sent = append(sent, q)
				}
			}
			if diff := cmp.Diff(tt.want, sent); diff != "" {
				t.Error(diff)
			}
			if want, got := len(job.Plan.Steps), o.result.Done; want != got {
				t.Errorf("want %d steps done, got %d", want, got)
			}
		})
	}
}

// A restore that ends between the halves of a constraint says what it leaves.
func TestHalfThatStays(t *testing.T) {
	for _, tt := range []struct{ at, want string }{
		{"ALTER TABLE ONLY s.t0 VALIDATE", `Foreign key "t0 fk" is there, but NOT VALID: rows were not checked.`},
		{"ALTER TABLE ONLY s.t0 ADD CONSTRAINT t0_pkey", `Of constraint "t0 t0_pkey" there is the index, but not the constraint.`},
	} {
		a := shop(2)
		a.add("FK CONSTRAINT", "t0 fk", "ALTER TABLE ONLY s.t0\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.t1(a);\n", 2, 3)
		a.size = 4 << 20
		s := newFakeServer(t)
		ctx, cancel := context.WithCancel(t.Context())
		s.react = func(c *fakeConn, query string) bool {
			if strings.HasPrefix(query, tt.at) {
				cancel()
				<-s.ended
				return c.drop()
			}
			return false
		}
		job := a.job(s)
		job.Jobs = 2
		o := runContext(t, ctx, job)
		if !slices.Contains(o.result.Halves, tt.want) {
			t.Errorf("want %q, got %q", tt.want, o.result.Halves)
		}
	}
}
