package engine

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"

	"pgrestore/event"
	"pgrestore/internal/connect"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// parallel restores on several connections, stage after stage. What must keep
// its order runs on the first connection.
func (e *engine) parallel(ctx context.Context, leader *runner) error {
	stages := e.stages
	e.stage("first")
	if err := e.serial(ctx, leader, stages.First); err != nil {
		return err
	}
	if err := leader.do(ctx, leader.session.CommitBeforeParallel(nil, leader.last)); err != nil {
		return err
	}
	if err := leader.wait(ctx); err != nil {
		return err
	}
	// The transactions of --transaction-size are only for the part before.
	leader.session = leader.session.Parallel()
	pool := e.newPool(ctx, leader)
	defer pool.close(ctx, leader)
	for n, graph := range []*plan.Graph{stages.Objects, stages.Main, stages.Grants} {
		e.stage([...]string{"objects", "main", "grants"}[n])
		again, err := e.sideBySide(ctx, pool, graph)
		if err != nil {
			return err
		}
		if err := e.undo(ctx, leader, again); err != nil {
			return err
		}
		if len(again)+len(graph.Stuck) > 0 {
			e.stage("again")
		}
		for _, steps := range [][]plan.Step{again, graph.Stuck} {
			if err := e.serial(ctx, leader, steps); err != nil {
				return err
			}
		}
	}
	e.stage("last")
	return e.serial(ctx, leader, stages.Last)
}

// undo readies the second try of steps: it takes the first halves of
// constraints back whose second failed.
func (e *engine) undo(ctx context.Context, leader *runner, again []plan.Step) error {
	if len(again) > 0 {
		leader.session.Forget() // a setting that failed shall fail again, and be told
	}
	for {
		for _, step := range again {
			if e.halfDone[step.Entry] {
				leader.wire.query(&request{query: step.Undo, answered: func(error) {}})
			}
		}
		if err := leader.wait(ctx); err != nil {
			return err
		}
		// Half of a constraint that stays would be taken for the whole of it.
		lost := leader.lost()
		if lost == nil || !e.revives() {
			return nil
		}
		if err := leader.revive(ctx, lost); err != nil {
			return err
		}
	}
}

// parallelOptions says what may leave the archive's order.
func (e *engine) parallelOptions() plan.ParallelOptions {
	return plan.ParallelOptions{
		WholeConstraints: e.ExitOnError,
		DataInOrder:      e.Sequential,
		ObjectsInOrder:   e.objectsInOrder() != "",
		GrantsInOrder:    e.grantsInOrder() != "",
	}
}

// objectsInOrder says why what comes before the data keeps its order, "" where
// it need not. Dependencies are complete since pg_dump 9.2; a list file's order
// is the user's; and a restore that stops at the first error has restored what
// comes before it.
func (e *engine) objectsInOrder() (why string) {
	switch {
	case e.Reordered:
		return "the order of a list file is kept"
	case e.ExitOnError:
		return "at the first error, all that comes before it has to be there"
	case e.Options.TransactionSize > 0:
		return "--transaction-size makes transactions of what follows each other"
	case e.TOC.Header.DumpMajor() < 902:
		return "pg_dump before 9.2 does not record all dependencies"
	}
	return ""
}

// grantsInOrder says why all privileges keep their order, "" where only those in
// another role's name do.
func (e *engine) grantsInOrder() (why string) {
	switch {
	case e.Reordered:
		return "the order of a list file is kept"
	case e.ExitOnError:
		return "at the first error, all that comes before it has to be there"
	case e.Options.Role != "":
		return "--role may have some of its privileges from grants before others"
	case !e.superuser:
		return "one who is no superuser may have some privileges from grants before others"
	}
	return ""
}

// sideBySide runs the nodes of the graph. What failed and might not have, had
// all before it been there, is returned to be done once more, in order: so a
// restore ends as a serial one does, with its errors.
func (e *engine) sideBySide(ctx context.Context, pool *pool, graph *plan.Graph) (again []plan.Step, err error) {
	s := newScheduler(graph, e.Jobs)
	s.skipDone()
	if s.left == 0 {
		return nil, nil
	}
	var copies []*lanedCopy      // under way
	listed := make(map[int]bool) // in again
	busy := 0
	idle := make([]int, 0, e.Jobs)
	for n := e.Jobs - 1; n >= 0; n-- {
		if !pool.gone[n] {
			idle = append(idle, n)
		}
	}
	for {
		for len(idle) > 0 && err == nil {
			n := idle[len(idle)-1]
			batch := s.batch(n)
			if batch == nil {
				break
			}
			idle = idle[:len(idle)-1]
			busy++
			j := e.newJob(s, batch, &copies)
			for n := range j.tasks {
				j.tasks[n].smallSort = e.smallSort(j.tasks[n].step) && e.crowded(s, busy)
			}
			for _, t := range j.tasks {
				e.noteItem("launching", t.step.Entry)
			}
			pool.work[n] <- j
		}
		for len(idle) > 0 && err == nil {
			c := roomiest(copies)
			if c == nil {
				break
			}
			c.room--
			pool.work[idle[len(idle)-1]] <- job{joins: c}
			idle = idle[:len(idle)-1]
			busy++
		}
		if busy == 0 {
			break
		}
		r := <-pool.results
		busy--
		if r.refused != nil {
			pool.lose(e, r)
			s.finished(r.worker, nodesOf(r.tasks), nodesOf(r.tasks))
			continue
		}
		idle = append(idle, r.worker)
		if r.joined {
			if r.fatal != nil && err == nil {
				err = r.fatal
				pool.stop(err)
			}
			continue
		}
		copies = slices.DeleteFunc(copies, func(c *lanedCopy) bool { return c.step.Entry == r.tasks[0].step.Entry })
		redo, failed := e.judge(r, &err)
		for _, step := range failed {
			if !listed[step.Entry] {
				listed[step.Entry] = true
				again = append(again, step)
			}
		}
		s.finished(r.worker, nodesOf(r.tasks), redo)
		if err != nil {
			pool.stop(err)
		}
	}
	if err == nil && s.left != graph.Circular {
		// Better no restore than one that is not whole and says nothing.
		return nil, fmt.Errorf("internal error: %d of %d steps were never ready", s.left-graph.Circular, len(graph.Nodes))
	}
	sort.Slice(again, func(a, b int) bool { return e.position(again[a]) < e.position(again[b]) })
	return again, err
}

// newJob makes the job of a batch. A big table becomes a copy that idle workers
// may join.
func (e *engine) newJob(s *scheduler, batch []int32, copies *[]*lanedCopy) job {
	j := job{tasks: make([]task, len(batch))}
	for n, node := range batch {
		step := s.graph.Nodes[node].Step
		j.tasks[n] = e.newTask(node, step)
		if after := s.after[node]; after >= 0 {
			j.tasks[n].after = e.stepID(s.graph.Nodes[after].Step)
		}
	}
	step := j.tasks[0].step
	if len(batch) == 1 && e.laned(step.Entry) {
		j.tasks[0].lanes = e.lanesFor(step.Entry)
		j.copy = newLanedCopy(step, j.tasks[0].lanes)
		*copies = append(*copies, j.copy)
	}
	return j
}

// roomiest gives the copy that most lanes may still join, nil where none may.
func roomiest(copies []*lanedCopy) *lanedCopy {
	var best *lanedCopy
	for _, c := range copies {
		if c.room > 0 && (best == nil || c.room > best.room) {
			best = c
		}
	}
	return best
}

func (e *engine) noteItem(what string, entry int) {
	if !e.report.verbose {
		return
	}
	t := &e.TOC.Entries[entry]
	e.report.note(fmt.Sprintf("%s item %d %s %s", what, t.ID, t.Desc, t.Tag))
}

// position is where a step comes in a serial restore.
func (e *engine) position(s plan.Step) int {
	if e.positions == nil {
		e.positions = make(map[int]int, len(e.Plan.Steps))
		for n, step := range e.Plan.Steps {
			e.positions[step.Entry] = n
		}
	}
	return e.positions[s.Entry]
}

// batchResult is how a batch of nodes went on a worker.
type batchResult struct {
	worker   int
	tasks    []task
	failures map[int][]failure // by entry
	tables   []tableOutcome
	joined   bool       // it was a lane; its copy tells how it went
	lost     *lostError // the connection was lost
	standing            // before that
	refused  error      // the server takes no more connections: nothing was done
	fatal    error
}

// maxAttempts is how often a step is tried that others stand in the way of.
const maxAttempts = 5

// judge decides on the failures of a batch: nodes to be tried again at once,
// steps to be tried again at the end, or an error that ends the restore.
func (e *engine) judge(r batchResult, ended *error) (redo []int32, again []plan.Step) {
	over := *ended != nil
	if r.fatal != nil && !over {
		*ended = r.fatal
	}
	for _, t := range r.tables {
		if !t.failed {
			e.tableDone(t.table, false) // a failed one is tried again
		}
	}
	for _, t := range r.tasks {
		node, step := t.node, t.step
		if t.leftOut {
			continue
		}
		failures := r.failures[step.Entry]
		if r.lost != nil && !r.over[step.Entry] && !over {
			switch {
			case r.fatal != nil:
			case e.again(step, r.standing):
				e.tellAgain(step, r.standing, r.worker, t.attempt, r.lost)
				redo = append(redo, node)
			default:
				e.reportLost(step, r.standing, r.worker, r.lost)
				*ended = errStopped
				over = true
			}
			continue
		}
		made := halfMade(step, failures)
		if r.fatal == nil && (made || len(failures) == 0) {
			e.halfDone[step.Entry] = step.Half.First()
		}
		if len(failures) == 0 {
			if r.fatal == nil {
				// What is tried again, be it for a setting alone, counts then.
				if !step.Half.First() && !(step.Half.Second() && e.retry[step.Entry] != nil) {
					e.done.Add(1)
				}
				e.noteItem("finished", step.Entry)
			}
			continue
		}
		e.attempts[step.Entry] = t.attempt
		switch {
		case over:
			// What failed since the end of the restore failed for that.
		case r.fatal == nil && made:
			e.retry[step.Entry] = map[string]bool{} // the settings alone
			again = append(again, step)
		case r.fatal == nil && (passing(failures) || len(redo) > 0) && t.attempt < maxAttempts:
			// What came after it in the batch may have failed for that.
			e.report.note(fmt.Sprintf("trying item %d %s %s again: %s", e.TOC.Entries[step.Entry].ID,
				e.TOC.Entries[step.Entry].Desc, e.TOC.Entries[step.Entry].Tag, failures[0].text))
			e.retryOnly(step, failures)
			redo = append(redo, node)
		case r.fatal == nil && e.hasSecondChance(step):
			e.retryOnly(step, failures)
			again = append(again, step)
		default:
			e.reportFailures(step.Entry, failures)
			if e.ExitOnError && *ended == nil {
				*ended = errStopped
			}
		}
	}
	return redo, again
}

// halfMade reports whether a step is half of a constraint, and its statement
// succeeded whatever became of settings before it.
func halfMade(step plan.Step, failures []failure) bool {
	return step.Half != plan.Whole && !slices.ContainsFunc(failures, func(f failure) bool { return f.query == step.Text })
}

// halfFailed reports whether a step is the second half of a constraint whose
// first has failed: it is left out, and the constraint tried again as a whole.
// What it would work on, if there is something, is not of this restore.
func (e *engine) halfFailed(step plan.Step) bool {
	return step.Half.Second() && !e.halfDone[step.Entry]
}

// retryOnly makes a second try of a step repeat only the statements that
// failed. Data is loaded in one transaction, and a constraint tried again as a
// whole.
func (e *engine) retryOnly(step plan.Step, failures []failure) {
	if step.Half != plan.Whole {
		delete(e.retry, step.Entry)
	}
	if step.Parts&toc.Data != 0 || step.Half != plan.Whole {
		return
	}
	only := make(map[string]bool, len(failures))
	for _, f := range failures {
		only[f.query] = true
	}
	e.retry[step.Entry] = only
}

// retried leaves out of units what has succeeded before. Settings stay: they
// are the connection's.
func retried(units []script.Unit, only map[string]bool) []script.Unit {
	if only == nil {
		return units
	}
	return slices.DeleteFunc(units, func(u script.Unit) bool {
		return u.Op == script.Note || u.Op == script.Exec && !u.Own && !only[u.Text]
	})
}

// reportFailures reports what a worker held back.
func (e *engine) reportFailures(entry int, failures []failure) {
	last := place{entry: -1}
	for _, f := range failures {
		e.report.failed(&last, place{stage: processing, entry: entry}, f)
	}
}

// hasSecondChance reports whether a step that failed is tried once more when
// its graph is finished.
func (e *engine) hasSecondChance(step plan.Step) bool {
	return !e.ExitOnError && step.Parts&toc.Data == 0
}

// passing reports whether the first failure may not come again: a deadlock or a
// conflict with another connection.
func passing(failures []failure) bool {
	switch sqlState(failures[0].err) {
	case "40P01", "40001":
		return true
	}
	return false
}

// job is work for a worker: a batch of nodes, the loading of a big table, or a
// lane of one.
type job struct {
	tasks []task
	copy  *lanedCopy // where not nil, of the only task
	joins *lanedCopy // where not nil, the copy to be a lane of; there are no tasks
}

// task is a node of the graph as a worker gets it.
type task struct {
	node      int32
	step      plan.Step
	after     event.StepID    // what it had to wait for last
	only      map[string]bool // what to repeat of its statements; nil is all
	attempt   int             // from 1
	lanes     int             // connections that may load its data
	leftOut   bool            // because its first half has failed
	smallSort bool            // it builds an index beside other work
	// After a connection was lost: it may have been done already; its table
	// must be emptied first.
	doubted, empty bool
}

// newTask makes the task of a step as things stand.
func (e *engine) newTask(node int32, step plan.Step) task {
	t := task{
		node: node, step: step, only: e.retry[step.Entry], attempt: 1 + e.attempts[step.Entry],
		doubted: e.doubted[step.Entry], empty: e.emptied[step.Entry],
		leftOut: e.halfFailed(step),
	}
	if node >= 0 && step.Half != plan.Whole {
		t.only = nil // what was to be repeated is of the second try
	}
	if step.Parts&toc.Data != 0 && e.TOC.Entries[step.Entry].HasData {
		t.lanes = 1
	}
	return t
}

func nodesOf(tasks []task) []int32 {
	nodes := make([]int32, len(tasks))
	for n := range tasks {
		nodes[n] = tasks[n].node
	}
	return nodes
}

// pool is the workers of a restore, each with a connection of its own.
type pool struct {
	work    []chan job       // one slot each: a worker has at most one job
	results chan batchResult // one slot for each worker: they end, whether their results are taken or not
	stop    context.CancelCauseFunc
	workers sync.WaitGroup
	gone    []bool // workers that got no connection; of the scheduler
}

// newPool makes the workers. The first one has the leader's connection, which
// the caller uses again only when no worker has a job.
func (e *engine) newPool(all context.Context, leader *runner) *pool {
	ctx, stop := context.WithCancelCause(all)
	p := &pool{work: make([]chan job, e.Jobs), results: make(chan batchResult, e.Jobs), stop: stop, gone: make([]bool, e.Jobs)}
	for n := range p.work {
		p.work[n] = make(chan job, 1)
		if n == 0 {
			p.workers.Go(func() { e.lead(ctx, all, leader, p.work[n], p.results) })
			continue
		}
		p.workers.Go(func() { e.worker(ctx, leader.session.Parallel(), n, p.work[n], p.results) })
	}
	return p
}

// lose goes on without a worker that the server refused a connection.
func (p *pool) lose(e *engine, r batchResult) {
	p.gone[r.worker] = true
	left := 0
	for _, gone := range p.gone {
		if !gone {
			left++
		}
	}
	e.report.warn(fmt.Sprintf("going on with %d of %d connections: %s", left, e.Jobs,
		strings.TrimSpace(connect.ErrorMessage(r.refused))))
}

// close ends the workers, which must have no jobs, and waits for them. The
// leader is the caller's again, on what may be another connection, and ends
// with ctx.
func (p *pool) close(ctx context.Context, leader *runner) {
	for _, w := range p.work {
		close(w)
	}
	p.workers.Wait()
	if leader.wire != nil && ctx.Err() == nil {
		leader.stopCancel()
		leader.watch(ctx, leader.wire.conn)
	}
	p.stop(nil)
}

// worker restores batches of nodes on a connection of its own, which it opens
// for the first of them.
func (e *engine) worker(ctx context.Context, session *script.Session, id int, work <-chan job, results chan<- batchResult) {
	var r *runner
	defer func() {
		if r != nil {
			r.close()
		}
	}()
	for j := range work {
		var err error
		if r == nil {
			r, err = e.startWorker(ctx, session, id)
		}
		if err != nil {
			j.copy.abandon()
			result := batchResult{worker: id, tasks: j.tasks, joined: j.joins != nil, fatal: err}
			if sqlState(err) == "53300" { // too_many_connections
				result.refused, result.fatal = err, nil
			}
			r = nil
			results <- result
			continue
		}
		results <- r.workAndRevive(ctx, id, j)
	}
}

// lead is the worker of the first connection. That is needed to the end of all:
// when ctx, that of the workers, ends before, only its statement does.
func (e *engine) lead(ctx, all context.Context, leader *runner, work <-chan job, results chan<- batchResult) {
	for j := range work {
		leader.held = make(map[int][]failure)
		conn := leader.wire.conn
		unwatch := whenDone(ctx, func() {
			if all.Err() == nil {
				cancelStatement(conn)
			}
		})
		result := leader.workAndRevive(ctx, 0, j)
		unwatch()
		leader.held = nil
		results <- result
	}
}

// workAndRevive carries out a job and, if the connection is lost over it, opens
// it again.
func (r *runner) workAndRevive(ctx context.Context, id int, j job) batchResult {
	result := r.work(ctx, id, j)
	if result.lost != nil {
		result.fatal = r.revive(ctx, result.lost)
	}
	return result
}

// work carries out a job.
func (r *runner) work(ctx context.Context, id int, j job) batchResult {
	result := batchResult{worker: id, tasks: j.tasks, joined: j.joins != nil}
	switch {
	case j.joins != nil:
		if j.joins.join() {
			r.joinedLane(ctx, j.joins)
		}
	case j.copy != nil:
		if result.fatal = r.prepare(ctx, j.tasks[0]); result.fatal != nil {
			j.copy.abandon()
			break
		}
		r.starts(j.tasks[0])
		result.fatal = r.copyInLanes(ctx, j.copy)
		if result.fatal == nil {
			r.ends(j.tasks[0], nil)
			result.fatal = r.wait(ctx)
		}
	default:
		result.fatal = r.e.restoreBatch(ctx, r, j)
	}
	r.wire.drain() // also after an error: what is held back must be all
	result.failures = r.takeFailures()
	result.tables = r.takeTables()
	result.standing = r.takeStanding()
	if r.e.revives() {
		result.lost = r.lost()
	}
	return result
}

func (e *engine) startWorker(ctx context.Context, session *script.Session, number int) (*runner, error) {
	r, err := e.newRunner(ctx, session, number)
	if err != nil {
		return nil, err
	}
	r.stage = processing
	if err := r.ready(ctx); err != nil {
		r.close()
		return nil, err
	}
	r.held = make(map[int][]failure)
	return r, nil
}

// ready sets a further connection to what holds for the whole restore. What
// fails has failed on the first connection, too, and was counted.
func (r *runner) ready(ctx context.Context) error {
	held := r.held
	r.held = make(map[int][]failure)
	defer func() { r.held = held }()
	if err := r.do(ctx, r.session.FixedState(nil, -1)); err != nil {
		return err
	}
	return r.wait(ctx)
}

func (e *engine) restoreBatch(ctx context.Context, r *runner, j job) error {
	var units []script.Unit
	for _, t := range j.tasks {
		step := t.step
		if e.inhibited[step.Entry] {
			r.skip(step, noTable)
			continue
		}
		if t.leftOut {
			r.skip(step, noFirstHalf)
			continue
		}
		if err := r.prepare(ctx, t); err != nil {
			return err
		}
		r.starts(t)
		switch step.Half {
		case plan.Whole:
			units = r.session.Restore(units[:0], script.Step{
				Entry: step.Entry, Parts: step.Parts, WithoutSchema: e.Plan.WithoutSchema,
				Truncate: e.truncates(step.Entry), Freeze: e.CopyFreeze,
			})
		default:
			units = r.session.Other(units[:0], step.Entry, step.Text)
		}
		if err := r.do(ctx, retried(units, t.only)); err != nil {
			return err
		}
		r.ends(t, nil)
	}
	return r.wait(ctx)
}

// truncates reports whether a table is emptied and loaded in one transaction,
// which spares the write-ahead log at wal_level minimal and is what COPY FREEZE
// asks for. Only tables that this run made are known to be empty. INSERTs commit
// one by one: one that fails undoes no others.
func (e *engine) truncates(entry int) bool {
	t := &e.TOC.Entries[entry]
	return (e.minimalWAL || e.CopyFreeze) && e.created[entry] && t.Copy != "" && !plan.LoadsViaRoot(t)
}

// tableOutcome says whether a table was made.
type tableOutcome struct {
	table  int
	failed bool
}

// standing is how far a connection has come, by entry.
type standing struct {
	begun  map[int]bool // what came before is answered
	over   map[int]bool // finished
	loaded map[int]bool // its data was sent to its end
}

func newStanding() standing {
	return standing{begun: make(map[int]bool), over: make(map[int]bool), loaded: make(map[int]bool)}
}

// takeStanding gives how far the connection has come since the last call. Only
// when all requests are answered.
func (r *runner) takeStanding() standing {
	s := r.standing
	r.standing = newStanding()
	return s
}

// takeTables gives the tables that were to be made since the last call. Only
// after wait.
func (r *runner) takeTables() []tableOutcome {
	tables := r.tables
	r.tables = nil
	return tables
}

// takeFailures gives what was held back since the last call. Only after wait.
func (r *runner) takeFailures() map[int][]failure {
	held := r.held
	r.held = make(map[int][]failure)
	return held
}
