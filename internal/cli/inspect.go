package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"math"
	"os"
	"os/signal"
	"syscall"

	"pgrestore/event"
	"pgrestore/internal/inspect"
	"pgrestore/internal/terminal"
)

// inspectGiven holds what only inspect can be asked for.
type inspectGiven struct{ json, tree, all, deep bool }

func inspectCommand() command {
	return command{
		name:     "inspect",
		operands: "[ARCHIVE]",
		help:     "tell what is in an archive and what it needs",
		about: []string{
			"Tells what is in an archive: where it comes from, how much data each table has, what objects there are, and which " +
				"roles, extensions and other things a server must have for it. Nothing is restored, and no data is read unless " +
				"--deep asks for it. Without ARCHIVE, standard input is read.",
			"With -d, a server is asked what of it is missing there.",
		},
		options: append([]option{
			optionNamed("format"),
			{name: "json", help: "print all of it as JSON", set: fact(func(g *given) *bool { return &g.inspect.json })},
			{name: "tree", help: "print schemas, their objects, and what belongs to these",
				set: fact(func(g *given) *bool { return &g.inspect.tree })},
			{name: "all", help: "print all tables and kinds, not only the largest",
				set: fact(func(g *given) *bool { return &g.inspect.all })},
			{name: "deep", help: "read and decode all data, count rows, look for damage",
				set: fact(func(g *given) *bool { return &g.inspect.deep })},
			{name: "jobs", short: 'j', arg: "NUM", help: "with --deep: decode this many entries at once; all cores if not given",
				set: func(g *given, value string) (err error) {
					g.jobs, err = parseInt(value, "-j/--jobs", 1, math.MaxInt32)
					return err
				}},
			{name: "progress", values: progressModes(), arg: "MODE",
				help: "with --deep: show how far it is on standard error: auto, bar, plain, json or none", set: setProgress},
		}, serverOptions("ask the server of this database what is missing there; NAME may be a connection string")...),
		run: runInspect,
	}
}

// serverOptions are those that name a server, with help on --dbname.
func serverOptions(help string) []option {
	dbname := optionNamed("dbname")
	dbname.help = help
	all := []option{dbname}
	for _, name := range []string{"host", "port", "username", "no-password", "password"} {
		all = append(all, optionNamed(name))
	}
	return all
}

func runInspect(ctx context.Context, p *Program, g *given, operands []string, log *terminal.Log) error {
	o, err := resolveInspect(g, operands)
	if err != nil {
		return err
	}
	o.Connection.FallbackApplicationName = p.name()
	o.Connection.Warnings = p.screen
	inout := inspect.IO{Stdin: p.IO.Stdin, Stdout: p.IO.Stdout, Zone: p.IO.Zone}
	if o.Deep {
		err = p.inspectDeep(ctx, g, o, inout, log)
	} else {
		err = inspect.Run(ctx, o, inout)
	}
	if errors.Is(err, inspect.ErrDamaged) {
		return errTold
	}
	return err
}

// inspectDeep reads all data and shows how far it is. The report comes when the
// display is gone. A signal ends it in order; where a read blocks, a second one
// does at once.
func (p *Program) inspectDeep(ctx context.Context, g *given, o inspect.Options, inout inspect.IO, log *terminal.Log) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer context.AfterFunc(ctx, stop)()
	defer stop()
	progress := p.newProgress(cmp.Or(g.own.progress, terminal.Auto), p.name()+" inspect", g.own.progress == "")
	stream := event.NewStream(p.IO.Now, progress)
	inout.Sink = stream
	var report bytes.Buffer
	inout.Stdout = &report
	progress.Start()
	defer progress.Stop() // on a panic, too
	err := inspect.Run(ctx, o, inout)
	progress.Stop()
	if ctx.Err() != nil && err != nil {
		log.Close(p.name() + ": " + errTerminated.Error())
		return errTerminated
	}
	if _, writeErr := p.IO.Stdout.Write(report.Bytes()); writeErr != nil {
		return inspect.CannotWrite(writeErr)
	}
	return err
}

func resolveInspect(g *given, operands []string) (o inspect.Options, err error) {
	o = inspect.Options{
		JSON: g.inspect.json, Tree: g.inspect.tree, All: g.inspect.all,
		Deep: g.inspect.deep, Jobs: g.jobs,
		ToServer: g.dbname.given, Connection: connection(g),
	}
	switch {
	case len(operands) > 1:
		return o, withHelp(usageErrorf("too many command-line arguments (first is \"%s\")", operands[1]))
	case o.JSON && o.All:
		return o, conflict("--json", "--all")
	case o.Tree && o.All:
		return o, conflict("--tree", "--all")
	case o.Jobs > 0 && !o.Deep:
		return o, requires("-j/--jobs", "--deep")
	case g.own.progress != "" && !o.Deep:
		return o, requires("--progress", "--deep")
	}
	if o.Format, err = parseFormat(g.format); err != nil {
		return o, err
	}
	if len(operands) == 1 {
		o.Input = operands[0]
	}
	return o, checkEmptyNames(g, operands, o.Format)
}
