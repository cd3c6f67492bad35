package connect

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A gate reads for pgconn. While a session starts it holds each message back
// until it has checked it as libpq does (PQconnectPoll, pg_fe_sendauth), so
// nothing that must be refused, first of all a request for a password there is
// none of, is ever answered. From then on it only passes bytes through, and
// gives the end of the connection libpq's words.
type gate struct {
	attempt   *attempt
	r         io.Reader
	encrypted bool

	open    bool          // the session has started
	in      *bufio.Reader // of r, while starting
	pending []byte        // checked, not yet passed on

	askedAuth bool // the server has asked us to authenticate, and we could
	saslPlus  bool // with channel binding
	saslDone  bool // it has proved that it knows the password, too
	mechanism string
}

// newGate returns a gate for the attempt's connection, an open one if the
// session has started before, as when pgconn takes a hijacked connection back.
func newGate(a *attempt, r io.Reader) *gate {
	g := &gate{attempt: a, r: r, encrypted: a.method == encrypted, open: a.established.Load()}
	if !g.open {
		g.in = bufio.NewReader(r)
	}
	return g
}

func (g *gate) Read(p []byte) (int, error) {
	for len(g.pending) == 0 {
		if g.open {
			n, err := g.r.Read(p)
			if err != nil {
				err = asLost(err, g.encrypted)
				g.attempt.loss.note(err)
			}
			return n, err
		}
		if err := g.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, g.pending)
	g.pending = g.pending[n:]
	return n, nil
}

// next reads and checks one message.
func (g *gate) next() error {
	header := make([]byte, 5)
	if _, err := io.ReadFull(g.in, header[:1]); err != nil {
		return asLost(err, g.encrypted)
	}
	kind := header[0]
	if !g.attempt.authDone && kind != 'R' && kind != 'v' && kind != 'E' {
		return g.refuse(errorf("expected authentication request from server, but received %c", kind))
	}
	if _, err := io.ReadFull(g.in, header[1:]); err != nil {
		return asLost(err, g.encrypted)
	}
	length := int32(binary.BigEndian.Uint32(header[1:]))
	if e := g.checkHeader(kind, length, header); e != nil {
		return g.refuse(e)
	}
	// The length is the server's word; the buffer grows with what comes.
	message := bytes.NewBuffer(header)
	if _, err := io.CopyN(message, g.in, int64(length)-4); err != nil {
		return asLost(err, g.encrypted)
	}
	if e := g.check(kind, message.Bytes()[5:]); e != nil {
		return g.refuse(e)
	}
	g.pending = message.Bytes()
	if g.open {
		rest, _ := g.in.Peek(g.in.Buffered()) // cannot fail
		g.pending = append(g.pending, rest...)
		g.in = nil
	}
	return nil
}

// refuse closes the connection at once, as libpq does, before pgconn gets to
// say goodbye.
func (g *gate) refuse(e *Error) error {
	g.attempt.fail(giveUp, e)
	g.attempt.raw.Close()
	return e
}

// checkHeader refuses lengths that no server sends while it starts a session.
func (g *gate) checkHeader(kind byte, length int32, header []byte) *Error {
	const (
		maxAuth  = 2000
		maxError = 30000
	)
	if g.attempt.authDone {
		if length < 4 || length > maxError && strings.IndexByte("TDdVENAS", kind) < 0 {
			return errorf("lost synchronization with server: got message type \"%c\", length %d", kind, length)
		}
		return nil
	}
	switch {
	case kind == 'R' && (length < 8 || length > maxAuth):
		return errorf("received invalid authentication request")
	case kind == 'v' && (length < 8 || length > maxAuth):
		return errorf("received invalid protocol negotiation message")
	case kind == 'E' && (length < 8 || length > maxError):
		return g.oldError(header[1:], maxError)
	}
	return nil
}

// oldError reads an error in the form servers use that cannot even fork: text
// up to a zero byte.
func (g *gate) oldError(begin []byte, limit int) *Error {
	text := slices.Clone(begin)
	for bytes.IndexByte(text, 0) < 0 {
		c, err := g.in.ReadByte()
		if err != nil {
			return &Error{text: lostText(err, g.encrypted), err: publicCause(err)}
		}
		if text = append(text, c); len(text) > limit {
			return errorf("received invalid error message")
		}
	}
	line, _, _ := bytes.Cut(text, []byte{0})
	return errorf("%s", bytes.TrimSuffix(line, []byte{'\n'}))
}

// check looks at a message's body.
func (g *gate) check(kind byte, body []byte) *Error {
	switch kind {
	case 'R':
		return g.checkAuth(binary.BigEndian.Uint32(body), body[4:])
	case 'v':
		return g.checkProtocol(body)
	case 'Z':
		g.open = true
	}
	return nil
}

// checkProtocol reads a NegotiateProtocolVersion message
// (pqGetNegotiateProtocolVersion3). We ask for no extensions.
func (g *gate) checkProtocol(body []byte) *Error {
	const invalid = "received invalid protocol negotiation message: "
	t := g.attempt.opener.target
	version := protocolVersion(binary.BigEndian.Uint32(body))
	if len(body) < 8 {
		return errorf(invalid + "message too short")
	}
	unsupported := int32(binary.BigEndian.Uint32(body[4:]))
	switch {
	case version > t.maxProtocol:
		return errorf(invalid + "server requested downgrade to a higher-numbered version")
	case version < protocol30:
		return errorf(invalid + "server requested downgrade to pre-3.0 protocol version")
	case version == protocol30+1:
		return errorf(invalid + "server requested downgrade to non-existent 3.1 protocol version")
	case unsupported < 0:
		return errorf(invalid + "server reported negative number of unsupported parameters")
	case version == t.maxProtocol && unsupported == 0:
		return errorf(invalid + "server negotiated but asks for no changes")
	case version < t.minProtocol:
		return errorf("server only supports protocol version %s, but \"%s\" was set to %s", version, "min_protocol_version", t.minProtocol)
	case unsupported > 0:
		name, _, _ := bytes.Cut(body[8:], []byte{0})
		if !bytes.HasPrefix(name, []byte("_pq_.")) {
			return errorf(invalid+"server reported unsupported parameter name without a \"%s\" prefix (\"%s\")", "_pq_.", name)
		}
		return errorf(invalid+"server reported an unsupported parameter that was not requested (\"%s\")", name)
	}
	return nil
}

// The codes of authentication requests.
const (
	reqOK        = 0
	reqKerberos4 = 1
	reqKerberos5 = 2
	reqPassword  = 3
	reqCrypt     = 4
	reqMD5       = 5
	reqGSS       = 7
	reqGSSNext   = 8
	reqSSPI      = 9
	reqSASL      = 10
	reqSASLNext  = 11
	reqSASLFinal = 12
)

// checkAuth decides whether pgconn may answer an authentication request.
func (g *gate) checkAuth(code uint32, data []byte) *Error {
	if e := g.checkExpected(code); e != nil {
		return e
	}
	switch code {
	case reqOK:
		if g.mechanism != "" && !g.saslDone {
			// libpq lets this pass unless require_auth is set.
			return errorf("server did not complete authentication")
		}
		g.attempt.authDone = true
	case reqPassword, reqMD5:
		g.askedAuth = true
		return g.needPassword()
	case reqSASL:
		return g.checkSASL(data)
	case reqSASLNext, reqSASLFinal:
		if g.mechanism == "" {
			return errorf("fe_sendauth: invalid authentication request from server: AUTH_REQ_SASL_CONT without AUTH_REQ_SASL")
		}
		g.saslDone = code == reqSASLFinal
		g.askedAuth = g.saslDone
	case reqKerberos4:
		return errorf("Kerberos 4 authentication not supported")
	case reqKerberos5:
		return errorf("Kerberos 5 authentication not supported")
	case reqCrypt:
		return errorf("Crypt authentication not supported")
	case reqGSS, reqGSSNext:
		return errorf("GSSAPI authentication not supported")
	case reqSSPI:
		return errorf("SSPI authentication not supported")
	default:
		return errorf("authentication method %d not supported", code)
	}
	return nil
}

// checkExpected holds the request against the user's demands
// (check_expected_areq).
func (g *gate) checkExpected(code uint32) *Error {
	policy := &g.attempt.opener.target.auth
	if policy.requireCert && code == reqOK {
		switch cert := g.attempt.cert; {
		case cert == nil || !cert.requested:
			return errorf("server did not request an SSL certificate")
		case !cert.sent:
			return errorf("server accepted connection without a valid SSL certificate")
		}
	}
	if reason := g.unexpected(code); reason != "" {
		return errorf("authentication method requirement \"%s\" failed: %s", policy.requireAuth, reason)
	}
	if policy.channelBinding != "require" {
		return nil
	}
	switch code {
	case reqSASL, reqSASLNext, reqSASLFinal:
	case reqOK:
		if !g.saslPlus || !g.saslDone {
			return errorf("channel binding required, but server authenticated client without channel binding")
		}
	default:
		return errorf("channel binding required but not supported by server's authentication request")
	}
	return nil
}

// unexpected says why require_auth forbids a request, "" if it does not.
func (g *gate) unexpected(code uint32) string {
	policy := &g.attempt.opener.target.auth
	if policy.requireAuth == "" {
		return ""
	}
	methods, reason := authMethod(0), "server requested an unknown authentication type"
	switch code {
	case reqOK:
		if policy.mustAsk && !g.askedAuth {
			return "server did not complete authentication"
		}
		return ""
	case reqPassword:
		methods, reason = authPassword, "server requested a cleartext password"
	case reqMD5:
		methods, reason = authMD5, "server requested a hashed password"
	case reqGSS:
		methods, reason = authGSS, "server requested GSSAPI authentication"
	case reqGSSNext:
		methods, reason = authGSS|authSSPI, "server requested GSSAPI authentication"
	case reqSSPI:
		methods, reason = authSSPI, "server requested SSPI authentication"
	case reqSASL, reqSASLNext, reqSASLFinal:
		methods, reason = authSCRAM|authOAuth, "server requested SASL authentication"
	}
	if policy.allows(methods) {
		return ""
	}
	return reason
}

const (
	scram     = "SCRAM-SHA-256"
	scramPlus = "SCRAM-SHA-256-PLUS"
	oauth     = "OAUTHBEARER"
)

// checkSASL selects the mechanism as libpq and pgconn both do, and checks
// that it may be used (pg_SASL_init).
func (g *gate) checkSASL(data []byte) *Error {
	t := g.attempt.opener.target
	if t.auth.channelBinding == "require" && !g.encrypted {
		return errorf("channel binding required, but SSL not in use")
	}
	if g.mechanism != "" {
		return errorf("duplicate SASL authentication request")
	}
	list, ok := bytes.CutSuffix(data, []byte{0, 0})
	if !ok {
		return errorf("fe_sendauth: invalid authentication request from server: invalid list of authentication mechanisms")
	}
	for _, name := range strings.Split(string(list), "\x00") {
		switch {
		case name == scramPlus && !g.encrypted:
			return errorf("server offered SCRAM-SHA-256-PLUS authentication over a non-SSL connection")
		case name == scramPlus && t.auth.channelBinding != "disable",
			name == scram && g.mechanism == "",
			name == oauth && g.mechanism == "":
			g.mechanism = name
		}
	}

	method := authSCRAM
	switch g.mechanism {
	case "":
		return errorf("none of the server's SASL authentication mechanisms are supported")
	case oauth:
		method = authOAuth
	}
	if !t.auth.allows(method) {
		return errorf("authentication method requirement \"%s\" failed: server requested %s authentication", t.auth.requireAuth, g.mechanism)
	}
	if g.saslPlus = g.mechanism == scramPlus; !g.saslPlus && t.auth.channelBinding == "require" {
		return errorf("channel binding is required, but server did not offer an authentication method that supports channel binding")
	}
	switch {
	case g.mechanism != oauth:
		return g.needPassword()
	case !t.oauthKnown:
		return errorf("server requires OAuth authentication, but oauth_issuer and oauth_client_id are not both set")
	}
	return errorf("no OAuth flows are available")
}

// needPassword notes that the server wants one, and refuses if there is none.
func (g *gate) needPassword() *Error {
	g.attempt.passwordNeeded = true
	if g.attempt.opener.target.passwordFor(g.attempt.host) == "" {
		return &Error{text: fmt.Sprintf("%s\n", "fe_sendauth: no password supplied")}
	}
	return nil
}

// A writer hides that the server has gone: what it said before, and that it
// went, is for the reader to find, as in libpq (pqsecure_raw_write). Closing
// the connection on our side is not hidden.
type writer struct{ w io.Writer }

func (w *writer) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if err != nil && isReset(err) {
		return len(p), nil
	}
	return n, err
}
