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
	entries     []int     // with data, by index
	found       []content // parallel to entries
}

// readAll reads all data and adds to the report what it found.
func readAll(ctx context.Context, a *archive.Archive, jobs int, s *stored, report *Report) error {
	r := newReader(a)
	if err := r.run(ctx, workers(a, jobs), s); err != nil {
		return err
	}
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
	for range min(workers, len(order)) {
		wg.Go(func() { // ends when there is nothing left to take
			buf := make([]byte, readBytes)
			for ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= len(order) {
					return
				}
				r.found[order[n]] = r.read(ctx, r.entries[order[n]], buf)
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// read reads one entry's data.
func (r *reader) read(ctx context.Context, index int, buf []byte) content {
	e := &r.archive.TOC().Entries[index]
	var c content
	var err error
	if e.Kind == toc.KindBlobs {
		err = r.readObjects(ctx, e, buf, &c)
	} else {
		err = r.readData(ctx, e, buf, &c)
	}
	if err != nil {
		damage := damageOf(e, err)
		c.damage = &damage
	}
	return c
}

func (r *reader) readData(ctx context.Context, e *toc.Entry, buf []byte, c *content) error {
	data, err := r.archive.Data(ctx, e.ID)
	if err != nil {
		return err
	}
	defer data.Close()
	rows := r.counter(e)
	for {
		n, err := data.Read(buf)
		c.bytes += int64(n)
		if rows != nil {
			rows.add(buf[:n])
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

func (r *reader) readObjects(ctx context.Context, e *toc.Entry, buf []byte, c *content) error {
	objects, err := r.archive.LargeObjects(ctx, e.ID)
	if err != nil {
		return err
	}
	defer objects.Close()
	for {
		if _, err := objects.Next(); err != nil {
			return notEOF(err)
		}
		c.objects++
		for {
			n, err := objects.Read(buf)
			c.bytes += int64(n)
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
