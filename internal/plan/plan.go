// Package plan orders a restore: which entries come when, what each has to wait
// for, and what it must not run beside. It is a pure function of the archive's
// contents and of what is wanted; it knows no server and no clock.
//
//	p := plan.New(t, order, wanted)
//	for _, s := range p.Steps { ... }             // one after the other
//	e := plan.NewEstimates(t, wanted, size, sample, alone)
//	s := plan.NewParallel(e, p, o)                // or side by side, in stages
package plan

import (
	"strings"

	"pgrestore/toc"
)

// Pass is a round of a restore; each begins when the one before has ended
// (pg_backup_archiver.h, RestorePass).
type Pass uint8

// The passes: privileges come after all objects, so that owners may still
// work on their own, and what runs code of the user's comes after privileges.
const (
	Main Pass = iota
	Privileges
	AfterPrivileges
)

// PassOf gives the pass that an entry is restored in.
func PassOf(e *toc.Entry) Pass {
	switch e.Kind {
	case toc.KindACL, toc.KindACLLanguage, toc.KindDefaultACL:
		return Privileges
	case toc.KindEventTrigger, toc.KindMaterializedViewData:
		return AfterPrivileges
	case toc.KindComment, toc.KindSecurityLabel:
		if strings.HasPrefix(e.Tag, "EVENT TRIGGER ") {
			return AfterPrivileges
		}
	case toc.KindStatisticsData:
		// Statistics of materialized views need their data; the others in the
		// section go with them to keep the archive's order.
		if e.Section == toc.SectionPostData {
			return AfterPrivileges
		}
	}
	return Main
}

// Step is the restoring of one entry, or of one half of it.
type Step struct {
	Entry int // position in the table of contents
	Parts toc.Parts
	// Half is for constraints that are restored in two steps; HalfText is nil
	// for others.
	Half Half
	*HalfText
}

// HalfText is what to do for a half instead of the entry's definition, and what
// takes the first half back.
type HalfText struct{ Text, Undo string }

// Half is which half of its entry a step is, by what it makes.
type Half uint8

// The halves: a PRIMARY KEY or UNIQUE constraint's index is made first, a
// FOREIGN KEY is added first, without a look at the rows.
const (
	Whole Half = iota
	MakeIndex
	AddConstraint
	AddKey
	CheckKey
)

// String is the name of the half in events, "" for all of the entry.
func (h Half) String() string {
	return [...]string{"", "index", "constraint", "key", "check"}[h]
}

// First reports whether another half follows.
func (h Half) First() bool { return h == MakeIndex || h == AddKey }

// Second reports whether another half comes before.
func (h Half) Second() bool { return h == AddConstraint || h == CheckKey }

// Light reports whether the work of the entry is in its other half.
func (h Half) Light() bool { return h == AddConstraint || h == AddKey }

// Plan is a restore of one entry after the other.
type Plan struct {
	Order []int // all entries in the order to visit them
	Steps []Step
	// WithoutSchema is true where no definition at all is restored.
	WithoutSchema bool
}

// New makes the plan. order is nil for the archive's own; wanted stands beside
// the entries.
func New(t *toc.TOC, order []int, wanted []toc.Parts) *Plan {
	if order == nil {
		order = make([]int, len(t.Entries))
		for i := range order {
			order[i] = i
		}
	}
	p := &Plan{Order: order, WithoutSchema: true}
	// Where the next step of each pass goes; at first, one further on, how many
	// there are.
	var next [AfterPrivileges + 2]int
	for _, i := range order {
		if wanted[i]&toc.Definition != 0 {
			p.WithoutSchema = false
		}
		if wanted[i]&toc.Restorable != 0 {
			next[PassOf(&t.Entries[i])+1]++
		}
	}
	for pass := 1; pass < len(next); pass++ {
		next[pass] += next[pass-1]
	}
	p.Steps = make([]Step, next[len(next)-1])
	for _, i := range order {
		if wanted[i]&toc.Restorable != 0 {
			pass := PassOf(&t.Entries[i])
			p.Steps[next[pass]] = Step{Entry: i, Parts: wanted[i]}
			next[pass]++
		}
	}
	return p
}

// Drops gives the entries that -c may drop first, in that order.
func (p *Plan) Drops(t *toc.TOC, wanted []toc.Parts) (drops []Step) {
	for n := len(p.Order) - 1; n >= 0; n-- {
		i := p.Order[n]
		if wanted[i]&(toc.Definition|toc.Data) != 0 && !t.Entries[i].IsNull(toc.FieldDrop) {
			drops = append(drops, Step{Entry: i, Parts: wanted[i]})
		}
	}
	return drops
}

// TableData gives, beside the entries, the position of the TABLE DATA entry of
// each TABLE, -1 where there is none. It is found by the data's one dependency
// (buildTocEntryArrays).
func TableData(t *toc.TOC) []int32 {
	data := make([]int32, len(t.Entries))
	for i := range data {
		data[i] = -1
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Kind != toc.KindTableData || len(e.Dependencies) == 0 {
			continue
		}
		if table, ok := t.Index(e.Dependencies[0]); ok {
			data[table] = int32(i)
		}
	}
	return data
}
