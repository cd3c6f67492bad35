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
	*archive.Archive
}

func newSource(a *archive.Archive, dropIn bool, wanted []toc.Parts) source {
	return source{a}
}

// LargeObjects opens the large objects of an entry.
func (s source) LargeObjects(ctx context.Context, id toc.ID) (script.LargeObjectReader, error) {
	r, err := s.Archive.LargeObjects(ctx, id)
	if err != nil {
		return nil, err
	}
	return r, nil
}

var _ io.ReadCloser = (*archive.LargeObjects)(nil)
