package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// traceEvent is an event of the Trace Event format; times are in microseconds.
type traceEvent struct {
	Name     string   `json:"name"`
	Category string   `json:"cat,omitempty"`
	Phase    string   `json:"ph"`
	At       int64    `json:"ts"`
	Length   *float64 `json:"dur,omitempty"` // of complete events
	Process  int      `json:"pid"`
	Thread   int      `json:"tid"`
	Scope    string   `json:"s,omitempty"`  // of instant events
	ID       int      `json:"id,omitempty"` // of flows
	Bind     string   `json:"bp,omitempty"` // of the ends of flows
	Color    string   `json:"cname,omitempty"`
	Args     any      `json:"args,omitempty"`
}

// The phases that are used.
const (
	tracePhaseComplete = "X"
	tracePhaseInstant  = "i"
	tracePhaseCounter  = "C"
	tracePhaseMetadata = "M"
	traceFlowStart     = "s"
	traceFlowEnd       = "f"
)

// Colors that chrome://tracing has names for; others go by an event's name.
const (
	traceFailed  = "terrible"
	traceRetried = "bad"
)

// In the trace, the stages are a thread of their own, above those of the
// connections. Perfetto takes thread 0 for the idle one.
const (
	traceProcess = 1
	stageThread  = 1
	firstThread  = 2 // of connection 0
)

type traceName struct {
	Name string `json:"name"`
}

type traceSort struct {
	Index int `json:"sort_index"`
}

type traceStep struct {
	ID      int32  `json:"id"`
	Part    string `json:"part,omitempty"`
	Kind    string `json:"kind"`
	Schema  string `json:"schema,omitempty"`
	Name    string `json:"name"`
	Table   string `json:"table,omitempty"`
	Outcome string `json:"outcome"`
	Rows    int64  `json:"rows,omitempty"`
	Bytes   int64  `json:"bytes,omitempty"`
	After   string `json:"waited_for,omitempty"`
	Queued  int64  `json:"ready_before_us,omitempty"` // how long it could have begun already
	Lane    bool   `json:"helps_another_connection,omitempty"`
	Path    bool   `json:"on_critical_path,omitempty"`
}

type traceGroup struct {
	Steps []string `json:"steps"`
	Rows  int64    `json:"rows,omitempty"` // of all of them
	Bytes int64    `json:"bytes,omitempty"`
	Path  bool     `json:"on_critical_path,omitempty"`
}

type traceError struct {
	SQLState string `json:"sqlstate,omitempty"`
	Text     string `json:"text"`
	Fatal    bool   `json:"fatal,omitempty"`
}

// traceWriter writes events as elements of an array, a line each.
type traceWriter struct {
	out   *bufio.Writer
	wrote bool
	err   error
}

// WriteTrace writes the run in the Trace Event format, as JSON: connections are
// threads, what they did are complete events, errors instant ones; counters
// tell bytes and rows a second and how many connections worked; arrows lead
// along the critical path.
func (b *Builder) WriteTrace(to io.Writer) error {
	t := b.timeline()
	path := t.criticalPath()
	w := &traceWriter{out: bufio.NewWriterSize(to, 64<<10)}
	w.text(`{"displayTimeUnit":"ms","otherData":`)
	w.value(struct {
		Program string `json:"program"`
		Archive string `json:"archive"`
		Started string `json:"started"`
	}{b.run.Program, b.run.Archive, b.run.Started})
	w.text(`,"traceEvents":[`)
	b.traceNames(w, t)
	b.traceBars(w, t, path)
	b.traceErrors(w, t)
	b.traceRates(w, t)
	tracePath(w, t, path)
	w.text("\n]}\n")
	if w.err == nil {
		w.err = w.out.Flush()
	}
	if w.err != nil {
		return fmt.Errorf("write trace: %w", w.err)
	}
	return nil
}

func (w *traceWriter) text(s string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(s)
	}
}

func (w *traceWriter) value(v any) {
	text, err := json.Marshal(v)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.text(string(text))
}

func (w *traceWriter) event(e traceEvent) {
	if w.wrote {
		w.text(",")
	}
	w.wrote = true
	w.text("\n")
	e.Process = traceProcess
	w.value(e)
}

func (b *Builder) traceNames(w *traceWriter, t *timeline) {
	name := "restore"
	if b.run.Database != "" {
		name += " of " + b.run.Database
	}
	w.event(traceEvent{Name: "process_name", Phase: tracePhaseMetadata, Args: traceName{name}})
	w.event(traceEvent{Name: "thread_name", Phase: tracePhaseMetadata, Thread: stageThread, Args: traceName{"stages"}})
	w.event(traceEvent{Name: "thread_sort_index", Phase: tracePhaseMetadata, Thread: stageThread, Args: traceSort{stageThread}})
	for _, l := range t.lanes {
		thread := firstThread + l.number
		w.event(traceEvent{Name: "thread_name", Phase: tracePhaseMetadata, Thread: thread, Args: traceName{fmt.Sprintf("connection %d", l.number)}})
		w.event(traceEvent{Name: "thread_sort_index", Phase: tracePhaseMetadata, Thread: thread, Args: traceSort{thread}})
	}
	for i, s := range t.stages {
		to := t.length
		if i+1 < len(t.stages) {
			to = t.stages[i+1].start
		}
		w.event(complete(s.name, "stage", stageThread, s.start, to, nil))
	}
}

func complete(name, category string, thread int, from, to time.Duration, args any) traceEvent {
	length := float64(to.Microseconds() - from.Microseconds())
	return traceEvent{Name: name, Category: category, Phase: tracePhaseComplete, Thread: thread, At: from.Microseconds(), Length: &length, Args: args}
}

// traceBars writes what connections did. Steps that were sent together are one
// event: their times are the same, and viewers cannot show events that overlap.
func (b *Builder) traceBars(w *traceWriter, t *timeline, path []link) {
	critical := make([]bool, len(t.bars))
	for _, l := range path {
		critical[l.bar] = true
	}
	for i, bar := range t.bars {
		thread := firstThread + t.lanes[bar.lane].number
		s := t.steps[bar.first]
		var args any
		if bar.n == 1 {
			args = b.traceStep(t, bar.first, critical[i])
		} else {
			args = b.traceGroup(t, bar, critical[i])
		}
		e := complete(b.barLabel(t, bar), string(s.class), thread, bar.start, bar.end, args)
		if *e.Length == 0 && !t.nextBeginsAt(i, e.At) {
			*e.Length = shortest
		}
		e.Color = t.color(bar)
		w.event(e)
	}
}

// shortest is the length of an event that begins and ends in one microsecond:
// arrows bind to none that has no length.
const shortest = 0.001

// nextBeginsAt reports whether the bar after one on its lane begins at that
// microsecond.
func (t *timeline) nextBeginsAt(i int, at int64) bool {
	return i+1 < len(t.bars) && t.bars[i+1].lane == t.bars[i].lane && t.bars[i+1].start.Microseconds() == at
}

func (b *Builder) traceGroup(t *timeline, bar bar, critical bool) traceGroup {
	group := traceGroup{Steps: b.labels(t, bar), Path: critical}
	for _, s := range t.steps[bar.first : bar.first+bar.n] {
		group.Rows += s.rows
		group.Bytes += s.bytes
	}
	return group
}

// color marks what did not succeed.
func (t *timeline) color(of bar) (color string) {
	for _, s := range t.steps[of.first : of.first+of.n] {
		switch s.outcome {
		case failed:
			return traceFailed
		case retried:
			color = traceRetried
		}
	}
	return color
}

func (b *Builder) traceStep(t *timeline, i int, critical bool) traceStep {
	s := t.steps[i]
	args := traceStep{
		ID: s.key.id, Part: b.text(s.key.part), Kind: b.text(s.kind), Schema: b.text(s.schema), Name: s.name,
		Table: b.text(s.table), Outcome: s.outcome.String(), Rows: s.rows, Bytes: s.bytes, Lane: s.lane, Path: critical,
	}
	if after, ok := t.attemptBefore(s.after, s.start); ok {
		args.After = b.label(t.steps[after])
		args.Queued = (s.start - t.steps[after].end).Microseconds()
	}
	return args
}

func (b *Builder) traceErrors(w *traceWriter, t *timeline) {
	for _, f := range b.failures {
		e := traceEvent{Name: "error", Category: "error", Phase: tracePhaseInstant, At: f.at.Microseconds(), Scope: "p", Args: traceError{f.sqlState, f.text, f.fatal}}
		if i, ok := t.last[f.key]; ok {
			e.Scope, e.Thread = "t", firstThread+int(t.steps[i].connection)
		}
		w.event(e)
	}
}

func (b *Builder) traceRates(w *traceWriter, t *timeline) {
	rates := b.throughput(t)
	for i := range rates.bytes {
		w.rates(rates.part*time.Duration(i), rates.bytes[i], rates.rows[i], rates.busy[i])
	}
	if len(rates.bytes) > 0 {
		w.rates(t.length, 0, 0, 0) // viewers draw a value up to the next
	}
}

func (w *traceWriter) rates(when time.Duration, bytes, rows, busy float64) {
	at := when.Microseconds()
	w.event(traceEvent{Name: "MB a second", Phase: tracePhaseCounter, At: at, Args: struct {
		MB float64 `json:"MB/s"`
	}{float64(int64(bytes/(1<<20)*100+0.5)) / 100}})
	w.event(traceEvent{Name: "rows a second", Phase: tracePhaseCounter, At: at, Args: struct {
		Rows int64 `json:"rows/s"`
	}{int64(rows)}})
	w.event(traceEvent{Name: "busy connections", Phase: tracePhaseCounter, At: at, Args: struct {
		Busy float64 `json:"connections"`
	}{float64(int64(busy*100+0.5)) / 100}})
}

func tracePath(w *traceWriter, t *timeline, path []link) {
	for i := 1; i < len(path); i++ {
		from, to := path[i-1], path[i]
		start := max(from.to-time.Microsecond, from.from) // within its bar
		w.event(traceEvent{Name: "critical path", Category: "critical path", Phase: traceFlowStart, ID: i, At: start.Microseconds(), Thread: t.threadOf(from)})
		w.event(traceEvent{Name: "critical path", Category: "critical path", Phase: traceFlowEnd, ID: i, Bind: "e", At: to.from.Microseconds(), Thread: t.threadOf(to)})
	}
}

func (t *timeline) threadOf(l link) int { return firstThread + t.lanes[t.bars[l.bar].lane].number }
