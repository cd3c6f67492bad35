package inspect_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/archivetest"
	"pgrestore/internal/connect"
	"pgrestore/internal/inspect"
	"pgrestore/internal/pgtest"
	"pgrestore/toc"
)

// TestRowsOfServer holds that the rows counted in archives are those that a
// server has when they have been restored.
func TestRowsOfServer(t *testing.T) {
	server := pgtest.Newest(t)
	for _, test := range []struct {
		archive string
		base    string // the definitions, where the archive has not all of them
	}{
		{"pg13-custom-gzip.dump", ""},
		{"pg13-tar.tar", "pg13-custom-gzip.dump"},
		{"pg15-custom-none-pipe.dump", ""},
		{"pg17-custom-zstd-inserts.dump", "pg17-custom-gzip.dump"},
		{"pg17-dir-lz4", "pg17-custom-gzip.dump"},
		{"pg18-custom-gzip-inserts.dump", "pg18-custom-gzip.dump"},
		{"pg18-custom-gzip-columninserts.dump", ""},
		{"pg18-custom-gzip-stdstringsoff.dump", ""},
		{"pg18-dir-mixed", ""},
	} {
		a := pgtest.Archive{Name: test.archive, Path: filepath.Join(pgtest.Root(t), "testdata", test.archive)}
		if a.Major() > server.Major {
			continue // an older server does not take it
		}
		t.Run(a.Name, func(t *testing.T) {
			db := server.CreateDB(t)
			restore := func(path string, args ...string) string {
				args = append(args, "-O", "-x", "-d", server.ConnString(db), path)
				return pgtest.Run{Program: pgtest.Program(t, "pg_restore"), Args: args}.Do(t).Stderr
			}
			var messages string
			if test.base == "" {
				messages = restore(a.Path)
			} else {
				messages = restore(filepath.Join(filepath.Dir(a.Path), test.base), "--section=pre-data")
				messages += restore(a.Path, "-a")
			}
			r := inspected(t, inspect.Options{Input: a.Path, Deep: true}, nil)
			if len(r.Damage) > 0 || len(r.Tables) == 0 {
				t.Errorf("got damage %+v, %d tables", r.Damage, len(r.Tables))
			}
			want, got := map[string]int64{}, map[string]int64{}
			for i := range r.Tables {
				table := &r.Tables[i]
				name := quote(string(table.Schema)) + "." + quote(string(table.Name))
				n, err := strconv.ParseInt(strings.TrimSpace(server.Psql(t, db, "SELECT count(*) FROM ONLY "+name)), 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				if strings.HasPrefix(string(table.Name), "clicks_") {
					name = "clicks" // partitions by the hash of an enum, which differs each time
				}
				want[name] += n
				got[name] += table.Rows.N
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rows on the server, in the archive: %s\nafter a restore with messages:\n%s", diff, messages)
			}
		})
	}
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// finding is what the tests hold of one.
func finding(f inspect.Finding) string {
	var names []string
	for _, n := range f.Names {
		names = append(names, string(n))
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s: %s | %s", f.Level, f.Class, strings.Join(names, ","), strings.Join(f.Do, " ")))
}

// wanting is the sample with more that a server may lack, and an extension.
func wanting(extension string) *archivetest.Archive {
	a := sample()
	for i := range a.Entries {
		e := &a.Entries[i]
		if e.Desc == "DATABASE" {
			e.Tag = "postgres"
		}
		if e.Desc == "EXTENSION" {
			e.Tag, e.Definition = extension, "CREATE EXTENSION IF NOT EXISTS "+extension+" WITH SCHEMA public;\n"
		}
	}
	id := toc.ID(len(a.Entries) + 1)
	a.Entries = append(a.Entries,
		archivetest.Entry{Entry: toc.Entry{ID: id, Kind: toc.KindFunction, Desc: "FUNCTION", Tag: "g()", Namespace: "elsewhere", Section: toc.SectionPreData,
			Definition: "CREATE FUNCTION elsewhere.g() RETURNS integer LANGUAGE nolang AS $$x$$;\n"}},
		archivetest.Entry{Entry: toc.Entry{ID: id + 1, Kind: toc.KindSchema, Desc: "SCHEMA", Tag: "there", Section: toc.SectionPreData,
			Definition: "CREATE SCHEMA there;\n"}},
		archivetest.Entry{Entry: toc.Entry{ID: id + 2, Kind: toc.KindTableData, Desc: "TABLE DATA", Tag: "nowhere", Namespace: "public", Section: toc.SectionData}},
		archivetest.Entry{Entry: toc.Entry{ID: id + 3, Kind: toc.KindComment, Desc: "COMMENT", Tag: "EXTENSION plpgsql", Section: toc.SectionNone,
			Definition: "COMMENT ON EXTENSION plpgsql IS 'x';\n"}},
		archivetest.Entry{Entry: toc.Entry{ID: id + 4, Kind: toc.KindUserMapping, Desc: "USER MAPPING", Tag: "USER MAPPING reader SERVER far", Section: toc.SectionPreData,
			Definition: "CREATE USER MAPPING FOR reader SERVER far;\n"}})
	return a
}

func TestMissingOnServer(t *testing.T) {
	server := pgtest.Newest(t)
	db := server.CreateDB(t)
	server.Psql(t, db, "CREATE SCHEMA there", "CREATE TABLE public.orders (n integer)",
		`CREATE ROLE "the writer"`, "CREATE ROLE inspect_user LOGIN", "CREATE ROLE alice", "REVOKE ALL ON DATABASE "+db+" FROM PUBLIC")
	t.Cleanup(func() { server.Psql(t, "postgres", `DROP ROLE "the writer", inspect_user, alice`) })
	server.Psql(t, db, "GRANT CONNECT ON DATABASE "+db+" TO inspect_user")
	t.Cleanup(func() { server.Psql(t, db, "REVOKE ALL ON DATABASE "+db+" FROM inspect_user") })
	const (
		role       = "error role: reader | CREATE ROLE reader;"
		schema     = "error schema: elsewhere | CREATE SCHEMA elsewhere;"
		tablespace = "error tablespace: ssd | CREATE TABLESPACE ssd LOCATION '...';"
		method     = "error access-method: hnsw |"
		language   = "error language: nolang |"
		collation  = "error collation: de_DE | SELECT pg_import_system_collations('pg_catalog');"
		table      = "error relation: public.nowhere |"
		hasSchema  = "error schema-exists: there |"
		hasTable   = "error relation-exists: public.orders |"
		create     = "note role: dba | CREATE ROLE dba;"
		hasDB      = "note database-exists: postgres |"
	)
	for _, test := range []struct {
		user, extension string
		want            []string
	}{
		{"postgres", "plpgsql", []string{role, schema, tablespace, method, language, collation, table, hasSchema, hasTable, create, hasDB}},
		// Schemas and tables may come with an extension.
		{"postgres", "no_such_extension", []string{role, "error extension: no_such_extension |",
			tablespace, method, language, collation, hasSchema, hasTable, create, hasDB}},
		{"inspect_user", "plpgsql", []string{role, schema, tablespace, method, language, collation, table, hasSchema, hasTable,
			"error superuser: functions in C,publications for all tables |",
			"error extension-comment: plpgsql |",
			"error owner: alice | GRANT alice TO inspect_user;",
			"error privilege:  | GRANT CREATE ON DATABASE " + db + " TO inspect_user;",
			"error privilege: public | GRANT USAGE, CREATE ON SCHEMA public TO inspect_user;", create, hasDB}},
	} {
		t.Run(test.user+" "+test.extension, func(t *testing.T) {
			r := inspected(t, inspect.Options{Input: write(t, wanting(test.extension).Custom()), ToServer: true,
				Connection: connect.Params{DBName: strings.Replace(server.ConnString(db), "user=postgres", "user="+test.user, 1)}}, nil)
			var got []string
			for _, f := range r.Server.Findings {
				got = append(got, finding(f))
				if f.Class == "role" && f.Level == inspect.LevelError && !strings.Contains(strings.Join(f.Hints, " "), "User mappings") {
					t.Errorf("want a hint for user mappings, got %q", f.Hints)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNothingMissing holds that an archive that restores well has no findings.
func TestNothingMissing(t *testing.T) {
	server := pgtest.Newest(t)
	db := server.CreateDB(t)
	a := archivetest.Sample(archivetest.Minor(16))
	for i := range a.Entries {
		a.Entries[i].Owner = "postgres"
	}
	out, err := run(t, inspect.Options{Input: write(t, a.Custom()), ToServer: true, Connection: connect.Params{DBName: server.ConnString(db)}})
	if err != nil || !strings.Contains(out, "\nNothing is missing there or in the way.\n") {
		t.Errorf("got %v and\n%s", err, out)
	}
}

// TestNoServer holds that nothing is reported where the server cannot be asked.
func TestNoServer(t *testing.T) {
	out, err := run(t, inspect.Options{Input: write(t, sample().Custom()), ToServer: true,
		Connection: connect.Params{DBName: "host=/nonexistent"}})
	if err == nil || out != "" || errors.Is(err, context.Canceled) {
		t.Errorf("got %v and %q", err, out)
	}
}
