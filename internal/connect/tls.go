package connect

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
)

// handshake runs the TLS handshake on an open connection and checks the
// server's name. Errors are in libpq's words; raw is left open.
func handshake(ctx context.Context, raw net.Conn, cfg *tls.Config, o *sslOptions, h *host) (*tls.Conn, error) {
	conn := tls.Client(tornConn{raw}, cfg)
	if err := conn.HandshakeContext(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, &Error{text: timeoutText, err: ctx.Err()}
		}
		text := tlsErrorText(err)
		if isVersionProblem(err) {
			text += fmt.Sprintf("This may indicate that the server does not support any SSL protocol version between %s and %s.\n",
				orElse(o.minVersion, "TLSv1.2"), orElse(o.maxVersion, "TLSv1.3"))
		}
		return nil, &Error{text: text, err: publicCause(err)}
	}
	state := conn.ConnectionState()
	if o.direct() && state.NegotiatedProtocol == "" {
		return nil, errorf("direct SSL connection was established without ALPN protocol negotiation extension")
	}
	if o.mode == "verify-full" {
		if err := verifyName(state.PeerCertificates[0], h.name); err != nil {
			return nil, err
		}
	}
	return conn, nil
}

// A tornConn is the connection below TLS. It lets the TLS layer's reader tell
// a connection that just ended from one that was closed in order, which
// crypto/tls both reports as io.EOF.
type tornConn struct{ net.Conn }

func (c tornConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err == io.EOF {
		err = tornError{}
	}
	return n, err
}

// NetConn is the connection itself, as that of tls.Conn.
func (c tornConn) NetConn() net.Conn { return c.Conn }

type tornError struct{}

func (tornError) Error() string { return "unexpected eof while reading" }
func (tornError) Unwrap() error { return io.ErrUnexpectedEOF }

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// tlsErrorText gives an error of crypto/tls the words that libpq and OpenSSL 3
// have for it.
func tlsErrorText(err error) string {
	var (
		errno syscall.Errno
		chain *verifyError
	)
	switch {
	case errors.As(err, &chain):
		return "SSL error: certificate verify failed\n"
	case errors.As(err, &errno):
		return "SSL SYSCALL error: " + strerror(errno) + "\n"
	}
	return "SSL error: " + opensslReason(err) + "\n"
}

// opensslReason translates by text: crypto/tls keeps the types of most of its
// errors to itself. What has no translation stays as it is.
func opensslReason(err error) string {
	var header tls.RecordHeaderError
	if errors.As(err, &header) {
		return "wrong version number"
	}
	text := err.Error()
	if _, alert, found := strings.Cut(text, "remote error: tls: "); found {
		if reason, known := opensslAlerts[alert]; known {
			return reason
		}
	}
	if strings.Contains(text, "unsupported protocol version") {
		return "unsupported protocol"
	}
	return text
}

// opensslAlerts maps crypto/tls's names of alerts from the server to OpenSSL's.
var opensslAlerts = map[string]string{
	"unexpected message":              "ssl/tls alert unexpected message",
	"bad record MAC":                  "ssl/tls alert bad record mac",
	"record overflow":                 "tlsv1 alert record overflow",
	"decompression failure":           "ssl/tls alert decompression failure",
	"handshake failure":               "ssl/tls alert handshake failure",
	"bad certificate":                 "ssl/tls alert bad certificate",
	"unsupported certificate":         "ssl/tls alert unsupported certificate",
	"revoked certificate":             "ssl/tls alert certificate revoked",
	"expired certificate":             "ssl/tls alert certificate expired",
	"unknown certificate":             "ssl/tls alert certificate unknown",
	"illegal parameter":               "ssl/tls alert illegal parameter",
	"unknown certificate authority":   "tlsv1 alert unknown ca",
	"access denied":                   "tlsv1 alert access denied",
	"error decoding message":          "tlsv1 alert decode error",
	"error decrypting message":        "tlsv1 alert decrypt error",
	"export restriction":              "tlsv1 alert export restriction",
	"protocol version not supported":  "tlsv1 alert protocol version",
	"insufficient security level":     "tlsv1 alert insufficient security",
	"internal error":                  "tlsv1 alert internal error",
	"inappropriate fallback":          "tlsv1 alert inappropriate fallback",
	"user canceled":                   "tlsv1 alert user cancelled",
	"no renegotiation":                "tlsv1 alert no renegotiation",
	"missing extension":               "tlsv13 alert missing extension",
	"unsupported extension":           "tlsv1 unsupported extension",
	"unrecognized name":               "tlsv1 unrecognized name",
	"bad certificate status response": "tlsv1 bad certificate status response",
	"unknown PSK identity":            "tlsv1 unknown psk identity",
	"certificate required":            "tlsv13 alert certificate required",
	"no application protocol":         "no application protocol",
}

// isVersionProblem reports whether libpq adds a hint about protocol versions.
func isVersionProblem(err error) bool {
	switch opensslReason(err) {
	case "wrong version number", "unsupported protocol", "tlsv1 alert protocol version":
		return true
	}
	return false
}
