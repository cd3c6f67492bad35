package verdict

import (
	"cmp"
	"math/bits"
	"slices"
	"time"

	"pgrestore/event"
)

// Options are what a Reader is told.
type Options struct {
	// Ignore are classes whose errors do not count. Harmless consequences of
	// such errors do not count either; harmful ones do, unless their own class
	// is ignored.
	Ignore []Class
}

// Reader makes a Verdict of the events of a restore. It keeps counts, the first
// examples and some names, and a few bytes for each entry of the archive; not
// the errors themselves. It is not safe for concurrent use: event.Stream calls
// its readers one after the other.
type Reader struct {
	ignored map[Class]bool
	now     time.Duration // of the last event

	run         event.Run
	connected   bool
	target      Target
	connections map[int]*connection
	steps       int  // planned
	hasty       bool // commits do not wait for the disk, but for the last
	end         *event.End

	started  idSet // entries
	restored idSet
	failed   map[string]idSet // by kind

	done, failures, skipped, retries int // steps

	rows, bytes int64
	kinds       map[string]*Kind
	stages      []Stage
	classes     map[event.Class]*work
	leftOut     []LeftOut
	unexplained int // tables whose data was left out for reasons that no error tells

	causes causes
}

// connection is what a connection does at the moment: cheap steps run many at a
// time.
type connection struct {
	since   time.Duration // until then its time is accounted for
	running map[job]step
	loads   []load
}

// job is a step, or the help with one.
type job struct {
	event.StepID
	lane bool
}

type step struct {
	Object // its Kind is "" for a lane
	work   *work
	reads  []int // by dump ID, tables that a materialized view is refreshed from
}

// load is how many of the running steps are of a class.
type load struct {
	work  *work
	steps int
}

type work struct {
	done, failed int
	busy         time.Duration
	rows, bytes  int64
}

// NewReader makes a Reader.
func NewReader(o Options) *Reader {
	r := &Reader{
		ignored:     map[Class]bool{},
		connections: map[int]*connection{},
		started:     idSet{}, restored: idSet{}, failed: map[string]idSet{},
		kinds:   map[string]*Kind{},
		classes: map[event.Class]*work{},
		causes:  newCauses(),
	}
	for _, c := range o.Ignore {
		r.ignored[c] = true
	}
	return r
}

// Read takes the next event.
func (r *Reader) Read(record event.Record) {
	r.now = max(r.now, record.At)
	switch e := record.Event.(type) {
	case event.Run:
		r.run = e
	case event.Connected:
		r.connect(e)
	case event.Disconnected:
		delete(r.connections, e.Connection)
	case event.Setting:
		r.hasty = r.hasty || e.Name == "synchronous_commit" && e.Value == "off"
	case event.Plan:
		r.steps = e.Steps
	case event.Stage:
		r.endStage()
		r.stages = append(r.stages, Stage{Name: e.Name, Start: r.now.Seconds()})
	case event.StepStarted:
		r.started.add(e.ID)
		r.begin(e.Connection, job{StepID: e.StepID}, step{
			Object: Object{ID: e.ID, Kind: e.Kind, Schema: e.Schema, Name: e.Name}, work: r.class(e.Class), reads: e.Reads,
		})
	case event.StepFinished:
		r.stepFinished(e)
	case event.StepFailed:
		r.stepFailed(e)
	case event.StepRetried:
		r.finish(e.Connection, job{StepID: e.StepID})
		r.retries++
	case event.StepSkipped:
		r.stepSkipped(e)
	case event.LaneStarted:
		r.begin(e.Connection, job{e.StepID, true}, step{work: r.class(event.Data)})
	case event.LaneFinished:
		r.finish(e.Connection, job{e.StepID, true})
	case event.Failure:
		r.causes.add(e, r.now, r.started)
	case event.Roles:
		r.causes.tellRoles(e.Exist)
	case event.End:
		if r.end == nil {
			r.end = &e
			r.causes.end(e, r.now)
		}
	}
}

func (r *Reader) connect(e event.Connected) {
	if !r.connected || e.Connection == 0 {
		// The first connection goes to another database after CREATE DATABASE.
		r.target.Database, r.target.Server = e.Database, e.Server
	}
	r.connected = true
	r.target.Connections = max(r.target.Connections, e.Connection+1)
}

func (r *Reader) endStage() {
	if len(r.stages) > 0 {
		last := &r.stages[len(r.stages)-1]
		last.Seconds = r.now.Seconds() - last.Start
	}
}

func (r *Reader) begin(number int, j job, s step) {
	c := r.connections[number]
	if c == nil {
		c = &connection{since: r.now, running: map[job]step{}}
		r.connections[number] = c
	}
	c.account(r.now)
	if _, twice := c.running[j]; !twice {
		c.running[j] = s
		c.load(s.work, 1)
	}
}

// finish takes a step off a connection and gives what it was; its work is nil
// if it had not begun.
func (r *Reader) finish(number int, j job) step {
	c := r.connections[number]
	if c == nil {
		return step{}
	}
	c.account(r.now)
	s, ok := c.running[j]
	if ok {
		delete(c.running, j)
		c.load(s.work, -1)
	}
	return s
}

// account shares the time since the last event of a connection evenly among
// the steps that it carries out.
func (c *connection) account(now time.Duration) {
	elapsed := now - c.since
	c.since = now
	for _, l := range c.loads {
		if l.steps > 0 {
			l.work.busy += elapsed * time.Duration(l.steps) / time.Duration(len(c.running))
		}
	}
}

func (c *connection) load(w *work, steps int) {
	for i := range c.loads {
		if c.loads[i].work == w {
			c.loads[i].steps += steps
			return
		}
	}
	c.loads = append(c.loads, load{w, steps})
}

func (r *Reader) class(c event.Class) *work {
	w := r.classes[c]
	if w == nil {
		w = &work{}
		r.classes[c] = w
	}
	return w
}

func (r *Reader) kind(name string) *Kind {
	k := r.kinds[name]
	if k == nil {
		k = &Kind{Kind: name}
		r.kinds[name] = k
	}
	return k
}

func (r *Reader) stepFinished(e event.StepFinished) {
	s := r.finish(e.Connection, job{StepID: e.StepID})
	r.rows += e.Rows
	r.bytes += e.Bytes
	if s.Kind == "" {
		return
	}
	s.work.rows += e.Rows
	s.work.bytes += e.Bytes
	if !e.IsFirstPart() && !r.failed[s.Kind].has(e.ID) && r.restored.add(e.ID) {
		r.done++
		s.work.done++
		r.kind(s.Kind).Restored++
		r.causes.refreshed(s.Object, s.reads)
	}
}

func (r *Reader) stepFailed(e event.StepFailed) {
	s := r.finish(e.Connection, job{StepID: e.StepID})
	r.rows += e.Rows // such as those of a table whose triggers could not be disabled
	r.bytes += e.Bytes
	if s.Kind == "" {
		return
	}
	s.work.rows += e.Rows
	s.work.bytes += e.Bytes
	k := r.kind(s.Kind)
	if r.restored.remove(e.ID) { // another part of it
		r.done--
		s.work.done--
		k.Restored--
	}
	if r.failed[s.Kind] == nil {
		r.failed[s.Kind] = idSet{}
	}
	if r.failed[s.Kind].add(e.ID) {
		r.failures++
		s.work.failed++
	}
}

func (r *Reader) stepSkipped(e event.StepSkipped) {
	if e.Part != "" {
		return // the other part has failed, and gets a second chance as a whole
	}
	r.skipped++
	if e.Kind == "TABLE DATA" && !r.causes.leaveOut(e) {
		r.unexplained++
	}
	object := Object{ID: e.ID, Kind: e.Kind, Schema: e.Schema, Name: e.Name}
	for i := range r.leftOut {
		l := &r.leftOut[i]
		if l.Reason != e.Reason {
			continue
		}
		l.Count++
		if len(l.Objects) < MaxObjects {
			l.Objects = append(l.Objects, object)
		}
		return
	}
	if len(r.leftOut) < MaxLeftOut {
		r.leftOut = append(r.leftOut, LeftOut{Reason: e.Reason, Count: 1, Objects: []Object{object}})
	}
}

// Verdict gives the verdict on what was read so far, which is all of it after
// event.End.
func (r *Reader) Verdict() Verdict {
	for _, c := range r.connections {
		c.account(r.now) // what still runs
	}
	v := Verdict{
		Schema: SchemaVersion, Run: r.run, Target: r.target,
		Seconds: r.now.Seconds(),
		Steps:   r.steps, Done: r.done, Failed: r.failures, Skipped: r.skipped, Retries: r.retries,
		Rows: r.rows, Bytes: r.bytes,
		Kinds: []Kind{}, Stages: append([]Stage{}, r.stages...), Classes: []ClassOfWork{},
		LeftOut: append([]LeftOut{}, r.leftOut...),
	}
	if n := len(v.Stages); n > 0 && r.end == nil || n > 0 && v.Stages[n-1].Seconds == 0 {
		v.Stages[n-1].Seconds = r.now.Seconds() - v.Stages[n-1].Start
	}
	if v.Run.Options == nil {
		v.Run.Options = []string{}
	}
	for name, entry := range r.kinds {
		k := *entry
		// The errors of a step may be told after its end.
		k.Failed = r.failed[name].common(r.causes.lacking)
		k.Flawed = r.failed[name].size() - k.Failed
		v.Kinds = append(v.Kinds, k)
		if !attributes[k.Kind] {
			v.Objects += k.Restored + k.Flawed
		}
	}
	slices.SortFunc(v.Kinds, func(a, b Kind) int { return cmp.Compare(a.Kind, b.Kind) })
	for _, c := range classesOfWork {
		if w := r.classes[c]; w != nil {
			v.Classes = append(v.Classes, ClassOfWork{
				Class: c, Done: w.done, Failed: w.failed, Seconds: w.busy.Seconds(), Rows: w.rows, Bytes: w.bytes,
			})
		}
	}
	r.judge(&v)
	return v
}

// judge fills in the errors and what follows from them.
func (r *Reader) judge(v *Verdict) {
	if r.end != nil {
		v.Outcome = r.end.Outcome
	}
	if v.Outcome == event.Stopped && r.causes.total > 0 {
		last := r.causes.last
		v.StoppedAt = &last
	}
	v.Causes, v.Errors = r.causes.list(r.ignored, r.run.ServerVersion, r.target.Server)
	switch {
	case v.Outcome != event.Complete:
		v.Judgement = Unfinished
		v.RolledBack = slices.ContainsFunc(v.Run.Options, func(option string) bool {
			return option == "--single-transaction" || option == "-1"
		})
		v.MayBeLost = r.hasty && r.done > 0 && !v.RolledBack && v.Outcome == event.Stopped && r.endedBy(event.Connection)
	case v.Errors.Harmful > 0 || r.unexplained > 0:
		v.Judgement = Incomplete
	case v.Errors.Harmless > 0:
		v.Judgement = Reservations
	default:
		v.Judgement = Clean
	}
	v.Summary = summary(v)
}

// endedBy reports whether the restore ended with an error of that cause.
func (r *Reader) endedBy(cause event.Cause) bool {
	return r.end.Cause == cause || r.causes.fatal == cause
}

// classesOfWork are package event's classes in its order.
var classesOfWork = []event.Class{
	event.Object, event.Data, event.LargeObj, event.Index, event.Constraint,
	event.ForeignKey, event.Refresh, event.Privilege, event.Statistics,
}

// attributes are the kinds of entries that make no object of their own.
var attributes = map[string]bool{
	"ACL": true, "ACL LANGUAGE": true, "BLOB COMMENTS": true, "BLOBS": true, "COMMENT": true,
	"DATABASE PROPERTIES": true, "DEFAULT": true, "DEFAULT ACL": true, "ENCODING": true,
	"INDEX ATTACH": true, "MATERIALIZED VIEW DATA": true, "PUBLICATION TABLE": true,
	"PUBLICATION TABLES IN SCHEMA": true, "ROW SECURITY": true, "SEARCHPATH": true,
	"SECURITY LABEL": true, "SEQUENCE OWNED BY": true, "SEQUENCE SET": true,
	"EXTENDED STATISTICS DATA": true, "STATISTICS DATA": true, "STDSTRINGS": true, "SUBSCRIPTION TABLE": true,
	"TABLE ATTACH": true, "TABLE DATA": true,
}

// idSet is a set of dump IDs, which are dense: 64 to a word.
type idSet map[int]uint64

func (s idSet) has(id int) bool { return s[id>>6]&(1<<(id&63)) != 0 }

// add reports whether id was not there.
func (s idSet) add(id int) bool {
	had := s.has(id)
	s[id>>6] |= 1 << (id & 63)
	return !had
}

// remove reports whether id was there.
func (s idSet) remove(id int) bool {
	had := s.has(id)
	s[id>>6] &^= 1 << (id & 63)
	return had
}

func (s idSet) size() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// common gives how many IDs are in other, too.
func (s idSet) common(other idSet) (n int) {
	for i, word := range s {
		n += bits.OnesCount64(word & other[i])
	}
	return n
}
