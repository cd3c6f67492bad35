package restore

import (
	"context"
	"errors"
	"math"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/internal/connect"
	"pgrestore/internal/engine"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// ErrStopped says that a run ended at an error that it has already told of.
var ErrStopped = errors.New("stopped at an error")

// manyEntries is the size of a table of contents from which on memory counts:
// garbage may then take half of what is kept, not as much again.
const manyEntries = 10_000

func (r *run) toServer(ctx context.Context, p *plan.Plan, wanted []toc.Parts) (Result, error) {
	if len(r.toc.Entries) >= manyEntries {
		defer debug.SetGCPercent(debug.SetGCPercent(50))
	}
	if err := r.checkParallel(); err != nil {
		return Result{}, err
	}
	if err := r.survey(ctx); err != nil {
		return Result{}, err
	}
	source, err := r.newSource(ctx, wanted)
	if err != nil {
		return Result{}, err
	}
	job := r.job(ctx, p, wanted)
	job.Source = source
	job.Sequential = job.Sequential || source.order != nil
	result, err := engine.Run(ctx, job)
	var stopped *engine.Stopped
	if errors.As(err, &stopped) {
		err = ErrStopped
	}
	return Result{Errors: result.Errors, Done: result.Done, Steps: result.Steps, Halves: result.Halves}, err
}

// surveyAlone is the size of an archive without data offsets, in bytes, up to
// which it is passed over once before a restore on one connection. With more
// connections it always is.
const surveyAlone = 1 << 30

// survey finds the sizes of tables' data: how these are best loaded, and the
// time left, depend on them.
func (r *run) survey(ctx context.Context) error {
	limit := int64(surveyAlone)
	if r.c.Jobs > 1 || r.c.AutoJobs {
		limit = math.MaxInt64
	}
	return r.archive.Survey(ctx, limit)
}

// job describes a restore into a server, but for the source of its data.
func (r *run) job(ctx context.Context, p *plan.Plan, wanted []toc.Parts) engine.Job {
	connector := connect.New(r.c.Connection, os.LookupEnv, connect.AskTerminal)
	return engine.Job{
		TOC:     r.toc,
		Plan:    p,
		Wanted:  wanted,
		Options: r.c.Script,
		Set:     r.set,
		Size:    r.archive.DataSize,
		Sample:  r.sampler(ctx),
		Connect: func(ctx context.Context, database string) (*pgconn.PgConn, error) {
			return connector.Connect(ctx, connect.Session{DBName: database})
		},
		Sink:                  r.sink,
		Jobs:                  r.c.Jobs,
		Auto:                  r.c.AutoJobs && r.toc.Header.Version.AtLeast(8),
		Cores:                 runtime.NumCPU(),
		ExitOnError:           r.c.ExitOnError,
		NoDataForFailedTables: r.c.NoDataForFailedTables,
		NoSchema:              r.c.Selection.NoSchema,
		Reordered:             r.order != nil,
		Settings:              r.c.Settings,
		KnownSettings:         !r.c.DropIn,
		Sequential:            !r.archive.Seekable(),
		CopyFreeze:            r.c.CopyFreeze,
		Reconnect:             !r.c.DropIn,
		SampleEvery:           r.sampleEvery(),
		// With -v, the server's notices stand behind the line that they are of.
		Ungrouped: r.c.Script.Verbose,
	}
}

// checkParallel refuses restores that cannot be, or, as pg_restore, that it
// refuses (RestoreArchive).
func (r *run) checkParallel() error {
	h := &r.toc.Header
	switch {
	case r.c.Jobs <= 1:
	case r.c.DropIn && h.Format == toc.FormatTar:
		return errors.New("parallel restore is not supported with this archive file format")
	case !h.Version.AtLeast(8):
		// Its dependencies are OIDs.
		return errors.New("parallel restore is not supported with archives made by pre-8.0 pg_dump")
	case r.c.DropIn && r.c.Input == "" && h.Format == toc.FormatCustom:
		return errors.New("parallel restore from standard input is not supported")
	case r.c.DropIn && !r.archive.Seekable():
		return errors.New("parallel restore from non-seekable file is not supported")
	}
	if !h.Version.AtLeast(3) {
		r.note("connecting to database for restore")
		return errors.New("direct database connections are not supported in pre-1.3 archives")
	}
	return nil
}
