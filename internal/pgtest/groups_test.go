package pgtest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// many is a database of many small objects, some of which belong to another role.
func many() []string {
	statements := []string{"CREATE ROLE many_owner", "CREATE SCHEMA s AUTHORIZATION many_owner", "SET client_min_messages = error"}
	for n := range 120 {
		statements = append(statements,
			fmt.Sprintf("CREATE TABLE s.t%03d (a int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b text DEFAULT 'x;y')", n),
			fmt.Sprintf("COMMENT ON TABLE s.t%03d IS 'it''s -- number %d'", n, n))
		if n%10 == 3 {
			statements = append(statements, fmt.Sprintf("ALTER TABLE s.t%03d OWNER TO many_owner", n))
		}
	}
	return append(statements,
		"DO 'BEGIN FOR i IN 1..1200 LOOP PERFORM lo_from_bytea(10000 + i, decode(repeat(md5(i::text), i % 40), ''hex'')); END LOOP; END'",
		"DO 'BEGIN FOR i IN 100..110 LOOP EXECUTE ''ALTER LARGE OBJECT '' || 10000 + i || '' OWNER TO many_owner''; END LOOP; END'",
		"GRANT SELECT ON LARGE OBJECT 10200 TO PUBLIC")
}

// objectsOf shows large objects, which dumps show in no order.
const objectsOf = `SELECT l.oid, lomowner::regrole, lomacl, md5(lo_get(l.oid)) FROM pg_largeobject_metadata l ORDER BY 1`

// Groups of statements are carried out as they are, on every server: none of
// them has to be done again in a restore without errors. In one of which each
// statement fails, or every second one, all fails that does with the stock
// program.
func TestGroups(t *testing.T) {
	stock := Stock(t)
	for _, server := range Servers(t) {
		t.Run(fmt.Sprint(server.Major), func(t *testing.T) {
			t.Parallel()
			t.Cleanup(func() { server.Psql(t, "postgres", "DROP ROLE many_owner") })
			origin := server.CreateDB(t)
			server.Psql(t, origin, many()...)
			archive := filepath.Join(t.TempDir(), "a.dump")
			server.client(t, "pg_dump", "-Fc", "-f", archive, server.ConnString(origin))
			state := func(db string) string {
				return SortRows(server.Dump(t, db, "--no-blobs")) + server.Psql(t, db, objectsOf)
			}
			want := state(origin)
			halve := []string{"SELECT count(lo_unlink(oid)) FROM pg_largeobject_metadata WHERE oid::int8 % 2 = 0"}
			for n := 0; n < 120; n += 2 {
				halve = append(halve, fmt.Sprintf("DROP TABLE s.t%03d", n))
			}
			restore := func(program, db string, jobs string) Result {
				return Run{Program: program, Env: server.Environment(), Args: []string{jobs, "-d", server.ConnString(db), archive}}.Do(t)
			}
			byStock, wantAll, wantHalf := server.CreateDB(t), 0, 0
			if server.Major <= StockMajor { // it refuses newer ones
				restore(stock, byStock, "-j1")
				wantAll = errorsIn(restore(stock, byStock, "-j1"))
				server.Psql(t, byStock, halve...)
				wantHalf = errorsIn(restore(stock, byStock, "-j1"))
				if wantAll < 1200+240 || wantHalf < 600+120 {
					t.Errorf("of the stock program want more errors than %d and %d", wantAll, wantHalf)
				}
			}
			for _, jobs := range []string{"-j1", "-j4"} {
				db := server.CreateDB(t)
				if r := restore(Program(t, "pgrestore"), db, jobs); r.Exit != 0 || errorsIn(r) > 0 {
					t.Errorf("%s: exit %d\n%s", jobs, r.Exit, r.Stderr)
				}
				if server.Major >= 15 { // whose statistics are there at once
					if commits, undone := transactions(t, server, db); undone != "0" {
						t.Errorf("%s: of the transactions %s succeeded and %s failed", jobs, commits, undone)
					}
				}
				if got := state(db); want != got {
					t.Errorf("%s: %s", jobs, FirstDifference(want, got))
				}
				if server.Major <= StockMajor {
					if got := errorsIn(restore(Program(t, "pg_restore"), db, jobs)); got != wantAll {
						t.Errorf("%s, once more: want %d errors, got %d", jobs, wantAll, got)
					}
					server.Psql(t, db, halve...)
					if got := errorsIn(restore(Program(t, "pg_restore"), db, jobs)); got != wantHalf {
						t.Errorf("%s, where half is there: want %d errors, got %d", jobs, wantHalf, got)
					}
					if want, got := server.Psql(t, byStock, objectsOf), server.Psql(t, db, objectsOf); want != got {
						t.Errorf("%s, where half is there: %s", jobs, FirstDifference(want, got))
					}
				}
				server.DropDB(t, db)
			}
		})
	}
}

// errorsIn counts the errors that a restore has told.
func errorsIn(r Result) int { return strings.Count(r.Stderr, ": error: ") }

// transactions gives how many transactions have succeeded and failed in a
// database since it was made, without those of this question.
func transactions(t *testing.T, server *Cluster, db string) (commits, rollbacks string) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		row := server.Psql(t, "postgres", "SELECT numbackends, xact_commit, xact_rollback FROM pg_stat_database WHERE datname = '"+db+"'")
		fields := strings.Split(strings.TrimSpace(row), "|")
		if len(fields) == 3 && fields[0] == "0" {
			return fields[1], fields[2]
		}
		if time.Now().After(deadline) {
			t.Fatalf("connections stay: %q", row)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
