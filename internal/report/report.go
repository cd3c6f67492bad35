// Package report turns the events of a restore into a page for people and a
// trace for tools: one HTML file that needs no network, and the Trace Event
// format that chrome://tracing and Perfetto read. It works on a restore as it
// runs and on a recorded file alike, and never asks the clock: the same events
// give the same bytes.
//
//	b := report.New()
//	stream := event.NewStream(time.Now, b) // or b.Read for each record of a file
//	... the restore, whether it ends well or not ...
//	err := b.WriteHTML(file)
//
// A Builder is cheap while the restore runs: it notes under 200 bytes for each
// step, one line for each sample, and the first errors. All that is worked out
// (what the restore waited for, what was slow) is worked out in the Write
// methods, which may be called at any time, and more than once, but not while
// Read is.
package report

import (
	"slices"
	"time"

	"pgrestore/event"
)

// Builder is an event.Reader that notes what the report needs.
type Builder struct {
	run      event.Run
	plan     event.Plan
	end      event.End
	ended    bool
	settings []event.Setting
	last     time.Duration // when the last event happened

	stages      []stage
	connections []connection
	servers     []string // versions, as connections tell them
	samples     []sample

	texts    texts
	bars     int
	steps    []step
	skips    []skip
	skipped  int
	failures []failure
	failed   int
	// waits is how long server processes were seen to wait, and phases how long
	// they were seen in a phase, by step.
	waits, phases map[seen]time.Duration
}

// Limits of what is kept for each restore, whatever it does.
const (
	maxFailures = 2000
	maxSkips    = 200
	maxText     = 2000 // bytes of one text of a failure
	maxLength   = 10 * 365 * 24 * time.Hour
)

// New makes a Builder.
func New() *Builder {
	return &Builder{texts: newTexts(), waits: map[seen]time.Duration{}, phases: map[seen]time.Duration{}}
}

// stage is an event.Stage and when it began.
type stage struct {
	name  string
	start time.Duration
}

// connection is what is known of a connection, and what runs there now.
type connection struct {
	connected, gone time.Duration // from and to; gone 0: to the end
	pid             uint32
	reason          string // why it was lost
	known           bool   // it was seen to connect or to work
	open            []int  // steps that run there, of one bar
	bar             int    // that they are of
}

// stepKey is an event.StepID in less space.
type stepKey struct {
	id   int32
	part textID
}

// outcome is what became of a step.
type outcome uint8

const (
	unfinished outcome = iota // still running when the events end
	finished
	failed
	retried
)

// String is the outcome's name.
func (o outcome) String() string {
	switch o {
	case unfinished:
		return "not finished"
	case finished:
		return "done"
	case failed:
		return "failed"
	case retried:
		return "tried again"
	default:
		return "unknown"
	}
}

// step is one attempt at a step, or a lane of it.
type step struct {
	key         stepKey
	after       stepKey // id 0: none
	bar         int32   // steps that share a connection and a time share a bar
	connection  int32
	kind        textID
	schema      textID
	table       textID
	name        string
	class       event.Class
	weight      int64 // estimated work, as in event.StepStarted
	start, end  time.Duration
	rows, bytes int64
	errors      int32
	outcome     outcome
	lane        bool // a share of another connection's step
	first       bool // another part of the entry comes after it
}

// counts reports whether the step counts as one of the plan's: each entry of the
// archive does once, with the last part of it and the last attempt.
func (s *step) counts() bool { return !s.lane && !s.first && s.outcome != retried }

// sample is an event.Sample without activities.
type sample struct {
	at          time.Duration
	bytes, rows int64
}

// seen is what a server process was seen to do for a step.
type seen struct {
	step int // index in steps
	what textID
}

// skip is an event.StepSkipped.
type skip struct{ kind, name, reason string }

// failure is an event.Failure, shortened.
type failure struct {
	at       time.Duration
	key      stepKey
	sqlState string
	text     string
	fatal    bool
}

// Read takes the next event.
func (b *Builder) Read(r event.Record) {
	at := min(max(r.At, b.last), maxLength) // a clock that was set back must not break the page
	switch e := r.Event.(type) {
	case event.Run:
		b.run = e
	case event.Setting:
		b.settings = append(b.settings, e)
	case event.Connected:
		b.connect(at, e)
	case event.Disconnected:
		b.disconnect(at, e)
	case event.Plan:
		b.plan = e
		b.steps = slices.Grow(b.steps, min(max(e.Steps, 0), roomAhead))
	case event.Stage:
		b.stages = append(b.stages, stage{e.Name, at})
	case event.StepStarted:
		b.startStep(at, e)
	case event.StepFinished:
		b.endStep(at, e.StepID, e.Connection, func(s *step) { s.outcome, s.rows, s.bytes = finished, e.Rows, e.Bytes })
	case event.StepFailed:
		b.endStep(at, e.StepID, e.Connection, func(s *step) { s.outcome, s.errors, s.bytes = failed, int32(e.Errors), 0 })
	case event.StepRetried:
		b.endStep(at, e.StepID, e.Connection, func(s *step) { s.outcome, s.bytes = retried, 0 })
	case event.StepSkipped:
		b.skip(e)
	case event.LaneStarted:
		b.startLane(at, e)
	case event.LaneFinished:
		b.endStep(at, e.StepID, e.Connection, func(s *step) { s.outcome, s.rows, s.bytes = finished, e.Rows, e.Bytes })
	case event.Failure:
		b.fail(at, e)
	case event.Sample:
		b.sample(at, e)
	case event.End:
		b.end, b.ended = e, true
	}
	b.last = at
}

// maxConnections bounds the numbers that are believed in a file.
const maxConnections = 4096

// at gives connection n, which it makes known, or nil if there cannot be such a
// one.
func (b *Builder) at(n int) *connection {
	if n < 0 || n >= maxConnections {
		return nil
	}
	for len(b.connections) <= n {
		b.connections = append(b.connections, connection{})
	}
	c := &b.connections[n]
	c.known = true
	return c
}

func (b *Builder) connect(at time.Duration, e event.Connected) {
	c := b.at(e.Connection)
	if c == nil {
		return
	}
	if c.pid == 0 {
		c.connected = at
	}
	c.pid, c.gone = e.PID, 0
	if e.Server != "" && !slices.Contains(b.servers, e.Server) {
		b.servers = append(b.servers, e.Server)
	}
}

func (b *Builder) disconnect(at time.Duration, e event.Disconnected) {
	c := b.at(e.Connection)
	if c == nil {
		return
	}
	c.gone = at
	if e.Reason != "" {
		c.reason = shorten(e.Reason)
	}
	for _, n := range c.open {
		b.steps[n].end = at
	}
	c.open = nil
}

func (b *Builder) startStep(at time.Duration, e event.StepStarted) {
	b.add(step{
		key:        b.key(e.StepID),
		first:      e.IsFirstPart(),
		after:      b.key(e.After),
		connection: int32(e.Connection),
		kind:       b.texts.id(e.Kind),
		schema:     b.texts.id(e.Schema),
		table:      b.texts.id(e.Table),
		name:       e.Name,
		class:      e.Class,
		weight:     e.Weight,
		start:      at,
	})
}

// startLane adds a share of the step that is running elsewhere.
func (b *Builder) startLane(at time.Duration, e event.LaneStarted) {
	s := step{key: b.key(e.StepID), connection: int32(e.Connection), start: at, lane: true, class: event.Data}
	if of, ok := b.running(s.key); ok {
		s.kind, s.schema, s.table, s.name, s.class = of.kind, of.schema, of.table, of.name, of.class
	}
	b.add(s)
}

// running finds the step of that key that runs on some connection.
func (b *Builder) running(key stepKey) (step, bool) {
	for _, c := range b.connections {
		for _, n := range c.open {
			if b.steps[n].key == key && !b.steps[n].lane {
				return b.steps[n], true
			}
		}
	}
	return step{}, false
}

// roomAhead is for how many steps there is room from the beginning, where the plan
// tells of as many.
const roomAhead = 100_000

// add starts a step, in the bar of those that run on its connection already, if
// there are any.
func (b *Builder) add(s step) {
	c := b.at(int(s.connection))
	if c == nil {
		return
	}
	if len(c.open) == 0 {
		c.bar = b.bars
		b.bars++
	}
	s.bar = int32(c.bar)
	c.open = append(c.open, len(b.steps))
	b.steps = append(b.steps, s)
}

// endStep ends a step, or lane, of a connection, if it runs there.
func (b *Builder) endStep(at time.Duration, id event.StepID, on int, result func(*step)) {
	c := b.at(on)
	if c == nil {
		return
	}
	key := b.key(id)
	for i, n := range c.open {
		if b.steps[n].key == key {
			b.steps[n].end = at
			result(&b.steps[n])
			c.open = slices.Delete(c.open, i, i+1)
			return
		}
	}
}

func (b *Builder) skip(e event.StepSkipped) {
	b.skipped++
	if len(b.skips) < maxSkips {
		b.skips = append(b.skips, skip{e.Kind, qualified(e.Schema, e.Name), shorten(e.Reason)})
	}
}

func (b *Builder) fail(at time.Duration, e event.Failure) {
	b.failed++
	if len(b.failures) < maxFailures {
		b.failures = append(b.failures, failure{at, b.key(e.StepID), e.SQLState, shorten(e.Text), e.Fatal})
	}
}

// sample notes how far the restore is and, for each step that runs, what its
// server process does. It did that since the sample before, as far as one can
// tell.
func (b *Builder) sample(at time.Duration, e event.Sample) {
	var before time.Duration
	if len(b.samples) > 0 {
		before = b.samples[len(b.samples)-1].at
	}
	b.samples = append(b.samples, sample{at, e.Bytes, e.Rows})
	for _, a := range e.Activities {
		n, ok := b.openStep(a.Connection, b.key(a.StepID))
		if !ok {
			continue
		}
		b.steps[n].bytes = a.Bytes // so far; the step's end tells better
		took := at - max(before, b.steps[n].start)
		if a.Waits != "" {
			b.waits[seen{n, b.texts.id(a.Waits)}] += took
		}
		if a.Phase != "" {
			b.phases[seen{n, b.texts.id(a.Phase)}] += took
		}
	}
}

func (b *Builder) openStep(on int, key stepKey) (int, bool) {
	c := b.at(on)
	if c == nil {
		return 0, false
	}
	for _, n := range c.open {
		if b.steps[n].key == key {
			return n, true
		}
	}
	return 0, false
}

func (b *Builder) key(id event.StepID) stepKey {
	return stepKey{int32(id.ID), b.texts.id(id.Part)}
}

// textID is the number of a text that occurs often. 0 is "".
type textID uint32

// texts numbers texts in the order in which they first occur.
type texts struct {
	ids  map[string]textID
	list []string
}

func newTexts() texts { return texts{ids: map[string]textID{"": 0}, list: []string{""}} }

func (t *texts) id(s string) textID {
	id, ok := t.ids[s]
	if !ok {
		id = textID(len(t.list))
		t.ids[s] = id
		t.list = append(t.list, s)
	}
	return id
}

// qualified is schema.name, or the name alone.
func qualified(schema, name string) string {
	if schema == "" {
		return name
	}
	return schema + "." + name
}
