package inspect

import (
	"bufio"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/toc"
)

// entry makes one of a table of contents.
func entry(id toc.ID, desc, schema, tag string, dependencies ...toc.ID) toc.Entry {
	return toc.Entry{ID: id, Desc: desc, Kind: toc.ParseKind(desc), Namespace: schema, Tag: tag, Dependencies: dependencies}
}

func TestTree(t *testing.T) {
	for _, test := range []struct {
		name    string
		entries []toc.Entry
		want    string
	}{
		{"by dependency", []toc.Entry{
			entry(1, "TABLE", "s", "a"), entry(2, "TABLE", "s", "a b"),
			entry(3, "CONSTRAINT", "s", "a b c", 2), entry(4, "FK CONSTRAINT", "s", "a b c", 2, 1), entry(5, "INDEX", "s", "i", 1),
		}, "schema s\n  table a\n    index i\n  table a b\n    constraint c\n    fk constraint c\n"},
		{"by name, the shortest that there is", []toc.Entry{
			entry(1, "TABLE", "s", "a b"), entry(2, "TRIGGER", "s", "a b c d"), entry(3, "TRIGGER", "t", "a b c d"),
		}, "schema s\n  table a b\n    trigger c d\nschema t\n  trigger a b c d\n"},
		{"remarks", []toc.Entry{
			entry(1, "TABLE", "s", "a"), entry(2, "ACL", "s", "TABLE a", 1), entry(3, "COMMENT", "s", "TABLE a", 1),
			entry(4, "ACL", "s", "COLUMN a.b", 1, 2), entry(5, "SECURITY LABEL", "s", "TABLE a", 1), entry(6, "COMMENT", "s", "TABLE lost"),
		}, "schema s\n  table a (comment, privileges, label)\n"},
		{"no schema comes last", []toc.Entry{
			entry(1, "EXTENSION", "", "x"), entry(2, "SCHEMA", "", "s"), entry(3, "TABLE", "s", "a"),
		}, "schema s\n  table a\nwithout a schema\n  extension x\n"},
		{"a circle", []toc.Entry{
			entry(1, "INDEX", "s", "b a", 1), entry(2, "INDEX", "s", "b", 1), entry(3, "COMMENT", "s", "x", 3), entry(4, "VIEW", "s", "v", 4),
		}, "schema s\n  index b\n    index a\n  view v\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			contents := toc.New(toc.Header{}, test.entries)
			r := &Report{Tree: grow(contents, &stored{bytes: make([]Number, len(test.entries))})}
			var out strings.Builder
			w := bufio.NewWriter(&out)
			writeTree(w, r)
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNeeds(t *testing.T) {
	with := func(e toc.Entry, change func(*toc.Entry)) toc.Entry {
		change(&e)
		return e
	}
	defined := func(desc, tag, definition string) toc.Entry {
		return with(entry(1, desc, "s", tag), func(e *toc.Entry) { e.Definition = definition })
	}
	used := func(list []Used) (names []string) {
		for _, u := range list {
			names = append(names, string(u.Name))
		}
		return names
	}
	for _, test := range []struct {
		name    string
		entries []toc.Entry
		of      func(Needs) []string
		want    []string
	}{
		{"collations of the system's", []toc.Entry{defined("TABLE", "t", `a text COLLATE pg_catalog."de_DE", b text COLLATE "fr_FR", c text COLLATE "C"`)},
			func(n Needs) []string { return used(n.UsedCollations) }, []string{"de_DE", "fr_FR"}},
		{"collations of the archive's own", []toc.Entry{defined("TABLE", "t", `a text COLLATE own, b text COLLATE pg_catalog."own"`), defined("COLLATION", "own", "")},
			func(n Needs) []string { return used(n.UsedCollations) }, []string{"own"}},
		{"tablespaces", []toc.Entry{with(entry(1, "TABLE", "s", "t"), func(e *toc.Entry) { e.Tablespace = "fast" }),
			with(entry(2, "TABLE", "s", "u"), func(e *toc.Entry) { e.Tablespace = "pg_default" })},
			func(n Needs) []string { return used(n.Tablespaces) }, []string{"fast"}},
		{"superusers", []toc.Entry{defined("TYPE", "t", "CREATE TYPE s.t (\n    INPUT = f\n);"), defined("TYPE", "u", "CREATE TYPE s.u AS (\n\tinput integer\n);"),
			defined("CAST", "c", "CREATE CAST (a AS b) WITHOUT FUNCTION;"), defined("EVENT TRIGGER", "e", "")},
			func(n Needs) []string { return used(n.SuperuserOnly) }, []string{"base types", "casts without a function", "event triggers"}},
		{"owners", []toc.Entry{with(entry(1, "TABLE", "s", "t"), func(e *toc.Entry) { e.Owner, e.Drop = "a", "x" }),
			with(entry(2, "COMMENT", "s", "TABLE t"), func(e *toc.Entry) { e.Owner = "b" }),
			with(entry(3, "DATABASE", "", "d"), func(e *toc.Entry) { e.Owner, e.Drop = "c", "x" })},
			func(n Needs) (roles []string) {
				for i := range n.Roles {
					roles = append(roles, string(n.Roles[i].Name)+": "+roleUses(&n.Roles[i]))
				}
				return roles
			}, []string{"a: owns 1", "c: 1 entry with -C only"}},
		{"privileges on the database", []toc.Entry{defined("ACL", "DATABASE d", "GRANT ALL ON DATABASE d TO a;")},
			func(n Needs) []string { return []string{roleUses(&n.Roles[0])} }, []string{"1 entry with -C only"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.of(findNeeds(toc.New(toc.Header{}, test.entries)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
