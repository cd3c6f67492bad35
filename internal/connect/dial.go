package connect

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"time"
)

// dial opens the connection for pgconn, encrypted if need be. pgconn dials
// again for cancel requests. It does so too when a session fails to start,
// where there is nothing to cancel: that is refused.
func (a *attempt) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	switch {
	case a.established.Load():
		return a.dialCancel(ctx)
	case a.dialed.Swap(true):
		return nil, errors.New("no session to cancel")
	}
	conn, err := a.dialStartup(ctx)
	if err != nil {
		return nil, err
	}
	return conn, nil
}

// dialStartup dials for the session itself. It records each failure.
func (a *attempt) dialStartup(ctx context.Context) (net.Conn, *Error) {
	if e := a.connect(ctx); e != nil {
		return nil, e
	}
	conn, e := a.secure(ctx)
	if e != nil {
		a.raw.Close()
		return nil, e
	}
	return conn, nil
}

// connect opens the connection below TLS.
func (a *attempt) connect(ctx context.Context) *Error {
	// libpq reads connect_timeout when it first has to wait: while a TCP
	// connection is being made, but after a socket's is.
	options, err := a.opener.target.tcpOptions()
	if a.addr.network == "tcp" {
		switch {
		case err != nil:
			return a.fail(nextAddress, asError(err))
		case a.timeoutErr != nil:
			return a.fail(giveUp, asError(a.timeoutErr))
		}
	}

	raw, err := dialAddress(ctx, a.addr, options)
	if err != nil {
		return a.failConnect(err)
	}
	a.raw = raw
	if a.timeoutErr != nil {
		raw.Close()
		return a.fail(giveUp, asError(a.timeoutErr))
	}
	if tcp, ok := raw.(*net.TCPConn); ok {
		if err := options.apply(tcp); err != nil {
			raw.Close()
			return a.fail(nextAddress, asError(err))
		}
	}
	return nil
}

func dialAddress(ctx context.Context, addr address, options tcpOptions) (net.Conn, error) {
	d := net.Dialer{KeepAlive: -1, Control: options.beforeConnect} // tcpOptions sets keepalives
	return d.DialContext(ctx, addr.network, addr.dial)
}

// failConnect records that there is no server (connectFailureMessage).
func (a *attempt) failConnect(err error) *Error {
	if isTimeout(err) {
		return a.failTimeout(context.DeadlineExceeded)
	}
	var syscallErr *os.SyscallError
	if errors.As(err, &syscallErr) && syscallErr.Syscall == "socket" {
		// One of the address's families may not be available here.
		a.silent = true
		return a.fail(nextAddress, &Error{text: "could not create socket: " + systemText(err) + "\n", err: publicCause(err)})
	}
	hint := "\tIs the server running on that host and accepting TCP/IP connections?\n"
	if a.addr.network == "unix" {
		hint = "\tIs the server running locally and accepting connections on that socket?\n"
	}
	return a.fail(nextAddress, &Error{text: systemText(err) + "\n" + hint, err: publicCause(err)})
}

// secure does what has to be done before the startup packet may be sent.
func (a *attempt) secure(ctx context.Context) (net.Conn, *Error) {
	t := a.opener.target
	if socket, ok := a.raw.(*net.UnixConn); ok && t.requirePeer != "" {
		if err := checkPeer(socket, t.requirePeer); err != nil {
			return nil, a.fail(giveUp, asError(err))
		}
	}
	if a.method == plaintext {
		return a.raw, nil
	}

	if !t.ssl.direct() {
		accepted, err := requestTLS(ctx, a.raw)
		switch {
		case isTimeout(err):
			return nil, a.failTimeout(context.DeadlineExceeded)
		case err != nil:
			return nil, a.fail(giveUp, asError(err))
		case !accepted && slices.Contains(a.methodsLeft, plaintext):
			a.method, a.methodsLeft = plaintext, nil
			return a.raw, nil
		case !accepted:
			return nil, a.fail(giveUp, errorf("server does not support SSL, but SSL was required"))
		}
	}

	cfg, cert, err := t.ssl.config(ctx, a.host, a.opener.call)
	if err == nil {
		a.cert = cert
		var conn net.Conn
		if conn, err = handshake(ctx, a.raw, cfg, &t.ssl, a.host); err == nil {
			return conn, nil
		}
	}
	if isTimeout(err) {
		return nil, a.failTimeout(context.DeadlineExceeded)
	}
	a.tryOtherMethod = true
	return nil, a.fail(giveUp, asError(err))
}

// requestTLS asks the server whether it does TLS. Errors are in libpq's words.
func requestTLS(ctx context.Context, raw net.Conn) (accepted bool, err error) {
	stop := context.AfterFunc(ctx, func() { raw.SetDeadline(time.Unix(1, 0)) })
	defer stop()

	const requestCode = 1234<<16 | 5679
	request := binary.BigEndian.AppendUint32([]byte{0, 0, 0, 8}, requestCode)
	if _, err := raw.Write(request); err != nil && !isReset(err) {
		return false, &Error{text: fmt.Sprintf("could not send SSL negotiation packet: %s\n", systemText(err)), err: publicCause(err)}
	}
	answer := make([]byte, 1)
	if _, err := raw.Read(answer); err != nil {
		if isTimeout(err) {
			return false, context.DeadlineExceeded
		}
		return false, &Error{text: lostText(err, false), err: publicCause(err)}
	}
	switch answer[0] {
	case 'S':
		return true, nil
	case 'N':
		return false, nil
	case 'E':
		// Its message cannot be trusted, so it is not shown.
		return false, errorf("server sent an error response during SSL exchange")
	}
	return false, errorf("received invalid response to SSL negotiation: %s", answer)
}

// dialCancel opens a connection for a cancel request, encrypted like the
// session: the request holds the session's key.
func (a *attempt) dialCancel(ctx context.Context) (net.Conn, error) {
	raw, err := dialAddress(ctx, a.addr, tcpOptions{})
	if err != nil || a.method == plaintext {
		return raw, err
	}
	t := a.opener.target
	conn, err := func() (net.Conn, error) {
		if !t.ssl.direct() {
			if accepted, err := requestTLS(ctx, raw); err != nil || !accepted {
				return nil, errors.Join(errorf("server does not support SSL, but SSL was required"), err)
			}
		}
		cfg, _, err := t.ssl.config(ctx, a.host, a.opener.call)
		if err != nil {
			return nil, err
		}
		return handshake(ctx, raw, cfg, &t.ssl, a.host)
	}()
	if err != nil {
		raw.Close()
		return nil, err
	}
	return conn, nil
}

// asError returns err as *Error, which it nearly always is.
func asError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{text: err.Error() + "\n", err: publicCause(err)}
}
