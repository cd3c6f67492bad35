package script

import (
	"fmt"
	"strings"

	"pgrestore/toc"
)

// Target is where units go.
type Target uint8

// The targets.
const (
	ToScript Target = iota
	ToServer
)

// Session renders the units of one script or one connection. Its state is what
// that connection is set to, or would be: it follows the units in order and
// does not depend on their success, as in pg_restore. Not for concurrent use.
type Session struct {
	toc    *toc.TOC
	set    toc.Settings
	names  toc.Encoding // encoding of identifiers
	o      Options
	target Target

	user, schema        setting
	tablespace, tableAM follower
	actions             int // in the transaction, for --transaction-size
}

// setting is a value of the connection that may not be known.
type setting struct {
	value string
	known bool
}

func (s *setting) set(value string)    { s.value, s.known = value, true }
func (s setting) is(value string) bool { return s.known && s.value == value }

// NewSession makes the session of a new script or connection.
func NewSession(t *toc.TOC, set toc.Settings, o Options, target Target) *Session {
	return &Session{toc: t, set: set, names: set.NameEncoding(), o: o, target: target}
}

// Parallel makes the session of a further connection that restores single
// entries: it commits each statement, so that others see it.
func (s *Session) Parallel() *Session {
	o := s.o
	o.TransactionSize = 0
	further := NewSession(s.toc, s.set, o, s.target)
	further.tablespace.course, further.tableAM.course = s.tablespace.course, s.tableAM.course
	return further
}

// Forget makes all settings unknown, as on a new connection: what needs one sets
// it anew.
func (s *Session) Forget() {
	s.user, s.schema = setting{}, setting{}
	s.tablespace.forget()
	s.tableAM.forget()
}

func (s *Session) exec(out []Unit, entry int, text string) []Unit {
	return append(out, Unit{Op: Exec, Entry: entry, Text: text})
}

// alone is exec for statements that others must not go along with.
func (s *Session) alone(out []Unit, entry int, text string) []Unit {
	return append(out, Unit{Op: Exec, Entry: entry, Text: text, Alone: true})
}

func (s *Session) comment(out []Unit, text string) []Unit {
	if s.target == ToServer {
		return out
	}
	return append(out, Unit{Op: Comment, Entry: -1, Text: text})
}

func (s *Session) note(out []Unit, entry int, format string, args ...any) []Unit {
	return append(out, Unit{Op: Note, Entry: entry, Text: fmt.Sprintf(format, args...)})
}

func (s *Session) ident(name string) string { return QuoteIdent(name, s.names) }

func (s *Session) qualified(e *toc.Entry) string {
	if e.Namespace == "" {
		return s.ident(e.Tag)
	}
	return s.ident(e.Namespace) + "." + s.ident(e.Tag)
}

// begin and commit take the text that a script shows; servers get the bare
// command.
func (s *Session) begin(out []Unit, entry int, text string) []Unit {
	if s.target == ToServer {
		return append(out, Unit{Op: Exec, Entry: entry, Text: "BEGIN", Failure: FailedBegin})
	}
	return s.exec(out, entry, text)
}

func (s *Session) commit(out []Unit, entry int, text string) []Unit {
	if s.target == ToServer {
		return append(out, Unit{Op: Exec, Entry: entry, Text: "COMMIT", Failure: FailedCommit})
	}
	return s.exec(out, entry, text)
}

func (s *Session) commitAndBegin(out []Unit, entry int, text string) []Unit {
	if s.target == ToServer {
		return s.begin(s.commit(out, entry, ""), entry, "")
	}
	return s.exec(out, entry, text)
}

// Start renders what comes before the first entry. created is the archive's
// creation time as -v shows it.
func (s *Session) Start(out []Unit, created string) []Unit {
	out = s.comment(out, "--\n-- PostgreSQL database dump\n--\n\n")
	if s.target == ToScript {
		out = s.comment(out, "\\restrict "+s.o.RestrictKey+"\n\n")
	}
	h := &s.toc.Header
	if h.HasServerVersion {
		out = s.comment(out, "-- Dumped from database version "+h.ServerVersion+"\n")
	}
	if h.HasDumpVersion {
		out = s.comment(out, "-- Dumped by pg_dump version "+h.DumpVersion+"\n")
	}
	out = s.comment(out, "\n")
	if s.o.Verbose {
		out = s.comment(out, "-- Started on "+created+"\n\n")
	}
	if s.o.SingleTransaction {
		out = s.begin(out, -1, "BEGIN;\n\n")
	}
	return s.FixedState(out, -1)
}

// FixedState renders the settings that hold for the whole restore; a new
// connection needs them (_doSetFixedOutputState). entry is the one being
// restored, if any.
func (s *Session) FixedState(out []Unit, entry int) []Unit {
	onOff := func(on bool) string {
		if on {
			return "on"
		}
		return "off"
	}
	for _, text := range [...]string{
		"SET statement_timeout = 0;\n",
		"SET lock_timeout = 0;\n",
		"SET idle_in_transaction_session_timeout = 0;\n",
		"SET transaction_timeout = 0;\n",
		"SET client_encoding = '" + s.set.Encoding.String() + "';\n",
		"SET standard_conforming_strings = " + onOff(s.set.ConformingStrings) + ";\n",
	} {
		out = s.alone(out, entry, text)
	}
	if s.o.Role != "" {
		out = s.alone(out, entry, "SET ROLE "+s.ident(s.o.Role)+";\n")
	}
	if s.set.SearchPath != "" {
		out = s.alone(out, entry, s.set.SearchPath)
	}
	out = s.alone(out, entry, "SET check_function_bodies = false;\n")
	out = s.alone(out, entry, "SET xmloption = content;\n")
	out = s.alone(out, entry, "SET client_min_messages = warning;\n")
	if !s.set.ConformingStrings {
		out = s.alone(out, entry, "SET escape_string_warning = off;\n")
	}
	out = s.alone(out, entry, "SET row_security = "+onOff(s.o.EnableRowSecurity)+";\n")
	if s.o.TransactionSize > 0 {
		out = s.begin(out, entry, "\nBEGIN;\n")
		s.actions = 0
	}
	return s.comment(out, "\n")
}

// End renders what comes after the last entry. now is the time as -v shows it.
func (s *Session) End(out []Unit, entry int, now string) []Unit {
	if s.o.SingleTransaction || s.o.TransactionSize > 0 {
		out = s.commit(out, entry, "COMMIT;\n\n")
	}
	if s.o.Verbose {
		out = s.comment(out, "-- Completed on "+now+"\n\n")
	}
	out = s.comment(out, "--\n-- PostgreSQL database dump complete\n--\n\n")
	if s.target == ToScript {
		out = s.comment(out, "\\unrestrict "+s.o.RestrictKey+"\n\n")
	}
	return out
}

// CommitBeforeParallel ends the open transaction of --transaction-size before
// other connections take over.
func (s *Session) CommitBeforeParallel(out []Unit, entry int) []Unit {
	if s.o.TransactionSize > 0 {
		out = s.commit(out, entry, "COMMIT;\n\n")
	}
	return out
}

// reconnect goes on in another database (_reconnectToDB).
func (s *Session) reconnect(out []Unit, entry int, database string) []Unit {
	if s.target == ToServer {
		out = append(out, Unit{Op: Connect, Entry: entry, Text: database})
	} else {
		command, ok := connectCommand(database)
		if !ok {
			return append(out, Unit{Op: Die, Entry: entry,
				Text: fmt.Sprintf("database name contains a newline or carriage return: \"%s\"", database)})
		}
		out = s.comment(out, "\\unrestrict "+s.o.RestrictKey+"\n"+command+"\\restrict "+s.o.RestrictKey+"\n\n")
	}
	s.Forget()
	return s.FixedState(out, entry)
}

// becomeUser sets the session's user; "" is the one that connected.
func (s *Session) becomeUser(out []Unit, entry int, user string) []Unit {
	if s.user.is(user) {
		return out
	}
	s.user.set(user)
	text := "SET SESSION AUTHORIZATION DEFAULT;"
	if user != "" {
		text = "SET SESSION AUTHORIZATION " + QuoteLiteral(user, s.set.Encoding, s.set.ConformingStrings) + ";"
	}
	if s.target == ToScript {
		return s.exec(out, entry, text+"\n\n")
	}
	return append(out, Unit{Op: ExecOrDie, Entry: entry, Text: text,
		Failure: fmt.Sprintf("could not set session user to \"%s\"", user)})
}

func (s *Session) becomeOwner(out []Unit, entry int) []Unit {
	if s.o.NoOwner || !s.o.UseSetSessionAuthorization {
		return out
	}
	return s.becomeUser(out, entry, s.toc.Entries[entry].Owner)
}

// change renders a SET statement of pg_restore's own, which scripts end with
// end and servers get without it.
func (s *Session) change(out []Unit, entry int, text, end, failure string) []Unit {
	if s.target == ToScript {
		return s.exec(out, entry, text+end)
	}
	return append(out, Unit{Op: Exec, Entry: entry, Text: text, Failure: failure, Own: true})
}

// selectSchema sets the search path for archives older than 1.13, whose
// statements do not qualify names.
func (s *Session) selectSchema(out []Unit, entry int, schema string) []Unit {
	if s.set.SearchPath != "" || schema == "" || s.schema.is(schema) {
		return out
	}
	s.schema.set(schema)
	text := "SET search_path = " + s.ident(schema)
	if schema != "pg_catalog" {
		text += ", pg_catalog"
	}
	return s.change(out, entry, text, ";\n\n", fmt.Sprintf("could not set \"search_path\" to \"%s\"", schema))
}

func (s *Session) selectTablespace(out []Unit, entry int) []Unit {
	e := &s.toc.Entries[entry]
	if !s.hasTablespace(e) {
		return out
	}
	return s.move(out, entry, &s.tablespace, e.Tablespace, "default_tablespace", s.changeTablespace)
}

func (s *Session) hasTablespace(e *toc.Entry) bool {
	return !s.o.NoTablespaces && !e.IsNull(toc.FieldTablespace)
}

func (s *Session) changeTablespace(out []Unit, entry int, name string) []Unit {
	value := "''"
	if name != "" {
		value = s.ident(name)
	}
	return s.change(out, entry, "SET default_tablespace = "+value, ";\n\n",
		"could not set \"default_tablespace\" to "+s.ident(name))
}

// selectTableAM is not for partitioned tables: they have their access method
// set afterwards.
func (s *Session) selectTableAM(out []Unit, entry int) []Unit {
	e := &s.toc.Entries[entry]
	if !s.hasTableAM(e) {
		return out
	}
	return s.move(out, entry, &s.tableAM, e.TableAM, "default_table_access_method", s.changeTableAM)
}

func (s *Session) hasTableAM(e *toc.Entry) bool {
	return !s.o.NoTableAccessMethod && !e.IsNull(toc.FieldTableAM) && e.RelKind != partitioned
}

func (s *Session) changeTableAM(out []Unit, entry int, name string) []Unit {
	return s.change(out, entry, "SET default_table_access_method = "+s.ident(name)+";", "\n\n",
		"could not set \"default_table_access_method\"")
}

// move makes a setting what it is for an entry in a serial restore.
func (s *Session) move(out []Unit, entry int, f *follower, value, name string, change func([]Unit, int, string) []Unit) []Unit {
	reset, before, set, told := f.move(entry, value)
	from := len(out)
	if reset {
		out = s.change(out, entry, "RESET "+name, ";\n\n", "")
	}
	for _, v := range before {
		out = change(out, entry, v)
	}
	if set {
		out = change(out, entry, value)
	}
	for n := from; n < len(out); n++ {
		out[n].Untold = n < len(out)-1 || !told
	}
	return out
}

// countActions notes n actions and commits when --transaction-size is reached.
func (s *Session) countActions(out []Unit, entry, n int, text string) []Unit {
	if s.o.TransactionSize == 0 {
		return out
	}
	s.actions += n
	if s.actions < s.o.TransactionSize {
		return out
	}
	s.actions = 0
	return s.commitAndBegin(out, entry, text)
}

// isDatabase reports whether e is made outside of any transaction.
func isDatabase(e *toc.Entry) bool {
	return e.Kind == toc.KindDatabase || e.Kind == toc.KindDatabaseProperties
}

// semicolons approximates the number of statements in a definition, as
// --transaction-size does.
func semicolons(definition string) int { return strings.Count(definition, ";") }
