package restore_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// listCase is a run with a list file; the messages are pg_restore 18's.
type listCase struct {
	name     string
	archive  func() []byte
	list     string // IDs
	args     string
	messages string
	data     string // what of the data is in the script, in order
}

// Of small(16), 8 is the data of table a, 11 that of b, 14 the large objects.
func listCases() []listCase {
	tar := func() []byte { return small(16).Tar() }
	without := func(name string) func() []byte {
		return func() []byte {
			members := tarMembers(small(16))
			return archivetest.TarFile("", slices.DeleteFunc(members, func(m archivetest.File) bool { return m.Name == name }))
		}
	}
	outOfOrder := func(required, name string) string {
		return "pg_restore: error: restoring data out of order is not supported in this archive format: \"" + required +
			"\" is required, but comes before \"" + name + "\" in the archive file.\n"
	}
	return []listCase{
		{name: "in order", archive: tar, list: "8 11 14", data: "a b lo"},
		{name: "some", archive: tar, list: "11", data: "b"},
		{name: "others between", archive: tar, list: "16 14 15 5", data: "lo"},
		{name: "backwards", archive: tar, list: "11 8", messages: outOfOrder("8.dat", "11.dat")},
		{name: "large objects first", archive: tar, list: "14 8", messages: outOfOrder("8.dat", "blob_16400.dat")},
		{name: "large objects before the last", archive: tar, list: "8 14 11", data: "a", messages: outOfOrder("11.dat", "blob_16400.dat")},
		{name: "without the data", archive: tar, list: "11 8", args: "-s"},
		{name: "of a table that is not wanted", archive: tar, list: "11 8", args: "-t b", data: "b"},
		{
			name: "missing file", archive: without("8.dat"), list: "8",
			messages: "pg_restore: error: could not find header for file \"8.dat\" in tar archive\n",
		},
		{
			name: "missing large object", archive: without("blob_16400.dat"), list: "8 14", data: "a",
			messages: "pg_restore: error: could not find header for file \"blob_16400.dat\" in tar archive\n",
		},
		{name: "custom archives have no order", archive: func() []byte { return small(16).Custom() }, list: "14 11 8", data: "lo b a"},
		{
			name: "ignored lines", archive: tar, list: "8 x 8 99 11", data: "a b",
			messages: "pg_restore: warning: line ignored: x\npg_restore: warning: line ignored: 8\npg_restore: warning: line ignored: 99\n",
		},
		{
			name: "data of no table", archive: func() []byte {
				a := small(16)
				a.Entries[7].Dependencies = []toc.ID{99}
				return a.Custom()
			}, list: "8", messages: "pg_restore: error: bad table dumpId for TABLE DATA item\n",
		},
		{
			name: "data of no table, listed", archive: func() []byte {
				a := small(16)
				a.Entries[7].Dependencies = []toc.ID{99}
				return a.Custom()
			}, list: "8", args: "-l", messages: "pg_restore: error: bad table dumpId for TABLE DATA item\n",
		},
		{
			name: "an ID that is missing", archive: func() []byte {
				a := small(16)
				a.Entries = slices.Delete(a.Entries, 6, 7)
				return a.Custom()
			}, list: "x 7", messages: "pg_restore: warning: line ignored: x\npg_restore: error: could not find entry for ID 7\n",
		},
	}
}

// tarMembers gives the files of a tar archive.
func tarMembers(a *archivetest.Archive) (members []archivetest.File) {
	whole := a.Tar()
	for at := 0; at+512 <= len(whole) && whole[at] != 0; {
		name := strings.TrimRight(string(whole[at:at+100]), "\x00")
		var size int
		fmt.Sscanf(string(whole[at+124:at+135]), "%o", &size)
		members = append(members, archivetest.File{Name: name, Content: whole[at+512 : at+512+size]})
		at += 512 + (size+511)/512*512
	}
	return members
}

// prepare writes the archive and the list of a case to the current folder, and
// gives the program's arguments.
func (c listCase) prepare(t *testing.T) []string {
	t.Helper()
	list := strings.ReplaceAll(c.list, " ", ";\n") + ";\n"
	for name, content := range map[string][]byte{"a.dump": c.archive(), "a.list": []byte(list)} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := append(strings.Fields(c.args), "-L", "a.list", "a.dump")
	if c.args != "-l" {
		args = append(args, "-f", "-", "--restrict-key=key")
	}
	return args
}

// dataIn tells what of the data is in a script.
func dataIn(script string) string {
	var found []string
	for line := range strings.Lines(script) {
		switch {
		case strings.HasPrefix(line, "2\n"):
			found = append(found, "a")
		case strings.Contains(line, "b VALUES (1)"):
			found = append(found, "b")
		case strings.Contains(line, "lowrite"):
			found = append(found, "lo")
		}
	}
	return strings.Join(found, " ")
}

func (c listCase) check(t *testing.T, got outcome) {
	t.Helper()
	if c.messages != got.Err {
		t.Errorf("want messages\n%s\ngot\n%s", c.messages, got.Err)
	}
	failed := strings.Contains(c.messages, "error:")
	if failed != (got.Exit == 1) {
		t.Errorf("exit %d", got.Exit)
	}
	if data := dataIn(got.Out); c.data != data {
		t.Errorf("want data %q, got %q", c.data, data)
	}
}

func TestLists(t *testing.T) {
	for _, c := range listCases() {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			c.check(t, program(t, "pg_restore", nil, c.prepare(t)...))
		})
	}
}

// Under its own name the program reads tar archives in any order.
func TestTarInAnyOrder(t *testing.T) {
	for _, tt := range []struct{ list, data string }{
		{"11 8", "b a"}, {"14 8", "lo a"}, {"8 14 11", "a lo b"}, {"14 11 8", "lo b a"},
	} {
		t.Run(tt.list, func(t *testing.T) {
			t.Chdir(t.TempDir())
			c := listCase{archive: func() []byte { return small(16).Tar() }, list: tt.list, data: tt.data}
			c.check(t, program(t, "pgrestore", nil, c.prepare(t)...))
		})
	}
}
