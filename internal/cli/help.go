package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

const (
	helpIndent = 31 // column of an option's text
	helpWidth  = 80
)

// helpText is what --help prints. dropIn leaves out what pg_restore has not.
func helpText(progname string, dropIn bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s restores a PostgreSQL database from an archive created by pg_dump.\n", progname)
	fmt.Fprintf(&b, "\nUsage:\n  %s [OPTION]... [FILE]\n", progname)
	if !dropIn {
		for _, c := range commands() {
			fmt.Fprintf(&b, "  %s\n", c.usage(progname+" "+c.name))
		}
	}
	for g, title := range groupTitles {
		chosen := inGroup(group(g), dropIn)
		if len(chosen) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s:\n", title)
		for _, o := range chosen {
			writeOption(&b, o)
		}
	}
	if !dropIn {
		b.WriteString("\nCommands, each of which has a --help of its own:\n")
		for _, c := range commands() {
			writeEntry(&b, "  "+c.name, c.help)
		}
	}
	b.WriteString("\nOptions that select, like -n, -t and --section, may be given many times.\n" +
		"FILE is the archive, or its folder; without it, standard input is read.\n")
	return b.String()
}

// inGroup gives a group's options in the order of the help text.
func inGroup(g group, dropIn bool) []*option {
	var chosen []option
	for _, o := range options {
		if o.group == g && o.available(dropIn) {
			chosen = append(chosen, o)
		}
	}
	return inHelpOrder(chosen)
}

// inHelpOrder gives options by letter, then those without one by name. Other
// names of an option are left out.
func inHelpOrder(all []option) []*option {
	var chosen []*option
	for i := range all {
		if all[i].alias == "" {
			chosen = append(chosen, &all[i])
		}
	}
	slices.SortStableFunc(chosen, func(a, b *option) int {
		return cmp.Compare(helpKey(a), helpKey(b))
	})
	return chosen
}

func helpKey(o *option) string {
	letter := string(o.short)
	switch {
	case o.short == 0:
		return "3" + o.name
	case strings.ToLower(letter) == strings.ToUpper(letter):
		return "2" + letter
	case letter == strings.ToUpper(letter): // after its small form
		return "1" + strings.ToLower(letter) + "2"
	}
	return "1" + letter + "1"
}

func writeOption(b *strings.Builder, o *option) {
	head := "  --" + o.name
	if o.short != 0 {
		head = "  -" + string(o.short) + ", --" + o.name
	}
	if o.arg != "" {
		head += "=" + o.arg
	}
	text := o.help
	for _, name := range otherNames(o) {
		text += " (also " + name + ")"
	}
	writeEntry(b, head, text)
}

// otherNames gives the other long names of o, with their hyphens.
func otherNames(o *option) []string {
	var names []string
	for i := range options {
		if options[i].alias == o.name {
			names = append(names, "--"+options[i].name)
		}
	}
	return names
}

// writeEntry writes head and, in the column beside it, text.
func writeEntry(b *strings.Builder, head, text string) {
	if len(head) > helpIndent-2 {
		b.WriteString(head + "\n")
		head = ""
	}
	for _, line := range wrap(text, helpWidth-helpIndent) {
		fmt.Fprintf(b, "%-*s%s\n", helpIndent, head, line)
		head = ""
	}
}

// wrap cuts text at spaces into lines of at most width bytes.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
