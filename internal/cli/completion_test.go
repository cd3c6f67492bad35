package cli

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// driveBash completes the last of its arguments in bash as a terminal would,
// and prints the words that come of it and what was asked of compopt.
const driveBash = `
source "$1"
shift
asked=
compopt() { asked+=" $2"; }
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_pgrestore
echo "${COMPREPLY[*]}$asked"
`

func TestBashCompletion(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is missing")
	}
	folder := t.TempDir()
	script := filepath.Join(folder, "completion")
	if err := os.WriteFile(script, []byte(bashCompletion(newCompletion())), 0o666); err != nil {
		t.Fatal(err)
	}
	work := filepath.Join(folder, "work")
	if err := os.Mkdir(work, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(work, "company.dump"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ line, want string }{
		{"_", "inspect report completion man company.dump default filenames"},
		{"comp", "completion company.dump default filenames"},
		{"-d x comp", " default"},
		{"-F _", "c d t"},
		{"-F d", "d"},
		{"--format =", "c d t"},
		{"--format = c", "c"},
		{"--section = p", "pre-data post-data"},
		{"-d x -j _", "auto"},
		{"--sec", "--section= nospace"},
		{"--single", "--single-transaction"},
		{"--nothing", ""},
		{"-f c", " default"},
		{"--events = c", " default"},
		{"-n c", ""},
		{"completion _", "bash zsh fish"},
		{"completion z", "zsh"},
		{"completion --", "--help"},
		{"inspect -F _", "c d t"},
		{"inspect --for", "--format= nospace"},
		{"inspect c", " default"},
		{"man --h", "--help"},
		{"-- --h", " default"},
		{"man -- --h", " default"},
		{"-d x completion _", " default"},
	} {
		words := append([]string{"pgrestore"}, strings.Fields(tt.line)...)
		words[len(words)-1] = strings.TrimPrefix(words[len(words)-1], "_")
		cmd := exec.Command(bash, append([]string{"--norc", "-c", driveBash, "drive", script}, words...)...)
		cmd.Dir = work
		out, err := cmd.CombinedOutput()
		if got := strings.TrimSuffix(string(out), "\n"); err != nil || tt.want != got {
			t.Errorf("%s: want %q, got %q, %v", tt.line, tt.want, got, err)
		}
	}
}

// TestNames has each shell that there is ask psql for databases and roles.
func TestNames(t *testing.T) {
	folder := t.TempDir()
	const psql = "#!/bin/sh\ncase \"$*\" in\n*'SELECT datname FROM pg_catalog.pg_database WHERE datname ~ '*'+$'*) echo shop; echo shop_test;;\n" +
		"*'SELECT rolname FROM pg_catalog.pg_roles '*) echo shopkeeper;;\nesac\n"
	if err := os.WriteFile(filepath.Join(folder, "psql"), []byte(psql), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, tt := range []struct{ shell, drive, option, want string }{
		{"bash", driveBash, "-d", "shop shop_test"},
		{"bash", driveBash, "--username", "shopkeeper"},
		{"fish", "source $argv[1]; string join ' ' (complete -C \"pgrestore $argv[3] $argv[4]\" | cut -f1); true", "-d", "shop shop_test"},
		{"fish", "source $argv[1]; string join ' ' (complete -C \"pgrestore $argv[3] $argv[4]\" | cut -f1); true", "-U", "shopkeeper"},
		// Completion of zsh needs a terminal; this is what the option calls.
		{"zsh", "compdef() { }; compadd() { print $names }; source $1; _pgrestore_names rolname pg_roles", "-U", "shopkeeper"},
	} {
		path, err := exec.LookPath(tt.shell)
		if err != nil {
			continue // zsh and fish are extras, for those who have them
		}
		script := filepath.Join(folder, tt.shell)
		for _, s := range shells {
			if s.name == tt.shell {
				if err := os.WriteFile(script, []byte(s.script(newCompletion())), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
		args := []string{"-c", tt.drive}
		if tt.shell != "fish" { // which has no name before its arguments
			args = append(args, "drive")
		}
		out, err := exec.Command(path, append(args, script, "pgrestore", tt.option, "sh")...).CombinedOutput()
		if got := strings.TrimSuffix(string(out), "\n"); err != nil || tt.want != got {
			t.Errorf("%s, %s: want %q, got %q, %v", tt.shell, tt.option, tt.want, got, err)
		}
	}
}

// TestBashList holds how a list of values with commas is completed.
func TestBashList(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is missing")
	}
	script := filepath.Join(t.TempDir(), "completion")
	c := completion{commands: commands(), options: []option{{name: "of", arg: "X", values: []string{"ab", "ac", "d"}, list: true}}}
	if err := os.WriteFile(script, []byte(bashCompletion(c)), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ word, want string }{
		{"", "ab ac d nospace"},
		{"a", "ab ac nospace"},
		{"ab,", "ab,ab ab,ac ab,d nospace"},
		{"ab,d,ac", "ab,d,ac nospace"},
	} {
		out, err := exec.Command(bash, "--norc", "-c", driveBash, "drive", script, "pgrestore", "--of", "=", tt.word).CombinedOutput()
		if got := strings.TrimSuffix(string(out), "\n"); err != nil || tt.want != got {
			t.Errorf("%s: want %q, got %q, %v", tt.word, tt.want, got, err)
		}
	}
}

// TestCompletionsParse has each shell that there is read its script.
func TestCompletionsParse(t *testing.T) {
	for _, shell := range shells {
		path, err := exec.LookPath(shell.name)
		if err != nil {
			continue // an extra, for those who have it
		}
		script := filepath.Join(t.TempDir(), "completion")
		if err := os.WriteFile(script, []byte(shell.script(newCompletion())), 0o666); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(path, "-n", script).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v, %s", shell.name, err, out)
		}
	}
}

// TestCompletionsHaveEverything looks for each option and command in each
// script.
func TestCompletionsHaveEverything(t *testing.T) {
	for _, shell := range shells {
		script := shell.script(newCompletion())
		pattern := `--([a-z][-a-z]*)`
		if shell.name == "fish" {
			pattern = ` -l ([-a-z]+)`
		}
		written := make(map[string]bool)
		for _, found := range regexp.MustCompile(pattern).FindAllStringSubmatch(script, -1) {
			written[found[1]] = true
		}
		for i := range options {
			o := &options[i]
			if want := o.available(false); written[o.name] != want {
				t.Errorf("%s: --%s should be there: %t", shell.name, o.name, want)
			}
		}
		for _, c := range commands() {
			if !strings.Contains(script, c.name) {
				t.Errorf("%s: command %s is missing", shell.name, c.name)
			}
		}
	}
}

// Texts with signs that shells take for their own.
func TestCompletionQuotes(t *testing.T) {
	c := completion{options: []option{{name: "odd", short: 'o', arg: "A:B", help: `it's a\b [x]: $HOME`}}}
	for shell, want := range map[string]string{
		"zsh":  `'(-o --odd)--odd=[it'\''s a\\b \[x\]\: $HOME]:A\:B: ' \`,
		"fish": `complete -c pgrestore -n '__pgrestore_in ""' -s 'o' -l odd -x -d 'it\'s a\\b [x]: $HOME'`,
	} {
		for _, s := range shells {
			if script := s.script(c); s.name == shell && !strings.Contains(script, want) {
				t.Errorf("%s: want %s in\n%s", shell, want, script)
			}
		}
	}
}

func TestCompletionCommand(t *testing.T) {
	for _, tt := range []struct {
		args       string
		want       string // prefix of standard output
		wantStderr string
		wantStatus int
	}{
		{args: "completion bash", want: "# bash completion for pgrestore"},
		{args: "completion zsh", want: "#compdef pgrestore"},
		{args: "completion fish", want: "# fish completion for pgrestore"},
		{args: "completion -?", want: "Usage:\n  pgrestore completion bash|zsh|fish\n"},
		{args: "completion bash --help", want: "Usage:\n"},
		{args: "completion", wantStatus: 1, wantStderr: "pgrestore: error: no shell specified\n" +
			"pgrestore: hint: Shells are \"bash\", \"zsh\", and \"fish\".\n"},
		{args: "completion ksh", wantStatus: 1, wantStderr: "pgrestore: error: unrecognized shell \"ksh\"\n" +
			"pgrestore: hint: Shells are \"bash\", \"zsh\", and \"fish\".\n"},
		{args: "completion bash zsh", wantStatus: 1, wantStderr: "pgrestore: error: too many command-line arguments (first is \"zsh\")\n" +
			"pgrestore: hint: Try \"pgrestore completion --help\" for more information.\n"},
		{args: "completion -x", wantStatus: 1, wantStderr: "pgrestore: invalid option -- 'x'\n" +
			"pgrestore: hint: Try \"pgrestore completion --help\" for more information.\n"},
	} {
		p, stderr := program(t, append([]string{"pgrestore"}, strings.Fields(tt.args)...)...)
		status := p.Main(context.Background())
		stdout := p.IO.Stdout.(*bytes.Buffer).String()
		if !strings.HasPrefix(stdout, tt.want) || (tt.want == "") != (stdout == "") {
			t.Errorf("%s: want %q, got %q", tt.args, tt.want, stdout)
		}
		if tt.wantStderr != stderr.String() || tt.wantStatus != status {
			t.Errorf("%s: want %q and exit status %d, got %q and %d", tt.args, tt.wantStderr, tt.wantStatus, stderr, status)
		}
	}
}
