// Testreport reads what "go test -json" writes and prints it shorter: a line a
// package, what failed in full, and which tests were skipped and why. It fails
// where a test did, and where more were skipped than is allowed in this
// environment: a skipped test must not go unnoticed.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// testEvent is a line of go test -json (see go doc test2json).
type testEvent struct {
	Action, Package, Test, Output string
	Elapsed                       float64 // seconds
}

// testName names a test; Test is "" for the package itself.
type testName struct{ Package, Test string }

type report struct {
	out            io.Writer
	output         map[testName][]string // of what has not ended yet
	skipped        []string
	passed, failed int
}

func main() {
	allowedFile := flag.String("allowed", "", "file with the number of skips allowed by environment")
	environment := flag.String("environment", "", "this environment")
	flag.Parse()
	if err := run(os.Stdin, os.Stdout, *allowedFile, *environment); err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, allowedFile, environment string) error {
	r := &report{out: out, output: map[testName][]string{}}
	decoder := json.NewDecoder(in)
	for {
		var e testEvent
		err := decoder.Decode(&e)
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("read test events: %w", err)
		}
		r.add(e)
	}
	slices.Sort(r.skipped)
	for _, s := range r.skipped {
		fmt.Fprintln(out, "skipped", s)
	}
	fmt.Fprintf(out, "%d tests passed, %d failed, %d skipped (%s)\n", r.passed, r.failed, len(r.skipped), environment)
	if r.failed > 0 {
		return errors.New("tests failed")
	}
	return checkSkips(len(r.skipped), allowedFile, environment)
}

// add takes one event.
func (r *report) add(e testEvent) {
	name := testName{e.Package, e.Test}
	switch e.Action {
	case "output", "build-output":
		r.output[name] = append(r.output[name], e.Output)
		return
	case "pass":
		if e.Test != "" {
			r.passed++
		}
	case "skip":
		if e.Test != "" {
			r.skipped = append(r.skipped, fmt.Sprintf("%s %s: %s", e.Package, e.Test, reason(r.output[name])))
		}
	case "fail", "build-fail":
		r.failed++
		fmt.Fprint(r.out, strings.Join(r.output[name], ""))
	default:
		return
	}
	if e.Test == "" && e.Package != "" && e.Action != "skip" {
		fmt.Fprintf(r.out, "%-5s %6.1fs %s\n", e.Action, e.Elapsed, e.Package)
	}
	delete(r.output, name)
}

// reason finds the text of t.Skip among a test's lines of output.
func reason(lines []string) string {
	var said []string
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		if _, text, ok := strings.Cut(line, ".go:"); ok {
			_, line, _ = strings.Cut(text, ": ")
		}
		said = append(said, line)
	}
	return strings.Join(said, " ")
}

// checkSkips compares the number of skips with what the words of the environment
// allow together.
func checkSkips(skips int, file, environment string) error {
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	allowed := 0
	for _, word := range strings.Fields(environment) {
		n, err := allowedSkips(string(text), word)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		allowed += n
	}
	if skips > allowed {
		return fmt.Errorf("%d tests skipped, but %s allows %d in the environment %s", skips, file, allowed, environment)
	}
	return nil
}

// allowedSkips finds the number behind a word in the text of the file.
func allowedSkips(text, word string) (int, error) {
	for line := range strings.Lines(text) {
		if f := strings.Fields(line); len(f) == 2 && f[0] == word {
			return strconv.Atoi(f[1])
		}
	}
	return 0, fmt.Errorf("the environment %q is not there", word)
}
