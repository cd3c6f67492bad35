package engine

import (
	"context"
	"slices"
	"sync"
	"time"

	"pgrestore/event"
)

// runners is the connections there are, for those who watch.
type runners struct {
	mu   sync.Mutex
	list []watched
}

// watched is a runner with the server process at the other end of its wire, as it was
// when it connected last.
type watched struct {
	runner *runner
	pid    uint32
	wire   *wire
}

func (c *runners) add(w watched) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := c.index(w.runner); n >= 0 {
		c.list[n] = w
		return
	}
	c.list = append(c.list, w)
}

func (c *runners) remove(r *runner) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := c.index(r); n >= 0 {
		c.list = slices.Delete(c.list, n, n+1)
	}
}

func (c *runners) index(r *runner) int {
	return slices.IndexFunc(c.list, func(w watched) bool { return w.runner == r })
}

// each calls f for every connection.
func (c *runners) each(f func(w watched)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range c.list {
		f(w)
	}
}

// sampleFraction is the time between samples as a part of the time so far, and
// firstSample how much sooner the first ones come: a restore of seconds shall
// not be over before anything is known of it.
const (
	sampleFraction = 1.0 / 20
	firstSample    = 1.0 / 5
)

// sampleAfter is how long after a sample the next one comes, at a time since the
// restore began.
func sampleAfter(elapsed, most time.Duration) time.Duration {
	return min(most, max(time.Duration(sampleFraction*float64(elapsed)), time.Duration(firstSample*float64(most))))
}

// sample emits samples until the function that it returns is called, which
// emits the last one.
func (e *engine) sample(ctx context.Context) (stop func()) {
	if e.SampleEvery <= 0 {
		return func() {}
	}
	ended := make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() {
		m := monitor{e: e}
		defer m.close()
		begun := time.Now()
		for {
			select {
			case <-ended: // not amid a query: the server would count it as undone
				return
			case <-ctx.Done():
				return
			case <-time.After(sampleAfter(time.Since(begun), e.SampleEvery)):
				e.Sink.Emit(e.takeSample(m.look(ctx)))
			}
		}
	})
	return func() {
		close(ended)
		over.Wait()
		e.Sink.Emit(e.takeSample(nil))
	}
}

// takeSample sees how far the restore is. seen is what the server says of its
// processes.
func (e *engine) takeSample(seen map[uint32]work) event.Sample {
	s := event.Sample{
		Stored: e.consumed.Load(), Bytes: e.bytes.Load(), Rows: e.rows.Load(),
		Done: int(e.done.Load()), Errors: int(e.report.errors.Load()),
	}
	// Of the data of each step: bytes that were sent, and those of them that the
	// server has not read yet.
	sent, unread := map[event.StepID]int64{}, map[event.StepID]int64{}
	e.runners.each(func(c watched) {
		r := c.runner
		a := r.current.Load()
		if data := r.reading.Load(); data != nil {
			s.Stored += (*data).Consumed()
		}
		w, asked := seen[c.pid]
		if a == nil {
			if w.waits != "" && !w.starved {
				s.Activities = append(s.Activities, event.Activity{Connection: r.number, Fraction: -1, Waits: w.waits, Blockers: w.blockers})
			}
			return
		}
		s.Rows += w.rows
		now := event.Activity{StepID: a.id, Connection: r.number, Bytes: a.bytes.Load(), Fraction: -1, Phase: w.phase}
		sent[a.id] += now.Bytes
		if q := c.wire.answering.Load(); q != nil && asked && w.taken >= 0 {
			unread[a.id] += q.unread(w.taken)
		}
		if !w.starved || a.fed {
			now.Waits, now.Blockers = w.waits, w.blockers
		}
		a.helped = a.helped || w.helped
		if data := a.data.Load(); data != nil && a.stored > 0 {
			now.Fraction = min(1, float64((*data).Consumed())/float64(a.stored))
		} else if fraction, known := w.index.fraction(a.shape()); known {
			now.Fraction = fraction
		}
		s.Activities = append(s.Activities, now)
	})
	for i := range s.Activities {
		if a := &s.Activities[i]; a.Fraction > 0 && unread[a.StepID] > 0 {
			a.Fraction *= max(0, 1-float64(unread[a.StepID])/float64(sent[a.StepID]))
		}
	}
	return s
}
