package connect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// An opener goes through the hosts and addresses of a target until one
// accepts the session, and collects the messages of those that do not
// (PQconnectPoll).
type opener struct {
	target  *target
	session Session
	base    *pgconn.Config // copied for each attempt
	call    callbacks

	text strings.Builder // as conn->errorMessage
}

// A verdict is how to go on after an attempt.
type verdict int

const (
	accepted    verdict = iota
	nextAddress         // of this host, then the next host
	nextHost
	giveUp
)

// open returns the connection and the password the server asked for, if it did.
func (o *opener) open(ctx context.Context) (*pgconn.PgConn, secret, error) {
	var last *attempt
	for _, attrs := range o.target.attrs.passes() {
		for i := range o.target.hosts {
			a, v := o.tryHost(ctx, &o.target.hosts[i], attrs)
			if a != nil {
				last = a
			}
			if err := context.Cause(ctx); err != nil && v != accepted {
				return nil, secret{}, err
			}
			switch v {
			case accepted:
				return a.conn, a.usedPassword(), nil
			case giveUp:
				return nil, secret{}, o.failure(last)
			}
		}
	}
	return nil, secret{}, o.failure(last)
}

// failure returns the error for everything that was tried.
func (o *opener) failure(last *attempt) error {
	e := &Error{text: o.text.String()}
	if last != nil {
		e.err = last.cause
		e.needsPassword = last.passwordNeeded && o.target.passwordFor(last.host) == ""
	}
	return e
}

// tryHost tries the addresses of one host. The attempt is nil if there was none.
func (o *opener) tryHost(ctx context.Context, h *host, attrs sessionAttrs) (*attempt, verdict) {
	port, outOfRange, err := h.portNumber()
	if err != nil {
		o.say(err)
		if outOfRange {
			return nil, nextHost
		}
		return nil, giveUp
	}
	addrs, err := o.target.addresses(ctx, h, port)
	if err != nil {
		o.say(err)
		return nil, nextHost
	}
	var last *attempt
	for i, addr := range addrs {
		a, v := o.tryAddress(ctx, h, addr, attrs, i == len(addrs)-1)
		last = a
		if v != nextAddress || ctx.Err() != nil {
			return last, v
		}
	}
	return last, nextHost
}

// tryAddress tries one address with each kind of encryption that sslmode
// allows. connect_timeout is for all of that.
func (o *opener) tryAddress(ctx context.Context, h *host, addr address, attrs sessionAttrs, lastAddress bool) (*attempt, verdict) {
	timeout, timeoutErr := o.connectTimeout()
	if timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	methods := o.target.ssl.encryptions(addr.network == "unix")
	anonymous := false
	for {
		a := &attempt{opener: o, host: h, addr: addr, method: methods[0], methodsLeft: methods[1:], timeoutErr: timeoutErr, anonymous: anonymous}
		v := a.run(ctx)
		switch {
		case v == accepted:
			text := attrs.check(ctx, a.conn)
			if text == "" {
				return a, accepted
			}
			_ = a.conn.Close(ctx) // nothing was done on it
			o.text.WriteString(h.identity(addr) + text)
			return a, nextHost
		case a.silent && !lastAddress:
			return a, nextAddress
		}
		o.text.WriteString(h.identity(addr) + a.text)
		switch {
		case a.tryAnonymous:
			anonymous = true
			methods = append([]encryption{a.method}, a.methodsLeft...)
		case a.tryOtherMethod && len(a.methodsLeft) > 0:
			methods = a.methodsLeft
		default:
			return a, v
		}
	}
}

// connectTimeout returns connect_timeout, 0 if there is none. libpq comes to
// read it only when a connection is under way.
func (o *opener) connectTimeout() (time.Duration, error) {
	text, given := o.target.numbers["connect_timeout"]
	if !given {
		return 0, nil
	}
	seconds, err := number("connect_timeout", text)
	return time.Duration(max(seconds, 0)) * time.Second, err
}

func (o *opener) say(err error) {
	var e *Error
	if errors.As(err, &e) {
		o.text.WriteString(e.text)
	}
}

// identity begins the message of a failed attempt (emitHostIdentityInfo).
func (h *host) identity(addr address) string {
	shown := h.name
	switch {
	case addr.network == "unix":
		return fmt.Sprintf("connection to server on socket \"%s\" failed: ", addr.dial)
	case h.addr != "":
		shown = h.addr
	case addr.ip != shown:
		return fmt.Sprintf("connection to server at \"%s\" (%s), port %s failed: ", shownHost(shown), addr.ip, h.portText())
	}
	return fmt.Sprintf("connection to server at \"%s\", port %s failed: ", shownHost(shown), h.portText())
}
