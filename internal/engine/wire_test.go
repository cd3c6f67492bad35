package engine

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"
)

// testWire connects to a server.
func testWire(t *testing.T, s *fakeServer, window int) *wire {
	t.Helper()
	conn, err := s.connect(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return newWire(conn, window, func(*pgconn.Notice, string) {})
}

// closed closes w, which must not hang.
func closed(t *testing.T, w *wire) {
	t.Helper()
	within(t, "the end of the connection", func() { w.close(context.Background()) })
}

// Replies are given to their requests in order, whatever the window, the size
// of the queries and the pieces in which replies come.
func TestWire(t *testing.T) {
	for _, window := range []int{1, 2, 7, 256} {
		for _, chunk := range []int{0, 1, 3} {
			t.Run(fmt.Sprintf("window %d, crumbs of %d", window, chunk), func(t *testing.T) {
				s := newFakeServer(t)
				s.chunk = chunk
				s.react = func(c *fakeConn, query string) bool {
					if strings.HasPrefix(query, "bad") {
						return c.refuse("42601", query)
					}
					return false
				}
				w := testWire(t, s, window)
				var want, got []string
				within(t, "the replies", func() {
					for n := range 300 {
						query := fmt.Sprint("good ", n)
						switch n % 5 {
						case 1:
							query = fmt.Sprint("bad ", n)
							want = append(want, query+": ERROR: "+query+" (SQLSTATE 42601)")
						case 2:
							query = "" // nothing is sent
							want = append(want, ": <nil>")
						case 3:
							query += strings.Repeat(" ", n*100)
							want = append(want, query+": <nil>")
						default:
							want = append(want, query+": <nil>")
						}
						r := &request{query: query}
						r.answered = func(err error) { got = append(got, fmt.Sprintf("%s: %v", query, err)) }
						if query == "" {
							w.add(r)
						} else {
							w.query(r)
						}
					}
					w.drain()
				})
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
				closed(t, w)
			})
		}
	}
}

func TestWireExtendedQuery(t *testing.T) {
	s := newFakeServer(t)
	s.react = func(c *fakeConn, query string) bool {
		if strings.HasPrefix(query, "bad") {
			c.fail("ERROR", "22000", "no")
			return true
		}
		return false
	}
	w := testWire(t, s, 4)
	var got []string
	within(t, "the replies", func() {
		for n, query := range []string{"good $1", "bad $1", "good again $1"} {
			w.executions(&request{query: query, answered: func(err error) {
				got = append(got, fmt.Sprintf("%s: %v", query, err))
			}}, appendExecution(nil, make([]byte, n*100_000)), byteaOID)
		}
		w.query(&request{query: "plain", answered: func(err error) { got = append(got, fmt.Sprintf("plain: %v", err)) }})
		w.drain()
	})
	closed(t, w)
	want := []string{"good $1: <nil>", "bad $1: ERROR: no (SQLSTATE 22000)", "good again $1: <nil>", "plain: <nil>"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantLog := []string{"good $1 [1: 0 bytes]", "bad $1 [1: 100000 bytes]", "good again $1 [1: 200000 bytes]", "plain"}
	if diff := cmp.Diff(wantLog, s.queries()); diff != "" {
		t.Error(diff)
	}
}

// Every request is answered, also when the connection ends under it.
func TestWireLost(t *testing.T) {
	for _, window := range []int{1, 5, 256} {
		s := newFakeServer(t)
		s.react = func(c *fakeConn, query string) bool { return query == "q5" && c.drop() }
		w := testWire(t, s, window)
		good, lost := 0, 0
		within(t, "all answers", func() {
			for n := range 1000 {
				w.query(&request{query: fmt.Sprintf("q%d", n), answered: func(err error) {
					if err == nil {
						good++
					} else if isLost(err) {
						lost++
					}
				}})
			}
			w.drain()
		})
		if good != 5 || lost != 995 {
			t.Errorf("window %d: want 5 answers and 995 lost, got %d and %d", window, good, lost)
		}
		closed(t, w)
	}
}

// Of several errors in a reply the first counts; a fatal one says more than the
// end of the connection after it.
func TestWireErrors(t *testing.T) {
	for _, tt := range []struct {
		name  string
		react func(c *fakeConn) bool
		want  string
	}{
		{"two errors", func(c *fakeConn) bool {
			c.fail("ERROR", "1", "first")
			c.fail("ERROR", "2", "second")
			_ = c.ready()
			return true
		}, "ERROR: first (SQLSTATE 1)"},
		{"fatal", func(c *fakeConn) bool {
			c.fail("FATAL", "57P01", "shutting down")
			return c.drop()
		}, "FATAL: shutting down (SQLSTATE 57P01)"},
		{"panic", func(c *fakeConn) bool {
			c.fail("PANIC", "XX000", "help")
			return c.drop()
		}, "PANIC: help (SQLSTATE XX000)"},
		{"error, then the end", func(c *fakeConn) bool {
			c.fail("ERROR", "1", "first")
			return c.drop()
		}, "unexpected EOF"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newFakeServer(t)
			s.react = func(c *fakeConn, query string) bool { return tt.react(c) }
			w := testWire(t, s, 4)
			var got error
			within(t, "the reply", func() {
				w.query(&request{query: "q", answered: func(err error) { got = err }})
				w.drain()
			})
			closed(t, w)
			if got == nil || tt.want != got.Error() {
				t.Errorf("want %q, got %v", tt.want, got)
			}
		})
	}
}

// Closing answers what is still under way.
func TestWireCloseAnswersAll(t *testing.T) {
	s := newFakeServer(t)
	w := testWire(t, s, 256)
	var answered atomic.Int32
	for range 100 {
		w.query(&request{query: "q", answered: func(error) { answered.Add(1) }})
	}
	closed(t, w)
	if want, got := int32(100), answered.Load(); want != got {
		t.Errorf("want %d answers, got %d", want, got)
	}
}

func TestWireFollowsEncoding(t *testing.T) {
	s := newFakeServer(t)
	s.react = func(c *fakeConn, query string) bool {
		if query == "SET client_encoding = 'LATIN1'" {
			c.parameter("client_encoding", "LATIN1")
		}
		c.notice("x")
		return false
	}
	conn, err := s.connect(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	w := newWire(conn, 8, func(_ *pgconn.Notice, encoding string) { got = append(got, encoding) })
	within(t, "the replies", func() {
		for _, q := range []string{"a", "SET client_encoding = 'LATIN1'", "b"} {
			w.query(&request{query: q, answered: func(error) {}})
		}
		w.drain()
	})
	closed(t, w)
	if diff := cmp.Diff([]string{"UTF8", "LATIN1", "LATIN1"}, got); diff != "" {
		t.Error(diff)
	}
}
