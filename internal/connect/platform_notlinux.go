//go:build !linux

package connect

import (
	"net"
	"syscall"
)

// checkPeer refuses to go without the check that was asked for.
func checkPeer(*net.UnixConn, string) error {
	return errorf("requirepeer parameter is not supported on this platform")
}

// setTCPUserTimeout does nothing: like libpq, where the system lacks the option.
func setTCPUserTimeout(syscall.RawConn, int) error { return nil }
