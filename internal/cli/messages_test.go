package cli

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgrestore/archive"
	"pgrestore/event"
	"pgrestore/internal/restore"
)

// stock names PostgreSQL's own pg_restore, to make testdata/messages.txt anew
// from the argument lines in it:
//
//	go test ./internal/cli -run TestMessages -stock /path/to/pg_restore
var stock = flag.String("stock", "", "rewrite the golden messages with this pg_restore")

const messagesFile = "testdata/messages.txt"

// start is one line of arguments and what came of it. In the file it is a line
// "$ argument ...", with quotes around an argument where they are needed, then
// the messages, then "exit N".
type start struct {
	args     []string
	messages string
	status   int
}

func TestMessages(t *testing.T) {
	starts := readStarts(t)
	if *stock != "" {
		rewriteMessages(t, starts)
	}
	inFilterFolder(t)
	for _, want := range starts {
		t.Run(joinArgs(want.args), func(t *testing.T) {
			p, stderr := program(t, append([]string{"pg_restore"}, want.args...)...)
			p.Run = openNothing
			status := p.Main(context.Background())
			if want.messages != stderr.String() {
				t.Errorf("want messages %q\n got %q", want.messages, stderr)
			}
			if want.status != status {
				t.Errorf("want exit status %d, got %d", want.status, status)
			}
		})
	}
}

// openNothing fails as pg_restore does on an archive that is not there.
func openNothing(_ context.Context, c restore.Config, _ restore.IO, _ event.Sink) (restore.Result, error) {
	if c.Input == "" {
		return restore.Result{}, errors.New("input file is too short (read 0, expected 5)")
	}
	return restore.Result{}, &archive.Error{Text: fmt.Sprintf("could not open input file \"%s\": No such file or directory", c.Input), Offset: -1}
}

// program makes a start with nothing on standard input and an empty
// environment.
func program(t *testing.T, args ...string) (p *Program, stderr *bytes.Buffer) {
	t.Helper()
	stdin, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close() })
	stderr = new(bytes.Buffer)
	return &Program{
		Args:   args,
		IO:     restore.IO{Stdin: stdin, Stdout: new(bytes.Buffer), Now: func() time.Time { return time.Time{} }},
		Stderr: stderr,
		Env:    func(string) (string, bool) { return "", false },
		Random: bytes.NewReader(make([]byte, 63)),
	}, stderr
}

func readStarts(t *testing.T) []start {
	t.Helper()
	file, err := os.ReadFile(messagesFile)
	if err != nil {
		t.Fatal(err)
	}
	var starts []start
	var s start
	for _, line := range strings.SplitAfter(string(file), "\n") {
		if args, ok := strings.CutPrefix(line, "$"); ok {
			s = start{args: splitArgs(t, args)}
		} else if status, ok := strings.CutPrefix(line, "exit "); ok {
			s.status, err = strconv.Atoi(strings.TrimSpace(status))
			if err != nil {
				t.Fatal(err)
			}
			starts = append(starts, s)
		} else {
			s.messages += line
		}
	}
	return starts
}

func rewriteMessages(t *testing.T, starts []start) {
	t.Helper()
	golden, err := filepath.Abs(messagesFile)
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(*stock, filepath.Join(bin, "pg_restore")); err != nil {
		t.Fatal(err)
	}
	inFilterFolder(t)
	var out bytes.Buffer
	for i := range starts {
		s := &starts[i]
		var stderr bytes.Buffer
		cmd := exec.Cmd{
			Path: filepath.Join(bin, "pg_restore"), Args: append([]string{"pg_restore"}, s.args...),
			Env: []string{"PATH=" + bin, "LC_ALL=C"}, Stderr: &stderr,
		}
		var exit *exec.ExitError
		if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		s.messages, s.status = stderr.String(), cmd.ProcessState.ExitCode()
		fmt.Fprintf(&out, "$ %s\n%sexit %d\n", joinArgs(s.args), s.messages, s.status)
	}
	if err := os.WriteFile(golden, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

func joinArgs(args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = a
		if q := strconv.Quote(a); a == "" || strings.ContainsAny(a, " ") || q != `"`+a+`"` {
			quoted[i] = q
		}
	}
	return strings.Join(quoted, " ")
}

func splitArgs(t *testing.T, line string) []string {
	t.Helper()
	var args []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimLeft(line, " ") {
		if line[0] != '"' {
			var arg string
			arg, line, _ = strings.Cut(line, " ")
			args = append(args, arg)
			continue
		}
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		arg, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		args = append(args, arg)
		line = line[len(quoted):]
	}
	return args
}

// inFilterFolder makes the filter files below the working folder.
func inFilterFolder(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	for name, content := range filterFiles {
		if err := os.WriteFile(filepath.Join(folder, "f."+name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
}

var filterFiles = map[string]string{
	"ok":         "# c\ninclude table a\nexclude schema b\n\n  \ninclude function f(int,  text)\n",
	"empty":      "",
	"onlyinc":    "include\n",
	"badcmd":     "inc table x\n",
	"indented":   "  table x\n",
	"badobj":     "include tables x\n",
	"noname":     "include table\n",
	"nospace":    "include table   \n",
	"comment":    "include table # x\n",
	"open":       "include table \"abc\n\n",
	"openeof":    "include table \"abc",
	"exctable":   "exclude table x\n",
	"exctd":      "# one\n# two\nexclude table_data x\n",
	"inctdc":     "include TABLE_data_and_children x\n",
	"inctc":      "include table_and_children x\n",
	"incdb":      "include database x",
	"incext":     "include extension x",
	"incfd":      "Include Foreign_Data x",
	"excfn":      "exclude function f()",
	"excix":      "exclude index f",
	"exctr":      "exclude trigger f",
	"nul":        "include table a\x00b\n foo\ninclude bogus x\n",
	"onlynul":    "\x00\n\x00\nbogus\n",
	"long":       "include " + strings.Repeat("x", 400) + " y\n",
	"cutinside":  "include " + strings.Repeat("x", 214) + strings.Repeat("é", 20) + " y\n",
	"longline":   "include table " + strings.Repeat("x", 5000) + "\nbogus\n",
	"crlf":       "include table x\r\nexclude schema y\r\nbogus z\r\n",
	"spaces":     "\v\finclude\vtable\fx\nbogus",
	"multiline":  "include table \"a\nb\n\nc\"\nbogus x\n",
	"latin1":     "incl\xe9de table x\n",
	"quotedkey":  "include table\"x\"\n",
	"dottedkey":  "include table.x\n",
	"commakey":   "include,table x\n",
	"hashedkey":  "include table# x\n",
	"othercases": "INCLUDE TaBlE x\nExClUdE sChEmA y\n\tbogus",
}
