package archive

import (
	"errors"
	"io"
	"os"

	"pgrestore/source"
)

// input is the one file or stream of a custom or tar archive: just one of file
// and stream is set.
type input struct {
	file   *source.File
	stream *source.Stream
	name   string
	owned  io.Closer // what to close in the end, nil where the caller does
}

func openInput(path string) (*input, error) {
	file, err := source.OpenFile(path)
	if err == nil {
		return &input{file: file, name: path, owned: file}, nil
	}
	if !errors.Is(err, source.ErrNotSeekable) {
		return nil, err
	}
	stream, err := source.OpenStream(path)
	if err != nil {
		return nil, err
	}
	return &input{stream: stream, name: path, owned: stream}, nil
}

func streamInput(r io.Reader) *input {
	name := "standard input"
	if f, ok := r.(*os.File); ok {
		if f != os.Stdin {
			name = f.Name()
		}
		if file, ok := source.FromCurrent(f); ok {
			return &input{file: file, name: name}
		}
	}
	return &input{stream: source.NewStream(r, name), name: name}
}

func (in *input) close() error {
	if in.owned == nil {
		return nil
	}
	return in.owned.Close()
}

// fields reads from an offset on; a stream is there already.
func (in *input) fields(offset, size int64) *fields {
	if in.file == nil {
		// What a stream holds is not known before it has come.
		r := io.Reader(in.stream)
		if size >= 0 {
			r = io.LimitReader(r, size)
		}
		return newFields(r, offset, -1, in.name)
	}
	rest := max(in.file.Size()-offset, 0)
	if size >= 0 {
		rest = min(rest, size)
	}
	return newFields(io.NewSectionReader(in.file, offset, rest), offset, rest, in.name)
}

// cursor reads from an offset on; a stream is there already.
func (in *input) cursor(window []byte, offset int64) *cursor {
	c := &cursor{name: in.name, window: window, step: min(firstStepBytes, len(window)), ahead: offset}
	if in.file == nil {
		c.stream, c.size = in.stream, -1
	} else {
		c.file, c.size = in.file, in.file.Size()
	}
	return c
}
