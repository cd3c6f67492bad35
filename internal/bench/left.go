package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

// estimates is how good the times left were that our program told in some runs of a
// row, from the middle of each on.
type estimates struct {
	title   string // of the row
	count   int
	seconds float64 // of all runs
	told    int     // how often
	near    int     // less than a quarter off
	good    int     // that, or less than a second off
	worst   float64 // furthest that one was off, as a share of its run
}

func (e estimates) runs() int { return e.count }

// left runs our program alone and sees how good the times left are that it tells.
func (b *bench) left(ctx context.Context, r row) (estimates, error) {
	e := estimates{title: r.title}
	w, done, err := b.prepare(ctx, r)
	if err != nil {
		return e, err
	}
	defer done()
	for range b.options.pairs * max(1, r.times) {
		if err := b.server.createDB(ctx, restored); err != nil {
			return e, err
		}
		took, err := runMeasured(ctx, b.server.environment(), b.programs[ours].path, append(w.arguments(), "--progress=json")...)
		if err != nil {
			return e, err
		}
		if err := e.add(took.Stderr); err != nil {
			return e, err
		}
		b.say("    %s", strings.Join(e.cells(), ", "))
		if err := b.server.dropDB(ctx, restored); err != nil {
			return e, err
		}
	}
	return e, nil
}

// add takes what a run with --progress=json has printed.
func (e *estimates) add(printed []byte) error {
	type progress struct {
		At      float64
		Left    *float64
		Outcome string
	}
	var lines []progress
	for line := range bytes.Lines(printed) {
		var p progress
		if err := json.Unmarshal(line, &p); err == nil { // or it is a message
			lines = append(lines, p)
		}
	}
	if len(lines) == 0 || lines[len(lines)-1].Outcome == "" {
		return fmt.Errorf("no end in what was printed: %s", printed)
	}
	end := lines[len(lines)-1].At
	e.count++
	e.seconds += end
	for _, p := range lines[:len(lines)-1] {
		if p.At < end/2 {
			continue
		}
		off := math.Inf(1)
		if p.Left != nil {
			off = math.Abs(*p.Left - (end - p.At))
			e.worst = max(e.worst, off/end)
		}
		e.told++
		if off < (end-p.At)/4 {
			e.near++
		}
		if off < max((end-p.At)/4, 1) {
			e.good++
		}
	}
	return nil
}

var leftColumns = []string{"work", "runs", "seconds each", "estimates in the second half", "less than 25 % off", "or less than a second", "worst, % of the run"}

func (e estimates) cells() []string {
	share := func(n int) string {
		if e.told == 0 {
			return "–"
		}
		return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(e.told))
	}
	return []string{
		e.title,
		fmt.Sprint(e.runs()),
		fmt.Sprintf("%.1f", e.seconds/float64(e.count)),
		fmt.Sprint(e.told),
		share(e.near),
		share(e.good),
		fmt.Sprintf("%.0f", 100*e.worst),
	}
}
