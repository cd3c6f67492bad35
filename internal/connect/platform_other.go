//go:build !unix

package connect

import "io/fs"

// socketPathBytes is the length of a socket's path that the system can take.
const socketPathBytes = 107

func isNotDir(error) bool { return false }

// othersMayRead is not asked of systems without Unix's permissions.
func othersMayRead(fs.FileInfo) bool { return false }
