package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"pgrestore/internal/terminal"
)

// shells are those that there is a completion for, with what makes it.
var shells = []struct {
	name   string
	script func(completion) string
}{
	{"bash", bashCompletion},
	{"zsh", zshCompletion},
	{"fish", fishCompletion},
}

func completionCommand() command {
	var names []string
	for _, shell := range shells {
		names = append(names, shell.name)
	}
	return command{
		name:     "completion",
		operands: strings.Join(names, "|"),
		values:   names,
		help:     "print what makes a shell complete options",
		about: []string{
			"Prints a script that makes a shell complete options, commands and their values at the Tab key. To try it in " +
				"bash, in zsh (after compinit), and in fish:",
			"  source <(pgrestore completion bash)",
			"  source <(pgrestore completion zsh)",
			"  pgrestore completion fish | source",
		},
		run: func(_ context.Context, p *Program, _ *given, operands []string, _ *terminal.Log) error {
			return printCompletion(p.IO.Stdout, operands, names)
		},
	}
}

func printCompletion(out io.Writer, operands, names []string) error {
	switch {
	case len(operands) == 0:
		e := usageErrorf("no shell specified")
		e.hint = "Shells are " + enumerate(names) + "."
		return e
	case len(operands) > 1:
		return withHelp(usageErrorf("too many command-line arguments (first is \"%s\")", operands[1]))
	}
	for _, shell := range shells {
		if shell.name == operands[0] {
			_, err := io.WriteString(out, shell.script(newCompletion()))
			return err
		}
	}
	e := usageErrorf("unrecognized shell \"%s\"", operands[0])
	e.hint = "Shells are " + enumerate(names) + "."
	return e
}

// completion is what can be completed: after the program's name alone, and
// after each command.
type completion struct {
	options  []option
	commands []command
}

func newCompletion() completion {
	c := completion{commands: commands()}
	for _, o := range options {
		if o.alias != "" {
			o.help = "the same as --" + o.alias
		}
		if o.available(false) {
			c.options = append(c.options, o)
		}
	}
	return c
}

// commandNames are the names of all commands.
func (c *completion) commandNames() []string {
	var names []string
	for i := range c.commands {
		names = append(names, c.commands[i].name)
	}
	return names
}

// spellings are the ways to write o: -f and --file.
func (o *option) spellings() []string {
	if o.short == 0 {
		return []string{"--" + o.name}
	}
	return []string{"-" + string(o.short), "--" + o.name}
}

// askPsql has psql print the names that need no quotes in a shell, of the
// server that the environment names; it asks for no password. The column and
// the catalog are the arguments of the function that it stands in.
const askPsql = `PGCONNECT_TIMEOUT=2 psql -XAtqw -d postgres -c "SELECT %[1]s FROM pg_catalog.%[2]s WHERE %[1]s ~ '^[A-Za-z0-9_.-]+$' ORDER BY 1" 2>/dev/null`

// valueGroup is options that take the same values.
type valueGroup struct {
	server    string // see option
	spellings []string
	values    []string // nil: files
	list      bool     // several values, with commas between
}

// valueGroups gives the options whose values can be completed.
func valueGroups(all []option) []valueGroup {
	var groups []valueGroup
	for i := range all {
		o := &all[i]
		if o.values == nil && !o.file && o.server == "" {
			continue
		}
		g := slices.IndexFunc(groups, func(g valueGroup) bool {
			return slices.Equal(g.values, o.values) && g.list == o.list && g.server == o.server
		})
		if g < 0 {
			g = len(groups)
			groups = append(groups, valueGroup{server: o.server, values: o.values, list: o.list})
		}
		groups[g].spellings = append(groups[g].spellings, o.spellings()...)
	}
	return groups
}
