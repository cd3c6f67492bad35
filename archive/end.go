package archive

import (
	"context"
	"io"
	"slices"

	"pgrestore/toc"
)

// CheckEnd looks at what follows the last data: nil where the archive ends as
// pg_dump ends it. Of a custom archive in a file it reads the last item's block
// headers; a stream it reads to its end, so that all wanted data must have been
// read before. An error within data, which a reader of that data meets too, is
// not told of again.
func (a *Archive) CheckEnd(ctx context.Context) error {
	switch s := a.store.(type) {
	case *custom:
		if s.sequence != nil {
			return s.sequence.finish(ctx)
		}
		return s.checkEnd(ctx)
	case *tarArchive:
		if err := s.lock(ctx); err != nil {
			return err
		}
		defer s.unlock()
		return s.all(ctx)
	default:
		return nil
	}
}

func (c *custom) checkEnd(ctx context.Context) error {
	last, any, err := c.lastItem(ctx)
	if err != nil {
		return err
	}
	in := c.in.cursor(make([]byte, windowBytes), last)
	if any {
		head, err := readHead(in, c.ints)
		if err == nil {
			err = skipItem(in, c.ints, head, last)
		}
		if err != nil {
			return nil // whoever reads the last data gets the error
		}
	}
	return passItems(ctx, in, c.ints)
}

// lastItem gives the offset of the last block header that is known of; where
// there is none, that of the end of the table of contents.
func (c *custom) lastItem(ctx context.Context) (last int64, any bool, err error) {
	last = c.search.first
	unknown := func(e toc.Entry) bool { return e.HasData && e.DataState == toc.DataUnknown }
	if slices.ContainsFunc(c.toc.Entries, unknown) {
		if _, err := c.search.survey(ctx); err != nil {
			return 0, false, err
		}
	}
	for i := range c.toc.Entries {
		e := &c.toc.Entries[i]
		at, found := e.Offset, e.DataState == toc.DataAt
		if e.DataState == toc.DataUnknown {
			at, found = c.search.known(e.ID)
		}
		if found {
			last, any = max(last, at), true
		}
	}
	return last, any, nil
}

// finish reads on to the end of the stream.
func (s *sequence) finish(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil && s.item != nil {
		s.err = s.item.rest()
		s.item = nil
	}
	if s.err != nil {
		return nil // the reader of that data got it
	}
	return passItems(ctx, s.c, s.ints)
}

// passItems goes to the end of the archive, where a header would stand.
func passItems(ctx context.Context, c *cursor, ints intFormat) error {
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		at := c.offset()
		head, err := readHead(c, ints)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = skipItem(c, ints, head, at)
		}
		if err != nil {
			return failure("archive goes on after its last data").because(err).at(c.name, at)
		}
	}
}
