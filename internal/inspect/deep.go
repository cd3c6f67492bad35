package inspect

import (
	"cmp"
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"pgrestore/archive"
	"pgrestore/event"
	"pgrestore/toc"
)

// readBytes is what is read at once.
const readBytes = 256 << 10

// content is what reading an entry's data found.
type content struct {
	bytes   int64
	rows    Number
	objects int64 // large objects
	damage  *Damage
}

// reader reads all data of an archive. It goes on after damage.
type reader struct {
	archive     *archive.Archive
	backslashes bool
	entries     []int   // with data, by index
	sizes       []int64 // stored, 0 for not known; parallel to entries, as is found
	found       []content
	watch       watch
}

// readAll reads all data and adds to the report what it found.
func readAll(ctx context.Context, a *archive.Archive, jobs int, s *stored, report *Report, sink event.Sink) error {
	r := newReader(a)
	r.watch.sink = sink
	r.sizes = r.storedSizes(s)
	if jobs == 0 && r.waits(s) {
		a.DecodeAhead()
	}
	if err := r.run(ctx, workers(a, jobs), s); err != nil {
		r.watch.end(event.Cancelled, len(r.entries))
		return err
	}
	r.watch.end(event.Complete, len(r.entries))
	r.tell(report, s)
	if err := a.CheckEnd(ctx); ctx.Err() != nil {
		return context.Cause(ctx)
	} else if err != nil {
		report.Damage = append(report.Damage, damageOf(nil, err))
	}
	return nil
}

func newReader(a *archive.Archive) *reader {
	t := a.TOC()
	set, err := t.Settings()
	r := &reader{archive: a, backslashes: err == nil && !set.ConformingStrings && t.Header.Version.AtLeast(9)}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.HasData && !(t.Header.Format == toc.FormatCustom && e.DataState == toc.DataNone) &&
			!(t.Header.Format != toc.FormatCustom && e.FileName == "") {
			r.entries = append(r.entries, i)
		}
	}
	r.found = make([]content, len(r.entries))
	return r
}

// workers is how many read at once; of a stream only one can.
func workers(a *archive.Archive, jobs int) int {
	switch {
	case !a.Seekable():
		return 1
	case jobs == 0:
		return runtime.GOMAXPROCS(0)
	default:
		return jobs
	}
}

// waits reports whether some data would be read on one core while others have
// nothing to do: that of a stream, or a table with more than a core's share.
func (r *reader) waits(s *stored) bool {
	if !r.archive.Seekable() {
		return true
	}
	var all, most int64
	for _, index := range r.entries {
		all += s.bytes[index].N
		most = max(most, s.bytes[index].N)
	}
	return most > all/int64(runtime.GOMAXPROCS(0))
}

// storedSizes is how much there is to read of each entry. In a stream that is
// not known, not even of all data in one with offsets. In a tar archive it is
// known of all large objects together.
func (r *reader) storedSizes(s *stored) []int64 {
	sizes := make([]int64, len(r.entries))
	if !r.archive.Seekable() {
		return sizes
	}
	var objects []int // entries of large objects without a size
	for i, index := range r.entries {
		e := &r.archive.TOC().Entries[index]
		sizes[i] = r.archive.DataSize(e.ID)
		if sizes[i] == 0 && e.Kind == toc.KindBlobs {
			objects = append(objects, i)
		}
	}
	for _, i := range objects {
		sizes[i] = s.objectBytes.N / int64(len(objects))
	}
	return sizes
}

// plan is what there is to read.
func (r *reader) plan() event.Plan {
	p := event.Plan{Steps: len(r.entries)}
	totals := map[event.Class]*event.ClassTotal{event.Data: {Class: event.Data}, event.LargeObj: {Class: event.LargeObj}}
	for i, index := range r.entries {
		p.Stored += r.sizes[i]
		total := totals[classOf(&r.archive.TOC().Entries[index])]
		total.Steps++
		total.Weight += r.sizes[i]
	}
	p.Weight = p.Stored
	p.Classes = []event.ClassTotal{*totals[event.Data], *totals[event.LargeObj]}
	return p
}

// run reads with that many workers: a file's largest data first, so that all
// end at about the same time, a stream in its order.
func (r *reader) run(ctx context.Context, workers int, s *stored) error {
	order := make([]int, len(r.entries))
	for i := range order {
		order[i] = i
	}
	if r.archive.Seekable() {
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Compare(s.bytes[r.entries[b]].N, s.bytes[r.entries[a]].N)
		})
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	workers = min(workers, len(order))
	defer r.watch.start(r.plan(), workers)()
	for worker := range workers {
		wg.Go(func() { // ends when there is nothing left to take
			buf := make([]byte, readBytes)
			for ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= len(order) {
					return
				}
				r.found[order[n]] = r.read(ctx, order[n], buf, &r.watch.readers[worker])
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// read reads the n-th entry's data.
func (r *reader) read(ctx context.Context, n int, buf []byte, now *reading) content {
	e := &r.archive.TOC().Entries[r.entries[n]]
	r.watch.begin(now, e, r.sizes[n])
	var c content
	var err error
	if e.Kind == toc.KindBlobs {
		err = r.readObjects(ctx, e, buf, &c, now)
	} else {
		err = r.readData(ctx, e, buf, &c, now)
	}
	if err != nil {
		damage := damageOf(e, err)
		c.damage = &damage
	}
	r.watch.finish(now, &c)
	return c
}

func (r *reader) readData(ctx context.Context, e *toc.Entry, buf []byte, c *content, now *reading) error {
	data, err := r.archive.Data(ctx, e.ID)
	if err != nil {
		return err
	}
	defer data.Close()
	now.opened(data)
	rows := r.counter(e)
	for {
		run, err := data.Next(buf)
		c.bytes += int64(len(run))
		r.watch.read(now, len(run))
		if rows != nil {
			rows.add(run)
		}
		if err == nil {
			err = context.Cause(ctx)
		}
		if err == nil {
			continue
		}
		if rows != nil {
			c.rows = known(rows.rows())
		}
		if !errors.Is(err, io.EOF) || rows == nil {
			return notEOF(err)
		}
		return rows.end()
	}
}

func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// counter is what counts the rows of an entry, nil where it holds none that
// can be told: other data, or archives before 1.3, which do not say how it is
// written.
func (r *reader) counter(e *toc.Entry) rowCounter {
	switch {
	case e.Kind != toc.KindTableData || !r.archive.TOC().Header.Version.AtLeast(3):
		return nil
	case e.Copy != "":
		return &copyRows{}
	default:
		return &insertRows{backslashes: r.backslashes}
	}
}

func (r *reader) readObjects(ctx context.Context, e *toc.Entry, buf []byte, c *content, now *reading) error {
	objects, err := r.archive.LargeObjects(ctx, e.ID)
	if err != nil {
		return err
	}
	defer objects.Close()
	now.opened(objects)
	for {
		if _, err := objects.Next(); err != nil {
			return notEOF(err)
		}
		c.objects++
		for {
			n, err := objects.Read(buf)
			c.bytes += int64(n)
			r.watch.read(now, n)
			if err == nil {
				err = context.Cause(ctx)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
		}
	}
}

// tell adds to the report what was found.
func (r *reader) tell(report *Report, s *stored) {
	tables := make(map[int]*Table, len(report.Tables))
	for i := range report.Tables {
		tables[report.Tables[i].ID] = &report.Tables[i]
	}
	report.Data.Uncompressed, report.Data.Rows = known(0), known(0)
	report.LargeObjects.Uncompressed = known(0)
	var objects int64
	for i, index := range r.entries {
		e, c := &r.archive.TOC().Entries[index], &r.found[i]
		if c.damage != nil {
			report.Damage = append(report.Damage, *c.damage)
		}
		report.Data.Uncompressed.N += c.bytes
		if e.Kind == toc.KindBlobs {
			report.LargeObjects.Uncompressed.N += c.bytes
			objects += c.objects
			continue
		}
		if t := tables[int(e.ID)]; t != nil {
			t.Uncompressed, t.Rows, t.Damaged = known(c.bytes), c.rows, c.damage != nil
			report.Data.Rows = report.Data.Rows.add(c.rows)
		}
	}
	// Damage may have kept some from being seen.
	if n := &report.LargeObjects.Count; report.LargeObjects.Entries > 0 && (objects > n.N || len(report.Damage) == 0) {
		*n = known(objects)
	}
}
