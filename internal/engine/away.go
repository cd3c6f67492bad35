package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// AwayError says that a lost connection could not be opened again, and that
// there is no other to go on with.
type AwayError struct {
	Lost        string // how it was lost
	Err         error  // why it could not be opened
	Done, Steps int    // of the plan
}

func (e *AwayError) Error() string {
	return "could not connect to the server again: " + strings.TrimSpace(e.Err.Error())
}

func (e *AwayError) Unwrap() error { return e.Err }

// Detail says what is in the database.
func (e *AwayError) Detail() string {
	return fmt.Sprintf("The connection was lost when %d of %d items had been restored, others in part: %s", e.Done, e.Steps, e.Lost)
}

func (e *engine) away(lost string, err error) *AwayError {
	return &AwayError{Lost: lost, Err: err, Done: int(e.done.Load()), Steps: len(e.Plan.Steps)}
}

// orphans are the server processes of lost connections. They have to end before
// anything that they were at is done again, and before others wait for their
// locks; whichever connection comes first sees to that.
type orphans struct {
	mu   sync.Mutex
	list []backend
}

func (o *orphans) add(b backend) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list = append(o.list, b)
}

// end ends all of them on a connection that is idle, and returns when none is
// left, whoever has ended it.
func (o *orphans) end(ctx context.Context, conn *pgconn.PgConn) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.list) > 0 {
		if err := o.list[0].end(ctx, conn); err != nil {
			return err
		}
		o.list = o.list[1:]
	}
	return nil
}

// end ends the process, which takes it a moment.
func (b backend) end(ctx context.Context, conn *pgconn.PgConn) error {
	query := fmt.Sprintf("SELECT pg_catalog.pg_sleep(0.1), pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"+
		" WHERE pid OPERATOR(pg_catalog.=) %d AND %s OPERATOR(pg_catalog.=) %s",
		b.pid, microseconds("backend_start"), script.QuoteLiteral(b.started, toc.UTF8, true))
	for range endAttempts {
		results, err := ask(ctx, conn, query)
		if err != nil {
			return err
		}
		if len(results) == 1 && len(results[0].Rows) == 0 {
			return nil
		}
	}
	return &undyingError{b.pid}
}

// undyingError says that a process does what it is told to stop.
type undyingError struct{ pid uint32 }

func (e *undyingError) Error() string {
	return fmt.Sprintf("server process %d of a lost connection does not end", e.pid)
}

// endOrphans is orphans.end on the runner's connection, which must be idle. If
// it is lost over that, the error says so.
func (r *runner) endOrphans(ctx context.Context) error {
	err := r.e.orphans.end(ctx, r.wire.conn)
	var query *queryError
	if errors.As(err, &query) && isLost(query.reply) {
		lost := &lostError{entry: -1, failure: failure{query: query.query, text: query.text, err: query.reply}}
		r.setFatal(lost)
		return lost
	}
	return err
}

// regain opens the first connection again if it was given up while others were
// there: what follows needs it.
func (p *pool) regain(ctx context.Context, e *engine, leader *runner) error {
	if !p.gone[0] {
		return nil
	}
	if err := leader.reopen(ctx, p.lost); err != nil {
		return err
	}
	p.gone[0] = false
	return nil
}
