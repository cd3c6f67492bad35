package plan

import (
	"slices"
	"sync"

	"pgrestore/toc"
)

// Reads tells whose rows the refresh of a materialized view reads, as far as the
// archive's dependencies tell. It is safe for concurrent use.
type Reads struct {
	toc      *toc.TOC
	children func() map[int][]int // of TABLEs: partitions, and those that inherit
}

// NewReads makes a Reads for an archive.
func NewReads(t *toc.TOC) *Reads {
	return &Reads{toc: t, children: sync.OnceValue(func() map[int][]int { return childTables(t) })}
}

// childTables finds the children of tables by what makes them such.
func childTables(t *toc.TOC) map[int][]int {
	children := make(map[int][]int)
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Kind != toc.KindTable && e.Kind != toc.KindTableAttach {
			continue
		}
		child, parents := i, []int(nil)
		for _, id := range e.Dependencies {
			n, ok := t.Index(id)
			switch {
			case !ok || t.Entries[n].Kind != toc.KindTable:
			case e.Kind == toc.KindTableAttach && t.Entries[n].Tag == e.Tag && t.Entries[n].Namespace == e.Namespace:
				child = n
			default:
				parents = append(parents, n)
			}
		}
		for _, parent := range parents {
			if child != parent && t.Entries[child].Kind == toc.KindTable {
				children[parent] = append(children[parent], child)
			}
		}
	}
	return children
}

// Of gives the TABLEs, by dump ID in ascending order, that the refresh of an entry
// reads itself or by way of views, functions and other materialized views.
func (r *Reads) Of(entry int) (tables []toc.ID) {
	seen := map[int]bool{entry: true}
	for next := []int{entry}; len(next) > 0; {
		e := &r.toc.Entries[next[0]]
		found := r.children()[next[0]]
		next = next[1:]
		if e.Kind == toc.KindTable {
			tables = append(tables, e.ID)
		} else {
			found = nil
			for _, id := range e.Dependencies {
				if n, ok := r.toc.Index(id); ok {
					found = append(found, n)
				}
			}
		}
		for _, n := range found {
			if !seen[n] {
				seen[n] = true
				next = append(next, n)
			}
		}
	}
	slices.Sort(tables)
	return tables
}
