// Bench compares this project's program with the stock pg_restore: it makes
// databases of several shapes on a throwaway server on the RAM disk, dumps
// them with that server's pg_dump, restores each with both programs in turn,
// holds the restored databases against each other, and prints what each run
// took as a Markdown table for docs/BENCHMARKS.md. It is not a test and says
// nothing of right or wrong but this: a restored database that differs is an
// error. It needs Linux, because it reads CPU times from /proc.
//
//	go run ./internal/bench --rows 'wide|tables' --pairs 5
//	go run ./internal/bench --scale 0.01 --keep /dev/shm/dumps
//	go run ./internal/bench --curve lanes
//	go run ./internal/bench --left --scale 4
package main

import (
	"cmp"
	"context"
	"debug/buildinfo"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"pgrestore/internal/pgtest"
)

// options are what the command line gives.
type options struct {
	rows   *regexp.Regexp
	curve  string
	left   bool // how good the times left are, instead of how long it takes
	pairs  int
	scale  float64
	ours   string   // "" means build it
	stock  string   // "" means that of the server's version
	keep   string   // "" means a temporary folder
	slow   float64  // 0 means as fast as it can
	weight float64  // 0 means as much as the system gives
	args   []string // as given, to be printed
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == measureCommand {
		os.Exit(measureMain(os.Args[2:], os.Stdout))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o, err := parseOptions(os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err == nil:
		err = run(ctx, o, os.Stdout, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parseOptions(args []string, messages io.Writer) (options, error) {
	o := options{args: args}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(messages)
	rows := flags.String("rows", "", "run only the rows whose name matches this `regexp`: "+strings.Join(rowNames(), ", "))
	flags.StringVar(&o.curve, "curve", "", "instead of the rows, a curve: `tables` or lanes")
	flags.BoolVar(&o.left, "left", false, "instead of comparing, tell how good the times left are that our program tells")
	flags.IntVar(&o.pairs, "pairs", 3, "how often each row is run with each program")
	flags.Float64Var(&o.scale, "scale", 1, "multiply all sizes by this, for a quick look")
	flags.StringVar(&o.ours, "ours", "", "our `program`; built from the source if not given")
	flags.StringVar(&o.stock, "stock", "", "the pg_restore to compare with; that of the server's version if not given")
	flags.StringVar(&o.keep, "keep", "", "keep the dumps in this `folder`, and use those that are there")
	flags.Float64Var(&o.slow, "slow", 0, "hold each of the server's processes to this `share` of a core, as a simulation of slower ones (needs root)")
	flags.Float64Var(&o.weight, "weight", 0, "claim as much of the cores as this `number` of other programs at work (needs root)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	var err error
	if o.rows, err = regexp.Compile(*rows); err != nil {
		return o, fmt.Errorf("--rows: %w", err)
	}
	switch {
	case flags.NArg() > 0:
		return o, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case o.pairs < 1, o.scale <= 0, o.slow < 0, o.slow > 1, o.weight < 0, o.weight > 100:
		return o, errors.New("--pairs must be at least 1, --scale above 0, --slow at most 1 and --weight at most 100")
	case o.curve != "" && o.curve != "tables" && o.curve != "lanes":
		return o, fmt.Errorf("unknown --curve %q", o.curve)
	}
	return o, nil
}

// run runs what was asked for and prints it, as far as it came, even if it
// fails.
func run(ctx context.Context, o options, out, messages io.Writer) (err error) {
	installation, ok := pgtest.Installed(pgtest.StockMajor)
	if !ok {
		return fmt.Errorf("PostgreSQL %d is missing", pgtest.StockMajor)
	}
	var g *groups
	if o.slow > 0 || o.weight > 0 {
		if g, err = newGroups(cmp.Or(o.weight, 1)); err != nil {
			return fmt.Errorf("--slow and --weight: %w", err)
		}
		defer func() { err = errors.Join(err, g.remove()) }()
	}
	w, err := newWorkspace()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	programs, err := findPrograms(ctx, o, installation, w.folder)
	if err != nil {
		return err
	}
	dumps := filepath.Join(w.folder, "dumps")
	if o.keep != "" {
		dumps = o.keep
	}
	if err := os.MkdirAll(dumps, 0o755); err != nil {
		return err
	}
	s, err := startServer(ctx, installation, w, serverSettings(o))
	if err != nil {
		return err
	}
	if o.slow > 0 {
		defer g.slowDown(s, o.slow)()
	}
	b := &bench{server: s, programs: programs, dumps: dumps, options: o, out: out, messages: messages}
	return b.run(ctx)
}

// programs are the two that are compared, stock first.
type programs [2]program

type program struct {
	name    string // stock or ours
	path    string
	version string
}

const (
	stock = iota
	ours
)

func findPrograms(ctx context.Context, o options, i pgtest.Installation, folder string) (p programs, err error) {
	p[stock] = program{name: "stock", path: o.stock}
	if o.stock == "" {
		p[stock].path = i.Tool("pg_restore")
	}
	p[ours] = program{name: "ours", path: o.ours}
	if o.ours == "" {
		p[ours].path = filepath.Join(folder, "pgrestore")
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", p[ours].path, "pgrestore/cmd/pgrestore")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := cmd.CombinedOutput(); err != nil {
			return p, fmt.Errorf("build our program: %w\n%s", err, said)
		}
	}
	for i := range p {
		version, err := exec.CommandContext(ctx, p[i].path, "--version").Output()
		if err != nil {
			return p, fmt.Errorf("%s --version: %w", p[i].path, err)
		}
		p[i].version = strings.TrimSpace(string(version)) + revision(p[i].path)
	}
	return p, nil
}

// revision gives the commit that a program of ours was built from.
func revision(path string) string {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "" // it is not written in Go
	}
	var commit, changed string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = ", commit " + s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = " with changes"
		}
	}
	return commit + changed
}
