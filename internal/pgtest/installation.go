package pgtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// StockMajor is the version whose pg_restore is the reference.
const StockMajor = 18

// OldestMajor is the oldest server that restores are tested with.
const OldestMajor = 13

// Installation is a PostgreSQL found on this machine, server and client.
type Installation struct {
	Major   int
	Version string // of its pg_restore, such as "18.6"
	Bin     string // the folder of its programs
}

// Tool gives the path of one of its programs.
func (i Installation) Tool(name string) string { return filepath.Join(i.Bin, name) }

// Installations gives what is on this machine, oldest first, one a major
// version: in the folder that the environment's PGMATRIX names, which has one
// folder a version with a bin in it; where ../shared/bin/pg-matrix says; where
// distributions put them; and on the PATH.
func Installations() []Installation { return findInstallations() }

var findInstallations = sync.OnceValue(func() []Installation {
	found := map[int]Installation{}
	for _, bin := range candidateFolders() {
		i, ok := inspect(bin)
		if _, have := found[i.Major]; ok && !have {
			found[i.Major] = i
		}
	}
	all := make([]Installation, 0, len(found))
	for _, i := range found {
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b Installation) int { return a.Major - b.Major })
	return all
})

// candidateFolders gives the folders to look in, the preferred first.
func candidateFolders() []string {
	var folders []string
	glob := func(pattern string) {
		matches, _ := filepath.Glob(pattern) // fails on a bad pattern only
		folders = append(folders, matches...)
	}
	if dir := os.Getenv("PGMATRIX"); dir != "" {
		glob(filepath.Join(dir, "*", "bin"))
	} else {
		folders = append(folders, matrixFolders()...)
	}
	glob("/usr/lib/postgresql/*/bin")
	glob("/usr/pgsql-*/bin")
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			folders = append(folders, filepath.Dir(path))
		}
	}
	return folders
}

// matrixFolders asks the tool beside the repository that installs several
// versions, where it is there.
func matrixFolders() []string {
	root, err := repositoryRoot()
	if err != nil {
		return nil
	}
	out, err := exec.Command(filepath.Join(root, "..", "shared", "bin", "pg-matrix"), "--list").Output()
	if err != nil {
		return nil
	}
	var folders []string
	for line := range strings.Lines(string(out)) {
		if bin, _, ok := strings.Cut(line, ": "); ok {
			folders = append(folders, bin)
		}
	}
	return folders
}

var versionNumber = regexp.MustCompile(`\(PostgreSQL\) ((\d+)\S*)`)

// inspect tells what is installed in a folder of programs; ok is false where
// one of those that tests need is missing.
func inspect(bin string) (i Installation, ok bool) {
	for _, tool := range []string{"initdb", "postgres", "pg_ctl", "pg_dump", "psql"} {
		if _, err := os.Stat(filepath.Join(bin, tool)); err != nil {
			return i, false
		}
	}
	out, err := exec.Command(filepath.Join(bin, "pg_restore"), "--version").Output()
	m := versionNumber.FindSubmatch(out)
	if err != nil || m == nil {
		return i, false
	}
	i = Installation{Version: string(m[1]), Bin: bin}
	i.Major, err = strconv.Atoi(string(m[2]))
	return i, err == nil
}

// Installed gives the installation of a major version.
func Installed(major int) (i Installation, ok bool) {
	for _, i := range Installations() {
		if i.Major == major {
			return i, true
		}
	}
	return i, false
}

// Stock gives the path of the stock pg_restore that is the reference; it skips
// the test where there is none.
func Stock(t testing.TB) string {
	t.Helper()
	i, ok := Installed(StockMajor)
	if !ok {
		t.Skipf("PostgreSQL %d is missing: no stock pg_restore to compare with", StockMajor)
	}
	return i.Tool("pg_restore")
}
