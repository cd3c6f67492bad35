package terminal

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgrestore/event"
)

// task is a step of a made-up restore.
type task struct {
	class   event.Class
	weight  int64
	seconds float64 // that it takes a connection
	needs   int     // steps before it in the list that must be over
	silent  bool    // samples do not tell how far it is
	starved bool    // the server waits for data in three of four samples
}

// simulate carries out steps in order on some connections, with a sample every
// second. Connections do not slow each other down.
func simulate(jobs int, steps []task) (records []event.Record) {
	emit := func(at float64, e event.Event) {
		records = append(records, event.Record{At: time.Duration(at * float64(time.Second)), Event: e})
	}
	plan := event.Plan{Steps: len(steps)}
	for _, s := range steps {
		plan.Weight += s.weight
		plan.Classes = append(plan.Classes, event.ClassTotal{Class: s.class, Steps: 1, Weight: s.weight})
		if s.class == event.Data {
			plan.Stored += s.weight
		}
	}
	emit(0, event.Run{Jobs: jobs})
	emit(0, plan)
	type run struct {
		conn       int
		begin, end float64
	}
	runs := make([]run, len(steps))
	free := make([]float64, jobs)
	var last float64
	for i, s := range steps {
		conn := slices.Index(free, slices.Min(free))
		begin := free[conn]
		for n := range s.needs {
			begin = max(begin, runs[n].end)
		}
		runs[i] = run{conn, begin, begin + s.seconds}
		free[conn] = runs[i].end
		last = max(last, runs[i].end)
		id := event.StepID{ID: i + 1}
		emit(begin, event.StepStarted{StepID: id, Connection: conn, Class: s.class, Weight: s.weight})
		emit(begin+s.seconds, event.StepFinished{StepID: id, Connection: conn})
	}
	for at := 1.0; at < last; at++ {
		var sample event.Sample
		for i, r := range runs {
			if r.begin < at && at < r.end && !steps[i].silent {
				a := event.Activity{StepID: event.StepID{ID: i + 1}, Connection: r.conn, Fraction: (at - r.begin) / (r.end - r.begin)}
				if steps[i].starved && int(at)%4 > 0 {
					a.Waits = event.WaitsForData
				}
				sample.Activities = append(sample.Activities, a)
			}
		}
		emit(at, sample)
	}
	emit(last, event.End{Outcome: event.Complete})
	slices.SortStableFunc(records, func(a, b event.Record) int { return int(a.At - b.At) })
	return records
}

// watch feeds records to an estimator and calls seen ten times a second, with
// what is left by the estimate and in truth.
func watch(records []event.Record, seen func(at, left, truth time.Duration, known bool)) {
	var e estimator
	end := records[len(records)-1].At
	next := time.Duration(0)
	for _, r := range records {
		for ; next < r.At; next += 100 * time.Millisecond {
			left, known := e.left(next)
			seen(next, left, end-next, known)
		}
		e.read(r)
	}
}

// furthest gives how far off estimates are that are made between two shares of
// the run: the worst, as a share of the time that was left then.
func furthest(t *testing.T, records []event.Record, from, to float64) (worst float64) {
	t.Helper()
	end := records[len(records)-1].At
	watch(records, func(at, left, truth time.Duration, known bool) {
		share := float64(at) / float64(end)
		if share < from || share > to {
			return
		}
		if !known {
			t.Errorf("at %s of %s: no estimate", at, end)
		}
		worst = max(worst, math.Abs(float64(left-truth))/float64(truth))
	})
	return worst
}

func repeat(n int, w task) []task { return slices.Repeat([]task{w}, n) }

func TestTimeLeft(t *testing.T) {
	const mb = 1 << 20
	for _, tt := range []struct {
		name  string
		jobs  int
		steps []task
		from  float64
		want  float64 // the furthest that it may be off
	}{
		{
			name: "one table", jobs: 1, from: 0.1, want: 0.01,
			steps: []task{{class: event.Data, weight: 100 * mb, seconds: 50}},
		},
		{
			name: "weights as they should be", jobs: 1, from: 0.1, want: 0.05,
			steps: []task{
				{class: event.Data, weight: 100 * mb, seconds: 50},
				{class: event.Index, weight: 50 * mb, seconds: 25},
				{class: event.ForeignKey, weight: 20 * mb, seconds: 10},
			},
		},
		{
			name: "the second half takes three times as long as its weight says", jobs: 1, from: 0.6, want: 0.25,
			steps: append(repeat(10, task{class: event.Data, weight: 10 * mb, seconds: 2}),
				repeat(10, task{class: event.Index, weight: 10 * mb, seconds: 6})...),
		},
		{
			name: "data comes over a thin link", jobs: 1, from: 0.3, want: 0.2,
			steps: []task{
				{class: event.Data, weight: 200 * mb, seconds: 40, starved: true},
				{class: event.Index, weight: 100 * mb, seconds: 5},
				{class: event.Index, weight: 100 * mb, seconds: 5},
			},
		},
		{
			name: "nobody can help with the last index", jobs: 4, from: 0.3, want: 0.15,
			steps: append(repeat(8, task{class: event.Data, weight: 10 * mb, seconds: 5}),
				task{class: event.Index, weight: 80 * mb, seconds: 40 / pace(4), needs: 8}),
		},
		{
			name: "small steps", jobs: 2, from: 0.1, want: 0.05,
			steps: append(repeat(4000, task{class: event.Object, weight: 10 << 10, seconds: 0.005}),
				repeat(4000, task{class: event.Data, weight: 5 << 10, seconds: 0.0025})...),
		},
		{
			name: "nothing is told of steps", jobs: 1, from: 0.3, want: 0.3,
			steps: []task{
				{class: event.Data, weight: 10 * mb, seconds: 5, silent: true},
				{class: event.Data, weight: 50 * mb, seconds: 25, silent: true},
			},
		},
		{
			name: "serial end", jobs: 8, from: 0.2, want: 0.2,
			steps: append(repeat(80, task{class: event.Data, weight: 10 * mb, seconds: 5}),
				task{class: event.Refresh, weight: 40 * mb, seconds: 20 / pace(8), needs: 80},
				task{class: event.Refresh, weight: 40 * mb, seconds: 20 / pace(8), needs: 81}),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := furthest(t, simulate(tt.jobs, tt.steps), tt.from, 0.95); got > tt.want {
				t.Errorf("want no more than %.0f %% off, got %.0f %%", tt.want*100, got*100)
			}
		})
	}
}

// TestStandstill has the program stopped for ten minutes in the middle of a run: no
// more is left then than was before, but for a second.
func TestStandstill(t *testing.T) {
	const stopped, stop = 60 * time.Second, 10 * time.Minute
	steps := []task{{class: event.Data, weight: 100 << 20, seconds: 50}, {class: event.Index, weight: 100 << 20, seconds: 50}}
	records := simulate(1, steps)
	for i := range records {
		if records[i].At > stopped {
			records[i].At += stop
		}
	}
	var e estimator
	for _, r := range records {
		e.read(r)
		if r.At <= stopped+stop || r.At == records[len(records)-1].At {
			continue
		}
		left, known := e.left(r.At)
		if truth := records[len(records)-1].At - r.At; !known || (left-truth).Abs() > 2*time.Second {
			t.Errorf("at %s: want %s, got %s, %t", r.At, truth, left, known)
		}
	}
}

func TestNoEstimate(t *testing.T) {
	sized := event.Plan{
		Steps: 2, Stored: 100,
		Classes: []event.ClassTotal{{Class: event.Data, Steps: 2, Weight: 100}},
	}
	unsized := sized
	unsized.Stored = 0
	begun := event.StepStarted{StepID: event.StepID{ID: 1}, Class: event.Data, Weight: 50}
	done := event.StepFinished{StepID: event.StepID{ID: 1}}
	for _, tt := range []struct {
		name         string
		events       []event.Event
		wantFraction float64
		wantKnown    bool
	}{
		{"nothing", nil, -1, false},
		{"no plan", []event.Event{event.Run{Jobs: 1}}, -1, false},
		{"sizes are not known", []event.Event{unsized, begun, done}, -1, false},
		{"nothing done", []event.Event{sized, begun}, 0, false},
		{"half", []event.Event{sized, begun, done}, 0.5, true},
		{"failed", []event.Event{sized, begun, event.StepFailed{StepID: begun.StepID}}, 0.5, false},
		{"left out", []event.Event{sized, begun, done, event.StepSkipped{Kind: "TABLE DATA"}}, 1, true},
		{"over", []event.Event{sized, begun, done, event.End{}}, 0.5, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var e estimator
			for i, v := range tt.events {
				e.read(event.Record{At: time.Duration(i) * time.Second, Event: v})
			}
			if got := e.fraction(); tt.wantFraction != got {
				t.Errorf("want fraction %v, got %v", tt.wantFraction, got)
			}
			if _, known := e.left(10 * time.Second); tt.wantKnown != known {
				t.Errorf("want an estimate: %t, got %t", tt.wantKnown, known)
			}
		})
	}
}

// TestFractionNeverFalls has a step fail and begin anew.
func TestFractionNeverFalls(t *testing.T) {
	var e estimator
	at := time.Duration(0)
	next := func(v event.Event) float64 {
		at += time.Second
		e.read(event.Record{At: at, Event: v})
		return e.fraction()
	}
	id := event.StepID{ID: 1}
	next(event.Plan{Stored: 100, Classes: []event.ClassTotal{{Class: event.Data, Steps: 1, Weight: 100}}})
	next(event.StepStarted{StepID: id, Class: event.Data, Weight: 100})
	if want, got := 0.7, next(event.Sample{Activities: []event.Activity{{StepID: id, Fraction: 0.7}}}); want != got {
		t.Errorf("want %v, got %v", want, got)
	}
	next(event.StepRetried{StepID: id})
	next(event.StepStarted{StepID: id, Class: event.Data, Weight: 100})
	if want, got := 0.7, next(event.Sample{Activities: []event.Activity{{StepID: id, Fraction: 0.1}}}); want != got {
		t.Errorf("want %v, got %v", want, got)
	}
	if want, got := 1.0, next(event.StepFinished{StepID: id}); want != got {
		t.Errorf("want %v, got %v", want, got)
	}
}

func TestLanesCount(t *testing.T) {
	var e estimator
	id := event.StepID{ID: 1}
	for i, v := range []event.Event{
		event.Run{Jobs: 2},
		event.Plan{Stored: 100, Classes: []event.ClassTotal{{Class: event.Data, Steps: 1, Weight: 100}}},
		event.StepStarted{StepID: id, Class: event.Data, Weight: 100},
		event.LaneStarted{StepID: id, Connection: 1},
		event.Sample{Activities: []event.Activity{{StepID: id, Fraction: 0.375}, {StepID: id, Connection: 1, Fraction: -1}}},
	} {
		e.read(event.Record{At: time.Duration(i) * time.Second, Event: v})
	}
	// Alone for a second, then two for a second, did 37.5 %.
	done := 1 + 2/pace(2)
	want := done / 0.375 * 0.625 / 2 * pace(2)
	left, known := e.left(4 * time.Second)
	if got := left.Seconds(); !known || math.Abs(want-got) > 0.01 {
		t.Errorf("want %.2f s, got %.2f s, %t", want, got, known)
	}
}

// TestReplies has small steps wait for replies over a slow link, 25 at a time.
// How long they take says nothing of the work that indexes are.
func TestReplies(t *testing.T) {
	const (
		small = 6600
		trip  = 0.1
		took  = trip + 25*small/33e6
	)
	var e estimator
	emit := func(at float64, v event.Event) {
		e.read(event.Record{At: time.Duration(at * float64(time.Second)), Event: v})
	}
	emit(1, event.Run{Jobs: 1})
	emit(1, event.Plan{Classes: []event.ClassTotal{
		{Class: event.Object, Steps: 100, Weight: 100 * small},
		{Class: event.Index, Steps: 10, Weight: 3.3e6},
	}})
	emit(1, event.Stage{Name: "start"})
	emit(1+trip, event.Stage{Name: "restore"})
	now := 1 + trip
	for i := range 100 {
		emit(now, event.StepStarted{StepID: event.StepID{ID: i}, Class: event.Object, Weight: small})
		if i%25 < 24 {
			continue
		}
		now += took
		for n := i - 24; n <= i; n++ {
			emit(now, event.StepFinished{StepID: event.StepID{ID: n}})
		}
	}
	const want = trip + 0.1 + trip // for the indexes, their work, for the commit
	left, known := e.left(time.Duration(now * float64(time.Second)))
	if got := left.Seconds(); !known || math.Abs(want-got) > 0.01 {
		t.Errorf("want %.2f s, got %.2f s, %t", want, got, known)
	}
}

func TestTrips(t *testing.T) {
	for _, tt := range []struct {
		steps float64
		jobs  int
		least float64
		want  float64
	}{
		{1, 1, 1, 1},
		{50, 1, 1, 1},
		{1, 4, 1, 1},
		{2, 4, 1, 2},
		{8, 2, 1, 4}, // 4, 2, 1 and 1
		{8, 2, 2, 3}, // 4, 2 and 2
		{8, 2, 10, 1},
		{81, 3, 1, 1 + 4/(math.Log(1.5)/math.Log(3))},
	} {
		if got := trips(tt.steps, tt.jobs, tt.least); math.Abs(tt.want-got) > 1e-9 {
			t.Errorf("%v steps, %d connections: want %v, got %v", tt.steps, tt.jobs, tt.want, got)
		}
	}
}

func TestFed(t *testing.T) {
	const work = 10.0
	usual := work * usualSpeed / 2 // a weight that usually takes half as long
	for _, tt := range []struct {
		name                string
		work, starved, want float64
	}{
		{"always fed", work, 0, work},
		{"half", work, work / 2, (25 + 0.125*5) / 5.125},
		{"never", work, work, work / 2},
		{"seen to wait for longer than it took", work, 2 * work, work / 2},
		{"no time", 0, 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := sortWork{work: tt.work, starved: tt.starved, doneWeight: usual}
			if got := w.fed(); math.Abs(tt.want-got) > 1e-9 {
				t.Errorf("want %v s, got %v s", tt.want, got)
			}
		})
	}
}

// TestOverlap has steps begin before those sent before them have ended, as it is where
// each goes in several messages: what they take is learned all the same.
func TestOverlap(t *testing.T) {
	const weight, took, steps = 33e5, 0.5, 10
	var e estimator
	emit := func(at float64, v event.Event) {
		e.read(event.Record{At: time.Duration(at * float64(time.Second)), Event: v})
	}
	emit(0, event.Run{Jobs: 1})
	emit(0, event.Plan{Classes: []event.ClassTotal{{Class: event.Object, Steps: steps, Weight: steps * weight}}})
	const done = 5
	for n := range done + 1 {
		now := float64(n) * took
		emit(now, event.StepStarted{StepID: event.StepID{ID: n + 1}, Class: event.Object, Weight: weight, Ahead: true})
		if n > 0 {
			emit(now, event.StepFinished{StepID: event.StepID{ID: n}})
		}
	}
	const want = (steps - done) * took
	left, known := e.left(time.Duration(done * took * float64(time.Second)))
	if got := left.Seconds(); !known || math.Abs(want-got) > 0.3 {
		t.Errorf("want %.2f s, got %.2f s, %t", want, got, known)
	}
}

func TestDeal(t *testing.T) {
	for _, tt := range []struct {
		name    string
		busy    []float64
		steps   int
		seconds float64
		sort    sort
		want    []float64
	}{
		{"one step", []float64{0, 0}, 1, 6, sort{}, []float64{0, 6}},
		{"three steps", []float64{0, 1}, 3, 6, sort{}, []float64{3, 4}},
		{"many steps", []float64{0, 1}, 17, 6, sort{}, []float64{3.5, 3.5}},
		{"too few to level out", []float64{0, 5, 9}, 100, 4, sort{}, []float64{4, 5, 9}},
		{"shared", []float64{0, 0}, 1, 6, sort{shared: true}, []float64{3, 3}},
		{"serial", []float64{1, 2}, 2, 6, sort{serial: true}, []float64{1, 8}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var spans []span
			for _, to := range tt.busy {
				spans = append(spans, span{to: to})
			}
			deal(spans, tt.steps, tt.seconds, tt.sort)
			slices.SortFunc(spans, byEnd)
			for i, want := range tt.want {
				if got := spans[i].to; math.Abs(want-got) > 1e-9 {
					t.Errorf("connection %d: want %v, got %v", i, want, got)
				}
			}
		})
	}
}

func TestTogether(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spans []span
		want  float64
	}{
		{"one", []span{{0, 10}}, 10},
		{"two", []span{{0, 10}, {0, 10}}, 10 * pace(2)},
		{"one is ready first", []span{{0, 10}, {0, 5}}, 5*pace(2) + 5},
		{"one begins later", []span{{0, 10}, {5, 10}}, 5 + 5*pace(2)},
		{"one waits", []span{{0, 10}, {3, 3}}, 10},
		{"none", []span{{0, 0}}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := together(tt.spans); math.Abs(tt.want-got) > 1e-9 {
				t.Errorf("want %v, got %v", tt.want, got)
			}
		})
	}
}
