// Package pgtest gives tests real PostgreSQL: it finds the installations on
// this machine, runs throwaway servers, and holds the oracle that compares
// this project's program with the stock pg_restore. Only tests import it.
//
//	func TestSomething(t *testing.T) {
//		server := pgtest.Server(t, 18) // skips where there is no PostgreSQL 18
//		db := server.CreateDB(t)
//		server.Psql(t, db, "CREATE TABLE t (n integer)")
//		connect(server.ConnString(db))
//		fmt.Println(server.Dump(t, db))
//	}
//
// Servers listen on a Unix socket in a temporary folder only, run as an
// unprivileged user where the tests run as root, are shared by a test
// process's tests, one a major version, and go when the process does,
// however it ends.
package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// process is what this test process's tests share. A server takes a second to
// start, so this is the one package variable that tests need.
var process session

// session is the folder that all of a process's servers live in and the
// reaper that removes it.
type session struct {
	mu       sync.Mutex
	folder   string
	account  *syscall.Credential // who runs servers; nil: we do
	lifeline any                 // the reaper's standard input: it acts when this closes
	clusters map[int]*Cluster
	program  string
	private  int
}

// open makes the folder and starts the reaper, once. The caller holds mu.
func (s *session) open() error {
	if s.folder != "" {
		return nil
	}
	account, err := serverAccount()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(baseFolder(), "pgt")
	if err != nil {
		return err
	}
	if err := s.give(folder, account); err != nil {
		return err
	}
	lifeline, err := startReaper(folder, account)
	if err != nil {
		return err
	}
	s.folder, s.account, s.lifeline, s.clusters = folder, account, lifeline, map[int]*Cluster{}
	return nil
}

// give makes folder readable by all and owned by the servers' user.
func (s *session) give(folder string, account *syscall.Credential) error {
	if err := os.Chmod(folder, 0o755); err != nil || account == nil {
		return err
	}
	return os.Chown(folder, int(account.Uid), int(account.Gid))
}

// sharedMemory is the folder of a RAM disk on Linux; servers there are twice as
// quick.
const sharedMemory = "/dev/shm"

// neededKB is the space that a process's servers may take.
const neededKB = 2 << 20

// baseFolder is where the session's folder is made: PGTEST_DIR; a RAM disk
// that is large enough; or the system's folder for temporary files, unless its
// name is so long that a socket's path in it would pass the 107 bytes that one
// may have.
func baseFolder() string {
	if dir := os.Getenv("PGTEST_DIR"); dir != "" {
		return dir
	}
	if freeKB(sharedMemory) >= neededKB {
		return sharedMemory
	}
	if dir := os.TempDir(); len(dir) < 50 {
		return dir
	}
	return "/tmp"
}

// freeKB asks df for the space left in a folder; 0 where that is not known.
func freeKB(folder string) int {
	out, err := exec.Command("df", "-Pk", folder).Output()
	if err != nil {
		return 0
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) < 2 {
		return 0
	}
	fields := strings.Fields(lines[1])
	if len(fields) < 4 {
		return 0
	}
	kb, err := strconv.Atoi(fields[3])
	if err != nil {
		return 0
	}
	return kb
}

// serverAccount is the user that servers run as, which must not be root; nil
// where this process is not root either.
func serverAccount() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("neither a user postgres nor nobody to run a server as")
}

// startReaper starts a shell that waits for its standard input to end, which
// it does when this process does, even killed; then it stops the servers and
// removes the folder. It is in a session of its own, so that Ctrl-C leaves it
// to its work.
func startReaper(folder string, account *syscall.Credential) (lifeline any, err error) {
	const script = `read -r _
for data in "$0"/*/data; do
	[ ! -e "$data/postmaster.pid" ] || "${data%/data}/bin/pg_ctl" -D "$data" -m immediate stop
done
rm -rf "$0"`
	reaper := exec.Command("/bin/sh", "-c", script, folder)
	reaper.Dir = "/"
	reaper.SysProcAttr = &syscall.SysProcAttr{Credential: account, Setsid: true}
	lifeline, err = reaper.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := reaper.Start(); err != nil {
		return nil, fmt.Errorf("start reaper: %w", err)
	}
	return lifeline, nil
}

// Program gives the path of this project's program, built once a process,
// under the name asked for: pg_restore is the drop-in, pgrestore the whole.
// PGTEST_PROGRAM in the environment names a built one to test instead.
func Program(t testing.TB, name string) string {
	t.Helper()
	process.mu.Lock()
	defer process.mu.Unlock()
	if err := process.open(); err != nil {
		t.Fatal(err)
	}
	if process.program == "" {
		if err := process.build(); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(process.program, name)
}

// build builds the program; the caller holds mu.
func (s *session) build() error {
	folder := filepath.Join(s.folder, "program")
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	if err := s.give(folder, s.account); err != nil {
		return err
	}
	s.program = folder
	program := filepath.Join(folder, "pgrestore")
	if err := os.Symlink("pgrestore", filepath.Join(folder, "pg_restore")); err != nil {
		return err
	}
	if built := os.Getenv("PGTEST_PROGRAM"); built != "" {
		return os.Symlink(built, program)
	}
	if out, err := exec.Command("go", "build", "-o", program, "pgrestore/cmd/pgrestore").CombinedOutput(); err != nil {
		return fmt.Errorf("build program: %w\n%s", err, out)
	}
	return nil
}

// Root is the repository's top folder.
func Root(t testing.TB) string {
	t.Helper()
	root, err := repositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func repositoryRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the working folder")
		}
	}
}
