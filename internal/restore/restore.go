// Package restore is the whole pipeline: open the archive, select, plan, and
// then list, write a script or restore into a server.
package restore

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"pgrestore/archive"
	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/internal/selection"
	"pgrestore/toc"
)

// IO is what the outside world lends to a run.
type IO struct {
	Stdin  *os.File
	Stdout io.Writer
	Now    func() time.Time
	Zone   *time.Location // to print times in
}

// Result is what a run did; it is filled even where the run failed.
type Result struct {
	Errors int // statements that failed and were passed over
	// Done is how many of Steps entries were restored into a server; Steps is 0
	// where it did not come to that.
	Done, Steps int
	// Halves says what the run has left half made.
	Halves []string
}

// run is one restore on its way from the archive to the target.
type run struct {
	c    Config
	io   IO
	sink event.Sink

	archive *archive.Archive
	toc     *toc.TOC
	set     toc.Settings
	order   []int  // nil is the archive's own
	listed  []bool // nil: no list file
}

// Run carries out c. An error is fatal: nothing was done after it.
func Run(ctx context.Context, c Config, inout IO, sink event.Sink) (Result, error) {
	r := &run{c: c, io: inout, sink: sink}
	if err := r.open(ctx); err != nil {
		return Result{}, err
	}
	defer r.archive.Close()
	if err := r.readList(); err != nil {
		return Result{}, err
	}
	selector := selection.New(r.toc, c.Selection)
	wanted := selector.Select(r.order, r.listed)
	if c.List {
		return Result{}, r.list(selector, wanted)
	}
	if err := r.checkNames(selector); err != nil {
		return Result{}, err
	}
	if err := checkIDs(r.toc); err != nil {
		return Result{}, err
	}
	p := plan.New(r.toc, r.order, wanted)
	p.WithoutSchema = p.WithoutSchema || c.Selection.NoSchema
	if c.DryRun {
		return Result{}, r.dryRun(ctx, p, wanted)
	}
	if c.ToServer {
		r.tellRun()
		result, err := r.toServer(ctx, p, wanted)
		r.tellEnd(ctx, result, err)
		return result, err
	}
	return Result{}, r.toScript(ctx, p, wanted)
}

func (r *run) open(ctx context.Context) (err error) {
	o := archive.Options{Format: r.c.Format, Ahead: !r.c.ToServer}
	if r.c.Input == "" {
		r.archive, err = archive.OpenStream(ctx, r.io.Stdin, o)
	} else {
		r.archive, err = archive.Open(ctx, r.c.Input, o)
	}
	var failed *archive.Error
	if errors.As(err, &failed) {
		for _, w := range failed.Warnings {
			r.warn(w)
		}
	}
	if err != nil {
		return err
	}
	for _, w := range r.archive.Warnings() {
		r.warn(w)
	}
	r.toc = r.archive.TOC()
	r.set, err = r.toc.Settings()
	return err
}

func (r *run) readList() error {
	if r.c.UseList == "" {
		return nil
	}
	f, err := os.Open(r.c.UseList)
	if err != nil {
		return systemError("could not open TOC file \""+r.c.UseList+"\"", err)
	}
	defer f.Close()
	if err := checkIDs(r.toc); err != nil {
		return err
	}
	order, listed, ignored, err := r.toc.ReadList(f)
	for _, line := range ignored {
		r.warn("line ignored: " + line)
	}
	r.order, r.listed = order, listed
	return err
}

func (r *run) list(selector *selection.Selector, wanted []toc.Parts) error {
	out, err := openOutput(r.c.Output, r.io.Stdout)
	if err != nil {
		return err
	}
	err = r.toc.WriteList(out, toc.ListOptions{
		Order: r.order, Wanted: wanted, Verbose: r.c.Script.Verbose, Created: r.created(),
	})
	if err != nil {
		return out.failed(err)
	}
	if err := r.checkNames(selector); err != nil {
		return errors.Join(err, out.close())
	}
	return out.close()
}

func (r *run) checkNames(selector *selection.Selector) error {
	if !r.c.Selection.StrictNames {
		return nil
	}
	return selector.CheckNames()
}

// created is the archive's creation time; archives before 1.4 do not know it,
// and pg_restore then takes the current time.
func (r *run) created() time.Time {
	h := &r.toc.Header
	if !h.HasCreated {
		return r.io.Now().In(r.io.Zone)
	}
	if at, ok := h.Created.In(r.io.Zone); ok {
		return at
	}
	return time.Unix(-1, 0).In(r.io.Zone)
}

func (r *run) toScript(ctx context.Context, p *plan.Plan, wanted []toc.Parts) error {
	if p.WithoutSchema && !r.c.Selection.NoSchema {
		r.note("implied no-schema restore")
	}
	out, err := openOutput(r.c.Output, r.io.Stdout)
	if err != nil {
		return err
	}
	source, err := r.newSource(ctx, wanted)
	if err != nil {
		return err
	}
	s := script.NewSession(r.toc, r.set, r.c.Script, script.ToScript)
	w := script.NewWriter(s, source, log{r.sink}, out)
	if f, ok := r.sink.(flusher); ok {
		f.FlushBefore(func() { _ = w.Flush() }) // bufio keeps the error
		defer f.FlushBefore(nil)
	}
	err = writeScript(ctx, s, w, p, wanted, r)
	// What was written before an error is kept, as pg_restore's buffers are.
	if flushErr := w.Flush(); err == nil {
		err = flushErr
	}
	var writeErr *script.WriteError
	if errors.As(err, &writeErr) {
		return out.failed(writeErr.Err)
	}
	if err != nil {
		out.close()
		return err
	}
	return out.close()
}

// flusher is a sink that prints where the script may go, too.
type flusher interface{ FlushBefore(flush func()) }

func writeScript(ctx context.Context, s *script.Session, w *script.Writer, p *plan.Plan, wanted []toc.Parts, r *run) error {
	if err := w.Write(ctx, s.Start(nil, r.created().Format(toc.TimeLayout))); err != nil {
		return err
	}
	var units []script.Unit
	if r.c.Script.Clean {
		for _, d := range p.Drops(r.toc, wanted) {
			units = s.Drop(units[:0], d.Entry, d.Parts)
			if err := w.Write(ctx, units); err != nil {
				return err
			}
		}
		s.AfterDrops()
	}
	last := -1
	for _, step := range p.Steps {
		units = s.Restore(units[:0], script.Step{Entry: step.Entry, Parts: step.Parts, WithoutSchema: p.WithoutSchema})
		if err := w.Write(ctx, units); err != nil {
			return err
		}
		last = step.Entry
	}
	return w.Write(ctx, s.End(units[:0], last, r.io.Now().In(r.io.Zone).Format(toc.TimeLayout)))
}

func (r *run) note(text string) { r.sink.Emit(event.Message{Level: event.Info, Text: text}) }
func (r *run) warn(text string) { r.sink.Emit(event.Message{Level: event.Warning, Text: text}) }

// log passes the notes among a script's units on.
type log struct{ sink event.Sink }

func (l log) Note(text string) { l.sink.Emit(event.Message{Level: event.Info, Text: text}) }
func (l log) Warn(text string) { l.sink.Emit(event.Message{Level: event.Warning, Text: text}) }
