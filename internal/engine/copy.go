package engine

import (
	"context"
	"io"
	"time"

	"pgrestore/internal/script"
	"pgrestore/internal/sqlscan"
)

// cancelTimeout bounds the wait for a server when a connection is given up.
const cancelTimeout = 5 * time.Second

const (
	// copyBlock is how much COPY data one message holds.
	copyBlock = 128 << 10
	// readAhead is how many blocks are decoded ahead of the sending.
	readAhead = 4
)

// copy sends a COPY statement and the entry's data.
func (r *runner) copy(ctx context.Context, u script.Unit) error {
	e := &r.e.TOC.Entries[u.Entry]
	q := &request{query: u.Text}
	q.answered = func(err error) {
		r.copied(q, err)
		switch {
		case err == nil, q.copying && q.abandoned.Load():
		case q.copying && !isLost(err):
			r.fail(u.Entry, u.Text, "COPY failed for table \""+e.Tag+"\": "+r.errorText(err, u.Text), err)
		default:
			r.answered(u, err)
		}
	}
	r.wire.query(q)
	if err := r.blocks(ctx, u.Entry, q, func(block []byte) error {
		r.sent(q, len(block)-copyHeader, len(block)-copyHeader)
		r.wire.copyData(block)
		return nil
	}); err != nil {
		return err
	}
	r.loaded[u.Entry] = !q.refused.Load() && !r.wire.torn
	r.wire.copyDone()
	if q.refused.Load() {
		r.wire.flush() // if the connection is lost, that is known before more data is taken for sent
	}
	return r.waitIfStrict(ctx)
}

// sent counts n bytes of data that are sent to the COPY of q, as so many in its
// format.
func (r *runner) sent(q *request, n, wired int) {
	q.wired.Add(int64(wired))
	q.sent.Add(int64(n))
	r.progress(n)
}

// unread estimates how many bytes of data that were sent to a COPY the server has
// not read yet, where it has read so many bytes in the COPY's format.
func (q *request) unread(taken int64) int64 {
	wired := q.wired.Load()
	if wired == 0 {
		return 0
	}
	return int64(float64(q.sent.Load()) * max(0, 1-float64(taken)/float64(wired)))
}

// progress counts n bytes of data for those who watch.
func (r *runner) progress(n int) {
	r.e.bytes.Add(int64(n))
	if a := r.sending; a != nil {
		a.bytes.Add(int64(n))
	}
}

// copied counts what a COPY that was answered has loaded.
func (r *runner) copied(q *request, err error) {
	if err == nil {
		r.rows += q.rows
		r.bytes += q.sent.Load()
		r.e.rows.Add(q.rows)
	}
}

// reads notes that data is being read, for those who watch, until the function
// that it returns is called.
func (r *runner) reads(data io.Reader) (done func()) {
	c, ok := data.(consumer)
	if !ok {
		return func() {}
	}
	r.reading.Store(&c)
	if r.sending != nil {
		r.sending.data.Store(&c)
	}
	return func() {
		r.reading.Store(nil)
		r.e.consumed.Add(c.Consumed())
	}
}

// inserts sends the entry's data, which is SQL, statement by statement.
func (r *runner) inserts(ctx context.Context, u script.Unit) error {
	split := sqlscan.Simple{Backslashes: !r.e.Set.ConformingStrings}
	return r.blocks(ctx, u.Entry, nil, func(block []byte) error {
		size := int64(len(block) - copyHeader)
		r.progress(int(size))
		r.later(func() { r.bytes += size })
		return split.Split(block[copyHeader:], func(statement []byte) error {
			if err := r.stopped(ctx); err != nil {
				return err
			}
			return r.exec(ctx, script.Unit{Op: script.Exec, Entry: u.Entry, Text: string(statement)})
		})
	})
}

// block is a piece of data with copyHeader free bytes in front, or the error
// that ended the data.
type block struct {
	data []byte
	err  error
}

// blocks reads the data of an entry and calls send for each block of it. It
// stops early when the server has refused the data. An error of the archive
// ends the restore; the connection is closed then, so that the server does not
// take half of the data for all of it.
func (r *runner) blocks(ctx context.Context, entry int, q *request, send func(block []byte) error) error {
	data, err := r.e.Source.Data(ctx, r.e.TOC.Entries[entry].ID)
	if err != nil {
		return r.giveUp(err, q)
	}
	defer data.Close()
	defer r.reads(data)()

	// Most tables are small: their data needs no second goroutine.
	if r.block == nil {
		r.block = make([]byte, copyHeader+copyBlock)
	}
	first := r.block
	n, err := io.ReadFull(data, first[copyHeader:])
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		if n == 0 {
			return nil
		}
		return send(first[:copyHeader+n])
	}
	if err != nil {
		return r.giveUp(err, q)
	}

	full := make(chan block, readAhead)
	free := make(chan []byte, readAhead+1)
	for range readAhead {
		free <- make([]byte, copyHeader+copyBlock)
	}
	stop := make(chan struct{})
	readerDone := make(chan struct{})
	defer func() { close(stop); <-readerDone }()
	go func() {
		defer close(readerDone)
		readBlocks(data, full, free, stop)
	}()
	if err := send(first); err != nil {
		return err
	}
	free <- first
	for b := range full {
		if b.err != nil {
			return r.giveUp(b.err, q)
		}
		if q != nil && q.refused.Load() {
			return nil
		}
		if err := r.stopped(ctx); err != nil {
			r.abandon(q) // others have ended the restore, but this connection is there
			return err
		}
		if err := send(b.data); err != nil {
			return err
		}
		free <- b.data[:copyHeader+copyBlock]
	}
	return nil
}

// readBlocks fills blocks until the data ends or stop is closed.
func readBlocks(data io.Reader, full chan<- block, free <-chan []byte, stop <-chan struct{}) {
	defer close(full)
	for {
		var buf []byte
		select {
		case buf = <-free:
		case <-stop:
			return
		}
		n, err := io.ReadFull(data, buf[copyHeader:])
		ended := err == io.EOF || err == io.ErrUnexpectedEOF
		b := block{data: buf[:copyHeader+n]}
		if err != nil && !ended {
			b.err = err
		}
		if n > 0 || b.err != nil {
			select {
			case full <- b:
			case <-stop:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// giveUp ends the restore with an error of the archive. What was sent before is
// seen to, errors included; a COPY, if it has begun with q, is undone.
func (r *runner) giveUp(err error, q *request) error {
	r.abandon(q)
	r.wire.drain()
	r.setFatal(err)
	_ = r.wire.net.Close()
	return err
}

// abandon ends a COPY, if there is one, so that the server undoes it.
func (r *runner) abandon(q *request) {
	if q != nil {
		q.abandoned.Store(true)
		r.wire.copyFail()
	}
}
