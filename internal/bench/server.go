package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"pgrestore/internal/pgtest"
)

// server is a running throwaway server with trust authentication for the
// superuser postgres, on a Unix socket only. All but what connections need is
// as initdb leaves it: wal_level replica, fsync and synchronous_commit on,
// 128 MB of shared_buffers, 64 MB of maintenance_work_mem, autovacuum on.
type server struct {
	pgtest.Installation
	folder     string // holds data, socket and log
	account    *syscall.Credential
	postmaster int // its process
}

// serverSettings are what the options need beside initdb's settings.
func serverSettings(o options) []string {
	tables := o.size(smallTables.size)
	if o.curve == "tables" {
		tables = o.size(tableCurve[len(tableCurve)-1])
	}
	if tables <= 8000 { // pg_dump locks them all; the default is enough for so many
		return nil
	}
	return []string{fmt.Sprintf("max_locks_per_transaction = %d", tables/50)}
}

// startServer makes a server in the workspace, which stops it in the end.
func startServer(ctx context.Context, i pgtest.Installation, w *workspace, settings []string) (*server, error) {
	account, err := serverAccount()
	if err != nil {
		return nil, err
	}
	folder := w.serverFolder()
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	if account != nil {
		if err := os.Chown(folder, int(account.Uid), int(account.Gid)); err != nil {
			return nil, err
		}
	}
	s := &server{Installation: i, folder: folder, account: account}
	if err := s.control(ctx, "initdb", "-D", s.data(), "-U", "postgres", "-A", "trust", "-N", "--locale=C", "--encoding=UTF8"); err != nil {
		return nil, err
	}
	lines := append([]string{"listen_addresses = ''", "unix_socket_directories = '" + folder + "'", "timezone = 'UTC'", "lc_messages = 'C'"}, settings...)
	conf, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	_, err = conf.WriteString(strings.Join(lines, "\n") + "\n")
	if err := errors.Join(err, conf.Close()); err != nil {
		return nil, err
	}
	if err := s.control(ctx, "pg_ctl", "-D", s.data(), "-l", filepath.Join(folder, "log"), "-w", "start"); err != nil {
		return nil, err
	}
	return s, s.prepare(ctx)
}

// prepare reads who the postmaster is and makes the role that dumps grant to.
func (s *server) prepare(ctx context.Context) error {
	pidFile, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(pidFile), "\n")
	if s.postmaster, err = strconv.Atoi(first); err != nil {
		return fmt.Errorf("postmaster.pid: %w", err)
	}
	_, err = s.psql(ctx, "postgres", "CREATE ROLE bench_reader")
	return err
}

// serverAccount is the user that a server runs as, which must not be root; nil
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

func (s *server) data() string { return filepath.Join(s.folder, "data") }

func (s *server) socket() string { return filepath.Join(s.folder, ".s.PGSQL.5432") }

// control runs a program as the server's user. Its output goes to a file,
// because a server that inherited a pipe would hold it open.
func (s *server) control(ctx context.Context, tool string, args ...string) error {
	out, err := os.Create(s.folder + "." + tool + ".log")
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.CommandContext(ctx, s.Tool(tool), args...)
	cmd.Dir = "/"
	cmd.Env = s.environment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.account, Setsid: true}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name()) // the error above is the one to report
		return fmt.Errorf("%s: %w\n%s", tool, err, said)
	}
	return nil
}

// environment is that of every program run: ours without what libpq reads,
// with this server's address.
func (s *server) environment() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PG") && !strings.HasPrefix(v, "LC_") && !strings.HasPrefix(v, "LANG") {
			env = append(env, v)
		}
	}
	return append(env, "TZ=UTC", "LC_ALL=C", "PGHOST="+s.folder, "PGPORT=5432", "PGUSER=postgres")
}

// client makes a command of one of the server's own client programs.
func (s *server) client(ctx context.Context, tool string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, s.Tool(tool), args...)
	cmd.Env = append(s.environment(), "PGOPTIONS=-c jit=off")
	return cmd
}

// output runs a command and gives what it printed.
func output(cmd *exec.Cmd) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Path), err, stderr.Bytes())
	}
	return stdout.String(), nil
}

// psql runs a script and gives its output: one line a row, fields parted by
// "|".
func (s *server) psql(ctx context.Context, db, script string, options ...string) (string, error) {
	cmd := s.client(ctx, "psql", append(options, "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", db)...)
	cmd.Stdin = strings.NewReader(script)
	return output(cmd)
}

// createDB makes an empty database, after dropping the one of that name, and
// leaves the server with nothing to write.
func (s *server) createDB(ctx context.Context, db string) error {
	_, err := s.psql(ctx, "postgres", "DROP DATABASE IF EXISTS "+db+" WITH (FORCE);\nCREATE DATABASE "+db+" TEMPLATE template0;\nCHECKPOINT;\n")
	return err
}

func (s *server) dropDB(ctx context.Context, db string) error {
	_, err := s.psql(ctx, "postgres", "DROP DATABASE "+db+" WITH (FORCE);\nCHECKPOINT;\n")
	return err
}
