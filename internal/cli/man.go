package cli

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"pgrestore/internal/terminal"
	"pgrestore/internal/verdict"
)

// manFrame is the manual page but for what comes from the tables of options
// and commands.
//
//go:embed man.roff
var manFrame string

func manCommand() command {
	return command{
		name:  "man",
		help:  "print the manual page",
		about: []string{"Prints the manual page, for man -l to show:", "  pgrestore man | man -l -"},
		run: func(_ context.Context, p *Program, _ *given, _ []string, _ *terminal.Log) error {
			_, err := io.WriteString(p.IO.Stdout, manPage())
			return err
		},
	}
}

// manPage is the manual page in the language of the man macros.
func manPage() string {
	return strings.NewReplacer(
		"@VERSION@", Version,
		"@SYNOPSIS@\n", manSynopsis(),
		"@OPTIONS@\n", manOptions(),
		"@COMMANDS@\n", manCommands(),
		"@CLASSES@\n", manClasses(),
	).Replace(manFrame)
}

func manSynopsis() string {
	var b strings.Builder
	b.WriteString(".B pgrestore\n[\\fIOPTION\\fR]... [\\fIFILE\\fR]\n")
	for _, c := range commands() {
		arguments := roffOperands(c.operands)
		if len(c.options) > 0 {
			arguments = strings.TrimSpace("[\\fIOPTION\\fR]... " + arguments)
		}
		fmt.Fprintf(&b, ".br\n.B pgrestore %s\n", c.name)
		if arguments != "" {
			b.WriteString(arguments + "\n")
		}
	}
	return b.String()
}

func manOptions() string {
	var b strings.Builder
	for g, title := range groupTitles {
		chosen := inGroup(group(g), false)
		if len(chosen) == 0 {
			continue
		}
		fmt.Fprintf(&b, ".SS %s\n", title)
		for _, o := range chosen {
			writeManOption(&b, o)
		}
	}
	return b.String()
}

func manCommands() string {
	var b strings.Builder
	for _, c := range commands() {
		fmt.Fprintf(&b, ".SS pgrestore %s %s\n", c.name, roffOperands(c.operands))
		for _, p := range c.about {
			writeManParagraph(&b, p)
		}
		for _, o := range inHelpOrder(c.options) {
			writeManOption(&b, o)
		}
	}
	return b.String()
}

// manClasses lists the classes of errors.
func manClasses() string {
	var b strings.Builder
	for _, info := range verdict.Classes() {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(string(info.Class)), roff(sentence(info.Meaning)))
		if info.Harmless != "" {
			fmt.Fprintf(&b, ".br\nHarmless: %s.\n", roff(info.Harmless))
		}
		if info.Harmful != "" {
			fmt.Fprintf(&b, ".br\nHarmful: %s.\n", roff(info.Harmful))
		}
	}
	return b.String()
}

func writeManParagraph(b *strings.Builder, p string) {
	if example, ok := strings.CutPrefix(p, "  "); ok {
		b.WriteString(".RS\n" + roff(example) + "\n.RE\n")
		return
	}
	b.WriteString(".PP\n" + roff(p) + "\n")
}

func writeManOption(b *strings.Builder, o *option) {
	var heads []string
	for _, spelling := range append(o.spellings(), otherNames(o)...) {
		head := "\\fB" + roff(spelling) + "\\fR"
		switch {
		case o.arg == "":
		case strings.HasPrefix(spelling, "--"):
			head += "=" + roffOperands(o.arg)
		default:
			head += " " + roffOperands(o.arg)
		}
		heads = append(heads, head)
	}
	fmt.Fprintf(b, ".TP\n%s", strings.Join(heads, ", "))
	if o.own {
		b.WriteString(" *")
	}
	b.WriteString("\n" + roff(sentence(o.help)) + "\n")
	for _, paragraph := range o.more {
		b.WriteString(".IP\n" + roff(paragraph) + "\n")
	}
}

// sentence makes a sentence of a line of the help text.
func sentence(text string) string {
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// roffOperands sets what stands for a value in italics, but for the signs
// between alternatives.
func roffOperands(text string) string {
	if text == "" {
		return ""
	}
	return "\\fI" + roff(text) + "\\fR"
}

// roff keeps text from being taken for requests of the language. A hyphen
// becomes the sign that can be copied to a shell.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
	if strings.HasPrefix(text, ".") {
		text = `\&` + text
	}
	return text
}
