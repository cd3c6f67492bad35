package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// randomGraph makes a graph without circles: nodes wait for some of those
// before them, now and then twice for the same one.
func randomGraph(r *rand.Rand) *plan.Graph {
	n := 1 + r.IntN(120)
	g := &plan.Graph{Nodes: make([]plan.Node, n), Resources: 1 + r.IntN(12)}
	edges, locks := r.IntN(3), r.IntN(4)
	for i := range g.Nodes {
		node := &g.Nodes[i]
		node.Step = plan.Step{Entry: i, Parts: toc.Definition}
		switch r.IntN(6) {
		case 0:
			node.Step.Parts = 0 // only passes on
		case 1:
			node.Step.Parts = toc.Data
		case 2:
			node.Step.Half = plan.AddKey
		}
		node.Weight = r.Int64N(3 * smallNode)
		if r.IntN(2) == 0 {
			node.Weight = 0
		}
		node.Path = node.Weight + r.Int64N(1000)
		for range r.IntN(locks + 1) {
			node.Locks = append(node.Locks, plan.Lock{Resource: int32(r.IntN(g.Resources)), Mode: plan.Mode(r.IntN(4))})
		}
		for range edges {
			if i == 0 || r.IntN(3) == 0 {
				continue
			}
			from := r.IntN(i)
			g.Nodes[from].Next = append(g.Nodes[from].Next, int32(i))
			node.Waits++
		}
	}
	// The order of the nodes says nothing about the order of the work.
	return shuffled(g, r)
}

func shuffled(g *plan.Graph, r *rand.Rand) *plan.Graph {
	to := r.Perm(len(g.Nodes))
	out := &plan.Graph{Nodes: make([]plan.Node, len(g.Nodes)), Resources: g.Resources}
	for i, node := range g.Nodes {
		next := make([]int32, len(node.Next))
		for k, n := range node.Next {
			next[k] = int32(to[n])
		}
		node.Next = next
		out.Nodes[to[i]] = node
	}
	return out
}

// simulation runs a graph on workers that finish whenever chance has it, and
// checks each batch that they are given.
type simulation struct {
	t       *testing.T
	r       *rand.Rand
	g       *plan.Graph
	s       *scheduler
	waitsOn [][]int32 // node -> nodes that it waits for
	done    []bool
	running map[int][]int32 // worker -> batch
	tries   map[int32]int
	redoing bool // whether steps are tried again
	trace   []string
}

func (s *simulation) run(workers int) {
	s.s = newScheduler(s.g, workers, &homes{})
	s.done = make([]bool, len(s.g.Nodes))
	s.running = map[int][]int32{}
	s.tries = map[int32]int{}
	s.waitsOn = make([][]int32, len(s.g.Nodes))
	for i := range s.g.Nodes {
		for _, next := range s.g.Nodes[i].Next {
			s.waitsOn[next] = append(s.waitsOn[next], int32(i))
		}
	}
	for {
		idle := s.r.Perm(workers)
		for _, w := range idle {
			if _, busy := s.running[w]; busy {
				continue
			}
			batch := s.s.batch(w)
			if batch == nil {
				break // as the engine does
			}
			s.given(w, batch)
		}
		if len(s.running) == 0 {
			break
		}
		s.finish()
	}
	for i := range s.g.Nodes {
		if s.g.Nodes[i].Step.Parts != 0 && !s.done[i] {
			s.t.Fatalf("node %d never ran; left %d", i, s.s.left)
		}
	}
	if s.s.left != 0 {
		s.t.Errorf("want nothing left, got %d", s.s.left)
	}
	for n := range s.s.resources {
		if r := s.s.resources[n]; len(r) != 0 {
			s.t.Errorf("resource %d is still held: %+v", n, r)
		}
	}
}

// given checks a batch that a worker was given.
func (s *simulation) given(w int, batch []int32) {
	s.trace = append(s.trace, fmt.Sprint(w, batch))
	if len(batch) == 0 || len(batch) > maxBatch {
		s.t.Fatalf("a batch of %d nodes", len(batch))
	}
	before := map[int32]bool{}
	for _, n := range batch {
		node := &s.g.Nodes[n]
		if node.Step.Parts == 0 {
			s.t.Fatalf("node %d has no step", n)
		}
		if s.done[n] || before[n] {
			s.t.Fatalf("node %d runs twice", n)
		}
		if len(batch) > 1 && node.Weight > smallNode {
			s.t.Errorf("node %d of weight %d is not alone in its batch of %d", n, node.Weight, len(batch))
		}
		for _, w := range s.waitsOn[n] {
			s.mustBeOver(n, w, before)
		}
		before[n] = true
	}
	for other, theirs := range s.running {
		for _, n := range batch {
			for _, m := range theirs {
				s.mustNotConflict(n, m, other)
			}
		}
	}
	s.running[w] = batch
}

// mustBeOver checks that what n waits for has run, perhaps in the same batch;
// nodes without a step pass on what they wait for.
func (s *simulation) mustBeOver(n, on int32, before map[int32]bool) {
	if s.g.Nodes[on].Step.Parts == 0 {
		for _, w := range s.waitsOn[on] {
			s.mustBeOver(n, w, before)
		}
		return
	}
	if step := s.g.Nodes[on].Step; before[on] && (step.Parts&toc.Data != 0 || step.Half.First()) {
		s.t.Fatalf("node %d follows data or a first half in one batch", n)
	}
	if !s.done[on] && !before[on] {
		s.t.Fatalf("node %d runs before node %d, which it waits for; %v", n, on, s.trace)
	}
}

func (s *simulation) mustNotConflict(n, m int32, other int) {
	for _, a := range s.g.Nodes[n].Locks {
		for _, b := range s.g.Nodes[m].Locks {
			if a.Resource == b.Resource && a.Mode.Conflicts(b.Mode) {
				s.t.Fatalf("node %d and, on worker %d, node %d both want resource %d", n, other, m, a.Resource)
			}
		}
	}
}

// finish ends the batch of some worker. Now and then a step has to be tried
// again, with all that followed it in the batch.
func (s *simulation) finish() {
	workers := make([]int, 0, len(s.running))
	for w := range s.running {
		workers = append(workers, w)
	}
	slices.Sort(workers)
	w := workers[s.r.IntN(len(workers))]
	batch := s.running[w]
	delete(s.running, w)
	var redo []int32
	again := map[int32]bool{}
	for _, n := range batch {
		follows := slices.ContainsFunc(s.waitsOn[n], func(on int32) bool { return again[on] })
		if s.redoing && (follows || s.r.IntN(8) == 0 && s.tries[n] < 3) {
			s.tries[n]++
			again[n] = true
			redo = append(redo, n)
			continue
		}
		s.done[n] = true
	}
	s.trace = append(s.trace, fmt.Sprint(w, " ends, again ", redo))
	s.s.finished(w, batch, redo)
}

func TestScheduler(t *testing.T) {
	for _, redoing := range []bool{false, true} {
		t.Run(fmt.Sprintf("again %t", redoing), func(t *testing.T) {
			for seed := range uint64(400) {
				r := rand.New(rand.NewPCG(seed, 1))
				s := simulation{t: t, r: r, g: randomGraph(r), redoing: redoing}
				s.run(1 + r.IntN(6))
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

// The heaviest chain of work begins first; of equals, what comes first in the
// archive.
func TestSchedulerOrder(t *testing.T) {
	g := &plan.Graph{}
	for i, path := range []int64{5, 9, 1, 9, 5} {
		g.Nodes = append(g.Nodes, plan.Node{
			Step: plan.Step{Entry: i, Parts: toc.Definition}, Path: path, Weight: 2 * smallNode,
		})
	}
	s := newScheduler(g, 1, &homes{})
	var got []int32
	for range g.Nodes {
		batch := s.batch(0)
		got = append(got, batch...)
		s.finished(0, batch, nil)
	}
	if want := []int32{1, 3, 0, 4, 2}; !slices.Equal(want, got) {
		t.Errorf("want %v, got %v", want, got)
	}
}

// Small nodes that are ready are shared out, so that no worker takes them all.
func TestSchedulerSharesOut(t *testing.T) {
	g := &plan.Graph{}
	for i := range 100 {
		g.Nodes = append(g.Nodes, plan.Node{Step: plan.Step{Entry: i, Parts: toc.Definition}})
	}
	s := newScheduler(g, 4, &homes{})
	if got := len(s.batch(0)); got > 1+100/4 {
		t.Errorf("the first of four workers took %d of 100 nodes", got)
	}
}

// Where little is ready, what others cannot have meanwhile comes along: it would
// wait for a reply to each. What they can have is left to them, and so is what is
// not small.
func TestSchedulerTakesWhatOthersCannotHave(t *testing.T) {
	g := &plan.Graph{Resources: 2}
	for i, n := range []plan.Node{
		{Locks: []plan.Lock{{Resource: 0, Mode: plan.Exclusive}}},
		{Locks: []plan.Lock{{Resource: 1, Mode: plan.Exclusive}}},
		{Locks: []plan.Lock{{Resource: 0, Mode: plan.Exclusive}}},
		{Locks: []plan.Lock{{Resource: 0, Mode: plan.Exclusive}}, Weight: 2 * smallNode},
	} {
		n.Step = plan.Step{Entry: i, Parts: toc.Definition}
		g.Nodes = append(g.Nodes, n)
	}
	s := newScheduler(g, 4, &homes{})
	for worker, want := range [][]int32{{0, 2}, {1}, nil} {
		if got := s.batch(worker); !slices.Equal(want, got) {
			t.Errorf("worker %d: want %v, got %v", worker, want, got)
		}
	}
}

// Small steps go to the worker that was first to work on their table, also in
// the next graph; an idle one takes those of others; heavy ones are for anyone.
func TestSchedulerKnowsTables(t *testing.T) {
	graph := func() *plan.Graph {
		g := &plan.Graph{}
		for i := range 2 * maxBatch {
			g.Nodes = append(g.Nodes, plan.Node{Step: plan.Step{Entry: i, Parts: toc.Definition}, Table: int32(i)})
		}
		return g
	}
	h := &homes{}
	first := newScheduler(graph(), 2, h)
	given := make(map[int32]int) // node -> worker
	for worker := 0; len(given) < 2*maxBatch; worker = 1 - worker {
		batch := first.batch(worker)
		for _, n := range batch {
			given[n] = worker
		}
		first.finished(worker, batch, nil)
	}

	next := newScheduler(graph(), 2, h)
	for left := 2 * maxBatch; left > 0; {
		batch := next.batch(1)
		own := 0
		for _, n := range batch {
			own += given[n]
		}
		if own != 0 && own != len(batch) {
			t.Errorf("a batch of what both workers know: %v", batch)
		}
		if left == 2*maxBatch && own == 0 {
			t.Errorf("worker 1 was given what 0 knows first: %v", batch)
		}
		if len(batch) == 0 {
			t.Fatalf("worker 1 was given nothing though %d nodes are left", left)
		}
		left -= len(batch)
		next.finished(1, batch, nil)
	}

	g := graph()
	heavy := int32(maxBatch + 3)
	g.Nodes[heavy].Weight, g.Nodes[heavy].Path = 2*smallNode, 2*smallNode
	if got := newScheduler(g, 2, h).batch(1); !slices.Equal([]int32{heavy}, got) {
		t.Errorf("want the heavy node %d first, got %v", heavy, got)
	}
}

// More nodes than are looked at may be held up by one; those behind them wait,
// but nothing is forgotten.
func TestSchedulerBehindManyHeldUp(t *testing.T) {
	g := &plan.Graph{Resources: 1}
	for i := range 3 * maxPasses {
		g.Nodes = append(g.Nodes, plan.Node{
			Step: plan.Step{Entry: i, Parts: toc.Definition}, Locks: []plan.Lock{{Resource: 0, Mode: plan.Exclusive}},
			Path: 1, Weight: 2 * smallNode,
		})
	}
	g.Nodes = append(g.Nodes, plan.Node{Step: plan.Step{Entry: len(g.Nodes), Parts: toc.Definition}})
	s := simulation{t: t, r: rand.New(rand.NewPCG(1, 1)), g: g}
	s.run(3)
}

// Who has claimed a table shares it with nobody, for as long as the node runs.
func TestSchedulerClaim(t *testing.T) {
	share := []plan.Lock{{Resource: 0, Mode: plan.Share}}
	heavy := func(path int64) plan.Node {
		return plan.Node{Step: plan.Step{Parts: toc.Definition}, Path: path * smallNode, Weight: 2 * smallNode, Table: -1}
	}
	const first, other, second = 0, 1, 2
	for _, redone := range []bool{false, true} {
		g := &plan.Graph{Resources: 1, Nodes: []plan.Node{heavy(9), heavy(8), heavy(7)}}
		g.Nodes[first].Locks, g.Nodes[second].Locks = share, share
		g.Nodes[first].Table, g.Nodes[second].Table = 0, 0
		g.Nodes[other].Next, g.Nodes[second].Waits = []int32{second}, 1
		s := newScheduler(g, 2, &homes{})
		take := func(worker int, want ...int32) {
			t.Helper()
			if got := s.batch(worker); !slices.Equal(want, got) {
				t.Fatalf("redone %t: want worker %d to get %v, got %v", redone, worker, want, got)
			}
		}
		take(0, first)
		if !s.claim(0, first) {
			t.Fatalf("redone %t: the table is not to be had, though nobody wants it", redone)
		}
		take(1, other)
		s.finished(1, []int32{other}, nil)
		take(1)
		if redone {
			s.finished(0, []int32{first}, []int32{first})
			take(0, first)
			if s.claim(0, first) {
				t.Error("claimed a table that another could have now")
			}
		} else {
			s.finished(0, []int32{first}, nil)
		}
		take(1, second)
	}
}

func TestLargestBatch(t *testing.T) {
	for _, tt := range []struct {
		reply time.Duration
		want  int
	}{
		{0, 64},
		{5 * time.Millisecond, 64},
		{20 * time.Millisecond, 256},
		{100 * time.Millisecond, 1024},
		{time.Hour, 1024},
	} {
		if got := largestBatch(tt.reply); tt.want != got {
			t.Errorf("%s: want %d, got %d", tt.reply, tt.want, got)
		}
	}
}

// Where replies take long, workers get more at a time, and what is left in the end is
// not shared out.
func TestBatchesOverFarLink(t *testing.T) {
	g := &plan.Graph{Nodes: make([]plan.Node, 4000)}
	for i := range g.Nodes {
		g.Nodes[i].Table, g.Nodes[i].Step.Parts = -1, toc.Definition
	}
	for _, tt := range []struct {
		largest int
		want    []int // the first three and the last
	}{
		{maxBatch, []int{64, 64, 64, 1}},
		{farBatch, []int{1000, 750, 563, 44}},
	} {
		s := newScheduler(g, 4, &homes{})
		s.largest = tt.largest
		var sizes []int
		for s.readyNodes() > 0 {
			sizes = append(sizes, len(s.batch(len(sizes)%4)))
		}
		if got := append(slices.Clone(sizes[:3]), sizes[len(sizes)-1]); !slices.Equal(tt.want, got) {
			t.Errorf("at most %d: want %d, got %d", tt.largest, tt.want, got)
		}
	}
}
