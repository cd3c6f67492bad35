package connect

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// passfileKey is what a line of the password file is looked up by.
type passfileKey struct{ host, port, dbname, user string }

// passwordFromFile returns the password of the first matching line
// (passwordFromFile in libpq). A file that cannot be used is no error; one
// that others may read is ignored with a warning.
func passwordFromFile(file string, key passfileKey, warn func(string)) secret {
	f, err := os.Open(file)
	if err != nil {
		return secret{}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return secret{}
	}
	switch {
	case runtime.GOOS == "windows": // the directory is protected there
	case !info.Mode().IsRegular():
		warn(fmt.Sprintf("WARNING: password file \"%s\" is not a plain file\n", file))
		return secret{}
	case info.Mode().Perm()&0o077 != 0:
		warn(fmt.Sprintf("WARNING: password file \"%s\" has group or world access; permissions should be u=rw (0600) or less\n", file))
		return secret{}
	}

	r := bufio.NewReader(f)
	for {
		line, err := r.ReadString('\n')
		if password, found := matchPassfileLine(strings.TrimRight(line, "\r\n"), key); found {
			return secret{password, true}
		}
		if err != nil {
			return secret{}
		}
	}
}

// matchPassfileLine returns the password of "host:port:dbname:user:password"
// if the first four are those of key. A field may be *; a backslash escapes
// colons and itself.
func matchPassfileLine(line string, key passfileKey) (password string, found bool) {
	if line == "" || line[0] == '#' {
		return "", false
	}
	for _, want := range []string{key.host, key.port, key.dbname, key.user} {
		if line, found = cutPassfileField(line, want); !found {
			return "", false
		}
	}

	var b strings.Builder
	for i := 0; i < len(line) && line[i] != ':'; i++ {
		if line[i] == '\\' && i+1 < len(line) {
			i++
		}
		b.WriteByte(line[i])
	}
	return b.String(), true
}

// cutPassfileField takes a field off the front of line if it matches want.
func cutPassfileField(line, want string) (rest string, match bool) {
	if rest, found := strings.CutPrefix(line, "*:"); found {
		return rest, true
	}
	for i := 0; i < len(line); i++ {
		escaped := line[i] == '\\'
		if escaped {
			if i++; i == len(line) {
				return "", false
			}
		}
		switch {
		case line[i] == ':' && want == "" && !escaped:
			return line[i+1:], true
		case want == "" || line[i] != want[0]:
			return "", false
		}
		want = want[1:]
	}
	return "", false
}
