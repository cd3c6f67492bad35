package pgtest

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// CreateDB makes an empty UTF8 database for this test and gives its name. The
// names of one server's databases are of equal length.
func (c *Cluster) CreateDB(t testing.TB) string {
	t.Helper()
	db := fmt.Sprintf("test_%05d", c.databases.Add(1))
	c.Psql(t, "postgres", "CREATE DATABASE "+db+" TEMPLATE template0")
	t.Cleanup(func() { c.DropDB(t, db) })
	return db
}

// DropDB drops a database and whatever keeps it from being dropped.
func (c *Cluster) DropDB(t testing.TB, db string) {
	t.Helper()
	quoted := `"` + strings.ReplaceAll(db, `"`, `""`) + `"`
	literal := "'" + strings.ReplaceAll(db, "'", "''") + "'"
	subscriptions := c.Psql(t, "postgres", "SELECT quote_ident(subname) FROM pg_subscription JOIN pg_database d ON d.oid = subdbid WHERE datname = "+literal)
	for s := range strings.Lines(subscriptions) {
		s = strings.TrimSpace(s)
		c.Psql(t, db, "ALTER SUBSCRIPTION "+s+" DISABLE", "ALTER SUBSCRIPTION "+s+" SET (slot_name = NONE)", "DROP SUBSCRIPTION "+s)
	}
	c.Psql(t, "postgres", "DROP DATABASE IF EXISTS "+quoted+" WITH (FORCE)")
}

// Psql runs statements, each on its own, and gives their output: one line a
// row, fields parted by "|". An error fails the test.
func (c *Cluster) Psql(t testing.TB, db string, statements ...string) string {
	t.Helper()
	args := []string{"-XAtq", "-v", "ON_ERROR_STOP=1", "-d", c.ConnString(db)}
	for _, s := range statements {
		args = append(args, "-c", s)
	}
	return c.client(t, "psql", args...)
}

// PsqlFile runs a script of the repository, given by its path below the top
// folder.
func (c *Cluster) PsqlFile(t testing.TB, db, path string) {
	t.Helper()
	c.client(t, "psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", c.ConnString(db), "-f", filepath.Join(Root(t), path))
}

// Dump gives a plain dump of a database by the server's own pg_dump, without
// what differs each time.
func (c *Cluster) Dump(t testing.TB, db string, options ...string) string {
	t.Helper()
	out := c.client(t, "pg_dump", append(options, "-d", c.ConnString(db))...)
	var kept strings.Builder
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, `\restrict `) && !strings.HasPrefix(line, `\unrestrict `) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// SortRows sorts the rows of each COPY in a dump. Rows loaded by several jobs
// lie in another order than those of a serial restore: a COPY that follows a
// TRUNCATE in one transaction does not look for free space in earlier pages.
func SortRows(dump string) string {
	lines := strings.SplitAfter(dump, "\n")
	start := -1
	for i, line := range lines {
		switch {
		case start < 0 && strings.HasPrefix(line, "COPY ") && strings.HasSuffix(line, " FROM stdin;\n"):
			start = i + 1
		case start >= 0 && line == "\\.\n":
			slices.Sort(lines[start:i])
			start = -1
		}
	}
	return strings.Join(lines, "")
}

// client runs one of the server's own client programs and gives its output.
func (c *Cluster) client(t testing.TB, tool string, args ...string) string {
	t.Helper()
	cmd := exec.Command(c.Tool(tool), args...)
	cmd.Env = c.Environment()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s of PostgreSQL %s: %v\n%s", tool, c.Version, err, stderr.Bytes())
	}
	return stdout.String()
}
