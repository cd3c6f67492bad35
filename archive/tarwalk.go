package archive

import (
	"io"
	"math"
)

// TarMember is one file in a tar archive.
type TarMember struct {
	Name   string
	Size   int64
	Offset int64 // of its content
}

// tarWalk goes from member to member. It has no lock of its own.
type tarWalk struct {
	in     *input
	c      *cursor
	next   int64 // where the next header is
	header [tarBlock]byte
}

// member reads the next header, passing over what is left of the member
// before, as _tarGetHeader does; io.EOF is the end of the archive.
func (w *tarWalk) member() (TarMember, error) {
	if w.c == nil {
		w.c = w.in.cursor(make([]byte, windowBytes), 0)
	}
	if err := w.pass(); err != nil {
		return TarMember{}, err
	}
	for {
		n, err := io.ReadFull(w.c, w.header[:])
		if err == io.EOF {
			return TarMember{}, io.EOF
		}
		if err == io.ErrUnexpectedEOF {
			return TarMember{}, incompleteHeader(n).at(w.in.name, w.next)
		}
		if err != nil {
			return TarMember{}, readFailure(err).at(w.in.name, w.next)
		}
		if w.header != [tarBlock]byte{} {
			break
		}
		w.next += tarBlock
	}
	return w.parse()
}

// pass goes to the next header.
func (w *tarWalk) pass() error {
	ahead := w.next - w.c.offset()
	if ahead < 0 {
		w.c.seek(w.next) // only a file's cursor is ever ahead
		return nil
	}
	// A member that is cut off is no reason for pg_restore's endless loop.
	if rest := w.c.remaining(); rest >= 0 && ahead > rest {
		return readFailure(io.EOF).at(w.in.name, w.c.size)
	}
	return w.c.skip(ahead)
}

func (w *tarWalk) parse() (TarMember, error) {
	h := &w.header
	m := TarMember{Name: tarName(h), Offset: w.next + tarBlock}
	if stated, computed := tarChecksums(h); stated != computed {
		return m, failure("corrupt tar header found in %s (expected %d, computed %d) file position %d",
			m.Name, stated, computed, w.filePosition(m.Offset)).at(w.in.name, w.next)
	}
	size := tarNumber(h[tarSizeAt : tarSizeAt+tarSizeLen])
	if size > math.MaxInt64-uint64(m.Offset)-tarBlock {
		return m, failure("invalid size %d of tar member %s", size, oneLine(m.Name)).at(w.in.name, w.next)
	}
	m.Size = int64(size)
	w.next = m.Offset + tarPadded(m.Size)
	return m, nil
}

// filePosition is what pg_restore prints for one, which is -1 for a pipe.
func (w *tarWalk) filePosition(offset int64) uint64 {
	if w.in.file == nil {
		return math.MaxUint64
	}
	return uint64(offset)
}

func incompleteHeader(n int) *Error {
	if n == 1 {
		return failure("incomplete tar header found (1 byte)")
	}
	return failure("incomplete tar header found (%d bytes)", n)
}
