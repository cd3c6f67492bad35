// Package engine carries out a restore on a server: it takes the steps of a
// plan, has them rendered into units, sends those on one or more connections
// without waiting for each reply, and counts and reports what fails.
//
// It opens no archive and no connection itself and prints nothing: data comes
// from a [script.Source], connections from a function, and what happened goes
// to an event sink.
//
//	result, err := engine.Run(ctx, engine.Job{Plan: p, Session: s, ...})
package engine

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// Job is one restore.
type Job struct {
	TOC     *toc.TOC
	Plan    *plan.Plan
	Wanted  []toc.Parts // beside the entries; data that is given up leaves it
	Options script.Options
	Set     toc.Settings

	Source script.Source
	// Size is the stored size of an entry's data, 0 where it is not known.
	Size func(id toc.ID) int64
	// Sample shows what a table's data is like. It may be nil.
	Sample func(id toc.ID) plan.Sample
	// Connect opens a connection to a database, "" being the one the user named.
	Connect func(ctx context.Context, database string) (*pgconn.PgConn, error)
	Sink    event.Sink

	Jobs                  int  // connections; 0 means 1
	Auto                  bool // Jobs is to be chosen, given Cores
	Cores                 int  // of this machine
	ExitOnError           bool // the first error ends the restore
	NoDataForFailedTables bool
	NoSchema              bool // no definitions were asked for
	Reordered             bool // the plan's order is the user's
	Settings              []Setting
	// KnownSettings leaves out settings that the server is too old for.
	// pg_restore sends them all the same, and counts an error.
	KnownSettings bool
	// CopyFreeze loads tables that this restore makes with COPY FREEZE, each on
	// one connection.
	CopyFreeze bool
	Ungrouped  bool // each statement goes in a message of its own
	// Sequential is true where Source can give data only in the archive's
	// order, one entry at a time, and only once.
	Sequential bool
	// Reconnect opens lost connections again and repeats what they left
	// unfinished, where that is safe. pg_restore ends instead.
	Reconnect bool
	// SampleEvery is the time between samples, but for the first ones, which come
	// sooner; 0 means that nobody wants any.
	SampleEvery time.Duration
}

// Result is what was done.
type Result struct {
	Errors int // statements that failed and were passed over
	// Done is how many of the plan's Steps were carried out, with or without
	// errors.
	Done, Steps int
	// Halves says, in sentences, what the run has left half made.
	Halves []string
}

// engine is a running Job.
type engine struct {
	Job
	report   reporter
	done     atomic.Int64 // steps
	rows     atomic.Int64 // loaded by COPYs
	bytes    atomic.Int64 // of data, uncompressed
	consumed atomic.Int64 // of data, as stored, that has been read to its end
	runners  runners
	database string // after -C: the database to connect to

	// What the server said of itself and of the user.
	looked      bool
	reply       time.Duration // that the first one took to come
	superuser   bool
	user        string          // whose objects are made, "" where it is not known
	minimalWAL  bool            // wal_level is minimal
	serverCores int             // 0 where it does not tell
	serverMajor int             // version, 0 where it does not tell
	given       map[string]bool // parameters that came with the connection, of those that matter

	// What became of tables, by entry. Before the parallel part it belongs to
	// the first connection, then to the scheduler.
	created   []bool  // by this run
	inhibited []bool  // TABLE DATA not to be loaded
	tableData []int32 // TABLE -> its TABLE DATA, -1 for none
	estimates func() *plan.Estimates
	reads     *plan.Reads
	stages    *plan.Parallel // with more than one connection

	// What must be known to go on after a connection is lost.
	reconnects atomic.Int64
	orphans    orphans
	processes  map[string]bool // of the server, that end with it
	fresh      bool            // there was nothing in the database at first

	// Of the scheduler:
	attempts  map[int]int             // failed so far, by entry
	doubted   map[int]bool            // entries that may have been restored on a lost connection
	emptied   map[int]bool            // TABLE DATA whose table must be emptied first, for the same reason
	retry     map[int]map[string]bool // by entry, what to repeat of its statements
	halfDone  map[int]bool            // entries of which only the first half is done
	halves    []string                // for Result
	positions map[int]int             // in a serial restore, by entry
}

// Run carries out the job. An error is fatal; what was restored before stays
// unless it was in a transaction that had not ended.
func Run(ctx context.Context, job Job) (Result, error) {
	e := newEngine(job)
	err := e.run(ctx)
	return Result{Errors: int(e.report.errors.Load()), Done: int(e.done.Load()), Steps: len(job.Plan.Steps), Halves: e.halves}, err
}

func newEngine(job Job) *engine {
	e := &engine{
		Job:       job,
		created:   make([]bool, len(job.TOC.Entries)),
		inhibited: make([]bool, len(job.TOC.Entries)),
		tableData: plan.TableData(job.TOC),
		estimates: sync.OnceValue(func() *plan.Estimates {
			return plan.NewEstimates(job.TOC, job.Wanted, job.Size, job.Sample, job.Jobs <= 1 && !job.Auto)
		}),
		reads:    plan.NewReads(job.TOC),
		attempts: make(map[int]int),
		doubted:  make(map[int]bool),
		emptied:  make(map[int]bool),
		halfDone: make(map[int]bool),
		retry:    make(map[int]map[string]bool),
	}
	e.report.sink = job.Sink
	e.report.toc = job.TOC
	e.report.verbose = job.Options.Verbose
	if e.Auto {
		e.Jobs = 2 // until it is chosen; what that needs to know, more need too
	}
	return e
}

func (e *engine) run(ctx context.Context) error {
	var estimating sync.WaitGroup // beside connecting and planning
	estimating.Go(func() { e.estimates() })
	defer estimating.Wait()
	session := script.NewSession(e.TOC, e.Set, e.Options, script.ToServer)
	e.report.note("connecting to database for restore")
	leader, err := e.newRunner(ctx, session, 0)
	if err != nil {
		return err
	}
	defer leader.close()
	if e.Auto {
		var why string
		e.Jobs, why = e.autoJobs(e.serverCores)
		e.Sink.Emit(event.Setting{Name: "jobs", Value: strconv.Itoa(e.Jobs), Why: why})
	}
	e.tellSettings()
	if e.Jobs > 1 {
		session.Follow(e.Plan.Steps)
		e.stages = plan.NewParallel(e.estimates(), e.Plan, e.parallelOptions())
	}
	e.Sink.Emit(e.totals())
	defer e.sample(ctx)()
	if e.Plan.WithoutSchema && !e.NoSchema {
		e.report.note("implied no-schema restore")
	}
	err = e.restore(ctx, leader)
	if leader.wire == nil {
		return err // the connection was lost for good
	}
	// What was restored before an error stays, so it has to last, too.
	durableErr := leader.makeDurable(ctx, err != nil)
	if lost := leader.lost(); lost != nil && err == nil && e.revives() {
		if durableErr = leader.revive(ctx, lost); durableErr == nil {
			durableErr = leader.makeDurable(ctx, false)
		}
	}
	if err == nil {
		err = durableErr
	}
	if err == nil {
		e.tellRoles(ctx)
	}
	return err
}

func (e *engine) restore(ctx context.Context, leader *runner) (err error) {
	leader.stage = initializing
	e.stage("start")
	if err := leader.do(ctx, leader.session.Start(nil, "")); err != nil {
		return err
	}
	if err := leader.wait(ctx); err != nil {
		return err
	}
	leader.stage = processing
	if err := e.drop(ctx, leader); err != nil {
		return err
	}
	if e.Jobs > 1 {
		err = e.parallel(ctx, leader)
	} else {
		e.stage("restore")
		err = e.serial(ctx, leader, e.Plan.Steps)
	}
	if err != nil {
		return err
	}
	e.stage("end")
	if err := leader.do(ctx, leader.session.End(nil, leader.last, "")); err != nil {
		return err
	}
	return leader.wait(ctx)
}

func (e *engine) drop(ctx context.Context, leader *runner) error {
	if !e.Options.Clean {
		return nil
	}
	e.stage("drop")
	var units []script.Unit
	for _, d := range e.Plan.Drops(e.TOC, e.Wanted) {
		units = leader.session.Drop(units[:0], d.Entry, d.Parts)
		if err := leader.do(ctx, units); err != nil {
			return err
		}
	}
	if err := leader.endGroup(ctx); err != nil {
		return err
	}
	leader.session.AfterDrops()
	// That a table could not be dropped says nothing of its making.
	leader.later(func() { clear(leader.failed) })
	return nil
}

// serial restores steps one after the other, in one stream, on another
// connection if it must.
func (e *engine) serial(ctx context.Context, r *runner, steps []plan.Step) error {
	for {
		begun, err := e.inOrder(ctx, r, steps)
		if err == nil || !e.revives() {
			return err
		}
		r.wire.drain()
		standing := r.takeStanding()
		lost := r.lost()
		if lost == nil {
			return err
		}
		first := slices.IndexFunc(steps, func(s plan.Step) bool { return !standing.over[s.Entry] })
		if first < 0 {
			first = len(steps)
		}
		for n := first; n < begun; n++ {
			attempt := e.attempts[steps[n].Entry] + 1
			if !e.again(steps[n], standing) {
				e.reportLost(steps[n], standing, r.number, lost)
				return errStopped
			}
			e.tellAgain(steps[n], standing, r.number, attempt, lost)
		}
		if err := r.revive(ctx, lost); err != nil {
			return err
		}
		steps = steps[first:]
	}
}

// inOrder restores steps and gives how many of them were begun.
func (e *engine) inOrder(ctx context.Context, r *runner, steps []plan.Step) (begun int, err error) {
	var units []script.Unit
	for n, step := range steps {
		data := step.Parts&toc.Data != 0 && e.TOC.Entries[step.Entry].Kind == toc.KindTableData
		alone := data && e.Jobs <= 1 && e.commitsSteps() && e.big(step.Entry)
		if data && (e.NoDataForFailedTables || e.CopyFreeze) || alone {
			// Whether the table could be made decides.
			if err := r.wait(ctx); err != nil {
				return n, err
			}
			if e.inhibited[step.Entry] {
				r.skip(step, noTable)
				continue
			}
		}
		t := e.newTask(-1, step)
		t.means = e.meansAlone(step)
		if err := r.prepare(ctx, t); err != nil {
			return n, err
		}
		r.starts(&t)
		if alone && e.laned(step.Entry) {
			if err := r.copyInLanes(ctx, newLanedCopy(step, 1)); err != nil {
				return n + 1, err
			}
			r.ends(&t, func() { e.done.Add(1) })
			continue
		}
		units = r.session.Restore(units[:0], script.Step{
			Entry: step.Entry, Parts: step.Parts, WithoutSchema: e.Plan.WithoutSchema,
			Truncate: data && e.CopyFreeze && e.truncates(step.Entry), Freeze: e.CopyFreeze,
		})
		if err := r.carryOut(ctx, &t, retried(units, t.only)); err != nil {
			return n + 1, err
		}
		r.ends(&t, func() { e.done.Add(1) })
	}
	return len(steps), r.wait(ctx)
}

// commitsSteps reports whether what steps do is committed at once, rather than
// in transactions of many.
func (e *engine) commitsSteps() bool {
	return !e.Options.SingleTransaction && e.Options.TransactionSize == 0
}

// tableDone notes whether a table was made.
func (e *engine) tableDone(table int, failed bool) {
	data := e.tableData[table]
	if !failed {
		if data >= 0 {
			e.created[data] = true
		}
		return
	}
	if !e.NoDataForFailedTables {
		return
	}
	e.report.note("table \"" + e.TOC.Entries[table].Tag + "\" could not be created, will not restore its data")
	if data >= 0 {
		e.inhibited[data] = true
		e.Wanted[data] = 0 // a tar archive may now be read past it
	}
}
