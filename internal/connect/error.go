package connect

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
)

// An Error is a failure to connect, in libpq's words. It wraps the server's
// *pgconn.PgError, the context's error or the system's errno if one of those
// was the end of the last attempt.
type Error struct {
	text          string // as PQerrorMessage: one or more lines, each with its newline
	err           error
	needsPassword bool // the server wants a password and there was none
}

// Error returns the text without the last newline. It never holds a password.
func (e *Error) Error() string { return strings.TrimSuffix(e.text, "\n") }

func (e *Error) Unwrap() error { return e.err }

// errorf returns an Error without cause; a newline is added.
func errorf(format string, args ...any) *Error {
	return &Error{text: fmt.Sprintf(format, args...) + "\n"}
}

// closedUnexpectedly is libpq's text for a connection that is gone.
const closedUnexpectedly = "server closed the connection unexpectedly\n" +
	"\tThis probably means the server terminated abnormally\n" +
	"\tbefore or while processing the request.\n"

// ErrorMessage returns what PQerrorMessage would say about an error of
// Connect, or of a connection it made. It ends in a newline. For errors of
// queries, QueryErrorMessage says more.
func ErrorMessage(err error) string {
	return message(err, false, "", "")
}

// QueryErrorMessage returns what PQerrorMessage would say after query failed
// with err on conn, including the display of the error's position. The first
// message after the connection is lost tells how; later ones only that there
// is none.
func QueryErrorMessage(conn *pgconn.PgConn, err error, query string) string {
	if l, ok := conn.CustomData()[lossKey].(*loss); ok {
		if lost := l.take(); lost != nil && errors.Is(err, pgconn.ErrConnClosed) {
			err = lost
		}
	}
	_, encrypted := conn.Conn().(*tls.Conn)
	return message(err, encrypted, query, conn.ParameterStatus("client_encoding"))
}

func message(err error, encrypted bool, query, encoding string) string {
	var (
		failed  *Error
		lost    *lostError
		pgError *pgconn.PgError
	)
	switch {
	case errors.As(err, &failed):
		return failed.text
	case errors.As(err, &pgError):
		text := ServerMessage(pgError, query, encoding)
		if isFatal(pgError) {
			// libpq reads on and finds the connection closed.
			if encrypted {
				return text + closedByTLS
			}
			return text + closedUnexpectedly
		}
		return text
	case errors.As(err, &lost):
		return lost.text
	case errors.Is(err, pgconn.ErrConnClosed):
		return "no connection to the server\n"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), isReset(err):
		return closedUnexpectedly
	}
	return err.Error() + "\n"
}

// isFatal reports whether the server closes the connection after e. The
// unlocalized severity is missing before PostgreSQL 9.6.
func isFatal(e *pgconn.PgError) bool {
	severity := e.SeverityUnlocalized
	if severity == "" {
		severity = e.Severity
	}
	return severity == "FATAL" || severity == "PANIC"
}

// isReset reports whether the other side has dropped the connection.
func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// lostError is the end of an open connection. It wraps the read error; unlike
// a bare io.EOF it survives pgproto3, which makes that an io.ErrUnexpectedEOF.
type lostError struct {
	text string // libpq's, with newline
	err  error
}

func (e *lostError) Error() string { return strings.TrimSuffix(e.text, "\n") }
func (e *lostError) Unwrap() error { return e.err }

// A loss remembers how a connection was lost: some of pgconn's readers drop
// the error and only say, when used again, that the connection is closed.
type loss struct{ err atomic.Pointer[lostError] }

// lossKey is where a connection's custom data has its *loss.
const lossKey = "pgrestore/connect.loss"

func (l *loss) note(err error) {
	var lost *lostError
	if errors.As(err, &lost) {
		l.err.Store(lost)
	}
}

// take returns the loss once.
func (l *loss) take() *lostError { return l.err.Swap(nil) }

// closedByTLS is libpq's text for a connection that was shut down in order.
const closedByTLS = "SSL connection has been closed unexpectedly\n"

// asLost gives a read error libpq's words (pqReadData and what it calls).
// Timeouts and our own closing of the connection are returned as they are:
// pgconn knows what they mean.
func asLost(err error, encrypted bool) error {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() || errors.Is(err, net.ErrClosed) {
		return err
	}
	return &lostError{text: lostText(err, encrypted), err: err}
}

func lostText(err error, encrypted bool) string {
	var errno syscall.Errno
	switch {
	case isReset(err), !encrypted && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		return closedUnexpectedly
	case errors.As(err, &errno):
		if encrypted {
			return "SSL SYSCALL error: " + strerror(errno) + "\n"
		}
		return "could not receive data from server: " + strerror(errno) + "\n"
	case err == io.EOF:
		return closedByTLS
	case encrypted:
		return tlsErrorText(err)
	}
	return "could not receive data from server: " + err.Error() + "\n"
}

// strerror is the system's text for an errno as C has it: Go's tables differ
// in the case of the first letter only.
func strerror(errno syscall.Errno) string {
	text := errno.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// systemText is strerror for an error of package net or os, with a fallback
// for those that do not come from the system.
func systemText(err error) string {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return strerror(errno)
	}
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return err.Error()
}

// publicCause returns the part of err that an Error may wrap. pgconn's own
// errors are not: they hold the configuration with the password.
func publicCause(err error) error {
	var (
		pgError *pgconn.PgError
		lost    *lostError
		errno   syscall.Errno
	)
	switch {
	case errors.As(err, &pgError):
		return pgError
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.As(err, &lost):
		return lost
	case errors.As(err, &errno):
		return errno
	}
	return nil
}
