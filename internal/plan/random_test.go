package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// randomCase is a restore of a random archive.
type randomCase struct {
	archive
	order   []int // nil: the archive's own
	wanted  []toc.Parts
	options plan.ParallelOptions
	circles bool
}

func newRandomCase(r *rand.Rand, circles bool) *randomCase {
	c := &randomCase{circles: circles, archive: archive{sizes: map[string]int64{}}}
	c.minor = uint8(8 + r.IntN(9))
	one := func(n int) bool { return r.IntN(n) == 0 }
	var tables []string
	pick := func() string { return tables[r.IntN(len(tables))] }
	add := func(desc, definition string, dependencies ...string) *toc.Entry {
		return c.add(desc, fmt.Sprint(desc, " ", len(c.entries)), definition, dependencies...)
	}
	c.add("SCHEMA", "schema", "CREATE SCHEMA s;\n")
	for i := range 1 + r.IntN(8) {
		name := fmt.Sprint("t", i)
		parents := []string{"schema"}
		if len(tables) > 0 && one(4) {
			parents = append(parents, pick())
		}
		c.table(name, parents...)
		if len(tables) > 0 && one(4) {
			c.attach(pick(), name)
		}
		tables = append(tables, name)
		if one(4) {
			add("COMMENT", "COMMENT ON TABLE s."+name+" IS 'x';\n", name)
		}
		if one(6) {
			add("FUNCTION", "CREATE FUNCTION s.f();\n", "schema")
		}
		if one(8) {
			add("DATABASE", "CREATE DATABASE d;\n")
		}
	}
	for _, name := range tables {
		if one(4) {
			continue
		}
		e := c.data(name)
		if one(8) {
			e.Definition = "-- load via partition root s.t0\n"
		}
		c.sizes["data "+name] = r.Int64N(10 << 20)
		if one(10) {
			c.names = append(c.names, "again "+name)
			c.entries = append(c.entries, c.entries[len(c.entries)-1])
			c.entries[len(c.entries)-1].ID = toc.ID(len(c.entries))
		}
	}
	if one(3) {
		add("BLOBS", "").HasData = true
		add("BLOB COMMENTS", "").HasData = true
	}
	var indexes []string
	for range r.IntN(25) {
		table := pick()
		switch r.IntN(11) {
		case 0, 1, 2:
			name := fmt.Sprint("i", len(c.entries))
			c.index(name, table, table)
			indexes = append(indexes, name)
		case 3:
			if !slices.Contains(c.names, "key "+table) {
				c.key(table, table)
			}
		case 4:
			to := pick()
			add("FK CONSTRAINT", "ALTER TABLE ONLY s."+table+"\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s."+to+"(a);\n", table, to)
		case 5:
			if len(indexes) > 1 {
				i, j := indexes[r.IntN(len(indexes))], indexes[r.IntN(len(indexes))]
				add("INDEX ATTACH", "ALTER INDEX s."+i+" ATTACH PARTITION s."+j+";\n", i, j)
			}
		case 6:
			add("TRIGGER", "CREATE TRIGGER x AFTER INSERT ON s."+table+";\n", table)
		case 7:
			add("COMMENT", "COMMENT ON SOMETHING IS 'x';\n", c.names[r.IntN(len(c.names))])
		case 8:
			add([]string{"ACL", "DEFAULT ACL", "EVENT TRIGGER", "MATERIALIZED VIEW DATA"}[r.IntN(4)], "SOMETHING;\n", table)
		case 9:
			e := add("NEVER HEARD OF", "SOMETHING;\n", table)
			e.Section = toc.Section(1 + r.IntN(4))
		case 10:
			add("PUBLICATION", "CREATE PUBLICATION p;\n")
		}
	}
	for i := range c.entries {
		for one(6) {
			on := "?"
			if i > 0 && !one(4) {
				on = c.names[r.IntN(i)]
			}
			if circles && one(2) {
				on = c.names[r.IntN(len(c.names))]
			}
			c.entries[i].Dependencies = append(c.entries[i].Dependencies, c.id(on))
		}
	}
	if one(3) {
		c.order = r.Perm(len(c.entries))
	}
	c.wanted = c.all()
	if one(2) {
		for i := range c.wanted {
			if one(4) {
				c.wanted[i] = 0
			}
		}
	}
	c.options = plan.ParallelOptions{
		ObjectsInOrder: one(3), DataInOrder: one(3), WholeConstraints: one(2), GrantsInOrder: one(2),
	}
	if c.order != nil && !circles {
		// Another order of steps that others wait for would make circles.
		c.options.ObjectsInOrder, c.options.DataInOrder = true, false
	}
	return c
}

func (c *randomCase) build() (*plan.Plan, *plan.Parallel) {
	t := c.toc()
	p := plan.New(t, c.order, c.wanted)
	return p, plan.NewParallel(plan.NewEstimates(t, c.wanted, c.size, nil, false), p, c.options)
}

// half is a step's entry and which half of it.
type half struct {
	entry int
	half  plan.Half
}

// walk gives the steps of a graph in some order that its edges allow; those
// that never can run are left out.
func walk(g *plan.Graph, r *rand.Rand) (order []int32) {
	waits := make([]int32, len(g.Nodes))
	var ready []int32
	for n := range g.Nodes {
		if waits[n] = g.Nodes[n].Waits; waits[n] == 0 {
			ready = append(ready, int32(n))
		}
	}
	for len(ready) > 0 {
		k := r.IntN(len(ready))
		n := ready[k]
		ready = slices.Delete(ready, k, k+1)
		order = append(order, n)
		for _, next := range g.Nodes[n].Next {
			if waits[next]--; waits[next] == 0 {
				ready = append(ready, next)
			}
		}
	}
	return order
}

// check runs through the stages once and looks whether all comes once and none
// too early.
func (c *randomCase) check(r *rand.Rand) error {
	p, stages := c.build()
	done := map[half]int{}
	stageOf := map[int]int{} // of each wanted entry
	at := map[int]int{}      // when an entry, all of it, was done
	now := 0
	var early error
	do := func(stage int, s plan.Step) {
		now++
		if s.Half.Second() && done[half{s.Entry, plan.MakeIndex}]+done[half{s.Entry, plan.AddKey}] == 0 {
			early = fmt.Errorf("%s: the second half comes before the first", c.names[s.Entry])
		}
		done[half{s.Entry, s.Half}]++
		stageOf[s.Entry] = stage
		if !s.Half.First() {
			at[s.Entry] = now
		}
	}
	stuck := map[int]bool{}
	for _, s := range stages.First {
		do(0, s)
	}
	for k, g := range []*plan.Graph{stages.Objects, stages.Main, stages.Grants} {
		if err := c.checkGraph(g); err != nil {
			return err
		}
		order := walk(g, r)
		for _, n := range order {
			if g.Nodes[n].Step.Parts != 0 {
				do(k+1, g.Nodes[n].Step)
			}
		}
		if !c.circles && len(order) != len(g.Nodes) {
			return fmt.Errorf("stage %d: %d of %d nodes can run", k+1, len(order), len(g.Nodes))
		}
		for _, s := range g.Stuck {
			if done[half{s.Entry, plan.MakeIndex}]+done[half{s.Entry, plan.AddKey}] > 0 {
				return fmt.Errorf("%s is stuck, but its first half is done", c.names[s.Entry])
			}
			stuck[s.Entry] = true
			do(k+1, s)
		}
	}
	for _, s := range stages.Last {
		do(4, s)
	}
	if early != nil {
		return early
	}
	if err := c.checkOnce(p, done); err != nil {
		return err
	}
	return c.checkDependencies(at, stageOf, stuck)
}

// checkOnce looks whether each wanted entry is done once, or each of its halves.
func (c *randomCase) checkOnce(p *plan.Plan, done map[half]int) error {
	for _, s := range p.Steps {
		whole := done[half{s.Entry, plan.Whole}]
		index, constraint := done[half{s.Entry, plan.MakeIndex}], done[half{s.Entry, plan.AddConstraint}]
		key, check := done[half{s.Entry, plan.AddKey}], done[half{s.Entry, plan.CheckKey}]
		got := [...]int{whole, index, constraint, key, check}
		switch got {
		case [...]int{1, 0, 0, 0, 0}, [...]int{0, 1, 1, 0, 0}, [...]int{0, 0, 0, 1, 1}:
		default:
			return fmt.Errorf("%s is done %d times, its halves %d", c.names[s.Entry], whole, got[1:])
		}
		for _, h := range []plan.Half{plan.Whole, plan.MakeIndex, plan.AddConstraint, plan.AddKey, plan.CheckKey} {
			delete(done, half{s.Entry, h})
		}
	}
	for h := range done {
		return fmt.Errorf("%s is done, but not wanted", c.names[h.entry])
	}
	return nil
}

// checkDependencies looks whether each entry came after what it depends on, as
// far as that belongs to the same stage.
func (c *randomCase) checkDependencies(at, stageOf map[int]int, stuck map[int]bool) error {
	t := c.toc()
	data := plan.TableData(t)
	for i := range c.entries {
		if c.wanted[i] == 0 || stuck[i] {
			continue
		}
		for _, id := range c.entries[i].Dependencies {
			on, ok := t.Index(id)
			if !ok || on == i {
				continue
			}
			if c.entries[i].Section == toc.SectionPostData && data[on] >= 0 {
				on = int(data[on])
			}
			if c.wanted[on] == 0 || stuck[on] || stageOf[on] != stageOf[i] || stageOf[i] == 0 || stageOf[i] > 2 {
				continue
			}
			if at[on] > at[i] {
				return fmt.Errorf("%s comes before %s", c.names[i], c.names[on])
			}
		}
	}
	return nil
}

// checkGraph looks whether a graph is in itself right.
func (c *randomCase) checkGraph(g *plan.Graph) error {
	waits := make([]int32, len(g.Nodes))
	for n := range g.Nodes {
		for _, next := range g.Nodes[n].Next {
			waits[next]++
		}
		seen := map[int32]bool{}
		for _, l := range g.Nodes[n].Locks {
			if l.Resource < 0 || int(l.Resource) >= g.Resources {
				return fmt.Errorf("lock on %d of %d", l.Resource, g.Resources)
			}
			if seen[l.Resource] {
				return fmt.Errorf("two locks of a node on %d", l.Resource)
			}
			seen[l.Resource] = true
		}
	}
	for n := range g.Nodes {
		if waits[n] != g.Nodes[n].Waits {
			return fmt.Errorf("node %d: want %d waits, got %d", n, waits[n], g.Nodes[n].Waits)
		}
	}
	return nil
}

func TestRandomArchives(t *testing.T) {
	for _, circles := range []bool{false, true} {
		t.Run(fmt.Sprint("circles ", circles), func(t *testing.T) {
			for seed := range uint64(1500) {
				r := rand.New(rand.NewPCG(seed, 2))
				c := newRandomCase(r, circles)
				if err := c.check(r); err != nil {
					t.Fatalf("seed %d, %+v, order %v: %v\n%s", seed, c.options, c.order, err, c.String())
				}
			}
		})
	}
}

func TestSamePlanEachTime(t *testing.T) {
	for seed := range uint64(200) {
		c := newRandomCase(rand.New(rand.NewPCG(seed, 3)), seed%2 == 0)
		p, stages := c.build()
		again, stagesAgain := c.build()
		if diff := cmp.Diff(p, again); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		if diff := cmp.Diff(stages, stagesAgain); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

// Steps whose statements would wait for each other on the server never run side
// by side, whatever the archive says of dependencies.
func TestRandomLocks(t *testing.T) {
	beside := 0
	for seed := range uint64(500) {
		c := newRandomCase(rand.New(rand.NewPCG(seed, 4)), false)
		c.options.WholeConstraints = false
		_, p := c.build()
		g := p.Main
		for n := range g.Nodes {
			for m := range n {
				one, other := c.serverLocks(g.Nodes[n].Step), c.serverLocks(g.Nodes[m].Step)
				if serverLocksConflict(one, other) && !nodesConflict(g, int32(n), int32(m)) {
					t.Fatalf("seed %d: no conflict of\n%+v\n%+v\n%s", seed, g.Nodes[n].Step, g.Nodes[m].Step, c.String())
				}
				if g.Nodes[n].Step.Half == plan.CheckKey && g.Nodes[m].Step.Half == plan.CheckKey && !nodesConflict(g, int32(n), int32(m)) {
					beside++
				}
			}
		}
	}
	if beside == 0 {
		t.Error("no two checks of foreign keys may run side by side")
	}
}

// serverLock is a table-level lock as PostgreSQL's documentation numbers them
// (storage/lockdefs.h).
type serverLock int

const (
	rowShare             serverLock = 2
	rowExclusive         serverLock = 3
	shareUpdateExclusive serverLock = 4
	share                serverLock = 5
	shareRowExclusive    serverLock = 6
	accessExclusive      serverLock = 8
)

// serverLocks gives the locks that a step's statement takes, by table; trees are
// left to other tests.
func (c *randomCase) serverLocks(s plan.Step) map[string]serverLock {
	if s.Parts == 0 {
		return nil
	}
	e := &c.entries[s.Entry]
	tables := c.tablesOf(e)
	locks := make(map[string]serverLock)
	all := func(l serverLock) {
		for _, name := range tables {
			locks[name] = l
		}
	}
	switch {
	case e.Kind == toc.KindTableData:
		locks[e.Tag] = rowExclusive
	case e.Kind == toc.KindIndex, s.Half == plan.MakeIndex:
		all(share)
	case s.Half == plan.CheckKey:
		all(rowShare)
		locks[tableAltered(s.Text)] = shareUpdateExclusive
	case e.Kind == toc.KindForeignKey, e.Kind == toc.KindTrigger:
		all(shareRowExclusive)
	default:
		all(accessExclusive)
	}
	return locks
}

// tableAltered gives the table of an ALTER TABLE ONLY.
func tableAltered(statement string) string {
	rest, _ := strings.CutPrefix(statement, "ALTER TABLE ONLY s.")
	name, _, _ := strings.Cut(rest, " ")
	return name
}

// serverLocksConflict follows the table "Conflicting Lock Modes" of PostgreSQL's
// documentation, except that nothing runs beside the loading of a table.
func serverLocksConflict(one, other map[string]serverLock) bool {
	for table, a := range one {
		b, both := other[table]
		if !both {
			continue
		}
		a, b := min(a, b), max(a, b)
		switch {
		case b == accessExclusive, a == rowExclusive, b == rowExclusive,
			a == shareUpdateExclusive, a == share && b == shareRowExclusive, a == shareRowExclusive:
			return true
		}
	}
	return false
}

// tablesOf gives the tables that the definition of a post-data entry names.
func (c *randomCase) tablesOf(e *toc.Entry) (tables []string) {
	switch e.Kind {
	case toc.KindIndex, toc.KindConstraint, toc.KindForeignKey, toc.KindTrigger:
	default:
		return nil
	}
	for _, name := range c.names {
		for _, end := range []string{" ", "\n", "(", ";"} {
			if name[0] == 't' && strings.Contains(e.Definition, "s."+name+end) {
				tables = append(tables, name)
			}
		}
	}
	return tables
}
