package archive

import (
	"context"
	"io"
	"sync"

	"pgrestore/toc"
)

// custom is an archive of one file whose data blocks are found by offset or,
// where pg_dump could not go back to write offsets, by searching.
type custom struct {
	in       *input
	toc      *toc.TOC
	ints     intFormat
	decoders decoders
	windows  sync.Pool        // of *[]byte
	search   *blockIndex      // over a file
	surveyed map[toc.ID]int64 // sizes that a survey found; nil before
	sequence *sequence        // over a stream
	sizes    func() []int64
}

func openCustom(ctx context.Context, in *input, o Options) (*Archive, error) {
	f := in.fields(0, -1)
	t, warnings, err := readTOC(ctx, f, toc.FormatCustom)
	if err != nil {
		return nil, err
	}
	c := &custom{in: in, toc: t, ints: f.ints}
	c.decoders.ahead = o.Ahead
	c.windows.New = func() any { b := make([]byte, windowBytes); return &b }
	c.sizes = sync.OnceValue(c.computeSizes)
	if in.file != nil {
		c.search = newBlockIndex(in, f.ints, f.offset())
	} else {
		in.stream.Unread(f.unread())
		c.sequence = &sequence{c: in.cursor(make([]byte, windowBytes), f.offset()), ints: f.ints}
	}
	return &Archive{toc: t, warnings: warnings, store: c}, nil
}

func (c *custom) seekable() bool { return c.in.file != nil }

func (c *custom) Close() error { return c.in.close() }

func (c *custom) data(ctx context.Context, e *toc.Entry) (Reader, error) {
	item, err := c.open(ctx, e, blockData)
	if item == nil || err != nil {
		return nil, err
	}
	if err := item.start(); err != nil {
		item.Close()
		return nil, err
	}
	return &customData{item}, nil
}

func (c *custom) objects(ctx context.Context, e *toc.Entry) (objects, error) {
	item, err := c.open(ctx, e, blockBlobs)
	if item == nil || err != nil {
		return nil, err
	}
	return &customObjects{customItem: item}, nil
}

// open goes to an entry's data, mirroring _PrintTocData.
func (c *custom) open(ctx context.Context, e *toc.Entry, kind byte) (*customItem, error) {
	if e.DataState == toc.DataNone {
		return nil, nil
	}
	codec, unknown := blockCodec(c.toc.Header.Compression)
	if unknown != nil {
		return nil, unknown
	}
	item := &customItem{archive: c, entry: e, codec: codec}
	if err := c.locate(ctx, item); err != nil {
		return nil, err
	}
	if item.head.id != e.ID {
		err := failure("found unexpected block ID (%d) when reading data -- expected %d", item.head.id, e.ID).at(c.in.name, item.at)
		item.Close()
		return nil, err
	}
	if item.head.kind != kind {
		err := failure("unrecognized data block type %d while restoring archive", item.head.kind).at(c.in.name, item.at)
		item.Close()
		return nil, err
	}
	return item, nil
}

// locate sets the item's cursor behind its block header.
func (c *custom) locate(ctx context.Context, item *customItem) error {
	if c.sequence != nil {
		return c.sequence.find(ctx, item)
	}
	e := item.entry
	item.at = e.Offset
	if e.DataState != toc.DataAt {
		var err error
		if item.at, err = c.search.find(ctx, e.ID); err != nil {
			return err
		}
	}
	if item.at < 0 {
		return failure("error during file seek: Invalid argument").at(c.in.name, item.at)
	}
	item.window = c.windows.Get().(*[]byte)
	item.c = c.in.cursor(*item.window, item.at)
	var err error
	if item.head, err = readHead(item.c, c.ints); err == nil {
		return nil
	}
	item.Close()
	if err == io.EOF {
		return failure("could not find block ID %d in archive -- possibly corrupt archive", e.ID).at(c.in.name, item.at)
	}
	return err
}

func (c *custom) size(index int) int64 {
	if c.surveyed != nil {
		return c.surveyed[c.toc.Entries[index].ID]
	}
	return c.sizes()[index]
}

// computeSizes takes an item to end where the next one in the table of
// contents begins, as pg_restore does.
func (c *custom) computeSizes() []int64 {
	sizes := make([]int64, len(c.toc.Entries))
	last := -1
	for i := range c.toc.Entries {
		e := &c.toc.Entries[i]
		if e.DataState != toc.DataAt {
			continue
		}
		if last >= 0 {
			sizes[last] = max(e.Offset-c.toc.Entries[last].Offset, 0)
		}
		last = i
	}
	if last >= 0 && c.in.file != nil {
		sizes[last] = max(c.in.file.Size()-c.toc.Entries[last].Offset, 0)
	}
	return sizes
}
