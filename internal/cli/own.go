package cli

import (
	"slices"
	"strings"

	"pgrestore/internal/terminal"
	"pgrestore/internal/verdict"
)

// ownGiven holds the options that pg_restore has not, as they were typed.
type ownGiven struct {
	events, report, trace, reportJSON text

	progress terminal.Mode // "" for none given
	exitCode verdict.Mode  // "" for none given
	ignored  []verdict.Class

	dryRun, copyFreeze bool
}

// progressModes are the values of --progress.
func progressModes() []string {
	var names []string
	for _, m := range terminal.Modes {
		names = append(names, string(m))
	}
	return names
}

// exitCodes are the values of --exit-code.
var exitCodes = []string{string(verdict.Strict), string(verdict.ByVerdict)}

// errorClasses are the names that --ignore-errors takes.
func errorClasses() []string {
	var names []string
	for _, info := range verdict.Classes() {
		names = append(names, string(info.Class))
	}
	return names
}

func setProgress(g *given, value string) (err error) {
	value, err = oneOf("--progress", value, progressModes())
	g.own.progress = terminal.Mode(value)
	return err
}

func setExitCode(g *given, value string) (err error) {
	value, err = oneOf("--exit-code", value, exitCodes)
	g.own.exitCode = verdict.Mode(value)
	return err
}

// setIgnoreErrors takes classes with commas between.
func setIgnoreErrors(g *given, value string) error {
	classes, err := verdict.ParseClasses(value)
	if err != nil {
		e := usageErrorf("%s", err)
		e.hint = "The manual page lists the classes; \"pgrestore man\" prints it."
		return e
	}
	g.own.ignored = append(g.own.ignored, classes...)
	return nil
}

// oneOf takes value if it is among valid.
func oneOf(name, value string, valid []string) (string, error) {
	if slices.Contains(valid, value) {
		return value, nil
	}
	return "", invalidValue(name, value, valid)
}

// invalidValue refuses value and tells what is taken.
func invalidValue(name, value string, valid []string) error {
	e := usageErrorf("invalid value \"%s\" for option %s", value, name)
	e.hint = "Valid values are " + enumerate(valid) + "."
	return e
}

// enumerate gives names in quotes, as in a sentence.
func enumerate(names []string) string {
	var b strings.Builder
	for i, name := range names {
		switch {
		case i == 0:
		case i < len(names)-1:
			b.WriteString(", ")
		case i == 1:
			b.WriteString(" and ")
		default:
			b.WriteString(", and ")
		}
		b.WriteString("\"" + name + "\"")
	}
	return b.String()
}

// outputs are the options that name a file to write, with that file.
func (o *ownGiven) outputs() []ownOutput {
	return []ownOutput{
		{"--events", o.events},
		{"--report", o.report},
		{"--report-json", o.reportJSON},
		{"--trace", o.trace},
	}
}

type ownOutput struct {
	name string
	file text
}

// checkOwn checks the program's own options against each other and against
// pg_restore's.
func checkOwn(g *given) error {
	if err := checkDryRun(g); err != nil {
		return err
	}
	if g.own.copyFreeze && !g.dbname.given {
		return requires("--copy-freeze", "-d/--dbname")
	}
	switch g.own.progress {
	case terminal.Bar, terminal.Plain, terminal.JSON:
		if !g.dbname.given {
			return requires("--progress="+string(g.own.progress), "-d/--dbname")
		}
	}
	return checkOutputs(g)
}

// checkOutputs checks that there is a restore to write of, and a file for each
// output.
func checkOutputs(g *given) error {
	writer := make(map[string]string) // option by file
	for _, out := range g.own.outputs() {
		switch other := writer[out.file.value]; {
		case !out.file.given:
			continue
		case !g.dbname.given:
			return requires(out.name, "-d/--dbname")
		case g.list:
			return conflict("-l/--list", out.name)
		case out.file.value == "":
			return usageErrorf("could not open output file \"\": No such file or directory")
		case other != "":
			return usageErrorf("options %s and %s cannot write to the same file", other, out.name)
		}
		writer[out.file.value] = out.name
	}
	return nil
}

// checkDryRun refuses what a restore that does nothing cannot do.
func checkDryRun(g *given) error {
	if !g.own.dryRun {
		return nil
	}
	if g.list {
		return conflict("--dry-run", "-l/--list")
	}
	if g.output.given {
		return conflict("--dry-run", "-f/--file")
	}
	for _, out := range g.own.outputs() {
		if out.file.given {
			return conflict("--dry-run", out.name)
		}
	}
	return nil
}

// requires refuses an option that means nothing without another.
func requires(name, name2 string) error {
	return usageErrorf("option %s requires option %s", name, name2)
}

// appendTyped adds an option to those of an event.Run: in its long form,
// without what may hold a password.
func appendTyped(typed []string, o *option, value string) []string {
	switch {
	case o.meaning() == "jobs":
		return typed
	case o.arg == "":
		return append(typed, "--"+o.name)
	case o.name == "dbname" && strings.ContainsAny(value, "=:"):
		value = "***" // it may be a connection string
	}
	return append(typed, "--"+o.name+"="+value)
}
