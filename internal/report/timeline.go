package report

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// timeline is the run as its connections saw it: a lane for each, and in it
// bars, which follow each other.
type timeline struct {
	length time.Duration
	stages []stage
	steps  []step // in the order of bars
	place  []int  // of the Builder's steps in steps
	bars   []bar  // lane after lane, each in the order of time
	lanes  []lane
	byEnd  []int // bars, by when they end

	// last is, for each step, the last attempt at it; before leads from an
	// attempt to the one before. Lanes of others are not among them.
	last   map[stepKey]int
	before map[int]int
	// ofEntry is the last attempt at any part of an entry.
	ofEntry map[int32]int
}

// bar is a time in which a connection was busy without a break: with one step,
// or with cheap ones that were sent or answered together.
type bar struct {
	lane       int // in lanes
	first, n   int // of steps
	start, end time.Duration
	replies    int           // that its steps were done with
	answered   time.Duration // when the last reply came; later steps of a message end a little after it
	work       float64       // of all steps
	small      bool          // all steps are
}

func (b bar) length() time.Duration { return b.end - b.start }

// lane is a connection.
type lane struct {
	number   int
	from, to time.Duration // when it was open
	pid      uint32
	reason   string // why it was lost
	first, n int    // of bars
}

// timeline puts what was noted in order. It leaves the Builder as it is.
func (b *Builder) timeline() *timeline {
	t := &timeline{length: b.last, stages: b.stages, last: map[stepKey]int{}, before: map[int]int{}}
	order := make([]int, len(b.steps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(b.steps[x].connection, b.steps[y].connection), cmp.Compare(b.steps[x].bar, b.steps[y].bar))
	})
	t.addSteps(b, order)
	t.addLanes(b)
	t.linkAttempts(b)
	t.byEnd = make([]int, len(t.bars))
	for i := range t.byEnd {
		t.byEnd[i] = i
	}
	t.findEntries()
	slices.SortStableFunc(t.byEnd, func(x, y int) int { return cmp.Compare(t.bars[x].end, t.bars[y].end) })
	return t
}

// addSteps copies the steps and makes bars of them.
func (t *timeline) addSteps(b *Builder, order []int) {
	t.steps = make([]step, len(order))
	t.place = make([]int, len(order))
	for i, n := range order {
		s := b.steps[n]
		if s.outcome == unfinished && s.end == 0 {
			s.end = t.length
		}
		if i == 0 || b.steps[order[i-1]].bar != s.bar {
			t.joinBars()
			t.bars = append(t.bars, bar{first: i, start: s.start, replies: 1, answered: s.end, small: true})
		}
		last := &t.bars[len(t.bars)-1]
		last.n++
		last.end = max(last.end, s.end)
		last.work += s.work()
		last.small = last.small && s.isSmall()
		t.steps[i], t.place[n] = s, i
	}
	t.joinBars()
	for n, b := range t.bars {
		for i := b.first; i < b.first+b.n; i++ {
			t.steps[i].bar, t.steps[i].start = int32(n), b.start
		}
	}
}

const (
	// noTime is less than a server needs to load a table, or for a message of
	// several steps.
	noTime = 50 * time.Microsecond
	// lateStart is how late it may be told that a step begins.
	lateStart = 20 * time.Millisecond
	// smallWeight is that of steps that need not be looked at alone.
	smallWeight = 256 << 10
)

// joinBars sees to a last bar that is too short for what was done: its steps were
// sent ahead, and replies were read long after they came. So it began when the one
// before it ended, and if it was over too soon after that, both are one.
func (t *timeline) joinBars() {
	for n := len(t.bars) - 1; n > 0; n-- {
		before, last := &t.bars[n-1], &t.bars[n]
		if !before.small || !last.small || t.steps[before.first].connection != t.steps[last.first].connection {
			return
		}
		least := noTime * time.Duration(last.replies)
		if last.answered-last.start < least && last.start-before.end < lateStart {
			last.start = before.end
		}
		if last.answered-before.end >= least {
			return
		}
		before.n += last.n
		before.end = last.end
		before.replies += last.replies
		before.answered = last.answered
		before.work += last.work
		t.bars = t.bars[:n]
	}
}

// isSmall reports whether a step took little work, to its end.
func (s *step) isSmall() bool {
	return !s.lane && s.weight < smallWeight && (s.outcome == finished || s.outcome == failed)
}

// work is a step's weight, of which all have some.
func (s *step) work() float64 { return float64(max(s.weight, 1)) }

// addLanes makes a lane of each connection that was seen.
func (t *timeline) addLanes(b *Builder) {
	next := 0
	for number, c := range b.connections {
		if !c.known {
			continue
		}
		l := lane{number: number, from: c.connected, to: t.length, pid: c.pid, reason: c.reason, first: next}
		if c.gone > 0 {
			l.to = c.gone
		}
		for ; next < len(t.bars) && int(t.steps[t.bars[next].first].connection) == number; next++ {
			t.bars[next].lane = len(t.lanes)
			l.n++
		}
		if l.n > 0 {
			l.from = min(l.from, t.bars[l.first].start)
			l.to = max(l.to, t.bars[next-1].end)
		}
		t.lanes = append(t.lanes, l)
	}
}

func (t *timeline) linkAttempts(b *Builder) {
	for n, s := range b.steps {
		if s.lane {
			continue
		}
		i := t.place[n]
		if earlier, ok := t.last[s.key]; ok {
			t.before[i] = earlier
		}
		t.last[s.key] = i
	}
}

func (t *timeline) findEntries() {
	t.ofEntry = map[int32]int{}
	for i, s := range t.steps {
		if last, ok := t.ofEntry[s.key.id]; !s.lane && (!ok || s.start >= t.steps[last].start) {
			t.ofEntry[s.key.id] = i
		}
	}
}

// attemptBefore finds the last attempt at a step that was over at a time.
func (t *timeline) attemptBefore(key stepKey, at time.Duration) (int, bool) {
	i, ok := t.last[key]
	for ok && t.steps[i].end > at {
		i, ok = t.before[i]
	}
	return i, ok
}

// queued is how long a step could have begun before it did: what it had to wait
// for was over. It is not known of steps that waited for nothing.
func (t *timeline) queued(i int) (d time.Duration, ok bool) {
	after, ok := t.attemptBefore(t.steps[i].after, t.steps[i].start)
	if !ok {
		return 0, false
	}
	return t.steps[i].start - t.steps[after].end, true
}

// lastEndBefore finds the bar that was the last to end, until a time.
func (t *timeline) lastEndBefore(at time.Duration) (int, bool) {
	n := sort.Search(len(t.byEnd), func(i int) bool { return t.bars[t.byEnd[i]].end > at })
	if n == 0 {
		return 0, false
	}
	return t.byEnd[n-1], true
}

// barsOf gives the bars of a lane.
func (t *timeline) barsOf(l lane) []bar { return t.bars[l.first : l.first+l.n] }

// share is what a step took of its connection's time. Those of one bar share it
// by their estimated work.
func (t *timeline) share(i int) time.Duration {
	b := t.bars[t.steps[i].bar]
	if b.n == 1 {
		return b.length()
	}
	return time.Duration(float64(b.length()) * t.steps[i].work() / b.work)
}

// stageAt finds the stage that a time lies in.
func (t *timeline) stageAt(at time.Duration) (stage, bool) {
	n := sort.Search(len(t.stages), func(i int) bool { return t.stages[i].start > at })
	if n == 0 {
		return stage{}, false
	}
	return t.stages[n-1], true
}
