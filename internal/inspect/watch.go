package inspect

import (
	"sync"
	"sync/atomic"
	"time"

	"pgrestore/event"
	"pgrestore/toc"
)

// watch tells an event sink how far the reading of all data is, as a restore
// tells it: readers are its connections, entries its steps, damage its errors.
type watch struct {
	sink    event.Sink // nil: nobody looks
	readers []reading
	bytes   atomic.Int64 // of data, uncompressed
	rows    atomic.Int64 // of entries that are over
	done    atomic.Int64 // entries
	damaged atomic.Int64

	mu       sync.Mutex
	consumed int64 // stored bytes of entries that are over
}

// reading is what one reader does.
type reading struct {
	mu     sync.Mutex
	entry  *toc.Entry // nil: nothing
	size   int64      // stored, 0 for not known
	data   consumer   // nil until it is open
	bytes  int64
	number int
}

// consumer tells how many stored bytes of an entry have been read.
type consumer interface{ Consumed() int64 }

// sampleEvery is the time between samples.
const sampleEvery = time.Second

// start tells what is to be read by how many, and then, each second, how far
// that is, until the function that it returns is called.
func (w *watch) start(plan event.Plan, readers int) (stop func()) {
	w.readers = make([]reading, readers)
	if w.sink == nil {
		return func() {}
	}
	w.sink.Emit(event.Run{Schema: event.SchemaVersion, Jobs: readers})
	for n := range w.readers {
		w.readers[n].number = n
		w.sink.Emit(event.Connected{Connection: n})
	}
	w.sink.Emit(plan)
	over := make(chan struct{})
	var sampling sync.WaitGroup
	sampling.Go(func() {
		tick := time.NewTicker(sampleEvery)
		defer tick.Stop()
		for {
			select {
			case <-over:
				return
			case <-tick.C:
				w.sink.Emit(w.sample())
			}
		}
	})
	return func() {
		close(over)
		sampling.Wait()
		w.sink.Emit(w.sample())
	}
}

// end tells how the reading ended.
func (w *watch) end(outcome event.Outcome, entries int) {
	if w.sink != nil {
		w.sink.Emit(event.End{Outcome: outcome, Errors: int(w.damaged.Load()), Done: int(w.done.Load()), Steps: entries})
	}
}

// classOf gives the class of an entry's data.
func classOf(e *toc.Entry) event.Class {
	if e.Kind == toc.KindBlobs {
		return event.LargeObj
	}
	return event.Data
}

// begin tells that a reader takes an entry of so many stored bytes.
func (w *watch) begin(r *reading, e *toc.Entry, size int64) {
	if w.sink == nil {
		return
	}
	r.mu.Lock()
	r.entry, r.size, r.data, r.bytes = e, size, nil, 0
	r.mu.Unlock()
	w.sink.Emit(event.StepStarted{
		StepID: event.StepID{ID: int(e.ID)}, Connection: r.number, Kind: e.Desc, Schema: e.Namespace, Name: e.Tag,
		Class: classOf(e), Weight: size, Stored: size, Lanes: 1,
	})
}

// opened notes where to see how far the entry has been read.
func (r *reading) opened(data consumer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.data = data
}

// consumed is how much of the stored data has been read. The caller holds mu.
func (r *reading) consumed() int64 {
	switch {
	case r.data == nil:
		return 0
	case r.size > 0:
		return min(r.data.Consumed(), r.size)
	default:
		return r.data.Consumed()
	}
}

// read counts data.
func (w *watch) read(r *reading, n int) {
	w.bytes.Add(int64(n))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bytes += int64(n)
}

// finish tells that a reader is done with its entry.
func (w *watch) finish(r *reading, c *content) {
	w.done.Add(1)
	w.rows.Add(c.rows.N)
	if c.damage != nil {
		w.damaged.Add(1)
	}
	if w.sink == nil {
		return
	}
	// The sums of a sample must not lack the entry, nor have it twice.
	w.mu.Lock()
	r.mu.Lock()
	id := event.StepID{ID: int(r.entry.ID)}
	w.consumed += r.consumed()
	r.entry, r.data = nil, nil
	r.mu.Unlock()
	w.mu.Unlock()
	if c.damage != nil {
		w.sink.Emit(event.Failure{StepID: id, Cause: event.Archive, Text: string(c.damage.Text)})
	}
	w.sink.Emit(event.StepFinished{StepID: id, Connection: r.number, Rows: c.rows.N, Bytes: c.bytes})
}

func (w *watch) sample() event.Sample {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := event.Sample{Stored: w.consumed, Bytes: w.bytes.Load(), Rows: w.rows.Load(), Done: int(w.done.Load()), Errors: int(w.damaged.Load())}
	for n := range w.readers {
		r := &w.readers[n]
		r.mu.Lock()
		if r.entry != nil {
			a := event.Activity{StepID: event.StepID{ID: int(r.entry.ID)}, Connection: n, Bytes: r.bytes, Fraction: -1}
			consumed := r.consumed()
			s.Stored += consumed
			if r.data != nil && r.size > 0 {
				a.Fraction = float64(consumed) / float64(r.size)
			}
			s.Activities = append(s.Activities, a)
		}
		r.mu.Unlock()
	}
	return s
}
