package selection_test

import (
	"strings"

	"pgrestore/toc"
)

// sample is a table of contents with an entry of each kind that selection
// treats in a way of its own. Tests know the entries by their keys.
var sample = []struct {
	key, desc, tag, namespace string // namespace "-" is NULL
	section                   toc.Section
	definition                string
	hasData                   bool
	dependsOn                 string // keys
}{
	{"encoding", "ENCODING", "ENCODING", "-", toc.SectionPreData, "SET client_encoding = 'UTF8';\n", false, ""},
	{"searchpath", "SEARCHPATH", "SEARCHPATH", "-", toc.SectionPreData, "SELECT pg_catalog.set_config('search_path', '', false);\n", false, ""},
	{"db", "DATABASE", "shop", "-", toc.SectionPreData, "CREATE DATABASE shop;\n", false, ""},
	{"db-props", "DATABASE PROPERTIES", "shop", "-", toc.SectionPreData, "ALTER DATABASE shop SET x TO 1;\n", false, "db"},
	{"db-comment", "COMMENT", "DATABASE shop", "-", toc.SectionNone, "COMMENT ON DATABASE shop IS 'x';\n", false, "db"},
	{"db-acl", "ACL", "DATABASE shop", "-", toc.SectionNone, "GRANT ALL ON DATABASE shop TO x;\n", false, "db"},
	{"init", "<Init>", "Max OID", "-", toc.SectionPreData, "x", false, ""},
	{"schema", "SCHEMA", "s1", "-", toc.SectionPreData, "CREATE SCHEMA s1;\n", false, ""},
	{"schema-acl", "ACL", "SCHEMA s1", "-", toc.SectionNone, "GRANT ALL ON SCHEMA s1 TO x;\n", false, "schema"},
	{"ext", "EXTENSION", "ext", "-", toc.SectionPreData, "CREATE EXTENSION ext;\n", false, ""},
	{"f", "FUNCTION", "f(integer)", "s1", toc.SectionPreData, "CREATE FUNCTION s1.f();\n", false, ""},
	{"p", "PROCEDURE", "p()", "s2", toc.SectionPreData, "CREATE PROCEDURE s2.p();\n", false, ""},
	{"agg", "AGGREGATE", "agg(integer)", "s1", toc.SectionPreData, "CREATE AGGREGATE s1.agg();\n", false, ""},
	{"t1", "TABLE", "t1", "s1", toc.SectionPreData, "CREATE TABLE s1.t1 ();\n", false, ""},
	{"t1-comment", "COMMENT", "TABLE t1", "s1", toc.SectionNone, "COMMENT ON TABLE s1.t1 IS 'x';\n", false, "t1"},
	{"t1-acl", "ACL", "TABLE t1", "s1", toc.SectionNone, "GRANT ALL ON TABLE s1.t1 TO x;\n", false, "t1"},
	{"t1-col-acl", "ACL", "COLUMN t1.a", "s1", toc.SectionNone, "GRANT SELECT(a) ON TABLE s1.t1 TO x;\n", false, "t1 t1-acl"},
	{"stray-acl", "ACL", "COLUMN t1.b", "s1", toc.SectionNone, "GRANT SELECT(b) ON TABLE s1.t1 TO x;\n", false, "t1-acl"},
	{"t1-label", "SECURITY LABEL", "TABLE t1", "s1", toc.SectionNone, "SECURITY LABEL ON TABLE s1.t1 IS 'x';\n", false, "t1"},
	{"builtin-acl", "ACL", "TABLE pg_class", "pg_catalog", toc.SectionNone, "GRANT ALL ON TABLE pg_catalog.pg_class TO x;\n", false, ""},
	{"t2", "TABLE", "t2", "s2", toc.SectionPreData, "CREATE TABLE s2.t2 ();\n", false, ""},
	{"t1-other", "TABLE", "t1", "s2", toc.SectionPreData, "CREATE TABLE s2.t1 ();\n", false, ""},
	{"ft", "FOREIGN TABLE", "ft", "s1", toc.SectionPreData, "CREATE FOREIGN TABLE s1.ft ();\n", false, ""},
	{"v", "VIEW", "v", "s1", toc.SectionPreData, "CREATE VIEW s1.v;\n", false, ""},
	{"mv", "MATERIALIZED VIEW", "mv", "s1", toc.SectionPreData, "CREATE MATERIALIZED VIEW s1.mv;\n", false, ""},
	{"q", "SEQUENCE", "q", "s1", toc.SectionPreData, "CREATE SEQUENCE s1.q;\n", false, ""},
	{"q-owned", "SEQUENCE OWNED BY", "q", "s1", toc.SectionPreData, "ALTER SEQUENCE s1.q OWNED BY s1.t1.a;\n", false, "q t1"},
	{"default", "DEFAULT", "t1 a", "s1", toc.SectionPreData, "ALTER TABLE s1.t1 ALTER COLUMN a SET DEFAULT 1;\n", false, "t1"},
	{"acl-lang", "ACL LANGUAGE", "plx", "-", toc.SectionNone, "GRANT ALL ON LANGUAGE plx TO x;\n", false, ""},
	{"empty", "TABLE", "empty", "s1", toc.SectionPreData, "", false, ""},
	{"t1-data", "TABLE DATA", "t1", "s1", toc.SectionData, "", true, "t1"},
	{"t2-data", "TABLE DATA", "t2", "s2", toc.SectionData, "-- load via partition root s2.r\n", true, "t2"},
	{"q-set", "SEQUENCE SET", "q", "s1", toc.SectionData, "SELECT pg_catalog.setval('s1.q', 1);\n", false, ""},
	{"lo", "BLOB METADATA", "5..7", "-", toc.SectionData, "5\n6\n", false, ""},
	{"old-lo", "BLOB", "8", "-", toc.SectionData, "SELECT pg_catalog.lo_create('8');\n", false, ""},
	{"lo-acl", "ACL", "LARGE OBJECTS 5..7", "-", toc.SectionNone, "GRANT ALL ON LARGE OBJECT 5 TO x;\n", false, "lo"},
	{"lo-comment", "COMMENT", "LARGE OBJECT 5", "-", toc.SectionNone, "COMMENT ON LARGE OBJECT 5 IS 'x';\n", false, "lo"},
	{"lo-label", "SECURITY LABEL", "LARGE OBJECT 5", "-", toc.SectionNone, "SECURITY LABEL ON LARGE OBJECT 5 IS 'x';\n", false, "lo"},
	{"lo-data", "BLOBS", "5..7", "-", toc.SectionData, "", true, "lo"},
	{"t1-stats", "STATISTICS DATA", "t1", "s1", toc.SectionData, "SELECT * FROM pg_restore_relation_stats();\n", false, "t1"},
	{"i1", "INDEX", "i1", "s1", toc.SectionPostData, "CREATE INDEX i1;\n", false, "t1"},
	{"i1-comment", "COMMENT", "INDEX i1", "s1", toc.SectionNone, "COMMENT ON INDEX s1.i1 IS 'x';\n", false, "i1"},
	{"i1-stats", "STATISTICS DATA", "i1", "s1", toc.SectionPostData, "SELECT * FROM pg_restore_relation_stats();\n", false, "i1"},
	{"pkey", "CONSTRAINT", "t1 t1_pkey", "s1", toc.SectionPostData, "ALTER TABLE s1.t1 ADD PRIMARY KEY (a);\n", false, "t1"},
	{"trg", "TRIGGER", "t1 trg", "s1", toc.SectionPostData, "CREATE TRIGGER trg;\n", false, "t1"},
	{"mv-data", "MATERIALIZED VIEW DATA", "mv", "s1", toc.SectionPostData, "REFRESH MATERIALIZED VIEW s1.mv;\n", false, "mv"},
	{"policy", "POLICY", "t1 p", "s1", toc.SectionPostData, "CREATE POLICY p;\n", false, "t1"},
	{"policy-comment", "COMMENT", "POLICY p ON t1", "s1", toc.SectionNone, "COMMENT ON POLICY p ON s1.t1 IS 'x';\n", false, "policy"},
	{"rls", "ROW SECURITY", "t1", "s1", toc.SectionPostData, "ALTER TABLE s1.t1 ENABLE ROW LEVEL SECURITY;\n", false, "t1"},
	{"pub", "PUBLICATION", "pub", "-", toc.SectionPostData, "CREATE PUBLICATION pub;\n", false, ""},
	{"pub-table", "PUBLICATION TABLE", "pub t1", "s1", toc.SectionPostData, "ALTER PUBLICATION pub ADD TABLE s1.t1;\n", false, "pub t1"},
	{"pub-schema", "PUBLICATION TABLES IN SCHEMA", "pub s1", "s1", toc.SectionPostData, "ALTER PUBLICATION pub ADD TABLES IN SCHEMA s1;\n", false, "pub schema"},
	{"pub-comment", "COMMENT", "PUBLICATION pub", "-", toc.SectionNone, "COMMENT ON PUBLICATION pub IS 'x';\n", false, "pub"},
	{"pub-label", "SECURITY LABEL", "PUBLICATION pub", "-", toc.SectionNone, "SECURITY LABEL ON PUBLICATION pub IS 'x';\n", false, "pub"},
	{"sub", "SUBSCRIPTION", "sub", "-", toc.SectionPostData, "CREATE SUBSCRIPTION sub;\n", false, ""},
	{"sub-table", "SUBSCRIPTION TABLE", "sub t1", "s1", toc.SectionPostData, "SELECT x;\n", false, "sub t1"},
	{"sub-comment", "COMMENT", "SUBSCRIPTION sub", "-", toc.SectionNone, "COMMENT ON SUBSCRIPTION sub IS 'x';\n", false, "sub"},
	{"sub-label", "SECURITY LABEL", "SUBSCRIPTION sub", "-", toc.SectionNone, "SECURITY LABEL ON SUBSCRIPTION sub IS 'x';\n", false, "sub"},
	{"evt", "EVENT TRIGGER", "evt", "-", toc.SectionPostData, "CREATE EVENT TRIGGER evt;\n", false, ""},
	{"default-acl", "DEFAULT ACL", "DEFAULT PRIVILEGES FOR TABLES", "s1", toc.SectionPostData, "ALTER DEFAULT PRIVILEGES;\n", false, ""},
	{"new", "NEVER HEARD OF", "x", "s1", toc.SectionPostData, "CREATE NEVER HEARD OF x;\n", false, ""},
	{"new-data", "NEVER HEARD OF DATA", "x", "s1", toc.SectionData, "", true, ""},
}

// contents makes the table of contents of the sample.
func contents() *toc.TOC {
	entries := make([]toc.Entry, len(sample))
	for i, s := range sample {
		e := toc.Entry{
			ID: toc.ID(i + 1), Kind: toc.ParseKind(s.desc), Desc: s.desc, Tag: s.tag, Namespace: s.namespace,
			Section: s.section, Definition: s.definition, HasData: s.hasData,
			Null: toc.FieldDrop | toc.FieldCopy | toc.FieldTablespace | toc.FieldTableAM | toc.FieldOwner,
		}
		if s.namespace == "-" {
			e.Namespace, e.Null = "", e.Null|toc.FieldNamespace
		}
		for key := range strings.FieldsSeq(s.dependsOn) {
			e.Dependencies = append(e.Dependencies, toc.ID(position(key)+1))
		}
		entries[i] = e
	}
	return toc.New(toc.Header{Version: toc.Version{Major: 1, Minor: 16}}, entries)
}

// position finds an entry of the sample by its key.
func position(key string) int {
	for i, s := range sample {
		if s.key == key {
			return i
		}
	}
	panic("no entry " + key)
}
