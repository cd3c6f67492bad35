package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// The server sorts as many rows of a B-tree at a time as fit into
// maintenance_work_mem and merges the runs; runs that fit the processor's cache
// are sorted faster, all the more where comparing is slow, as with text.
//
// A B-tree that is built while all connections have work gets little memory. So
// it gets no parallel workers, to which the server gives 32 MB each, and which
// would take the cores from the other connections. One that has its table for
// itself while a connection has nothing to do gets parallel workers with as
// little each: the server leaves that limit alone where the table says how many
// there shall be (plan_create_index_workers). The table says so in the index's
// transaction only.
//
// Since PostgreSQL 18, I/O workers read tables ahead of those who go through them.
// Where all cores have work, and the table is in the system's cache, that costs more
// than it brings. It should be there: it was loaded by this restore, which is not big.

// A GIN index, which PostgreSQL 18 builds with parallel workers, takes a seventh more
// of the server's work with them. So it gets none while the connections keep all cores
// busy, unless it would be the last to end.

// means is what a step that goes through a table gets of the server's memory and
// processes.
type means struct {
	sortMemory int  // MB for each process that sorts its B-tree; 0 leaves it to the server
	workers    int  // parallel workers for its B-tree, at least
	unhelped   bool // its GIN index gets no parallel workers
	ownReads   bool // without I/O workers
}

const (
	// leastSort and mostSort are the memory, in MB, of a process that sorts: that of
	// common processors' caches.
	leastSort, mostSort = 8, 32
	// mergedRun is the memory that each of the runs takes which are merged at once
	// (PostgreSQL's tuplesort_merge_order), and sortedRow what a row of a B-tree takes
	// while it is sorted, about.
	mergedRun = 272 << 10
	sortedRow = 48
	// workersLoad is the size of a table's data (plan.Estimates.Load) from which on
	// parallel workers are worth their start, and I/O workers worth a thought.
	workersLoad = 2 << 20
	// cachedLoad is how much data there may be in all for the system to have its
	// tables in its cache.
	cachedLoad = 1 << 30
	// commonWorkers is how many parallel workers servers give to one index, by
	// default (max_parallel_maintenance_workers).
	commonWorkers = 2
)

const (
	memorySetting  = "maintenance_work_mem"
	workersSetting = "max_parallel_maintenance_workers"
	readsSetting   = "effective_io_concurrency"
)

// meansSettings is what a connection is set to for means of a step: value gives "" for
// what it was before.
var meansSettings = [...]struct {
	name, why string
	value     func(means) string
}{
	{
		memorySetting, "for each process that sorts a B-tree: what fits the processor's cache is sorted faster, while all runs are merged at once",
		func(m means) string {
			if m.sortMemory == 0 || m.workers > 0 {
				return ""
			}
			return fmt.Sprintf("%dMB", m.sortMemory)
		},
	},
	{
		workersSetting, "for GIN indexes that are built while the connections keep all cores busy: parallel workers would take them, and do more in all",
		func(m means) string { return noneIf(m.unhelped) },
	},
	{
		readsSetting, "for indexes and foreign keys that leave no core to the I/O workers of PostgreSQL 18",
		func(m means) string { return noneIf(m.ownReads) },
	},
}

func noneIf(yes bool) string {
	if yes {
		return "0"
	}
	return ""
}

// sortMemory gives the least memory, in MB, with which so many rows are sorted in runs
// that are merged at once; 0 where that is more than mostSort.
func sortMemory(rows int64) int {
	for mb := leastSort; mb <= mostSort; mb *= 2 {
		if memory := int64(mb) << 20; rows*sortedRow <= memory*(memory/mergedRun) {
			return mb
		}
	}
	return 0
}

// owns reports whether parameters are for this program to choose: they were given
// neither by an option nor, as far as is known yet, with the connection.
func (e *engine) owns(names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		return e.given[name] || slices.ContainsFunc(e.Settings, func(s Setting) bool { return strings.EqualFold(s.Name, name) })
	})
}

// loadBehind gives the size of the data of the table that a step goes through, 0
// where it is none, or too little to have an opinion.
func (e *engine) loadBehind(step plan.Step) int64 {
	switch e.TOC.Entries[step.Entry].Kind {
	case toc.KindIndex, toc.KindConstraint, toc.KindForeignKey:
		if load := e.estimates().Load(step.Entry); !step.Half.Light() && load > cheapLoad {
			return load
		}
	}
	return 0
}

// sortsBTree reports whether a step that goes through a table builds a B-tree.
func (e *engine) sortsBTree(step plan.Step) bool {
	t := &e.TOC.Entries[step.Entry]
	return t.Kind == toc.KindIndex && strings.Contains(t.Definition, " USING btree ") || plan.IsUnique(t)
}

// buildsGIN reports whether a step that goes through a table builds a GIN index.
func (e *engine) buildsGIN(step plan.Step) bool {
	t := &e.TOC.Entries[step.Entry]
	return t.Kind == toc.KindIndex && strings.Contains(t.Definition, " USING gin ")
}

// around is what goes on where a step begins.
type around struct {
	busy, free int         // connections that have work, itself included, and cores that are free for parallel workers
	last       bool        // the step would go on when all others are over
	claim      func() bool // reports whether the step can have its table for itself, and sees to it
}

// meansBeside decides on the means of a step that a worker now begins beside
// others; busy is how many workers have work, itself included.
func (e *engine) meansBeside(s *scheduler, worker int, node int32, busy int) means {
	n := &s.graph.Nodes[node]
	load := e.loadBehind(n.Step)
	if load == 0 {
		return means{}
	}
	if e.crowded(s, busy) {
		busy = e.Jobs
	}
	return e.means(n.Step, load, around{
		busy: busy, free: e.Jobs - busy, last: n.Weight > s.work/int64(e.Jobs),
		claim: func() bool { return s.claim(worker, node) },
	})
}

// meansAlone decides on the means of a step on the only connection, whose parallel
// worker has the core that was this program's while data was loaded.
func (e *engine) meansAlone(step plan.Step) means {
	load := e.loadBehind(step)
	if e.Jobs > 1 || !e.commitsSteps() || load == 0 {
		return means{}
	}
	return e.means(step, load, around{busy: 1, free: 1, claim: func() bool { return true }})
}

// possibleMeans gives what steps may get, each once, those with the least memory
// first, and without the parallel workers of B-trees.
func (e *engine) possibleMeans() (all []means) {
	for _, step := range e.Plan.Steps {
		m := e.meansAlone(step)
		if load := e.loadBehind(step); e.Jobs > 1 && load > 0 {
			m = e.means(step, load, around{busy: e.Jobs})
		}
		m.workers = 0
		if m != (means{}) && !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b means) int { return cmp.Compare(a.sortMemory, b.sortMemory) })
	return all
}

// means decides on the means of a step with a load behind it.
func (e *engine) means(step plan.Step, load int64, a around) (m means) {
	memory := 0
	if e.owns(memorySetting, workersSetting) && e.sortsBTree(step) {
		memory = sortMemory(e.estimates().Rows(step.Entry))
	}
	big := load > workersLoad
	loaded := e.estimates().TableData(step.Entry) >= 0 // by this restore
	taken := 0                                         // of the free cores, by parallel workers
	switch {
	case memory > 0 && a.free == 0:
		m.sortMemory = memory
	case memory > 0 && big && e.knows(11) && loaded && a.claim():
		m.sortMemory, m.workers = memory, a.free
		taken = min(a.free, commonWorkers)
	case big && e.fills(a.busy) && !a.last && e.buildsGIN(step) && e.knows(18) && e.owns(workersSetting):
		m.unhelped = true
	case e.TOC.Entries[step.Entry].Kind != toc.KindForeignKey:
		taken = 1 // as the server is set
	}
	m.ownReads = big && loaded && e.fills(a.busy+taken) && e.knows(18) && e.owns(readsSetting) && e.estimates().Total() <= cachedLoad
	return m
}

// fills reports whether so many processes keep all cores of the server busy; they are
// taken to be as many as the connections asked for, where it does not tell.
func (e *engine) fills(processes int) bool {
	if e.serverCores == 0 {
		return e.Jobs > 1 && processes >= e.Jobs
	}
	return processes >= e.serverCores
}

// knows reports whether the server is of a major version or newer, or may be.
func (e *engine) knows(major int) bool { return e.serverMajor == 0 || e.serverMajor >= major }

// crowded reports whether all connections have work that they can do; busy of them
// have some already.
func (e *engine) crowded(s *scheduler, busy int) bool {
	ready := s.ready[0].list // heavy ones are for everyone
	for _, n := range ready[:min(len(ready), maxPasses)] {
		if busy >= e.Jobs {
			break
		}
		if node := &s.graph.Nodes[n]; node.Weight > smallNode && s.compatible(nobody, node) {
			busy++
		}
	}
	return busy >= e.Jobs
}

// setMeans sets the connection's parameters as a task wants them. A server that will
// not have one goes on without.
func (r *runner) setMeans(ctx context.Context, t task) error {
	var units []script.Unit
	for _, p := range meansSettings {
		want := p.value(t.means)
		if p.value(r.means) == want {
			continue
		}
		text := "RESET " + p.name
		if want != "" {
			text = "SET " + p.name + " = '" + want + "'"
		}
		units = append(units, script.Unit{Op: script.Exec, Entry: t.step.Entry, Text: text, Own: true, Untold: true})
	}
	r.means = t.means
	return r.do(ctx, units)
}

// carryOut does the units of a step, the last of which builds the index, if it is
// for one.
func (r *runner) carryOut(ctx context.Context, t *task, units []script.Unit) error {
	last := len(units) - 1
	if t.means.workers == 0 || t.only != nil || t.doubted || last < 0 || units[last].Op != script.Exec {
		return r.do(ctx, units)
	}
	if err := r.do(ctx, units[:last]); err != nil {
		return err
	}
	done, err := r.sortTogether(ctx, t, units[last])
	if err != nil || done {
		return err
	}
	return r.do(ctx, units[last:])
}

// workersQuery asks how many parallel workers an index is to have: as many as are
// wanted, or as the server would give it (plan_create_index_workers,
// compute_parallel_worker) if that is more. None where the table is too small for it
// to give any, where the table's own setting would have to be changed, or where event
// triggers would see what is done to the table.
const workersQuery = `SELECT least(pg_catalog.current_setting('max_parallel_maintenance_workers')::pg_catalog.int4, greatest(%d, least(
		1 OPERATOR(pg_catalog.+) pg_catalog.floor(pg_catalog.log(3, pg_catalog.pg_relation_size(c.oid) OPERATOR(pg_catalog./) s.smallest))::pg_catalog.int4,
		pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) OPERATOR(pg_catalog./) 33554432 OPERATOR(pg_catalog.-) 1)))
	FROM pg_catalog.pg_class c, (SELECT greatest(8192, pg_catalog.pg_size_bytes(pg_catalog.current_setting('min_parallel_table_scan_size'))) AS smallest) s
	WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(%s) AND c.relkind OPERATOR(pg_catalog.=) 'r'
	AND pg_catalog.pg_relation_size(c.oid) OPERATOR(pg_catalog.>=) s.smallest
	AND NOT EXISTS (SELECT FROM pg_catalog.unnest(c.reloptions) o WHERE pg_catalog.starts_with(o, 'parallel_workers='))
	AND NOT EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE evtenabled OPERATOR(pg_catalog.<>) 'D')`

// sortTogether builds an index with parallel workers, if the server has any for it: in
// one message, which is one transaction. done is false where that was not to be or
// failed, whatever the reason; then nothing was done, and the statement as it is shall
// say why.
func (r *runner) sortTogether(ctx context.Context, t *task, index script.Unit) (done bool, err error) {
	if err := r.wait(ctx); err != nil {
		return false, err
	}
	table := r.session.Table(r.e.estimates().TableData(t.step.Entry))
	answer := r.answerTo(fmt.Sprintf(workersQuery, t.means.workers,
		script.QuoteLiteral(table, r.e.Set.Encoding, r.e.Set.ConformingStrings)))
	if len(answer.values) != 1 {
		return false, r.stopped(ctx)
	}
	workers, _ := strconv.Atoi(answer.values[0][0])
	if workers < 1 {
		return false, r.stopped(ctx)
	}
	// The definition may end in a comment.
	text := fmt.Sprintf("SET LOCAL maintenance_work_mem = '%dMB';\nALTER TABLE ONLY %s SET (parallel_workers = %d);\n%s\n;\nALTER TABLE ONLY %s RESET (parallel_workers);",
		t.means.sortMemory*(1+workers), table, workers, strings.TrimRight(index.Text, "\n"), table)
	r.wire.query(&request{query: text, answered: func(err error) {
		done = err == nil
		if isLost(err) {
			r.answered(index, err)
		}
	}})
	err = r.wait(ctx)
	return done, err
}
