package plan

import "pgrestore/toc"

// Estimates tells what the entries of an archive are about and how much work
// they are. It is safe for concurrent use.
type Estimates struct {
	loads, weights []int64
	tables         []string
}

// stepWeight is the work of any step, however little it does.
const stepWeight = 8 << 10

// NewEstimates makes the estimates for what is wanted; size gives the stored
// size of an entry's data.
func NewEstimates(t *toc.TOC, wanted []toc.Parts, size func(toc.ID) int64) *Estimates {
	b := &graphBuilder{toc: t, wanted: wanted, size: size, rels: newRelations(t), graph: &Graph{}}
	for i := range t.Entries {
		b.graph.Nodes = append(b.graph.Nodes, Node{Step: b.step(i)})
	}
	b.measure()
	s := &Estimates{
		loads:   make([]int64, len(t.Entries)),
		weights: make([]int64, len(t.Entries)),
		tables:  make([]string, len(t.Entries)),
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		for _, table := range b.rels.tables(i) {
			s.loads[i] = max(s.loads[i], b.loads[table])
		}
		if tables := b.rels.tables(i); len(tables) > 0 {
			s.tables[i] = b.rels.names[tables[0]]
		}
		s.weights[i] = stepWeight
		if e.HasData {
			s.weights[i] += b.graph.Nodes[i].Weight
		} else {
			s.weights[i] += s.loads[i] * cost(e) / 10
		}
	}
	return s
}

// Load is the stored size of the data that is loaded into the tables that an
// entry is about, the largest of them.
func (s *Estimates) Load(entry int) int64 { return s.loads[entry] }

// Weight is the work of restoring an entry, in bytes of stored table data or
// what takes about as long.
func (s *Estimates) Weight(entry int) int64 { return s.weights[entry] }

// Table is the table that an entry is about, as "schema.name"; "" for none.
func (s *Estimates) Table(entry int) string { return s.tables[entry] }
