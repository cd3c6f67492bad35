package main

import (
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
)

// link is a proxy that hands on every byte a while after it came, in each
// direction, without limiting how many: a network that is far, not thin.
type link struct {
	listener net.Listener
	target   string // a Unix socket
	delay    time.Duration
	wg       sync.WaitGroup

	mu     sync.Mutex
	open   map[net.Conn]bool
	closed bool
}

func startLink(target string, delay time.Duration) (*link, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &link{listener: listener, target: target, delay: delay, open: map[net.Conn]bool{}}
	l.wg.Go(l.accept)
	return l, nil
}

func (l *link) port() string {
	return strconv.Itoa(l.listener.Addr().(*net.TCPAddr).Port)
}

// close ends all connections and waits for what serves them.
func (l *link) close() error {
	err := l.listener.Close()
	l.mu.Lock()
	l.closed = true
	for c := range l.open {
		err = errors.Join(err, c.Close())
	}
	clear(l.open)
	l.mu.Unlock()
	l.wg.Wait()
	return err
}

// accept ends when the listener is closed.
func (l *link) accept() {
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.wg.Go(func() { l.serve(near) })
	}
}

// serve ends when either side has closed its connection.
func (l *link) serve(near net.Conn) {
	far, err := net.Dial("unix", l.target)
	if err != nil {
		near.Close()
		return
	}
	if !l.add(near, far) {
		return
	}
	defer l.remove(near, far)
	var both sync.WaitGroup
	both.Go(func() { l.carry(far.(*net.UnixConn), near) })
	both.Go(func() { l.carry(near.(*net.TCPConn), far) })
	both.Wait()
}

// add notes connections to close; it closes them at once where all are.
func (l *link) add(conns ...net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range conns {
		if l.closed {
			c.Close()
			continue
		}
		l.open[c] = true
	}
	return !l.closed
}

func (l *link) remove(conns ...net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range conns {
		c.Close()
		delete(l.open, c)
	}
}

// parcel is what one read gave, and when to hand it on.
type parcel struct {
	bytes []byte
	due   time.Time
}

// carry hands on what comes from one side to the other, and then its end.
func (l *link) carry(to interface {
	io.Writer
	CloseWrite() error
}, from io.Reader) {
	// What is under way: at 10 ms and 64 kB a read, more than a machine can
	// send, so the channel's capacity does not limit the link.
	underway := make(chan parcel, 4096)
	var reader sync.WaitGroup
	reader.Go(func() {
		defer close(underway)
		for {
			buf := make([]byte, 64<<10)
			n, err := from.Read(buf)
			if n > 0 {
				underway <- parcel{buf[:n], time.Now().Add(l.delay)}
			}
			if err != nil {
				return
			}
		}
	})
	defer reader.Wait()
	var broken error
	for p := range underway {
		if broken != nil {
			continue // the reader must not wait
		}
		if wait := time.Until(p.due); wait > 0 {
			time.Sleep(wait) // the delay is what this is for
		}
		_, broken = to.Write(p.bytes)
	}
	_ = to.CloseWrite() // it may be closed already
}
