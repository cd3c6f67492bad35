package plan

import (
	"slices"
	"strings"

	"pgrestore/toc"
)

// Estimates tells what the entries of an archive are about and how much work
// they are. It is safe for concurrent use.
type Estimates struct {
	toc     *toc.TOC
	wanted  []toc.Parts
	rels    *relations
	loads   []int64      // of each table, stored bytes of its data, restored or there already
	total   int64        // of all that is restored
	data    []int32      // of each table, the entry of that, -1 for none
	weights []int64      // of each entry
	slow    map[int]bool // entries that SortsSlowly tells of
}

// stepWeight is the work of a step but for the rows that it loads or goes
// through: how long statements of that kind take with PostgreSQL 18, at 33
// bytes to the microsecond, which is what COPY comes to.
func stepWeight(k toc.Kind) int64 {
	switch k {
	case toc.KindTable:
		return 14 << 10
	case toc.KindConstraint:
		return 11 << 10
	case toc.KindForeignKey:
		return 18 << 10
	case toc.KindIndex:
		return 7 << 10
	case toc.KindTableData:
		return 4 << 10
	case toc.KindComment, toc.KindSequenceSet, toc.KindACL:
		return 1 << 10
	case toc.KindBlobMetadata: // of up to 1000 large objects
		return 310 << 10
	case toc.KindBlobs:
		return 280 << 10
	default:
		return 8 << 10
	}
}

// rowsWeight is the work of going through the rows of a table that has been
// loaded, in hundredths of loading them, as the benchmarks' tables have it, on
// average of an Intel Xeon and two AMD EPYCs, between which it differs by half: 32 to
// 35 for a B-tree on a table of 7 columns; 14 to 21 on one of 10, 40 if it sorts text,
// and most for GIN indexes and those that sort by more where texts are equal. Of
// these a good part is done by parallel workers where one connection is alone. It gives
// what a B-tree sorts by, too.
func (k *tableColumns) rowsWeight(e *toc.Entry, tables []int32, alone bool) (weight int64, by keys) {
	switch {
	case e.Kind == toc.KindForeignKey:
		return 9, by
	case e.Kind == toc.KindConstraint:
	case e.Kind != toc.KindIndex:
		return 0, by
	case strings.Contains(e.Definition, " USING gin "):
		if alone {
			return 86, by
		}
		return 103, by
	case strings.Contains(e.Definition, " USING gist "), strings.Contains(e.Definition, " USING spgist "):
		return 60, by
	case strings.Contains(e.Definition, " USING brin "):
		return 5, by
	}
	weight = 23
	for _, table := range tables {
		// The more columns, the more of the work is in loading a row.
		if n := k.of[table].count; n > 0 {
			weight = min(max(1700/(n*n), 8), 50)
		}
	}
	by = k.keysOf(e, tables)
	switch {
	case by.text && by.more && alone:
		weight += 27
	case by.text && by.more:
		weight += 84
	case by.text && alone:
		weight += 11
	case by.text:
		weight += 23
	case by.more:
		weight += 4
	case strings.Contains(e.Definition, " PRIMARY KEY "):
		weight -= 3 // rows mostly come in its order
	}
	return weight, by
}

// NewEstimates makes the estimates for what is wanted; size gives the stored
// size of an entry's data. alone says that one connection restores all.
func NewEstimates(t *toc.TOC, wanted []toc.Parts, size func(toc.ID) int64, alone bool) *Estimates {
	s := &Estimates{toc: t, wanted: wanted, rels: newRelations(t), weights: make([]int64, len(t.Entries)), slow: make(map[int]bool)}
	s.loads = make([]int64, len(s.rels.names))
	s.data = slices.Repeat([]int32{-1}, len(s.rels.names))
	filled := s.filledBefore()
	for i := range t.Entries {
		e := &t.Entries[i]
		s.weights[i] = stepWeight(e.Kind)
		switch restored := wanted[i]&toc.Restorable != 0; {
		case !e.HasData:
		case restored && e.Kind == toc.KindTableData:
			table := s.rels.tables(i)[0]
			stored := size(e.ID)
			s.weights[i] += stored
			s.loads[table] += stored
			s.total += stored
			s.data[table] = int32(i)
		case restored:
			s.weights[i] += size(e.ID)
		case e.Kind == toc.KindTableData:
			if table := s.rels.tables(i)[0]; filled[table] {
				s.loads[table] += size(e.ID)
			}
		}
	}
	columns := newTableColumns(t, s.rels, s.loads)
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.HasData {
			continue
		}
		if hundredth := s.Load(i) / 100; hundredth > 0 {
			weight, by := columns.rowsWeight(e, s.rels.tables(i), alone)
			s.weights[i] += hundredth * weight
			if by.text && by.more {
				s.slow[i] = true
			}
		}
	}
	return s
}

// filledBefore gives the tables that the restore finds and does not make, as far as
// their indexes and constraints are wanted: so they have the archive's rows already, as
// where sections are restored one after the other.
func (s *Estimates) filledBefore() []bool {
	filled := make([]bool, len(s.rels.names))
	for i := range s.toc.Entries {
		if s.wanted[i]&toc.Definition != 0 && s.toc.Entries[i].Section == toc.SectionPostData {
			for _, table := range s.rels.tables(i) {
				filled[table] = true
			}
		}
	}
	for i := range s.toc.Entries {
		if s.wanted[i]&toc.Definition != 0 && s.toc.Entries[i].Kind == toc.KindTable {
			for _, table := range s.rels.tables(i) {
				filled[table] = false
			}
		}
	}
	return filled
}

// mainTable is the table that an entry is about, by number, -1 for none. The
// statement that makes an index names that first. What a sequence is set to is
// about the table that the sequence belongs to.
func (r *relations) mainTable(entry int) int32 {
	e := &r.toc.Entries[entry]
	if e.Kind == toc.KindSequenceSet {
		for _, id := range e.Dependencies {
			if i, ok := r.toc.Index(id); ok && r.toc.Entries[i].Kind == toc.KindSequence {
				return r.mainTable(i)
			}
		}
	}
	for _, table := range r.tables(entry) {
		if e.Kind != toc.KindIndex || !isJoined(r.names[table], e.Namespace, e.Tag) {
			return table
		}
	}
	return -1
}

// isJoined reports whether name is that of a table in a schema.
func isJoined(name, schema, table string) bool {
	n := len(schema)
	return len(name) == n+1+len(table) && name[:n] == schema && name[n] == '.' && name[n+1:] == table
}

// Load is the stored size of the data that is loaded into the tables that an
// entry is about, or that they have already, the largest of them.
func (s *Estimates) Load(entry int) (most int64) {
	for _, table := range s.rels.kept(entry) {
		most = max(most, s.loads[table])
	}
	return most
}

// TableData is the entry of the data that is loaded into the table that an entry is
// about, -1 for none.
func (s *Estimates) TableData(entry int) int {
	if table := s.rels.mainTable(entry); table >= 0 {
		return int(s.data[table])
	}
	return -1
}

// SortsSlowly reports whether comparing is most of the work of an entry: whether it
// is a B-tree on text and more, of a table with rows.
func (s *Estimates) SortsSlowly(entry int) bool { return s.slow[entry] }

// Total is the stored size of all data that is loaded into tables.
func (s *Estimates) Total() int64 { return s.total }

// Weight is the work of restoring an entry, in bytes of stored table data or
// what takes about as long.
func (s *Estimates) Weight(entry int) int64 { return s.weights[entry] }

// rows is the part of an entry's work that grows with the rows.
func (s *Estimates) rows(entry int) int64 {
	return s.weights[entry] - stepWeight(s.toc.Entries[entry].Kind)
}

// StepWeight is the work of a step: all of the entry's, but for its light half.
func (s *Estimates) StepWeight(step Step) int64 {
	if step.Half.Light() {
		return stepWeight(s.toc.Entries[step.Entry].Kind)
	}
	return s.weights[step.Entry]
}

// Table is the table that an entry is about, as "schema.name"; "" for none.
func (s *Estimates) Table(entry int) string {
	if table := s.rels.mainTable(entry); table >= 0 {
		return s.rels.names[table]
	}
	return ""
}
