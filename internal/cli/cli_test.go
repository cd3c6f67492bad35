package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgrestore/archive"
	"pgrestore/event"
	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
)

// hinted is an error with lines of its own.
type hinted struct{ error }

func (hinted) Detail() string { return "it is so" }
func (hinted) Hint() string   { return "do not" }

func TestEnd(t *testing.T) {
	corrupt := &archive.Error{Text: "corrupt", Detail: "at byte 7 of \"x\""}
	for _, tt := range []struct {
		what       string
		program    string
		result     restore.Result
		err        error
		want       string
		wantStatus int
	}{
		{what: "nothing wrong", program: "pg_restore"},
		{
			what: "errors passed over", program: "pg_restore", result: restore.Result{Errors: 3},
			want: "pg_restore: warning: errors ignored on restore: 3\n", wantStatus: 1,
		},
		{
			what: "fatal", program: "/bin/pg_restore", result: restore.Result{Errors: 3}, err: errors.New("out of luck\n"),
			want: "pg_restore: error: out of luck\n", wantStatus: 1,
		},
		{
			what: "detail and hint", program: "pg_restore", err: fmt.Errorf("x: %w", hinted{errors.New("no")}),
			want:       "pg_restore: error: x: no\npg_restore: detail: it is so\npg_restore: hint: do not\n",
			wantStatus: 1,
		},
		{
			what: "archive, drop-in", program: "pg_restore", err: corrupt,
			want: "pg_restore: error: corrupt\n", wantStatus: 1,
		},
		{
			what: "archive", program: "pgrestore", err: corrupt,
			want: "pgrestore: error: corrupt\npgrestore: detail: at byte 7 of \"x\"\n", wantStatus: 1,
		},
	} {
		t.Run(tt.what, func(t *testing.T) {
			p, stderr := program(t, tt.program, "-f-")
			p.Run = func(context.Context, restore.Config, restore.IO, event.Sink) (restore.Result, error) {
				return tt.result, tt.err
			}
			status := p.Main(context.Background())
			if tt.want != stderr.String() {
				t.Errorf("want %q, got %q", tt.want, stderr)
			}
			if tt.wantStatus != status {
				t.Errorf("want exit status %d, got %d", tt.wantStatus, status)
			}
		})
	}
}

func TestVerbosity(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"", "W"},
		{"-v", "IW"},
		{"-vv", "DIW"},
		{"-v --verbose -v", "DIW"},
	} {
		p, stderr := program(t, append(strings.Fields(tt.args), "-f-")...)
		p.Args = append([]string{"pg_restore"}, p.Args...)
		p.Run = func(_ context.Context, _ restore.Config, _ restore.IO, sink event.Sink) (restore.Result, error) {
			sink.Emit(event.Message{Level: event.Debug, Text: "D"})
			sink.Emit(event.Message{Level: event.Info, Text: "I"})
			sink.Emit(event.Message{Level: event.Warning, Text: "W"})
			return restore.Result{}, nil
		}
		p.Main(context.Background())
		got := strings.NewReplacer("pg_restore: ", "", "warning: ", "", "\n", "").Replace(stderr.String())
		if tt.want != got {
			t.Errorf("%s: want %q, got %q", tt.args, tt.want, got)
		}
	}
}

func TestColors(t *testing.T) {
	for _, tt := range []struct {
		pgColor, noColor string
		dropIn, want     bool
	}{
		{},
		{pgColor: "auto", want: true},
		{pgColor: "always", want: true},
		{pgColor: "auto", noColor: "1"},
		{pgColor: "always", noColor: "1", want: true},
		{pgColor: "auto", noColor: "1", dropIn: true, want: true},
	} {
		p := &Program{Env: func(name string) (string, bool) {
			value := map[string]string{"PG_COLOR": tt.pgColor, "NO_COLOR": tt.noColor}[name]
			return value, value != ""
		}}
		if got := p.colors(tt.dropIn, true) != (terminal.Colors{}); tt.want != got {
			t.Errorf("%+v: got %t", tt, got)
		}
	}
}

func TestPathInSyntaxErrors(t *testing.T) {
	p, stderr := program(t, "/some/where/pg_restore", "-z")
	if status := p.Main(context.Background()); status != 1 {
		t.Errorf("exit status %d", status)
	}
	const want = "/some/where/pg_restore: invalid option -- 'z'\n" +
		"pg_restore: hint: Try \"pg_restore --help\" for more information.\n"
	if want != stderr.String() {
		t.Errorf("want %q, got %q", want, stderr)
	}
}

func TestPosixly(t *testing.T) {
	p, stderr := program(t, "pg_restore", "-f-", "x", "-v")
	p.Env = func(name string) (string, bool) { return "", name == "POSIXLY_CORRECT" }
	p.Main(context.Background())
	const want = "pg_restore: error: too many command-line arguments (first is \"-v\")\n" +
		"pg_restore: hint: Try \"pg_restore --help\" for more information.\n"
	if want != stderr.String() {
		t.Errorf("want %q, got %q", want, stderr)
	}
}

func TestVersion(t *testing.T) {
	for _, arg := range []string{"-V", "--version"} {
		p, _ := program(t, "pgrestore", arg, "ignored")
		stdout := p.IO.Stdout.(*bytes.Buffer)
		status := p.Main(context.Background())
		if want := "pg_restore (PostgreSQL) 18.6 (pgrestore " + Version + ")\n"; status != 0 || want != stdout.String() {
			t.Errorf("want %q, got %q with exit status %d", want, stdout, status)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, arg := range []string{"-?", "--help"} {
		p, stderr := program(t, "pg_restore", arg)
		status := p.Main(context.Background())
		if status != 0 || stderr.Len() > 0 {
			t.Errorf("%s: exit status %d, messages %q", arg, status, stderr)
		}
		help := p.IO.Stdout.(*bytes.Buffer).String()
		for line := range strings.Lines(help) {
			if len(line) > helpWidth+1 {
				t.Errorf("%s: line too long: %q", arg, line)
			}
		}
		for _, o := range options {
			if want := o.available(true); strings.Contains(help, "--"+o.name) != want {
				t.Errorf("%s: --%s should be there: %t", arg, o.name, want)
			}
		}
	}
}

func TestTable(t *testing.T) {
	seen := make(map[string]bool)
	for _, o := range options {
		if seen[o.name] || o.short != 0 && seen[string(o.short)] {
			t.Errorf("--%s or its letter is there twice", o.name)
		}
		seen[o.name], seen[string(o.short)] = true, true
		if o.help == "" && o.alias == "" {
			t.Errorf("--%s has no help", o.name)
		}
	}
}
