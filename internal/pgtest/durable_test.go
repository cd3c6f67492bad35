package pgtest

import (
	"path/filepath"
	"strings"
	"testing"
)

// What a restore has left when it ends without an error outlives a crash of the
// server, though its commits have waited for nothing: the last one makes sure.
func TestDurable(t *testing.T) {
	if testing.Short() {
		t.Skip("starts servers of its own")
	}
	for _, major := range []int{13, StockMajor} {
		// Nothing else shall write the log meanwhile.
		server := Private(t, major, "synchronous_commit = on", "wal_writer_delay = 10s", "wal_writer_flush_after = 1GB", "wal_buffers = 16MB", "autovacuum = off")
		origin := server.CreateDB(t)
		server.Psql(t, origin, "CREATE TABLE t AS SELECT i FROM generate_series(1, 1000) AS i", "CREATE INDEX ON t (i)")
		archive := filepath.Join(t.TempDir(), "a.dump")
		server.client(t, "pg_dump", "-Fc", "-f", archive, server.ConnString(origin))
		server.Psql(t, "postgres", "CREATE ROLE restricted LOGIN")
		dump := func(db string) string { return SortRows(server.Dump(t, db, "-O", "-t", "t")) }
		want := dump(origin)
		for _, jobs := range []string{"-j1", "-j2"} {
			for _, user := range []string{"postgres", "restricted"} {
				db := server.CreateDB(t)
				server.Psql(t, db, "ALTER DATABASE "+db+" OWNER TO restricted", "GRANT CREATE ON SCHEMA public TO restricted", `DO $$ BEGIN
					EXECUTE (SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure) FROM pg_proc WHERE proname = 'pg_logical_emit_message' AND prorettype = 'pg_lsn'::regtype AND 'text'::regtype = proargtypes[2]);
				END $$`)
				target := strings.Replace(server.ConnString(db), "user=postgres", "user="+user, 1)
				r := Run{Program: Program(t, "pgrestore"), Env: server.Environment(), Args: []string{jobs, "-O", "-d", target, archive}}.Do(t)
				server.Stop(t)
				server.Start(t)
				if got := dump(db); r.Exit != 0 || want != got {
					t.Errorf("PostgreSQL %d, %s, %s: exit %d; %s; %s", major, jobs, user, r.Exit, r.Stderr, FirstDifference(want, got))
				}
			}
		}
	}
}
