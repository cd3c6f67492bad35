package verdict_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/pgtest"
	"pgrestore/internal/verdict"
)

// run restores an archive with the real program and gives its verdict and exit
// status.
func run(t *testing.T, server *pgtest.Cluster, db, archive string, options ...string) (verdict.Verdict, int) {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.json")
	result := pgtest.Run{
		Program: pgtest.Program(t, "pgrestore"), Env: server.Environment(),
		Args: append(options, "-d", server.ConnString(db), "--exit-code=verdict", "--report-json="+report, archive),
	}.Do(t)
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatalf("%v: %s", err, result.Stderr)
	}
	var v verdict.Verdict
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v, result.Exit
}

// causes gives the classes of a verdict's causes with the numbers of errors and
// of consequences.
func causes(v verdict.Verdict) map[string][2]int {
	all := map[string][2]int{}
	for _, c := range v.Causes {
		all[string(c.Class)+", "+string(c.Harm)] = [2]int{c.Count, c.Consequences.Count}
	}
	return all
}

// Real restores into a server that lacks a role, one of them into tables that
// are there already.
func TestServer(t *testing.T) {
	server := pgtest.Newest(t)
	source := server.CreateDB(t)
	role := "verdict_" + source
	server.Psql(t, source,
		"CREATE ROLE "+role,
		"CREATE TABLE parent (id integer PRIMARY KEY)",
		"CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent)",
		"INSERT INTO parent VALUES (1), (2)",
		"INSERT INTO child VALUES (1, 1)",
		"CREATE VIEW everything AS SELECT * FROM parent",
		"ALTER TABLE parent OWNER TO "+role,
		"GRANT SELECT ON child TO "+role,
		"CREATE ROLE "+role+"_too", // always named together with the other
		"GRANT INSERT ON child TO "+role+"_too",
	)
	archive := filepath.Join(t.TempDir(), "archive.dump")
	if out, err := exec.Command(server.Tool("pg_dump"), "-Fc", "-f", archive, "-d", server.ConnString(source)).CombinedOutput(); err != nil {
		t.Fatalf("pg_dump: %v: %s", err, out)
	}
	server.Psql(t, source, "DROP OWNED BY "+role+", "+role+"_too CASCADE", "DROP ROLE "+role+", "+role+"_too")

	for _, jobs := range []string{"-j1", "-j4"} {
		t.Run(jobs, func(t *testing.T) {
			db := server.CreateDB(t)

			v, exit := run(t, server, db, archive, jobs)
			want := map[string][2]int{"missing-role, harmless": {2, 0}}
			if diff := cmp.Diff(want, causes(v)); diff != "" || exit != 3 {
				t.Errorf("without the role: exit status %d, %s", exit, diff)
			}
			if v.Objects != 6 || v.Rows != 3 { // two tables, a view, three constraints
				t.Errorf("want 6 objects and 3 rows, got %d and %d", v.Objects, v.Rows)
			}

			v, exit = run(t, server, db, archive, jobs, "--no-owner", "--no-privileges")
			want = map[string][2]int{"already-exists, harmful": {6, 2}} // the data of both tables
			if diff := cmp.Diff(want, causes(v)); diff != "" || exit != 1 {
				t.Errorf("twice: exit status %d, %s", exit, diff)
			}

			server.Psql(t, db, "DROP VIEW everything", "DROP TABLE child, parent")
			v, exit = run(t, server, db, archive, jobs, "--ignore-errors=missing-role")
			if v.Judgement != verdict.Clean || exit != 0 {
				t.Errorf("ignored: %s, exit status %d", v.Judgement, exit)
			}
		})
	}
}
