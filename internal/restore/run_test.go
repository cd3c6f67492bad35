package restore_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/archivetest"
	"pgrestore/internal/cli"
	"pgrestore/internal/restore"
)

func writeArchive(a *archivetest.Archive, format, name string) error {
	switch format {
	case "d":
		if err := os.Mkdir(name, 0o700); err != nil {
			return err
		}
		return a.WriteDirectory(name)
	case "t":
		return os.WriteFile(name, a.Tar(), 0o600)
	default:
		return os.WriteFile(name, a.Custom(), 0o600)
	}
}

// outcome is what a run of the program left.
type outcome struct {
	Out, Err string
	Exit     int
}

// String is the form of the golden files.
func (o outcome) String() string {
	return fmt.Sprintf("== output\n%s== messages\n%s== exit %d\n", o.Out, o.Err, o.Exit)
}

// program runs the program under a name, in the current folder.
func program(t *testing.T, name string, stdin *os.File, args ...string) outcome {
	t.Helper()
	var out, messages bytes.Buffer
	o := runProgram(name, stdin, &out, &messages, args...)
	return outcome{Out: out.String(), Err: messages.String(), Exit: o}
}

func runProgram(name string, stdin *os.File, stdout, stderr io.Writer, args ...string) int {
	p := cli.Program{
		Args: append([]string{name}, args...),
		IO: restore.IO{
			Stdin: stdin, Stdout: stdout,
			Now:  func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
			Zone: time.UTC,
		},
		Stderr: stderr,
		Env:    func(string) (string, bool) { return "", false },
		Random: strings.NewReader(strings.Repeat("x", 1000)),
		Run:    restore.Run,
	}
	return p.Main(context.Background())
}

// goldenCases are runs whose outcome is pg_restore 18's, in testdata.
func goldenCases() (cases []goldenCase) {
	for _, minor := range []uint8{2, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16} {
		cases = append(cases, goldenCase{fmt.Sprintf("list of 1.%d", minor), minor, "c", "-l -v"})
	}
	return append(cases,
		goldenCase{"script of 1.16 custom", 16, "c", "-f -"},
		goldenCase{"script of 1.16 directory", 16, "d", "-f -"},
		goldenCase{"script of 1.16 tar", 16, "t", "-f - -v"},
		goldenCase{"script of 1.15 custom, verbose", 15, "c", "-f - -v"},
		goldenCase{"script of 1.15 directory, verbose", 15, "d", "-f - -v"},
		goldenCase{"script of 1.12, with everything", 12, "c", "-f - -c --if-exists -C -v"},
		goldenCase{"script of 1.11, clean", 11, "c", "-f - -c"},
		goldenCase{"script of 1.10", 10, "c", "-f - -v"},
		goldenCase{"script of 1.8", 8, "c", "-f - --use-set-session-authorization"},
		goldenCase{"script of 1.3", 3, "c", "-f -"},
		goldenCase{"script of 1.2", 2, "c", "-f - -c"},
		goldenCase{"data only", 16, "c", "-a -f - --disable-triggers -S root"},
		goldenCase{"data only, with the database", 16, "c", "-a -C -f - --disable-triggers"},
		goldenCase{"schema only", 16, "c", "-s -f - -O -x"},
		goldenCase{"one table", 16, "c", "-t a -f - -v"},
		goldenCase{"a single transaction", 16, "c", "-1 -f -"},
		goldenCase{"transactions of three", 16, "d", "--transaction-size=3 -c --if-exists -f -"},
		goldenCase{"nothing", 16, "c", "-t nothing -f - -v"},
		goldenCase{"a name that is not there", 16, "c", "-t nothing -f - --strict-names"},
		goldenCase{"listing a name that is not there", 16, "c", "-t a -t nothing -l --strict-names"},
		goldenCase{"wrong format", 16, "c", "-Ft -f -"},
		goldenCase{"no such file", 16, "c", "-f - elsewhere.dump"},
		goldenCase{"no such list", 16, "c", "-f - -L elsewhere.list"},
		goldenCase{"list into a folder that is not there", 16, "c", "-l -f nowhere/list"},
		goldenCase{"script into a folder that is not there", 16, "c", "-f nowhere/script"},
	)
}

type goldenCase struct {
	name   string
	minor  uint8
	format string
	args   string
}

// arguments are the arguments of the program: those of the case, and the
// archive unless they name one.
func (c goldenCase) arguments() []string {
	args := strings.Fields(c.args)
	if strings.Contains(c.args, "-f") && !strings.Contains(c.args, "-l") {
		args = append(args, "--restrict-key=key")
	}
	if strings.Contains(c.args, ".dump") {
		return args
	}
	return append(args, "a.dump")
}

func (c goldenCase) file() string {
	return strings.NewReplacer(" ", "-", ",", "").Replace(c.name) + ".golden"
}

func TestGolden(t *testing.T) {
	folder, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range goldenCases() {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, small(c.minor), c.format, "a.dump")
			got := program(t, "pg_restore", nil, c.arguments()...)
			want, err := os.ReadFile(filepath.Join(folder, c.file()))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// -f says where a list or a script goes, "-" that it goes to the output.
func TestOutputFile(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, small(16), "c", "a.dump")
	for _, option := range []string{"-l", "--restrict-key=key"} {
		want := program(t, "pg_restore", nil, option, "-f", "-", "a.dump")
		if want.Exit != 0 || want.Out == "" {
			t.Fatalf("%s: %s", option, want)
		}
		// What was in the file is gone, however long it was.
		if err := os.WriteFile("out", bytes.Repeat([]byte("x"), 1<<20), 0o600); err != nil {
			t.Fatal(err)
		}
		got := program(t, "pg_restore", nil, option, "-f", "out", "a.dump")
		written, err := os.ReadFile("out")
		if err != nil {
			t.Fatal(err)
		}
		if got.Out != "" || got.Exit != 0 {
			t.Errorf("%s: %s", option, got)
		}
		if diff := cmp.Diff(want.Out, string(written)); diff != "" {
			t.Errorf("%s: %s", option, diff)
		}
	}
	if got := program(t, "pg_restore", nil, "-l", "a.dump"); !strings.HasPrefix(got.Out, ";\n; Archive created") {
		t.Errorf("a list without -f: %s", got)
	}
}

func TestWriteErrors(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("/dev/full is missing: only Linux has it")
	}
	t.Chdir(t.TempDir())
	write(t, small(16), "c", "a.dump")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	const want = "pg_restore: error: could not write to file: No space left on device\n"
	for _, tt := range []struct {
		name   string
		stdout io.Writer
		args   string
	}{
		{"list into a file", io.Discard, "-l -f /dev/full"},
		{"list to the output", full, "-l"},
		{"script into a file", io.Discard, "-f /dev/full"},
		{"script to the output", full, "-f -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var messages bytes.Buffer
			exit := runProgram("pg_restore", nil, tt.stdout, &messages, append(strings.Fields(tt.args), "a.dump")...)
			if exit != 1 || want != messages.String() {
				t.Errorf("want exit 1 and %q, got %d and %q", want, exit, messages.String())
			}
		})
	}
}

// An archive may come on standard input, and be read in one pass.
func TestStandardInput(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, small(16), "c", "a.dump")
	want := program(t, "pg_restore", nil, "-f", "-", "--restrict-key=key", "a.dump")
	file, err := os.Open("a.dump")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if diff := cmp.Diff(want, program(t, "pg_restore", file, "-f", "-", "--restrict-key=key")); diff != "" {
		t.Errorf("a file: %s", diff)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() {
		defer w.Close()
		content, _ := os.ReadFile("a.dump") // an error shows in the outcome
		_, _ = w.Write(content)
	}()
	if diff := cmp.Diff(want, program(t, "pg_restore", r, "-f", "-", "--restrict-key=key")); diff != "" {
		t.Errorf("a pipe: %s", diff)
	}
}
