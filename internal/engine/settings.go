package engine

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/internal/connect"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// Setting is a server parameter for the connections of a restore.
type Setting struct{ Name, Value, Why string }

// DefaultSettings are what the program sets of its own accord.
func DefaultSettings() []Setting {
	return []Setting{{"synchronous_commit", "off", "commits need not wait for the disk: one at the end does, and makes sure of all"}}
}

// tellSettings emits what the connections are set to.
func (e *engine) tellSettings() {
	for _, s := range e.settings() {
		e.Sink.Emit(event.Setting{Name: s.Name, Value: s.Value, Why: s.Why})
	}
}

// settings gives the program's own settings and the user's, each name once.
func (e *engine) settings() (inForce []Setting) {
	all := append(DefaultSettings(), e.Settings...)
	for n, s := range all {
		overridden := slices.ContainsFunc(all[n+1:], func(later Setting) bool { return later.Name == s.Name })
		if !overridden {
			inForce = append(inForce, s)
		}
	}
	possible := e.possibleMeans()
	for _, p := range meansSettings {
		var values []string
		for _, m := range possible {
			if value := p.value(m); value != "" && !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		if len(values) > 0 {
			inForce = append(inForce, Setting{p.name, strings.Join(values, " or "), p.why})
		}
	}
	return inForce
}

// begin readies a new connection.
func (e *engine) begin(ctx context.Context, conn *pgconn.PgConn, secure string) (backend, error) {
	b := backend{pid: conn.PID()}
	asked := time.Now()
	if _, err := ask(ctx, conn, secure); err != nil {
		return b, err
	}
	if !e.looked {
		e.reply = time.Since(asked)
	}
	if err := e.look(ctx, conn); err != nil {
		return b, err
	}
	err := e.configure(ctx, conn, &b)
	return b, err
}

// configure sets the program's own settings and then the user's. It completes
// what is known of the backend, if that may be needed.
func (e *engine) configure(ctx context.Context, conn *pgconn.PgConn, b *backend) error {
	var query string
	for _, s := range append(DefaultSettings(), e.Settings...) {
		query += "SET " + script.QuoteIdent(s.Name, toc.UTF8) + " = " + script.QuoteLiteral(s.Value, toc.UTF8, true) + ";"
	}
	if e.revives() {
		query += "SELECT " + microseconds("backend_start") + " FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid()"
	}
	results, err := ask(ctx, conn, query)
	if err != nil {
		return err
	}
	if e.revives() {
		b.started = lastValue(results)
	}
	if e.SampleEvery > 0 {
		results, err = ask(ctx, conn, "SELECT pg_catalog.current_database()")
		b.database = lastValue(results)
	}
	return err
}

// lastValue is the first column of the last result's only row; "" if there is
// none.
func lastValue(results []*pgconn.Result) string {
	if n := len(results); n > 0 && len(results[n-1].Rows) == 1 {
		return string(results[n-1].Rows[0][0])
	}
	return ""
}

// archiveSettings are those that the archive's text is written for.
var archiveSettings = []string{"client_encoding", "standard_conforming_strings", "search_path"}

// overridden reports whether a statement at the start of a session sets what the
// user has set.
func (e *engine) overridden(text string) bool {
	name, _, found := strings.Cut(strings.TrimPrefix(text, "SET "), " = ")
	return found && !slices.Contains(archiveSettings, name) &&
		slices.ContainsFunc(e.Settings, func(s Setting) bool { return strings.EqualFold(s.Name, name) })
}

// tooNew reports whether a statement at the start of a session sets what the
// server does not know yet. That is one parameter, since PostgreSQL 17.
func (e *engine) tooNew(text string) bool {
	if !e.KnownSettings || !strings.HasPrefix(text, "SET transaction_timeout ") {
		return false
	}
	return !e.knows(17)
}

// serverMajor is the server's major version, 0 where it does not tell.
func serverMajor(conn *pgconn.PgConn) int { return majorOf(conn.ParameterStatus("server_version")) }

// majorOf is the major version of one such as 18.1 or 19beta2, 0 where it is none.
func majorOf(version string) int {
	end := strings.IndexFunc(version, func(c rune) bool { return c < '0' || c > '9' })
	if end < 0 {
		end = len(version)
	}
	major, err := strconv.Atoi(version[:end])
	if err != nil {
		return 0
	}
	return major
}

// writesToLog are queries that write to the log, which an ID for the transaction
// alone does not: a commit without that waits for nothing (RecordTransactionCommit,
// wrote_xlog). Servers before 10 may not have the first one's function, and some
// do not let everybody call it.
var writesToLog = [...]string{
	"SELECT pg_catalog.pg_logical_emit_message(true, 'pgrestore', '')",
	"SELECT pg_catalog.lo_unlink(pg_catalog.lo_create(0))",
}

// makeDurable makes sure that all that was committed is on disk: the log is
// written in order, so a commit that waits for it does for all before it, on
// whatever connection. A transaction that an error has left open is undone.
func (r *runner) makeDurable(ctx context.Context, failed bool) error {
	if r.wire.drain(); failed && r.wire.status != 'I' {
		r.require("ROLLBACK")
	}
	r.require("RESET synchronous_commit")
	writes := writesToLog[:]
	if r.e.serverMajor < 10 {
		writes = writes[1:]
	}
	var denied bool
	r.wire.query(&request{query: writes[0], answered: func(err error) {
		if denied = len(writes) > 1 && sqlState(err) == "42501"; !denied { // insufficient_privilege
			r.die(-1, "query failed", writes[0], err)
		}
	}})
	if err := r.wait(ctx); err != nil || !denied {
		return err
	}
	r.require(writes[1])
	return r.wait(ctx)
}

// require sends a query of the program's own that must succeed.
func (r *runner) require(query string) {
	r.wire.query(&request{query: query, answered: func(err error) { r.die(-1, "query failed", query, err) }})
}

// look asks the server, once, what this kind of restore needs to know.
func (e *engine) look(ctx context.Context, conn *pgconn.PgConn) (err error) {
	if e.looked {
		return nil
	}
	e.looked = true
	e.serverMajor = serverMajor(conn)
	if e.revives() {
		if e.processes, err = serverProcesses(ctx, conn); err != nil {
			return err
		}
	}
	if e.Jobs <= 1 && len(e.possibleMeans()) == 0 {
		return nil
	}
	// What the client asked for comes from PGOPTIONS.
	results, err := ask(ctx, conn, "SELECT name, setting, source = 'client', current_user FROM pg_catalog.pg_settings"+
		" WHERE name IN ('wal_level', '"+memorySetting+"', '"+workersSetting+"', '"+readsSetting+"')")
	if err != nil {
		return err
	}
	if e.Auto || e.estimates().Total() > workersLoad {
		e.serverCores = serverCores(ctx, conn)
	}
	if e.serverCores == 0 && conn.Conn().RemoteAddr().Network() == "unix" {
		e.serverCores = e.Cores
	}
	e.given = make(map[string]bool)
	for _, row := range results[0].Rows {
		e.given[string(row[0])] = string(row[2]) == "t"
	}
	if e.Jobs <= 1 {
		return nil // the rest is for several connections
	}
	e.superuser = conn.ParameterStatus("is_superuser") == "on"
	for _, row := range results[0].Rows {
		e.minimalWAL = e.minimalWAL || string(row[0]) == "wal_level" && string(row[1]) == "minimal"
		e.user = string(row[3])
	}
	e.user = cmp.Or(e.Options.Role, e.user)
	return nil
}

// ask runs a query of the program's own on an idle connection.
func ask(ctx context.Context, conn *pgconn.PgConn, query string) ([]*pgconn.Result, error) {
	results, err := conn.Exec(ctx, query).ReadAll()
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, &queryError{query: query, text: "query failed: " + connect.QueryErrorMessage(conn, err, query), reply: err}
	}
	return results, nil
}
