package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// A lost connection is opened again, and the steps that it left unfinished are
// done again, where that cannot go wrong:
//
//   - The server must be the one it was. After a restart, commits that had not
//     reached the disk may be gone, and so are the rows of unlogged tables.
//   - The server process of the lost connection must have ended, so that it does
//     not finish what is done anew.
//   - Data is loaded again only where none of it can be there: the COPY had not
//     been ended, or the table, which this run made, is emptied first.
//   - Of other statements it is not known whether those without a reply were
//     carried out. If one fails now because what it makes exists, it was, in a
//     database that was empty at first. In another that is an error.

const (
	// reconnectLimit is how often connections may be lost in a restore.
	reconnectLimit = 20
	// reconnectAttempts is how often a connection is tried to be opened again,
	// with pauses that begin with reconnectPause and grow to twice the last:
	// half a minute in all.
	reconnectAttempts = 7
	reconnectPause    = 500 * time.Millisecond
	// endAttempts is how often, ten times a second, the process of a lost
	// connection is told to end.
	endAttempts = 100
)

// lostError says that a connection is gone, and in reply to what.
type lostError struct {
	entry int // -1 for none
	failure
}

// Error is the first line of what is known; the server's words, if it had any.
func (e *lostError) Error() string {
	text := e.text
	var server *pgconn.PgError
	if errors.As(e.err, &server) {
		text = server.Severity + ":  " + server.Message
	}
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// RestartedError says that the server was restarted during the restore.
type RestartedError struct{ Lost string }

func (e *RestartedError) Error() string {
	return "the server was restarted during the restore, and what was restored last may be lost: " + e.Lost
}

// Hint says what to do.
func (e *RestartedError) Hint() string { return "Restore once more, into an empty database." }

// backend is the server's end of a connection.
type backend struct {
	pid uint32
	// The rest is "" where it is not known.
	database string
	started  string // in microseconds
}

// revives reports whether connections that are lost are opened again.
func (e *engine) revives() bool {
	return e.Reconnect && e.commitsSteps()
}

// lost gives why the connection is gone, nil where it is not. Only when all
// requests are answered.
func (r *runner) lost() *lostError {
	r.mu.Lock()
	defer r.mu.Unlock()
	var lost *lostError
	if errors.As(r.fatal, &lost) {
		return lost
	}
	if r.fatal == nil && r.wire.lost != nil && !r.cancelled.Load() {
		text := r.errorText(r.wire.lost, "")
		return &lostError{entry: -1, failure: failure{text: text, err: r.wire.lost}}
	}
	return nil
}

// revive opens the connection again, as it was for steps that commit one by
// one. The error is an AwayError where it cannot be had.
func (r *runner) revive(ctx context.Context, lost *lostError) error {
	e := r.e
	if e.reconnects.Add(1) > reconnectLimit {
		return fmt.Errorf("connections were lost more than %d times: %w", reconnectLimit, lost)
	}
	e.report.warn("connection lost, connecting again: " + lost.Error())
	e.orphans.add(r.backend)
	r.disconnect(lost.Error())
	r.group, r.chain = &group{}, chain{length: ahead} // will be done again with their steps
	r.objects, r.objectBytes = objects{}, 0
	r.current.Store(nil)
	r.mu.Lock()
	r.fatal = nil
	r.mu.Unlock()
	return r.reopen(ctx, lost)
}

// reopen connects again. It gives up after reconnectAttempts.
func (r *runner) reopen(ctx context.Context, lost *lostError) error {
	e := r.e
	pause := reconnectPause
	for attempt := 1; ; attempt++ {
		err := r.connect(ctx, e.database, func(conn *pgconn.PgConn) error { return e.checkServer(ctx, conn, lost) })
		if err == nil {
			r.session.Forget()
			r.means = means{}
			err := r.ready(ctx)
			if again := r.lost(); again != nil {
				return r.revive(ctx, again)
			}
			return err
		}
		switch {
		case context.Cause(ctx) != nil:
			return context.Cause(ctx)
		case hasTold(err):
			return err
		case attempt == reconnectAttempts, !mayPass(err):
			return e.away(lost.Error(), err)
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
		pause *= 2
	}
}

// wait lets time pass.
func wait(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// hasTold reports whether there was a connection, on which it was found that
// nothing can go on.
func hasTold(err error) bool {
	var restarted *RestartedError
	var undying *undyingError
	return errors.As(err, &restarted) || errors.As(err, &undying)
}

// mayPass reports whether a connection that was refused may succeed later.
func mayPass(err error) bool {
	state := sqlState(err)
	switch {
	case state == "":
		return true // no server, or none that answers
	case strings.HasPrefix(state, "53"), state == "57P03": // insufficient resources, cannot_connect_now
		return true
	}
	return false
}

// checkServer makes sure that the server is the one that it was, and that the
// processes of lost connections have ended.
func (e *engine) checkServer(ctx context.Context, conn *pgconn.PgConn, lost *lostError) error {
	now, err := serverProcesses(ctx, conn)
	if err != nil {
		return err
	}
	for pid := range now {
		if e.processes[pid] {
			return e.orphans.end(ctx, conn)
		}
	}
	return &RestartedError{Lost: lost.Error()}
}

// serverProcesses gives the processes that the server keeps as long as it runs,
// such as the checkpointer; none before PostgreSQL 10, which does not show
// them. After a crash or a restart they are others. When each was started is
// for superusers to see; when the server was, for all: a container that is
// restarted often gives the same process IDs again.
func serverProcesses(ctx context.Context, conn *pgconn.PgConn) (map[string]bool, error) {
	results, err := ask(ctx, conn, "SELECT pid, "+microseconds("pg_catalog.pg_postmaster_start_time()")+", "+microseconds("backend_start")+
		" FROM pg_catalog.pg_stat_activity WHERE usesysid IS NULL AND datid IS NULL")
	if err != nil {
		return nil, err
	}
	processes := make(map[string]bool)
	for _, result := range results {
		for _, row := range result.Rows {
			processes[string(bytes.Join(row, []byte(" ")))] = true
		}
	}
	return processes, nil
}

// microseconds gives the expression for a time as a number, which depends on
// none of the session's settings.
func microseconds(time string) string {
	return "(EXTRACT(epoch FROM " + time + ") OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8"
}

// isEmpty reports whether nobody has made anything in the database yet.
func isEmpty(ctx context.Context, conn *pgconn.PgConn) (bool, error) {
	const firstNormal = " OPERATOR(pg_catalog.>=) 16384" // FirstNormalObjectId; dependencies tell of nearly everything
	query := "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE objid" + firstNormal + ")"
	for _, catalogue := range []string{"pg_namespace", "pg_cast", "pg_publication", "pg_foreign_data_wrapper", "pg_largeobject_metadata"} {
		query += " AND NOT EXISTS (SELECT FROM pg_catalog." + catalogue + " WHERE oid" + firstNormal + ")"
	}
	results, err := ask(ctx, conn, query)
	return err == nil && len(results) == 1 && len(results[0].Rows) == 1 && string(results[0].Rows[0][0]) == "t", err
}

// again decides on a step that a lost connection left unfinished, having come so
// far. It gives false where the step cannot be done again without a doubt.
func (e *engine) again(step plan.Step, reached standing) bool {
	t := &e.TOC.Entries[step.Entry]
	if reached.begun[step.Entry] {
		e.attempts[step.Entry]++
	}
	if e.attempts[step.Entry] >= maxAttempts {
		return false
	}
	switch {
	case t.Kind == toc.KindDatabase, t.Kind == toc.KindDatabaseProperties:
		return false
	case step.Parts&toc.Data == 0 || !t.HasData:
		e.doubted[step.Entry] = true
		return true
	case e.Sequential:
		return false // the data is gone
	case t.Kind == toc.KindBlobs:
		return e.TOC.Header.Version.AtLeast(12) // older ones make the objects, too
	case t.Kind != toc.KindTableData:
		return false
	case e.created[step.Entry] && !plan.LoadsViaRoot(t):
		e.emptied[step.Entry] = true
		return true
	}
	return t.Copy != "" && !reached.loaded[step.Entry]
}

// reportLost reports the loss of a connection that ends the restore, for a step
// that cannot be done again.
func (e *engine) reportLost(step plan.Step, reached standing, connection int, lost *lostError) {
	e.reportFailures(step.Entry, []failure{lost.failure})
	if reached.begun[step.Entry] {
		e.Sink.Emit(event.StepFailed{StepID: e.stepID(step), Connection: connection, Errors: 1})
	}
	if t := &e.TOC.Entries[step.Entry]; step.Parts&toc.Data != 0 {
		e.Sink.Emit(event.Message{Level: event.Hint, Text: fmt.Sprintf("It is not known whether the data of \"%s\" arrived.", t.Tag)})
	}
}

// thereAlready are the errors that say that what a statement makes is there,
// and of which kinds of entries they say so; nil is all.
var thereAlready = map[string][]toc.Kind{
	"42710": nil,                                    // duplicate_object
	"42723": nil,                                    // duplicate_function
	"42P04": nil,                                    // duplicate_database
	"42P06": nil,                                    // duplicate_schema
	"42P07": nil,                                    // duplicate_table
	"42P16": {toc.KindConstraint},                   // a second primary key
	"42809": {toc.KindTableAttach},                  // a partition already
	"55000": {toc.KindConstraint, toc.KindSequence}, // a constraint's index already; an identity column already
	"23505": { // in a catalogue
		toc.KindBlob, toc.KindBlobMetadata, toc.KindTextSearchDictionary, toc.KindTextSearchConfiguration,
	},
}

// wasDone reports whether a statement of an entry that failed now had been
// carried out before its connection was lost: what it makes is there, and was
// not before the restore.
func (r *runner) wasDone(entry int, err error) bool {
	if !r.e.fresh {
		return false
	}
	kinds, told := thereAlready[sqlState(err)]
	if !told || kinds != nil && !slices.Contains(kinds, r.e.TOC.Entries[entry].Kind) {
		return false
	}
	t := &r.e.TOC.Entries[entry]
	r.e.report.warn(fmt.Sprintf("%s \"%s\" is there: it was made before the connection was lost", t.Desc, t.Tag))
	return true
}

// tellAgain tells that a step that has begun will be done again because its
// connection was lost.
func (e *engine) tellAgain(step plan.Step, reached standing, connection, attempt int, lost *lostError) {
	if !reached.begun[step.Entry] {
		return
	}
	e.Sink.Emit(event.StepRetried{
		StepID: e.stepID(step), Connection: connection, Attempt: attempt, SQLState: sqlState(lost.err), Reason: lost.Error(),
	})
}
