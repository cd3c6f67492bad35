//go:build !unix

package connect

import "io/fs"

// Where libpq looks in PostgreSQL's folder of application data.
const (
	passfileName = "/pgpass.conf"
	tlsFolder    = "/"
)

// hasSockets says that a server is first looked for on a Unix-domain socket.
const hasSockets = false

// homeDir is PostgreSQL's folder of application data, as libpq has it on Windows.
func homeDir(env LookupEnv) (string, bool) {
	folder, _ := env("APPDATA")
	return folder + "/postgresql", folder != ""
}

// socketPathBytes is the length of a socket's path that the system can take.
const socketPathBytes = 107

func isNotDir(error) bool { return false }

// othersMayRead is not asked of systems without Unix's permissions.
func othersMayRead(fs.FileInfo) bool { return false }
