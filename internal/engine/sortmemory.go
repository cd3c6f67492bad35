package engine

import (
	"context"
	"strings"

	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// A B-tree that is built beside other work gets little memory. The server sorts
// as many rows at a time as fit into maintenance_work_mem and merges the runs;
// runs that fit the processor's cache are sorted faster, all the more where
// comparing is slow, as with text. So little memory also means no parallel
// workers (PostgreSQL gives each 32 MB), which would take the cores from the
// other connections. An index that is built alone keeps the server's setting.

const (
	sortMemory = "8MB"
	// sortMemoryLoad is the stored size of a table's data up to which that
	// much is enough: some hundred runs are more than one merge takes.
	sortMemoryLoad = 256 << 20
)

// memorySettings are those of which the user's choice rules out this program's.
var memorySettings = []string{"maintenance_work_mem", "max_parallel_maintenance_workers"}

// ownsMemory reports whether the memory of index builds is for this program to
// choose. set are the parameters that were given with the connection.
func (e *engine) ownsMemory(set map[string]bool) bool {
	for _, name := range memorySettings {
		if set[name] {
			return false
		}
		for _, s := range e.Settings {
			if strings.EqualFold(s.Name, name) {
				return false
			}
		}
	}
	return true
}

// smallSort reports whether a step builds a B-tree that little memory is
// enough for.
func (e *engine) smallSort(step plan.Step) bool {
	load := e.estimates().Load(step.Entry)
	if !e.sortsSmall || load <= cheapLoad || load > sortMemoryLoad {
		return false
	}
	t := &e.TOC.Entries[step.Entry]
	return step.Half == plan.MakeIndex || t.Kind == toc.KindIndex && strings.Contains(t.Definition, " USING btree ")
}

// crowded reports whether all connections have work to do; busy of them have
// some already.
func (e *engine) crowded(s *scheduler, busy int) bool {
	for _, n := range s.ready[0].list { // heavy ones are for everyone
		if busy >= e.Jobs {
			break
		}
		if s.graph.Nodes[n].Weight > smallNode {
			busy++
		}
	}
	return busy >= e.Jobs
}

// setMemory sets the connection's memory for index builds as a task wants it.
func (r *runner) setMemory(ctx context.Context, t task) error {
	if r.smallSort == t.smallSort {
		return nil
	}
	r.smallSort = t.smallSort
	text := "RESET maintenance_work_mem"
	if t.smallSort {
		text = "SET maintenance_work_mem = '" + sortMemory + "'"
	}
	return r.do(ctx, []script.Unit{{Op: script.Exec, Entry: t.step.Entry, Text: text, Own: true, Failure: "could not set \"maintenance_work_mem\""}})
}
