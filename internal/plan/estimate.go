package plan

import (
	"cmp"
	"math"
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
	loads   []load       // of each table
	total   int64        // of all table data that is restored, the work of loading it
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

// load is the data of a table, restored or there already.
type load struct {
	stored int64 // bytes
	entry  int32 // that is restored, -1 for none
	rows   rows
}

// rows is the work that the rows of a table are.
type rows struct {
	loading int64 // all of them, in bytes of stored data
	each    int64 // one of them, in bytes of text
}

// Sample is what the beginning of a table's data shows of all of it: so many stored
// bytes are so many bytes of COPY text, whole rows. It is the zero value where nothing
// is known.
type Sample struct{ Stored, Text, Rows int64 }

const (
	// rowOverhead is the work of loading a row, whatever is in it, in bytes of text.
	rowOverhead = 30
	// storedPercent is how many stored bytes a hundred bytes of text are, in the
	// benchmark's table of narrow rows, to which rowOverhead was added.
	storedPercent = 34
	// minSampled is the stored size from which on the data of tables is looked into,
	// of maxSamples tables at most, those with most.
	minSampled = 2 << 20
	maxSamples = 100
)

const (
	// sortedRows is how many rows B-trees were measured with. With each doubling of
	// that, a row takes treeGrowth more, or slowGrowth where comparing is most of the
	// work: the benchmark's wide table with 1.5 and 6 million rows.
	sortedRows = 1.5e6
	treeGrowth = 0.05
	slowGrowth = 0.12
)

// rowsIn gives the work that so much stored data is. Where it cannot be looked into,
// it is taken to be compressed as well as that of the benchmarks, and wider by the
// square of the number of columns: so far do the widths of their tables differ.
func rowsIn(stored int64, sample Sample, columns int64) rows {
	switch {
	case sample.Rows > 0 && sample.Stored > 0:
		text := float64(sample.Text+rowOverhead*sample.Rows) / float64(sample.Stored)
		return rows{loading: int64(float64(stored) * text * storedPercent / 100), each: rowOverhead + sample.Text/sample.Rows}
	case columns > 0:
		return rows{stored, min(max(3*columns*columns, 100), 625)}
	default:
		return rows{stored, 217}
	}
}

// indexWeight is the work of an index or a constraint on rows that have been loaded, as the
// benchmarks' tables have it, on average of an Intel Xeon and two AMD EPYCs, between
// which it differs by half: for each row as much as loading 50 bytes of text for a
// B-tree, more if it sorts text, and most if it sorts by more where texts are equal;
// for a GIN index as much as loading the rows. Of these a good part is done by
// parallel workers where one connection is alone. The more rows, the more it takes to
// sort one.
func indexWeight(e *toc.Entry, r rows, by keys, alone bool) int64 {
	cost := int64(50)
	switch {
	case e.Kind == toc.KindForeignKey:
		cost = 25
	case e.Kind == toc.KindConstraint:
	case e.Kind != toc.KindIndex:
		return 0
	case strings.Contains(e.Definition, " USING gin "):
		if cost = r.each * 125 / 100; alone {
			cost = r.each * 86 / 100
		}
	case strings.Contains(e.Definition, " USING gist "), strings.Contains(e.Definition, " USING spgist "):
		cost = 168
	case strings.Contains(e.Definition, " USING brin "):
		cost = r.each * 5 / 100
	}
	switch {
	case by.text && by.more && alone:
		cost += 75
	case by.text && by.more:
		cost += 140
	case by.text && alone:
		cost += 31
	case by.text:
		cost += 64
	case by.more:
		cost += 11
	case strings.Contains(e.Definition, " PRIMARY KEY "):
		cost -= 11 // rows mostly come in its order
	}
	weight := float64(r.loading) / float64(r.each) * float64(cost)
	if e.Kind == toc.KindConstraint || strings.Contains(e.Definition, " USING btree ") {
		doublings := math.Log2(max(float64(r.count())/sortedRows, 1))
		if by.text && by.more {
			weight *= 1 + slowGrowth*doublings
		} else {
			weight *= 1 + treeGrowth*doublings
		}
	}
	return int64(weight)
}

// count is how many rows there are, about.
func (r rows) count() int64 { return r.loading * 100 / storedPercent / r.each }

// NewEstimates makes the estimates for what is wanted; size gives the stored
// size of an entry's data, and sample, unless it is nil, what it is like. alone says
// that one connection restores all.
func NewEstimates(t *toc.TOC, wanted []toc.Parts, size func(toc.ID) int64, sample func(toc.ID) Sample, alone bool) *Estimates {
	s := &Estimates{toc: t, wanted: wanted, rels: newRelations(t), weights: make([]int64, len(t.Entries)), slow: make(map[int]bool)}
	s.loads = slices.Repeat([]load{{entry: -1}}, len(s.rels.names))
	filled := s.filledBefore()
	for i := range t.Entries {
		e := &t.Entries[i]
		s.weights[i] = stepWeight(e.Kind)
		switch restored := wanted[i]&toc.Restorable != 0; {
		case !e.HasData:
		case restored && e.Kind == toc.KindTableData:
			table := s.rels.tables(i)[0]
			s.loads[table].stored += size(e.ID)
			s.loads[table].entry = int32(i)
		case restored:
			s.weights[i] += size(e.ID)
		case e.Kind == toc.KindTableData:
			if table := s.rels.tables(i)[0]; filled[table] {
				s.loads[table].stored += size(e.ID)
			}
		}
	}
	columns := newTableColumns(t, s.rels, s.loads)
	samples := s.samples(sample)
	for table := range s.loads {
		if l := &s.loads[table]; l.stored > 0 {
			l.rows = rowsIn(l.stored, samples[int32(table)], columns.of[int32(table)].count)
		}
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.HasData {
			if e.Kind == toc.KindTableData && wanted[i]&toc.Restorable != 0 {
				if l := &s.loads[s.rels.tables(i)[0]]; l.stored > 0 { // of partitions, some
					loading := int64(float64(size(e.ID)) / float64(l.stored) * float64(l.rows.loading))
					s.weights[i] += loading
					s.total += loading
				}
			}
			continue
		}
		if l := s.largest(i); l != nil {
			var by keys
			if l.stored >= manyRows && (e.Kind == toc.KindIndex || e.Kind == toc.KindConstraint) {
				by = columns.keysOf(e, s.rels.tables(i))
			}
			s.weights[i] += indexWeight(e, l.rows, by, alone)
			if by.text && by.more {
				s.slow[i] = true
			}
		}
	}
	return s
}

// samples looks into the tables with most data.
func (s *Estimates) samples(sample func(toc.ID) Sample) map[int32]Sample {
	if sample == nil {
		return nil
	}
	data := make(map[int32]int) // the entry of it, by table
	var tables []int32
	for i := range s.toc.Entries {
		if e := &s.toc.Entries[i]; e.HasData && e.Kind == toc.KindTableData && e.Copy != "" {
			if table := s.rels.tables(i)[0]; s.loads[table].stored >= minSampled {
				if _, twice := data[table]; !twice {
					tables = append(tables, table)
				}
				data[table] = i
			}
		}
	}
	slices.SortStableFunc(tables, func(a, b int32) int { return cmp.Compare(s.loads[b].stored, s.loads[a].stored) })
	samples := make(map[int32]Sample)
	for _, table := range tables[:min(len(tables), maxSamples)] {
		samples[table] = sample(s.toc.Entries[data[table]].ID)
	}
	return samples
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

// Load is the data that is loaded into the tables that an entry is about, or that
// they have already, the largest of them, in bytes stored as the benchmarks' data is.
func (s *Estimates) Load(entry int) int64 {
	if l := s.largest(entry); l != nil {
		return l.rows.loading
	}
	return 0
}

// Rows is how many rows that data has, about.
func (s *Estimates) Rows(entry int) int64 {
	if l := s.largest(entry); l != nil {
		return l.rows.count()
	}
	return 0
}

// largest is the data of that of an entry's tables that has most, nil where none
// has any.
func (s *Estimates) largest(entry int) (most *load) {
	for _, table := range s.rels.kept(entry) {
		if l := &s.loads[table]; l.stored > 0 && (most == nil || l.stored > most.stored) {
			most = l
		}
	}
	return most
}

// TableData is the entry of the data that is loaded into the table that an entry is
// about, -1 for none.
func (s *Estimates) TableData(entry int) int {
	if table := s.rels.mainTable(entry); table >= 0 {
		return int(s.loads[table].entry)
	}
	return -1
}

// SortsSlowly reports whether comparing is most of the work of an entry: whether it
// is a B-tree on text and more, of a table with rows.
func (s *Estimates) SortsSlowly(entry int) bool { return s.slow[entry] }

// Total is all data that is loaded into tables, measured as by Load.
func (s *Estimates) Total() int64 { return s.total }

// Weight is the work of restoring an entry, in bytes of table data, stored as the
// benchmarks' is, or what takes about as long.
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
