package engine

import (
	"context"
	"encoding/binary"
	"net"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// request is something sent to the server, or to be done when all before it is
// answered.
type request struct {
	// query is what was sent; "" where nothing was.
	query string
	// answered is called, by the goroutine that reads replies, when the server
	// is done with it; err is a *pgconn.PgError, or says that the connection is
	// lost.
	answered func(err error)
	// For COPY: whether the server took it, and whether it then refused the
	// data. Data that follows is dropped by the server (protocol documentation,
	// "COPY Operations").
	copying bool
	refused atomic.Bool
	// abandoned is set when the data ends with CopyFail: no error then.
	abandoned atomic.Bool
	// completed is how many statements of the query were carried out, rows how
	// many rows a COPY has loaded.
	completed int
	rows      int64
	begun     time.Time // when the server was ready for it
	// Bytes of COPY data, and those that they came to in its format.
	sent, wired atomic.Int64
	// results asks for the result of a query: its columns, and the rows' values,
	// NULL being "".
	results bool
	columns []column
	values  [][]string
}

// column is a column of a query's result: the table that it is of, 0 for none, and
// its type.
type column struct{ table, typeOID uint32 }

// wire is a connection on which requests are sent without waiting for the
// replies to those before. One goroutine, the caller's, sends; another reads
// replies and calls back in the order of the requests. At most window requests
// are unanswered.
type wire struct {
	conn  *pgconn.PgConn
	net   net.Conn
	front *pgproto3.Frontend

	out     []byte // not yet sent
	torn    bool   // something could not be sent, so nothing after it arrives
	wide    bool   // widen has been called
	pending chan *request
	low     chan struct{} // one slot: pending has fallen to half
	ended   chan struct{} // closed when the reader has ended

	answering atomic.Pointer[request] // that the server is at, nil for none

	onNotice func(n *pgconn.Notice, encoding string)

	// Of the reader alone:
	encoding string // client_encoding
	status   byte   // of the transaction, as of the last reply
	lost     error  // why the connection is gone
}

// flushSize is how much may wait to be sent while requests are added.
const flushSize = 32 << 10

// localBuffer is how much the system is asked to keep that the server has not read
// yet, on a Unix socket; for TCP it finds out itself how much is needed. The less it
// keeps, the more often client and server wait for each other. Linux grants twice
// net.core.wmem_max at most, for the rows and what it notes about them.
const localBuffer = 4 << 20

// newWire takes over conn, which must be idle, and closes it in the end.
func newWire(conn *pgconn.PgConn, window int, onNotice func(n *pgconn.Notice, encoding string)) *wire {
	w := &wire{
		conn:     conn,
		net:      conn.Conn(),
		front:    conn.Frontend(),
		pending:  make(chan *request, window),
		low:      make(chan struct{}, 1),
		ended:    make(chan struct{}),
		onNotice: onNotice,
		encoding: conn.ParameterStatus("client_encoding"),
		status:   'I',
	}
	go w.readReplies()
	return w
}

// close ends the connection. Requests that are still unanswered are answered
// with an error first.
func (w *wire) close(ctx context.Context) {
	w.flush()
	close(w.pending)
	<-w.ended
	_ = w.conn.Close(ctx)
}

// add puts a request in line; its message is appended to w.out by the caller
// right after.
func (w *wire) add(r *request) {
	if len(w.pending) == cap(w.pending) {
		// The server may be waiting for what is not sent. And waiting for one
		// free place only would make a message of each further request.
		w.flush()
		select {
		case <-w.low: // from before
		default:
		}
		if len(w.pending) > cap(w.pending)/2 {
			<-w.low
		}
	}
	w.pending <- r
}

// drain waits until everything is answered.
func (w *wire) drain() {
	done := make(chan struct{})
	w.add(&request{answered: func(error) { close(done) }})
	w.flush()
	<-done
}

// query sends a simple query.
func (w *wire) query(r *request) {
	w.add(r)
	w.out = append(w.out, 'Q')
	w.out = binary.BigEndian.AppendUint32(w.out, uint32(4+len(r.query)+1))
	w.out = append(append(w.out, r.query...), 0)
	if len(w.out) >= flushSize {
		w.flush()
	}
}

// Types of parameters (PostgreSQL, pg_type.dat).
const (
	byteaOID = 17
	oidOID   = 26
)

// executions sends a query with parameters of the given types. It is carried out
// by messages from appendExecution, however often, in one transaction.
func (w *wire) executions(r *request, messages []byte, types ...uint32) {
	w.add(r)
	w.out, _ = (&pgproto3.Parse{Query: r.query, ParameterOIDs: types}).Encode(w.out) // fails only above 1 GB
	w.out = append(w.out, messages...)
	w.out, _ = (&pgproto3.Sync{}).Encode(w.out)
	if len(w.out) >= flushSize {
		w.flush()
	}
}

// appendExecution appends the messages that carry out a query once, with binary
// values of its parameters.
func appendExecution(dst []byte, values ...[]byte) []byte {
	const binaryFormat = 1
	dst, _ = (&pgproto3.Bind{ParameterFormatCodes: []int16{binaryFormat}, Parameters: values}).Encode(dst)
	dst, _ = (&pgproto3.Execute{}).Encode(dst)
	return dst
}

// copyHeader is the room that a buffer given to copyData leaves in front.
const copyHeader = 5

// copyData sends a buffer of COPY data whose first copyHeader bytes are free.
func (w *wire) copyData(buf []byte) {
	buf[0] = 'd'
	binary.BigEndian.PutUint32(buf[1:], uint32(len(buf)-1))
	if len(w.out)+len(buf) <= flushSize {
		w.out = append(w.out, buf...)
		return
	}
	w.flush()
	w.widen()
	w.write(buf)
}

// widen asks the system for room for the data of big tables; statements do without.
func (w *wire) widen() {
	if local, ok := w.net.(*net.UnixConn); ok && !w.wide {
		_ = local.SetWriteBuffer(localBuffer)
	}
	w.wide = true
}

// copyDone ends the COPY data.
func (w *wire) copyDone() {
	w.out = append(w.out, 'c', 0, 0, 0, 4)
}

// atLength reports whether the server has been at one request for some time.
func (w *wire) atLength() bool {
	r := w.answering.Load()
	return r != nil && time.Since(r.begun) >= momentary
}

// flush sends what waits.
func (w *wire) flush() {
	if len(w.out) == 0 {
		return
	}
	w.write(w.out)
	w.out = w.out[:0]
}

// write sends bytes. An error is left to the reader, which sees the connection
// end, too.
func (w *wire) write(buf []byte) {
	if _, err := w.net.Write(buf); err != nil {
		w.torn = true
	}
}

func (w *wire) readReplies() {
	defer close(w.ended)
	for r := range w.pending {
		if len(w.pending) == cap(w.pending)/2 {
			select {
			case w.low <- struct{}{}:
			default:
			}
		}
		if r.query == "" {
			r.answered(w.lost)
			continue
		}
		r.begun = time.Now()
		w.answering.Store(r)
		err := w.readReply(r)
		w.answering.Store(nil)
		r.answered(err)
	}
}

// readReply reads up to the end of the reply to r and gives the first error in
// it.
func (w *wire) readReply(r *request) error {
	if w.lost != nil {
		r.refused.Store(true)
		return w.lost
	}
	var failure *pgconn.PgError
	for {
		message, err := w.front.Receive()
		if err != nil {
			w.lost = err
			_ = w.net.Close() // nobody shall wait any more to send
			r.refused.Store(true)
			if failure != nil && isFatal(failure) {
				w.lost = failure // says more than the end of the connection
			}
			return w.lost
		}
		switch m := message.(type) {
		case *pgproto3.ErrorResponse:
			if failure == nil {
				failure = pgconn.ErrorResponseToPgError(m)
			}
			r.refused.Store(true)
		case *pgproto3.NoticeResponse:
			w.onNotice((*pgconn.Notice)(pgconn.ErrorResponseToPgError((*pgproto3.ErrorResponse)(m))), w.encoding)
		case *pgproto3.ParameterStatus:
			if m.Name == "client_encoding" {
				w.encoding = m.Value
			}
		case *pgproto3.CommandComplete:
			r.completed++
			if r.copying {
				r.rows += pgconn.NewCommandTag(string(m.CommandTag)).RowsAffected()
			}
		case *pgproto3.RowDescription:
			if r.results {
				for _, f := range m.Fields {
					r.columns = append(r.columns, column{table: f.TableOID, typeOID: f.DataTypeOID})
				}
			}
		case *pgproto3.DataRow:
			if r.results {
				row := make([]string, len(m.Values))
				for n, v := range m.Values {
					row[n] = string(v)
				}
				r.values = append(r.values, row)
			}
		case *pgproto3.CopyInResponse:
			r.copying = true
		case *pgproto3.ReadyForQuery:
			w.status = m.TxStatus
			if failure != nil {
				return failure
			}
			return nil
		}
	}
}

func isFatal(e *pgconn.PgError) bool {
	severity := e.SeverityUnlocalized
	if severity == "" {
		severity = e.Severity
	}
	return severity == "FATAL" || severity == "PANIC"
}

// isLost reports whether err means that the connection is gone.
func isLost(err error) bool {
	e, ok := err.(*pgconn.PgError)
	return err != nil && (!ok || isFatal(e))
}

// copyFail gives up a COPY: the server undoes it.
func (w *wire) copyFail() {
	const why = "restore gave up\x00"
	w.out = append(w.out, 'f')
	w.out = binary.BigEndian.AppendUint32(w.out, uint32(4+len(why)))
	w.out = append(w.out, why...)
}
