package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// The drop-in has no commands: their names are those of archives there.
func TestCommandsAreNotDropIn(t *testing.T) {
	for _, c := range commands() {
		for _, args := range [][]string{{"pg_restore", c.name, "-f-"}, {"pgrestore", "./" + c.name, "-f-"}, {"pgrestore", "-f-", c.name}} {
			p, stderr := program(t, args...)
			p.Run = openNothing
			p.Main(context.Background())
			if want := "could not open input file \""; !strings.Contains(stderr.String(), want) {
				t.Errorf("%q: want %q, got %q", args, want, stderr)
			}
		}
	}
}

func TestCommandHelp(t *testing.T) {
	for _, c := range commands() {
		if c.help == "" || len(c.about) == 0 {
			t.Errorf("%s: it does not say what it is for", c.name)
		}
		p, stderr := program(t, "pgrestore", c.name, "--help")
		status := p.Main(context.Background())
		help := p.IO.Stdout.(*bytes.Buffer).String()
		if status != 0 || stderr.Len() > 0 || !strings.HasPrefix(help, "Usage:\n  pgrestore "+c.name) {
			t.Errorf("%s: exit status %d, messages %q, help %q", c.name, status, stderr, help)
		}
		for line := range strings.Lines(help) {
			if len(line) > helpWidth+1 {
				t.Errorf("%s: line too long: %q", c.name, line)
			}
		}
		for i := range c.options {
			if o := &c.options[i]; !strings.Contains(help, "--"+o.name) || o.help == "" {
				t.Errorf("%s: no help on --%s", c.name, o.name)
			}
		}
	}
}

func TestHelpNamesCommands(t *testing.T) {
	for _, c := range commands() {
		for _, dropIn := range []bool{false, true} {
			if got := strings.Contains(helpText("x", dropIn), c.help); got == dropIn {
				t.Errorf("%s: in the help, drop-in %t: %t", c.name, dropIn, got)
			}
		}
	}
}
