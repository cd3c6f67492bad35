package plan_test

import (
	"testing"

	"pgrestore/internal/plan"
)

func TestEstimates(t *testing.T) {
	var a archive
	a.table("t")
	a.data("t")
	a.sizes = map[string]int64{"data t": 1000 << 20}
	a.add("CONSTRAINT", "t t_pkey", "ALTER TABLE ONLY s.t ADD CONSTRAINT t_pkey PRIMARY KEY (a);\n", "t")
	a.add("INDEX", "btree", "CREATE INDEX btree ON s.t USING btree (a);\n", "t")
	a.add("INDEX", "gin", "CREATE INDEX gin ON s.t USING gin (a);\n", "t")
	a.add("INDEX", "brin", "CREATE INDEX brin ON s.t USING brin (a);\n", "t")
	a.add("FK CONSTRAINT", "t t_fkey", "ALTER TABLE ONLY s.t ADD CONSTRAINT t_fkey FOREIGN KEY (a) REFERENCES s.t(a);\n", "t")
	a.add("COMMENT", "TABLE t", "COMMENT ON TABLE s.t IS 'x';\n", "t")
	got := plan.NewEstimates(a.toc(), a.all(), a.size)
	for name, want := range map[string]int64{
		"t": 0, "data t": 1000, "t t_pkey": 230, "btree": 230, "gin": 600, "brin": 50, "t t_fkey": 50, "TABLE t": 0,
	} {
		weight := got.Weight(a.position(name))
		if weight>>20 != want {
			t.Errorf("%s: want %d MB, got %d", name, want, weight>>20)
		}
		if weight%(1<<20) == 0 {
			t.Errorf("%s: want something for the statement", name)
		}
	}
	if want, got := "s.t", got.Table(a.position("t t_pkey")); want != got {
		t.Errorf("want %q, got %q", want, got)
	}
	if want, got := int64(1000<<20), got.Load(a.position("gin")); want != got {
		t.Errorf("want %d, got %d", want, got)
	}
}
