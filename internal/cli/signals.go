package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"pgrestore/event"
	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
)

// errTerminated is the cause of a run's end by a signal.
var errTerminated = errors.New("terminated by user")

// run carries the restore out. With a server, a signal that asks for the end
// cancels it, so that the server stops too; a second one kills the program.
// Without a server signals have their usual effect, as in pg_restore. snapshot,
// where there is one, tells how far the restore is when a signal asks for it.
func (p *Program) run(ctx context.Context, c restore.Config, sink event.Sink, log *terminal.Log, snapshot func()) (restore.Result, error) {
	if !c.ToServer {
		return p.Run(ctx, c, p.IO, sink)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	signals := make(chan os.Signal, 1) // as many as are waited for
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT)
	snapshots := make(chan os.Signal, 1) // one more while one is shown
	if snapshot != nil {
		notifySnapshot(snapshots)
		defer signal.Stop(snapshots)
	}

	type end struct {
		result restore.Result
		err    error
	}
	ended := make(chan end, 1) // so that a run that nobody waits for any more ends, too
	go func() {
		result, err := p.Run(ctx, c, p.IO, sink)
		ended <- end{result, err}
	}()
	for signaled := false; !signaled; {
		select {
		case e := <-ended:
			signal.Stop(signals)
			return e.result, e.err
		case <-snapshots:
			snapshot()
		case <-signals:
			signaled = true
		}
	}
	signal.Stop(signals)
	log.Close(p.name() + ": " + errTerminated.Error())
	cancel(errTerminated)
	// A read of the archive may block for ever, and cannot be canceled.
	grace := time.NewTimer(cmp.Or(p.Grace, 5*time.Second))
	defer grace.Stop()
	select {
	case e := <-ended:
		return e.result, errTerminated
	case <-grace.C:
		return restore.Result{}, errTerminated
	}
}

// tellInterrupted says how far a restore had come that a signal ended.
func (p *Program) tellInterrupted(done restore.Result, err error) {
	if errors.Is(err, errTerminated) && done.Steps > 0 && p.name() != dropInName {
		fmt.Fprintf(p.screen, "%s: detail: %d of %d entries had been restored; what was committed stays\n",
			p.name(), done.Done, done.Steps)
	}
}
