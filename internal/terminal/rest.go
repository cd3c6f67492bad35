package terminal

import (
	"cmp"
	"math"
	"slices"
)

// What is left, dealt out to the connections.

// span is when a connection is at work, in seconds of the clock from now on.
type span struct{ from, to float64 }

// rest estimates the seconds until all is done.
func (e *estimator) rest(now float64) float64 {
	speeds := e.speeds()
	clock := e.show(now)
	spans := make([]span, max(e.jobs, len(e.conns), 1))
	soonest := math.Inf(1)
	for i := range e.conns {
		c := &e.conns[i]
		if len(c.steps) == 0 {
			continue
		}
		seconds := e.restOf(c, clock, speeds)
		soonest = min(soonest, seconds)
		for j := range e.conns {
			if h := &e.conns[j]; j == i || h.helps && c.does(h.helpsWith) {
				spans[j].to = seconds
			}
		}
	}
	for i := range spans {
		if idle := i >= len(e.conns) || !e.conns[i].works(); idle && !math.IsInf(soonest, 1) {
			spans[i] = span{soonest, soonest} // it waits for something that runs
		}
	}
	for i := range e.sorts {
		w := &e.sorts[i]
		if n := w.steps - w.begun; n > 0 {
			deal(spans, n, speeds[i].of(n, max(w.weight-w.begunWeight, 0)), sorts[i])
		}
	}
	for stage := range lastStage + 1 {
		pour(spans, e.tail(stage, len(spans), speeds))
	}
	return together(spans) + e.reply // to the last commit
}

// together gives how many seconds go by until all spans are over.
func together(spans []span) (seconds float64) {
	var turns []float64 // when a connection begins or ends
	for _, s := range spans {
		turns = append(turns, s.from, s.to)
	}
	slices.Sort(turns)
	last := 0.0
	for _, turn := range turns {
		atWork := 0
		for _, s := range spans {
			if s.from <= last && last < s.to {
				atWork++
			}
		}
		seconds += (turn - last) * pace(atWork)
		last = turn
	}
	return seconds
}

// deal gives steps of one sort, which take some seconds in all, to the
// connections, each to the one that is ready first.
func deal(spans []span, steps int, seconds float64, s sort) {
	switch {
	case s.serial:
		slices.SortFunc(spans, byEnd)
		spans[len(spans)-1].to += seconds // when all others are ready
	case s.shared || steps > manySteps*len(spans):
		pour(spans, seconds)
	default:
		for range steps {
			slices.SortFunc(spans, byEnd)
			spans[0].to += seconds / float64(steps)
		}
	}
}

func byEnd(a, b span) int { return cmp.Compare(a.to, b.to) }

// pour fills seconds up from the connection that is ready first, as water
// finds its level.
func pour(spans []span, seconds float64) {
	slices.SortFunc(spans, byEnd)
	for n := 1; n <= len(spans); n++ {
		room := math.Inf(1)
		if n < len(spans) {
			room = (spans[n].to - spans[n-1].to) * float64(n)
		}
		added := min(room, seconds)
		for i := range n {
			spans[i].to += added / float64(n)
		}
		seconds -= added
	}
}
