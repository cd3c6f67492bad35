package engine

import (
	"container/heap"
	"slices"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// scheduler hands out the nodes of a graph in batches. It belongs to one
// goroutine. A batch goes to one worker, which runs its nodes in order without
// waiting in between; so a node may follow, in the same batch, what it waits
// for.
type scheduler struct {
	graph     *plan.Graph
	waits     []int32
	after     []int32 // of each node, the one that it waited for last; -1 for none
	held      []bool  // nodes that were ready while another's locks stood in the way
	lastDone  int32
	ready     readyHeap
	resources []resource
	workers   int
	left      int // nodes not finished
}

// resource is who holds what a Lock names, each worker once.
type resource []holder

// holder is a worker with the strongest of the modes that it needs.
type holder struct {
	worker int
	mode   plan.Mode
}

const (
	// maxBatch is how many nodes a batch holds at most.
	maxBatch = 64
	// smallNode is the weight up to which nodes go into a batch together.
	smallNode = 256 << 10
	// maxPasses is how many nodes that others stand in the way of are looked
	// at before giving up for now.
	maxPasses = 500
)

func newScheduler(g *plan.Graph, workers int) *scheduler {
	s := &scheduler{
		graph: g, workers: workers, left: len(g.Nodes),
		waits:     make([]int32, len(g.Nodes)),
		after:     make([]int32, len(g.Nodes)),
		held:      make([]bool, len(g.Nodes)),
		lastDone:  -1,
		resources: make([]resource, g.Resources),
	}
	s.ready.nodes = g.Nodes
	for n := range g.Nodes {
		s.after[n] = -1
		s.waits[n] = g.Nodes[n].Waits
		if s.waits[n] == 0 {
			s.ready.list = append(s.ready.list, int32(n))
		}
	}
	heap.Init(&s.ready)
	return s
}

// skipDone finishes nodes without a step.
func (s *scheduler) skipDone() {
	for again := true; again; {
		again = false
		var keep []int32
		for _, n := range s.ready.list {
			if s.graph.Nodes[n].Step.Parts != 0 {
				keep = append(keep, n)
				continue
			}
			again = true
			s.left--
			keep = append(keep, s.release(n)...)
		}
		s.ready.list = keep
	}
	heap.Init(&s.ready)
}

// release takes n away from what its successors wait for and gives those that
// wait for nothing more.
func (s *scheduler) release(n int32) (free []int32) {
	for _, next := range s.graph.Nodes[n].Next {
		if s.waits[next]--; s.waits[next] == 0 {
			free = append(free, next)
		}
	}
	return free
}

// batch takes the next batch for a worker; nil where nothing can run now.
func (s *scheduler) batch(worker int) []int32 {
	first, ok := s.take(worker, func(*plan.Node) bool { return true })
	if !ok {
		return nil
	}
	batch := []int32{first}
	if s.graph.Nodes[first].Weight > smallNode {
		return batch
	}
	// The other workers want their share of what is ready.
	room := min(maxBatch, 1+s.ready.Len()/s.workers)
	small := func(n *plan.Node) bool { return n.Weight <= smallNode }
	for len(batch) < room {
		n, ok := s.take(worker, small)
		if !ok {
			break
		}
		batch = append(batch, n)
	}
	return s.withFollowers(worker, batch)
}

// withFollowers adds to a batch what waits for nothing but its nodes. Data and
// first halves are followed by nothing: how they went must be known first.
func (s *scheduler) withFollowers(worker int, batch []int32) []int32 {
	for at := 0; at < len(batch) && len(batch) < maxBatch; at++ {
		n := &s.graph.Nodes[batch[at]]
		if n.Step.Parts&toc.Data != 0 || n.Step.Half.First() {
			continue
		}
		for _, next := range n.Next {
			f := &s.graph.Nodes[next]
			if s.waits[next] != 1 || f.Step.Parts == 0 || f.Weight > smallNode || len(batch) >= maxBatch || !s.compatible(worker, f) {
				continue
			}
			s.waits[next] = 0 // finished then leaves it alone
			s.after[next] = batch[at]
			s.acquire(worker, f)
			batch = append(batch, next)
		}
	}
	return batch
}

// take takes the most urgent ready node that fits and that no other worker
// stands in the way of, with its locks.
func (s *scheduler) take(worker int, fits func(*plan.Node) bool) (node int32, ok bool) {
	var passed []int32
	for len(s.ready.list) > 0 && len(passed) < maxPasses {
		n := heap.Pop(&s.ready).(int32)
		compatible := s.compatible(worker, &s.graph.Nodes[n])
		if compatible && fits(&s.graph.Nodes[n]) {
			s.acquire(worker, &s.graph.Nodes[n])
			if s.held[n] {
				s.after[n] = s.lastDone
			}
			node, ok = n, true
			break
		}
		s.held[n] = s.held[n] || !compatible
		passed = append(passed, n)
	}
	for _, n := range passed {
		heap.Push(&s.ready, n)
	}
	return node, ok
}

func (s *scheduler) compatible(worker int, n *plan.Node) bool {
	for _, l := range n.Locks {
		for _, h := range s.resources[l.Resource] {
			if h.worker != worker && h.mode.Conflicts(l.Mode) {
				return false
			}
		}
	}
	return true
}

func (s *scheduler) acquire(worker int, n *plan.Node) {
	for _, l := range n.Locks {
		r := &s.resources[l.Resource]
		i := slices.IndexFunc(*r, func(h holder) bool { return h.worker == worker })
		if i < 0 {
			*r = append(*r, holder{worker, l.Mode})
			continue
		}
		(*r)[i].mode = max((*r)[i].mode, l.Mode)
	}
}

// finished takes back a worker's batch: its locks, and the nodes that waited
// for it. Those in redo are not finished: they are ready once more.
func (s *scheduler) finished(worker int, batch, redo []int32) {
	for _, n := range batch {
		for _, l := range s.graph.Nodes[n].Locks {
			s.resources[l.Resource].drop(worker)
		}
	}
	again := make(map[int32]bool, len(redo))
	for _, n := range redo {
		again[n] = true
	}
	inBatch := make(map[int32]bool, len(batch))
	for _, n := range batch {
		inBatch[n] = true
	}
	for _, n := range batch {
		if !again[n] {
			s.left--
			s.lastDone = n
			s.releaseAll(n, n, inBatch)
		}
	}
	// Those to run again wait for each other as before.
	for _, n := range redo {
		for _, next := range s.graph.Nodes[n].Next {
			if again[next] {
				s.waits[next]++
			}
		}
	}
	for _, n := range redo {
		if s.waits[n] == 0 {
			heap.Push(&s.ready, n)
		}
	}
}

// releaseAll is release through nodes without a step; done is the node with one
// that was finished. What waited in the same batch has had its turn.
func (s *scheduler) releaseAll(n, done int32, inBatch map[int32]bool) {
	for _, next := range s.graph.Nodes[n].Next {
		if inBatch[next] {
			continue
		}
		if s.waits[next]--; s.waits[next] != 0 {
			continue
		}
		if s.graph.Nodes[next].Step.Parts != 0 {
			s.after[next] = done
			heap.Push(&s.ready, next)
			continue
		}
		s.left--
		s.releaseAll(next, done, inBatch)
	}
}

func (r *resource) drop(worker int) {
	*r = slices.DeleteFunc(*r, func(h holder) bool { return h.worker == worker })
}

// readyHeap has the node with the longest path first, and then the one that
// comes first in the archive.
type readyHeap struct {
	nodes []plan.Node
	list  []int32
}

func (h *readyHeap) Len() int { return len(h.list) }
func (h *readyHeap) Less(a, b int) bool {
	x, y := h.list[a], h.list[b]
	if h.nodes[x].Path != h.nodes[y].Path {
		return h.nodes[x].Path > h.nodes[y].Path
	}
	return x < y
}
func (h *readyHeap) Swap(a, b int) { h.list[a], h.list[b] = h.list[b], h.list[a] }
func (h *readyHeap) Push(n any)    { h.list = append(h.list, n.(int32)) }
func (h *readyHeap) Pop() any {
	n := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return n
}
