// Package selection says which parts of which entries a restore wants: the
// definition, the data, the statistics. It knows the table of contents and the
// options that select from it, and nothing of servers, archives or output.
//
//	s := selection.New(t, options)
//	wanted := s.Select(order, listed) // beside t.Entries
package selection

import (
	"slices"
	"strings"

	"pgrestore/toc"
)

// Selector decides for the entries of one archive.
type Selector struct {
	toc    *toc.TOC
	o      Options
	names  map[nameClass]*nameList
	wanted []toc.Parts
	// selective is true where only named tables, indexes ... are wanted.
	selective bool
}

type nameClass uint8

const (
	schemas nameClass = iota
	tables
	indexes
	functions
	triggers
)

// New makes a Selector.
func New(t *toc.TOC, o Options) *Selector {
	return &Selector{
		toc: t,
		o:   o,
		names: map[nameClass]*nameList{
			schemas:   newNameList(o.Schemas),
			tables:    newNameList(o.Tables),
			indexes:   newNameList(o.Indexes),
			functions: newNameList(o.Functions),
			triggers:  newNameList(o.Triggers),
		},
		selective: len(o.Tables)+len(o.Indexes)+len(o.Functions)+len(o.Triggers) > 0,
	}
}

// Select gives what is wanted of each entry, beside the entries. order is the
// order of the restore (nil: that of the archive) and listed says which entries
// a list file names (nil: there is none). Order matters: an entry without a
// section belongs to that of the entry before it, and comments and the like
// follow an object that comes before them (ProcessArchiveRestoreOptions,
// _tocEntryRequired).
func (s *Selector) Select(order []int, listed []bool) []toc.Parts {
	entries := s.toc.Entries
	s.wanted = make([]toc.Parts, len(entries))
	section := toc.SectionPreData
	for n := range entries {
		i := n
		if order != nil {
			i = order[n]
		}
		e := &entries[i]
		if e.Section != toc.SectionNone {
			section = e.Section
		}
		s.wanted[i] = s.parts(e, section, listed == nil || listed[i])
	}
	return s.wanted
}

func (s *Selector) parts(e *toc.Entry, section toc.Section, listed bool) toc.Parts {
	o := &s.o
	parts := toc.Definition | toc.Data
	switch e.Kind {
	case toc.KindEncoding, toc.KindStdStrings, toc.KindSearchPath:
		return toc.Special
	case toc.KindStatisticsData:
		if o.NoStatistics {
			return 0
		}
		parts = toc.StatisticsPart
	case toc.KindDatabase, toc.KindDatabaseProperties:
		// Restored with -C and only then, whatever else is asked for.
		if o.Create {
			return toc.Definition
		}
		return 0
	}
	if s.excludedByClass(e) || !s.inSections(section) || !listed || !s.selectedByName(e) {
		return 0
	}
	if !e.HasData {
		if isDataOnly(e) {
			parts &= toc.Data
		} else {
			parts &^= toc.Data
		}
	}
	if e.Definition == "" || e.IsLoadViaRootNote() {
		parts &^= toc.Definition
	}
	if e.Kind == toc.KindInit && e.Tag == "Max OID" {
		return 0
	}
	if o.NoData {
		parts &= toc.Definition | toc.StatisticsPart
	}
	if o.NoSchema {
		parts &= toc.Data | toc.StatisticsPart
	}
	return parts
}

// excludedByClass applies --no-privileges, --no-comments and their like.
func (s *Selector) excludedByClass(e *toc.Entry) bool {
	o := &s.o
	switch e.Kind {
	case toc.KindACL, toc.KindACLLanguage, toc.KindDefaultACL:
		return o.NoPrivileges
	case toc.KindComment:
		return o.NoComments || s.dependsOnExcluded(e, true)
	case toc.KindPolicy, toc.KindRowSecurity:
		return o.NoPolicies
	case toc.KindPublication, toc.KindPublicationTable, toc.KindPublicationTablesInSchema:
		return o.NoPublications
	case toc.KindSecurityLabel:
		return o.NoSecurityLabels || s.dependsOnExcluded(e, false)
	case toc.KindSubscription, toc.KindSubscriptionTable:
		return o.NoSubscriptions
	}
	return false
}

// dependsOnExcluded reports whether a comment or security label is on an
// object that an option leaves out. Policies have no security labels.
func (s *Selector) dependsOnExcluded(e *toc.Entry, policies bool) bool {
	o := &s.o
	return o.NoPolicies && policies && strings.HasPrefix(e.Tag, "POLICY") ||
		o.NoPublications && strings.HasPrefix(e.Tag, "PUBLICATION") ||
		o.NoSubscriptions && strings.HasPrefix(e.Tag, "SUBSCRIPTION")
}

func (s *Selector) inSections(section toc.Section) bool {
	if s.o.Sections == 0 {
		return section == toc.SectionPreData || section == toc.SectionData || section == toc.SectionPostData
	}
	switch section {
	case toc.SectionPreData:
		return s.o.Sections&PreData != 0
	case toc.SectionData:
		return s.o.Sections&Data != 0
	case toc.SectionPostData:
		return s.o.Sections&PostData != 0
	default:
		return false
	}
}

// selectedByName applies -n, -N, -t, -I, -P and -T.
func (s *Selector) selectedByName(e *toc.Entry) bool {
	o := &s.o
	switch e.Kind {
	case toc.KindACL, toc.KindComment, toc.KindSecurityLabel:
		if strings.HasPrefix(e.Tag, "DATABASE ") {
			return o.Create
		}
		if len(o.Schemas) == 0 && len(o.ExcludeSchemas) == 0 && !s.selective {
			return true
		}
		return s.parentWanted(e)
	}
	if len(o.Schemas) > 0 && (e.IsNull(toc.FieldNamespace) || !s.names[schemas].has(e.Namespace)) {
		return false
	}
	if !e.IsNull(toc.FieldNamespace) && slices.Contains(o.ExcludeSchemas, e.Namespace) {
		return false
	}
	if !s.selective {
		return true
	}
	switch e.Kind {
	case toc.KindStatisticsData:
		return s.statisticsWanted(e)
	case toc.KindTable, toc.KindTableData, toc.KindView, toc.KindForeignTable,
		toc.KindMaterializedView, toc.KindMaterializedViewData,
		toc.KindSequence, toc.KindSequenceSet:
		return s.names[tables].has(e.Tag)
	case toc.KindIndex:
		return s.names[indexes].has(e.Tag)
	case toc.KindFunction, toc.KindAggregate, toc.KindProcedure:
		return s.names[functions].has(e.Tag)
	case toc.KindTrigger:
		return s.names[triggers].has(e.Tag)
	default:
		return false
	}
}

// parentWanted reports whether an object that e hangs on is wanted. Column
// privileges depend on the table's, which says nothing here.
func (s *Selector) parentWanted(e *toc.Entry) bool {
	for _, id := range e.Dependencies {
		i, ok := s.toc.Index(id)
		if ok && s.toc.Entries[i].Kind != toc.KindACL && s.wanted[i] != 0 {
			return true
		}
	}
	return false
}

// statisticsWanted looks at what the statistics are of: tables and the like
// answer to -t, indexes to -I.
func (s *Selector) statisticsWanted(e *toc.Entry) bool {
	found := false
	for _, id := range e.Dependencies {
		p := s.toc.Get(id)
		if p == nil {
			continue
		}
		switch p.Kind {
		case toc.KindTable, toc.KindView, toc.KindForeignTable, toc.KindMaterializedView:
			found = s.names[tables].has(p.Tag) || found
		case toc.KindIndex:
			found = s.names[indexes].has(p.Tag) || found
		}
	}
	return found
}

// isDataOnly tells entries that count as data although pg_dump had no data to
// write for them: sequence values and all about large objects.
func isDataOnly(e *toc.Entry) bool {
	switch e.Kind {
	case toc.KindSequenceSet, toc.KindBlob, toc.KindBlobMetadata:
		return true
	case toc.KindACL, toc.KindComment, toc.KindSecurityLabel:
		return strings.HasPrefix(e.Tag, "LARGE OBJECT")
	}
	return false
}
