package plan_test

import (
	"slices"
	"testing"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

func TestReads(t *testing.T) {
	var a archive
	a.add("TABLE", "parent", "")
	a.add("TABLE", "leaf", "")
	attach := a.add("TABLE ATTACH", "attach leaf", "", "leaf", "parent")
	attach.Tag = "leaf"
	a.add("TABLE", "heir", "", "parent")
	a.add("TABLE", "other", "")
	a.add("TABLE", "unread", "")
	a.add("FUNCTION", "f", "", "other")
	a.add("VIEW", "v", "", "f", "leaf")
	a.add("MATERIALIZED VIEW", "through views", "", "v", "?")
	a.add("MATERIALIZED VIEW DATA", "data through views", "", "through views")
	a.add("MATERIALIZED VIEW", "of a parent", "", "parent")
	a.add("MATERIALIZED VIEW DATA", "data of a parent", "", "of a parent")
	a.add("MATERIALIZED VIEW", "of another", "", "through views", "through views")
	a.add("MATERIALIZED VIEW DATA", "data of another", "", "of another")
	a.add("MATERIALIZED VIEW DATA", "of none", "")
	reads := plan.NewReads(a.toc())
	for name, want := range map[string][]string{
		"data through views": {"leaf", "other"},
		"data of a parent":   {"parent", "leaf", "heir"},
		"data of another":    {"leaf", "other"},
		"of none":            nil,
	} {
		var ids []toc.ID
		for _, table := range want {
			ids = append(ids, a.id(table))
		}
		if got := reads.Of(a.position(name)); !slices.Equal(ids, got) {
			t.Errorf("%s: want %v, got %v", name, ids, got)
		}
	}
}
