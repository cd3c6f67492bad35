package engine

import (
	"container/heap"
	"slices"
	"time"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// scheduler hands out the nodes of a graph in batches. It belongs to one
// goroutine. A batch goes to one worker, which runs its nodes in order without
// waiting in between; so a node may follow, in the same batch, what it waits
// for.
type scheduler struct {
	graph    *plan.Graph
	waits    []int32
	after    []int32 // of each node, the one that it waited for last; -1 for none
	held     []bool  // nodes that were ready while another's locks stood in the way
	lastDone int32
	// ready[0] is for whoever asks first, ready[1+w] for worker w above all.
	ready     []readyHeap
	homes     *homes
	resources []resource
	workers   int
	largest   int   // how many nodes a batch holds at most
	left      int   // nodes not finished
	work      int64 // their weight
}

// homes knows, over all graphs of a restore, which worker was first to work on
// a table. Its server process knows the table already, so small steps on it
// cost less there: 5 to 10 % of the server's work on thousands of small tables.
type homes struct{ of []int32 } // by table: 1 + worker, 0 for none

func (h *homes) settle(table int32, worker int) {
	if table < 0 {
		return
	}
	if missing := int(table) + 1 - len(h.of); missing > 0 {
		h.of = append(h.of, make([]int32, missing)...)
	}
	if h.of[table] == 0 {
		h.of[table] = int32(1 + worker)
	}
}

// resource is who holds what a Lock names, each worker once.
type resource []holder

// holder is a worker with the strongest of the modes that it needs.
type holder struct {
	worker int
	mode   plan.Mode
}

const (
	// maxBatch is how many nodes a batch holds at most where replies take up to
	// nearReply. Where they take longer it holds more, up to farBatch, so that workers
	// do not wait for replies most of the time.
	maxBatch, farBatch = 64, 1024
	nearReply          = 5 * time.Millisecond
	// smallNode is the weight up to which nodes go into a batch together.
	smallNode = 256 << 10
	// maxPasses is how many nodes that others stand in the way of are looked
	// at before giving up for now.
	maxPasses = 500
)

func newScheduler(g *plan.Graph, workers int, h *homes) *scheduler {
	s := &scheduler{
		graph: g, workers: workers, largest: maxBatch, left: len(g.Nodes), homes: h,
		waits:     make([]int32, len(g.Nodes)),
		after:     make([]int32, len(g.Nodes)),
		held:      make([]bool, len(g.Nodes)),
		lastDone:  -1,
		ready:     make([]readyHeap, 1+workers),
		resources: make([]resource, g.Resources),
	}
	for q := range s.ready {
		s.ready[q].nodes = g.Nodes
	}
	for n := range g.Nodes {
		s.after[n] = -1
		s.work += g.Nodes[n].Weight
		s.waits[n] = g.Nodes[n].Waits
	}
	for n := range g.Nodes {
		if g.Nodes[n].Waits == 0 {
			s.free(int32(n), -1, nil)
		}
	}
	return s
}

// largestBatch is how many nodes a batch may hold where a reply takes so long.
func largestBatch(reply time.Duration) int {
	return max(maxBatch, int(min(maxBatch*reply/nearReply, farBatch)))
}

// queue gives where a node that is ready stands. What heavy work waits for is
// for everyone.
func (s *scheduler) queue(n int32) *readyHeap {
	node := &s.graph.Nodes[n]
	if node.Path > smallNode || node.Table < 0 || int(node.Table) >= len(s.homes.of) {
		return &s.ready[0]
	}
	return &s.ready[s.homes.of[node.Table]]
}

func (s *scheduler) push(n int32) { heap.Push(s.queue(n), n) }

// readyNodes counts the nodes that wait for nothing but a worker.
func (s *scheduler) readyNodes() (count int) {
	for q := range s.ready {
		count += s.ready[q].Len()
	}
	return count
}

// batch takes the next batch for a worker; nil where nothing can run now.
func (s *scheduler) batch(worker int) []int32 {
	stolen := false
	first, ok := s.take(worker, stolen, func(*plan.Node) bool { return true })
	if !ok {
		stolen = true
		first, ok = s.take(worker, stolen, func(*plan.Node) bool { return true })
	}
	if !ok {
		return nil
	}
	batch := []int32{first}
	if s.graph.Nodes[first].Weight > smallNode {
		return batch
	}
	// The other workers want their share of what is ready, if that is worth a reply.
	room := min(s.largest, max(1+s.readyNodes()/s.workers, (s.largest-maxBatch)/16))
	small := func(n *plan.Node) bool { return n.Weight <= smallNode }
	batch = s.fill(worker, stolen, batch, room, small)
	if s.readyNodes() < s.workers {
		// What they cannot have meanwhile is no loss to them.
		batch = s.fill(worker, stolen, batch, s.largest, func(n *plan.Node) bool { return small(n) && s.conflicts(worker, true, n) })
	}
	return s.withFollowers(worker, batch)
}

// fill adds what fits to a batch, up to a number of nodes.
func (s *scheduler) fill(worker int, stolen bool, batch []int32, room int, fits func(*plan.Node) bool) []int32 {
	for len(batch) < room {
		n, ok := s.take(worker, stolen, fits)
		if !ok {
			break
		}
		batch = append(batch, n)
	}
	return batch
}

// withFollowers adds to a batch what waits for nothing but its nodes. Data and
// first halves are followed by nothing: how they went must be known first.
func (s *scheduler) withFollowers(worker int, batch []int32) []int32 {
	for at := 0; at < len(batch) && len(batch) < s.largest; at++ {
		n := &s.graph.Nodes[batch[at]]
		if n.Step.Parts&toc.Data != 0 || n.Step.Half.First() {
			continue
		}
		for _, next := range n.Next {
			f := &s.graph.Nodes[next]
			if s.waits[next] != 1 || f.Step.Parts == 0 || f.Weight > smallNode || len(batch) >= s.largest || !s.compatible(worker, f) {
				continue
			}
			s.waits[next] = 0 // finished then leaves it alone
			s.after[next] = batch[at]
			s.acquire(worker, f)
			s.homes.settle(f.Table, worker)
			batch = append(batch, next)
		}
	}
	return batch
}

// take takes the most urgent ready node that fits and that no other worker
// stands in the way of, with its locks. Of what is small it prefers what the
// worker knows; what other workers know it takes only if stolen is set.
func (s *scheduler) take(worker int, stolen bool, fits func(*plan.Node) bool) (node int32, ok bool) {
	var passed []int32
	from := func(q *readyHeap, above int64) bool {
		for len(q.list) > 0 && len(passed) < maxPasses && s.graph.Nodes[q.list[0]].Path > above {
			n := heap.Pop(q).(int32)
			compatible := s.compatible(worker, &s.graph.Nodes[n])
			if compatible && fits(&s.graph.Nodes[n]) {
				node = n
				return true
			}
			s.held[n] = s.held[n] || !compatible
			passed = append(passed, n)
		}
		return false
	}
	if stolen {
		ok = from(s.others(worker), -1)
	} else {
		ok = from(&s.ready[0], smallNode) || from(&s.ready[1+worker], -1) || from(&s.ready[0], -1)
	}
	for _, n := range passed {
		s.push(n)
	}
	if ok {
		s.acquire(worker, &s.graph.Nodes[node])
		s.homes.settle(s.graph.Nodes[node].Table, worker)
		if s.held[node] {
			s.after[node] = s.lastDone
		}
	}
	return node, ok
}

// others gives the queue that most nodes stand in of those that are for other
// workers.
func (s *scheduler) others(worker int) *readyHeap {
	longest := &readyHeap{}
	for q := range s.ready[1:] {
		if other := &s.ready[1+q]; q != worker && other.Len() > longest.Len() {
			longest = other
		}
	}
	return longest
}

func (s *scheduler) compatible(worker int, n *plan.Node) bool { return !s.conflicts(worker, false, n) }

// conflicts reports whether locks of the worker itself, or else of others, do not
// go with those of n.
func (s *scheduler) conflicts(worker int, itself bool, n *plan.Node) bool {
	for _, l := range n.Locks {
		for _, h := range s.resources[l.Resource] {
			if (h.worker == worker) == itself && h.mode.Conflicts(l.Mode) {
				return true
			}
		}
	}
	return false
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

// nobody is no worker.
const nobody = -1

// claim keeps other workers from what locks the table of a node, which the worker
// has begun, more than Read does. It reports false, and does nothing, where
// another worker has the table locked so, or could have it now.
func (s *scheduler) claim(worker int, node int32) bool {
	table := s.graph.Nodes[node].Table
	shares := func(n *plan.Node) bool {
		return slices.ContainsFunc(n.Locks, func(l plan.Lock) bool { return l.Resource == table && l.Mode == plan.Share })
	}
	for _, h := range s.resources[table] {
		switch {
		case h.worker == worker && h.mode > plan.Share:
			return true
		case h.worker != worker && h.mode >= plan.Share:
			return false
		}
	}
	for q := range s.ready {
		if slices.ContainsFunc(s.ready[q].list, func(n int32) bool { return shares(&s.graph.Nodes[n]) }) {
			return false
		}
	}
	for n := range s.resources[table] {
		if h := &s.resources[table][n]; h.worker == worker {
			h.mode = max(h.mode, plan.Change)
		}
	}
	return true
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
			s.over(n)
			s.lastDone = n
			s.release(n, n, inBatch)
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
			s.push(n)
		}
	}
}

// release takes n away from what its successors wait for; done is the last node
// with a step that was finished. What waited in the same batch has had its turn.
func (s *scheduler) release(n, done int32, inBatch map[int32]bool) {
	for _, next := range s.graph.Nodes[n].Next {
		if inBatch[next] {
			continue
		}
		if s.waits[next]--; s.waits[next] == 0 {
			s.free(next, done, inBatch)
		}
	}
}

// free makes a node ready that waits for nothing more. Those without a step are
// done at once.
func (s *scheduler) free(n, done int32, inBatch map[int32]bool) {
	if s.graph.Nodes[n].Step.Parts != 0 {
		s.after[n] = done
		s.push(n)
		return
	}
	s.over(n)
	s.release(n, done, inBatch)
}

// over takes a node away from what is left.
func (s *scheduler) over(n int32) {
	s.left--
	s.work -= s.graph.Nodes[n].Weight
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
