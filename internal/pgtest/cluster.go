package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Cluster is a running throwaway server, with trust authentication for the
// superuser postgres. Its methods may be called concurrently.
type Cluster struct {
	Installation
	folder    string // holds the data and the socket
	databases atomic.Int64
}

// settings make a server quick and its results the same every time.
// Autovacuum is off because it changes statistics. Shared memory is in files of
// the data folder, which are gone with it.
const settings = `
listen_addresses = ''
unix_socket_directories = '%s'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
dynamic_shared_memory_type = mmap
shared_buffers = 32MB
min_wal_size = 32MB
max_wal_size = 64MB
timezone = 'UTC'
lc_messages = 'C'
`

// startTimeout is how long a server may take to be made and started.
const startTimeout = 2 * time.Minute

// Server gives this process's server of a major version, started at first
// use; it skips the test where that version is not installed.
func Server(t testing.TB, major int) *Cluster {
	t.Helper()
	installation, ok := Installed(major)
	if !ok {
		t.Skipf("PostgreSQL %d is missing", major)
	}
	process.mu.Lock()
	defer process.mu.Unlock()
	if err := process.open(); err != nil {
		t.Fatal(err)
	}
	c, ok := process.clusters[major]
	if !ok {
		var err error
		if c, err = process.start(installation, fmt.Sprint(major), nil); err != nil {
			t.Fatalf("start PostgreSQL %d: %v", major, err)
		}
		process.clusters[major] = c
	}
	return c
}

// Servers gives this process's servers of every version found that restores
// are tested with; it skips the test where there is none.
func Servers(t testing.TB) []*Cluster {
	t.Helper()
	var all []*Cluster
	for _, i := range Installations() {
		if i.Major >= OldestMajor {
			all = append(all, Server(t, i.Major))
		}
	}
	if len(all) == 0 {
		t.Skip("PostgreSQL is missing: no server found")
	}
	return all
}

// Newest gives this process's server of the newest version found that the
// reference pg_restore restores into; it skips the test where there is none.
func Newest(t testing.TB) *Cluster {
	t.Helper()
	for major := StockMajor; major >= OldestMajor; major-- {
		if _, ok := Installed(major); ok {
			return Server(t, major)
		}
	}
	t.Skip("PostgreSQL is missing: no server found")
	return nil
}

// Private starts a server for this test alone, to be restarted, filled up or
// killed. Lines are settings such as "max_connections = 10".
func Private(t testing.TB, major int, lines ...string) *Cluster {
	t.Helper()
	installation, ok := Installed(major)
	if !ok {
		t.Skipf("PostgreSQL %d is missing", major)
	}
	process.mu.Lock()
	defer process.mu.Unlock()
	if err := process.open(); err != nil {
		t.Fatal(err)
	}
	process.private++
	c, err := process.start(installation, fmt.Sprintf("%d-%d", major, process.private), lines)
	if err != nil {
		t.Fatalf("start PostgreSQL %d: %v", major, err)
	}
	t.Cleanup(func() { c.Stop(t) })
	return c
}

// start makes a cluster in a folder of the given name and starts it.
func (s *session) start(i Installation, name string, lines []string) (*Cluster, error) {
	c := &Cluster{Installation: i, folder: filepath.Join(s.folder, name)}
	if err := os.Mkdir(c.folder, 0o755); err != nil {
		return nil, err
	}
	if err := errors.Join(s.give(c.folder, s.account), os.Symlink(i.Bin, filepath.Join(c.folder, "bin"))); err != nil {
		return nil, err
	}
	if err := c.run("initdb", "-D", c.data(), "-U", "postgres", "-A", "trust", "-N", "--locale=C", "--encoding=UTF8"); err != nil {
		return nil, err
	}
	conf, err := os.OpenFile(filepath.Join(c.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conf, settings+"%s\n", c.folder, strings.Join(lines, "\n"))
	if err := errors.Join(err, conf.Close()); err != nil {
		return nil, err
	}
	return c, c.run("pg_ctl", "-D", c.data(), "-l", c.log(), "-w", "start")
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }
func (c *Cluster) log() string  { return filepath.Join(c.folder, "log") }

// run runs one of the installation's programs as the servers' user. Its output
// goes to a file, because a server that inherited a pipe would hold it open.
func (c *Cluster) run(tool string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Tool(tool), args...)
	cmd.Dir = "/"
	cmd.Env = cleanEnvironment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: process.account, Setsid: true}
	out, err := os.Create(filepath.Join(c.folder, tool+".log"))
	if err != nil {
		return err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		log, _ := os.ReadFile(c.log())
		return fmt.Errorf("%s: %w\n%s%s", tool, err, said, log)
	}
	return nil
}

// Stop stops the server at once, as a crash would.
func (c *Cluster) Stop(t testing.TB) {
	t.Helper()
	if err := c.run("pg_ctl", "-D", c.data(), "-m", "immediate", "stop"); err != nil {
		t.Fatal(err)
	}
}

// Start starts a stopped server again.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	if err := c.run("pg_ctl", "-D", c.data(), "-l", c.log(), "-w", "start"); err != nil {
		t.Fatal(err)
	}
}

// SocketFolder is the host to connect to.
func (c *Cluster) SocketFolder() string { return c.folder }

// ConnString gives a connection string for a database.
func (c *Cluster) ConnString(db string) string {
	quoted := strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(db)
	return fmt.Sprintf("host=%s port=5432 user=postgres dbname='%s'", c.folder, quoted)
}

// Environment gives the environment for a client program of this server: ours
// without libpq's variables, with its host and user, and nothing that changes
// what the program prints.
func (c *Cluster) Environment() []string {
	return append(cleanEnvironment(), "PGHOST="+c.folder, "PGPORT=5432", "PGUSER=postgres")
}

// cleanEnvironment is ours without what libpq reads, and with the zone and
// language that expected output has.
func cleanEnvironment() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PG") && !strings.HasPrefix(v, "LC_") && !strings.HasPrefix(v, "LANG") {
			env = append(env, v)
		}
	}
	return append(env, "TZ=UTC", "LC_ALL=C")
}
