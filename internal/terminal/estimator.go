package terminal

import (
	"math"
	"slices"
	"time"

	"pgrestore/event"
)

// estimator tells how much of a restore is done and how long the rest will
// take. It learns from records alone: it has no clock, and the same records
// and times give the same answers.
//
// The plan says how much work there is, as weights. How many seconds of a
// connection a weight takes is learned, for each sort of steps by itself: from
// those that are finished, and from how far the running ones are. A sort that
// has not been seen yet is taken to be as fast as all the others together; so
// weights have to be right only in proportion, and only until then.
//
// Over a slow link it is not work that takes the time, but waiting for replies,
// and a small step waits as long as a large one. So what goes by on the way is
// learned apart, for each step instead of its weight.
//
// Over a thin link, or from a slow archive, it is the data that takes the time: while
// the server waits for it, or for a lock of another session, it does no work. So
// the time that it was seen to wait says nothing of other sorts.
//
// What is left is then dealt out to the connections: those that work finish
// first, those that wait can begin when the first of the others is ready, and
// a step is never shared, but for the data of tables.
//
// Connections that work side by side slow each other down. So that what was
// learned from many holds for few, seconds are those of a clock that goes more
// slowly the more are at work: it shows how long the same would have taken one
// connection alone.
type estimator struct {
	jobs    int
	planned bool // with sizes
	sorts   [len(sorts)]sortWork
	conns   []conn
	ended   bool

	stages   int     // that have begun
	stageAt  float64 // when the last one did, in seconds since the run began
	reply    float64 // seconds that a reply to what is no work takes to come
	answered bool    // a step has ended

	sampled float64 // what the clock showed at the last sample

	clock   float64 // at the last record
	clockAt float64 // when that was, in seconds since the run began

	highest float64 // fraction that was given
	// The end as it was estimated last, smoothed, in seconds since the run
	// began; 0 for none yet.
	end, endAt float64
}

// sort is classes of steps that take their time from the same things.
type sort struct {
	classes []event.Class
	shared  bool // several connections may work on one step
	steady  bool // the fraction of a step tells how much of its time is over
	serial  bool // steps follow each other
	ahead   bool // steps do not wait for the replies to those before
	stage   int  // stages follow each other
}

// sorts is in the order in which they come in a restore. A constraint is an
// index, which may be made by a step of its own.
var sorts = [...]sort{
	{classes: []event.Class{event.Object}},
	{classes: []event.Class{event.Data}, stage: 1, shared: true, steady: true, ahead: true},
	{classes: []event.Class{event.LargeObj}, stage: 1, steady: true},
	{classes: []event.Class{event.Index, event.Constraint}, stage: 1},
	{classes: []event.Class{event.ForeignKey}, stage: 1},
	{classes: []event.Class{event.Privilege}, stage: 2},
	{classes: []event.Class{event.Refresh}, stage: lastStage, serial: true},
	{classes: []event.Class{event.Statistics}, stage: lastStage, serial: true},
}

// sortWork is what is known of the steps of one sort.
type sortWork struct {
	steps, begun int
	weight       float64 // of all in the plan
	begunWeight  float64 // of those that run or are over
	overWeight   float64
	// Of those that succeeded:
	doneWeight float64
	work       float64 // seconds that connections took for them but for waiting
	starved    float64 // of these, seconds in which the server waited for data or locks
	// For each of them, how many were sent together, and what these waited: so
	// what is sent alone when a stage ends says little about many.
	doneSteps, waits float64
}

// speed is how many seconds of a connection a sort takes: those that a step
// waits, and those of work for a weight of 1.
type speed struct{ step, weight float64 }

// of gives the seconds of some steps.
func (v speed) of(steps int, weight float64) float64 {
	return float64(steps)*v.step + weight*v.weight
}

// conn is what a connection does.
type conn struct {
	steps []step // that run; more than one were sent together
	over  []step // that were sent together with others and are finished
	since float64

	ahead  bool    // they were sent before the replies to those before
	heard  float64 // when the last of the steps ended, or the first began
	waited float64 // seconds until then that went by on the way

	// Of a step that runs alone:
	fraction float64 // at the last sample; negative for not known
	at       float64 // when that was
	spent    float64 // seconds of all connections until then
	helped   float64 // seconds of other connections that have done their share
	starved  float64 // seconds of all connections in which the server waited for data or locks

	helps     bool // with another connection's step
	helpsWith event.StepID
	helpSince float64
}

type step struct {
	id     event.StepID
	sort   int
	weight float64
	ahead  bool
}

const (
	// lastStage is that of what runs on one connection in the end.
	lastStage = 3
	// memory is how much of the work of many small steps is remembered, about.
	memory = 0.25
	// priorShare is how much of a sort must have been seen until that counts
	// as much as what the other sorts suggest.
	priorShare = 0.25
	// manySteps is the number of steps for each connection from which on they
	// keep all connections busy to the end.
	manySteps = 8
	// usualSpeed is the weight that a second of work comes to where the plan's
	// weights were measured.
	usualSpeed = 33e6
	// A sort that takes so many times as long does not show how fast others are,
	// if it may be because steps wait for up to so many replies of which nothing
	// is told: those of a thousand large objects that are made.
	unusual    = 4
	mostHidden = 50
	// standstill is more seconds than a sample may take.
	standstill = 5
	// soon is the part of what a reply takes that is too short for one.
	soon = 0.2
	// Before so much of the work and so many seconds nothing can be said.
	earlyFraction = 0.01
	earlySeconds  = 0.5
)

func sortOf(c event.Class) int {
	return max(slices.IndexFunc(sorts[:], func(s sort) bool { return slices.Contains(s.classes, c) }), 0)
}

// read takes the next record.
func (e *estimator) read(r event.Record) {
	at := e.tick(r.At.Seconds())
	switch v := r.Event.(type) {
	case event.Run:
		e.jobs = max(v.Jobs, 1)
	case event.Plan:
		e.plan(v)
	case event.Stage:
		e.stage(r.At.Seconds())
	case event.StepStarted:
		e.begin(at, v)
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
		c.helps, c.helpsWith, c.helpSince = true, v.StepID, at
	case event.LaneFinished:
		e.stopHelping(at, v.Connection)
	case event.Sample:
		e.sample(at, v)
	case event.End:
		e.ended = true
	}
}

// tick sets the clock for a time since the run began, and gives what it shows.
func (e *estimator) tick(now float64) float64 {
	e.clock, e.clockAt = e.show(now), max(now, e.clockAt)
	return e.clock
}

// show gives what the clock shows at a time after the last record. Samples come
// every second: where nothing has come for long, the program did not run.
func (e *estimator) show(now float64) float64 {
	gap := max(now-e.clockAt, 0)
	if gap > standstill {
		gap = 0
	}
	return e.clock + gap/pace(e.atWork())
}

func (e *estimator) atWork() (n int) {
	for i := range e.conns {
		if e.conns[i].works() {
			n++
		}
	}
	return n
}

// pace is how long a second of one connection alone takes side by side with
// others. Two share what the server and this program have; who uses many has
// cores for most of them.
func pace(atWork int) float64 { return 2 - 1/float64(max(atWork, 1)) }

// plan takes the totals. Where the size of the data is not known, no more can
// be said than that.
func (e *estimator) plan(p event.Plan) {
	e.sorts = [len(sorts)]sortWork{}
	e.planned = true
	for _, c := range p.Classes {
		w := &e.sorts[sortOf(c.Class)]
		w.steps += c.Steps
		w.weight += float64(c.Weight)
		if c.Class == event.Data && c.Steps > 0 && p.Stored == 0 {
			e.planned = false
		}
	}
}

func (e *estimator) conn(n int) *conn {
	n = max(n, 0)
	for len(e.conns) <= n {
		e.conns = append(e.conns, conn{fraction: -1})
	}
	return &e.conns[n]
}

// begin notes that a step runs. One without weight is the end of another, and
// not a step of the plan.
func (e *estimator) begin(at float64, v event.StepStarted) {
	c := e.conn(v.Connection)
	s := step{id: v.StepID, sort: sortOf(v.Class), weight: float64(v.Weight), ahead: v.Ahead}
	switch {
	case len(c.steps) == 0:
		c.restart(at, s)
		c.over = c.over[:0]
	case len(c.over) > 0: // they were not sent with those that run
		e.measure(c.heard, c)
		c.restart(c.heard, c.steps[0])
	}
	c.steps = append(c.steps, s)
	if s.weight > 0 {
		e.sorts[s.sort].begun++
		e.sorts[s.sort].begunWeight += s.weight
	}
}

// restart begins to count the time of steps that run together, of which s is the first.
func (c *conn) restart(at float64, s step) {
	c.since, c.fraction, c.helped, c.starved = at, -1, 0, 0
	c.heard, c.waited, c.ahead = at, 0, s.ahead
}

// take removes a step from those that run.
func (c *conn) take(id event.StepID) (step, bool) {
	n := slices.IndexFunc(c.steps, func(s step) bool { return s.id == id })
	if n < 0 {
		return step{}, false
	}
	s := c.steps[n]
	c.steps = slices.Delete(c.steps, n, n+1)
	return s, true
}

// finish notes that a step is over. Only those that succeed tell how long such
// steps take.
func (e *estimator) finish(at float64, connection int, id event.StepID, succeeded bool) {
	c := e.conn(connection)
	e.hear(at, c)
	s, ok := c.take(id)
	if !ok {
		return
	}
	e.sorts[s.sort].overWeight += s.weight
	if succeeded {
		c.over = append(c.over, s)
	}
	if len(c.steps) == 0 {
		e.measure(at, c)
	}
}

// measure shares out the time of a connection among the steps that were sent
// together.
func (e *estimator) measure(at float64, c *conn) {
	var all float64
	for _, s := range c.over {
		all += s.weight
	}
	work := max(at-c.since-c.waited, 0) + c.helped
	for _, s := range c.over {
		w := &e.sorts[s.sort]
		if s.weight > 0 {
			share := s.weight / all
			w.learn(s.weight, work*share, min(c.starved, work)*share)
			w.doneSteps += float64(len(c.over))
		}
		w.waits += c.waited
	}
	c.over = c.over[:0]
}

// learn notes how long a step took. Of many steps the last ones count more than
// those long ago: a server may slow down.
func (w *sortWork) learn(weight, work, starved float64) {
	keep := 1.0
	if weight*100 < w.weight {
		keep = math.Exp(-weight / (memory * w.weight))
	}
	w.doneWeight = w.doneWeight*keep + weight
	w.work = w.work*keep + work
	w.starved = w.starved*keep + starved
	w.doneSteps *= keep
	w.waits *= keep
}

// takeBack makes a step one that has not begun.
func (e *estimator) takeBack(at float64, connection int, id event.StepID) {
	c := e.conn(connection)
	e.hear(at, c)
	s, ok := c.take(id)
	if !ok {
		return
	}
	if s.weight > 0 {
		e.sorts[s.sort].begun--
		e.sorts[s.sort].begunWeight -= s.weight
	}
	if len(c.steps) == 0 {
		e.measure(at, c)
	}
}

// skip notes that a step will not be done. Its weight is not told, so it
// counts as much as the others of its sort that have not begun.
func (e *estimator) skip(v event.StepSkipped) {
	w := &e.sorts[sortOf(classOfKind(v.Kind))]
	if w.begun >= w.steps {
		return
	}
	weight := (w.weight - w.begunWeight) / float64(w.steps-w.begun)
	w.begun++
	w.begunWeight += weight
	w.overWeight += weight
}

// classOfKind gives the class of the kinds that may be left out.
func classOfKind(kind string) event.Class {
	switch kind {
	case "TABLE DATA":
		return event.Data
	case "BLOBS":
		return event.LargeObj
	case "INDEX":
		return event.Index
	case "CONSTRAINT":
		return event.Constraint
	case "FK CONSTRAINT":
		return event.ForeignKey
	case "MATERIALIZED VIEW DATA":
		return event.Refresh
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
		if c := &e.conns[i]; c.does(h.helpsWith) {
			c.helped += at - h.helpSince
		}
	}
}

// works says whether a connection does anything.
func (c *conn) works() bool { return len(c.steps) > 0 || c.helps }

// does says whether a connection runs one step alone, and it is this.
func (c *conn) does(id event.StepID) bool { return len(c.steps) == 1 && c.steps[0].id == id }

func (e *estimator) sample(at float64, v event.Sample) {
	for _, a := range v.Activities {
		if c := e.conn(a.Connection); c.does(a.StepID) && a.Fraction > 0 {
			c.fraction, c.at, c.spent = min(a.Fraction, 1), at, e.spent(c, at)
		}
		if isHindrance(a.Waits) {
			e.starve(at, a)
		}
	}
	e.sampled = at
}

// starve notes that the server waits for a step's data or a lock, on one of its
// connections.
func (e *estimator) starve(at float64, a event.Activity) {
	h := e.conn(a.Connection)
	since := h.since
	if h.helps {
		since = h.helpSince
	}
	for i := range e.conns {
		if c := &e.conns[i]; c.does(a.StepID) {
			c.starved += at - max(since, e.sampled)
		}
	}
}

// spent gives the seconds that connections have worked on c's steps that run. Of
// steps that were sent together, these follow the one that ended last.
func (e *estimator) spent(c *conn, now float64) float64 {
	seconds := max(now-max(c.since, c.heard), 0) + c.helped
	for i := range e.conns {
		if h := &e.conns[i]; h.helps && c.does(h.helpsWith) {
			seconds += max(now-h.helpSince, 0)
		}
	}
	return seconds
}

// hands gives how many connections work on c's steps.
func (e *estimator) hands(c *conn) float64 {
	n := 1.0
	for i := range e.conns {
		if h := &e.conns[i]; h.helps && c.does(h.helpsWith) {
			n++
		}
	}
	return n
}

// fraction gives how much of the work is done, from 0 to 1; negative where
// that is not known. It never falls. Sorts count as much as they are seen to take.
func (e *estimator) fraction() float64 {
	if !e.planned {
		return -1
	}
	over := e.sorts
	for i := range e.conns {
		if c := &e.conns[i]; len(c.steps) == 1 && c.fraction > 0 {
			over[c.steps[0].sort].overWeight += c.steps[0].weight * c.fraction
		}
	}
	var done, all float64
	for i, v := range e.speeds() {
		if w := &over[i]; w.weight > 0 {
			seconds := v.of(w.steps, w.weight)
			if !(seconds > 0) { // nothing has been seen yet
				seconds = w.weight
			}
			done += seconds * min(w.overWeight/w.weight, 1)
			all += seconds
		}
	}
	if all > 0 {
		e.highest = max(e.highest, min(done/all, 1))
	}
	return e.highest
}

// left gives how long the rest will take, from at on, and whether that can be
// said. Calls go on in time.
func (e *estimator) left(at time.Duration) (time.Duration, bool) {
	now := at.Seconds()
	if !e.planned || e.ended || now < earlySeconds || e.fraction() < earlyFraction {
		return 0, false
	}
	rest := e.rest(now)
	if math.IsNaN(rest) || math.IsInf(rest, 0) {
		return 0, false
	}
	end := e.smooth(now, now+rest)
	return time.Duration(max(end-now, 0) * float64(time.Second)), true
}

// smooth takes a new estimate of the end, and gives the one to show: the more
// recent, the more it counts.
func (e *estimator) smooth(now, end float64) float64 {
	const share = 0.02 // of the time so far, which estimates are averaged over
	if e.end == 0 {
		e.end, e.endAt = end, now
		return end
	}
	keep := math.Exp(-(now - e.endAt) / min(max(share*now, 0.2), 15))
	e.end, e.endAt = end+(e.end-end)*keep, now
	return e.end
}

// speeds gives, for each sort, how long its steps take.
func (e *estimator) speeds() (speeds [len(sorts)]speed) {
	seen := e.sorts
	for i := range e.conns {
		if c := &e.conns[i]; len(c.steps) == 1 && c.fraction > 0 {
			s := c.steps[0]
			trust := c.trust()
			seen[s.sort].doneWeight += trust * s.weight * c.fraction
			seen[s.sort].work += trust * max(c.spent-e.trip(), 0)
			seen[s.sort].starved += trust * min(c.starved, c.spent)
		}
	}
	var all sortWork
	var shown [len(sorts)]float64 // what the work of a sort shows other sorts
	for i, w := range seen {
		shown[i] = max(min(w.work, unusual*w.doneWeight/usualSpeed), w.work-mostHidden*e.trip()*float64(w.begun))
		shown[i] = min(shown[i], w.fed())
		all.doneWeight += w.doneWeight
		all.work += shown[i]
		all.doneSteps += w.doneSteps
		all.waits += w.waits
	}
	for i, w := range seen {
		speeds[i].weight = blend(w.work, w.doneWeight, (all.work-shown[i]+w.work)/all.doneWeight, w.weight)
		wait := all.waits / max(all.doneSteps, 1)
		if sorts[i].ahead {
			wait = 0
		}
		speeds[i].step = blend(w.waits, w.doneSteps, wait, float64(w.steps))
	}
	return speeds
}

// fed gives the seconds in which the server had data to load. The more often it
// waited, the less the rest tells: then it is taken to be as fast as usual.
func (w *sortWork) fed() float64 {
	const doubt = 0.5 // seconds, if it always waited
	starved := min(w.starved, w.work)
	if starved == 0 {
		return w.work
	}
	fed, usual := w.work-starved, w.doneWeight/usualSpeed
	prior := doubt * math.Pow(starved/w.work, 2)
	return (fed*fed + prior*usual) / (fed + prior)
}

// blend gives the seconds for one of something, of which some were seen, from
// those and from what is expected.
func blend(seconds, seen, expected, all float64) float64 {
	prior := priorShare * all
	if seen+prior == 0 {
		return 0
	}
	return (seconds + prior*expected) / (seen + prior)
}

// trust is how far the fraction of a running step tells how long that takes, from
// 0 to 1.
func (c *conn) trust() float64 {
	enough := 0.5
	if sorts[c.steps[0].sort].steady {
		enough = 0.1
	}
	return min(c.fraction/enough, 1)
}

// restOf gives how long c's steps will still take.
func (e *estimator) restOf(c *conn, now float64, speeds [len(sorts)]speed) float64 {
	var total float64
	for _, s := range c.steps {
		total += speeds[s.sort].of(1, s.weight)
	}
	if len(c.steps) == 1 && c.fraction > 0 {
		trust := c.trust()
		total = trust*c.spent/c.fraction + (1-trust)*total
	}
	spent := e.spent(c, now)
	// What has taken longer than expected will not be over at once.
	return max(total-spent, spent/20) / e.hands(c)
}
