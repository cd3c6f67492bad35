package engine

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// fakeServer speaks just enough of the protocol to restore into. Connections
// are pipes without any buffer, so whoever waits for the other side too early
// hangs. It does what a real server can not be made to do: break off in the
// middle of a reply, stall, answer in crumbs.
type fakeServer struct {
	// react may answer a query itself; false leaves it to the server, which
	// finds nothing wrong with any.
	react func(c *fakeConn, query string) (done bool)
	// chunk is how many bytes of a reply are written at a time; 0 means all.
	chunk int
	// version is what it says that it is, "18.0" if empty.
	version string
	// stallCancels keeps connections that ask for a query to be cancelled
	// waiting.
	stallCancels bool
	// cancelled, if not nil, is called before such a connection is closed, with
	// that whose query it is.
	cancelled func(id int)

	// parameters are told when a connection begins.
	parameters map[string]string

	// wrap, if not nil, goes around the client's side of a connection.
	wrap func(net.Conn) net.Conn

	served sync.WaitGroup

	mu      sync.Mutex
	log     []string // queries, in the order of their arrival on any connection
	copied  map[string]string
	conns   int
	cancels int
	strays  int           // messages of COPY outside of one
	ended   chan struct{} // closed when the test is over
}

// fakeConn is the server's side of a connection.
type fakeConn struct {
	*pgproto3.Backend
	server *fakeServer
	net    net.Conn
	id     int // from 1 on
	status byte
	// extended is set between a message of the extended protocol and its Sync.
	extended bool
	done     string // groupParameter
}

func newFakeServer(t *testing.T) *fakeServer {
	s := &fakeServer{copied: map[string]string{}, ended: make(chan struct{})}
	t.Cleanup(func() {
		close(s.ended)
		within(t, "the server's connections to end", s.served.Wait)
	})
	return s
}

// within fails the test where f takes so long that it must hang.
func within(t *testing.T, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatalf("waited in vain for %s", what)
	}
}

// connect is a Job's Connect.
func (s *fakeServer) connect(ctx context.Context, database string) (*pgconn.PgConn, error) {
	if database == "" {
		database = "db"
	}
	config, err := pgconn.ParseConfig("host=fake user=me sslmode=disable connect_timeout=10 dbname=" + database)
	if err != nil {
		return nil, err
	}
	config.LookupFunc = func(context.Context, string) ([]string, error) { return []string{"fake"}, nil }
	config.DialFunc = func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		s.served.Go(func() { s.serve(server) })
		if s.wrap != nil {
			client = s.wrap(client)
		}
		return client, nil
	}
	return pgconn.ConnectConfig(ctx, config)
}

func (s *fakeServer) serve(n net.Conn) {
	defer n.Close()
	s.mu.Lock()
	s.conns++
	c := &fakeConn{server: s, net: n, id: s.conns, status: 'I'}
	s.mu.Unlock()
	c.Backend = pgproto3.NewBackend(n, crumbs{n, s.chunk})
	start, err := c.ReceiveStartupMessage()
	if err != nil {
		return
	}
	switch start := start.(type) {
	case *pgproto3.CancelRequest:
		s.mu.Lock()
		s.cancels++
		s.mu.Unlock()
		if s.stallCancels {
			<-s.ended
		}
		if s.cancelled != nil {
			s.cancelled(int(start.ProcessID))
		}
		return
	case *pgproto3.StartupMessage:
	default:
		return
	}
	c.Send(&pgproto3.AuthenticationOk{})
	parameters := map[string]string{
		"client_encoding": "UTF8", "server_version": cmp.Or(s.version, "18.0"), "is_superuser": "on", "standard_conforming_strings": "on",
	}
	maps.Copy(parameters, s.parameters)
	for name, value := range parameters {
		c.Send(&pgproto3.ParameterStatus{Name: name, Value: value})
	}
	c.Send(&pgproto3.BackendKeyData{ProcessID: uint32(c.id), SecretKey: []byte{1, 2, 3, 4}})
	c.ready()
	c.loop()
}

// crumbs writes a few bytes at a time.
type crumbs struct {
	w     io.Writer
	chunk int
}

func (c crumbs) Write(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		end := len(p)
		if c.chunk > 0 {
			end = min(end, n+c.chunk)
		}
		var m int
		m, err = c.w.Write(p[n:end])
		n += m
	}
	return n, err
}

func (c *fakeConn) loop() {
	skipping := false // to the next Sync
	var parsed string
	for {
		m, err := c.Receive()
		if err != nil {
			return
		}
		if _, isSync := m.(*pgproto3.Sync); skipping && !isSync {
			continue
		}
		switch m := m.(type) {
		case *pgproto3.Terminate:
			return
		case *pgproto3.Query:
			if !c.query(m.String) {
				return
			}
		case *pgproto3.Parse:
			c.extended = true
			parsed = m.Query
			c.Send(&pgproto3.ParseComplete{})
		case *pgproto3.Bind:
			for i, p := range m.Parameters {
				c.server.note(fmt.Sprintf("%s [%d: %d bytes]", parsed, i+1, len(p)))
			}
			c.Send(&pgproto3.BindComplete{})
		case *pgproto3.Execute:
			if c.server.react != nil && c.server.react(c, parsed) {
				skipping = true
				continue
			}
			c.complete("SELECT 1")
		case *pgproto3.Sync:
			skipping, c.extended = false, false
			c.ready()
		case *pgproto3.CopyData, *pgproto3.CopyDone, *pgproto3.CopyFail:
			c.server.mu.Lock()
			c.server.strays++
			c.server.mu.Unlock()
		}
	}
}

func (s *fakeServer) note(query string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, query)
}

// query answers a simple query; false ends the connection.
func (c *fakeConn) query(query string) bool {
	c.server.note(query)
	if after, guarded := guard(query); guarded && after != c.done {
		return c.refuse("22012", "division by zero")
	}
	if c.server.react != nil && c.server.react(c, query) {
		return c.net != nil
	}
	if _, number, found := strings.Cut(query, "SET "+groupParameter+" = "); found {
		c.done = number
	}
	return c.answer(query)
}

// guard gives the number that the parameter must have for a group, quoted.
func guard(query string) (number string, guarded bool) {
	_, rest, guarded := strings.Cut(query, "current_setting('"+groupParameter+"'), ")
	number, _, _ = strings.Cut(rest, ")")
	return number, guarded
}

// answer answers a query of which nothing is wrong.
func (c *fakeConn) answer(query string) bool {
	command, _, _ := strings.Cut(query, " ")
	command = strings.TrimRight(command, ";\n")
	switch command {
	case "BEGIN":
		c.status = 'T'
	case "COMMIT", "ROLLBACK":
		c.status = 'I'
	case "COPY":
		data, failed, err := c.takeCopy()
		if err != nil {
			return false
		}
		if failed {
			return c.ready() == nil
		}
		c.server.mu.Lock()
		c.server.copied[query] += data
		c.server.mu.Unlock()
	}
	c.complete(command)
	return c.ready() == nil
}

// beginCopy asks for the data of a COPY.
func (c *fakeConn) beginCopy() error {
	c.Send(&pgproto3.CopyInResponse{OverallFormat: 0, ColumnFormatCodes: []uint16{0}})
	return c.Flush()
}

// takeCopy goes through the receiving end of a COPY. failed says that the client
// gave it up; an error, that it is gone.
func (c *fakeConn) takeCopy() (data string, failed bool, err error) {
	if err := c.beginCopy(); err != nil {
		return "", false, err
	}
	var b strings.Builder
	for {
		m, err := c.Receive()
		if err != nil {
			return "", false, err
		}
		switch m := m.(type) {
		case *pgproto3.CopyData:
			b.Write(m.Data)
		case *pgproto3.CopyDone:
			return b.String(), false, nil
		case *pgproto3.CopyFail:
			c.fail("ERROR", "57014", "COPY from stdin failed: "+m.Message)
			return "", true, nil
		}
	}
}

func (c *fakeConn) complete(command string) {
	c.Send(&pgproto3.CommandComplete{CommandTag: []byte(command)})
}

// ready ends a reply, but that in the extended protocol goes on to the Sync.
func (c *fakeConn) ready() error {
	if c.extended {
		return c.Flush()
	}
	c.Send(&pgproto3.ReadyForQuery{TxStatus: c.status})
	return c.Flush()
}

// fail sends an error, as part of a reply.
func (c *fakeConn) fail(severity, code, message string) {
	if c.status == 'T' {
		c.status = 'E'
	}
	c.Send(&pgproto3.ErrorResponse{
		Severity: severity, SeverityUnlocalized: severity, Code: code, Message: message,
	})
}

// row answers a query with a row of one value.
func (c *fakeConn) row(value string) bool {
	c.Send(&pgproto3.RowDescription{Fields: []pgproto3.FieldDescription{{Name: []byte("value")}}})
	c.Send(&pgproto3.DataRow{Values: [][]byte{[]byte(value)}})
	c.complete("SELECT 1")
	_ = c.ready() // the client may be gone
	return true
}

// refuse answers a query with an error.
func (c *fakeConn) refuse(code, message string) bool {
	c.fail("ERROR", code, message)
	_ = c.ready() // the client may be gone
	return true
}

// notice sends a warning, as part of a reply.
func (c *fakeConn) notice(message string) {
	c.Send(&pgproto3.NoticeResponse{Severity: "WARNING", SeverityUnlocalized: "WARNING", Code: "01000", Message: message})
}

func (c *fakeConn) parameter(name, value string) {
	c.Send(&pgproto3.ParameterStatus{Name: name, Value: value})
}

// drop breaks the connection off.
func (c *fakeConn) drop() bool {
	_ = c.Flush()
	c.net.Close()
	c.net = nil
	return true
}

// queries gives what arrived since the restore's own preparations, but without
// what each connection is set to.
func (s *fakeServer) queries() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var kept []string
	for _, q := range s.log {
		if _, guarded := guard(q); guarded {
			_, q, _ = strings.Cut(q, "\n")
		}
		q, _, _ = strings.Cut(q, "SET "+groupParameter)
		if !strings.HasPrefix(q, "SET ") && !strings.Contains(q, "set_config") && !strings.Contains(q, "pg_settings") &&
			q != "RESET synchronous_commit" && q != writesToLog[0] {
			kept = append(kept, strings.TrimRight(q, "\n"))
		}
	}
	return kept
}

func (s *fakeServer) copiedInto(statement string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.copied[statement]
}
