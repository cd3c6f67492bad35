package connect

import (
	"net"
	"os/user"
	"strconv"
	"syscall"
)

// checkPeer checks that the server process belongs to the user requirepeer names.
func checkPeer(conn *net.UnixConn, want string) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return errorf("could not get peer credentials: %s", systemText(err))
	}
	var cred *syscall.Ucred
	var credErr error
	err = raw.Control(func(fd uintptr) {
		cred, credErr = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	if err == nil {
		err = credErr
	}
	if err != nil {
		return errorf("could not get peer credentials: %s", systemText(err))
	}
	u, err := user.LookupId(strconv.FormatUint(uint64(cred.Uid), 10))
	if err != nil {
		return errorf("local user with ID %d does not exist", cred.Uid)
	}
	if u.Username != want {
		return errorf("requirepeer specifies \"%s\", but actual peer user name is \"%s\"", want, u.Username)
	}
	return nil
}

const tcpUserTimeout = 0x12 // TCP_USER_TIMEOUT, which package syscall lacks

// setTCPUserTimeout bounds the time sent data may stay unacknowledged; 0 is
// the system's default.
func setTCPUserTimeout(raw syscall.RawConn, milliseconds int) error {
	var optErr error
	err := raw.Control(func(fd uintptr) {
		optErr = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, milliseconds)
	})
	if err != nil {
		return err
	}
	return optErr
}
