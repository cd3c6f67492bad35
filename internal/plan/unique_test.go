package plan_test

import (
	"testing"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

func TestIsUnique(t *testing.T) {
	for constraint, want := range map[string]bool{
		"PRIMARY KEY (a)": true,
		"UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)":        true,
		"PRIMARY KEY (a);\n\nALTER TABLE s.t CLUSTER ON c": true,
		"PRIMARY KEY (a, during WITHOUT OVERLAPS)":         false,
		"EXCLUDE USING gist (a WITH =)":                    false,
		"NOT NULL a NOT VALID":                             false,
		"CHECK ((a > 0))":                                  false,
	} {
		e := toc.Entry{Kind: toc.KindConstraint, Definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT c " + constraint + ";\n"}
		if got := plan.IsUnique(&e); got != want {
			t.Errorf("%s: want %t, got %t", constraint, want, got)
		}
	}
	key := toc.Entry{Kind: toc.KindForeignKey, Definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES s.u(a);\n"}
	if plan.IsUnique(&key) {
		t.Error("a foreign key is taken for unique")
	}
}
