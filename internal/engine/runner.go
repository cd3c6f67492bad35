package engine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/internal/connect"
	"pgrestore/internal/script"
)

// runner carries out units on one connection, in order. Units are sent ahead of
// the replies to those before; notes and errors come in the order of the units
// all the same. It belongs to one goroutine, but for what mu guards.
type runner struct {
	e       *engine
	number  int // of the connection
	session *script.Session
	wire    *wire
	// The step at the server, and the data that is read; for samples.
	current atomic.Pointer[activity]
	reading atomic.Pointer[consumer]
	sending *activity // the step that is sent
	stage   stage
	last    int // entry of the last unit, -1 for none

	block   []byte       // for the first of an entry's data
	chunk   []byte       // for large objects
	group   *group       // not yet sent
	chain   chain        // those that were
	undone  map[int]bool // entries with statements that were not done in a group
	objects objects

	objectBytes int64 // of large objects, sent

	backend backend
	means   means        // what the parameters are set to
	doubted map[int]bool // entries that may have been restored on a lost connection
	standing
	stopCancel func()      // ends the watch of ctx, or waits for what it does
	cancelled  atomic.Bool // by the watch of ctx

	// Of the goroutine that reads replies, until wait returns:
	lastError place
	failed    map[int]bool // entries of which a unit failed
	cut       map[int]bool // entries of which one failed because all was cancelled
	// held keeps failures back, by entry, where it is not nil.
	held   map[int][]failure
	tables []tableOutcome // then kept back, too
	errors map[int]int    // that counted, by entry
	there  map[int]bool   // entries that were made before a connection was lost
	rows   int64          // of the step, loaded by COPY
	bytes  int64          // of the step's data

	mu    sync.Mutex
	fatal error // ends the restore
}

// window is how many requests may be unanswered on a connection.
const window = 4096

// errStopped says that an error was reported already and ends the restore.
var errStopped = &Stopped{}

// Stopped is the error of a restore that ended at an error it has reported.
type Stopped struct{}

func (*Stopped) Error() string { return "stopped at an error" }

func (e *engine) newRunner(ctx context.Context, session *script.Session, number int) (*runner, error) {
	r := &runner{
		e: e, number: number, session: session, last: -1,
		lastError: place{entry: -1}, failed: make(map[int]bool), cut: make(map[int]bool), errors: make(map[int]int), undone: make(map[int]bool),
		doubted: make(map[int]bool), standing: newStanding(), there: make(map[int]bool), group: &group{}, chain: chain{length: ahead},
	}
	return r, r.connect(ctx, e.database, nil)
}

// connect opens the connection. check, if there is one, may refuse it.
func (r *runner) connect(ctx context.Context, database string, check func(*pgconn.PgConn) error) error {
	conn, err := r.e.Connect(ctx, database)
	if err != nil {
		return err
	}
	// The session starts with no search path; what needs one sets it.
	const secure = "SELECT pg_catalog.set_config('search_path', '', false);"
	r.e.report.note("executing " + secure)
	r.backend, err = r.e.begin(ctx, conn, secure)
	switch {
	case err != nil:
	case check != nil:
		err = check(conn)
	case r.number == 0 && r.e.revives():
		r.e.fresh, err = isEmpty(ctx, conn)
	}
	if err != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
		return err
	}
	r.wire = newWire(conn, window, func(n *pgconn.Notice, encoding string) {
		r.e.report.note(connect.NoticeMessage(n, "", encoding))
	})
	r.watch(ctx, conn)
	r.e.runners.add(watched{r, conn.PID(), r.wire})
	r.e.Sink.Emit(event.Connected{
		Connection: r.number, PID: conn.PID(), Database: r.backend.database, Server: conn.ParameterStatus("server_version"),
	})
	return nil
}

// watch sees to the connection when ctx ends.
func (r *runner) watch(ctx context.Context, conn *pgconn.PgConn) {
	r.stopCancel = whenDone(ctx, func() { r.cancel(conn) })
}

// whenDone calls f when ctx ends. stop ends that, or waits for f.
func whenDone(ctx context.Context, f func()) (stop func()) {
	ended := make(chan struct{})
	end := context.AfterFunc(ctx, func() {
		defer close(ended)
		f()
	})
	return sync.OnceFunc(func() {
		if !end() {
			<-ended
		}
	})
}

// cancel ends the connection, so that no reply is waited for, and stops the
// running statement. In this order: a server process that can still reply goes
// on with what it has received before.
func (r *runner) cancel(conn *pgconn.PgConn) {
	r.cancelled.Store(true)
	abort(conn.Conn())
	cancelStatement(conn)
}

// cancelStatement asks the server to stop what it does for a connection.
func cancelStatement(conn *pgconn.PgConn) {
	ctx, stop := context.WithTimeout(context.Background(), cancelTimeout)
	defer stop()
	_ = conn.CancelRequest(ctx)
}

// abort closes a connection so that the other side's next reply fails, rather
// than the one after it.
func abort(conn net.Conn) {
	below := conn
	for wrapped, ok := below.(wrappedConn); ok; wrapped, ok = below.(wrappedConn) {
		below = wrapped.NetConn()
	}
	if tcp, ok := below.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// wrappedConn is a connection over another, such as TLS.
type wrappedConn interface{ NetConn() net.Conn }

func (r *runner) close() { r.disconnect("") }

// disconnect closes the connection; reason is why, where it is not that all is
// done.
func (r *runner) disconnect(reason string) {
	if r.wire == nil {
		return
	}
	r.stopCancel()
	ctx, stop := context.WithTimeout(context.Background(), cancelTimeout)
	defer stop()
	r.wire.close(ctx)
	r.wire = nil
	r.e.runners.remove(r)
	r.e.Sink.Emit(event.Disconnected{Connection: r.number, Reason: reason})
}

// queryError is a failed query of the program's own.
type queryError struct {
	query, text string
	reply       error
}

func (e *queryError) Error() string  { return e.text }
func (e *queryError) Detail() string { return "Query was: " + e.query }

// do sends units. It returns early where a unit ends the restore.
func (r *runner) do(ctx context.Context, units []script.Unit) error {
	for i := range units {
		if err := r.stopped(ctx); err != nil {
			return err
		}
		if r.groups(units[i]) {
			r.last = units[i].Entry
			if r.group.full() {
				if err := r.sendGroup(ctx); err != nil {
					return err
				}
			}
			if r.needless(units[i]) {
				r.group.leaveOut(units[i])
				continue
			}
			r.group.add(units[i], r.e.TOC.Entries[units[i].Entry].Kind, r.e.user)
			continue
		}
		if err := r.endGroup(ctx); err != nil {
			return err
		}
		if err := r.unit(ctx, units[i]); err != nil {
			return err
		}
	}
	return nil
}

// wait waits for all replies.
func (r *runner) wait(ctx context.Context) error {
	if err := r.endGroup(ctx); err != nil {
		return err
	}
	r.wire.drain()
	return r.stopped(ctx)
}

func (r *runner) stopped(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fatal
}

func (r *runner) setFatal(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fatal == nil {
		r.fatal = err
	}
}

func (r *runner) unit(ctx context.Context, u script.Unit) error {
	if u.Entry >= 0 {
		r.last = u.Entry
	}
	switch u.Op {
	case script.Note:
		r.note(u.Text)
	case script.Warn:
		r.later(func() { r.e.report.warn(u.Text) })
	case script.Comment:
	case script.Exec:
		if u.Alone && (r.e.tooNew(u.Text) || r.e.overridden(u.Text)) {
			return nil
		}
		return r.exec(ctx, u)
	case script.ExecOrDie:
		r.wire.query(&request{query: u.Text, answered: func(err error) { r.die(u.Entry, u.Failure, u.Text, err) }})
		return r.wait(ctx)
	case script.Copy:
		return r.copy(ctx, u)
	case script.Inserts:
		return r.inserts(ctx, u)
	case script.LargeObjects:
		return r.largeObjects(ctx, u)
	case script.Connect:
		return r.reconnect(ctx, u.Text)
	case script.TableDone:
		r.later(func() { r.tableDone(u.Entry) })
	case script.Die:
		if err := r.wait(ctx); err != nil {
			return err
		}
		return errors.New(u.Text)
	default:
		return fmt.Errorf("unit %d is not for a server", u.Op)
	}
	return nil
}

func (r *runner) tableDone(table int) {
	switch {
	case r.there[table]:
		// It may not be this run's.
	case r.held != nil:
		r.tables = append(r.tables, tableOutcome{table, len(r.held[table]) > 0})
	default:
		r.e.tableDone(table, r.failed[table])
		delete(r.failed, table) // a second try counts for itself
	}
}

// later calls f when everything before is answered, unless that ended the
// restore.
func (r *runner) later(f func()) {
	r.wire.add(&request{answered: func(error) {
		if !r.fatalKnown() {
			f()
		}
	}})
}

// mark calls f, which tells that a step begins or ends, in its place among the
// requests: now, if no group is open, else with the group.
func (r *runner) mark(ends bool, f func(ahead bool)) {
	if len(r.group.units) > 0 {
		r.group.marks = append(r.group.marks, mark{len(r.group.units), ends, f})
		return
	}
	ahead := len(r.wire.pending) > 0
	r.later(func() { f(ahead) })
}

// note reports text when everything before is answered.
func (r *runner) note(text string) {
	if !r.e.report.verbose {
		return
	}
	r.later(func() { r.e.report.note(text) })
}

// exec sends a query. Where an error must stop the restore at once, nothing may
// be sent before the reply is in; a single transaction undoes what follows.
func (r *runner) exec(ctx context.Context, u script.Unit) error {
	doubted := !u.Own && r.doubted[u.Entry]
	r.wire.query(&request{query: u.Text, answered: func(err error) {
		if err != nil && doubted && r.wasDone(u.Entry, err) {
			r.there[u.Entry] = true
			return
		}
		r.answered(u, err)
	}})
	return r.waitIfStrict(ctx)
}

func (r *runner) waitIfStrict(ctx context.Context) error {
	if r.e.ExitOnError && !r.e.Options.SingleTransaction {
		return r.wait(ctx)
	}
	return nil
}

// answered reports the failure of a unit, if there was one.
func (r *runner) answered(u script.Unit, err error) {
	if err == nil || u.Untold && !isLost(err) {
		return
	}
	text := u.Failure
	if text == "" {
		text = script.FailedQuery
	}
	text += ": " + r.errorText(err, u.Text)
	if !u.Own {
		text += "Command was: " + u.Text
	}
	r.fail(u.Entry, u.Text, text, err)
}

// fail reports and counts an error in reply to query; it ends the restore where
// it must. Called by the goroutine that reads replies.
func (r *runner) fail(entry int, query, text string, err error) {
	if r.cancelled.Load() {
		r.cut[entry] = true
		return
	}
	if r.fatalKnown() {
		return // what follows an end is not worth a line
	}
	if isLost(err) && r.e.revives() {
		r.setFatal(&lostError{entry, failure{query, text, err}})
		return
	}
	if r.held != nil {
		r.held[entry] = append(r.held[entry], failure{query, text, err})
		if isLost(err) || r.e.ExitOnError && !r.retries() {
			r.setFatal(errStopped)
		}
		return
	}
	r.failed[entry] = true
	r.errors[entry]++
	r.e.report.failed(&r.lastError, place{stage: r.stage, entry: entry}, failure{query, text, err})
	if r.e.ExitOnError || isLost(err) {
		r.setFatal(errStopped)
	}
}

// retries reports whether something that failed in this job is tried again at
// once: what failed after it may have failed for that.
func (r *runner) retries() bool {
	for _, failures := range r.held {
		if passing(failures) {
			return true
		}
	}
	return false
}

// die ends the restore if err is not nil: it is the reply to query, of which
// failure tells the purpose.
func (r *runner) die(entry int, failed, query string, err error) {
	switch {
	case err == nil:
	case isLost(err) && r.e.revives():
		r.setFatal(&lostError{entry, failure{query, failed + ": " + r.errorText(err, query), err}})
	default:
		r.setFatal(&replyError{text: failed + ": " + r.errorText(err, query), reply: err})
	}
}

func (r *runner) fatalKnown() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fatal != nil
}

// errorText is libpq's text for an error in reply to query.
func (r *runner) errorText(err error, query string) string {
	var server *pgconn.PgError
	if errors.As(err, &server) && !isFatal(server) {
		return connect.ServerMessage(server, query, r.wire.encoding)
	}
	return connect.QueryErrorMessage(r.wire.conn, err, query)
}

// reconnect goes on in another database, as do all later connections.
func (r *runner) reconnect(ctx context.Context, database string) error {
	if err := r.wait(ctx); err != nil {
		return err
	}
	old := r.wire
	r.stopCancel()
	r.e.database = database
	if err := r.connect(ctx, database, nil); err != nil {
		r.wire = old
		return err
	}
	old.close(context.WithoutCancel(ctx))
	return nil
}

// sqlState is the error's SQLSTATE, "" where it has none.
func sqlState(err error) string {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return server.Code
	}
	return ""
}
