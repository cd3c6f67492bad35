package engine

import (
	"context"
	"time"

	"pgrestore/event"
	"pgrestore/internal/binarycopy"
	"pgrestore/internal/script"
)

// lane is a connection's part in a lanedCopy: a transaction with one COPY or
// several. Rows go in COPY's binary format where the table is worth it and all
// rows of a block are spelled as pg_dump spells them. If not, the block goes as
// text, in a COPY of its own.
type lane struct {
	r *runner
	c *lanedCopy

	copy     *request // under way; nil before the first
	inBinary bool
	encoded  []byte // a block in binary, with copyHeader free bytes in front
	// What the server may hold of the COPY under way.
	heldRows, heldBytes int

	failed bool // of the goroutine that reads replies, until drain
}

const (
	// maxStrange is how many blocks that cannot be encoded show that it is not
	// worth trying.
	maxStrange = 16
	// The server keeps this many rows of a binary COPY before it writes them,
	// however large they are (PostgreSQL's CopyMultiInsertInfoIsFull, which counts
	// bytes of text only). maxHeld is what it may keep here.
	serverKeeps = 1000
	maxHeld     = 4 << 20
)

// joinedLane is lane on a connection that helps.
func (r *runner) joinedLane(ctx context.Context, c *lanedCopy) {
	id := r.e.stepID(c.step)
	r.rows, r.bytes = 0, 0
	a := &activity{id: id, begun: time.Now(), fed: true}
	r.sending = a
	r.current.Store(a)
	r.e.Sink.Emit(event.LaneStarted{StepID: id, Connection: r.number})
	r.lane(ctx, c)
	r.current.Store(nil)
	r.e.Sink.Emit(event.LaneFinished{StepID: id, Connection: r.number, Rows: r.rows, Bytes: r.bytes})
}

// lane loads blocks on the runner's connection, which has joined, and ends its
// transaction as all lanes together decide.
func (r *runner) lane(ctx context.Context, c *lanedCopy) {
	defer c.ends.Done()
	l := &lane{r: r, c: c}
	l.load(ctx)
	r.wire.drain()
	c.leave(!l.failed, r.rows, r.bytes)
	<-c.verdict
	end := "ROLLBACK"
	if c.good {
		end = "COMMIT"
	}
	r.wire.query(&request{query: end, answered: func(err error) {
		if err != nil {
			c.remember(failure{query: end, text: r.errorText(err, end), err: err})
			c.fail(nil)
		}
	}})
	r.wire.drain()
	if r.e.revives() && r.lost() != nil {
		r.e.orphans.add(r.backend) // before the first lane waits for its locks
	}
}

// load sends blocks until there are no more, or all lanes stop, in a transaction
// that stays open. Whether all went well is known after drain.
func (l *lane) load(ctx context.Context) {
	r, c := l.r, l.c
	send := func(units []script.Unit) {
		for _, u := range units {
			r.wire.query(&request{query: u.Text, answered: l.noter(u.Text)})
		}
	}
	send(r.session.Lane(nil, c.step.Entry))
	r.wire.query(&request{query: "BEGIN", answered: l.noter("BEGIN")})
	if r.e.CopyFreeze {
		send(r.session.Truncate(nil, c.step.Entry))
	}
	r.wire.flush()
	for {
		select {
		case block, more := <-c.blocks:
			if !more {
				if l.copy != nil {
					l.end()
				}
				return
			}
			l.send(block)
			c.takeBack(block)
			if l.copy.refused.Load() || r.stopped(ctx) != nil {
				c.fail(nil)
			}
		case <-c.stop:
			if l.copy != nil {
				r.wire.copyFail()
			}
			return
		}
	}
}

// noter gives what sees to the reply to a query.
func (l *lane) noter(query string) func(err error) {
	return func(err error) {
		if err != nil && !l.failed {
			l.c.remember(failure{query: query, text: l.r.errorText(err, query), err: err})
		}
		l.failed = l.failed || err != nil
	}
}

// begin starts a COPY, after the end of the one under way.
func (l *lane) begin(inBinary bool) {
	if l.copy != nil {
		l.end()
	}
	q := &request{query: l.r.e.TOC.Entries[l.c.step.Entry].Copy}
	if inBinary {
		q.query = l.c.binary
	}
	if l.r.e.CopyFreeze {
		q.query = script.Frozen(q.query)
	}
	note := l.noter(q.query)
	q.answered = func(err error) {
		l.r.copied(q, err)
		note(err)
	}
	l.r.wire.query(q)
	l.copy, l.inBinary = q, inBinary
	if inBinary {
		l.heldRows, l.heldBytes = 0, 0
		l.r.wire.copyData(append(make([]byte, copyHeader), binarycopy.Header...))
	}
}

// end ends the COPY.
func (l *lane) end() {
	if l.inBinary {
		l.r.wire.copyData(append(make([]byte, copyHeader), binarycopy.Trailer...))
	}
	l.r.wire.copyDone()
}

// send sends a block of rows, in binary if it can.
func (l *lane) send(block []byte) {
	rows, inBinary := l.encode(block[copyHeader:])
	if l.copy == nil || inBinary != l.inBinary || inBinary && l.heldBytes > maxHeld {
		l.begin(inBinary)
	}
	wired := block
	if inBinary {
		wired = l.encoded
	}
	l.r.sent(l.copy, len(block)-copyHeader, len(wired)-copyHeader)
	l.r.wire.copyData(wired)
	if !inBinary {
		return
	}
	l.heldRows += rows
	l.heldBytes += len(l.encoded)
	if l.heldRows >= serverKeeps {
		l.heldRows, l.heldBytes = 0, len(l.encoded)
	}
}

// encode makes l.encoded of rows of text, and says how many they are. What has
// outgrown a block stays text: one copy of such a row is enough.
func (l *lane) encode(text []byte) (rows int, ok bool) {
	if l.c.encoder == nil || l.c.strange.Load() >= maxStrange || len(text) > laneBlock {
		return 0, false
	}
	if l.encoded == nil {
		l.encoded = make([]byte, copyHeader, copyHeader+laneBlock+laneBlock/4)
	}
	l.encoded, rows, ok = l.c.encoder.Append(l.encoded[:copyHeader], text)
	if !ok {
		l.c.strange.Add(1)
	}
	return rows, ok
}
