package pgtest

import (
	"path/filepath"
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
		want := SortRows(server.Dump(t, origin))
		for _, jobs := range []string{"-j1", "-j2"} {
			db := server.CreateDB(t)
			r := Run{Program: Program(t, "pgrestore"), Env: server.Environment(), Args: []string{jobs, "-d", server.ConnString(db), archive}}.Do(t)
			server.Stop(t)
			server.Start(t)
			if got := SortRows(server.Dump(t, db)); r.Exit != 0 || want != got {
				t.Errorf("PostgreSQL %d, %s: exit %d; %s", major, jobs, r.Exit, FirstDifference(want, got))
			}
		}
	}
}
