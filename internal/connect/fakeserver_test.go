package connect

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
)

// A fakeServer does what no real server does, or only one that is broken.
type fakeServer struct {
	listener net.Listener
	wait     sync.WaitGroup
	mu       sync.Mutex
	accepted int // connections
	errs     []error
}

// serve starts a server that plays play on each connection and then reads to
// its end. It ends with the test, and reports play's errors other than a lost
// connection.
func serve(t *testing.T, play func(c *fakeConn) error) *fakeServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &fakeServer{listener: l}
	s.wait.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.accepted++
			s.mu.Unlock()
			s.wait.Go(func() { s.handle(c, play) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		s.wait.Wait()
		for _, err := range s.errs {
			t.Error(err)
		}
	})
	return s
}

func (s *fakeServer) handle(c net.Conn, play func(c *fakeConn) error) {
	defer c.Close()
	err := play(&fakeConn{c})
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.CloseWrite() // the other side may have gone
	}
	_, _ = io.Copy(io.Discard, c) // as above
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && !isReset(err) {
		s.mu.Lock()
		s.errs = append(s.errs, err)
		s.mu.Unlock()
	}
}

func (s *fakeServer) port() string {
	return strconv.Itoa(s.listener.Addr().(*net.TCPAddr).Port)
}

func (s *fakeServer) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.accepted
}

// dsn returns a connection string for the server.
func (s *fakeServer) dsn(more string) string {
	return "host=127.0.0.1 port=" + s.port() + " user=u dbname=d " + more
}

type fakeConn struct{ net.Conn }

// startup reads a startup packet, refusing TLS first if it is asked for, and
// returns its parameters.
func (c *fakeConn) startup() (map[string]string, error) {
	for {
		code, body, err := c.request()
		if err != nil {
			return nil, err
		}
		if code != 1234<<16|5679 {
			params := make(map[string]string)
			fields := bytes.Split(body, []byte{0})
			for i := 0; i+1 < len(fields); i += 2 {
				params[string(fields[i])] = string(fields[i+1])
			}
			return params, nil
		}
		if err := c.send("N"); err != nil {
			return nil, err
		}
	}
}

// request reads one packet without a type: a request for TLS, to start, or to cancel.
func (c *fakeConn) request() (code uint32, body []byte, err error) {
	header := make([]byte, 8)
	if _, err := io.ReadFull(c, header); err != nil {
		return 0, nil, err
	}
	body = make([]byte, binary.BigEndian.Uint32(header)-8)
	_, err = io.ReadFull(c, body)
	return binary.BigEndian.Uint32(header[4:]), body, err
}

// message reads a message with type.
func (c *fakeConn) message() (kind byte, body string, err error) {
	header := make([]byte, 5)
	if _, err := io.ReadFull(c, header); err != nil {
		return 0, "", err
	}
	text := make([]byte, binary.BigEndian.Uint32(header[1:])-4)
	_, err = io.ReadFull(c, text)
	return header[0], string(text), err
}

func (c *fakeConn) send(parts ...string) error {
	for _, part := range parts {
		if _, err := io.WriteString(c, part); err != nil {
			return err
		}
	}
	return nil
}

// msg builds a message.
func msg(kind byte, body string) string {
	return string(binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)+4))) + body
}

func authRequest(code uint32, data string) string {
	return msg('R', string(binary.BigEndian.AppendUint32(nil, code))+data)
}

func serverError(kind byte, severity, code, text string) string {
	return msg(kind, "S"+severity+"\x00V"+severity+"\x00C"+code+"\x00M"+text+"\x00\x00")
}

var ready = msg('Z', "I")

// accept starts a session without authentication.
func (c *fakeConn) accept() error {
	if _, err := c.startup(); err != nil {
		return err
	}
	return c.send(authRequest(reqOK, ""), msg('S', "client_encoding\x00UTF8\x00"), msg('K', "\x00\x00\x00\x01\x00\x00\x00\x02"), ready)
}

// passwordServer wants "right" in clear text and then executes nothing.
func passwordServer(t *testing.T) *fakeServer {
	t.Helper()
	return serve(t, func(c *fakeConn) error {
		if _, err := c.startup(); err != nil {
			return err
		}
		if err := c.send(authRequest(reqPassword, "")); err != nil {
			return err
		}
		_, password, err := c.message()
		if err != nil {
			return err
		}
		if password != "right\x00" {
			return c.send(serverError('E', "FATAL", "28P01", "wrong"))
		}
		if err := c.send(authRequest(reqOK, ""), ready); err != nil {
			return err
		}
		_, _, err = c.message() // until the client goes
		return err
	})
}
