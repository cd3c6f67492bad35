package restore

import (
	"bytes"
	"context"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

const (
	// sampleStored is how much of a table's stored data a sample is of, and
	// sampleText how much text at most; so it takes 4 ms at most.
	sampleStored = 512 << 10
	sampleText   = 2 << 20
	// takenAhead is how much more a decoder has taken than it has decoded, on average.
	takenAhead = 32 << 10
)

// sampler gives what looks into tables' data, nil where an archive cannot be read in
// any order. What cannot be read there shows when it is restored.
func (r *run) sampler(ctx context.Context) func(toc.ID) plan.Sample {
	if !r.archive.Seekable() {
		return nil
	}
	return func(id toc.ID) plan.Sample { return r.sample(ctx, id) }
}

// sample reads the beginning of a table's data.
func (r *run) sample(ctx context.Context, id toc.ID) (s plan.Sample) {
	data, err := r.archive.Data(ctx, id)
	if err != nil {
		return s
	}
	defer data.Close()
	text, whole := 0, 0 // bytes, and those of them that are whole rows
	for buf := make([]byte, 64<<10); err == nil && data.Consumed() < sampleStored && text < sampleText; {
		var more []byte
		more, err = data.Next(buf)
		if end := bytes.LastIndexByte(more, '\n') + 1; end > 0 {
			s.Rows += int64(bytes.Count(more, []byte{'\n'}))
			whole = text + end
		}
		text += len(more)
	}
	if whole == 0 {
		return plan.Sample{}
	}
	stored := data.Consumed()
	if r.archive.TOC().Header.Compression != toc.CompressionNone {
		stored = max(stored-takenAhead, stored/2)
	}
	s.Text = int64(whole)
	s.Stored = int64(float64(stored) * float64(whole) / float64(text))
	return s
}
