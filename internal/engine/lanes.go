package engine

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"pgrestore/internal/binarycopy"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// lanedCopy is the loading of one big table over several connections, its
// lanes. One goroutine reads and decodes the data and cuts it at the ends of
// rows; the lanes take blocks as they can. Each lane's COPY is a transaction,
// and none commits before all have succeeded: if one fails, all roll back.
//
// Nobody can see half of the rows: the table was made by this restore, and it
// has no trigger, constraint or index yet that looks beyond a row.
type lanedCopy struct {
	step plan.Step
	// Of the scheduler:
	room int // lanes that may still join
	sent int // workers that were sent to join and are not back

	started chan struct{} // closed when the first lane has opened the data, or could not
	blocks  chan []byte   // filled, with copyHeader free bytes in front; closed at the end of the data
	free    chan []byte   // to be filled; its capacity bounds the memory
	large   chan struct{} // one slot: a block that had to grow has been sent
	longest int           // how long rows may be, about
	stop    chan struct{} // closed when all shall stop

	verdict chan struct{} // closed when good is known
	ends    sync.WaitGroup

	mu      sync.Mutex
	lanes   int     // that have joined and not ended their COPY
	ended   bool    // a lane has found the end: it is too late to join
	stopped bool    // stop is closed
	good    bool    // all lanes have succeeded and shall commit
	broken  bool    // a lane failed, or could not commit
	err     error   // of the archive
	first   failure // of a lane
	// What all lanes have loaded.
	rows, bytes int64

	// In binary, where the encoder is not nil; known with the first block.
	binary  string // the COPY statement
	encoder *binarycopy.Encoder
	strange atomic.Int64 // blocks that could not be encoded
}

const (
	// laneSize is how much stored data a table has for each of its lanes.
	laneSize = 2 << 20
	// laneBlock is how much data a lane takes at a time.
	laneBlock = 256 << 10
	// longestRow is how long a row may be that is cut off as a whole.
	longestRow = 16 << 20
	// eagerBlocks is how much data of unknown size there has to be before
	// others may join.
	eagerBlocks = 4
)

func newLanedCopy(step plan.Step, lanes int) *lanedCopy {
	return &lanedCopy{
		step:    step,
		room:    lanes - 1,
		longest: longestRow,
		started: make(chan struct{}),
		stop:    make(chan struct{}),
		verdict: make(chan struct{}),
	}
}

// start opens the data and begins to read it, for up to lanes lanes. The first
// lane has joined; others may when they are worth it.
func (c *lanedCopy) start(ctx context.Context, r *runner, id toc.ID, lanes int) error {
	data, err := r.e.Source.Data(ctx, id)
	if err != nil {
		c.fail(err)
		close(c.started)
		return err
	}
	blocks := 2*lanes + 2
	c.blocks = make(chan []byte, blocks)
	c.free = make(chan []byte, blocks)
	c.large = make(chan struct{}, 1)
	if r.e.Sequential {
		c.longest = math.MaxInt // the data comes only once
	}
	for range blocks {
		c.free <- make([]byte, 0, copyHeader+laneBlock)
	}
	done := r.reads(data)
	c.ends.Go(func() {
		defer data.Close()
		defer done()
		c.read(data)
	})
	return nil
}

// takeBack gives a block that was sent back to the reader.
func (c *lanedCopy) takeBack(block []byte) {
	if cap(block) <= copyHeader+laneBlock {
		c.free <- block[:0]
		return
	}
	c.free <- make([]byte, 0, copyHeader+laneBlock)
	c.large <- struct{}{}
}

// read fills blocks with whole rows until the data ends or the lanes stop; the
// first one even without rows, since an empty table has its COPY, too. Of blocks
// that had to grow there is one at a time.
func (c *lanedCopy) read(data io.Reader) {
	defer close(c.blocks)
	open := false
	defer func() {
		if !open {
			c.end()
			close(c.started)
		}
	}()
	var rest []byte // begun row of the block before
	for n := 0; ; n++ {
		if n == eagerBlocks {
			open = true
			close(c.started)
		}
		var buf []byte
		select {
		case buf = <-c.free:
		case <-c.stop:
			return
		}
		buf = append(buf[:copyHeader], rest...)
		buf, err := fill(data, buf, c.longest)
		if err == errLongRow {
			c.fail(nil) // the table is loaded without lanes then
			return
		}
		if err != nil && err != io.EOF {
			c.fail(err)
			return
		}
		if end, found := endOfRows(buf[copyHeader:]); found {
			buf, err = buf[:copyHeader+end], io.EOF
		}
		if err == nil {
			end := copyHeader + wholeRows(buf[copyHeader:])
			if cap(rest) > laneBlock {
				rest = nil
			}
			rest = append(rest[:0], buf[end:]...)
			buf = buf[:end]
		}
		if n == 0 && c.encoder != nil && !c.encoder.Pays(buf[copyHeader:]) {
			c.encoder = nil
		}
		if n == 0 || len(buf) > copyHeader {
			select {
			case c.blocks <- buf:
			case <-c.stop:
				return
			}
			if cap(buf) > copyHeader+laneBlock {
				buf = nil // it is the lane's
				select {
				case <-c.large:
				case <-c.stop:
					return
				}
			}
		}
		if err == io.EOF {
			return
		}
	}
}

// endOfRows finds the line that ends COPY data. What stands behind it belongs
// to no row; only the lane that got the line would know.
func endOfRows(rows []byte) (end int, found bool) {
	if bytes.HasPrefix(rows, []byte("\\.\n")) {
		return 0, true
	}
	end = bytes.Index(rows, []byte("\n\\.\n"))
	return end + 1, end >= 0
}

// wholeRows gives where the last row that is whole ends, 0 where none is. Servers up
// to 7.2 spelled a newline in a value as a backslash and a newline, and every
// backslash as two.
func wholeRows(rows []byte) (end int) {
	for end = len(rows); ; end-- {
		end = bytes.LastIndexByte(rows[:end], '\n') + 1
		if end == 0 {
			return 0
		}
		backslashes := 0
		for n := end - 2; n >= 0 && rows[n] == '\\'; n-- {
			backslashes++
		}
		if backslashes%2 == 0 {
			return end
		}
	}
}

// errLongRow says that a row is too long to be held in memory as a whole.
var errLongRow = errors.New("long row")

// fill reads until buf's capacity is reached and it holds the end of a row, or
// the data ends. Only a row longer than a block makes buf grow, up to longest.
func fill(data io.Reader, buf []byte, longest int) ([]byte, error) {
	for {
		if len(buf) == cap(buf) {
			if wholeRows(buf[copyHeader:]) > 0 {
				return buf, nil
			}
			if len(buf) > longest {
				return buf, errLongRow
			}
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := data.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err != nil {
			return buf, err
		}
	}
}

// abandon turns away those who would join a copy that never starts. c may be
// nil.
func (c *lanedCopy) abandon() {
	if c != nil {
		c.fail(nil)
		close(c.started)
	}
}

// fail makes all lanes stop; err is that of the archive, if it is at fault.
func (c *lanedCopy) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.broken = true
	if c.err == nil {
		c.err = err
	}
	c.stopLocked()
}

func (c *lanedCopy) stopLocked() {
	if !c.stopped {
		c.stopped = true
		close(c.stop)
	}
}

// join makes a lane of a connection; false where it is too late.
func (c *lanedCopy) join() bool {
	<-c.started
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped || c.ended {
		return false
	}
	c.lanes++
	c.ends.Add(1)
	return true
}

// remember keeps a lane's failure, the first one only.
func (c *lanedCopy) remember(f failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.first.err == nil {
		c.first = f
	}
}

// end lets no more lanes join.
func (c *lanedCopy) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
}

// leave notes that a lane's COPY is over, and what it has loaded. The last one
// decides for all.
func (c *lanedCopy) leave(ok bool, rows, bytes int64) {
	if !ok {
		c.fail(nil)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows += rows
	c.bytes += bytes
	c.ended = true
	if c.lanes--; c.lanes > 0 {
		return
	}
	c.good = !c.broken
	c.stopLocked() // the reader, if it waits for a block
	close(c.verdict)
}

// copyInLanes is the first lane of a table's loading and sees to its end. Where
// not all lanes could commit, the table is loaded once more on this connection
// alone, after TRUNCATE: so it holds what a serial restore leaves in it, and
// the error, if there is one, has the true line number.
func (r *runner) copyInLanes(ctx context.Context, c *lanedCopy) error {
	e := &r.e.TOC.Entries[c.step.Entry]
	units := r.session.Restore(nil, script.Step{Entry: c.step.Entry, Parts: c.step.Parts})
	for len(units) > 0 && units[0].Op != script.Copy {
		if err := r.unit(ctx, units[0]); err != nil {
			c.abandon()
			return err
		}
		units = units[1:]
	}
	if !r.examine(c) {
		c.abandon()
		if r.e.CopyFreeze {
			return r.loadAlone(ctx, c)
		}
		return r.do(ctx, units)
	}
	c.lanes = 1
	c.ends.Add(1)
	if err := c.start(ctx, r, e.ID, r.e.Jobs); err != nil {
		c.ends.Done()
		return r.giveUp(err, nil)
	}
	r.lane(ctx, c)
	c.ends.Wait()
	switch {
	case c.err != nil:
		return r.giveUp(c.err, nil)
	case !c.broken:
		r.rows, r.bytes = c.rows, c.bytes
		return r.stopped(ctx)
	}
	r.rows, r.bytes = 0, 0 // undone
	if err := r.stopped(ctx); err != nil {
		return err
	}
	if err := r.endOrphans(ctx); err != nil {
		return err
	}
	if lost := r.wire.lost; lost != nil && !r.e.revives() {
		r.answered(script.Unit{Op: script.Copy, Entry: c.step.Entry, Text: e.Copy}, lost)
		return r.stopped(ctx)
	}
	if r.e.Sequential {
		// The data is gone. The line in the message counts from where the
		// lane's part began.
		r.fail(c.step.Entry, e.Copy, "COPY failed for table \""+e.Tag+"\": "+c.first.text, c.first.err)
		return nil
	}
	return r.loadAlone(ctx, c)
}

// loadAlone loads a table in one COPY of text, after TRUNCATE.
func (r *runner) loadAlone(ctx context.Context, c *lanedCopy) error {
	units := r.session.Restore(nil, script.Step{Entry: c.step.Entry, Parts: c.step.Parts, Truncate: true, Freeze: r.e.CopyFreeze})
	return r.do(ctx, slices.DeleteFunc(units, func(u script.Unit) bool { return u.Op == script.Note })) // told before
}

// laned reports whether an entry's data may be loaded in transactions that can
// be undone as one, and is worth it.
func (e *engine) laned(entry int) bool {
	t := &e.TOC.Entries[entry]
	return e.big(entry) && t.Kind == toc.KindTableData && t.Copy != "" && e.created[entry] && !e.inhibited[entry] &&
		!e.Options.EnableRowSecurity && !plan.LoadsViaRoot(t)
}

// big reports whether an entry has data for more than one lane.
func (e *engine) big(entry int) bool {
	if e.Sequential {
		return e.Jobs > 1 // its size is not known
	}
	return e.Size(e.TOC.Entries[entry].ID) >= 2*laneSize
}

// lanesFor is how many lanes the data of a big entry is worth. Only the transaction
// that has emptied a table may COPY into it with FREEZE.
func (e *engine) lanesFor(entry int) int {
	if e.CopyFreeze {
		return 1
	}
	if e.Sequential {
		return e.Jobs
	}
	return int(min(int64(e.Jobs), e.Size(e.TOC.Entries[entry].ID)/laneSize))
}
