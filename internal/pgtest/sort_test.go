package pgtest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// sorted are tables whose indexes are worth parallel workers. What one of the
// functions gives changes after its index is there, so that it cannot be restored.
var sorted = []string{
	"CREATE FUNCTION same(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
	`CREATE TABLE "A table" (id int PRIMARY KEY, t text) WITH (fillfactor=70)`,
	"CREATE TABLE own (id int PRIMARY KEY, t text) WITH (parallel_workers=3)",
	"CREATE TABLE twice (id int, t text)",
	"CREATE MATERIALIZED VIEW seen AS SELECT n AS id FROM generate_series(1, 1000) n",
	"CREATE UNIQUE INDEX ON seen (id)",
	`INSERT INTO "A table" SELECT n, repeat('x', 60) FROM generate_series(1, 120000) n`,
	`INSERT INTO own SELECT * FROM "A table"`,
	`INSERT INTO twice SELECT * FROM "A table"`,
	"CREATE UNIQUE INDEX fails ON twice (same(id))",
	"ALTER TABLE twice CLUSTER ON fails",
	`CREATE STATISTICS of_it ON id, t FROM "A table"`,
	"CREATE OR REPLACE FUNCTION same(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
}

// sortCatalogue shows what parallel builds might leave behind.
var sortCatalogue = []string{
	`SELECT c.relname, c.relkind, c.reloptions, t.reloptions, c.relhasindex
		FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1`,
	`SELECT indexrelid::regclass::text, to_jsonb(i) - '{indrelid,indexrelid}'::text[] FROM pg_index i
		JOIN pg_class c ON c.oid = indrelid WHERE relnamespace = 'public'::regnamespace ORDER BY 1`,
}

// sortedTogether shows of which tables the row in the catalogue was written together
// with that of an index.
const sortedTogether = `SELECT DISTINCT t.relname FROM pg_class t JOIN pg_index ON indrelid = t.oid JOIN pg_class i ON i.oid = indexrelid
	WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND t.xmin = i.xmin`

// Indexes built with parallel workers leave the catalogue that others leave, and
// fail as others do.
func TestParallelSorts(t *testing.T) {
	for _, server := range Servers(t) {
		t.Run(fmt.Sprint(server.Major), func(t *testing.T) {
			t.Parallel()
			origin := server.CreateDB(t)
			server.Psql(t, origin, sorted...)
			archive := filepath.Join(t.TempDir(), "a.dump")
			server.client(t, "pg_dump", "-Fc", "-Z0", "-f", archive, server.ConnString(origin))
			server.DropDB(t, origin)

			restore := func(program string, options ...string) (r Result, state, together string) {
				db := server.CreateDB(t)
				// Workers say that they are, and whether one or the leader finds a duplicate is chance.
				r = Run{Program: program, Env: server.Environment(), Args: append(options, "-d", server.ConnString(db), archive)}.Do(t)
				r.Stderr = strings.ReplaceAll(r.Stderr, "CONTEXT:  parallel worker\n", "")
				state = server.Dump(t, db, "-s") + server.Psql(t, db, sortCatalogue...)
				together = server.Psql(t, db, sortedTogether)
				server.DropDB(t, db)
				return r, state, together
			}
			want, wantState, together := restore(server.Tool("pg_restore"))
			if together != "" {
				t.Errorf("stock changed tables for indexes: %s", together)
			}
			if want.Exit != 1 || !strings.Contains(want.Stderr, `could not create unique index "fails"`) {
				t.Fatalf("exit %d\n%s", want.Exit, want.Stderr)
			}
			for _, options := range []string{"-j1", "-j2", "-j8"} {
				got, gotState, together := restore(Program(t, "pg_restore"), options)
				// Only since 17 are all settings known that pg_restore 18 makes.
				if want.Exit != got.Exit || want.Stderr != got.Stderr && server.Major >= 17 {
					t.Errorf("%s: exit %d, messages: %s", options, got.Exit, FirstDifference(want.Stderr, got.Stderr))
				}
				if options == "-j1" && together != "A table\n" {
					t.Errorf("%s: want only \"A table\" with workers, got %q", options, together)
				}
				if wantState != gotState {
					t.Errorf("%s: %s", options, FirstDifference(wantState, gotState))
				}
			}
		})
	}
}
