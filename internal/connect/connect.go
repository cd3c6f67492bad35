// Package connect opens connections to PostgreSQL the way libpq 18 does for
// pg_restore: the same connection strings, environment, service and password
// files, TLS rules, order of attempts and words in the messages. The wire
// protocol itself is pgconn's.
//
// It does not retry, does not check the server's version and runs no queries
// except the one target_session_attrs may need. GSSAPI, SSPI, OAuth and LDAP
// service lookups are not supported; see options.go for what becomes of their
// options.
//
//	c := connect.New(connect.Params{DBName: "postgresql:///app", FallbackApplicationName: "pg_restore"},
//		os.LookupEnv, connect.AskTerminal)
//	conn, err := c.Connect(ctx, connect.Session{})
//	if err != nil {
//		return connect.ErrorMessage(err) // what PQerrorMessage would say
//	}
//	_, err = conn.Exec(ctx, query).ReadAll()
//	if err != nil {
//		return connect.QueryErrorMessage(conn, err, query)
//	}
package connect

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
)

// Prompt says when a password is asked for.
type Prompt int

const (
	PromptAuto   Prompt = iota // when the server wants one and none is known
	PromptNever                // -w
	PromptAlways               // -W: before the first attempt
)

// Params are pg_restore's connection options as typed. A zero value means "not given".
type Params struct {
	// DBName is -d: a database name, a keyword/value string or a URI.
	// What a string or URI says outweighs Host, Port and User.
	DBName           string
	Host, Port, User string
	Prompt           Prompt

	// FallbackApplicationName names the program to the server, unless
	// PGAPPNAME or application_name does.
	FallbackApplicationName string

	// Warnings gets libpq's own warnings and the notices a server sends while
	// a session starts, as whole lines. Writes are serialized. Nil discards them.
	Warnings io.Writer
}

// LookupEnv reads the environment; os.LookupEnv is one.
type LookupEnv func(name string) (string, bool)

// Ask prompts for a secret and returns what was typed; AskTerminal is one.
type Ask func(ctx context.Context, prompt string) (string, error)

// Session is what may differ from one connection of a Connector to the next.
type Session struct {
	// DBName replaces the database name of Params; unlike that one it is
	// never taken for a connection string. Empty means no replacement.
	DBName string

	// OnNotice is called for notices after the session has started. Nil sends
	// them to Params.Warnings.
	OnNotice func(*pgconn.PgConn, *pgconn.Notice)
}

// Connector opens connections with the same parameters and remembers the
// password that was typed or used, so only its first Connect ever prompts.
type Connector struct {
	params Params
	env    LookupEnv
	ask    Ask
	base   *pgconn.Config

	warnMu sync.Mutex // serializes writes to params.Warnings

	mu         sync.Mutex
	started    bool   // Connect was called before
	password   secret // typed, or used by an earlier connection
	passphrase secret // of the client certificate's key
}

// secret is a password, and whether there is one: an empty answer to a prompt is an answer.
type secret struct {
	value string
	known bool
}

// New returns a Connector. Parameters are looked at, files read and prompts
// made by Connect only. See baseConfig for why New is best called before the
// program starts other goroutines.
func New(p Params, env LookupEnv, ask Ask) *Connector {
	return &Connector{params: p, env: env, ask: ask, base: baseConfig()}
}

// Connect opens a connection. The first call may prompt, once: at once with
// PromptAlways, otherwise when a server wants a password and none is known.
// Connect may be called concurrently; while the first call prompts, others do
// not wait for it and do not prompt.
//
// ctx bounds the attempt, not the life of the connection. The error is an
// *Error, or what Ask returned, or ctx's cause.
func (c *Connector) Connect(ctx context.Context, s Session) (*pgconn.PgConn, error) {
	first, password := c.begin()
	mayAsk := first && c.params.Prompt != PromptNever
	if mayAsk && c.params.Prompt == PromptAlways {
		typed, err := c.ask(ctx, passwordPrompt)
		if err != nil {
			return nil, err
		}
		password = secret{typed, true}
	}

	for {
		conn, err := c.connectOnce(ctx, s, password)
		var failed *Error
		if err == nil || !errors.As(err, &failed) || !failed.needsPassword || password.known || !mayAsk {
			return conn, err
		}
		typed, err := c.ask(ctx, passwordPrompt)
		if err != nil {
			return nil, err
		}
		password = secret{typed, true}
	}
}

const passwordPrompt = "Password: "

// begin reports whether this is the first Connect, and the password known so far.
func (c *Connector) begin() (first bool, password secret) {
	c.mu.Lock()
	defer c.mu.Unlock()
	first = !c.started
	c.started = true
	return first, c.password
}

// connectOnce resolves the parameters anew, as files and environment may have
// changed, tries all hosts and remembers the password a server accepted.
func (c *Connector) connectOnce(ctx context.Context, s Session, password secret) (*pgconn.PgConn, error) {
	set, err := c.settings(s, password)
	if err != nil {
		return nil, err
	}
	t, err := newTarget(set, c.env, c.warn)
	if err != nil {
		return nil, err
	}
	o := &opener{target: t, session: s, base: c.base, call: callbacks{warn: c.warn, passphrase: c.keyPassphrase}}
	conn, used, err := o.open(ctx)
	if err != nil {
		return nil, err
	}
	if used.known {
		c.mu.Lock()
		c.password = used
		c.mu.Unlock()
	}
	return conn, nil
}

// settings merges the parameters in the order in which pg_restore hands them
// to PQconnectdbParams (ConnectDatabase), then adds the defaults.
func (c *Connector) settings(s Session, password secret) (settings, error) {
	given := []keywordValue{
		{"host", c.params.Host},
		{"port", c.params.Port},
		{"user", c.params.User},
	}
	if password.known {
		given = append(given, keywordValue{"password", password.value})
	}
	given = append(given,
		keywordValue{"dbname", c.params.DBName},
		keywordValue{"dbname", s.DBName},
		keywordValue{"fallback_application_name", c.params.FallbackApplicationName},
	)
	set, err := mergeSettings(given)
	if err != nil {
		return nil, err
	}
	if err := set.addDefaults(c.env); err != nil {
		return nil, err
	}
	return set, nil
}

// keyPassphrase asks for the passphrase of an encrypted key file, once for
// all connections, as OpenSSL does inside libpq.
func (c *Connector) keyPassphrase(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.passphrase.known && c.params.Prompt != PromptNever {
		typed, err := c.ask(ctx, "Enter PEM pass phrase:")
		if err != nil {
			return "", err
		}
		c.passphrase = secret{typed, true}
	}
	return c.passphrase.value, nil
}

// warn writes text, which ends in a newline, to Params.Warnings.
func (c *Connector) warn(text string) {
	if c.params.Warnings == nil {
		return
	}
	c.warnMu.Lock()
	defer c.warnMu.Unlock()
	_, _ = io.WriteString(c.params.Warnings, text) // nobody is left to tell
}
