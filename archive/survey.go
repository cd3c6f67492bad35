package archive

import (
	"context"
	"slices"

	"pgrestore/toc"
)

// Survey passes over an archive that was written to a pipe, once, and finds
// where all data is, so that [Archive.DataSize] knows its sizes and no reader
// has to search. It reads block headers, not the data, and does nothing for
// archives that record their offsets, for streams, and for files of more than
// limit bytes. What it could not find shows when it is asked for.
func (a *Archive) Survey(ctx context.Context, limit int64) error {
	c, ok := a.store.(*custom)
	if !ok || c.sequence != nil || !slices.ContainsFunc(c.toc.Entries, func(e toc.Entry) bool { return e.DataState == toc.DataUnknown }) {
		return nil
	}
	if c.in.file.Size() > limit {
		return nil
	}
	sizes, err := c.search.survey(ctx)
	if err != nil {
		return err
	}
	c.surveyed = sizes
	return nil
}

// survey searches to the end of the file and gives the sizes of all items.
func (x *blockIndex) survey(ctx context.Context) (map[toc.ID]int64, error) {
	select {
	case <-x.turn:
		defer func() { x.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if x.c == nil {
		x.c = x.in.cursor(make([]byte, windowBytes), x.next)
	}
	sizes := make(map[toc.ID]int64)
	for i := 0; ; i++ {
		if i%itemsPerCheck == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		last := x.pending
		err := x.step()
		if last != nil && x.pending != last {
			sizes[last.head.id] = x.next - last.at
		}
		if err != nil {
			return sizes, nil // the end; or whoever reads there gets the error
		}
	}
}
