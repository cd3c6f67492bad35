package archivetest

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"pgrestore/toc"
)

// Minor gives version 1.minor.
func Minor(minor uint8) toc.Version { return toc.Version{Major: 1, Minor: minor} }

// Sample describes a small database as pg_dump of the version's time would
// have dumped it: tables with data and without, awkward names, large objects
// in the version's layout.
func Sample(v toc.Version) *Archive {
	a := &Archive{
		Version:       v,
		Database:      "shop",
		ServerVersion: "18.1",
		DumpVersion:   "18.1 (test)",
		Created:       toc.CalendarTime{Second: 1, Minute: 2, Hour: 3, Day: 4, Month: 5, Year: 126},
	}
	if v.AtLeast(9) {
		a.add("ENCODING", "ENCODING", "SET client_encoding = 'UTF8';\n")
		a.add("STDSTRINGS", "STDSTRINGS", "SET standard_conforming_strings = 'on';\n")
	}
	if v.AtLeast(13) {
		a.add("SEARCHPATH", "SEARCHPATH", "SELECT pg_catalog.set_config('search_path', '', false);\n")
	}
	schema := a.add("SCHEMA", "odd\nname", "CREATE SCHEMA \"odd\nname\";\n")
	a.tables(schema.ID)
	a.largeObjects()
	index := a.add("INDEX", "orders_idx", "CREATE INDEX orders_idx ON public.orders (id);\n")
	index.Dependencies = []toc.ID{schema.ID + 1, 999}
	empty := a.add("COMMENT", "TABLE orders", "")
	empty.Null |= toc.FieldDrop | toc.FieldNamespace | toc.FieldOwner
	unknown := a.add("SOMETHING NEW", "x", "CREATE SOMETHING x;\n")
	unknown.Drop = "" // pg_restore refuses to set the owner of what it does not know
	unknown.Section = toc.SectionPostData
	return a
}

// add adds an entry with plausible values. The pointer is good until the next.
func (a *Archive) add(desc, tag, definition string) *Entry {
	kind := toc.ParseKind(desc)
	id := toc.ID(len(a.Entries) + 1)
	a.Entries = append(a.Entries, Entry{Entry: toc.Entry{
		ID:         id,
		Section:    toc.SectionBefore111(kind),
		Kind:       kind,
		TableOID:   1259,
		OID:        3000000000 + toc.OID(id),
		Null:       toc.FieldCopy | toc.FieldTablespace | toc.FieldTableAM,
		Desc:       desc,
		Tag:        tag,
		Definition: definition,
		Drop:       "DROP " + desc + " " + tag + ";\n",
		Namespace:  "public",
		Owner:      "alice",
	}})
	return &a.Entries[len(a.Entries)-1]
}

func (a *Archive) tables(schema toc.ID) {
	for _, t := range []struct {
		name string
		rows string
	}{
		{"orders", rows(500)},
		{"empty", ""},
		{"one", "1\\tone\n"},
	} {
		e := a.add("TABLE", t.name, "CREATE TABLE public."+t.name+" (id integer, note text);\n")
		e.Dependencies = []toc.ID{schema}
		e.Null &^= toc.FieldTableAM | toc.FieldTablespace
		e.TableAM, e.RelKind, e.WithOIDs = "heap", 'r', t.name == "one"
		table := e.ID
		d := a.add("TABLE DATA", t.name, "")
		d.Null |= toc.FieldDrop
		d.Null &^= toc.FieldCopy
		d.Drop = ""
		d.Copy = "COPY public." + t.name + " (id, note) FROM stdin;\n"
		d.Dependencies = []toc.ID{table}
		d.HasData, d.Data = true, []byte(t.rows+"\\.\n\n\n")
	}
}

// rows gives COPY data that compresses neither very well nor very badly.
func rows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d\trow %x of %d\n", i, uint32(i)*2654435761, n)
	}
	return b.String()
}

// largeObjects adds three large objects, one of them empty and one with an OID
// beyond 2^31: before 1.12, with a comment's data entry; to 1.15, with a BLOB
// entry each; then, with a BLOB METADATA entry for each BLOBS entry, of which
// there are two.
func (a *Archive) largeObjects() {
	objects := []Object{
		{16400, []byte("the first")},
		{16401, nil},
		{4200000000, bytes.Repeat([]byte("\x00large\xff"), 3000)},
	}
	switch v := a.version(); {
	case !v.AtLeast(3):
	case !v.AtLeast(12):
		a.blobs("BLOBS", objects)
		c := a.add("BLOB COMMENTS", "BLOB COMMENTS", "")
		c.Drop, c.Namespace = "", ""
		c.HasData, c.Data = true, []byte("COMMENT ON LARGE OBJECT 16400 IS 'x';\n")
	case !v.AtLeast(16):
		for _, o := range objects {
			a.add("BLOB", strconv.Itoa(int(o.OID)), fmt.Sprintf("SELECT pg_catalog.lo_create('%d');\n", o.OID))
		}
		a.blobs("BLOBS", objects)
	default:
		a.metadata("16400..16401", objects[:2])
		a.metadata("4200000000", objects[2:])
		a.blobs("16400..16401", objects[:2])
		a.blobs("4200000000", objects[2:])
	}
}

func (a *Archive) blobs(tag string, objects []Object) {
	e := a.add("BLOBS", tag, "")
	e.HasData, e.Objects, e.Section = true, objects, toc.SectionData
	e.Drop, e.Namespace = "", ""
}

func (a *Archive) metadata(tag string, objects []Object) {
	var list strings.Builder
	for _, o := range objects {
		fmt.Fprintf(&list, "%d\n", o.OID)
	}
	a.add("BLOB METADATA", tag, list.String()).Namespace = ""
}
