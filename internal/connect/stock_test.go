package connect_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/internal/connect"
	"pgrestore/internal/pgtest"
)

// lookup makes a LookupEnv of an environment as os/exec takes it.
func lookup(env []string) connect.LookupEnv {
	values := make(map[string]string)
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		values[name] = value
	}
	return func(name string) (string, bool) {
		value, found := values[name]
		return value, found
	}
}

// TestAsStock compares the messages of connections that fail with those of
// the stock pg_restore.
func TestAsStock(t *testing.T) {
	stock, server, archive := pgtest.Stock(t), pgtest.Newest(t), pgtest.Archives(t)[0]
	home := t.TempDir()
	for name, text := range map[string]string{
		"pass":    "*:*:*:*:p\n",
		"service": "[s]\nhost=/nonexistent\nport=77\n[bad]\nhost\n[nested]\nservice=s\n[unknown]\nx=1\n",
	} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	here := "host=" + server.SocketFolder() + " "
	server.Psql(t, "postgres", "DROP ROLE IF EXISTS connect_none", "CREATE ROLE connect_none LOGIN CONNECTION LIMIT 0", "DROP ROLE IF EXISTS connect_nologin", "CREATE ROLE connect_nologin")

	for _, tt := range []struct {
		name string
		dsn  string
		env  []string
	}{
		{"no database", "nosuch", nil},
		{"no role", "user=nosuch dbname=postgres", nil},
		{"no login", "user=connect_nologin dbname=postgres", nil},
		{"limit", "user=connect_none dbname=postgres", nil},
		{"bad parameter", "options='-c nosuch=1' dbname=postgres", nil},
		{"bad value", "options='-c work_mem=x' dbname=postgres", nil},
		{"bad encoding", "client_encoding=nosuch dbname=postgres", nil},
		{"bad time zone", "postgres", []string{"PGTZ=nosuch"}},
		{"standby wanted", "target_session_attrs=standby dbname=postgres", nil},
		{"read-only wanted", "dbname=postgres", []string{"PGTARGETSESSIONATTRS=read-only"}},
		{"writable wanted", "target_session_attrs=read-write options='-c default_transaction_read_only=on' dbname=postgres", nil},
		{"timeout is no number", "connect_timeout=x dbname=postgres", nil},
		{"require_auth", "require_auth=scram-sha-256 dbname=postgres", nil},
		{"channel_binding", "channel_binding=require dbname=postgres", nil},
		{"sslcertmode", "sslcertmode=require dbname=postgres", nil},
		{"version", "min_protocol_version=3.3 dbname=postgres", nil},
		{"other peer", "requirepeer=nosuch dbname=postgres", nil},
		{"several", "host=/nonexistent," + server.SocketFolder() + " port=1,5432 dbname=nosuch", nil},
		{"several, one port of two", here + "port=1,2", nil},
		{"no socket", "host=/nonexistent", nil},
		{"long socket", "host=/" + strings.Repeat("x", 200), nil},
		{"refused", "host=127.0.0.1 port=1", nil},
		{"refused, hostaddr", "host=x hostaddr=127.0.0.1 port=1", nil},
		{"bad hostaddr", "hostaddr=x", nil},
		{"bad port", "port=x", nil},
		{"no port", "port=0", nil},
		{"service", "service=s", []string{"PGSERVICEFILE=" + home + "/service"}},
		{"no service", "service=nosuch", []string{"PGSERVICEFILE=" + home + "/service", "PGSYSCONFDIR=" + home}},
		{"bad service", "", []string{"PGSERVICE=bad", "PGSERVICEFILE=" + home + "/service"}},
		{"nested service", "service=nested", []string{"PGSERVICEFILE=" + home + "/service"}},
		{"unknown in service", "service=unknown", []string{"PGSERVICEFILE=" + home + "/service"}},
		{"no service file", "service=s", []string{"PGSERVICEFILE=/nonexistent"}},
		{"password file others may read", "nosuch", []string{"PGPASSFILE=" + home + "/pass"}},
		{"password file is a folder", "nosuch", []string{"PGPASSFILE=" + home}},
		{"conninfo", "host", nil},
		{"conninfo, quote", "host='x", nil},
		{"conninfo, option", "foo=1", nil},
		{"URI", "postgresql://[::1]x", nil},
		{"URI, token", "postgresql://%zz", nil},
		{"URI, parameter", "postgresql://?foo=1", nil},
		{"sslmode", "sslmode=x", nil},
		{"empty sslmode", "postgres", []string{"PGSSLMODE="}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			env := append(server.Environment(), append([]string{"HOME=" + home}, tt.env...)...)
			want := pgtest.Run{Program: stock, Args: []string{"-w", "-d", tt.dsn, archive.Path}, Env: env}.Do(t).Stderr

			var got strings.Builder
			p := connect.Params{DBName: tt.dsn, Prompt: connect.PromptNever, FallbackApplicationName: "pg_restore", Warnings: &got}
			_, err := connect.New(p, lookup(env), nil).Connect(t.Context(), connect.Session{})
			if err == nil {
				t.Fatal("connected")
			}
			got.WriteString("pg_restore: error: " + connect.ErrorMessage(err))
			if got.String() != want {
				t.Errorf("want %q\n got %q", want, got.String())
			}
		})
	}
}

// TestQueriesAsPsql compares the messages of queries that fail, and of
// notices, with those of psql, which libpq makes for it.
func TestQueriesAsPsql(t *testing.T) {
	server := pgtest.Newest(t)
	for _, query := range []string{
		"select nosuch",
		"select 1;\nselect nosuch\n\tfrom x",
		"select\r\n nosuch",
		"select '" + strings.Repeat("日本", 30) + "', nosuch, '" + strings.Repeat("é", 70) + "'",
		"select 1 +",
		"do $$ begin raise exception 'x' using detail = 'd', hint = 'h'; end $$",
		"do $$ begin raise notice 'x' using detail = 'd', hint = 'h'; raise warning 'y'; end $$",
		"do $$ begin execute 'select nosuch from x'; end $$",
		"create function pg_temp.f() returns int language sql as 'select nosuch'",
		"create temp table t (a int primary key); insert into t values (1), (1)",
	} {
		t.Run(query, func(t *testing.T) {
			env := append(server.Environment(), "PGDATABASE=postgres", "PGCLIENTENCODING=UTF8")
			want := pgtest.Run{Program: server.Tool("psql"), Args: []string{"-X", "-c", query}, Env: env}.Do(t).Stderr

			var got strings.Builder
			session := connect.Session{OnNotice: func(_ *pgconn.PgConn, n *pgconn.Notice) {
				got.WriteString(connect.NoticeMessage(n, query, "UTF8"))
			}}
			conn, err := connect.New(connect.Params{}, lookup(env), nil).Connect(t.Context(), session)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			if _, err := conn.Exec(t.Context(), query).ReadAll(); err != nil {
				got.WriteString(connect.QueryErrorMessage(conn, err, query))
			}
			if got.String() != want {
				t.Errorf("want %q\n got %q", want, got.String())
			}
		})
	}
}

// TestServers connects to every version, runs a query and cancels another.
func TestServers(t *testing.T) {
	for _, server := range pgtest.Servers(t) {
		t.Run(server.Version, func(t *testing.T) {
			running := make(chan struct{})
			session := connect.Session{OnNotice: func(*pgconn.PgConn, *pgconn.Notice) { close(running) }}
			conn, err := connect.New(connect.Params{DBName: server.ConnString("postgres")}, lookup(nil), nil).Connect(t.Context(), session)
			if err != nil {
				t.Fatal(connect.ErrorMessage(err))
			}
			defer conn.Close(t.Context())
			canceled := make(chan error, 1)
			go func() {
				_, err := conn.Exec(t.Context(), "do $$ begin raise notice 'running'; perform pg_sleep(60); end $$").ReadAll()
				canceled <- err
			}()
			<-running
			if err := conn.CancelRequest(t.Context()); err != nil {
				t.Error(err)
			}
			want := "ERROR:  canceling statement due to user request\n"
			if got := connect.ErrorMessage(<-canceled); !strings.HasPrefix(got, want) {
				t.Errorf("want %q, got %q", want, got)
			}
		})
	}
}
