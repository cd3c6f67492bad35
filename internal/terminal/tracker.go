package terminal

import (
	"slices"
	"time"

	"pgrestore/event"
)

// tracker counts: it takes the records of a restore and knows how far it is.
// It draws nothing, and what it does for a record is little.
type tracker struct {
	run      event.Run
	plan     event.Plan
	stage    string
	sample   event.Sample
	over     loaded  // by steps that have ended: samples come later
	points   []point // of the last seconds, for the speed
	done     int
	inParts  map[int]bool // entries that are counted, and were restored in parts
	errors   int
	end      *event.End
	conns    []connection
	estimate estimator
}

// loaded is data that has been restored.
type loaded struct{ stored, bytes, rows int64 }

// point is how much data had been read at a time.
type point struct {
	at     time.Duration
	stored int64
}

// speedSpan is the time that the speed is taken over.
const speedSpan = 5 * time.Second

// connection is one to the server, and what it does.
type connection struct {
	open    bool
	pid     uint32
	steps   []event.StepStarted // that run; more than one were sent together
	helps   event.StepStarted   // with whose data it helps
	helping bool
	since   time.Duration
	// What the last sample and the one before tell of it.
	seen, before event.Activity
}

// nothing is what is known of a connection that no sample tells of.
func nothing() event.Activity { return event.Activity{Fraction: -1} }

// read takes the next record.
func (t *tracker) read(r event.Record) {
	t.estimate.read(r)
	switch v := r.Event.(type) {
	case event.Run:
		t.run = v
	case event.Plan:
		t.plan = v
	case event.Stage:
		t.stage = v.Name
	case event.Connected:
		*t.conn(v.Connection) = connection{open: true, pid: v.PID}
	case event.Disconnected:
		*t.conn(v.Connection) = connection{}
	case event.StepStarted:
		t.start(r.At, v)
	case event.StepFinished:
		t.over.stored += t.finish(v.Connection, v.StepID).Stored
		t.over.bytes += v.Bytes
		t.over.rows += v.Rows
		t.count(v.StepID)
	case event.StepFailed:
		t.finish(v.Connection, v.StepID)
		t.over.bytes += v.Bytes
		t.over.rows += v.Rows
		t.count(v.StepID)
	case event.StepRetried:
		t.finish(v.Connection, v.StepID)
	case event.LaneStarted:
		t.help(r.At, v)
	case event.LaneFinished:
		t.conn(v.Connection).helping = false
	case event.Failure:
		t.errors++
	case event.Sample:
		t.take(r.At, v)
	case event.End:
		t.end = &v
	}
}

// count counts a step that was carried out: each entry once, as the plan does.
func (t *tracker) count(id event.StepID) {
	if id.IsFirstPart() || t.inParts[id.ID] {
		return
	}
	t.done++
	if id.Part != "" {
		if t.inParts == nil {
			t.inParts = make(map[int]bool)
		}
		t.inParts[id.ID] = true
	}
}

func (t *tracker) conn(n int) *connection {
	n = max(n, 0)
	for len(t.conns) <= n {
		t.conns = append(t.conns, connection{})
	}
	return &t.conns[n]
}

func (t *tracker) start(at time.Duration, v event.StepStarted) {
	c := t.conn(v.Connection)
	c.open = true
	if len(c.steps) == 0 {
		c.since, c.seen = at, nothing()
	}
	c.steps = append(c.steps, v)
}

// finish removes a step from those that run, and gives it.
func (t *tracker) finish(n int, id event.StepID) event.StepStarted {
	c := t.conn(n)
	for i, s := range c.steps {
		if s.StepID == id {
			c.steps = append(c.steps[:i], c.steps[i+1:]...)
			return s
		}
	}
	return event.StepStarted{}
}

func (t *tracker) help(at time.Duration, v event.LaneStarted) {
	c := t.conn(v.Connection)
	c.open, c.helping, c.since, c.seen = true, true, at, nothing()
	c.helps = event.StepStarted{StepID: v.StepID, Class: event.Data}
	for i := range t.conns {
		for _, s := range t.conns[i].steps {
			if s.StepID == v.StepID {
				c.helps = s
				return
			}
		}
	}
}

func (t *tracker) take(at time.Duration, v event.Sample) {
	t.sample = v
	t.points = append(t.points, point{at, v.Stored})
	for len(t.points) > 2 && at-t.points[1].at >= speedSpan {
		t.points = append(t.points[:0], t.points[1:]...)
	}
	for n := range t.conns {
		c := &t.conns[n]
		c.before, c.seen = c.seen, nothing()
	}
	for _, a := range v.Activities {
		t.conn(a.Connection).seen = a
	}
}

// isOurs reports whether a server process is that of one of the restore's connections.
func (t *tracker) isOurs(pid int) bool {
	return slices.ContainsFunc(t.conns, func(c connection) bool { return c.open && int(c.pid) == pid })
}

// does reports whether a connection does a step; of what is no step it does
// something where it does nothing else.
func (c *connection) does(id event.StepID) bool {
	switch {
	case c.helping:
		return c.helps.StepID == id
	case len(c.steps) == 0:
		return id == event.StepID{}
	default:
		return slices.ContainsFunc(c.steps, func(s event.StepStarted) bool { return s.StepID == id })
	}
}

// speed is in stored bytes a second; 0 where it is not known, or all is read.
func (t *tracker) speed() float64 {
	if len(t.points) < 2 {
		return 0
	}
	first, last := t.points[0], t.points[len(t.points)-1]
	if last.at <= first.at || t.plan.Stored > 0 && last.stored >= t.plan.Stored {
		return 0
	}
	return float64(last.stored-first.stored) / (last.at - first.at).Seconds()
}

// nearlyDone is the largest share that is shown of what still runs: there may be
// more to do than was known at first.
const nearlyDone = 0.995

// view is how far a restore is at one moment.
type view struct {
	elapsed time.Duration
	begun   bool    // there is a plan
	done    float64 // share of the work; negative for not known
	// left is how long it will still take; negative for not known.
	left time.Duration

	stored, storedTotal int64   // bytes of data read from the archive; 0 of all for not known
	bytes, rows         int64   // uncompressed; loaded
	speed               float64 // stored bytes a second
	stepsDone, steps    int
	errors              int
	stage               string
	outcome             event.Outcome // "" while it runs
	conns               []connView
}

// connView is what an open connection does.
type connView struct {
	number  int
	pid     uint32
	busy    bool
	step    event.StepStarted // the first of those that run
	more    int               // that were sent with it
	helps   bool              // with the data of another connection's step
	elapsed time.Duration
	lasting bool // what the server process waits for it has waited for in the sample before, too
	event.Activity
}

// view gives how far the restore is, at a time since it began.
func (t *tracker) view(at time.Duration) view {
	v := view{
		elapsed: at, begun: t.plan.Steps > 0, left: -1, done: t.estimate.fraction(),
		stored: max(t.sample.Stored, t.over.stored), storedTotal: t.plan.Stored,
		bytes: max(t.sample.Bytes, t.over.bytes), rows: max(t.sample.Rows, t.over.rows),
		speed: t.speed(), stepsDone: min(t.done, t.plan.Steps), steps: t.plan.Steps,
		errors: max(t.errors, t.sample.Errors), stage: t.stage,
	}
	if t.end != nil {
		v.outcome, v.errors, v.stepsDone, v.speed = t.end.Outcome, t.end.Errors, t.end.Done, 0
		if v.outcome == event.Complete && v.done >= 0 {
			v.done = 1
		}
	} else {
		v.done = min(v.done, nearlyDone)
	}
	for n := range t.conns {
		if c := &t.conns[n]; c.open {
			v.conns = append(v.conns, t.connView(n, at))
		}
	}
	if left, known := t.estimate.left(at); known && !v.stuck() {
		v.left = left
	}
	return v
}

// connView gives what a connection does. Of steps that were sent together, a sample may
// tell of another than the first, which is shown.
func (t *tracker) connView(n int, at time.Duration) connView {
	c := &t.conns[n]
	v := connView{number: n, pid: c.pid, Activity: nothing()}
	switch {
	case c.helping:
		v.busy, v.helps, v.step = true, true, c.helps
	case len(c.steps) > 0:
		v.busy, v.step, v.more = true, c.steps[0], len(c.steps)-1
	}
	if v.busy {
		v.elapsed = max(at-c.since, 0)
	}
	seen := c.seen
	if !c.does(seen.StepID) {
		return v
	}
	if seen.StepID == v.step.StepID {
		v.Activity = seen
	}
	v.Waits, v.Blockers = seen.Waits, slices.DeleteFunc(slices.Clone(seen.Blockers), t.isOurs)
	passes := len(seen.Blockers) > 0 && len(v.Blockers) == 0 // those of our own end by themselves
	v.lasting = seen.Waits == c.before.Waits && seen.StepID == c.before.StepID && !passes
	return v
}
