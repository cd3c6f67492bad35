package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// runTimeout is how long one run of a program may take; beyond it, it hangs.
const runTimeout = 2 * time.Minute

// Run is one run of a program.
type Run struct {
	Program string
	Args    []string
	Dir     string   // its working folder
	Env     []string // nil: ours without libpq's variables
	Stdin   string   // file below Dir; "" is an empty input
}

// Result is what a program did, as far as two programs can be compared: its
// own path and the time of day are taken out.
type Result struct {
	Stdout, Stderr string
	Exit           int
}

var completedOn = regexp.MustCompile(`(?m)^-- Completed on .*$`)

// Do runs it.
func (r Run) Do(t testing.TB) Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), runTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.Program, r.Args...)
	cmd.Dir, cmd.Env = r.Dir, r.Env
	if cmd.Env == nil {
		cmd.Env = cleanEnvironment()
	}
	if r.Stdin != "" {
		in, err := os.Open(filepath.Join(r.Dir, r.Stdin))
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		cmd.Stdin = in
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("%s %q: no end after %v", r.Program, r.Args, runTimeout)
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return Result{
		Stdout: completedOn.ReplaceAllString(stdout.String(), "-- Completed on"),
		Stderr: strings.ReplaceAll(stderr.String(), r.Program, "pg_restore"),
		Exit:   cmd.ProcessState.ExitCode(),
	}
}

// Difference tells where got differs from want, in a few lines; "" means
// nowhere.
func (want Result) Difference(got Result) string {
	var b strings.Builder
	if want.Exit != got.Exit {
		fmt.Fprintf(&b, "exit status: want %d, got %d\n", want.Exit, got.Exit)
	}
	if want.Stdout != got.Stdout {
		fmt.Fprintf(&b, "output: %s\n", FirstDifference(want.Stdout, got.Stdout))
	}
	if want.Stderr != got.Stderr {
		fmt.Fprintf(&b, "messages: %s\n", FirstDifference(want.Stderr, got.Stderr))
	}
	return b.String()
}

// shownBytes is how much of a line is shown.
const shownBytes = 300

// FirstDifference shows the first line in which two different texts differ.
func FirstDifference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	line := func(lines []string, i int) string {
		if i >= len(lines) {
			return "the end"
		}
		return fmt.Sprintf("%q", lines[i][:min(len(lines[i]), shownBytes)])
	}
	for i := range max(len(wants), len(gots)) {
		if w, g := line(wants, i), line(gots, i); w != g {
			return fmt.Sprintf("line %d:\n  want %s\n  got  %s", i+1, w, g)
		}
	}
	return fmt.Sprintf("only far into a line: want %d bytes, got %d", len(want), len(got))
}
