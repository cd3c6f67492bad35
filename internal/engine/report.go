package engine

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/toc"
)

// stage is how far a restore is, for error messages.
type stage uint8

const (
	noStage stage = iota
	initializing
	processing
)

func (s stage) String() string {
	if s == initializing {
		return "while INITIALIZING:"
	}
	return "while PROCESSING TOC:"
}

// reporter counts errors and says where they happened. It is shared by all
// connections.
type reporter struct {
	sink    event.Sink
	toc     *toc.TOC
	verbose bool // somebody reads notes
	errors  atomic.Int64

	mu    sync.Mutex      // keeps the lines of one error together
	names map[string]bool // that may be roles, see noteRoles
}

// place is what a connection remembers between errors, to say each place once.
type place struct {
	stage stage
	entry int // -1 for none
}

// failure is what went wrong with a query: the error and how it is told.
type failure struct {
	query, text string
	err         error
}

func (r *reporter) note(text string) {
	if r.verbose {
		r.sink.Emit(event.Message{Level: event.Info, Text: text})
	}
}

func (r *reporter) warn(text string) { r.sink.Emit(event.Message{Level: event.Warning, Text: text}) }

// failed reports an error with its place and counts it (warn_or_exit_horribly).
func (r *reporter) failed(last *place, at place, f failure) {
	r.errors.Add(1)
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.stage != last.stage {
		r.note(at.stage.String())
	}
	if at.entry >= 0 && at.entry != last.entry {
		r.note("from TOC entry " + r.toc.Entries[at.entry].String())
	}
	*last = at
	r.noteRoles(at.entry, f)
	r.sink.Emit(event.Message{Level: event.Error, Text: f.text})
	r.sink.Emit(f.event(r.toc, at.entry))
}

// event is the failure as readers of events get it.
func (f failure) event(t *toc.TOC, entry int) event.Failure {
	out := event.Failure{Message: f.err.Error(), Statement: f.query, Text: f.text}
	if isLost(f.err) {
		out.Fatal, out.Cause = true, event.Connection
	}
	if len(out.Statement) > event.StatementLimit {
		out.Statement = out.Statement[:event.StatementLimit]
	}
	if entry >= 0 {
		e := &t.Entries[entry]
		out.ID, out.Kind, out.Schema, out.Name, out.Owner = int(e.ID), e.Desc, e.Namespace, e.Tag, e.Owner
		for _, id := range e.Dependencies {
			out.Needs = append(out.Needs, int(id))
		}
		// An index has each column's operator class, for one.
		slices.Sort(out.Needs)
		out.Needs = slices.Compact(out.Needs)
	}
	var server *pgconn.PgError
	if errors.As(f.err, &server) {
		out.SQLState, out.Severity, out.Message = server.Code, server.Severity, server.Message
		out.Detail, out.Hint, out.Context = server.Detail, server.Hint, server.Where
		out.OfSchema, out.OfTable, out.OfColumn = server.SchemaName, server.TableName, server.ColumnName
		out.OfType, out.Constraint = server.DataTypeName, server.ConstraintName
	}
	return out
}
