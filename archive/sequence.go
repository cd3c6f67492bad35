package archive

import (
	"context"
	"io"
	"sync"

	"pgrestore/toc"
)

// sequence finds data blocks in a stream, where there is no way back.
type sequence struct {
	mu     sync.Mutex // held while moving; guards what follows
	c      *cursor
	ints   intFormat
	item   *customItem // read last, nil at first
	open   bool        // item has not been closed
	passed map[toc.ID]bool
	err    error // the stream is lost
}

// find goes on to the item's block header.
func (s *sequence) find(ctx context.Context, item *customItem) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open {
		return failure("data of entries %d and %d can not be read at once from a non-seekable input file", s.item.entry.ID, item.entry.ID)
	}
	if s.err != nil {
		return s.err
	}
	if s.passed[item.entry.ID] {
		return s.outOfOrder(item.entry.ID)
	}
	if s.item != nil {
		s.err = s.item.rest()
		s.item = nil
	}
	for i := 0; s.err == nil; i++ {
		if i%itemsPerCheck == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		at := s.c.offset()
		head, err := readHead(s.c, s.ints)
		if err == io.EOF {
			return s.outOfOrder(item.entry.ID)
		}
		if err != nil {
			s.err = err
			break
		}
		if s.passed == nil {
			s.passed = map[toc.ID]bool{}
		}
		s.passed[head.id] = true
		if head.id == item.entry.ID {
			item.at, item.head, item.c = at, head, s.c
			s.item, s.open = item, true
			return nil
		}
		s.err = skipItem(s.c, s.ints, head, at)
	}
	return s.err
}

func (s *sequence) outOfOrder(id toc.ID) error {
	return failure("could not find block ID %d in archive -- "+
		"possibly due to out-of-order restore request, "+
		"which cannot be handled due to non-seekable input file", id).at(s.c.name, s.c.offset())
}

// closed is called when an item's reader is closed.
func (s *sequence) closed(item *customItem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.item == item {
		s.open = false
	}
}
