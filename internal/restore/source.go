package restore

import (
	"context"
	"io"

	"pgrestore/archive"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// source is the archive as scripts and servers are fed from it.
type source struct {
	archive *archive.Archive
	order   *tarOrder // nil: any order will do
}

// newSource makes the source of a run.
func (r *run) newSource(ctx context.Context, wanted []toc.Parts) (source, error) {
	s := source{archive: r.archive}
	needed := func(id toc.ID) bool {
		i, ok := r.toc.Index(id)
		return ok && wanted[i]&toc.Data != 0
	}
	r.archive.Need(needed)
	if !r.c.DropIn || r.toc.Header.Format != toc.FormatTar || !r.archive.Seekable() {
		return s, nil
	}
	members, err := r.archive.TarMembers(ctx)
	if err != nil {
		return s, err
	}
	s.order = &tarOrder{members: members, needed: needed}
	return s, nil
}

// Data opens the data of an entry.
func (s source) Data(ctx context.Context, id toc.ID) (io.ReadCloser, error) {
	if e := s.archive.TOC().Get(id); s.order != nil && e.FileName != "" {
		if err := s.order.find(e.FileName); err != nil {
			return nil, err
		}
	}
	return s.archive.Data(ctx, id)
}

// LargeObjects opens the large objects of an entry.
func (s source) LargeObjects(ctx context.Context, id toc.ID) (script.LargeObjectReader, error) {
	if t := s.archive.TOC(); s.order != nil && t.Get(id).FileName != "" {
		if err := s.order.largeObjects(&t.Header, t.Get(id)); err != nil {
			return nil, err
		}
	}
	r, err := s.archive.LargeObjects(ctx, id)
	if err != nil {
		return nil, err
	}
	return r, nil
}
