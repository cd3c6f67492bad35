package archive

import (
	"context"
	"io"
	"sync"

	"pgrestore/toc"
)

// A ctx is looked at every itemsPerCheck items of a search.
const itemsPerCheck = 64

// blockIndex finds data blocks in a file whose table of contents has no
// offsets. All readers share what it learns: the file is passed over once at
// most, and only as far as somebody asks for.
type blockIndex struct {
	mu   sync.Mutex
	at   map[toc.ID]int64 // where block headers are
	ends map[int64]int64  // header offset to end, of items that were read

	turn    chan struct{} // holds one token: the right to search; guards what follows
	in      *input
	ints    intFormat
	first   int64 // where the table of contents ends
	c       *cursor
	next    int64 // the header to read next, unless an item is pending
	pending *foundItem
}

// foundItem is the item found last. It is passed over only when something
// behind it is wanted, because by then its reader may have found its end.
type foundItem struct {
	head     blockHead
	at, body int64
}

func newBlockIndex(in *input, ints intFormat, first int64) *blockIndex {
	x := &blockIndex{turn: make(chan struct{}, 1), in: in, ints: ints, first: first, next: first,
		at: map[toc.ID]int64{}, ends: map[int64]int64{}}
	x.turn <- struct{}{}
	return x
}

// find gives the offset of an item's block header.
func (x *blockIndex) find(ctx context.Context, id toc.ID) (int64, error) {
	if at, ok := x.known(id); ok {
		return at, nil
	}
	select {
	case <-x.turn:
		defer func() { x.turn <- struct{}{} }()
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	if x.c == nil {
		x.c = x.in.cursor(make([]byte, windowBytes), x.next)
	}
	for i := 0; ; i++ {
		if at, ok := x.known(id); ok {
			return at, nil
		}
		if i%itemsPerCheck == 0 && ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		err := x.step()
		if err == io.EOF {
			return 0, failure("could not find block ID %d in archive -- possibly corrupt archive", id).at(x.in.name, x.next)
		}
		if err != nil {
			return 0, err
		}
	}
}

func (x *blockIndex) known(id toc.ID) (int64, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	at, ok := x.at[id]
	return at, ok
}

// step reads one block header more.
func (x *blockIndex) step() error {
	if x.pending != nil {
		if err := x.passPending(); err != nil {
			return err
		}
	}
	x.c.seek(x.next)
	head, err := readHead(x.c, x.ints)
	if err != nil {
		return err
	}
	x.pending = &foundItem{head: head, at: x.next, body: x.c.offset()}
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, twice := x.at[head.id]; !twice {
		x.at[head.id] = x.next
	}
	return nil
}

func (x *blockIndex) passPending() error {
	p := x.pending
	x.mu.Lock()
	end, read := x.ends[p.at]
	delete(x.ends, p.at)
	x.mu.Unlock()
	if !read {
		x.c.seek(p.body)
		if err := skipItem(x.c, x.ints, p.head, p.at); err != nil {
			return err
		}
		end = x.c.offset()
	}
	x.pending, x.next = nil, end
	return nil
}

// passed tells where an item that was read to its end ends.
func (x *blockIndex) passed(at, end int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.ends[at] = end
}
