package script

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"pgrestore/toc"
)

// Source gives the data of an archive's entries.
type Source interface {
	// Data opens the uncompressed data of an entry; the caller closes it.
	Data(ctx context.Context, id toc.ID) (io.ReadCloser, error)
	// LargeObjects opens the large objects of a BLOBS entry.
	LargeObjects(ctx context.Context, id toc.ID) (LargeObjectReader, error)
}

// LargeObjectReader goes through the large objects of an entry. Next gives the
// OID of the next one, or io.EOF; Read then reads its content up to io.EOF.
type LargeObjectReader interface {
	Next() (toc.OID, error)
	io.ReadCloser
}

// Log takes the lines for people that stand among the units.
type Log interface {
	Note(text string)
	Warn(text string)
}

// runs is what data may know besides: Next gives its next run without a copy,
// or in buf.
type runs interface {
	Next(buf []byte) (run []byte, err error)
}

const (
	dataBytes = 256 << 10
	// outputBytes is less than most runs of data have, so that they are
	// written as they are.
	outputBytes = 64 << 10
)

// Writer puts units into a script.
type Writer struct {
	session *Session
	source  Source
	log     Log
	out     *bufio.Writer
	buf     []byte // for data; kept between entries
	chunk   []byte // for large objects, likewise
}

// NewWriter makes a Writer of the session's units to w.
func NewWriter(s *Session, source Source, log Log, w io.Writer) *Writer {
	return &Writer{session: s, source: source, log: log, out: bufio.NewWriterSize(w, outputBytes)}
}

// WriteError says that the output, not the archive, is at fault.
type WriteError struct{ Err error }

func (e *WriteError) Error() string { return "write output: " + e.Err.Error() }

// Unwrap gives the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// Write writes units in order.
func (w *Writer) Write(ctx context.Context, units []Unit) error {
	for i := range units {
		if err := w.unit(ctx, &units[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) unit(ctx context.Context, u *Unit) error {
	switch u.Op {
	case Note:
		w.log.Note(u.Text)
		return nil
	case Warn:
		w.log.Warn(u.Text)
		return nil
	case Comment, Exec, ExecOrDie:
		return w.text(u.Text)
	case Copy:
		if err := w.text(u.Text); err != nil {
			return err
		}
		return w.data(ctx, u.Entry)
	case Inserts:
		return w.data(ctx, u.Entry)
	case LargeObjects:
		return w.largeObjects(ctx, u.Entry)
	case TableDone:
		return nil
	case Die:
		return errors.New(u.Text)
	default:
		return fmt.Errorf("unit %d does not belong into a script", u.Op)
	}
}

func (w *Writer) text(s string) error {
	if _, err := w.out.WriteString(s); err != nil {
		return &WriteError{err}
	}
	return nil
}

func (w *Writer) data(ctx context.Context, entry int) error {
	r, err := w.source.Data(ctx, w.session.toc.Entries[entry].ID)
	if err != nil {
		return err
	}
	defer r.Close()
	if cap(w.buf) < dataBytes {
		w.buf = make([]byte, dataBytes)
	}
	buf := w.buf[:dataBytes]
	direct, _ := r.(runs)
	for {
		var run []byte
		var readErr error
		if direct != nil {
			run, readErr = direct.Next(buf)
		} else {
			var n int
			n, readErr = r.Read(buf)
			run = buf[:n]
		}
		if _, err := w.out.Write(run); err != nil {
			return &WriteError{err}
		}
		if readErr == io.EOF {
			return nil
		}
		if readErr != nil {
			return readErr
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
}

func (w *Writer) largeObjects(ctx context.Context, entry int) error {
	style := w.session.LargeObjectStyle()
	if style.Transaction {
		if err := w.text("BEGIN;\n\n"); err != nil {
			return err
		}
	}
	r, err := w.source.LargeObjects(ctx, w.session.toc.Entries[entry].ID)
	if err != nil {
		return err
	}
	defer r.Close()
	count := 0
	for {
		oid, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		count++
		if err := w.largeObject(r, oid, style); err != nil {
			return err
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
	if style.Transaction {
		if err := w.text("COMMIT;\n\n"); err != nil {
			return err
		}
	}
	w.log.Note(RestoredLargeObjects(count))
	return nil
}

func (w *Writer) largeObject(r io.Reader, oid toc.OID, style LargeObjectStyle) error {
	for range style.Notes {
		w.log.Note(RestoringLargeObject(oid))
	}
	if style.Drop {
		if err := w.text(UnlinkIfExists(oid)); err != nil {
			return err
		}
	}
	if err := w.text(OpenLargeObject(oid, style.Create)); err != nil {
		return err
	}
	if w.chunk == nil {
		w.chunk = make([]byte, LargeObjectChunk)
	}
	chunk := w.chunk
	for {
		n, readErr := io.ReadFull(r, chunk)
		if n > 0 {
			w.buf = AppendLargeObjectWrite(w.buf[:0], chunk[:n], w.session.set.ConformingStrings)
			if _, err := w.out.Write(w.buf); err != nil {
				return &WriteError{err}
			}
		}
		if readErr == io.EOF || readErr == io.ErrUnexpectedEOF {
			return w.text(CloseLargeObject)
		}
		if readErr != nil {
			return readErr
		}
	}
}

// Flush writes what is still buffered.
func (w *Writer) Flush() error {
	if err := w.out.Flush(); err != nil {
		return &WriteError{err}
	}
	return nil
}

// RestoringLargeObject is pg_restore's line for one large object.
func RestoringLargeObject(oid toc.OID) string {
	return fmt.Sprintf("restoring large object with OID %d", oid)
}

// RestoredLargeObjects is pg_restore's line after the last one.
func RestoredLargeObjects(n int) string {
	if n == 1 {
		return "restored 1 large object"
	}
	return fmt.Sprintf("restored %d large objects", n)
}
