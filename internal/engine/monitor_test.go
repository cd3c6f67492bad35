package engine

import (
	"math"
	"testing"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

func TestIndexFraction(t *testing.T) {
	for _, tt := range []struct {
		phase                             string
		blocks, allBlocks, tuples, allTup int64
		want, wantScanned                 float64
		known                             bool
	}{
		{phase: "building index: scanning table", blocks: 50, allBlocks: 100, want: 0.35, wantScanned: 0.45, known: true},
		{phase: "building index: sorting live tuples", blocks: 100, allBlocks: 100, want: 0.7, wantScanned: 0.9, known: true},
		{phase: "building index: sorting tuples (workers)", want: 0.7, wantScanned: 0.9, known: true},
		{phase: "building index: loading tuples in tree", tuples: 50, allTup: 100, want: 0.9, wantScanned: 0.9, known: true},
		{phase: "building index", blocks: 25, allBlocks: 100, want: 0.25, wantScanned: 0.25, known: true},
		{phase: "initializing"},
	} {
		t.Run(tt.phase, func(t *testing.T) {
			got, known := indexFraction(tt.phase, tt.blocks, tt.allBlocks, tt.tuples, tt.allTup)
			if tt.known != known || math.Abs(tt.want-got) > 1e-9 {
				t.Errorf("want %v, %t, got %v, %t", tt.want, tt.known, got, known)
			}
			if got := scanFraction(tt.phase, got); math.Abs(tt.wantScanned-got) > 1e-9 {
				t.Errorf("other than B-tree: want %v, got %v", tt.wantScanned, got)
			}
		})
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
