package unzstd

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/huff0"
)

func (z *Reader) startHelpers() {
	z.running = true
	z.stop = make(chan struct{})
	z.taken = 0
	z.turns.begin()
	for i := range z.workers[1:] {
		z.helpers.Go(z.workers[1+i].help)
	}
}

// worker is a helper, or the reader itself.
type worker struct {
	z *Reader
	// idle are its batches that are not in use. The one used last is the next:
	// it may be in the core's cache.
	idle []*batch
	// decoded are the batches that it has yet to carry out, each in its turn.
	decoded []*batch
}

func newWorker(z *Reader) worker {
	w := worker{z: z}
	for range batchesPerWorker {
		w.idle = append(w.idle, newBatch())
	}
	return w
}

// help works on batches until the frame ends or z stops.
func (w *worker) help() {
	for !w.z.stopped() && w.work() {
	}
	w.finish()
}

func (z *Reader) stopped() bool {
	select {
	case <-z.stop:
		return true
	default:
		return false
	}
}

// work decodes a batch, or carries one out if it is its turn or nothing can be
// decoded; false means that there is nothing of either.
func (w *worker) work() bool {
	if len(w.decoded) > 0 && w.z.turns.is(w.decoded[0].turn) {
		w.carryOut()
		return true
	}
	if len(w.idle) > 0 && w.decode() {
		return true
	}
	if len(w.decoded) == 0 {
		return false
	}
	w.carryOut()
	return true
}

// decode reads the next blocks and decodes them; false means that there are no
// more, or none are wanted.
func (w *worker) decode() bool {
	z := w.z
	z.reading.Lock()
	if z.in.ended || z.stopped() {
		z.reading.Unlock()
		return false
	}
	last := len(w.idle) - 1
	b := w.idle[last]
	w.idle = w.idle[:last]
	b.read(&z.in, batchBlocks)
	b.turn = z.taken
	z.taken++
	z.reading.Unlock()

	for _, block := range b.blocks[:b.count] {
		block.decode(&z.in.trees)
	}
	w.decoded = append(w.decoded, b)
	return true
}

// carryOut waits for the turn of the first batch that is decoded, and carries it
// out.
func (w *worker) carryOut() {
	b := w.decoded[0]
	w.decoded = slices.Delete(w.decoded, 0, 1)
	w.z.turns.wait(b.turn)
	result := b.execute(&w.z.window)
	w.idle = append(w.idle, b)
	select {
	case w.z.carriedOut <- result:
	case <-w.z.stop:
	}
	w.z.turns.pass()
}

func (w *worker) finish() {
	for len(w.decoded) > 0 {
		w.carryOut()
	}
}

// batch is blocks that follow each other, from the first up to count.
type batch struct {
	blocks [batchBlocks]*block
	count  int
	turn   int
}

func newBatch() *batch {
	b := new(batch)
	for i := range b.blocks {
		b.blocks[i] = newBlock()
	}
	return b
}

// read reads the next blocks, up to a number of them.
func (b *batch) read(in *scanner, most int) {
	b.count = 0
	for b.count < most && !in.ended {
		in.read(b.blocks[b.count])
		b.count++
	}
}

// output is what a batch yields.
type output struct {
	blocks [batchBlocks]blockOutput
	count  int
}

type blockOutput struct {
	run      []byte // in the window
	position int64
	last     bool
	err      error
}

func (b *batch) execute(w *window) output {
	result := output{count: b.count}
	for i, block := range b.blocks[:b.count] {
		run := w.execute(block)
		result.blocks[i] = blockOutput{run, block.position, block.last, block.err}
	}
	return result
}

// await gives what the next batch yields, and works on others until then.
func (z *Reader) await() output {
	for {
		select {
		case result := <-z.carriedOut:
			return result
		default:
		}
		if !z.workers[0].work() {
			return <-z.carriedOut // all is in the hands of helpers
		}
	}
}

// endHelpers stops the helpers and waits for them.
func (z *Reader) endHelpers() {
	if !z.running {
		return
	}
	close(z.stop)
	z.workers[0].finish()
	z.helpers.Wait()
	z.running = false
	for len(z.carriedOut) > 0 {
		<-z.carriedOut
	}
}

// turns has what is numbered from 0 on done one after the other.
type turns struct {
	mu     sync.Mutex
	passed sync.Cond
	next   int
}

func (t *turns) begin() { t.next, t.passed.L = 0, &t.mu }

func (t *turns) is(turn int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.next == turn
}

func (t *turns) wait(turn int) {
	t.mu.Lock()
	for t.next != turn {
		t.passed.Wait()
	}
	t.mu.Unlock()
}

func (t *turns) pass() {
	t.mu.Lock()
	t.next++
	t.mu.Unlock()
	t.passed.Broadcast()
}

// trees are Huffman trees. Each is used by the block that it came with and those
// behind it that have none of their own, so that all of them may be decoded side
// by side.
type trees struct{ unused sync.Pool }

// tree is a tree in use.
type tree struct {
	scratch *huff0.Scratch
	decoder *huff0.Decoder
	users   atomic.Int32
}

// read reads a tree and gives what follows it.
func (p *trees) read(in []byte) (*tree, []byte, error) {
	t, _ := p.unused.Get().(*tree)
	if t == nil {
		t = new(tree)
	}
	var err error
	if t.scratch, in, err = huff0.ReadTable(in, t.scratch); err != nil {
		return nil, nil, corrupt("Huffman tree: " + err.Error())
	}
	t.decoder = t.scratch.Decoder()
	t.users.Store(1)
	return t, in, nil
}

// release gives up one use of a tree; nil is none.
func (p *trees) release(t *tree) {
	if t != nil && t.users.Add(-1) == 0 {
		p.unused.Put(t)
	}
}
