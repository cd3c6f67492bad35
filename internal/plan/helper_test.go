package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// archive describes a table of contents for tests. Entries are found by their
// tag, so those that a test speaks of need different ones.
type archive struct {
	minor   uint8 // of the archive's version; 0 is 16
	entries []toc.Entry
	names   []string // of the entries, for tests
	sizes   map[string]int64
}

// add adds an entry of the kind's usual section. Its dependencies are named.
func (a *archive) add(desc, name, definition string, dependencies ...string) *toc.Entry {
	kind := toc.ParseKind(desc)
	section := toc.SectionBefore111(kind)
	switch kind {
	case toc.KindIndexAttach, toc.KindStatistics, toc.KindPolicy, toc.KindPublication, toc.KindEventTrigger,
		toc.KindMaterializedViewData, toc.KindRowSecurity:
		section = toc.SectionPostData
	case toc.KindSequenceSet, toc.KindBlobMetadata:
		section = toc.SectionData
	}
	e := toc.Entry{
		ID: toc.ID(len(a.entries) + 1), Kind: kind, Desc: desc, Tag: name, Section: section,
		Namespace: "s", Definition: definition, Null: toc.FieldDrop,
	}
	for _, d := range dependencies {
		e.Dependencies = append(e.Dependencies, a.id(d))
	}
	a.entries = append(a.entries, e)
	a.names = append(a.names, name)
	return &a.entries[len(a.entries)-1]
}

// id finds an entry by its name; "?" is an ID that the archive does not have.
func (a *archive) id(name string) toc.ID {
	if name == "?" {
		return 9999
	}
	return a.entries[a.position(name)].ID
}

func (a *archive) position(name string) int {
	i := slices.Index(a.names, name)
	if i < 0 {
		panic("no entry " + name)
	}
	return i
}

// table adds a table that may belong to others.
func (a *archive) table(name string, parents ...string) {
	a.add("TABLE", name, "CREATE TABLE s."+name+" (a integer);\n", parents...)
}

// data adds the data of a table under the name "data <table>".
func (a *archive) data(table string) *toc.Entry {
	e := a.add("TABLE DATA", "data "+table, "")
	e.Tag, e.HasData, e.Copy = table, true, "COPY s."+table+" (a) FROM stdin;\n"
	if i := slices.Index(a.names, table); i >= 0 {
		e.Dependencies = []toc.ID{a.entries[i].ID}
	} else {
		e.Dependencies = []toc.ID{9999}
	}
	return e
}

// index and key add an index and a primary key of a table, under their names.
func (a *archive) index(name, table string, more ...string) {
	a.add("INDEX", name, "CREATE INDEX "+name+" ON s."+table+" USING btree (a);\n", more...)
}

func (a *archive) key(table string, more ...string) {
	e := a.add("CONSTRAINT", "key "+table, "ALTER TABLE ONLY s."+table+"\n    ADD CONSTRAINT "+table+"_pkey PRIMARY KEY (a);\n", more...)
	e.Tag = table + " " + table + "_pkey"
}

func (a *archive) foreignKey(table, to string, more ...string) {
	e := a.add("FK CONSTRAINT", "fk "+table+" "+to,
		"ALTER TABLE ONLY s."+table+"\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s."+to+"(a);\n", more...)
	e.Tag = table + " fk"
}

func (a *archive) attach(parent, child string) {
	e := a.add("TABLE ATTACH", "attach "+child, "ALTER TABLE ONLY s."+parent+" ATTACH PARTITION s."+child+" FOR VALUES IN (1);\n", parent, child)
	e.Tag = child
}

func (a *archive) indexAttach(parent, child string) {
	e := a.add("INDEX ATTACH", "attach "+child, "ALTER INDEX s."+parent+" ATTACH PARTITION s."+child+";\n", child, parent)
	e.Tag = child
}

func (a *archive) toc() *toc.TOC {
	minor := a.minor
	if minor == 0 {
		minor = 16
	}
	return toc.New(toc.Header{Version: toc.Version{Major: 1, Minor: minor}}, a.entries)
}

func (a *archive) size(id toc.ID) int64 { return a.sizes[a.names[int(id)-1]] }

// all is what a restore of everything wants.
func (a *archive) all() []toc.Parts {
	wanted := make([]toc.Parts, len(a.entries))
	for i := range a.entries {
		if a.entries[i].Definition != "" {
			wanted[i] = toc.Definition
		}
		if a.entries[i].HasData {
			wanted[i] |= toc.Data
		}
	}
	return wanted
}

// stages plans a restore of all of the archive.
func (a *archive) stages(o plan.ParallelOptions) *plan.Parallel {
	t, wanted := a.toc(), a.all()
	return plan.NewParallel(plan.NewEstimates(t, wanted, a.size, nil, false), plan.New(t, nil, wanted), o)
}

// nodes gives the nodes of an entry with the graph that they are in.
func (a *archive) nodes(t *testing.T, p *plan.Parallel, name string) (*plan.Graph, []int32) {
	t.Helper()
	at := a.position(name)
	for _, g := range []*plan.Graph{p.Objects, p.Main, p.Grants} {
		var found []int32
		for n := range g.Nodes {
			if s := g.Nodes[n].Step; s.Parts != 0 && s.Entry == at {
				found = append(found, int32(n))
			}
		}
		if found != nil {
			return g, found
		}
	}
	t.Fatalf("%s is in no graph", name)
	return nil, nil
}

// conflict reports whether two entries stand in each other's way.
func (a *archive) conflict(t *testing.T, p *plan.Parallel, one, other string) bool {
	t.Helper()
	g, first := a.nodes(t, p, one)
	g2, second := a.nodes(t, p, other)
	if g != g2 {
		t.Fatalf("%s and %s are in different stages", one, other)
	}
	for _, n := range first {
		for _, m := range second {
			if nodesConflict(g, n, m) {
				return true
			}
		}
	}
	return false
}

func nodesConflict(g *plan.Graph, n, m int32) bool {
	for _, x := range g.Nodes[n].Locks {
		for _, y := range g.Nodes[m].Locks {
			if x.Resource == y.Resource && x.Mode.Conflicts(y.Mode) {
				return true
			}
		}
	}
	return false
}

// waits reports whether every node of an entry waits for all those of another,
// be it by way of others.
func (a *archive) waits(t *testing.T, p *plan.Parallel, name, on string) bool {
	t.Helper()
	g, nodes := a.nodes(t, p, name)
	g2, before := a.nodes(t, p, on)
	if g != g2 {
		t.Fatalf("%s and %s are in different stages", name, on)
	}
	for _, b := range before {
		reached := reach(g, b)
		for _, n := range nodes {
			if !reached[n] {
				return false
			}
		}
	}
	return true
}

// reach gives the nodes that wait for n, directly or not.
func reach(g *plan.Graph, n int32) map[int32]bool {
	reached := map[int32]bool{}
	var visit func(int32)
	visit = func(n int32) {
		for _, next := range g.Nodes[n].Next {
			if !reached[next] {
				reached[next] = true
				visit(next)
			}
		}
	}
	visit(n)
	return reached
}

// entryNames gives the names of steps.
func (a *archive) entryNames(steps []plan.Step) (names []string) {
	for _, s := range steps {
		names = append(names, a.names[s.Entry])
	}
	return names
}

func (a *archive) String() string {
	var s string
	for i := range a.entries {
		e := &a.entries[i]
		s += fmt.Sprintf("%d %s %q section %d on %v: %q %q\n", e.ID, e.Desc, e.Tag, e.Section, e.Dependencies, e.Definition, e.Copy)
	}
	return s
}
