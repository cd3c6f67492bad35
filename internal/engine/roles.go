package engine

import (
	"context"
	"slices"
	"strings"

	"pgrestore/event"
	"pgrestore/internal/script"
	"pgrestore/internal/sqlscan"
	"pgrestore/toc"
)

// maxNames bounds how many names are looked for among the server's roles.
const maxNames = 10_000

// noteRoles notes the names in privileges that failed because something does
// not exist. The server names one role that it lacks; the statements, which are
// one transaction, may name others.
func (r *reporter) noteRoles(entry int, f failure) {
	if entry < 0 || sqlState(f.err) != "42704" {
		return
	}
	if kind := r.toc.Entries[entry].Kind; kind != toc.KindACL && kind != toc.KindDefaultACL {
		return
	}
	if r.names == nil {
		r.names = make(map[string]bool)
	}
	for tokens := sqlscan.NewTokens(f.query); tokens.Next() && len(r.names) < maxNames; {
		if t := tokens.Token(); t.IsIdent() {
			r.names[t.Name()] = true
		}
	}
}

// tellRoles tells which of these names are roles, if the server can be asked.
// It is for those who judge the errors; the restore does not depend on it.
func (e *engine) tellRoles(ctx context.Context) {
	e.report.mu.Lock()
	var names []string
	for name := range e.report.names {
		names = append(names, script.QuoteLiteral(name, e.Set.Encoding, e.Set.ConformingStrings))
	}
	e.report.mu.Unlock()
	if len(names) == 0 || e.SampleEvery <= 0 {
		return
	}
	slices.Sort(names)
	conn, err := e.Connect(ctx, e.database)
	if err != nil {
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	settings := ""
	if e.Set.HasEncoding {
		settings = "SET client_encoding = " + script.QuoteLiteral(e.Set.Encoding.String(), toc.UTF8, true) + ";"
	}
	if !e.Set.ConformingStrings {
		settings += "SET standard_conforming_strings = off;"
	}
	results, err := ask(ctx, conn, settings+"SELECT rolname FROM pg_catalog.pg_roles WHERE rolname OPERATOR(pg_catalog.=) ANY (ARRAY["+
		strings.Join(names, ", ")+"]::pg_catalog.name[]) ORDER BY 1")
	if err != nil {
		return
	}
	var told event.Roles
	for _, row := range results[len(results)-1].Rows {
		told.Exist = append(told.Exist, string(row[0]))
	}
	e.Sink.Emit(told)
}
