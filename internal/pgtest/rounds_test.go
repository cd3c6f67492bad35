package pgtest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var rounds = flag.Int("rounds", 1, "how often TestRounds restores each archive with each number of jobs")

// chains are what ends otherwise if it is restored in another order than the
// archive's: attachments of indexes in trees of partitions and foreign keys of
// those trees, grants by those who were granted the right to, and materialized
// views that read each other through functions, of which no dependency tells.
var chains = []string{
	"SET client_min_messages = warning",
	"CREATE SCHEMA chain",
	"CREATE TABLE chain.kinds (kind int PRIMARY KEY, label text UNIQUE)",
	"INSERT INTO chain.kinds SELECT n, 'kind ' || n FROM generate_series(0, 9) n",
	`CREATE TABLE chain.tree (y int, m int, n int, kind int REFERENCES chain.kinds, up_y int, up_m int, up_n int,
		PRIMARY KEY (y, m, n), UNIQUE (n, m, y)) PARTITION BY LIST (y)`,
	`DO $$BEGIN FOR y IN 1..4 LOOP
		EXECUTE format('CREATE TABLE chain.tree_%s PARTITION OF chain.tree FOR VALUES IN (%1$s) PARTITION BY LIST (m)', y);
		FOR m IN 1..4 LOOP EXECUTE format('CREATE TABLE chain.tree_%s_%s PARTITION OF chain.tree_%1$s FOR VALUES IN (%2$s)', y, m); END LOOP;
	END LOOP; END$$`,
	"INSERT INTO chain.tree SELECT y, m, n, n % 10, y, m, n / 2 FROM generate_series(1, 4) y, generate_series(1, 4) m, generate_series(0, 400) n",
	"CREATE INDEX ON chain.tree (kind)",
	"CREATE INDEX only_here ON chain.tree_2_3 (kind, n)",
	"ALTER TABLE chain.tree ADD FOREIGN KEY (up_y, up_m, up_n) REFERENCES chain.tree",
	"CREATE TABLE chain.leaves (y int, m int, n int, FOREIGN KEY (y, m, n) REFERENCES chain.tree, FOREIGN KEY (n, m, y) REFERENCES chain.tree (n, m, y))",
	"INSERT INTO chain.leaves SELECT y, m, n FROM chain.tree",
	"ALTER TABLE chain.tree_1_1 ADD FOREIGN KEY (kind) REFERENCES chain.kinds ON DELETE CASCADE",

	"CREATE MATERIALIZED VIEW chain.a1 AS SELECT count(*) AS n FROM chain.tree",
	`DO $$BEGIN FOR i IN 1..7 LOOP
		EXECUTE format('CREATE FUNCTION chain.get%s() RETURNS bigint LANGUAGE plpgsql AS ''BEGIN RETURN (SELECT n FROM chain.a%1$s); END''', i);
		EXECUTE format('CREATE MATERIALIZED VIEW chain.a%s AS SELECT chain.get%s() + 1 AS n', i + 1, i);
	END LOOP; END$$`,

	"GRANT USAGE ON SCHEMA chain TO sample_manager WITH GRANT OPTION",
	"GRANT SELECT ON chain.kinds, chain.leaves TO sample_manager WITH GRANT OPTION",
	`SET SESSION AUTHORIZATION sample_manager; GRANT USAGE ON SCHEMA chain TO sample_clerk WITH GRANT OPTION;
		GRANT SELECT ON chain.kinds, chain.leaves TO sample_clerk WITH GRANT OPTION`,
	`SET SESSION AUTHORIZATION sample_clerk; GRANT USAGE ON SCHEMA chain TO sample_auditor; GRANT SELECT ON chain.kinds, chain.leaves TO sample_auditor`,
	"RESET SESSION AUTHORIZATION",

	`DO $$BEGIN FOR i IN 1..300 LOOP PERFORM lo_from_bytea(700000 + i, decode(repeat(md5(i::text), i % 40), 'hex'));
		IF i % 50 = 0 THEN EXECUTE format('COMMENT ON LARGE OBJECT %s IS ''number %s''', 700000 + i, i); EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO sample_clerk', 700000 + i); END IF;
	END LOOP; END$$`,
}

// chainState shows what a dump does not: rows of materialized views; and large
// objects, which it shows in no order, and constraints and indexes as they are.
var chainState = []string{
	constraintCatalogue[0], constraintCatalogue[1],
	`SELECT relname, n FROM pg_class c, LATERAL (SELECT (xpath('//n/text()', query_to_xml('SELECT n FROM chain.' || relname, true, false, '')))[1]) v (n)
		WHERE relkind = 'm' AND relnamespace = 'chain'::regnamespace ORDER BY 1`,
	"SELECT month, orders FROM report.monthly ORDER BY 1",
	objectsOf,
}

// formats are the options of pg_dump for each archive to restore, with the first
// version that has them.
var formats = []struct {
	name, options string
	since         int
}{
	{name: "gzip.dump", options: "-Fc"},
	{name: "none.dump", options: "-Fc -Z0"},
	{name: "zstd.dump", options: "-Fc -Zzstd", since: 16},
	{name: "pipe.dump", options: "-Fc"},
	{name: "gzip.dir", options: "-Fd"},
	{name: "lz4.dir", options: "-Fd -Zlz4", since: 16},
	{name: "zstd.dir", options: "-Fd -Zzstd", since: 16},
	{name: "tar", options: "-Ft"},
}

// TestRounds restores a database with about all that there is from every format
// with 1, 2 and 8 jobs, -rounds times: it is always what the server's own program
// leaves on one connection, and always the same is said.
func TestRounds(t *testing.T) {
	r := newRig(t, Newest(t).Major)
	server := r.server
	origin := server.CreateDB(t)
	server.Psql(t, origin, constraintsOf(server.Major)...) // before a search path is set for the database
	server.PsqlFile(t, origin, "testdata/sample/sample.sql")
	server.Psql(t, origin, chains...)
	folder := t.TempDir()
	for _, f := range formats {
		if server.Major < f.since {
			t.Logf("%s: no such compression before PostgreSQL %d", f.name, f.since)
			continue
		}
		path := filepath.Join(folder, f.name)
		if f.name == "pipe.dump" {
			content := server.client(t, "pg_dump", append(strings.Fields(f.options), server.ConnString(origin))...)
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		} else {
			server.client(t, "pg_dump", append(strings.Fields(f.options), "-f", path, server.ConnString(origin))...)
		}
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			wantState, wantMessages := r.restoreRich(t, server.Tool("pg_restore"), path)
			for round := range *rounds {
				for _, jobs := range []string{"1", "2", "8"} {
					state, said := r.restoreRich(t, Program(t, "pgrestore"), path, "-j", jobs)
					if wantState != state {
						t.Errorf("round %d, -j %s: %s", round+1, jobs, FirstDifference(wantState, state))
					}
					if wantMessages != said {
						t.Errorf("round %d, -j %s: messages: %s", round+1, jobs, FirstDifference(wantMessages, said))
					}
				}
			}
		})
	}
}

// restoreRich restores an archive of the rich database, and gives what it holds then
// and the messages.
func (r *rig) restoreRich(t *testing.T, program, archive string, options ...string) (state, said string) {
	t.Helper()
	db := r.server.CreateDB(t)
	defer r.server.DropDB(t, db)
	run := Run{Program: program, Env: r.server.Environment(), Args: append(options, "-d", r.server.ConnString(db), archive)}
	said = told(run.Do(t))
	return SortRows(r.state(t, db, nil)) + r.server.Psql(t, db, chainState...), said
}
