//go:build unix

package connect

import (
	"errors"
	"io/fs"
	"syscall"
)

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
