package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
)

// bench is one run of this program.
type bench struct {
	server   *server
	programs programs
	dumps    string // the folder they are in
	options  options
	out      io.Writer // the report
	messages io.Writer // what is being done
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.messages, format+"\n", args...) }

// run runs all rows and prints the report of those that were run. A row's
// failure keeps no other from being run.
func (b *bench) run(ctx context.Context) error {
	if b.options.left {
		return runRows(ctx, b, leftColumns, b.left)
	}
	return runRows(ctx, b, columns, b.row)
}

// runRows is run for one kind of results.
func runRows[R rowResult](ctx context.Context, b *bench, columns []string, run func(context.Context, row) (R, error)) error {
	var results []R
	var errs []error
	for _, r := range b.options.chosenRows() {
		got, err := run(ctx, r)
		if got.runs() > 0 {
			results = append(results, got)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", r.name, err))
			b.say("%v", errs[len(errs)-1])
		}
		if ctx.Err() != nil {
			break
		}
	}
	facts, err := b.facts(ctx)
	if err == nil {
		err = writeTable(b.out, facts, columns, results)
	}
	return errors.Join(append(errs, err)...)
}

// rowResult is what came of a row.
type rowResult interface {
	runs() int
	cells() []string // of its line in the table
}

// result is what the runs of a row took.
type result struct {
	row   row
	pairs []pair
}

func (r result) runs() int { return len(r.pairs) }

// pair is a run of each program, stock first.
type pair [2]sample

// prepare makes what a row needs; done ends it.
func (b *bench) prepare(ctx context.Context, r row) (w *work, done func(), err error) {
	dump, err := b.dumpOf(ctx, r.dataset)
	if err != nil {
		return nil, nil, err
	}
	w, done = &work{bench: b, row: r, dump: dump, pgHost: b.server.folder, pgPort: "5432"}, func() {}
	if r.link {
		link, err := startLink(b.server.socket(), linkDelay)
		if err != nil {
			return nil, nil, err
		}
		done = func() { _ = link.close() }
		w.pgHost, w.pgPort = "127.0.0.1", link.port()
	}
	b.say("%s: %s", r.name, r.title)
	return w, done, nil
}

// row runs both programs in turn. The order changes from pair to pair, so that
// neither has more of what the other left in the caches.
func (b *bench) row(ctx context.Context, r row) (result, error) {
	got := result{row: r}
	w, done, err := b.prepare(ctx, r)
	if err != nil {
		return got, err
	}
	defer done()
	for n := range b.options.pairs * max(1, r.times) {
		order := [2]int{stock, ours}
		if n%2 == 1 {
			order = [2]int{ours, stock}
		}
		var p pair
		for _, i := range order {
			if p[i], err = w.run(ctx, i); err != nil {
				return got, fmt.Errorf("%s: %w", b.programs[i].name, err)
			}
			b.say("    %-5s %s", b.programs[i].name, p[i])
		}
		got.pairs = append(got.pairs, p)
	}
	return got, nil
}

// restored is the database that is restored into.
const restored = "bench"

// work is a row being run.
type work struct {
	*bench
	row            row
	dump           string
	pgHost, pgPort string
	expected       *print // of what the stock program made
}

// run runs one program once and checks what it made. The first is always the
// stock program, which says what is expected.
func (w *work) run(ctx context.Context, program int) (sample, error) {
	if w.row.restores() {
		if err := w.server.createDB(ctx, restored); err != nil {
			return sample{}, err
		}
	}
	got, err := w.measure(ctx, program)
	if err != nil {
		return got, err
	}
	if err := w.check(ctx, program); err != nil {
		return got, err
	}
	if w.row.restores() {
		err = w.server.dropDB(ctx, restored)
	}
	return got, err
}

// arguments are what both programs are started with.
func (w *work) arguments() []string {
	args := append([]string(nil), w.row.args...)
	if w.row.restores() {
		args = append(args, "-h", w.pgHost, "-p", w.pgPort, "-d", restored)
	}
	return append(args, w.dump)
}

// check compares what a program made with what the stock one had made.
func (w *work) check(ctx context.Context, program int) error {
	if w.expected != nil && program == stock {
		return nil
	}
	var got print
	var err error
	if w.row.restores() {
		got, err = w.server.databasePrint(ctx, restored)
	} else {
		got, err = w.outputPrint(ctx, w.programs[program].path)
	}
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if w.expected == nil {
		w.expected = &got
		return nil
	}
	if err := w.expected.compare(got); err != nil {
		return fmt.Errorf("%s: the result differs from the stock program's: %w", filepath.Base(w.dump), err)
	}
	return nil
}
