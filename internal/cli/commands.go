package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
)

// command is something that the program does beside restoring. Its name is
// the first argument; the drop-in has none.
type command struct {
	name     string
	operands string // what they are called in the usage line; "" for none
	help     string
	about    []string // paragraphs; those that begin with two spaces are examples
	options  []option // beside --help
	// values are what the first operand may be, for shells to complete; nil
	// means files.
	values []string

	// run does it. What it prints goes to p.IO.Stdout.
	run func(ctx context.Context, p *Program, g *given, operands []string, log *terminal.Log) error
}

// commands is the table that dispatch, help, completions and the man page are
// made from.
func commands() []command {
	return []command{
		inspectCommand(),
		reportCommand(),
		completionCommand(),
		manCommand(),
	}
}

// findCommand gives the command of that name.
func findCommand(name string) (command, bool) {
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i < 0 {
		return command{}, false
	}
	return all[i], true
}

// errHelp says that --help is among the options.
var errHelp = errors.New("help was asked for")

// allOptions are the command's own options and --help.
func (c *command) allOptions() []option {
	return append(slices.Clip(c.options), option{name: "help", short: '?', help: "print this",
		set: func(*given, string) error { return errHelp }})
}

// command carries out c with the arguments after its name and gives the exit
// status.
func (p *Program) command(ctx context.Context, c command, log *terminal.Log) int {
	name := p.name() + " " + c.name
	g, operands, err := p.parse(c.allOptions(), p.Args[2:], false)
	switch {
	case errors.Is(err, errHelp):
		io.WriteString(p.IO.Stdout, c.helpText(name))
		return 0
	case err == nil && c.operands == "" && len(operands) > 0:
		err = withHelp(usageErrorf("too many command-line arguments (first is \"%s\")", operands[0]))
	case err == nil:
		err = c.run(ctx, p, g, operands, log)
	}
	return p.finish(log, name, restore.Result{}, err)
}

// helpText is what --help prints after the command's name.
func (c *command) helpText(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage:\n  %s\n", c.usage(name))
	for i, p := range c.about {
		if example := strings.HasPrefix(p, "  "); i == 0 || !example || !strings.HasPrefix(c.about[i-1], "  ") {
			b.WriteString("\n")
		}
		writeParagraph(&b, p)
	}
	b.WriteString("\nOptions:\n")
	all := c.allOptions()
	for _, o := range inHelpOrder(all) {
		writeOption(&b, o)
	}
	return b.String()
}

// usage is the line that shows how the command is called by name.
func (c *command) usage(name string) string {
	if len(c.options) > 0 {
		name += " [OPTION]..."
	}
	return strings.TrimSpace(name + " " + c.operands)
}

func writeParagraph(b *strings.Builder, p string) {
	if strings.HasPrefix(p, "  ") {
		b.WriteString(p + "\n")
		return
	}
	for _, line := range wrap(p, helpWidth) {
		b.WriteString(line + "\n")
	}
}
