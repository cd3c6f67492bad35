package engine

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// activity is what a connection does now. The goroutine that reads replies
// makes it, others look at it.
type activity struct {
	id     event.StepID
	begun  time.Time
	stored int64  // bytes of its data in the archive
	shapes shapes // of the index, if it builds one
	bytes  atomic.Int64
	fed    bool                     // with data: its server process may have to wait for that
	data   atomic.Pointer[consumer] // which has been opened

	helped bool // by parallel workers, as samples have seen
}

// shape is that of the index that is being built.
func (a *activity) shape() shape {
	if a.helped {
		return a.shapes.helped
	}
	return a.shapes.alone
}

// consumer tells how many bytes of an entry's stored data have been read. It
// is safe for concurrent use; readers of an archive's data may have it.
type consumer interface{ Consumed() int64 }

// stepID identifies a step for events.
func (e *engine) stepID(s plan.Step) event.StepID {
	return event.StepID{ID: int(e.TOC.Entries[s.Entry].ID), Part: s.Half.String()}
}

// totals says what is to be done.
func (e *engine) totals() event.Plan {
	all := event.Plan{Steps: len(e.Plan.Steps)}
	at := make(map[event.Class]int)
	for _, s := range e.Plan.Steps {
		t := &e.TOC.Entries[s.Entry]
		class := classOf(t, s)
		n, known := at[class]
		if !known {
			n = len(all.Classes)
			at[class] = n
			all.Classes = append(all.Classes, event.ClassTotal{Class: class})
		}
		weight := e.estimates().Weight(s.Entry)
		all.Classes[n].Steps++
		all.Classes[n].Weight += weight
		all.Weight += weight
		all.Stored += e.stored(s)
	}
	return all
}

// stored is the size of a step's data in the archive, 0 where it has none or
// the size is not known.
func (e *engine) stored(s plan.Step) int64 {
	t := &e.TOC.Entries[s.Entry]
	if s.Parts&toc.Data == 0 || !t.HasData {
		return 0
	}
	return e.Size(t.ID)
}

// classOf gives the class of a step.
func classOf(t *toc.Entry, s plan.Step) event.Class {
	switch t.Kind {
	case toc.KindIndex:
		return event.Index
	case toc.KindConstraint:
		if s.Half == plan.MakeIndex {
			return event.Index
		}
		return event.Constraint
	case toc.KindForeignKey:
		return event.ForeignKey
	case toc.KindMaterializedViewData:
		return event.Refresh
	case toc.KindACL, toc.KindACLLanguage, toc.KindDefaultACL:
		return event.Privilege
	case toc.KindStatisticsData:
		return event.Statistics
	case toc.KindTableData:
		return event.Data
	case toc.KindBlobs:
		return event.LargeObj
	}
	return event.Object
}

// shapesOf gives the shapes of the index that an entry is, if it is one.
func (e *engine) shapesOf(entry int) shapes {
	t := &e.TOC.Entries[entry]
	switch {
	case t.Kind == toc.KindIndex && strings.Contains(t.Definition, " USING ") && !strings.Contains(t.Definition, " USING btree "):
		return scanShapes
	case e.estimates().SortsSlowly(entry):
		return slowShapes
	default:
		return treeShapes
	}
}

// starts tells that a step begins when all before it is answered.
func (r *runner) starts(t *task) {
	e := r.e
	entry := &e.TOC.Entries[t.step.Entry]
	class := classOf(entry, t.step)
	a := &activity{
		id: e.stepID(t.step), stored: e.stored(t.step), shapes: e.shapesOf(t.step.Entry),
		fed: class == event.Data || class == event.LargeObj,
	}
	r.sending = a
	r.mark(false, func(ahead bool) {
		a.begun = time.Now()
		r.begun[t.step.Entry] = true
		r.rows, r.bytes = 0, 0
		r.current.Store(a)
		started := event.StepStarted{
			StepID: a.id, Connection: r.number, Kind: entry.Desc, Schema: entry.Namespace, Name: entry.Tag,
			Table: e.estimates().Table(t.step.Entry), Class: class, Weight: e.estimates().Weight(t.step.Entry),
			Stored: a.stored, Lanes: t.lanes, Ahead: ahead, After: t.after,
		}
		if t.step.Half.Light() {
			started.Weight = 0
		}
		if class == event.Refresh {
			for _, id := range e.reads.Of(t.step.Entry) {
				started.Reads = append(started.Reads, int(id))
			}
		}
		e.Sink.Emit(started)
	})
}

// ends tells how a step went when all of it is answered, and calls done then. One
// that was cut short has not ended.
func (r *runner) ends(t *task, done func()) {
	r.mark(true, func(bool) {
		if !r.cut[t.step.Entry] {
			r.ended(t)
			if done != nil {
				done()
			}
		}
	})
}

func (r *runner) ended(t *task) {
	e := r.e
	id := e.stepID(t.step)
	if a := r.current.Load(); a != nil && a.id == id { // or a later one has begun
		r.current.CompareAndSwap(a, nil)
	}
	r.over[t.step.Entry] = true
	held, errors := r.held[t.step.Entry], r.errors[t.step.Entry]
	delete(r.errors, t.step.Entry)
	switch {
	case len(held) > 0 && (e.hasSecondChance(t.step, held) || passing(held) && t.attempt < maxAttempts):
		e.Sink.Emit(event.StepRetried{
			StepID: id, Connection: r.number, Attempt: t.attempt, SQLState: sqlState(held[0].err), Reason: held[0].text,
		})
	case len(held)+errors > 0:
		e.Sink.Emit(event.StepFailed{StepID: id, Connection: r.number, Errors: len(held) + errors, Rows: r.rows, Bytes: r.bytes})
	default:
		e.Sink.Emit(event.StepFinished{StepID: id, Connection: r.number, Rows: r.rows, Bytes: r.bytes})
	}
}

// prepare readies the connection for a step.
func (r *runner) prepare(ctx context.Context, t task) error {
	if t.doubted {
		r.doubted[t.step.Entry] = true
	}
	if err := r.setMeans(ctx, t); err != nil {
		return err
	}
	if !t.empty {
		return nil
	}
	if err := r.do(ctx, r.session.Truncate(nil, t.step.Entry)); err != nil {
		return err
	}
	return r.wait(ctx)
}

// skip tells that a step is left out.
func (r *runner) skip(s plan.Step, reason string) {
	e := r.e
	r.later(func() { r.over[s.Entry] = true })
	t := &e.TOC.Entries[s.Entry]
	e.Sink.Emit(event.StepSkipped{
		StepID: e.stepID(s), Kind: t.Desc, Schema: t.Namespace, Name: t.Tag, Reason: reason,
	})
}

// Reasons to leave a step out.
const (
	noTable     = "its table could not be made"
	noFirstHalf = "its first half failed"
)

func (e *engine) stage(name string) { e.Sink.Emit(event.Stage{Name: name}) }
