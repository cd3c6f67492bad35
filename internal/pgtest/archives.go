package pgtest

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Archive is a dump in testdata.
type Archive struct {
	Name string // such as pg18-custom-gzip.dump
	Path string
}

// Archives gives the archives in the repository's testdata, by name.
func Archives(t testing.TB) []Archive {
	t.Helper()
	archives := archivesIn(t, filepath.Join(Root(t), "testdata"), "pg")
	if len(archives) == 0 {
		t.Fatal("no archives in testdata")
	}
	return archives
}

// FoundArchives gives the dumps by others that lie beside the repository; it
// skips the test where there are none. Plain SQL dumps, which pg_restore
// refuses, are among them.
func FoundArchives(t testing.TB) []Archive {
	t.Helper()
	folder := filepath.Join(Root(t), "..", "shared", "archives")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("../shared/archives is missing: no dumps made by others")
	}
	return archivesIn(t, folder, "")
}

func archivesIn(t testing.TB, folder, prefix string) []Archive {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var archives []Archive
	for _, f := range files {
		if strings.HasPrefix(f.Name(), prefix) && filepath.Ext(f.Name()) != ".md" {
			archives = append(archives, Archive{f.Name(), filepath.Join(folder, f.Name())})
		}
	}
	return archives
}

// Major is the version of the pg_dump that made a testdata archive, from its
// name.
func (a Archive) Major() int {
	digits, _, _ := strings.Cut(strings.TrimPrefix(a.Name, "pg"), "-")
	major, err := strconv.Atoi(digits)
	if err != nil {
		panic("archive named otherwise than pgNN-...: " + a.Name)
	}
	return major
}
