package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sort"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// parallel restores on several connections, stage after stage. What must keep
// its order runs on the first connection.
func (e *engine) parallel(ctx context.Context, leader *runner) (err error) {
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
	defer func() {
		if err != nil {
			e.noteHalves()
		}
	}()
	for n, graph := range []*plan.Graph{stages.Objects, stages.Main, stages.Grants} {
		e.stage([...]string{"objects", "main", "grants"}[n])
		var again []plan.Step
		again, err = e.sideBySide(ctx, pool, graph)
		if err != nil {
			return err
		}
		if err := pool.regain(ctx, e, leader); err != nil {
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

// noteHalves notes for Result the constraints that a restore has left half made.
func (e *engine) noteHalves() {
	for _, entry := range slices.Sorted(maps.Keys(e.halfDone)) {
		t := &e.TOC.Entries[entry]
		text := "Of constraint \"%s\" there is the index, but not the constraint."
		if t.Kind == toc.KindForeignKey {
			text = "Foreign key \"%s\" is there, but NOT VALID: rows were not checked."
		}
		e.halves = append(e.halves, fmt.Sprintf(text, t.Tag))
	}
}

// undo readies the second try of steps: it takes the first halves of
// constraints back whose second failed.
func (e *engine) undo(ctx context.Context, leader *runner, again []plan.Step) error {
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
	case e.Options.UseSetSessionAuthorization && !e.Options.NoOwner:
		return "at a role that cannot be taken on, all that comes before it has to be there"
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
	s := newScheduler(graph, e.Jobs, &pool.homes)
	s.largest = largestBatch(e.reply)
	if s.left == 0 {
		return nil, nil
	}
	var copies []*lanedCopy      // under way
	listed := make(map[int]bool) // in again
	busy, leaving := 0, 0        // workers that have work, and those of them whose copy is over
	idle := make([]int, 0, e.Jobs)
	for n := e.Jobs - 1; n >= 0; n-- {
		if !pool.gone[n] {
			idle = append(idle, n)
		}
	}
	for {
		for len(idle) > 0 && err == nil {
			worker := idle[len(idle)-1]
			batch := s.batch(worker)
			if batch == nil {
				break
			}
			idle = idle[:len(idle)-1]
			busy++
			j := e.newJob(s, batch, &copies)
			for n := range j.tasks {
				j.tasks[n].means = e.meansBeside(s, worker, batch[n], busy-leaving)
			}
			for _, t := range j.tasks {
				e.noteItem("launching", t.step.Entry)
			}
			pool.work[worker] <- j
		}
		for len(idle) > 0 && err == nil {
			c := roomiest(copies)
			if c == nil {
				break
			}
			c.room--
			c.sent++
			pool.work[idle[len(idle)-1]] <- job{joins: c}
			idle = idle[:len(idle)-1]
			busy++
		}
		if busy == 0 {
			break
		}
		r := <-pool.results
		busy--
		if r.refused == nil {
			idle = append(idle, r.worker)
		}
		switch {
		case r.joins != nil:
			if r.joins.sent--; !slices.Contains(copies, r.joins) {
				leaving--
			}
			if err == nil {
				err = r.fatal
			}
		case r.refused != nil && r.lost == nil: // nothing was done
			s.finished(r.worker, nodesOf(r.tasks), nodesOf(r.tasks))
		default:
			copies = slices.DeleteFunc(copies, func(c *lanedCopy) bool {
				over := c.step.Entry == r.tasks[0].step.Entry
				if over {
					leaving += c.sent
				}
				return over
			})
			redo, failed := e.judge(r, &err)
			for _, step := range failed {
				if !listed[step.Entry] {
					listed[step.Entry] = true
					again = append(again, step)
				}
			}
			s.finished(r.worker, nodesOf(r.tasks), redo)
		}
		if r.refused != nil && err == nil {
			err = pool.lose(e, r)
		}
		if err != nil {
			pool.stop(err)
		}
	}
	if err == nil && s.left != graph.Circular {
		// Better no restore than one that is not whole and says nothing.
		return nil, fmt.Errorf("internal error: %d of %d steps were never ready", s.left-graph.Circular, len(graph.Nodes))
	}
	for n := range again {
		again[n].Half = plan.Whole
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
