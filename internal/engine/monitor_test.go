package engine

import (
	"math"
	"testing"
	"time"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

func TestIndexFraction(t *testing.T) {
	tree, helped := activity{shapes: treeShapes}, activity{shapes: treeShapes, helped: true}
	other := activity{shapes: scanShapes}
	for _, tt := range []struct {
		name, phase                       string
		blocks, allBlocks, tuples, allTup int64
		activity                          *activity
		want                              float64
		known                             bool
	}{
		{name: "B-tree, scan", phase: "building index: scanning table", blocks: 50, allBlocks: 100, activity: &tree, want: 0.365, known: true},
		{name: "B-tree, sort", phase: "building index: sorting live tuples", blocks: 100, allBlocks: 100, activity: &tree, want: 0.74, known: true},
		{name: "B-tree, load", phase: "building index: loading tuples in tree", tuples: 50, allTup: 100, activity: &tree, want: 0.875, known: true},
		{name: "with workers, scan", phase: "building index: scanning table", blocks: 50, allBlocks: 100, activity: &helped, want: 0.3, known: true},
		{name: "with workers, sort", phase: "building index: sorting live tuples", activity: &helped, want: 0.65, known: true},
		{name: "with workers, load", phase: "building index: loading tuples in tree", tuples: 100, allTup: 100, activity: &helped, want: 1, known: true},
		{name: "GIN, scan", phase: "building index: scanning table", blocks: 50, allBlocks: 100, activity: &other, want: 0.485, known: true},
		{name: "GIN, merge", phase: "building index: merging tuples (workers)", activity: &other, want: 0.975, known: true},
		{name: "another method", phase: "building index", blocks: 25, allBlocks: 100, activity: &other, want: 0.25, known: true},
		{name: "before all", phase: "initializing", activity: &tree},
		{name: "no index", activity: &tree, allBlocks: 100},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := readProgress(tt.phase, tt.blocks, tt.allBlocks, tt.tuples, tt.allTup)
			got, known := p.fraction(tt.activity.shape())
			if tt.known != known || math.Abs(tt.want-got) > 1e-9 {
				t.Errorf("want %v, %t, got %v, %t", tt.want, tt.known, got, known)
			}
		})
	}
}

// TestMonitorComesBack has the server close the monitor's connection, and refuse
// its next: it is asked again, but not at once.
func TestMonitorComesBack(t *testing.T) {
	s := newFakeServer(t)
	asked := 0
	s.react = func(c *fakeConn, query string) bool {
		asked++
		switch asked {
		case 1:
			c.net.Close()
		case 2:
			c.refuse("57014", "canceling statement due to user request")
		default:
			return false
		}
		return true
	}
	e := &engine{Job: Job{Connect: s.connect, Sink: new(event.Recorder)}}
	r := &runner{e: e, standing: newStanding()}
	r.current.Store(&activity{begun: time.Now().Add(-momentary)})
	e.runners.add(watched{runner: r, pid: 7})
	m := monitor{e: e}
	defer m.close()
	for n, want := range []struct {
		pause time.Duration
		seen  bool
		asked int // with a second look at once
	}{{firstPause, false, 1}, {2 * firstPause, false, 2}, {0, true, 4}} {
		if got := m.look(t.Context()) != nil; want.seen != got || want.pause != m.pause {
			t.Errorf("look %d: want an answer: %t, then a pause of %s, got %t, %s", n+1, want.seen, want.pause, got, m.pause)
		}
		m.look(t.Context())
		if want.asked != asked {
			t.Errorf("look %d: want it asked %d times, got %d", n+1, want.asked, asked)
		}
		m.after = time.Time{}
	}
}

// TestEndOfStepLeavesLaterOneAlone holds what samples tell when steps overlap:
// those that are sent together end one by one.
func TestEndOfStepLeavesLaterOneAlone(t *testing.T) {
	var a archive
	a.copyInto("t", nil, a.table("t"))
	e := &engine{Job: Job{TOC: &toc.TOC{Entries: a.entries}, Sink: new(event.Recorder)}}
	r := &runner{e: e, standing: newStanding()}
	later := &activity{id: event.StepID{ID: 2}}
	r.current.Store(later)
	r.ended(&task{step: plan.Step{Entry: 0}})
	if got := r.current.Load(); later != got {
		t.Errorf("want the later step, got %v", got)
	}
	r.ended(&task{step: plan.Step{Entry: 1}})
	if got := r.current.Load(); got != nil {
		t.Errorf("want none, got %v", got)
	}
}
