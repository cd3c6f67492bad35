package plan_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

func TestPassOf(t *testing.T) {
	for _, tt := range []struct {
		desc, tag string
		section   toc.Section
		want      plan.Pass
	}{
		{"TABLE", "t", toc.SectionPreData, plan.Main},
		{"TABLE DATA", "t", toc.SectionData, plan.Main},
		{"ACL", "TABLE t", toc.SectionNone, plan.Privileges},
		{"ACL LANGUAGE", "x", toc.SectionNone, plan.Privileges},
		{"DEFAULT ACL", "x", toc.SectionPostData, plan.Privileges},
		{"EVENT TRIGGER", "e", toc.SectionPostData, plan.AfterPrivileges},
		{"MATERIALIZED VIEW", "m", toc.SectionPreData, plan.Main},
		{"MATERIALIZED VIEW DATA", "m", toc.SectionPostData, plan.AfterPrivileges},
		{"COMMENT", "EVENT TRIGGER e", toc.SectionNone, plan.AfterPrivileges},
		{"COMMENT", "EVENT TRIGGERe", toc.SectionNone, plan.Main},
		{"COMMENT", "TABLE t", toc.SectionNone, plan.Main},
		{"SECURITY LABEL", "EVENT TRIGGER e", toc.SectionNone, plan.AfterPrivileges},
		{"STATISTICS DATA", "t", toc.SectionData, plan.Main},
		{"STATISTICS DATA", "i", toc.SectionPostData, plan.AfterPrivileges},
		{"STATISTICS", "i", toc.SectionPostData, plan.Main},
		{"NEVER HEARD OF", "i", toc.SectionPostData, plan.Main},
	} {
		e := toc.Entry{Kind: toc.ParseKind(tt.desc), Desc: tt.desc, Tag: tt.tag, Section: tt.section}
		if got := plan.PassOf(&e); tt.want != got {
			t.Errorf("%s %q: want pass %d, got %d", tt.desc, tt.tag, tt.want, got)
		}
	}
}

func TestNew(t *testing.T) {
	var a archive
	a.add("ENCODING", "encoding", "SET client_encoding = 'UTF8';\n")
	a.table("t")
	a.add("ACL", "acl", "GRANT ALL ON t TO PUBLIC;\n", "t")
	a.data("t")
	a.index("i", "t", "t")
	a.add("EVENT TRIGGER", "evt", "CREATE EVENT TRIGGER evt;\n")
	a.add("DEFAULT ACL", "defaults", "ALTER DEFAULT PRIVILEGES;\n")
	a.add("MATERIALIZED VIEW DATA", "refresh", "REFRESH MATERIALIZED VIEW m;\n")
	for i := range a.entries {
		if name := a.names[i]; name == "t" || name == "i" || name == "evt" || name == "data t" {
			a.entries[i].Null &^= toc.FieldDrop // also an empty one
		}
	}
	wanted := a.all()
	wanted[0] = toc.Special
	for _, tt := range []struct {
		name          string
		order         []int
		change        func(wanted []toc.Parts)
		steps, drops  []string
		withoutSchema bool
	}{
		{
			name: "all", steps: []string{"t", "data t", "i", "acl", "defaults", "evt", "refresh"},
			drops: []string{"evt", "i", "data t", "t"},
		},
		{
			name: "another order", order: []int{7, 6, 5, 4, 3, 2, 1, 0},
			steps: []string{"i", "data t", "t", "defaults", "acl", "refresh", "evt"},
			drops: []string{"t", "data t", "i", "evt"},
		},
		{
			name: "only data", change: func(wanted []toc.Parts) {
				for i := range wanted {
					wanted[i] &= toc.Data
				}
			},
			steps: []string{"data t"}, drops: []string{"data t"}, withoutSchema: true,
		},
		{
			name: "only statistics", change: func(wanted []toc.Parts) {
				for i := range wanted {
					wanted[i] = 0
				}
				wanted[4] = toc.StatisticsPart
			},
			steps: []string{"i"}, withoutSchema: true,
		},
		{name: "nothing", change: func(wanted []toc.Parts) { clear(wanted) }, withoutSchema: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wanted := append([]toc.Parts(nil), wanted...)
			if tt.change != nil {
				tt.change(wanted)
			}
			p := plan.New(a.toc(), tt.order, wanted)
			if diff := cmp.Diff(tt.steps, a.entryNames(p.Steps)); diff != "" {
				t.Errorf("steps: %s", diff)
			}
			if diff := cmp.Diff(tt.drops, a.entryNames(p.Drops(a.toc(), wanted))); diff != "" {
				t.Errorf("drops: %s", diff)
			}
			if tt.withoutSchema != p.WithoutSchema {
				t.Errorf("without schema: want %t, got %t", tt.withoutSchema, p.WithoutSchema)
			}
			for _, s := range p.Steps {
				if s.Parts != wanted[s.Entry] {
					t.Errorf("%s: want parts %b, got %b", a.names[s.Entry], wanted[s.Entry], s.Parts)
				}
			}
		})
	}
}

func TestTableData(t *testing.T) {
	var a archive
	a.table("t")
	a.table("u")
	a.data("u")
	a.data("elsewhere")
	a.data("u")
	alone := a.add("TABLE DATA", "alone", "")
	alone.Dependencies = nil
	if diff := cmp.Diff([]int32{-1, 4, -1, -1, -1, -1}, plan.TableData(a.toc())); diff != "" {
		t.Error(diff)
	}
}

func TestLoadsViaRoot(t *testing.T) {
	for _, tt := range []struct {
		name, copy, definition string
		want                   bool
	}{
		{name: "its own table", copy: "COPY s.t (a, b) FROM stdin;\n"},
		{name: "without its schema", copy: "COPY t (a, b) FROM stdin;\n"},
		{name: "quoted all the same", copy: "COPY \"s\".\"t\" (a, b) FROM stdin;\n"},
		{name: "in upper case", copy: "COPY S.T (a, b) FROM stdin;\n"},
		{name: "INSERTs"},
		{name: "another table", copy: "COPY s.root (a, b) FROM stdin;\n", want: true},
		{name: "another schema", copy: "COPY r.t (a, b) FROM stdin;\n", want: true},
		{name: "quoted, in upper case", copy: "COPY s.\"T\" (a, b) FROM stdin;\n", want: true},
		{name: "note", copy: "COPY s.t (a, b) FROM stdin;\n", definition: "-- load via partition root s.r\n", want: true},
		{name: "note on INSERTs", definition: "-- load via partition root s.r\n", want: true},
		{name: "no COPY", copy: "SELECT 1", want: true},
		{name: "nothing behind COPY", copy: "COPY", want: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := toc.Entry{Kind: toc.KindTableData, Namespace: "s", Tag: "t", Copy: tt.copy, Definition: tt.definition}
			if got := plan.LoadsViaRoot(&e); tt.want != got {
				t.Errorf("want %t, got %t", tt.want, got)
			}
		})
	}
}

// Archives may have very many entries: what stands beside them is made of few
// pieces of memory.
func TestFewAllocations(t *testing.T) {
	const tables = 1000
	var a archive
	for n := range tables {
		name := fmt.Sprintf("t%d", n)
		a.table(name)
		a.data(name)
		a.index("i"+name, name)
		a.key(name)
	}
	contents, wanted := a.toc(), a.all()
	got := testing.AllocsPerRun(3, func() {
		p := plan.New(contents, nil, wanted)
		plan.NewParallel(plan.NewEstimates(contents, wanted, a.size, nil, false), p, plan.ParallelOptions{})
	})
	// The names of tables, indexes and constraints are one each.
	if most := 3.5 * tables; got > most {
		t.Errorf("want at most %.0f allocations for %d entries, got %.0f", most, len(contents.Entries), got)
	}
}
