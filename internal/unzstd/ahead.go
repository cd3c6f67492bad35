package unzstd

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/huff0"
)

func (z *Reader) startHelpers() {
	z.running = true
	z.carriedOut = make(chan *batch, cap(z.free))
	z.stop = make(chan struct{})
	z.taken, z.self = 0, worker{z: z}
	z.turns.begin()
	for range z.maxHelpers {
		z.helpers.Go(z.help)
	}
}

// worker is a helper, or the reader itself.
type worker struct {
	z *Reader
	// decoded are the batches that it has yet to carry out, each in its turn.
	decoded []*batch
}

// help works on batches until the frame ends or z stops.
func (z *Reader) help() {
	w := worker{z: z}
	defer w.finish()
	for {
		select {
		case <-z.stop:
			return
		default:
		}
		if w.work() {
			continue
		}
		select {
		case <-z.stop:
			return
		case b := <-z.free:
			if !w.decode(b) {
				return
			}
		}
	}
}

// work does what can be done without waiting for others, or carries out a batch
// when its turn comes; false means that there is nothing of either.
func (w *worker) work() bool {
	if len(w.decoded) > 0 && w.z.turns.is(w.decoded[0].turn) {
		w.carryOut()
		return true
	}
	select {
	case b := <-w.z.free:
		if w.decode(b) {
			return true
		}
	default:
	}
	if len(w.decoded) == 0 {
		return false
	}
	w.carryOut()
	return true
}

// decode reads the next blocks and decodes them; false means that there are no
// more.
func (w *worker) decode(b *batch) bool {
	z := w.z
	z.reading.Lock()
	if z.in.ended {
		z.reading.Unlock()
		z.free <- b
		return false
	}
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
	b.execute(&w.z.window)
	w.z.carriedOut <- b
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

func (b *batch) execute(w *window) {
	for _, block := range b.blocks[:b.count] {
		w.execute(block)
	}
}

// await gives the next batch that is carried out, and works on others until then.
func (z *Reader) await() *batch {
	for {
		select {
		case b := <-z.carriedOut:
			return b
		default:
		}
		if !z.self.work() {
			return <-z.carriedOut // all is in the hands of helpers
		}
	}
}

// endHelpers stops the helpers, waits for them and takes their batches back.
func (z *Reader) endHelpers() {
	if !z.running {
		return
	}
	close(z.stop)
	z.self.finish()
	z.helpers.Wait()
	z.running = false
	close(z.carriedOut)
	for b := range z.carriedOut {
		z.free <- b
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
