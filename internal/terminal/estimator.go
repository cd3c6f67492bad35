package terminal

import (
	"math"
	"time"

	"pgrestore/event"
)

// estimator tells how much of a restore is done and how long the rest will
// take. It learns from records alone: it has no clock, and the same records
// and times give the same answers.
//
// Work is measured in costs: a step's weight in the plan, and something for
// the step itself. How long a cost takes is learned for each class of steps,
// from those that are finished and from how far the running ones are. Until a
// class has been seen it is taken to be as fast as the others.
type estimator struct {
	jobs    int
	planned bool
	classes [len(classCosts)]classWork
	conns   []conn
	ended   bool

	highest float64 // fraction that was given
	// The end as it was estimated last, smoothed.
	end   float64 // seconds since the run began; 0 for none yet
	endAt float64
}

// classWork is what is known of the steps of one class. Costs and seconds are
// of steps that are over; a second is one connection's.
type classWork struct {
	steps, started   int
	cost             float64 // of all in the plan
	startedCost      float64
	overCost         float64
	measured, length float64 // cost of what was finished, and how many seconds it took
}

// conn is what a connection does.
type conn struct {
	steps []stepWork // that run; more than one were sent together
	over  []stepWork // that were sent together with others and are finished
	since float64

	// Of a step that runs alone:
	fraction      float64 // negative for not known
	fractionAt    float64
	fractionSpent float64 // seconds of all connections until then
	spent         float64 // seconds of other connections that had a share and have finished it

	helps     bool // another connection's step
	helped    event.StepID
	helpSince float64
}

type stepWork struct {
	id    event.StepID
	class int
	cost  float64
}

// classCost is what is taken for granted of a class before it has been seen.
type classCost struct {
	class  event.Class
	weight float64 // cost of a unit of weight
	step   float64 // cost of a step by itself, in stored bytes
	serial bool    // steps follow each other
}

// classCosts is in the order in which the classes come in a restore.
var classCosts = [...]classCost{
	{class: event.Object, weight: 1, step: 16 << 10},
	{class: event.Data, weight: 1, step: 16 << 10},
	{class: event.LargeObj, weight: 1, step: 16 << 10},
	{class: event.Index, weight: 1, step: 16 << 10},
	{class: event.Constraint, weight: 1, step: 16 << 10},
	{class: event.ForeignKey, weight: 1, step: 16 << 10},
	{class: event.Privilege, weight: 1, step: 4 << 10},
	{class: event.Refresh, weight: 1, step: 16 << 10, serial: true},
	{class: event.Statistics, weight: 1, step: 4 << 10, serial: true},
}

const (
	// priorShare is how much of a class must have been seen until what was
	// seen counts as much as what the other classes suggest.
	priorShare = 0.02
	// manySteps is the number of steps for each connection from which on they
	// keep all connections busy to the end.
	manySteps = 4
	// tooEarly is the share of the work, and enough the seconds, before which
	// nothing can be said.
	tooEarly = 0.01
	enough   = 1.0
)

func classOf(c event.Class) int {
	for i := range classCosts {
		if classCosts[i].class == c {
			return i
		}
	}
	return 0
}

func costOf(class int, weight int64) float64 {
	return classCosts[class].step + classCosts[class].weight*float64(max(weight, 0))
}

// read takes the next record.
func (e *estimator) read(r event.Record) {
	at := r.At.Seconds()
	switch v := r.Event.(type) {
	case event.Run:
		e.jobs = max(v.Jobs, 1)
	case event.Plan:
		e.plan(v)
	case event.StepStarted:
		e.start(at, v)
	case event.StepFinished:
		e.finish(at, v.Connection, v.StepID, true)
	case event.StepFailed:
		e.finish(at, v.Connection, v.StepID, false)
	case event.StepRetried:
		e.takeBack(at, v.Connection, v.StepID)
	case event.StepSkipped:
		e.skip(v)
	case event.LaneStarted:
		c := e.conn(v.Connection)
		c.helps, c.helped, c.helpSince = true, v.StepID, at
	case event.LaneFinished:
		e.stopHelping(at, v.Connection)
	case event.Sample:
		e.sample(at, v)
	case event.End:
		e.ended = true
	}
}

// plan takes the totals. Where the size of the data is not known, nothing is.
func (e *estimator) plan(p event.Plan) {
	for i := range e.classes {
		e.classes[i] = classWork{}
	}
	sized := true
	for _, c := range p.Classes {
		class := classOf(c.Class)
		e.classes[class].steps += c.Steps
		e.classes[class].cost += float64(c.Steps)*classCosts[class].step + classCosts[class].weight*float64(c.Weight)
		if c.Class == event.Data && c.Steps > 0 && p.Stored == 0 {
			sized = false
		}
	}
	e.planned = sized
}

func (e *estimator) conn(n int) *conn {
	for len(e.conns) <= n {
		e.conns = append(e.conns, conn{fraction: -1})
	}
	return &e.conns[max(n, 0)]
}

func (e *estimator) start(at float64, v event.StepStarted) {
	c := e.conn(v.Connection)
	if len(c.steps) == 0 {
		c.over = c.over[:0]
		c.since, c.fraction, c.spent = at, -1, 0
	}
	s := stepWork{id: v.StepID, class: classOf(v.Class)}
	s.cost = costOf(s.class, v.Weight)
	c.steps = append(c.steps, s)
	e.classes[s.class].started++
	e.classes[s.class].startedCost += s.cost
}

// take removes a step from those that run.
func (c *conn) take(id event.StepID) (stepWork, bool) {
	for i, s := range c.steps {
		if s.id == id {
			c.steps = append(c.steps[:i], c.steps[i+1:]...)
			return s, true
		}
	}
	return stepWork{}, false
}

// finish notes that a step is over. Only what succeeded tells how long such
// steps take.
func (e *estimator) finish(at float64, connection int, id event.StepID, measures bool) {
	c := e.conn(connection)
	s, ok := c.take(id)
	if !ok {
		return
	}
	e.classes[s.class].overCost += s.cost
	if measures {
		c.over = append(c.over, s)
	}
	if len(c.steps) == 0 {
		e.measure(at, c)
	}
}

// measure shares out the time of a connection among the steps that were sent
// together.
func (e *estimator) measure(at float64, c *conn) {
	var cost float64
	for _, s := range c.over {
		cost += s.cost
	}
	seconds := max(at-c.since, 0) + c.spent
	for _, s := range c.over {
		e.classes[s.class].measured += s.cost
		e.classes[s.class].length += seconds * s.cost / cost
	}
	c.over = c.over[:0]
}

// takeBack makes a step one that has not begun.
func (e *estimator) takeBack(at float64, connection int, id event.StepID) {
	c := e.conn(connection)
	s, ok := c.take(id)
	if !ok {
		return
	}
	e.classes[s.class].started--
	e.classes[s.class].startedCost -= s.cost
	if len(c.steps) == 0 {
		e.measure(at, c)
	}
}

// skip notes that a step will not be done. Its weight is not known, so it
// counts as much as others of its class that have not begun.
func (e *estimator) skip(v event.StepSkipped) {
	class := classOf(kindClass(v.Kind))
	w := &e.classes[class]
	if w.started >= w.steps {
		return
	}
	cost := (w.cost - w.startedCost) / float64(w.steps-w.started)
	w.started++
	w.startedCost += cost
	w.overCost += cost
}

func kindClass(kind string) event.Class {
	switch kind {
	case "TABLE DATA":
		return event.Data
	case "BLOBS", "BLOB METADATA":
		return event.LargeObj
	case "INDEX":
		return event.Index
	case "CONSTRAINT", "CHECK CONSTRAINT":
		return event.Constraint
	case "FK CONSTRAINT":
		return event.ForeignKey
	case "ACL", "DEFAULT ACL":
		return event.Privilege
	case "MATERIALIZED VIEW DATA":
		return event.Refresh
	case "STATISTICS DATA":
		return event.Statistics
	default:
		return event.Object
	}
}

func (e *estimator) stopHelping(at float64, connection int) {
	h := e.conn(connection)
	if !h.helps {
		return
	}
	h.helps = false
	for i := range e.conns {
		if c := &e.conns[i]; len(c.steps) == 1 && c.steps[0].id == h.helped {
			c.spent += at - h.helpSince
		}
	}
}

func (e *estimator) sample(at float64, v event.Sample) {
	for _, a := range v.Activities {
		c := e.conn(a.Connection)
		if len(c.steps) == 1 && c.steps[0].id == a.StepID && a.Fraction >= 0 {
			c.fraction, c.fractionAt, c.fractionSpent = min(a.Fraction, 1), at, e.spent(c, at)
		}
	}
}

// fraction gives how much of the work is done, from 0 to 1; negative where
// that is not known. It never falls.
func (e *estimator) fraction() float64 {
	if !e.planned {
		return -1
	}
	var done, all float64
	for i := range e.classes {
		done += min(e.classes[i].overCost, e.classes[i].cost)
		all += e.classes[i].cost
	}
	for i := range e.conns {
		if c := &e.conns[i]; len(c.steps) == 1 && c.fraction > 0 {
			done += c.steps[0].cost * c.fraction
		}
	}
	if all > 0 {
		e.highest = max(e.highest, min(done/all, 1))
	}
	return e.highest
}

// left gives how long the rest will take, from at on, and whether that can be
// said.
func (e *estimator) left(at time.Duration) (time.Duration, bool) {
	now := at.Seconds()
	if !e.planned || e.ended || now < enough || e.fraction() < tooEarly {
		return 0, false
	}
	raw := e.remaining(now)
	if math.IsNaN(raw) || math.IsInf(raw, 0) {
		return 0, false
	}
	end := e.smooth(now, now+raw)
	return time.Duration(max(end-now, 0) * float64(time.Second)), true
}

// smooth takes a new estimate of when the end comes, in seconds since the
// beginning, and gives the one to show: the more recent, the more it counts.
func (e *estimator) smooth(now, end float64) float64 {
	const share = 0.03 // of the time so far that estimates are averaged over
	if e.end == 0 {
		e.end, e.endAt = end, now
		return end
	}
	keep := math.Exp(-(now - e.endAt) / min(max(share*now, 0.3), 15))
	e.end, e.endAt = end+(e.end-end)*keep, now
	return e.end
}

// remaining estimates the seconds that are left: what runs is finished first,
// then the connections share what has not begun.
func (e *estimator) remaining(now float64) float64 {
	speeds := e.secondsPerCost(now)
	busy := make([]float64, max(e.jobs, 1)) // seconds that each connection will be
	soonest := math.Inf(1)
	for i := range e.conns {
		c := &e.conns[i]
		if len(c.steps) == 0 {
			continue
		}
		seconds := e.rest(c, now, speeds)
		soonest = min(soonest, seconds)
		if i < len(busy) {
			busy[i] = seconds
		}
		for j := range e.conns {
			if h := &e.conns[j]; j < len(busy) && h.helps && h.helped == c.steps[0].id {
				busy[j] = seconds
			}
		}
	}
	// A connection that does nothing now waits for something that runs.
	for i := range busy {
		if idle := i >= len(e.conns) || len(e.conns[i].steps) == 0 && !e.conns[i].helps; idle && !math.IsInf(soonest, 1) {
			busy[i] = soonest
		}
	}
	for i := range e.classes {
		w := &e.classes[i]
		steps := w.steps - w.started
		cost := max(w.cost-w.startedCost, 0)
		if steps <= 0 || cost <= 0 {
			continue
		}
		schedule(busy, steps, cost*speeds[i], classCosts[i])
	}
	return highest(busy)
}

// secondsPerCost gives, for each class, how many seconds of a connection a
// cost takes.
func (e *estimator) secondsPerCost(now float64) (speeds [len(classCosts)]float64) {
	var measured, length [len(classCosts)]float64
	var allMeasured, allLength float64
	for i := range e.classes {
		measured[i], length[i] = e.classes[i].measured, e.classes[i].length
	}
	for i := range e.conns {
		c := &e.conns[i]
		if len(c.steps) != 1 || c.fraction <= 0 {
			continue
		}
		class := c.steps[0].class
		measured[class] += c.steps[0].cost * c.fraction
		length[class] += c.fractionSpent
	}
	for i := range measured {
		allMeasured += measured[i]
		allLength += length[i]
	}
	general := allLength / allMeasured
	for i := range speeds {
		prior := priorShare * e.classes[i].cost
		if measured[i]+prior > 0 {
			speeds[i] = (length[i] + prior*general) / (measured[i] + prior)
		}
	}
	return speeds
}

// spent gives the seconds that connections have worked on c's steps until now.
func (e *estimator) spent(c *conn, now float64) float64 {
	seconds := max(now-c.since, 0) + c.spent
	for i := range e.conns {
		if h := &e.conns[i]; h.helps && h.helped == c.steps[0].id {
			seconds += max(now-h.helpSince, 0)
		}
	}
	return seconds
}

// helpers gives how many other connections have a share of c's step.
func (e *estimator) helpers(c *conn) (n int) {
	for i := range e.conns {
		if h := &e.conns[i]; h.helps && h.helped == c.steps[0].id {
			n++
		}
	}
	return n
}

// rest gives how long c's steps will still take.
func (e *estimator) rest(c *conn, now float64, speeds [len(classCosts)]float64) float64 {
	var expected float64
	for _, s := range c.steps {
		expected += s.cost * speeds[s.class]
	}
	hands := float64(1 + e.helpers(c))
	if len(c.steps) > 1 || c.fraction <= 0 {
		spent := e.spent(c, now)
		// What has taken longer than expected will not be over at once.
		return max(expected-spent, spent/10) / hands
	}
	f := c.fraction
	own := c.fractionSpent * (1 - f) / f
	trust := min(f/0.2, 1)
	seconds := (trust*own + (1-trust)*expected*(1-f)) / hands
	return max(seconds-(now-c.fractionAt), 0)
}

// schedule adds steps of one class, which take some seconds of a connection in
// all, to the times that connections are busy.
func schedule(busy []float64, steps int, seconds float64, c classCost) {
	switch {
	case c.serial:
		end := highest(busy) + seconds
		for i := range busy {
			busy[i] = end
		}
	case steps > manySteps*len(busy) || c.class == event.Data:
		pour(busy, seconds)
	default:
		for range steps {
			*lowest(busy) += seconds / float64(steps)
		}
	}
}

// pour adds seconds to those who are the least busy, so that all end together.
func pour(busy []float64, seconds float64) {
	level := func(to float64) (sum float64) {
		for _, b := range busy {
			sum += max(to-b, 0)
		}
		return sum
	}
	low, high := 0.0, highest(busy)+seconds
	for range 50 {
		if middle := (low + high) / 2; level(middle) < seconds {
			low = middle
		} else {
			high = middle
		}
	}
	for i := range busy {
		busy[i] = max(busy[i], high)
	}
}

func highest(busy []float64) (seconds float64) {
	for _, b := range busy {
		seconds = max(seconds, b)
	}
	return seconds
}

func lowest(busy []float64) *float64 {
	least := &busy[0]
	for i := range busy {
		if busy[i] < *least {
			least = &busy[i]
		}
	}
	return least
}
