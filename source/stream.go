package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Stream is read once. It is not safe for concurrent use.
type Stream struct {
	r       io.Reader
	name    string
	pending []byte // read ahead and given back
	offset  int64
}

// NewStream makes a stream of r under a name for messages.
func NewStream(r io.Reader, name string) *Stream { return &Stream{r: r, name: name} }

// OpenStream opens a pipe or a device by its name.
func OpenStream(name string) (*Stream, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return NewStream(f, name), nil
}

// Name is the stream's name for messages.
func (s *Stream) Name() string { return s.name }

// Offset counts the bytes read, less those given back.
func (s *Stream) Offset() int64 { return s.offset }

// Read reads as io.Reader does.
func (s *Stream) Read(p []byte) (int, error) {
	var n int
	var err error
	if len(s.pending) > 0 {
		n = copy(p, s.pending)
		s.pending = s.pending[n:]
	} else {
		n, err = s.r.Read(p)
	}
	s.offset += int64(n)
	return n, err
}

// Unread gives back the last bytes read, which will be read again. It keeps p.
func (s *Stream) Unread(p []byte) {
	if len(p) == 0 {
		return
	}
	s.offset -= int64(len(p))
	if len(s.pending) > 0 {
		p = append(p[:len(p):len(p)], s.pending...)
	}
	s.pending = p
}

// Close closes what the stream reads from where that can be closed.
func (s *Stream) Close() error {
	if c, ok := s.r.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// cause is what stands behind an [fs.PathError].
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func fromSystem(err error) bool {
	var number syscall.Errno
	return errors.As(err, &number) || errors.Is(err, fs.ErrClosed)
}
