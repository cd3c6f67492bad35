package report

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"pgrestore/event"
)

// tableCost is what a table took, with all that belongs to it.
type tableCost struct {
	table                           textID
	data, index, constraint, others time.Duration // of connections' time
	loading                         time.Duration // of its data, by the clock
	rows, bytes                     int64
	lanes                           int // that its data was loaded on, beside the first
	bar                             int // of its data, or of the longest step
	longest                         time.Duration
}

func (c *tableCost) total() time.Duration { return c.data + c.index + c.constraint + c.others }

// tables tells what each table took, the longest first.
func (t *timeline) tables() []tableCost {
	place := map[textID]int{}
	var costs []tableCost
	for i, s := range t.steps {
		if s.table == 0 {
			continue
		}
		n, ok := place[s.table]
		if !ok {
			n = len(costs)
			place[s.table] = n
			costs = append(costs, tableCost{table: s.table})
		}
		costs[n].add(s, t.share(i))
	}
	slices.SortStableFunc(costs, func(x, y tableCost) int { return cmp.Compare(y.total(), x.total()) })
	return costs
}

func (c *tableCost) add(s step, took time.Duration) {
	switch s.class {
	case event.Data:
		c.data += took
	case event.Index:
		c.index += took
	case event.Constraint, event.ForeignKey:
		c.constraint += took
	default:
		c.others += took
	}
	if s.lane {
		c.lanes++
		return // its rows are among those of the step
	}
	if s.class == event.Data {
		c.loading += took
	}
	c.rows += s.rows
	c.bytes += s.bytes
	if took > c.longest {
		c.longest, c.bar = took, int(s.bar)
	}
}

// stepCost is a step and what it took.
type stepCost struct {
	step int
	took time.Duration
}

// slowest gives the steps of some classes, the longest first. Lanes of others
// are not among them.
func (t *timeline) slowest(classes ...event.Class) []stepCost {
	var costs []stepCost
	for i, s := range t.steps {
		if !s.lane && slices.Contains(classes, s.class) {
			costs = append(costs, stepCost{i, t.share(i)})
		}
	}
	slices.SortStableFunc(costs, func(x, y stepCost) int { return cmp.Compare(y.took, x.took) })
	return costs
}

// classCost is what the steps of a class took.
type classCost struct {
	class          event.Class
	works          bool // connections have spent time on it
	steps, failed  int
	took           time.Duration // of connections' time
	rows, bytes    int64
	planned        int
	plannedWeight  int64
	ofAll, weighed float64 // shares of all time, and of the plan's weight
}

// classes are in the order in which a restore comes to them.
var classes = [...]event.Class{
	event.Object, event.Data, event.LargeObj, event.Index, event.Constraint, event.ForeignKey,
	event.Refresh, event.Privilege, event.Statistics,
}

// classNumber is a class's place in classes; unknown ones are objects.
func classNumber(c event.Class) int { return max(slices.Index(classes[:], c), 0) }

// byClass tells what each class took; classes without steps are left out.
func (t *timeline) byClass(plan event.Plan) []classCost {
	costs := make([]classCost, len(classes))
	var all time.Duration
	for i, s := range t.steps {
		c := &costs[classNumber(s.class)]
		took := t.share(i)
		c.took += took
		all += took
		if s.lane {
			continue
		}
		c.works = true
		if s.counts() {
			c.steps++
		}
		if s.outcome == failed {
			c.failed++
		}
		c.rows += s.rows
		c.bytes += s.bytes
	}
	for _, p := range plan.Classes {
		c := &costs[classNumber(p.Class)]
		c.planned += p.Steps
		c.plannedWeight += p.Weight
	}
	for i := range costs {
		costs[i].class = classes[i]
		costs[i].ofAll = share(float64(costs[i].took), float64(all))
		costs[i].weighed = share(float64(costs[i].plannedWeight), float64(plan.Weight))
	}
	return slices.DeleteFunc(costs, func(c classCost) bool { return !c.works && c.planned == 0 })
}

// share is part of all, from 0 to 1.
func share(part, all float64) float64 {
	if all <= 0 {
		return 0
	}
	return min(max(part/all, 0), 1)
}

// stageCost is a stage and how busy connections were in it.
type stageCost struct {
	name        string
	start, took time.Duration
	steps       int // begun in it
	busy        time.Duration
	connections int
}

// byStage tells what each stage took.
func (t *timeline) byStage() []stageCost {
	costs := make([]stageCost, len(t.stages))
	for i, s := range t.stages {
		to := t.length
		if i+1 < len(t.stages) {
			to = t.stages[i+1].start
		}
		costs[i] = stageCost{name: s.name, start: s.start, took: to - s.start}
		for _, l := range t.lanes {
			t.addStageUse(&costs[i], l, s.start, to, i+1 == len(t.stages))
		}
	}
	return costs
}

// addStageUse adds what a lane did from a stage's start to its end.
func (t *timeline) addStageUse(c *stageCost, l lane, from, to time.Duration, isLast bool) {
	used := false
	for _, b := range t.barsOf(l) {
		if b.start >= from && (b.start < to || isLast) {
			for _, s := range t.steps[b.first : b.first+b.n] {
				if s.counts() {
					c.steps++
				}
			}
			used = true
		}
		part := overlap(b, from, to)
		c.busy += part
		used = used || part > 0
	}
	if used {
		c.connections++
	}
}

// wait is what server processes waited for, or what phase they were in.
type wait struct {
	what string
	took time.Duration
}

// top orders what was seen, the longest first.
func (b *Builder) top(all map[seen]time.Duration) []wait {
	sums := make([]time.Duration, len(b.texts.list))
	for s, took := range all {
		sums[s.what] += took
	}
	return b.sorted(sums)
}

func (b *Builder) sorted(sums []time.Duration) (waits []wait) {
	for what, took := range sums {
		if took > 0 {
			waits = append(waits, wait{b.texts.list[what], took})
		}
	}
	slices.SortStableFunc(waits, func(x, y wait) int { return cmp.Compare(y.took, x.took) })
	return waits
}

// sortedSeen gives the keys by step and text.
func sortedSeen(all map[seen]time.Duration) []seen {
	return slices.SortedFunc(maps.Keys(all), func(x, y seen) int {
		return cmp.Or(cmp.Compare(x.step, y.step), cmp.Compare(x.what, y.what))
	})
}
