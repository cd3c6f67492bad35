package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// An attempt is one try to start a session: one address, one kind of
// encryption. pgconn speaks the protocol; the attempt dials, negotiates TLS
// and, with a gate in front of pgconn's reader, sees each message of the
// server before pgconn may answer it.
type attempt struct {
	opener      *opener
	host        *host
	addr        address
	method      encryption
	methodsLeft []encryption // to try with this address if this one does not work
	timeoutErr  error        // of reading connect_timeout
	anonymous   bool         // do not send application_name

	// The outcome of a failure; the first one counts.
	failed         bool
	verdict        verdict
	text           string // libpq's, each line with its newline
	cause          error
	tryOtherMethod bool // the failure may be due to the encryption
	tryAnonymous   bool // the failure may be due to application_name
	silent         bool // not worth a message while there are other addresses

	raw            net.Conn // below TLS, once dialed
	cert           *clientCert
	authDone       bool // the server has accepted us
	passwordNeeded bool // the server has asked for a password

	conn        *pgconn.PgConn
	dialed      atomic.Bool
	established atomic.Bool // conn is the caller's; dials are for cancel requests now
	loss        loss        // of conn
}

// baseConfig returns a configuration to copy. pgconn accepts only what its
// ParseConfig made, and that reads the environment and files: the parameters
// leave it nothing to find, with the exception of PGSERVICE, which only being
// unset keeps it from reading.
func baseConfig() *pgconn.Config {
	if service, found := os.LookupEnv("PGSERVICE"); found {
		_ = os.Unsetenv("PGSERVICE")          // cannot fail for this name
		defer os.Setenv("PGSERVICE", service) // as above
	}
	cfg, err := pgconn.ParseConfig("host=/ port=1 user=u password=p dbname=d sslmode=disable sslcertmode=allow " +
		"sslnegotiation=postgres channel_binding=disable require_auth='' target_session_attrs=any connect_timeout=0 " +
		"min_protocol_version=3.0 max_protocol_version=3.0")
	if err != nil {
		panic("connect: pgconn refuses the base configuration: " + err.Error())
	}
	return cfg
}

// config returns pgconn's configuration for this attempt. Everything that
// ParseConfig may have found somewhere is overwritten.
func (a *attempt) config() *pgconn.Config {
	t := a.opener.target
	cfg := a.opener.base.Copy()
	// An absolute path keeps pgconn from resolving anything: dial knows the address.
	cfg.Host = "/"
	cfg.User = t.user
	cfg.Database = t.dbname
	cfg.Password = t.passwordFor(a.host)
	cfg.RuntimeParams = maps.Clone(t.startup)
	if a.anonymous {
		delete(cfg.RuntimeParams, "application_name")
	}
	cfg.MinProtocolVersion = t.minProtocol.String()
	cfg.MaxProtocolVersion = t.maxProtocol.String()
	cfg.ChannelBinding = t.auth.channelBinding
	cfg.RequireAuth = t.auth.requireAuth
	cfg.DialFunc = a.dial
	cfg.BuildFrontend = a.frontend
	cfg.OnNotice = a.notice
	cfg.OnPgError = func(_ *pgconn.PgConn, e *pgconn.PgError) bool { return !isFatal(e) }
	return cfg
}

// run makes the attempt. After any verdict but accepted, nothing is left open.
func (a *attempt) run(ctx context.Context) verdict {
	conn, err := pgconn.ConnectConfig(ctx, a.config())
	if err != nil {
		return a.failFromProtocol(ctx, err)
	}
	a.conn = conn
	conn.CustomData()[lossKey] = &a.loss
	a.established.Store(true)
	return accepted
}

// frontend puts the gate between the connection and pgconn.
func (a *attempt) frontend(r io.Reader, w io.Writer) *pgproto3.Frontend {
	return pgproto3.NewFrontend(newGate(a, r), &writer{w})
}

// notice passes notices on: of the session's start to the warnings, as
// libpq's default notice processor does, later ones to the session's handler.
func (a *attempt) notice(conn *pgconn.PgConn, n *pgconn.Notice) {
	if a.established.Load() && a.opener.session.OnNotice != nil {
		a.opener.session.OnNotice(conn, n)
		return
	}
	a.opener.call.warn(NoticeMessage(n, "", ""))
}

// usedPassword returns the password if the server has asked for one.
func (a *attempt) usedPassword() secret {
	if !a.passwordNeeded {
		return secret{}
	}
	return secret{a.opener.target.passwordFor(a.host), true}
}

// fail records how the attempt ended, unless that is known already.
func (a *attempt) fail(v verdict, e *Error) *Error {
	if !a.failed {
		a.failed = true
		a.verdict, a.text, a.cause = v, e.text, e.err
	}
	return e
}

const timeoutText = "timeout expired\n"

// failTimeout records that connect_timeout is over, or that the caller has
// lost interest.
func (a *attempt) failTimeout(err error) *Error {
	return a.fail(nextAddress, &Error{text: timeoutText, err: err})
}

// failFromProtocol records what pgconn says, unless the dialer or the gate
// has found the reason.
func (a *attempt) failFromProtocol(ctx context.Context, err error) verdict {
	var (
		pgError *pgconn.PgError
		lost    *lostError
	)
	switch {
	case a.failed:
	case errors.As(err, &pgError):
		a.failFromServer(pgError)
	case ctx.Err() != nil, isTimeout(err):
		a.failTimeout(context.DeadlineExceeded)
	case errors.As(err, &lost):
		a.fail(giveUp, &Error{text: lost.text, err: lost})
	default:
		a.fail(giveUp, &Error{text: authErrorText(err), err: publicCause(err)})
	}
	return a.verdict
}

const (
	invalidPassword  = "28P01"
	cannotConnectNow = "57P03"
	unknownParameter = "42704" // undefined object
)

// failFromServer records an error the server sent.
func (a *attempt) failFromServer(e *pgconn.PgError) {
	text := ServerMessage(e, "", "")
	if e.Code == cannotConnectNow && !a.authDone {
		a.fail(nextHost, &Error{text: text, err: e})
		return
	}
	if e.Code == invalidPassword && a.passwordNeeded && a.host.password.known {
		text += fmt.Sprintf("password retrieved from file \"%s\"\n", a.opener.target.passfile)
	}
	if e.Code == unknownParameter && a.authDone && !a.anonymous && a.opener.target.startup["application_name"] != "" {
		// Servers before 9.0 do not know it; anything else makes the same error again.
		a.tryAnonymous = true
	}
	// As long as the server has not accepted us, its rules may be others for
	// another kind of connection.
	a.tryOtherMethod = !a.authDone
	a.fail(giveUp, &Error{text: text, err: e})
}

// authErrorText is the text for what pgconn finds wrong with a server's part
// in the authentication. Its own errors repeat the address at each level; the
// innermost one says it.
func authErrorText(err error) string {
	for {
		inner := errors.Unwrap(err)
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			inner = joined.Unwrap()[0] // of one attempt
		}
		if inner == nil {
			break
		}
		err = inner
	}
	switch text := err.Error(); text {
	case "invalid SCRAM ServerSignature received from server":
		return "incorrect server signature\n"
	case "invalid SCRAM nonce: did not start with client nonce":
		return "invalid SCRAM response (nonce mismatch)\n"
	default:
		return text + "\n"
	}
}

// isTimeout reports whether err is an expired deadline, not the system's ETIMEDOUT.
func isTimeout(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded)
}
