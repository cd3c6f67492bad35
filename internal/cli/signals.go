package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
)

// errTerminated is the cause of a run's end by a signal.
var errTerminated = errors.New("terminated by user")

// run carries the restore out. With a server, a signal that asks for the end
// cancels it, so that the server stops too; a second one kills the program.
// Without a server signals have their usual effect, as in pg_restore.
func (p *Program) run(ctx context.Context, c restore.Config, log *terminal.Log) (restore.Result, error) {
	if !c.ToServer {
		return p.Run(ctx, c, p.IO, log)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	signals := make(chan os.Signal, 1) // as many as are waited for
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT)
	done := make(chan struct{})
	var handler sync.WaitGroup
	handler.Go(func() {
		select {
		case <-signals:
			log.Close(p.name() + ": " + errTerminated.Error())
			cancel(errTerminated)
		case <-done:
		}
		signal.Stop(signals)
	})
	result, err := p.Run(ctx, c, p.IO, log)
	close(done)
	handler.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return result, cause
	}
	return result, err
}
