package restore_test

import (
	"fmt"
	"testing"

	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// small is an archive with a little of everything, as pg_dump of the version's
// time lays it out.
func small(minor uint8) *archivetest.Archive {
	a := &archivetest.Archive{
		Version: archivetest.Minor(minor), Database: "shop", ServerVersion: "9.6.1", DumpVersion: "10.2",
		Created: toc.CalendarTime{Second: 1, Minute: 2, Hour: 3, Day: 4, Month: 5, Year: 121},
	}
	v := a.Version
	add := func(desc, tag, namespace, definition, drop, owner string, dependencies ...toc.ID) *archivetest.Entry {
		kind := toc.ParseKind(desc)
		e := toc.Entry{
			ID: toc.ID(len(a.Entries) + 1), Kind: kind, Desc: desc, Tag: tag, Section: toc.SectionBefore111(kind),
			TableOID: 1259, OID: toc.OID(16384 + len(a.Entries)), Definition: definition, Drop: drop, Namespace: namespace, Owner: owner,
			Dependencies: dependencies, Null: toc.FieldCopy | toc.FieldTablespace | toc.FieldTableAM,
		}
		if namespace == "" {
			e.Null |= toc.FieldNamespace
		}
		a.Entries = append(a.Entries, archivetest.Entry{Entry: e})
		return &a.Entries[len(a.Entries)-1]
	}
	if v.AtLeast(9) {
		add("ENCODING", "ENCODING", "", "SET client_encoding = 'UTF8';\n", "", "")
		add("STDSTRINGS", "STDSTRINGS", "", "SET standard_conforming_strings = 'on';\n", "", "")
	}
	if v.AtLeast(13) {
		add("SEARCHPATH", "SEARCHPATH", "", "SELECT pg_catalog.set_config('search_path', '', false);\n", "", "")
	}
	add("DATABASE", "shop", "", "CREATE DATABASE shop WITH TEMPLATE = template0;\n", "DROP DATABASE shop;\n", "alice")
	schema := add("SCHEMA", "Odd\nschema", "", "CREATE SCHEMA \"Odd\nschema\";\n", "DROP SCHEMA \"Odd\nschema\";\n", "alice").ID
	for _, name := range []string{"a", "b"} {
		e := add("TABLE", name, "Odd\nschema", "CREATE TABLE \"Odd\nschema\"."+name+" (\n    n integer\n);\n",
			"DROP TABLE \"Odd\nschema\"."+name+";\n", "alice", schema)
		e.Null &^= toc.FieldTablespace | toc.FieldTableAM
		e.Tablespace, e.TableAM, e.RelKind = "", "heap", 'r'
		table := e.ID
		add("COMMENT", "TABLE "+name, "Odd\nschema", "COMMENT ON TABLE \"Odd\nschema\"."+name+" IS 'x';\n", "", "alice", table)
		d := add("TABLE DATA", name, "Odd\nschema", "", "", "alice", table)
		d.HasData, d.Data = true, []byte("1\n2\n\\.\n\n\n")
		if name == "a" {
			d.Null &^= toc.FieldCopy
			d.Copy = "COPY \"Odd\nschema\".a (n) FROM stdin;\n"
		} else {
			d.Data = []byte("INSERT INTO \"Odd\nschema\".b VALUES (1);\n\n\n")
		}
	}
	if v.AtLeast(3) {
		objects := []archivetest.Object{{OID: 16400, Data: []byte("one")}, {OID: 4200000000}}
		switch {
		case v.AtLeast(16):
			lo := add("BLOB METADATA", "16400..", "", "16400\n4200000000\n", "SELECT pg_catalog.lo_unlink(oid);\n", "bob").ID
			add("ACL", "LARGE OBJECTS 16400..", "", "GRANT ALL ON LARGE OBJECT 16400 TO \"x;y\";\n", "", "bob", lo)
			add("BLOBS", "16400..", "", "", "", "bob", lo)
		case v.AtLeast(12):
			for _, o := range objects {
				add("BLOB", fmt.Sprint(o.OID), "", fmt.Sprintf("SELECT pg_catalog.lo_create('%d');\n", o.OID),
					fmt.Sprintf("SELECT pg_catalog.lo_unlink('%d');\n", o.OID), "bob").OID = o.OID
			}
			add("BLOBS", "BLOBS", "", "", "", "")
		default:
			add("BLOBS", "BLOBS", "", "", "", "")
		}
		e := &a.Entries[len(a.Entries)-1]
		e.HasData, e.Objects, e.Section = true, objects, toc.SectionData
	}
	add("INDEX", "a_i", "Odd\nschema", "CREATE INDEX a_i ON \"Odd\nschema\".a USING btree (n);\n", "DROP INDEX \"Odd\nschema\".a_i;\n", "alice", schema+1)
	add("ACL", "TABLE a", "Odd\nschema", "GRANT SELECT ON TABLE \"Odd\nschema\".a TO PUBLIC;\n", "", "alice", schema+1)
	return a
}

// write writes an archive of the given format to the current folder: "c", "d"
// or "t".
func write(t *testing.T, a *archivetest.Archive, format, name string) {
	t.Helper()
	if err := writeArchive(a, format, name); err != nil {
		t.Fatal(err)
	}
}
