package connect

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// asker answers prompts from a list, and counts.
type asker struct {
	answers []string
	prompts []string
}

func (a *asker) ask(_ context.Context, prompt string) (string, error) {
	a.prompts = append(a.prompts, prompt)
	if len(a.prompts) > len(a.answers) {
		return "", errors.New("asked too often")
	}
	return a.answers[len(a.prompts)-1], nil
}

func TestPrompt(t *testing.T) {
	s := passwordServer(t)
	const wrong = "FATAL:  wrong"
	tests := []struct {
		name        string
		wantPrompts int
		wantErr     string // what follows "failed: ", "" is none
		p           Params
		answers     []string
	}{
		{name: "asked for", wantPrompts: 1, answers: []string{"right"}},
		{name: "asked for once", wantPrompts: 1, wantErr: wrong, answers: []string{"no", "right"}},
		{name: "nothing typed", wantPrompts: 1, wantErr: "fe_sendauth: no password supplied", answers: []string{""}},
		{name: "never", wantErr: "fe_sendauth: no password supplied", p: Params{Prompt: PromptNever}},
		{name: "always", wantPrompts: 1, p: Params{Prompt: PromptAlways}, answers: []string{"right"}},
		{name: "always, wrong", wantPrompts: 1, wantErr: wrong, p: Params{Prompt: PromptAlways}, answers: []string{"no", "right"}},
		{name: "given", p: Params{DBName: "password=right"}},
		{name: "given, wrong", wantErr: wrong, p: Params{DBName: "password=no"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &asker{answers: tt.answers}
			tt.p.DBName = s.dsn(tt.p.DBName)
			c := New(tt.p, noEnv, a.ask)
			conn, err := c.Connect(t.Context(), Session{})
			if err == nil {
				defer conn.Close(t.Context())
			}
			_, text, _ := strings.Cut(errorText(err), "failed: ")
			if text != tt.wantErr {
				t.Errorf("want error %q, got %q", tt.wantErr, errorText(err))
			}
			if len(a.prompts) != tt.wantPrompts {
				t.Errorf("want %d prompts, got %q", tt.wantPrompts, a.prompts)
			}
			if tt.wantPrompts > 0 && a.prompts[0] != "Password: " {
				t.Errorf("prompted %q", a.prompts[0])
			}
			// Later connections use what is known and never prompt.
			again, err2 := c.Connect(t.Context(), Session{})
			if (err2 == nil) != (err == nil) {
				t.Errorf("first error %v, second %v", err, err2)
			}
			if err2 == nil {
				_ = again.Close(t.Context()) // as above
			}
			if len(a.prompts) != tt.wantPrompts {
				t.Errorf("prompted again: %q", a.prompts)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestPasswordRemembered keeps a password although its source is gone.
func TestPasswordRemembered(t *testing.T) {
	s := passwordServer(t)
	password := "right"
	env := func(name string) (string, bool) { return password, name == "PGPASSWORD" && password != "" }
	c := New(Params{DBName: s.dsn("")}, env, nil)
	for range 2 {
		conn, err := c.Connect(t.Context(), Session{})
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Close(t.Context())
		password = ""
	}
}

func TestWrongPasswordFromFile(t *testing.T) {
	s := passwordServer(t)
	file := writeFile(t, "pass", "*:*:*:*:no\n")
	_, err := New(Params{DBName: s.dsn("")}, envOf("PGPASSFILE="+file), nil).Connect(t.Context(), Session{})
	_, got, _ := strings.Cut(errorText(err), "failed: ")
	if want := "FATAL:  wrong\npassword retrieved from file \"" + file + "\""; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
}

func TestConcurrentConnects(t *testing.T) {
	s := passwordServer(t)
	c := New(Params{DBName: s.dsn("password=right")}, noEnv, nil)
	errs := make(chan error)
	for range 8 {
		go func() {
			conn, err := c.Connect(t.Context(), Session{})
			if err == nil {
				err = conn.Close(t.Context())
			}
			errs <- err
		}()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("enough")
	s := serve(t, func(c *fakeConn) error {
		cancel(cause)
		_, _, err := c.message()
		return err
	})
	_, err := New(Params{DBName: s.dsn("")}, noEnv, nil).Connect(ctx, Session{})
	if !errors.Is(err, cause) {
		t.Errorf("want %v, got %v", cause, err)
	}
}

// TestNotices sends those of the session's start to the warnings and later
// ones to the session.
func TestNotices(t *testing.T) {
	s := serve(t, func(c *fakeConn) error {
		if _, err := c.startup(); err != nil {
			return err
		}
		err := c.send(authRequest(reqOK, ""), serverError('N', "WARNING", "01000", "at start"), ready)
		if err != nil {
			return err
		}
		if _, _, err := c.message(); err != nil {
			return err
		}
		return c.send(serverError('N', "NOTICE", "00000", "later"), msg('C', "DO\x00"), ready)
	})
	var warnings, notices strings.Builder
	session := Session{OnNotice: func(_ *pgconn.PgConn, n *pgconn.Notice) { notices.WriteString(NoticeMessage(n, "", "")) }}
	conn, err := New(Params{DBName: s.dsn(""), Warnings: &warnings}, noEnv, nil).Connect(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "do").ReadAll(); err != nil {
		t.Error(err)
	}
	if got, want := warnings.String(), "WARNING:  at start\n"; got != want {
		t.Errorf("want warnings %q, got %q", want, got)
	}
	if got, want := notices.String(), "NOTICE:  later\n"; got != want {
		t.Errorf("want notices %q, got %q", want, got)
	}
}

// TestLostConnections has the messages of queries on connections that end.
func TestLostConnections(t *testing.T) {
	gone := "no connection to the server\n"
	tests := []struct {
		name string
		want []string // of queries, one after the other
		play func(c *fakeConn) error
	}{
		{"closed", []string{closedUnexpectedly, gone}, func(c *fakeConn) error {
			_, _, err := c.message()
			return err
		}},
		{"closed before", []string{closedUnexpectedly, gone}, func(*fakeConn) error { return nil }},
		{"told", []string{"FATAL:  stop\n" + closedUnexpectedly, gone}, func(c *fakeConn) error {
			if _, _, err := c.message(); err != nil {
				return err
			}
			return c.send(serverError('E', "FATAL", "57P01", "stop"))
		}},
		{"told before", []string{"FATAL:  stop\n" + closedUnexpectedly, gone}, func(c *fakeConn) error {
			return c.send(serverError('E', "FATAL", "57P01", "stop"))
		}},
		{"error, then closed", []string{"ERROR:  m\n", closedUnexpectedly}, func(c *fakeConn) error {
			if _, _, err := c.message(); err != nil {
				return err
			}
			if err := c.send(serverError('E', "ERROR", "42601", "m"), ready); err != nil {
				return err
			}
			_, _, err := c.message()
			return err
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(c *fakeConn) error {
				if err := c.accept(); err != nil {
					return err
				}
				return tt.play(c)
			})
			conn, err := New(Params{DBName: s.dsn("")}, noEnv, nil).Connect(t.Context(), Session{})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			for _, want := range tt.want {
				_, err := conn.Exec(t.Context(), "select 1").ReadAll()
				if err == nil {
					t.Fatal("no error")
				}
				if got := QueryErrorMessage(conn, err, "select 1"); got != want {
					t.Errorf("want %q, got %q", want, got)
				}
			}
		})
	}
}

func TestCancelRequest(t *testing.T) {
	got := make(chan uint32, 1)
	s := serve(t, func(c *fakeConn) error {
		code, body, err := c.request()
		if err != nil {
			return err
		}
		const cancel = 1234<<16 | 5678
		if code == cancel {
			got <- uint32(body[3])<<16 | uint32(body[7])
			return nil
		}
		if err := c.send(authRequest(reqOK, ""), msg('K', "\x00\x00\x00\x01\x00\x00\x00\x02"), ready); err != nil {
			return err
		}
		_, _, err = c.message()
		return err
	})
	conn, err := New(Params{DBName: s.dsn("sslmode=disable")}, noEnv, nil).Connect(t.Context(), Session{})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.CancelRequest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if key := <-got; key != 1<<16|2 {
		t.Errorf("want process 1 and key 2, got %x", key)
	}
}

// TestServiceInEnvironment connects although pgconn would not understand the
// service file that PGSERVICE leads to.
func TestServiceInEnvironment(t *testing.T) {
	s := passwordServer(t)
	file := writeFile(t, "service", "not pgconn's idea of a service file\n[s]\npassword=right\n")
	t.Setenv("PGSERVICE", "s")
	t.Setenv("PGSERVICEFILE", file)
	c := New(Params{DBName: s.dsn("")}, envOf("PGSERVICE=s", "PGSERVICEFILE="+file), nil)
	conn, err := c.Connect(t.Context(), Session{})
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close(t.Context())
}
