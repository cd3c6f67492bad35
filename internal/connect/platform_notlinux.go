//go:build !linux

package connect

import "net"

// checkPeer refuses to go without the check that was asked for.
func checkPeer(*net.UnixConn, string) error {
	return errorf("requirepeer parameter is not supported on this platform")
}

// setTCPUserTimeout does nothing: like libpq, where the system lacks the option.
func setTCPUserTimeout(*net.TCPConn, int) error { return nil }
