package restore

import (
	"context"
	"os"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/internal/connect"
	"pgrestore/internal/engine"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

func (r *run) toServer(ctx context.Context, p *plan.Plan, wanted []toc.Parts) (Result, error) {
	connector := connect.New(r.c.Connection, os.LookupEnv, connect.AskTerminal)
	result, err := engine.Run(ctx, engine.Job{
		TOC:     r.toc,
		Plan:    p,
		Wanted:  wanted,
		Options: r.c.Script,
		Set:     r.set,
		Source:  newSource(r.archive, r.c.DropIn, wanted),
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
	})
	return Result{Errors: result.Errors}, err
}

var _ script.Source = source{}
