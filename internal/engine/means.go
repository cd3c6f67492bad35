package engine

import (
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
// Where all cores have work, and the table is in the system's cache, having just
// been loaded, that costs more than it brings.

// means is what a step that goes through a table gets of the server's memory and
// processes.
type means struct {
	smallSort bool // its B-tree is sorted with little memory
	ownReads  bool // without I/O workers
	workers   int  // parallel workers for its B-tree
	data      int  // TABLE DATA of the table, for those
}

// SortMegabytes is the memory of each process that sorts.
const SortMegabytes = 8

const (
	// meansLoad is the stored size of a table's data up to which that much memory is
	// enough, as some hundred runs are more than one merge takes, and the table
	// taken to be in the system's cache.
	meansLoad = 256 << 20
	// workersLoad is the one from which parallel workers are worth their start, and
	// I/O workers worth a thought.
	workersLoad = 2 << 20
	// commonWorkers is how many parallel workers servers give to one index, by
	// default (max_parallel_maintenance_workers).
	commonWorkers = 2
)

// Parameters of which the user's choice rules out this program's.
var memorySettings = []string{"maintenance_work_mem", "max_parallel_maintenance_workers"}

const readsSetting = "effective_io_concurrency"

// owns reports whether parameters are for this program to choose: they were given
// neither by an option nor, as far as is known yet, with the connection.
func (e *engine) owns(names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		return e.given[name] || slices.ContainsFunc(e.Settings, func(s Setting) bool { return strings.EqualFold(s.Name, name) })
	})
}

// goesThrough gives the stored size of the data of the table that a step goes
// through, 0 where it is none or too much to have an opinion.
func (e *engine) goesThrough(step plan.Step) int64 {
	switch e.TOC.Entries[step.Entry].Kind {
	case toc.KindIndex, toc.KindConstraint, toc.KindForeignKey:
		if load := e.estimates().Load(step.Entry); !step.Half.Light() && load <= meansLoad {
			return load
		}
	}
	return 0
}

// sortsBTree reports whether a step that goes through a table builds a B-tree.
func (e *engine) sortsBTree(step plan.Step) bool {
	switch t := &e.TOC.Entries[step.Entry]; t.Kind {
	case toc.KindIndex:
		return strings.Contains(t.Definition, " USING btree ")
	case toc.KindConstraint:
		return !strings.Contains(t.Definition, " EXCLUDE USING ") && !strings.Contains(t.Definition, " WITHOUT OVERLAPS)")
	}
	return false
}

// meansBeside decides on the means of a step that a worker now begins beside
// others; busy is how many workers have work, itself included.
func (e *engine) meansBeside(s *scheduler, worker int, node int32, busy int) means {
	step := s.graph.Nodes[node].Step
	if e.goesThrough(step) == 0 {
		return means{}
	}
	free := e.Jobs - busy
	if e.crowded(s, busy) {
		free = 0
	}
	m := e.means(step, free)
	if m.workers > 0 && !s.claim(worker, node) {
		return means{}
	}
	return m
}

// meansAlone decides on the means of a step on the only connection. That leaves a
// core to the server, at least.
func (e *engine) meansAlone(step plan.Step) means {
	if e.Jobs > 1 || !e.commitsSteps() {
		return means{}
	}
	return e.means(step, 1)
}

// usesMeans reports whether the only connection has use for any means.
func (e *engine) usesMeans() bool {
	return slices.ContainsFunc(e.Plan.Steps, func(s plan.Step) bool { return e.meansAlone(s) != means{} })
}

// means decides on the means of a step while so many cores have nothing to do.
func (e *engine) means(step plan.Step, free int) (m means) {
	load := e.goesThrough(step)
	if load <= cheapLoad {
		return m
	}
	sorts := e.owns(memorySettings...) && e.sortsBTree(step)
	data := e.estimates().TableData(step.Entry)
	big := load > workersLoad
	taken := 0 // of the free cores, by parallel workers
	switch {
	case sorts && free == 0:
		m.smallSort = true
	case sorts && big && data >= 0:
		m.workers, m.data = free, data
		taken = min(free, commonWorkers)
	case e.TOC.Entries[step.Entry].Kind != toc.KindForeignKey:
		taken = 1 // as the server is set
	}
	m.ownReads = big && free <= taken && e.owns(readsSetting)
	return m
}

// crowded reports whether all connections have work to do; busy of them have
// some already.
func (e *engine) crowded(s *scheduler, busy int) bool {
	for _, n := range s.ready[0].list { // heavy ones are for everyone
		if busy >= e.Jobs {
			break
		}
		if s.graph.Nodes[n].Weight > smallNode {
			busy++
		}
	}
	return busy >= e.Jobs
}

// setMeans sets the connection's parameters as a task wants them.
func (r *runner) setMeans(ctx context.Context, t task) error {
	var units []script.Unit
	set := func(name, value string, is *bool, want bool) {
		if *is == want {
			return
		}
		*is = want
		text := "RESET " + name
		if want {
			text = "SET " + name + " = " + value
		}
		units = append(units, script.Unit{Op: script.Exec, Entry: t.step.Entry, Text: text, Own: true, Failure: "could not set \"" + name + "\""})
	}
	set("maintenance_work_mem", fmt.Sprintf("'%dMB'", SortMegabytes), &r.means.smallSort, t.means.smallSort)
	if serverMajor(r.wire.conn) >= 18 {
		set(readsSetting, "0", &r.means.ownReads, t.means.ownReads)
	}
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
	table := r.session.Table(t.means.data)
	workers, err := r.workersFor(ctx, table, t.means.workers)
	if err != nil {
		return err
	}
	if workers > 0 {
		if done, err := r.sortTogether(ctx, table, workers, units[last]); err != nil || done {
			return err
		}
	}
	return r.do(ctx, units[last:])
}

// workersQuery asks how many parallel workers an index may be built with, of those
// wanted. None where the server would take none for the size of the table, where the
// table's own setting would have to be changed, or where event triggers would see what
// is done to the table. It is for PostgreSQL 11 and newer, where such builds began.
const workersQuery = `SELECT least(%d, pg_catalog.current_setting('max_parallel_maintenance_workers')::int)
	FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(%s) AND relkind = 'r'
	AND pg_catalog.pg_relation_size(oid) >= pg_catalog.pg_size_bytes(pg_catalog.current_setting('min_parallel_table_scan_size'))
	AND NOT EXISTS (SELECT FROM pg_catalog.unnest(reloptions) o WHERE o LIKE 'parallel_workers=%%')
	AND NOT EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D')`

// workersFor asks the server how many workers of those wanted an index of a table
// may get.
func (r *runner) workersFor(ctx context.Context, table string, wanted int) (workers int, err error) {
	if serverMajor(r.wire.conn) < 11 {
		return 0, nil
	}
	q := &request{results: true, answered: func(error) {}}
	q.query = fmt.Sprintf(workersQuery, wanted, script.QuoteLiteral(table, r.e.Set.Encoding, r.e.Set.ConformingStrings))
	r.wire.query(q)
	if err := r.wait(ctx); err != nil || len(q.values) != 1 {
		return 0, err
	}
	workers, _ = strconv.Atoi(q.values[0][0])
	return workers, nil
}

// sortTogether builds an index with parallel workers. done is false where that
// failed, whatever the reason: then nothing was done, and the statement as it is shall
// say why.
func (r *runner) sortTogether(ctx context.Context, table string, workers int, index script.Unit) (done bool, err error) {
	failed := false
	for _, text := range []string{
		"BEGIN",
		fmt.Sprintf("SET LOCAL maintenance_work_mem = '%dMB'", SortMegabytes*(1+workers)),
		fmt.Sprintf("ALTER TABLE ONLY %s SET (parallel_workers = %d)", table, workers),
		index.Text,
		fmt.Sprintf("ALTER TABLE ONLY %s RESET (parallel_workers)", table),
		"COMMIT", // or undo, if one of those before failed
	} {
		r.wire.query(&request{query: text, answered: func(err error) {
			failed = failed || err != nil
			if isLost(err) {
				r.answered(index, err)
			}
		}})
	}
	err = r.wait(ctx)
	return !failed, err
}
