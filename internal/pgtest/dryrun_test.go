package pgtest

import (
	"fmt"
	"strings"
	"testing"
)

// A dry run asks the server and changes nothing there.
func TestDryRun(t *testing.T) {
	archive := Archives(t)[0]
	for _, server := range Servers(t) {
		t.Run(fmt.Sprint(server.Major), func(t *testing.T) {
			t.Parallel()
			db := server.CreateDB(t)
			before := server.Dump(t, db)
			got := Run{
				Program: Program(t, "pgrestore"), Env: server.Environment(),
				Args: []string{"--dry-run", "-j4", "-c", "-d", server.ConnString(db), archive.Path},
			}.Do(t)
			if got.Exit != 0 || got.Stderr != "" {
				t.Errorf("exit %d, messages %q", got.Exit, got.Stderr)
			}
			for _, want := range []string{"database \"" + db + "\"", "(a superuser)", "connections", "(max_connections)", "Stage main"} {
				if !strings.Contains(strings.Join(strings.Fields(got.Stdout), " "), want) {
					t.Errorf("want %q in\n%s", want, got.Stdout)
				}
			}
			if after := server.Dump(t, db); before != after {
				t.Errorf("the database has changed: %s", FirstDifference(before, after))
			}
		})
	}
}

// The connections that a user may still open bound those of the plan.
func TestDryRunConnectionLimit(t *testing.T) {
	server := Newest(t)
	db := server.CreateDB(t)
	role := "limited_" + db
	server.Psql(t, db, "CREATE ROLE "+role+" LOGIN CONNECTION LIMIT 2")
	t.Cleanup(func() { server.Psql(t, "postgres", "DROP ROLE "+role) })
	got := Run{
		Program: Program(t, "pgrestore"), Env: server.Environment(),
		Args: []string{
			"--dry-run", "-j4", "-d", strings.Replace(server.ConnString(db), "user=postgres", "user="+role, 1), Archives(t)[0].Path,
		},
	}.Do(t)
	out := strings.Join(strings.Fields(got.Stdout), " ")
	for _, want := range []string{
		"(no superuser)", "Connections 2 of the 4 asked for: the server takes no more (the user's connection limit)",
		"In order privileges, since one who is no superuser",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s\n%s", want, got.Stdout, got.Stderr)
		}
	}
}
