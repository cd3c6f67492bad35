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
	for g, title := range groupTitles {
		chosen := helpOrder(group(g), dropIn)
		if len(chosen) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s:\n", title)
		for _, o := range chosen {
			writeOption(&b, o)
		}
	}
	b.WriteString("\nOptions that select, like -n, -t and --section, may be given many times.\n" +
		"FILE is the archive, or its folder; without it, standard input is read.\n")
	return b.String()
}

// helpOrder gives a group's options by letter, then those without one by name.
func helpOrder(g group, dropIn bool) []*option {
	var chosen []*option
	for i := range options {
		o := &options[i]
		if o.group == g && o.alias == "" && o.available(dropIn) {
			chosen = append(chosen, o)
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
	if len(head) > helpIndent-2 {
		b.WriteString(head + "\n")
		head = ""
	}
	text := o.help
	for i := range options {
		if options[i].alias == o.name {
			text += " (also --" + options[i].name + ")"
		}
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
