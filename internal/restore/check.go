package restore

import (
	"errors"

	"pgrestore/toc"
)

// checkIDs refuses tables of contents whose IDs make no sense
// (buildTocEntryArrays).
func checkIDs(t *toc.TOC) error {
	highest := t.MaxID()
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.ID <= 0 {
			return errors.New("bad dumpId")
		}
		if e.Kind != toc.KindTableData || len(e.Dependencies) == 0 {
			continue
		}
		if table := e.Dependencies[0]; table <= 0 || table > highest {
			return errors.New("bad table dumpId for TABLE DATA item")
		}
	}
	return nil
}
