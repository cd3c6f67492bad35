package plan

import (
	"strings"

	"pgrestore/toc"
)

// Lock is a table, or a family of tables, that a node needs.
type Lock struct {
	Resource int32
	Mode     Mode
}

// Mode is what a node needs a table for. Each conflicts with all that the modes
// before it conflict with.
type Mode uint8

// The modes, with those of the server that they stand for.
const (
	Read      Mode = iota // looking at rows (ROW SHARE)
	Share                 // CREATE INDEX (SHARE)
	Change                // foreign keys, their checks (SHARE ROW EXCLUSIVE, SHARE UPDATE EXCLUSIVE)
	Exclusive             // all else
)

// Conflicts reports whether two modes on one table keep each other out.
func (m Mode) Conflicts(other Mode) bool {
	switch min(m, other) {
	case Read:
		return max(m, other) == Exclusive
	case Share:
		return max(m, other) != Share
	default:
		return true
	}
}

// lock works out what each node needs for itself. The resources are the tables,
// then the trees of tables. A statement on a tree as a whole has it to itself;
// one on a single table shares the tree with others.
func (b *graphBuilder) lock() {
	for n := range b.graph.Nodes {
		b.graph.Nodes[n].Table = b.rels.mainTable(b.graph.Nodes[n].Step.Entry)
	}
	tables := int32(len(b.rels.tree))
	b.graph.Resources, b.graph.Tables = 2*int(tables), b.rels.names
	locks := make([]Lock, 0, b.mostLocks())
	var trees []wholeTree
	for n := range b.graph.Nodes {
		node := &b.graph.Nodes[n]
		if node.Step.Parts == 0 {
			continue
		}
		e := &b.toc.Entries[node.Step.Entry]
		if !locksTables(e) {
			continue
		}
		start := len(locks)
		trees = trees[:0]
		for nth, table := range b.rels.tables(node.Step.Entry) {
			root := b.rels.root(table)
			mode := b.mode(int32(n), nth)
			locks = append(locks, Lock{table, mode})
			if b.members[root] > 1 {
				trees = noteTree(trees, root, mode > Share && b.needsTree(e, table))
			}
		}
		for _, tree := range trees {
			if !tree.whole {
				locks = append(locks, Lock{tables + tree.root, Share})
				continue
			}
			locks = append(locks, Lock{tables + tree.root, Exclusive})
			if e.Section == toc.SectionPostData {
				b.afterData(int32(n), tree.root)
			}
		}
		b.graph.Nodes[n].Locks = locks[start:len(locks):len(locks)]
	}
}

// mostLocks is how many locks there may be: they share one array.
func (b *graphBuilder) mostLocks() (most int) {
	for n := range b.graph.Nodes {
		for _, table := range b.rels.tables(b.graph.Nodes[n].Step.Entry) {
			most++
			if b.members[b.rels.root(table)] > 1 {
				most++
			}
		}
	}
	return most
}

// wholeTree is a tree that a node needs, as a whole or not.
type wholeTree struct {
	root  int32
	whole bool
}

func noteTree(trees []wholeTree, root int32, whole bool) []wholeTree {
	for n := range trees {
		if trees[n].root == root {
			trees[n].whole = trees[n].whole || whole
			return trees
		}
	}
	return append(trees, wholeTree{root, whole})
}

// mode is what a node needs the nth of its tables for.
func (b *graphBuilder) mode(node int32, nth int) Mode {
	h, isHalf := b.halves[node]
	e := &b.toc.Entries[b.graph.Nodes[node].Step.Entry]
	switch {
	case isHalf && nth == 0:
		return h.table
	case isHalf:
		return h.referenced
	case e.Kind == toc.KindForeignKey:
		return Change
	case sharesTable(e):
		return Share
	default:
		return Exclusive
	}
}

// locksTables reports whether e's statements take locks on tables that others
// might want at the same time.
func locksTables(e *toc.Entry) bool {
	switch e.Kind {
	case toc.KindTable, toc.KindForeignTable, toc.KindTableAttach, toc.KindSequence, toc.KindSequenceOwnedBy,
		toc.KindDefault, toc.KindTableData:
		return true
	}
	return e.Section == toc.SectionPostData
}

// sharesTable reports whether others may work on e's table at the same time:
// plain CREATE INDEX lets them, if they do the same.
func sharesTable(e *toc.Entry) bool {
	return e.Kind == toc.KindIndex && !strings.Contains(e.Definition, "\nALTER ")
}

// needsTree reports whether e's statements on a table lock more than that one
// of its tree.
func (b *graphBuilder) needsTree(e *toc.Entry, table int32) bool {
	switch e.Kind {
	case toc.KindTable, toc.KindForeignTable:
		return b.rels.child[table]
	case toc.KindTableAttach:
		return true
	case toc.KindIndex, toc.KindComment, toc.KindSecurityLabel, toc.KindStatistics:
		return false
	case toc.KindTableData:
		return LoadsViaRoot(e)
	case toc.KindForeignKey, toc.KindIndexAttach:
		return true
	default:
		return b.rels.parent[table]
	}
}
