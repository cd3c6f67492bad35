//go:build unix

package connect

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// Where libpq looks in the home directory.
const (
	passfileName = "/.pgpass"
	tlsFolder    = "/.postgresql/"
)

// hasSockets says that a server is first looked for on a Unix-domain socket.
const hasSockets = true

// homeDir is HOME, or what the system knows.
func homeDir(env LookupEnv) (string, bool) {
	if home, _ := env("HOME"); home != "" {
		return home, true
	}
	u, err := user.LookupId(strconv.Itoa(os.Geteuid()))
	if err != nil || u.HomeDir == "" {
		return "", false
	}
	return u.HomeDir, true
}

// socketPathBytes is the length of a socket's path that the system can take.
const socketPathBytes = len(syscall.RawSockaddrUnix{}.Path) - 1

// isNotDir reports that a file cannot exist because its directory is none.
func isNotDir(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

// othersMayRead reports whether a key file is too open: for root's files the
// group may read.
func othersMayRead(info fs.FileInfo) bool {
	forbidden := fs.FileMode(0o077)
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Uid == 0 {
		forbidden = 0o037
	}
	return info.Mode().Perm()&forbidden != 0
}
