package report

import (
	"slices"
	"time"

	"pgrestore/event"
)

// throughput is how much was done over time, in parts of equal length.
type throughput struct {
	part  time.Duration
	bytes []float64 // a second, of data, uncompressed
	rows  []float64 // a second
	busy  []float64 // connections
}

// maxParts is about what a wide screen can show.
const maxParts = 600

// throughput tells how fast data was loaded and how many connections worked.
func (b *Builder) throughput(t *timeline) throughput {
	if t.length <= 0 {
		return throughput{}
	}
	n := int(min(max(t.length/(20*time.Millisecond), 1), maxParts))
	result := throughput{part: t.length / time.Duration(n), bytes: make([]float64, n), rows: make([]float64, n), busy: make([]float64, n)}
	if result.part == 0 {
		return throughput{}
	}
	sampled := b.addSamples(&result, t)
	for _, s := range t.steps {
		if s.lane {
			continue
		}
		bar := t.bars[s.bar]
		result.spread(result.rows, bar.start, bar.end, float64(s.rows))
		if !sampled {
			result.spread(result.bytes, bar.start, bar.end, float64(s.bytes))
		}
	}
	for _, bar := range t.bars {
		result.spread(result.busy, bar.start, bar.end, bar.length().Seconds())
	}
	for i := range n {
		result.bytes[i] /= result.part.Seconds()
		result.rows[i] /= result.part.Seconds()
		result.busy[i] /= result.part.Seconds()
	}
	return result
}

// addSamples spreads the bytes between samples, if there are enough to draw
// with, or where steps alone would not tell: those that have no end.
func (b *Builder) addSamples(to *throughput, t *timeline) bool {
	if len(b.samples) < 5 && !slices.ContainsFunc(t.steps, func(s step) bool { return s.outcome == unfinished && s.bytes > 0 }) {
		return false
	}
	first, end := t.loading()
	within := func(at time.Duration) time.Duration { return min(max(at, first), end) }
	var last sample
	for _, s := range b.samples {
		to.spread(to.bytes, within(last.at), within(s.at), float64(max(s.bytes-last.bytes, 0)))
		last = s
	}
	return true
}

// loading gives the time from the first step with data to the end of the last.
func (t *timeline) loading() (from, to time.Duration) {
	from, to = t.length, 0
	for _, s := range t.steps {
		if s.class == event.Data || s.class == event.LargeObj {
			from, to = min(from, s.start), max(to, s.end)
		}
	}
	if from > to {
		return 0, t.length
	}
	return from, to
}

// spread adds an amount evenly to the parts of a series that a time covers.
func (p *throughput) spread(series []float64, from, to time.Duration, amount float64) {
	if amount == 0 {
		return
	}
	first := int(min(from/p.part, time.Duration(len(series)-1)))
	if to <= from {
		series[first] += amount
		return
	}
	for i := first; i < len(series); i++ {
		begin := p.part * time.Duration(i)
		if begin >= to {
			return
		}
		end := begin + p.part
		if i == len(series)-1 {
			end = max(end, to) // what rounding left over
		}
		part := min(end, to) - max(begin, from)
		series[i] += amount * float64(part) / float64(to-from)
	}
}

// peak is the highest value of a series, and when its part begins.
func (p *throughput) peak(series []float64) (highest float64, at time.Duration) {
	for i, v := range series {
		if v > highest {
			highest, at = v, p.part*time.Duration(i)
		}
	}
	return highest, at
}
