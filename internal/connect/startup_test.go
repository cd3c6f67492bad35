package connect

import (
	"strings"
	"testing"
)

// TestBrokenServers has what psql 18 printed for the same servers.
func TestBrokenServers(t *testing.T) {
	start := func(answers ...string) func(c *fakeConn) error {
		return func(c *fakeConn) error {
			if _, err := c.startup(); err != nil {
				return err
			}
			return c.send(answers...)
		}
	}
	first := func(answer string) func(c *fakeConn) error {
		return func(c *fakeConn) error {
			if _, _, err := c.request(); err != nil {
				return err
			}
			return c.send(answer)
		}
	}
	version := func(minor byte, rest string) string {
		return msg('v', "\x00\x03\x00"+string([]byte{minor})+rest)
	}
	tests := []struct {
		name, want string // what follows "failed: "
		play       func(c *fakeConn) error
		dsn        string
	}{
		{name: "closes", want: closedUnexpectedly, play: func(*fakeConn) error { return nil }},
		{name: "closes after the packet", want: closedUnexpectedly, play: first("")},
		{name: "HTTP", want: "received invalid response to SSL negotiation: H\n", play: first("HTTP/1.1 400 Bad Request\r\n\r\n")},
		{name: "HTTP, no TLS", want: "expected authentication request from server, but received H\n", play: first("HTTP/1.1 400"), dsn: "sslmode=disable"},
		{name: "error instead of TLS", want: "server sent an error response during SSL exchange\n", play: first("E")},
		{name: "no TLS", want: "server does not support SSL, but SSL was required\n", play: first("N"), dsn: "sslmode=require"},
		{name: "old error", want: "could not fork\n", play: start("Ecould not fork\n\x00")},
		{name: "old error, no line break", want: "could not fork\n", play: start("Ecould not fork\x00")},
		{name: "old error without end", want: "received invalid error message\n", play: start("E" + strings.Repeat("x", 40000))},
		{name: "error", want: "FATAL:  no\n", play: start(serverError('E', "FATAL", "53300", "no"))},
		{name: "notice first", want: "expected authentication request from server, but received N\n", play: start("N\x00\x00\x00\x05\x00")},
		{name: "short request", want: "received invalid authentication request\n", play: start("R\x00\x00\x00\x04")},
		{name: "torn", want: closedUnexpectedly, play: start("R\x00\x00")},
		{name: "Kerberos", want: "Kerberos 5 authentication not supported\n", play: start(authRequest(reqKerberos5, ""))},
		{name: "GSSAPI", want: "GSSAPI authentication not supported\n", play: start(authRequest(reqGSS, ""))},
		{name: "SSPI", want: "SSPI authentication not supported\n", play: start(authRequest(reqSSPI, ""))},
		{name: "unknown", want: "authentication method 99 not supported\n", play: start(authRequest(99, ""))},
		{name: "unknown mechanism", want: "none of the server's SASL authentication mechanisms are supported\n", play: start(authRequest(reqSASL, "FOO\x00\x00"))},
		{name: "torn mechanism", want: "fe_sendauth: invalid authentication request from server: invalid list of authentication mechanisms\n", play: start(authRequest(reqSASL, "FOO"))},
		{name: "binding without TLS", want: "server offered SCRAM-SHA-256-PLUS authentication over a non-SSL connection\n", play: start(authRequest(reqSASL, scramPlus+"\x00"+scram+"\x00\x00")), dsn: "password=x"},
		{name: "OAuth", want: "server requires OAuth authentication, but oauth_issuer and oauth_client_id are not both set\n", play: start(authRequest(reqSASL, oauth+"\x00\x00"))},
		{name: "SASL out of order", want: "fe_sendauth: invalid authentication request from server: AUTH_REQ_SASL_CONT without AUTH_REQ_SASL\n", play: start(authRequest(reqSASLNext, "x"))},
		{name: "wrong nonce", want: "invalid SCRAM response (nonce mismatch)\n", play: start(authRequest(reqSASL, scram+"\x00\x00"), authRequest(reqSASLNext, "r=x,s=AAAA,i=1")), dsn: "password=x"},
		{name: "no proof", want: "server did not complete authentication\n", play: start(authRequest(reqSASL, scram+"\x00\x00"), authRequest(reqOK, ""), ready), dsn: "password=x"},
		{name: "no password", want: "fe_sendauth: no password supplied\n", play: start(authRequest(reqPassword, ""))},
		{name: "binding required, no TLS", want: "channel binding required, but SSL not in use\n", play: start(authRequest(reqSASL, scram+"\x00\x00")), dsn: "password=x channel_binding=require"},
		{name: "binding required, password", want: "channel binding required but not supported by server's authentication request\n", play: start(authRequest(reqPassword, "")), dsn: "password=x channel_binding=require"},
		{name: "binding required, trust", want: "channel binding required, but server authenticated client without channel binding\n", play: start(authRequest(reqOK, ""), ready), dsn: "channel_binding=require"},
		{name: "certificate required", want: "server did not request an SSL certificate\n", play: start(authRequest(reqOK, ""), ready), dsn: "sslcertmode=require"},
		{name: "method not allowed", want: "authentication method requirement \"scram-sha-256\" failed: server requested a cleartext password\n", play: start(authRequest(reqPassword, "")), dsn: "password=x require_auth=scram-sha-256"},
		{name: "trust not allowed", want: "authentication method requirement \"md5\" failed: server did not complete authentication\n", play: start(authRequest(reqOK, ""), ready), dsn: "require_auth=md5"},
		{name: "mechanism not allowed", want: "authentication method requirement \"oauth\" failed: server requested SCRAM-SHA-256 authentication\n", play: start(authRequest(reqSASL, scram+"\x00\x00")), dsn: "password=x require_auth=oauth"},
		{name: "error after authentication", want: "FATAL:  no database\n", play: start(authRequest(reqOK, ""), serverError('E', "FATAL", "3D000", "no database"))},
		{name: "closes after authentication", want: closedUnexpectedly, play: start(authRequest(reqOK, ""))},
		{name: "impossible length", want: "lost synchronization with server: got message type \"Q\", length 2147483647\n", play: start(authRequest(reqOK, ""), "Q\x7f\xff\xff\xff")},
		{name: "higher version", want: "received invalid protocol negotiation message: server requested downgrade to a higher-numbered version\n", play: start(version(2, "\x00\x00\x00\x00"))},
		{name: "no change", want: "received invalid protocol negotiation message: server negotiated but asks for no changes\n", play: start(version(0, "\x00\x00\x00\x00"))},
		{name: "short version", want: "received invalid protocol negotiation message: message too short\n", play: start(version(0, ""))},
		{name: "old version", want: "server only supports protocol version 3.0, but \"min_protocol_version\" was set to 3.2\n", play: start(version(0, "\x00\x00\x00\x00")), dsn: "min_protocol_version=3.2"},
		{name: "bad extension", want: "received invalid protocol negotiation message: server reported unsupported parameter name without a \"_pq_.\" prefix (\"foo\")\n", play: start(version(0, "\x00\x00\x00\x01foo\x00"))},
		{name: "silent", want: "timeout expired\n", play: func(c *fakeConn) error {
			_, _, err := c.message()
			return err
		}, dsn: "connect_timeout=1 sslmode=disable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, tt.play)
			_, err := New(Params{DBName: s.dsn(tt.dsn), Prompt: PromptNever}, noEnv, nil).Connect(t.Context(), Session{})
			if err == nil {
				t.Fatal("connected")
			}
			want := "connection to server at \"127.0.0.1\", port " + s.port() + " failed: " + tt.want
			if got := ErrorMessage(err); got != want {
				t.Errorf("want %q\n got %q", want, got)
			}
			if n := s.connections(); n != 1 {
				t.Errorf("want 1 connection, got %d", n)
			}
		})
	}
}

// TestOrderOfAttempts counts the attempts at servers that refuse: which
// failures concern one host, and which all.
func TestOrderOfAttempts(t *testing.T) {
	refuse := func(code string) func(c *fakeConn) error {
		return func(c *fakeConn) error {
			if _, err := c.startup(); err != nil {
				return err
			}
			return c.send(serverError('E', "FATAL", code, "no"))
		}
	}
	tests := []struct {
		name   string
		want   string // how often each of two servers is tried
		first  func(c *fakeConn) error
		second func(c *fakeConn) error
		dsn    string
	}{
		{"starting up", "1 1", refuse(cannotConnectNow), (*fakeConn).accept, ""},
		{"too many connections", "1 0", refuse("53300"), (*fakeConn).accept, ""},
		{"tried without TLS, then with", "2 0", refuse("28000"), (*fakeConn).accept, "sslmode=allow"},
		{"broken", "1 0", func(*fakeConn) error { return nil }, (*fakeConn).accept, ""},
		{"read-only", "1 1", serverThatIs("off"), serverThatIs("on"), "target_session_attrs=read-only"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := serve(t, tt.first), serve(t, tt.second)
			dsn := "host=127.0.0.1,127.0.0.1 port=" + a.port() + "," + b.port() + " user=u " + tt.dsn
			conn, err := New(Params{DBName: dsn}, noEnv, nil).Connect(t.Context(), Session{})
			if err == nil {
				_ = conn.Close(t.Context())
			}
			got := string([]byte{'0' + byte(a.connections()), ' ', '0' + byte(b.connections())})
			if got != tt.want {
				t.Errorf("want attempts %s, got %s (%v)", tt.want, got, err)
			}
		})
	}
}

// serverThatIs plays a server that says by itself whether it is read-only.
func serverThatIs(readOnly string) func(c *fakeConn) error {
	return func(c *fakeConn) error {
		if _, err := c.startup(); err != nil {
			return err
		}
		return c.send(authRequest(reqOK, ""),
			msg('S', "in_hot_standby\x00off\x00"), msg('S', "default_transaction_read_only\x00"+readOnly+"\x00"), ready)
	}
}

// TestSeveralFailures strings messages together.
func TestSeveralFailures(t *testing.T) {
	s := serve(t, func(c *fakeConn) error {
		if _, err := c.startup(); err != nil {
			return err
		}
		return c.send(serverError('E', "FATAL", cannotConnectNow, "starting"))
	})
	dsn := "host=/nonexistent,nosuchhost.invalid,127.0.0.1 port=1,2," + s.port() + " user=u"
	_, err := New(Params{DBName: dsn}, noEnv, nil).Connect(t.Context(), Session{})
	if err == nil {
		t.Fatal("connected")
	}
	lines := strings.SplitAfter(ErrorMessage(err), "\n")
	want := []string{
		"connection to server on socket \"/nonexistent/.s.PGSQL.1\" failed: No such file or directory\n",
		"\tIs the server running locally and accepting connections on that socket?\n",
		"could not translate host name \"nosuchhost.invalid\" to address: ",
		"connection to server at \"127.0.0.1\", port " + s.port() + " failed: FATAL:  starting\n",
		"",
	}
	if len(lines) != len(want) {
		t.Fatalf("want %d lines, got %q", len(want), lines)
	}
	for i := range want {
		if !strings.HasPrefix(lines[i], want[i]) {
			t.Errorf("line %d: want %q, got %q", i, want[i], lines[i])
		}
	}
}

// TestStartupPacket looks at what a server gets to read.
func TestStartupPacket(t *testing.T) {
	got := make(chan map[string]string, 1)
	s := serve(t, func(c *fakeConn) error {
		params, err := c.startup()
		got <- params
		if err != nil {
			return err
		}
		return c.send(serverError('E', "FATAL", "53300", "no"))
	})
	p := Params{DBName: s.dsn("options='-c a=b' sslcompression=1 krbsrvname=x"), FallbackApplicationName: "prog"}
	if _, err := New(p, envOf("PGTZ=UTC"), nil).Connect(t.Context(), Session{DBName: "other"}); err == nil {
		t.Fatal("connected")
	}
	want := "application_name=prog database=other options=-c a=b timezone=UTC user=u"
	params := <-got
	delete(params, "")
	var texts []string
	for _, name := range []string{"application_name", "database", "options", "timezone", "user"} {
		texts = append(texts, name+"="+params[name])
		delete(params, name)
	}
	if text := strings.Join(texts, " "); text != want || len(params) > 0 {
		t.Errorf("want %s, got %s, and %v", want, text, params)
	}
}
