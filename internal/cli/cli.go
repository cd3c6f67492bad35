// Package cli is the program as a shell sees it: options and commands, their
// resolution into plain config structs, who reads the events of a restore,
// messages of a failed start, signals and the exit status. What a restore does
// is not known here.
//
//	program := cli.Program{Args: os.Args, Run: restore.Run, ...}
//	os.Exit(program.Main(context.Background()))
//
// Started as pg_restore, the program is that and nothing more. Under any other
// name it may also have options of its own.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"pgrestore/archive"
	"pgrestore/event"
	"pgrestore/internal/connect"
	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
)

// Program is one start of the program, with all that it has of the process.
type Program struct {
	Args   []string // with the program's own path in front
	IO     restore.IO
	Stderr io.Writer
	Env    func(string) (string, bool)
	Random io.Reader // for the restrict key

	// Grace is what a restore has for its end after a signal: enough to have
	// the server stop what it is doing. 0 means five seconds.
	Grace time.Duration

	// Run is restore.Run, but for tests.
	Run func(context.Context, restore.Config, restore.IO, event.Sink) (restore.Result, error)

	screen *terminal.Screen // all that goes to Stderr, from Main on
}

// Main does what the arguments ask for and gives the exit status.
func (p *Program) Main(ctx context.Context) int {
	progname := p.name()
	dropIn := progname == dropInName
	p.screen = terminal.NewScreen(p.Stderr)
	if f, ok := p.Stderr.(*os.File); ok && isTerminal(f) {
		j := newJobs(p.screen, f)
		p.screen.Heed(j)
		defer j.close()
	}
	log := terminal.NewLog(p.screen, progname, p.colors(dropIn, isTerminal(p.Stderr)))
	var args []string
	if len(p.Args) > 1 {
		args = p.Args[1:]
		switch args[0] {
		case "--help", "-?":
			io.WriteString(p.IO.Stdout, helpText(progname, dropIn))
			return 0
		case "--version", "-V":
			io.WriteString(p.IO.Stdout, versionLine())
			return 0
		}
		if c, ok := findCommand(args[0]); ok && !dropIn {
			return p.command(ctx, c, log)
		}
	}
	return p.restore(ctx, args, dropIn, log)
}

// colors gives those of messages. NO_COLOR (https://no-color.org) is not known
// to pg_restore; PG_COLOR=always is more to the point.
func (p *Program) colors(dropIn, isTerminal bool) terminal.Colors {
	when, _ := p.Env("PG_COLOR")
	if noColor, _ := p.Env("NO_COLOR"); noColor != "" && when != "always" && !dropIn {
		return terminal.Colors{}
	}
	return terminal.ColorsFromEnv(p.Env, isTerminal)
}

// restore does what the program is for.
func (p *Program) restore(ctx context.Context, args []string, dropIn bool, log *terminal.Log) int {
	g, config, err := p.configure(args, dropIn, log)
	if err != nil {
		return p.finish(log, p.name(), restore.Result{}, err)
	}
	w, err := p.watch(g, log)
	if err != nil {
		return p.finish(log, p.name(), restore.Result{}, err)
	}
	if w == nil {
		result, err := p.run(ctx, config, log, log, nil)
		p.tellInterrupted(result, err)
		return p.finish(log, p.name(), result, err)
	}
	config.Watched = true
	config.Program = "pgrestore " + Version
	config.Options = g.typed
	stream := event.NewStream(p.IO.Now, w)
	w.progress.Start()
	defer w.progress.Stop() // on a panic, too
	result, err := p.run(ctx, config, stream, log, w.progress.Snapshot)
	w.complete(stream, config, result, err)
	w.close()
	status := p.finish(log, p.name(), result, err)
	return p.judge(w, g, status, result, err)
}

// configure makes a run of the arguments.
func (p *Program) configure(args []string, dropIn bool, log *terminal.Log) (*given, restore.Config, error) {
	g, operands, err := p.parse(options, args, dropIn)
	if err != nil {
		return g, restore.Config{}, err
	}
	for range g.verbosity {
		log.MoreVerbose()
	}
	config, err := resolve(g, operands, p.Random)
	config.DropIn = dropIn
	config.Connection.FallbackApplicationName = p.name()
	config.Connection.Warnings = p.screen
	return g, config, err
}

// name is what the program calls itself: the last part of its path.
func (p *Program) name() string {
	if len(p.Args) == 0 {
		return dropInName
	}
	return progname(p.Args[0])
}

func progname(path string) string {
	for i := len(path); i > 0; i-- {
		if os.IsPathSeparator(path[i-1]) {
			path = path[i:]
			break
		}
	}
	if os.PathSeparator == '\\' && len(path) > 4 && strings.EqualFold(path[len(path)-4:], ".exe") {
		path = path[:len(path)-4]
	}
	return path
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// obeysEscapes says whether escape sequences do what they say, as a bar needs it.
// What is no terminal is for whoever reads it.
func (p *Program) obeysEscapes() bool {
	f, ok := p.Stderr.(*os.File)
	return !ok || !isTerminal(f) || consoleObeys(f)
}

// parse reads options of that table. A filter file is read on the way.
func (p *Program) parse(table []option, args []string, dropIn bool) (*given, []string, error) {
	g := &given{stdin: p.IO.Stdin, dropIn: dropIn}
	_, posixly := p.Env("POSIXLY_CORRECT")
	parser := parser{
		options: table,
		dropIn:  dropIn,
		posixly: posixly,
		set: func(o *option, value string) error {
			g.typed = appendTyped(g.typed, o, value)
			return o.set(g, value)
		},
	}
	operands, err := parser.parse(args)
	return g, operands, err
}

// connection gives how to reach the server.
func connection(g *given) connect.Params {
	return connect.Params{
		DBName: g.dbname.value,
		Host:   g.host,
		Port:   g.port,
		User:   g.username.value,
		Prompt: g.prompt,
	}
}

// errTold is an end that there is nothing more to say about.
var errTold = errors.New("stopped at an error")

// finish tells how the run ended and gives the exit status. Hints name the help
// of name.
func (p *Program) finish(log *terminal.Log, name string, done restore.Result, err error) int {
	say := func(level event.Level, format string, args ...any) {
		log.Emit(event.Message{Level: level, Text: fmt.Sprintf(format, args...)})
	}
	var syntax *syntaxError
	var usage *usageError
	switch {
	case err == nil && done.Errors == 0:
		return 0
	case err == nil:
		say(event.Warning, "errors ignored on restore: %d", done.Errors)
	case errors.Is(err, errTerminated), errors.Is(err, restore.ErrStopped), errors.Is(err, errTold):
		// It was said when it happened.
	case errors.As(err, &syntax):
		fmt.Fprintf(p.screen, "%s: %s\n", p.Args[0], syntax.text)
		say(event.Hint, "Try \"%s --help\" for more information.", name)
	case errors.As(err, &usage):
		say(event.Error, "%s", usage.text)
		if usage.tryHelp {
			say(event.Hint, "Try \"%s --help\" for more information.", name)
		}
		if usage.hint != "" {
			say(event.Hint, "%s", usage.hint)
		}
	default:
		say(event.Error, "%s", err)
		if detail := p.detail(err); detail != "" {
			say(event.Detail, "%s", detail)
		}
		var hinted interface{ Hint() string }
		if errors.As(err, &hinted) && hinted.Hint() != "" {
			say(event.Hint, "%s", hinted.Hint())
		}
	}
	return 1
}

// detail gives the line that goes with a fatal error, or "". The place of an
// error in an archive is more than pg_restore tells.
func (p *Program) detail(err error) string {
	var detailed interface{ Detail() string }
	if errors.As(err, &detailed) {
		return detailed.Detail()
	}
	var place *archive.Error
	if errors.As(err, &place) && p.name() != dropInName {
		return place.Detail
	}
	return ""
}
