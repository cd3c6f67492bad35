// Package script turns the steps of a restore into units: the exact texts that
// pg_restore prints into a script or sends to a server. One stream of units
// serves both, so that a script that is identical to pg_restore's also shows
// that the same statements reach the server.
//
// It reads no archive and knows no server. A [Session] renders units and keeps
// what pg_restore keeps between entries (user, search path, tablespace ...); a
// [Writer] puts them into a file:
//
//	s := script.NewSession(t, settings, options, script.ToScript)
//	w := script.NewWriter(file, archive, sink)
//	err := w.Write(ctx, s.Restore(nil, step))
package script

// Op is what a unit asks for.
type Op uint8

// The operations.
const (
	// Note is a line for -v, due when all units before it are done.
	Note Op = iota
	// Warn is a warning for people, due like a Note.
	Warn
	// Comment stands in scripts only.
	Comment
	// Exec is one query; a failure is counted and the restore goes on.
	Exec
	// ExecOrDie is a query whose failure ends the restore.
	ExecOrDie
	// Copy is a COPY ... FROM stdin, followed by the data of the entry.
	Copy
	// Inserts is the data of the entry as SQL statements.
	Inserts
	// LargeObjects is the content of all large objects of the entry.
	LargeObjects
	// Connect goes on in the database Text names.
	Connect
	// TableDone ends the making of a table; whether it failed decides on its data.
	TableDone
	// Die ends the restore with Text as the error.
	Die
)

// Unit is the smallest piece of a restore: a text to print, a query to send,
// the data of an entry.
type Unit struct {
	Op    Op
	Entry int // position of the entry it belongs to; -1 for none
	Text  string
	// Failure is what an error message begins with; "" means FailedQuery. The
	// text of the query follows it ("Command was:"), unless Own is true.
	Failure string
	Own     bool // a setting of the program's own
	Untold  bool // a failure is not told: a serial restore has none there
	// Alone is true for statements that change how what follows is read: it
	// must not go to the server in one message with them.
	Alone bool
	// Owner, where it is not "", is the role that the statement makes the owner
	// of what the entry's definition has made.
	Owner string
}

// Failures of the statements that pg_restore sends on its own behalf.
const (
	FailedQuery  = "could not execute query"
	FailedBegin  = "could not start database transaction"
	FailedCommit = "could not commit database transaction"
)
