package report

import "time"

// laneUse is what a connection did with its time.
type laneUse struct {
	lane
	steps       int
	busy, idle  time.Duration
	rows, bytes int64
	// The longest time in a row in which it did nothing, and the bar that other
	// connections were busiest with then, or -1.
	gapFrom, gapTo time.Duration
	meanwhile      int
}

// use tells for each lane what it did.
func (t *timeline) use() []laneUse {
	uses := make([]laneUse, 0, len(t.lanes))
	ofLanes := t.lanesData()
	for _, l := range t.lanes {
		u := laneUse{lane: l, meanwhile: -1}
		at := l.from
		for _, b := range t.barsOf(l) {
			u.busy += b.length()
			u.addGap(at, b.start)
			at = max(at, b.end)
			for _, s := range t.steps[b.first : b.first+b.n] {
				if s.counts() {
					u.steps++
				}
				u.rows += s.rows
				u.bytes += s.bytes
				if of := ofLanes[s.key]; s.outcome == finished && !s.lane && of.rows <= s.rows && of.bytes <= s.bytes {
					u.rows -= of.rows
					u.bytes -= of.bytes
				}
			}
		}
		u.addGap(at, l.to)
		u.idle = max(l.to-l.from-u.busy, 0)
		if u.gapTo > u.gapFrom {
			u.meanwhile = t.busiest(u.gapFrom, u.gapTo)
		}
		uses = append(uses, u)
	}
	return uses
}

// loaded is an amount of data.
type loaded struct{ rows, bytes int64 }

// lanesData tells how much of a step's data other connections have loaded.
func (t *timeline) lanesData() map[stepKey]loaded {
	sums := map[stepKey]loaded{}
	for _, s := range t.steps {
		if s.lane {
			sums[s.key] = loaded{sums[s.key].rows + s.rows, sums[s.key].bytes + s.bytes}
		}
	}
	return sums
}

func (u *laneUse) addGap(from, to time.Duration) {
	if to-from > u.gapTo-u.gapFrom {
		u.gapFrom, u.gapTo = from, to
	}
}

// busiest finds the bar that fills most of a time, or -1.
func (t *timeline) busiest(from, to time.Duration) int {
	best, most := -1, time.Duration(0)
	for i, b := range t.bars {
		if part := overlap(b, from, to); part > most {
			best, most = i, part
		}
	}
	return best
}

// overlap is how much of a bar lies in a time.
func overlap(b bar, from, to time.Duration) time.Duration {
	return max(min(b.end, to)-max(b.start, from), 0)
}
