package restore

import (
	"context"
	"errors"
	"os"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/internal/connect"
	"pgrestore/internal/engine"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// ErrStopped says that a run ended at an error that it has already told of.
var ErrStopped = errors.New("stopped at an error")

func (r *run) toServer(ctx context.Context, p *plan.Plan, wanted []toc.Parts) (Result, error) {
	connector := connect.New(r.c.Connection, os.LookupEnv, connect.AskTerminal)
	source, err := r.newSource(ctx, wanted)
	if err != nil {
		return Result{}, err
	}
	result, err := engine.Run(ctx, engine.Job{
		TOC:     r.toc,
		Plan:    p,
		Wanted:  wanted,
		Options: r.c.Script,
		Set:     r.set,
		Source:  source,
		Size:    r.archive.DataSize,
		Connect: func(ctx context.Context, database string) (*pgconn.PgConn, error) {
			return connector.Connect(ctx, connect.Session{DBName: database})
		},
		Sink:                  r.sink,
		Now:                   r.io.Now,
		Jobs:                  r.c.Jobs,
		ExitOnError:           r.c.ExitOnError,
		NoDataForFailedTables: r.c.NoDataForFailedTables,
		NoSchema:              r.c.Selection.NoSchema,
		Reordered:             r.order != nil,
		Settings:              r.c.Settings,
	})
	var stopped *engine.Stopped
	if errors.As(err, &stopped) {
		err = ErrStopped
	}
	return Result{Errors: result.Errors}, err
}
