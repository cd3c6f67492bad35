package engine

import (
	"fmt"
	"slices"

	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

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
			e.tableDone(t.table, false) // a failed one may be tried again
		}
	}
	for _, t := range r.tasks {
		node, step := t.node, t.step
		if t.leftOut {
			continue
		}
		failures := r.failures[step.Entry]
		if r.lost != nil && !r.over[step.Entry] {
			switch {
			case over, r.fatal != nil:
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
		unfinished := r.fatal != nil && !r.over[step.Entry]
		switch {
		case unfinished || !made && len(failures) > 0:
		case step.Half.First():
			e.halfDone[step.Entry] = true
		default:
			delete(e.halfDone, step.Entry)
		}
		if len(failures) == 0 {
			if !unfinished {
				// What is tried again, be it for a setting alone, counts then.
				if !e.inhibited[step.Entry] && !step.Half.First() && !(step.Half.Second() && e.retry[step.Entry] != nil) {
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
		case r.fatal == nil && e.hasSecondChance(step, failures):
			e.retryOnly(step, failures)
			again = append(again, step)
		default:
			e.reportFailures(step.Entry, failures)
			if r.fatal == nil {
				e.done.Add(1)
			}
			if slices.Contains(r.tables, tableOutcome{step.Entry, true}) {
				e.tableDone(step.Entry, true)
			}
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
// its graph is finished. Not for a lack of privileges: nobody gains any while
// objects are made, and later another reason to refuse it may come first.
func (e *engine) hasSecondChance(step plan.Step, failures []failure) bool {
	return !e.ExitOnError && step.Parts&toc.Data == 0 && (step.Half != plan.Whole || slices.ContainsFunc(failures, func(f failure) bool {
		return sqlState(f.err) != "42501" // insufficient_privilege
	}))
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
