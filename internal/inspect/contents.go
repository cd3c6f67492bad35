package inspect

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pgrestore/archive"
	"pgrestore/toc"
)

// describe makes a report of what the table of contents says.
func describe(a *archive.Archive, o Options, inout IO, s *stored) *Report {
	t := a.TOC()
	r := &Report{
		Format:  "pgrestore-inspect",
		Version: reportVersion,
		Archive: describeArchive(a, o, inout),
		Deep:    o.Deep,
		Damage:  []Damage{},
		Needs:   findNeeds(t),
	}
	r.Archive.Bytes = s.total
	if !o.Deep {
		r.Damage = append(r.Damage, s.damage...)
	}
	r.Data.Why = s.why
	r.count(t, s)
	return r
}

func describeArchive(a *archive.Archive, o Options, inout IO) Archive {
	h := &a.TOC().Header
	d := Archive{
		Name:          Name(o.Input),
		Format:        strings.ToLower(h.Format.String()),
		Version:       h.Version.String(),
		Compression:   h.Compression.String(),
		Database:      Name(h.Database),
		ServerVersion: Name(h.ServerVersion),
		DumpVersion:   Name(h.DumpVersion),
		Seekable:      a.Seekable(),
		Entries:       len(a.TOC().Entries),
		Warnings:      distinct(a.Warnings()),
	}
	if at, ok := h.Created.In(inout.zone()); h.HasCreated && ok {
		d.Created = at.Format(toc.TimeLayout)
	}
	set, err := a.TOC().Settings()
	if err != nil {
		d.Warnings = append(d.Warnings, err.Error())
	}
	if set.HasEncoding {
		d.Encoding = set.Encoding.String()
	}
	d.ConformingStrings = set.ConformingStrings
	if h.Format == toc.FormatCustom {
		d.Offsets = "missing"
		if hasOffsets(a.TOC()) {
			d.Offsets = "recorded"
		}
	}
	return d
}

// distinct gives each text once: some warnings come for each table.
func distinct(texts []string) []string {
	list := []string{}
	yield := once(func(text string) { list = append(list, text) })
	for _, text := range texts {
		yield(text)
	}
	return list
}

// entryName names an entry for people: TABLE DATA public.orders.
func entryName(e *toc.Entry) string {
	name := e.Tag
	if e.Namespace != "" {
		name = e.Namespace + "." + name
	}
	return e.Desc + " " + name
}

// damageOf tells of an error in an archive; e may be nil.
func damageOf(e *toc.Entry, err error) Damage {
	d := Damage{Text: err.Error()}
	var place *archive.Error
	if errors.As(err, &place) {
		d.Detail = place.Detail
	}
	if e != nil {
		d.ID, d.Entry = int(e.ID), Name(entryName(e))
		// The entry is named already.
		d.Detail, _, _ = strings.Cut(d.Detail, fmt.Sprintf("in the data of entry %d ", e.ID))
		d.Detail = strings.TrimSuffix(d.Detail, ", ")
	}
	return d
}

// counter counts what schemas and kinds have.
type counter struct {
	report  *Report
	custom  bool           // a custom archive, where large objects are in entries
	schemas map[string]int // index into report.Schemas
	kinds   map[string]int
}

// count fills in tables, schemas, kinds and large objects.
func (r *Report) count(t *toc.TOC, s *stored) {
	c := counter{report: r, custom: t.Header.Format == toc.FormatCustom, schemas: map[string]int{}, kinds: map[string]int{}}
	r.Tables, r.Schemas, r.Kinds = make([]Table, 0, countTables(t)), []Schema{}, []KindCount{}
	r.Data.Stored, r.Data.Uncompressed = known(0), known(0)
	r.LargeObjects.Count, r.LargeObjects.Stored = s.objects, s.objectBytes
	if c.custom {
		r.LargeObjects.Stored = known(0) // entries' sizes are added
	}
	var listed int64
	for i := range t.Entries {
		e := &t.Entries[i]
		c.kinds[e.Desc]++
		c.schema(e)
		listed += objectsListed(e)
		if e.HasData {
			c.data(e, s.bytes[i], s.plain)
		}
	}
	switch {
	case listed > 0:
		r.LargeObjects.Count = known(listed)
	case r.LargeObjects.Entries == 0:
		r.LargeObjects = LargeObjects{Count: known(0), Stored: known(0), Uncompressed: known(0)}
	}
	for kind, n := range c.kinds {
		r.Kinds = append(r.Kinds, KindCount{Name(kind), n})
	}
	slices.SortFunc(r.Kinds, func(a, b KindCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind, b.Kind))
	})
}

// countTables is how many tables have data.
func countTables(t *toc.TOC) int {
	n := 0
	for i := range t.Entries {
		if e := &t.Entries[i]; e.HasData && e.Kind == toc.KindTableData {
			n++
		}
	}
	return n
}

// objectsListed is how many large objects an entry makes.
func objectsListed(e *toc.Entry) int64 {
	switch e.Kind {
	case toc.KindBlob:
		return 1
	case toc.KindBlobMetadata:
		return int64(strings.Count(e.Definition, "\n")) // one OID a line
	default:
		return 0
	}
}

// schema counts an entry for its schema.
func (c *counter) schema(e *toc.Entry) {
	name := e.Namespace
	if e.Kind == toc.KindSchema {
		name = e.Tag
	} else if name == "" {
		return
	}
	i, ok := c.schemas[name]
	if !ok {
		i = len(c.report.Schemas)
		c.schemas[name] = i
		c.report.Schemas = append(c.report.Schemas, Schema{Name: Name(name), Stored: known(0)})
	}
	s := &c.report.Schemas[i]
	switch e.Kind {
	case toc.KindSchema:
		s.Owner, s.Created = Name(e.Owner), makesSchema(e)
		return
	case toc.KindTable, toc.KindForeignTable:
		s.Tables++
	}
	s.Objects++
}

// makesSchema reports whether a SCHEMA entry makes one: of public, which every
// database has, today's dumps hold a note only.
func makesSchema(e *toc.Entry) bool {
	return e.Definition != "" && !strings.HasPrefix(e.Definition, "--")
}

// data counts an entry's data.
func (c *counter) data(e *toc.Entry, size Number, plain bool) {
	r := c.report
	r.Data.Entries++
	if e.Kind == toc.KindBlobs {
		r.LargeObjects.Entries++
		if c.custom {
			r.LargeObjects.Stored = r.LargeObjects.Stored.add(size)
		}
		return
	}
	r.Data.Stored = r.Data.Stored.add(size)
	if i, ok := c.schemas[e.Namespace]; ok {
		r.Schemas[i].Stored = r.Schemas[i].Stored.add(size)
	}
	if e.Kind != toc.KindTableData {
		return
	}
	table := Table{
		ID: int(e.ID), Schema: Name(e.Namespace), Name: Name(e.Tag), Owner: Name(e.Owner),
		Stored: size, Inserts: e.Copy == "",
	}
	if plain {
		table.Uncompressed = size
	}
	r.Tables = append(r.Tables, table)
}

// finish sums up and sorts, when all numbers are there.
func (r *Report) finish() {
	if r.LargeObjects.Entries > 0 {
		r.Data.Stored = r.Data.Stored.add(r.LargeObjects.Stored)
	}
	if !r.Deep {
		r.sumUncompressed()
	}
	// In a stream all stored sizes but the last may be known.
	total := r.Data.Stored.N
	if total == 0 {
		total = r.Data.Uncompressed.N
	}
	for i := range r.Tables {
		t := &r.Tables[i]
		if size := t.size(); total > 0 && size.Known {
			t.Share = min(float64(size.N)/float64(total), 1)
		}
	}
	slices.SortStableFunc(r.Tables, func(a, b Table) int {
		return cmp.Compare(b.size().N, a.size().N)
	})
}

// sumUncompressed adds up what is known without reading: everything, or
// nothing.
func (r *Report) sumUncompressed() {
	r.Data.Uncompressed = Number{}
	if r.LargeObjects.Entries > 0 {
		return
	}
	sum := known(0)
	for i := range r.Tables {
		sum = sum.add(r.Tables[i].Uncompressed)
	}
	r.Data.Uncompressed = sum
}
