package connect

import (
	"context"
	"net"
	"syscall"
	"testing"
)

// What a connection string says of TCP reaches the socket, and what bounds
// connecting does before that.
func TestTCPOptions(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, tt := range []struct {
		name                                      string
		numbers                                   map[string]string
		keepalive, idle, interval, count, timeout int
		early                                     int // timeout before apply
	}{
		{"all", map[string]string{"keepalives_idle": "7", "keepalives_interval": "3", "keepalives_count": "4", "tcp_user_timeout": "5000"}, 1, 7, 3, 4, 5000, 5000},
		{"none of it", map[string]string{"keepalives": "0", "keepalives_idle": "7", "tcp_user_timeout": "5000"}, 0, -1, -1, -1, 0, 0},
		{"as the system has it", nil, 1, -1, -1, -1, 0, 0},
	} {
		o, err := (&target{numbers: tt.numbers}).tcpOptions()
		if err != nil {
			t.Fatal(err)
		}
		conn, err := dialAddress(context.Background(), address{network: "tcp", dial: l.Addr().String()}, o)
		if err != nil {
			t.Fatal(err)
		}
		option := func(level, name int) (value int) {
			raw, err := conn.(*net.TCPConn).SyscallConn()
			if err != nil {
				t.Fatal(err)
			}
			_ = raw.Control(func(fd uintptr) { value, err = syscall.GetsockoptInt(int(fd), level, name) })
			if err != nil {
				t.Fatal(err)
			}
			return value
		}
		check := func(what string, want, level, name int) {
			if got := option(level, name); want >= 0 && want != got {
				t.Errorf("%s: want %s %d, got %d", tt.name, what, want, got)
			}
		}
		check("timeout at first", tt.early, syscall.IPPROTO_TCP, tcpUserTimeout)
		if err := o.apply(conn.(*net.TCPConn)); err != nil {
			t.Fatal(err)
		}
		check("keepalives", tt.keepalive, syscall.SOL_SOCKET, syscall.SO_KEEPALIVE)
		check("idle", tt.idle, syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE)
		check("interval", tt.interval, syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL)
		check("count", tt.count, syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT)
		check("timeout", tt.timeout, syscall.IPPROTO_TCP, tcpUserTimeout)
		conn.Close()
	}
}
