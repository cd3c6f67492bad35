package engine

import (
	"context"
	"fmt"
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

// SortMegabytes is the memory of each process that sorts.
const SortMegabytes = 8

const (
	// sortMemoryLoad is the stored size of a table's data up to which that
	// much is enough: some hundred runs are more than one merge takes.
	sortMemoryLoad = 256 << 20
	// sortTogetherLoad is the one from which parallel workers are worth their
	// start.
	sortTogetherLoad = 2 << 20
)

// sorting is how the sort of a B-tree is to be done: as the server is set, with
// little memory, or with so many parallel workers.
type sorting struct {
	small   bool
	workers int
	data    int // TABLE DATA of the table, for the workers
}

// memorySettings are those of which the user's choice rules out this program's.
var memorySettings = []string{"maintenance_work_mem", "max_parallel_maintenance_workers"}

// ownsMemory reports whether the memory of index builds is for this program to
// choose. set are the parameters that were given with the connection.
func (e *engine) ownsMemory(set map[string]bool) bool {
	for _, name := range memorySettings {
		if set[name] {
			return false
		}
		for _, s := range e.Settings {
			if strings.EqualFold(s.Name, name) {
				return false
			}
		}
	}
	return true
}

// sortsBTree reports whether a step builds a B-tree that little memory is enough
// for.
func (e *engine) sortsBTree(step plan.Step) bool {
	load := e.estimates().Load(step.Entry)
	if load <= cheapLoad || load > sortMemoryLoad {
		return false
	}
	switch t := &e.TOC.Entries[step.Entry]; t.Kind {
	case toc.KindIndex:
		return strings.Contains(t.Definition, " USING btree ")
	case toc.KindConstraint:
		return step.Half == plan.MakeIndex || step.Half == plan.Whole &&
			!strings.Contains(t.Definition, " EXCLUDE USING ") && !strings.Contains(t.Definition, " WITHOUT OVERLAPS)")
	}
	return false
}

// sharesSort gives the TABLE DATA of the table that a B-tree of a step is for,
// where parallel workers are worth it, else -1.
func (e *engine) sharesSort(step plan.Step) int {
	if e.estimates().Load(step.Entry) <= sortTogetherLoad {
		return -1
	}
	return e.estimates().TableData(step.Entry)
}

// sortingBeside decides on the sort of a step that a worker now begins beside
// others; busy is how many workers have work, itself included.
func (e *engine) sortingBeside(s *scheduler, worker int, node int32, busy int) sorting {
	step := s.graph.Nodes[node].Step
	switch {
	case !e.sortsSmall || !e.sortsBTree(step):
		return sorting{}
	case e.crowded(s, busy):
		return sorting{small: true}
	}
	if data := e.sharesSort(step); data >= 0 && s.claim(worker, node) {
		return sorting{workers: e.Jobs - busy, data: data}
	}
	return sorting{}
}

// sortingAlone decides on the sort of a step on the only connection.
func (e *engine) sortingAlone(step plan.Step) sorting {
	if e.Jobs > 1 || !e.commitsSteps() || !e.ownsMemory(nil) || !e.sortsBTree(step) {
		return sorting{}
	}
	if data := e.sharesSort(step); data >= 0 {
		return sorting{workers: 1, data: data}
	}
	return sorting{}
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

// setMemory sets the connection's memory for index builds as a task wants it.
func (r *runner) setMemory(ctx context.Context, t task) error {
	if r.smallSort == t.sorting.small {
		return nil
	}
	r.smallSort = t.sorting.small
	text := "RESET maintenance_work_mem"
	if t.sorting.small {
		text = fmt.Sprintf("SET maintenance_work_mem = '%dMB'", SortMegabytes)
	}
	return r.do(ctx, []script.Unit{{Op: script.Exec, Entry: t.step.Entry, Text: text, Own: true, Failure: "could not set \"maintenance_work_mem\""}})
}

// carryOut does the units of a step, the last of which builds the index, if it is
// for one.
func (r *runner) carryOut(ctx context.Context, t *task, units []script.Unit) error {
	last := len(units) - 1
	if t.sorting.workers == 0 || t.only != nil || t.doubted || last < 0 || units[last].Op != script.Exec {
		return r.do(ctx, units)
	}
	if err := r.do(ctx, units[:last]); err != nil {
		return err
	}
	table := r.session.Table(t.sorting.data)
	workers, err := r.workersFor(ctx, table, t.sorting.workers)
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
// table's own setting would have to be changed, where the user has set the memory with
// PGOPTIONS, or where event triggers would see what is done to the table. It is for
// PostgreSQL 11 and newer, where such builds began.
const workersQuery = `SELECT least(%d, pg_catalog.current_setting('max_parallel_maintenance_workers')::int)
	FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(%s) AND relkind = 'r'
	AND pg_catalog.pg_relation_size(oid) >= pg_catalog.pg_size_bytes(pg_catalog.current_setting('min_parallel_table_scan_size'))
	AND NOT EXISTS (SELECT FROM pg_catalog.unnest(reloptions) o WHERE o LIKE 'parallel_workers=%%')
	AND NOT EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D')
	AND NOT EXISTS (SELECT FROM pg_catalog.pg_settings WHERE source = 'client' AND name IN ('%s'))`

// workersFor asks the server how many workers of those wanted an index of a table
// may get.
func (r *runner) workersFor(ctx context.Context, table string, wanted int) (workers int, err error) {
	if serverMajor(r.wire.conn) < 11 {
		return 0, nil
	}
	q := &request{results: true, answered: func(error) {}}
	q.query = fmt.Sprintf(workersQuery, wanted, script.QuoteLiteral(table, r.e.Set.Encoding, r.e.Set.ConformingStrings),
		strings.Join(memorySettings, "', '"))
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
