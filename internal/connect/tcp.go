package connect

import (
	"net"
	"strings"
	"syscall"
	"time"
)

// tcpOptions are the options of a TCP connection. Zero values leave the system's.
type tcpOptions struct {
	keepAlive   net.KeepAliveConfig
	userTimeout int // milliseconds
}

// tcpOptions reads the numbers that libpq reads only for TCP connections.
// Without keepalives it does not look at the others.
func (t *target) tcpOptions() (tcpOptions, error) {
	var o tcpOptions
	read := func(keyword string, fallback int) (int, error) {
		text, given := t.numbers[keyword]
		if !given {
			return fallback, nil
		}
		n, err := number(keyword, text)
		return max(n, 0), err
	}
	on, err := read("keepalives", 1)
	if err != nil || on == 0 {
		return o, err
	}
	idle, err := read("keepalives_idle", 0)
	if err != nil {
		return o, err
	}
	interval, err := read("keepalives_interval", 0)
	if err != nil {
		return o, err
	}
	count, err := read("keepalives_count", 0)
	if err != nil {
		return o, err
	}
	unlessZero := func(n int) int {
		if n == 0 {
			return -1 // net's "leave it as it is"
		}
		return n
	}
	o.keepAlive = net.KeepAliveConfig{
		Enable:   true,
		Idle:     time.Duration(unlessZero(idle)) * time.Second,
		Interval: time.Duration(unlessZero(interval)) * time.Second,
		Count:    unlessZero(count),
	}
	o.userTimeout, err = read("tcp_user_timeout", 0)
	return o, err
}

func (o tcpOptions) apply(conn *net.TCPConn) error {
	if !o.keepAlive.Enable {
		return nil
	}
	if err := conn.SetKeepAliveConfig(o.keepAlive); err != nil {
		return errorf("setsockopt(SO_KEEPALIVE) failed: %s", systemText(err))
	}
	if o.userTimeout == 0 {
		return nil
	}
	raw, err := conn.SyscallConn()
	if err == nil {
		err = setTCPUserTimeout(raw, o.userTimeout)
	}
	if err != nil {
		return errorf("setsockopt(TCP_USER_TIMEOUT) failed: %s", systemText(err))
	}
	return nil
}

// beforeConnect sets what bounds the time that connecting takes, too. apply
// tells of errors.
func (o tcpOptions) beforeConnect(network, _ string, raw syscall.RawConn) error {
	if strings.HasPrefix(network, "tcp") && o.keepAlive.Enable && o.userTimeout > 0 {
		_ = setTCPUserTimeout(raw, o.userTimeout)
	}
	return nil
}
