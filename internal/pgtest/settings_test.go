package pgtest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// settled is a database whose tables and indexes alternate between the default
// tablespace, one that there is and two that are gone, between access methods,
// and between owners. Two tables are big enough for constraints in halves.
func settled() []string {
	statements := []string{
		"SET allow_in_place_tablespaces = on",
		"CREATE ROLE settled_owner", "CREATE ROLE settled_ghost",
		"GRANT settled_owner, settled_ghost TO CURRENT_USER",
		"CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler",
		"CREATE SCHEMA s", "GRANT ALL ON SCHEMA s TO PUBLIC",
	}
	tablespaces := []string{"pg_default", "settled", "settled_gone", "settled_gone", "pg_default", "settled_lost", "settled", "settled_lost", "settled_gone"}
	methods := []string{"heap", "other", "heap", "heap", "other"}
	at := func(values []string, n int) string { return values[n%len(values)] }
	for n := range 40 {
		statements = append(statements,
			fmt.Sprintf("CREATE TABLE s.t%02d (a int, b text) USING %s TABLESPACE %s", n, at(methods, n), at(tablespaces, n)),
			fmt.Sprintf("INSERT INTO s.t%02d VALUES (1, 'x')", n),
			fmt.Sprintf("ALTER TABLE s.t%02d ADD PRIMARY KEY (a) USING INDEX TABLESPACE %s", n, at(tablespaces, n+4)),
			fmt.Sprintf("CREATE INDEX i%02d ON s.t%02d (b) TABLESPACE %s", n, n, at(tablespaces, n+1)),
		)
		if n%20 == 7 {
			statements = append(statements, fmt.Sprintf("ALTER TABLE s.t%02d OWNER TO settled_owner", n))
		}
	}
	for _, n := range []int{16, 32} {
		statements = append(statements,
			fmt.Sprintf("INSERT INTO s.t%02d SELECT n, repeat('x', 80) FROM generate_series(2, 20000) n", n),
			fmt.Sprintf("ALTER TABLE s.t%02d ADD UNIQUE (a, b) USING INDEX TABLESPACE settled_gone", n))
	}
	return append(statements, "ALTER TABLE s.t30 OWNER TO settled_ghost")
}

// placed shows where the restore has put what, and whose it is.
const placed = `SELECT relname, coalesce(spcname, 'default'), amname, relowner::regrole, indisvalid
	FROM pg_class c LEFT JOIN pg_tablespace s ON s.oid = reltablespace LEFT JOIN pg_am a ON a.oid = relam LEFT JOIN pg_index ON indexrelid = c.oid
	WHERE relnamespace = 's'::regnamespace ORDER BY relname`

// Tablespaces, access methods and roles that are missing are told of as often
// as in a serial restore, with the same words, and what should have been there
// is where a serial restore leaves it, on any number of connections.
func TestMissingSettings(t *testing.T) {
	if _, ok := Installed(StockMajor); !ok {
		t.Skipf("PostgreSQL %d is missing", StockMajor)
	}
	server := Private(t, StockMajor, "max_connections = 40")
	tablespaces := []string{"settled", "settled_gone", "settled_lost"}
	for _, name := range tablespaces {
		server.Psql(t, "postgres", "SET allow_in_place_tablespaces = on", "CREATE TABLESPACE "+name+" LOCATION ''")
	}
	origin := server.CreateDB(t)
	server.Psql(t, origin, settled()...)
	archive := filepath.Join(t.TempDir(), "a.dump")
	server.client(t, "pg_dump", "-Fc", "-Z0", "-n", "s", "-f", archive, server.ConnString(origin)) // without the access method
	server.DropDB(t, origin)
	for _, name := range tablespaces[1:] {
		server.Psql(t, "postgres", "DROP TABLESPACE "+name)
	}
	server.Psql(t, "postgres", "DROP ROLE settled_ghost", "ALTER TABLESPACE settled OWNER TO settled_owner")

	restore := func(program string, options ...string) (r Result, state string) {
		db := server.CreateDB(t)
		r = Run{Program: program, Env: server.Environment(), Args: append(options, "-d", server.ConnString(db), archive)}.Do(t)
		state = server.Psql(t, db, placed)
		server.DropDB(t, db)
		return r, state
	}
	for _, options := range []string{
		"", "--no-tablespaces", "--no-table-access-method", "-e", "-O --section=pre-data --section=data",
		"--use-set-session-authorization", "--use-set-session-authorization --no-tablespaces --no-table-access-method",
	} {
		want, wantState := restore(Stock(t), strings.Fields(options)...)
		if want.Exit != 1 {
			t.Errorf("%q: stock found nothing missing", options)
		}
		wantMessages := messages(want.Stderr)
		for _, jobs := range []int{1, 2, 8} {
			for range 3 {
				got, gotState := restore(Program(t, "pg_restore"), append(strings.Fields(options), fmt.Sprint("-j", jobs))...)
				if gotMessages := messages(got.Stderr); !slices.Equal(wantMessages, gotMessages) {
					t.Errorf("%q -j%d: messages: %s", options, jobs, FirstDifference(strings.Join(wantMessages, ""), strings.Join(gotMessages, "")))
				}
				if want.Exit != got.Exit || wantState != gotState {
					t.Errorf("%q -j%d: want exit %d, got %d; what is there: %s", options, jobs, want.Exit, got.Exit, FirstDifference(wantState, gotState))
				}
			}
		}
	}
}

var startOfMessage = regexp.MustCompile(`(?m)^pg_restore: `)

// messages splits what a program wrote to standard error into messages of one
// or more lines, and sorts them.
func messages(stderr string) (all []string) {
	starts := startOfMessage.FindAllStringIndex(stderr, -1)
	for n, start := range starts {
		end := len(stderr)
		if n+1 < len(starts) {
			end = starts[n+1][0]
		}
		all = append(all, stderr[start[0]:end])
	}
	slices.Sort(all)
	return all
}
