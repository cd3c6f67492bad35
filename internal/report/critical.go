package report

import (
	"cmp"
	"slices"
	"time"
)

// reason is why a bar did not begin earlier.
type reason uint8

const (
	runBegan       reason = iota // nothing was before it
	neededStep                   // it had to wait for that step: for what it needs, or for a lock
	connectionBusy               // its connection was busy with that bar
	stageOver                    // a stage had to end, with that bar
	otherEnded                   // that bar ended shortly before; perhaps a place among the workers came free
	helped                       // it is a lane of that bar's step
	opened                       // its connection was opened after that bar
)

// link is a bar on the critical path.
type link struct {
	bar      int
	from, to time.Duration // the part of the bar that is on the path
	gap      time.Duration // in which nothing of the path ran, before from
	why      reason        // it did not begin before the link before it ended
}

// criticalPath is the chain of bars that the restore's length comes from: each
// had to wait for the one before it, and the last was the last to end. Had one
// of them been shorter, the restore would have been, until another chain is the
// longest.
func (t *timeline) criticalPath() (path []link) {
	if len(t.byEnd) == 0 {
		return nil
	}
	at := t.byEnd[len(t.byEnd)-1]
	next := link{bar: at, from: t.bars[at].start, to: t.bars[at].end}
	visited := map[int]bool{}
	for {
		visited[next.bar] = true
		before, why := t.predecessor(next)
		if why == runBegan || visited[before.bar] { // bars of no length can wait for each other in a circle
			next.gap = next.from
			path = append(path, next)
			slices.Reverse(path)
			return path
		}
		next.why, next.gap = why, next.from-before.to
		path = append(path, next)
		next = before
	}
}

// predecessor finds what a link waited for last.
func (t *timeline) predecessor(l link) (before link, why reason) {
	best, why := -1, runBegan
	take := func(bar int, r reason) {
		if bar != l.bar && t.bars[bar].end <= l.from && (best < 0 || t.bars[bar].end > t.bars[best].end) {
			best, why = bar, r
		}
	}
	b := t.bars[l.bar]
	for _, s := range t.steps[b.first : b.first+b.n] {
		if s.lane {
			if of, ok := t.stepOfLane(s, l.from); ok {
				return link{bar: of, from: t.bars[of].start, to: l.from}, helped
			}
			continue
		}
		if needed, ok := t.attemptBefore(s.after, l.from); ok {
			take(int(t.steps[needed].bar), neededStep)
		}
	}
	if l.bar > t.lanes[b.lane].first {
		take(l.bar-1, connectionBusy)
	}
	if t.leavesGap(best, l.from) {
		if last, ok := t.lastEndBefore(l.from); ok {
			take(last, otherEnded)
		}
	}
	if best < 0 {
		return link{}, runBegan
	}
	return link{bar: best, from: t.bars[best].start, to: t.bars[best].end}, t.explain(l, t.bars[best].end, why)
}

// leavesGap reports whether a bar ended so long before a time that something
// else must have been waited for.
func (t *timeline) leavesGap(bar int, at time.Duration) bool {
	return bar < 0 || at-t.bars[bar].end > max(time.Millisecond, t.length/1000)
}

// explain looks for what happened between an end and the link after it, which
// tells more than what ended.
func (t *timeline) explain(l link, end time.Duration, why reason) reason {
	if slices.ContainsFunc(t.stages, func(s stage) bool { return s.start >= end && s.start <= l.from }) {
		return stageOver
	}
	if on := t.lanes[t.bars[l.bar].lane]; on.first == l.bar && on.from > end {
		return opened
	}
	return why
}

// stepOfLane finds the bar of the step that a lane helps.
func (t *timeline) stepOfLane(s step, at time.Duration) (bar int, ok bool) {
	i, ok := t.last[s.key]
	for ok && t.steps[i].start > at {
		i, ok = t.before[i]
	}
	if !ok || t.steps[i].end < at {
		return 0, false
	}
	return int(t.steps[i].bar), true
}

// shortPath leaves the n longest links and those that the run or a stage begins
// with, and counts the short ones between them.
func shortPath(path []link, n int) []pathRow {
	n = min(n, len(path))
	byLength := make([]int, len(path))
	for i := range byLength {
		byLength[i] = i
	}
	slices.SortStableFunc(byLength, func(x, y int) int { return cmp.Compare(path[y].length(), path[x].length()) })
	keep := make([]bool, len(path))
	for _, i := range byLength[:n] {
		keep[i] = true
	}
	for i, l := range path {
		keep[i] = keep[i] || l.why == stageOver || l.why == runBegan
	}
	var rows []pathRow
	for i, l := range path {
		if keep[i] || len(rows) == 0 || rows[len(rows)-1].merged == 0 {
			rows = append(rows, pathRow{link: l})
		}
		row := &rows[len(rows)-1]
		if !keep[i] {
			row.merged++
			row.took += l.to - l.from
			row.waited += l.gap
			row.to = l.to
			continue
		}
		row.took, row.waited = l.to-l.from, l.gap
	}
	return rows
}

// length is what a link adds to the path.
func (l link) length() time.Duration { return l.to - l.from + l.gap }

// pathRow is a link, or several short ones in a row.
type pathRow struct {
	link
	merged       int // how many; 0: it is one link
	took, waited time.Duration
}
