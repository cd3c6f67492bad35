package pgtest

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// breaker stands between a program and a server and breaks connections, each
// after the program has sent so many bytes on it. What it does depends on its
// seed alone; when, on the program.
type breaker struct {
	t      *testing.T
	server *Cluster
	db     string // whose server processes it ends

	mu     sync.Mutex
	random *rand.Rand
	left   int // times that it still breaks something
}

// How a connection is broken.
const (
	cutBoth   = iota // neither side hears anything more
	terminate        // a server process of the database is told to end, this one or another
	ways
)

// breakerBytes is about how much of what is sent a connection lives to see. A
// restore of the sample sends some 200 kB.
const breakerBytes = 60_000

// serve takes connections until the listener is closed, and waits for them.
func (b *breaker) serve(l net.Listener) {
	var connections sync.WaitGroup
	defer connections.Wait()
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		connections.Go(func() { b.connection(client) })
	}
}

// connection passes a connection on until one side ends it, or it is broken.
func (b *breaker) connection(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("unix", filepath.Join(b.server.folder, ".s.PGSQL.5432"))
	if err != nil {
		return // the program sees it, too
	}
	defer server.Close()
	var replies sync.WaitGroup
	replies.Go(func() {
		_, _ = io.Copy(client, server)
		client.Close()
	})
	defer replies.Wait()
	defer server.Close()
	for budget, how := b.next(); budget > 0; budget, how = b.next() {
		if n, _ := io.CopyN(server, client, budget); n < budget {
			return // the program has ended it
		}
		if how == cutBoth {
			return
		}
		b.server.Psql(b.t, "postgres", fmt.Sprintf("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"+
			" WHERE datname = '%s' AND backend_type = 'client backend' ORDER BY pid OFFSET %d LIMIT 1", b.db, b.at(4)))
	}
	_, _ = io.Copy(server, client)
}

// next says after how many bytes a connection is broken, and how; 0 for never.
func (b *breaker) next() (budget int64, how int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left == 0 {
		return 0, 0
	}
	b.left--
	return 2_000 + b.random.Int64N(breakerBytes), b.random.IntN(ways)
}

// at gives a number below n.
func (b *breaker) at(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.random.IntN(n)
}

// Whenever connections are lost, a restore that ends with success has restored
// everything, and nothing twice.
func TestLostConnections(t *testing.T) {
	for _, server := range Servers(t) {
		name := fmt.Sprintf("pg%d-custom-gzip.dump", server.Major)
		archives := Archives(t)
		n := slices.IndexFunc(archives, func(a Archive) bool { return a.Name == name })
		if n < 0 {
			continue // not a version that dumps are kept of
		}
		archive := archives[n].Path
		t.Run(fmt.Sprint(server.Major), func(t *testing.T) {
			t.Parallel()
			rig := newRig(t, server.Major)
			calm := server.CreateDB(t)
			if r := (Run{Program: server.Tool("pg_restore"), Env: server.Environment(), Args: []string{"-d", calm, archive}}).Do(t); r.Exit != 0 {
				t.Fatalf("the server's own pg_restore: exit %d\n%s", r.Exit, r.Stderr)
			}
			want := SortRows(rig.state(t, calm, nil))
			survived := 0
			for seed, options := range []string{"-j1", "-j3", "-j3"} {
				db := server.CreateDB(t)
				r := restoreBroken(t, server, db, uint64(seed), append(strings.Fields(options), archive))
				t.Logf("seed %d, %s: exit %d, %d connections lost", seed, options, r.Exit, strings.Count(r.Stderr, "connection lost, connecting again"))
				lost := strings.Contains(r.Stderr, "connection lost, connecting again")
				switch {
				case r.Exit == 0:
					if got := SortRows(rig.state(t, db, nil)); want != got {
						t.Errorf("seed %d, %s: success, but the dump: %s\n%s", seed, options, FirstDifference(want, got), r.Stderr)
					}
					if lost {
						survived++
					}
				case r.Exit != 1 || !strings.Contains(r.Stderr, "error: "):
					t.Errorf("seed %d, %s: want an error and exit status 1, got %d\n%s", seed, options, r.Exit, r.Stderr)
				}
			}
			if survived == 0 {
				t.Error("no restore has lost a connection and gone on to the end")
			}
		})
	}
}

// restoreBroken restores with our program through a breaker.
func restoreBroken(t *testing.T, server *Cluster, db string, seed uint64, args []string) Result {
	t.Helper()
	b := &breaker{t: t, server: server, db: db, random: rand.New(rand.NewPCG(seed, 0)), left: 4}
	folder := filepath.Join(server.folder, "breaks-"+db) // a socket's path must be short
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	var served sync.WaitGroup
	served.Go(func() { b.serve(l) })
	defer served.Wait()
	defer l.Close()
	return Run{
		Program: Program(t, "pgrestore"), Args: append([]string{"-d", db}, args...),
		Env: append(server.Environment(), "PGHOST="+folder),
	}.Do(t)
}
