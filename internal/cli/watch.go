package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/term"

	"pgrestore/event"
	"pgrestore/internal/report"
	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
	"pgrestore/internal/verdict"
)

// watch is what follows a restore beside the log: the files and displays that
// the program's own options ask for. It is a [event.Reader] that hands each
// record to all of them.
type watch struct {
	log      *terminal.Log
	progress *terminal.Progress
	verdict  *verdict.Reader

	mu      sync.Mutex
	readers []event.Reader
	outputs []*output
	begun   bool // Run was read
	ended   bool // End was read
	closed  bool // a restore that nobody waits for any more may still emit
}

// watch opens what the options ask for; even where that is no progress, a signal
// may ask for it. It gives nil where there is nothing but the log, and an error
// where a file cannot be written; nothing has been restored then.
func (p *Program) watch(g *given, log *terminal.Log) (*watch, error) {
	mode := g.progressMode()
	if !g.restores() || g.dropIn && mode == terminal.None && !g.own.watches() {
		return nil, nil
	}
	w := &watch{log: log, progress: p.newProgress(mode, p.name(), false), verdict: verdict.NewReader(verdict.Options{Ignore: g.own.ignored})}
	w.readers = append(w.readers, log, w.progress, w.verdict)
	if err := w.open(&g.own, p.IO.Stdout); err != nil {
		for _, out := range w.outputs {
			out.to.Close() // there is nothing to tell in it
		}
		return nil, err
	}
	return w, nil
}

// restores says whether this is a restore into a server.
func (g *given) restores() bool { return g.dbname.given && !g.list && !g.own.dryRun }

// progressMode is how to show progress, as it was asked for. pg_restore shows
// none by itself.
func (g *given) progressMode() terminal.Mode {
	switch {
	case g.own.progress != "":
		return g.own.progress
	case g.dropIn:
		return terminal.None
	}
	return terminal.Auto
}

// newProgress makes a display for what is called program. Where brief, it does
// not tell in plain lines of what is over at once.
func (p *Program) newProgress(mode terminal.Mode, program string, brief bool) *terminal.Progress {
	mode = mode.Choose(isTerminal(p.Stderr), p.Env)
	if mode == terminal.Bar && !p.obeysEscapes() {
		mode = terminal.Plain
	}
	o := terminal.ProgressOptions{Mode: mode, Brief: brief, Program: program, Now: p.IO.Now}
	o.Appearance(p.Env)
	o.Size = p.size
	return terminal.NewProgress(p.screen, o)
}

// size gives that of the terminal, in characters; 0 where there is none.
func (p *Program) size() (columns, rows int) {
	if f, ok := p.Stderr.(*os.File); ok {
		columns, rows, _ = term.GetSize(int(f.Fd())) // 0 where it is no terminal
	}
	return columns, rows
}

// watches says whether an option asks for more than progress.
func (o *ownGiven) watches() bool {
	for _, out := range o.outputs() {
		if out.file.given {
			return true
		}
	}
	return o.exitCode == verdict.ByVerdict || len(o.ignored) > 0
}

// open opens the files that the options name.
func (w *watch) open(o *ownGiven, stdout io.Writer) error {
	builder := report.New()
	if o.report.given || o.trace.given {
		w.readers = append(w.readers, builder)
	}
	for _, f := range []struct {
		file  text
		begin func(*output)
	}{
		{o.events, w.writeEvents},
		{o.report, func(out *output) {
			out.finish = func() error { return builder.WriteHTML(out, w.verdict.Verdict()) }
		}},
		{o.trace, func(out *output) {
			out.finish = func() error { return builder.WriteTrace(out) }
		}},
		{o.reportJSON, func(out *output) {
			out.finish = func() error { return writeVerdict(out, w.verdict.Verdict()) }
		}},
	} {
		if !f.file.given {
			continue
		}
		out, err := w.create(f.file.value, stdout)
		if err != nil {
			return err
		}
		f.begin(out)
	}
	return nil
}

// writeEvents has all events written to out as they happen.
func (w *watch) writeEvents(out *output) {
	events := event.NewWriter(out)
	out.finish = events.Err
	w.readers = append(w.readers, events)
}

// Read hands r to all readers, until close. Its time is that of files, so that
// what they make of it is what "report" makes of a file.
func (w *watch) Read(r event.Record) {
	r.At = r.At.Round(time.Microsecond)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	switch r.Event.(type) {
	case event.Run:
		w.begun = true
	case event.End:
		w.ended = true
	}
	for _, reader := range w.readers {
		reader.Read(r)
	}
}

// complete emits what is missing of a run that could not even begin, or that
// did not come to its end in time.
func (w *watch) complete(sink event.Sink, c restore.Config, result restore.Result, err error) {
	w.mu.Lock()
	begun, ended := w.begun, w.ended
	w.mu.Unlock()
	if !begun {
		sink.Emit(event.Run{Schema: event.SchemaVersion, Program: c.Program, Archive: c.Input, Jobs: max(1, c.Jobs), Options: c.Options})
	}
	if ended {
		return
	}
	e := restore.End(result, err)
	if errors.Is(err, errTerminated) {
		e.Outcome = event.Cancelled
	}
	sink.Emit(e)
}

// close ends the display of progress, writes what is left and closes the files.
func (w *watch) close() {
	w.progress.Stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for _, out := range w.outputs {
		out.close()
	}
}

// create opens a file to write; "-" is standard output.
func (w *watch) create(name string, stdout io.Writer) (*output, error) {
	out := &output{name: name, log: w.log, to: nopCloser{stdout}}
	if name != "-" {
		file, err := os.Create(name)
		if err != nil {
			return nil, usageErrorf("could not open output file \"%s\": %s", name, reason(err))
		}
		out.to = file
	} else {
		signal.Ignore(syscall.SIGPIPE) // whoever reads may leave
	}
	w.outputs = append(w.outputs, out)
	return out, nil
}

// output is a file that tells of a restore. It is no reason for the restore to
// stop: the first error is a warning, and nothing is written after it.
type output struct {
	name   string
	to     io.WriteCloser
	finish func() error // writes what is left
	log    *terminal.Log
	failed error
}

// Write writes to the file, unless that has failed before.
func (o *output) Write(p []byte) (int, error) {
	if o.failed != nil {
		return 0, o.failed
	}
	n, err := o.to.Write(p)
	o.check(err)
	return n, err
}

func (o *output) close() {
	o.check(o.finish())
	o.check(o.to.Close())
}

// check warns of the first error.
func (o *output) check(err error) {
	if err == nil || o.failed != nil {
		return
	}
	o.failed = err
	o.log.Emit(event.Message{Level: event.Warning, Text: fmt.Sprintf("could not write to file \"%s\": %s", o.name, reason(err))})
	o.log.Emit(event.Message{Level: event.Detail, Text: "The file is not complete. The restore does not depend on it."})
}

// nopCloser is a writer that others close.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
