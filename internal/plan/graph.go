package plan

import (
	"slices"
	"strings"

	"pgrestore/toc"
)

// Parallel is a restore on several connections: stages that follow each other,
// most of them graphs whose nodes may run side by side.
type Parallel struct {
	// First runs step by step: what other connections need to see.
	First []Step
	// Objects is what must be there before any data, Main the data and what
	// needs it, Grants those privileges that do not depend on each other.
	Objects, Main, Grants *Graph
	// Last runs step by step: other privileges and what comes after them.
	// Their order carries meaning that no dependency records.
	Last []Step
}

// ParallelOptions say how much may run side by side.
type ParallelOptions struct {
	// ObjectsInOrder keeps the order of all that comes before the data.
	ObjectsInOrder bool
	// DataInOrder keeps the order of all data, one entry after the other.
	DataInOrder bool
	// WholeConstraints keeps constraints in one step.
	WholeConstraints bool
	// GrantsInOrder keeps the order of all privileges. A superuser's need it
	// only where they are given in another role's name.
	GrantsInOrder bool
}

// Graph is a stage of a restore whose parts may run side by side.
type Graph struct {
	// Nodes run in any order that Waits and Locks allow.
	Nodes []Node
	// Stuck are steps that wait for each other in a circle. They run after
	// the nodes, in order.
	Stuck []Step
	// Circular is the number of nodes that will never be ready for that.
	Circular int
	// Resources is the number of things that Locks may name: tables, and then
	// the tree of each. Tables are their names.
	Resources int
	Tables    []string
}

// Node is a step of a graph. Some nodes have no step: they only pass on that
// what they wait for is done.
type Node struct {
	Step  Step // Step.Parts is 0 for none
	Next  []int32
	Locks []Lock
	Waits int32 // how many nodes have this one in Next
	// Table is the table that the step is about, by its number in
	// Graph.Tables; -1 for none. Nodes without a step say nothing.
	Table int32
	// Weight estimates the work, in bytes of data; Path is the weight of the
	// heaviest chain of nodes that begins here.
	Weight, Path int64
}

// NewParallel makes the stages of a plan of what s has estimates for.
func NewParallel(s *Estimates, p *Plan, o ParallelOptions) *Parallel {
	b := &graphBuilder{
		toc: s.toc, plan: p, wanted: s.wanted, estimates: s, tableData: TableData(s.toc),
		rels: s.rels, members: s.rels.members(), node: make([]int32, len(s.toc.Entries)), hidden: newHidden(s.toc),
	}
	stages := b.split(o)
	return &Parallel{
		First:   stages.first,
		Objects: b.build(stages.objects, true),
		Main:    b.buildMain(stages.main, o),
		Grants:  b.build(stages.grants, false),
		Last:    stages.last,
	}
}

type graphBuilder struct {
	toc       *toc.TOC
	plan      *Plan
	wanted    []toc.Parts
	rels      *relations
	members   []int32 // of the tree that a table is the root of
	tableData []int32
	estimates *Estimates
	hidden    *hidden
	halve     bool // constraints may be restored in two halves

	dataInOrder bool

	// Of the graph being built:
	graph  *Graph
	edges  []pair
	node   []int32         // of each entry; -1 for none
	loaded map[int32]int32 // tree -> node that waits for all its data
	first  map[int]int32   // entry in two halves -> node of the first
	halves map[int32]statement
}

// stages holds entries by the stage they belong to.
type stages struct {
	first, last           []Step
	objects, main, grants []int32
}

// split sorts entries into stages. Entries that are not wanted take part in
// graphs, too: they may link others.
func (b *graphBuilder) split(o ParallelOptions) (s stages) {
	passedData := false
	for _, i := range b.plan.Order {
		e := &b.toc.Entries[i]
		if PassOf(e) != Main {
			continue
		}
		before := e.Section == toc.SectionPreData || e.Section == toc.SectionNone && !passedData
		if e.Section == toc.SectionData || e.Section == toc.SectionPostData {
			passedData = true
		}
		switch {
		case !before:
			s.main = append(s.main, int32(i))
		case !o.ObjectsInOrder && e.Kind != toc.KindDatabase && e.Kind != toc.KindDatabaseProperties:
			s.objects = append(s.objects, int32(i))
		case b.wanted[i]&toc.Restorable != 0:
			s.first = append(s.first, b.step(i))
		}
	}
	for _, step := range b.plan.Steps {
		e := &b.toc.Entries[step.Entry]
		switch {
		case PassOf(e) == Main:
		case !o.GrantsInOrder && e.Kind == toc.KindACL && !strings.Contains(e.Definition, "SESSION AUTHORIZATION"):
			s.grants = append(s.grants, int32(step.Entry))
		default:
			s.last = append(s.last, step)
		}
	}
	return s
}

func (b *graphBuilder) step(entry int) Step {
	return Step{Entry: entry, Parts: b.wanted[entry] & toc.Restorable}
}

// build makes the graph of some entries. chained keeps the kinds of which there
// are few in the archive's order, whatever their dependencies.
func (b *graphBuilder) build(entries []int32, chained bool) *Graph {
	b.graph = &Graph{Nodes: make([]Node, 0, len(entries))}
	b.edges = b.edges[:0]
	b.loaded = make(map[int32]int32)
	for i := range b.node {
		b.node[i] = -1
	}
	for _, i := range entries {
		b.node[i] = b.add(Node{Step: b.step(int(i))})
	}
	b.takeApart(entries)
	b.lock()
	b.wait()
	b.afterAllData()
	b.keepHiddenOrder()
	if b.dataInOrder {
		data := b.dataNodes()
		for n := 1; n < len(data); n++ {
			b.edge(data[n-1], data[n])
		}
	}
	if chained {
		b.chain(entries)
		b.chainTrees(entries)
	}
	b.chainUnique()
	b.chainKin(toc.KindForeignKey)
	b.chainKin(toc.KindTrigger)
	b.secureLast()
	b.link()
	b.weigh()
	return b.graph
}

// buildMain makes the graph of the data and what needs it.
func (b *graphBuilder) buildMain(entries []int32, o ParallelOptions) *Graph {
	b.halve = !o.WholeConstraints
	b.dataInOrder = o.DataInOrder
	return b.build(entries, false)
}

// chain puts an edge between each two entries that follow each other, leaving
// out the kinds that databases have many of.
func (b *graphBuilder) chain(entries []int32) {
	last := int32(-1)
	for _, i := range entries {
		switch b.toc.Entries[i].Kind {
		case toc.KindTable, toc.KindForeignTable, toc.KindTableAttach, toc.KindSequence, toc.KindSequenceOwnedBy,
			toc.KindDefault, toc.KindView, toc.KindMaterializedView, toc.KindFunction, toc.KindProcedure,
			toc.KindAggregate, toc.KindComment, toc.KindSecurityLabel, toc.KindBlob, toc.KindBlobMetadata:
			continue
		}
		if b.wanted[i]&toc.Restorable == 0 {
			continue
		}
		if last >= 0 {
			b.edge(b.node[last], b.node[i])
		}
		last = i
	}
}

func (b *graphBuilder) add(n Node) int32 {
	b.graph.Nodes = append(b.graph.Nodes, n)
	return int32(len(b.graph.Nodes) - 1)
}

func (b *graphBuilder) edge(from, to int32) {
	if from == to {
		return
	}
	b.edges = append(b.edges, pair{from, to})
}

// link notes the edges in the nodes.
func (b *graphBuilder) link() {
	next := group(len(b.graph.Nodes), b.edges)
	for n := range b.graph.Nodes {
		b.graph.Nodes[n].Next = next.of(int32(n))
	}
	for _, e := range b.edges {
		b.graph.Nodes[e.value].Waits++
	}
}

// chainTrees makes tables that belong together in the archive's order: the order
// in which pg_dump before 18 writes them again goes by their OIDs.
func (b *graphBuilder) chainTrees(entries []int32) {
	last := make(map[int32]int32)
	for _, i := range entries {
		switch b.toc.Entries[i].Kind {
		case toc.KindTable, toc.KindForeignTable, toc.KindTableAttach:
		default:
			continue
		}
		tables := b.rels.tables(int(i))
		if len(tables) == 0 || b.wanted[i]&toc.Restorable == 0 || b.members[b.rels.root(tables[0])] == 1 {
			continue
		}
		root := b.rels.root(tables[0])
		if before, ok := last[root]; ok {
			b.edge(before, b.node[i])
		}
		last[root] = b.node[i]
	}
}

// chainKin adds entries of a kind in the archive's order, on tables that belong
// together. A foreign key of a partition becomes part of the parent's if it is
// there before (tryAttachPartitionForeignKey); what is said of a trigger that a
// partition has from its parent's parent needs that one, and does not say so. They
// could not run side by side anyway.
func (b *graphBuilder) chainKin(kind toc.Kind) {
	last := make(map[int32]int32)
	for i := range b.toc.Entries {
		if b.toc.Entries[i].Kind != kind || b.node[i] < 0 {
			continue
		}
		for _, table := range b.rels.tables(i) {
			if !b.rels.hasKin(table) {
				continue
			}
			root := b.rels.root(table)
			if before, ok := last[root]; ok {
				b.edge(before, b.node[i])
			}
			last[root] = b.node[i]
		}
	}
}

// secureLast makes row security wait for the foreign keys before it: rows are
// hidden from those who check keys, and the server refuses that.
func (b *graphBuilder) secureLast() {
	security := make(map[int32]int32) // table -> node
	for n := range b.graph.Nodes {
		if i := b.graph.Nodes[n].Step.Entry; i >= 0 && b.toc.Entries[i].Kind == toc.KindRowSecurity {
			for _, table := range b.rels.tables(i) {
				security[table] = int32(n)
			}
		}
	}
	if len(security) == 0 {
		return
	}
	for n := range b.graph.Nodes {
		if i := b.graph.Nodes[n].Step.Entry; i >= 0 && b.toc.Entries[i].Kind == toc.KindForeignKey {
			for _, table := range b.rels.tables(i) {
				if rows, ok := security[table]; ok && int32(n) < rows {
					b.edge(int32(n), rows)
				}
			}
		}
	}
}

// halveSize is the stored size of a table's data from which on its constraints
// are worth two steps.
const halveSize = 1 << 20

// takeApart gives constraints of big tables a node for each half.
func (b *graphBuilder) takeApart(entries []int32) {
	b.first = make(map[int]int32)
	b.halves = make(map[int32]statement)
	if !b.halve {
		return
	}
	for _, entry := range entries {
		i := int(entry)
		h, ok := b.halvesOf(i)
		if !ok {
			continue
		}
		step := b.step(i)
		step.Half, step.HalfText = h.second.half, &HalfText{h.second.text, h.undo}
		b.graph.Nodes[b.node[i]].Step = step
		b.halves[b.node[i]] = h.second
		step.Half, step.HalfText = h.first.half, &HalfText{h.first.text, h.undo}
		b.first[i] = b.add(Node{Step: step})
		b.halves[b.first[i]] = h.first
	}
}

// halvesOf takes an entry apart that is a constraint of a big table. The parents
// of partitions are left alone: their constraints reach further.
func (b *graphBuilder) halvesOf(entry int) (h halves, ok bool) {
	e := &b.toc.Entries[entry]
	if e.Kind != toc.KindConstraint && e.Kind != toc.KindForeignKey || b.wanted[entry]&toc.Definition == 0 {
		return h, false
	}
	tables := b.rels.tables(entry)
	if len(tables) == 0 || b.estimates.loads[tables[0]].stored < halveSize || b.rels.parent[tables[0]] {
		return h, false
	}
	h, ok = takeApart(e)
	return h, ok && !(h.withoutKin && slices.ContainsFunc(tables, b.rels.hasKin))
}

// afterData makes node n wait for the data of a whole tree: a trigger or foreign
// key on a parent reaches the rows of its children.
func (b *graphBuilder) afterData(n, tree int32) {
	barrier, ok := b.loaded[tree]
	if !ok {
		barrier = b.add(Node{Step: Step{Entry: -1}})
		b.loaded[tree] = barrier
		for i := range b.toc.Entries {
			if b.toc.Entries[i].Kind != toc.KindTableData || b.node[i] < 0 {
				continue
			}
			if tables := b.rels.tables(i); b.rels.root(tables[0]) == tree {
				b.edge(b.node[i], barrier)
			}
		}
	}
	b.edge(barrier, n)
}

// wait adds the edges between nodes: what the archive records, with what
// pg_restore mends (fix_dependencies).
func (b *graphBuilder) wait() {
	var loading []pair
	for _, n := range b.dataNodes() {
		for _, table := range b.rels.tables(b.graph.Nodes[n].Step.Entry) {
			loading = append(loading, pair{table, n})
		}
	}
	dataOf := group(len(b.rels.names), loading) // by table, the nodes that load it
	for n := range b.graph.Nodes {
		i := b.graph.Nodes[n].Step.Entry
		if i < 0 {
			continue
		}
		e := &b.toc.Entries[i]
		if e.Section == toc.SectionPostData {
			// Archives without tables do not record all of this.
			for _, table := range b.rels.tables(i) {
				for _, data := range dataOf.of(table) {
					b.edge(data, int32(n))
				}
			}
		}
		for _, id := range e.Dependencies {
			on, ok := b.toc.Index(id)
			if !ok {
				continue
			}
			// What comes after the data means the table's data, not the table.
			if e.Section == toc.SectionPostData && b.tableData[on] >= 0 {
				on = int(b.tableData[on])
			}
			if b.node[on] >= 0 {
				b.edge(b.node[on], int32(n))
			}
		}
		if first, ok := b.first[i]; ok && first != int32(n) {
			b.edge(first, int32(n))
		}
		if e.Kind == toc.KindBlobComments && len(e.Dependencies) == 0 && !b.toc.Header.Version.AtLeast(11) {
			b.afterBlobs(int32(n))
		}
	}
}

// afterAllData makes what is not about a table's own rows alone wait for all data,
// as in a serial restore: a domain's constraint looks into every table that uses
// the domain, and nothing in the archive tells which.
func (b *graphBuilder) afterAllData() {
	barrier := int32(-1)
	for n := range b.graph.Nodes {
		i := b.graph.Nodes[n].Step.Entry
		if i < 0 || b.graph.Nodes[n].Step.Parts == 0 {
			continue
		}
		e := &b.toc.Entries[i]
		looks := (e.Kind == toc.KindIndex || e.Kind == toc.KindConstraint) && b.hidden.uses(i)
		if e.Section != toc.SectionPostData || aboutTable(e.Kind) && len(b.rels.tables(i)) > 0 && !looks {
			continue
		}
		if barrier < 0 {
			barrier = b.add(Node{Step: Step{Entry: -1}})
			for _, d := range b.dataNodes() {
				b.edge(d, barrier)
			}
		}
		b.edge(barrier, int32(n))
	}
}

// aboutTable tells the kinds that concern no rows but those of the tables that
// they name, or that wait for such.
func aboutTable(k toc.Kind) bool {
	switch k {
	case toc.KindIndex, toc.KindIndexAttach, toc.KindConstraint, toc.KindForeignKey, toc.KindTrigger, toc.KindComment,
		toc.KindStatistics:
		return true
	}
	return false
}

// dataNodes gives the nodes that load data.
func (b *graphBuilder) dataNodes() (nodes []int32) {
	for n := range b.graph.Nodes {
		if b.graph.Nodes[n].Step.Parts&toc.Data != 0 {
			nodes = append(nodes, int32(n))
		}
	}
	return nodes
}

func (b *graphBuilder) afterBlobs(n int32) {
	for i := range b.toc.Entries {
		if b.toc.Entries[i].Kind == toc.KindBlobs && b.node[i] >= 0 {
			b.edge(b.node[i], n)
			return
		}
	}
}

// weigh estimates the work of each node and of what waits for it, and finds the
// steps that wait in a circle.
func (b *graphBuilder) weigh() {
	nodes := b.graph.Nodes
	for n := range nodes {
		if i := nodes[n].Step.Entry; i >= 0 && nodes[n].Step.Parts != 0 && !nodes[n].Step.Half.Light() {
			nodes[n].Weight = b.estimates.rows(i)
		}
	}

	order := make([]int32, 0, len(nodes))
	waits := make([]int32, len(nodes))
	for n := range nodes {
		waits[n] = nodes[n].Waits
		if waits[n] == 0 {
			order = append(order, int32(n))
		}
	}
	for at := 0; at < len(order); at++ {
		for _, next := range nodes[order[at]].Next {
			if waits[next]--; waits[next] == 0 {
				order = append(order, next)
			}
		}
	}
	for at := len(order) - 1; at >= 0; at-- {
		n := &nodes[order[at]]
		var longest int64
		for _, next := range n.Next {
			longest = max(longest, nodes[next].Path)
		}
		n.Path = n.Weight + longest
	}
	b.graph.Circular = len(nodes) - len(order)
	if b.graph.Circular == 0 {
		return
	}
	stuck := make(map[int]bool)
	for n := range nodes {
		if waits[n] > 0 && nodes[n].Step.Parts != 0 {
			stuck[nodes[n].Step.Entry] = true
		}
	}
	for _, s := range b.plan.Steps {
		if stuck[s.Entry] {
			b.graph.Stuck = append(b.graph.Stuck, s)
		}
	}
}

// pair is a value that belongs to a number.
type pair struct{ key, value int32 }

// groups are values by the number that they belong to.
type groups struct{ at, values []int32 }

// group groups pairs by their keys, which are less than count. Values of the same
// key stay in order.
func group(count int, pairs []pair) groups {
	g := groups{at: make([]int32, count+2), values: make([]int32, len(pairs))}
	for _, p := range pairs {
		g.at[p.key+2]++
	}
	for key := 2; key < len(g.at); key++ {
		g.at[key] += g.at[key-1]
	}
	for _, p := range pairs { // at is one key behind until its values are there
		g.values[g.at[p.key+1]] = p.value
		g.at[p.key+1]++
	}
	return g
}

// of gives the values of a key.
func (g groups) of(key int32) []int32 {
	from, to := g.at[key], g.at[key+1]
	return g.values[from:to:to]
}
