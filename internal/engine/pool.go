package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"pgrestore/event"
	"pgrestore/internal/connect"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// batchResult is how a batch of nodes went on a worker.
type batchResult struct {
	worker   int
	tasks    []task
	failures map[int][]failure // by entry
	tables   []tableOutcome
	joins    *lanedCopy // where not nil, it was a lane of that, which tells how it went
	lost     *lostError // the connection was lost
	standing            // before that
	refused  error      // the worker has no connection, and gets none
	fatal    error
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
	node    int32
	step    plan.Step
	after   event.StepID    // what it had to wait for last
	only    map[string]bool // what to repeat of its statements; nil is all
	attempt int             // from 1
	lanes   int             // connections that may load its data
	leftOut bool            // because its first half has failed
	means   means
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
	// Of the scheduler:
	gone  []bool     // workers that got no connection, or not again
	lost  *lostError // how the last of those that had one lost it
	homes homes      // of the scheduler
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

// lose goes on without a worker that gets no connection. It is an error if that
// was the last one.
func (p *pool) lose(e *engine, r batchResult) error {
	p.gone[r.worker] = true
	if r.lost != nil {
		p.lost = r.lost
	}
	left := 0
	for _, gone := range p.gone {
		if !gone {
			left++
		}
	}
	if left == 0 {
		return e.away(p.lost.Error(), r.refused)
	}
	e.report.warn(fmt.Sprintf("going on with %d of %d connections: %s", left, e.Jobs,
		strings.TrimSpace(connect.ErrorMessage(r.refused))))
	return nil
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
			result := batchResult{worker: id, tasks: j.tasks, joins: j.joins, fatal: err}
			if sqlState(err) == "53300" || e.revives() && ctx.Err() == nil { // too_many_connections
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
	var away *AwayError
	if errors.As(result.fatal, &away) {
		result.refused, result.fatal = away.Err, nil
	}
	return result
}

// work carries out a job.
func (r *runner) work(ctx context.Context, id int, j job) batchResult {
	result := batchResult{worker: id, tasks: j.tasks, joins: j.joins}
	err := r.endOrphans(ctx)
	switch {
	case err != nil:
		result.fatal = err
		j.copy.abandon()
	case j.joins != nil:
		if j.joins.join() {
			r.joinedLane(ctx, j.joins)
		}
	case j.copy != nil:
		if result.fatal = r.prepare(ctx, j.tasks[0]); result.fatal != nil {
			j.copy.abandon()
			break
		}
		r.starts(&j.tasks[0])
		result.fatal = r.copyInLanes(ctx, j.copy)
		if result.fatal == nil {
			r.ends(&j.tasks[0], nil)
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
	for n := range j.tasks {
		t := &j.tasks[n]
		step := t.step
		if e.inhibited[step.Entry] {
			r.skip(step, noTable)
			continue
		}
		if t.leftOut {
			r.skip(step, noFirstHalf)
			continue
		}
		if err := r.prepare(ctx, *t); err != nil {
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
		if err := r.carryOut(ctx, t, retried(units, t.only)); err != nil {
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
