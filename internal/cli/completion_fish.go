package cli

import (
	"fmt"
	"strings"
)

const fishFrame = `# fish completion for pgrestore, printed by: pgrestore completion fish

# Whether the command line is one of command $argv[1]; "" is a restore.
function __pgrestore_in
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] %s
        test "$words[2]" = "$argv[1]"
    else
        test "$argv[1]" = ''
    end
end

# Whether no argument has been given yet.
function __pgrestore_first
    test (count (commandline -opc)) -eq 1
end

# The names of column $argv[1] of catalog $argv[2], as far as psql can be asked.
function __pgrestore_names
    %s
end

`

func fishCompletion(c completion) string {
	var b strings.Builder
	fmt.Fprintf(&b, fishFrame, strings.Join(c.commandNames(), " "), fishAskPsql)
	for i := range c.commands {
		command := &c.commands[i]
		fmt.Fprintf(&b, "complete -c pgrestore -n __pgrestore_first -a %s -d %s\n", command.name, fishQuote(command.help))
	}
	writeFishOptions(&b, "", c.options)
	for i := range c.commands {
		command := &c.commands[i]
		if command.values != nil {
			fmt.Fprintf(&b, "complete -c pgrestore -n '__pgrestore_in %s' -f -a %s\n", command.name, fishQuote(strings.Join(command.values, " ")))
		}
		writeFishOptions(&b, command.name, command.allOptions())
	}
	return b.String()
}

// fishAskPsql is askPsql for fish, where a dollar sign within double quotes has
// to be escaped.
var fishAskPsql = strings.Replace(fmt.Sprintf(askPsql, "$argv[1]", "$argv[2]"), "+$'", `+\$'`, 1)

func writeFishOptions(b *strings.Builder, command string, all []option) {
	if command == "" {
		command = "\"\""
	}
	for i := range all {
		o := &all[i]
		fmt.Fprintf(b, "complete -c pgrestore -n '__pgrestore_in %s'", command)
		if o.short != 0 {
			fmt.Fprintf(b, " -s %s", fishQuote(string(o.short)))
		}
		fmt.Fprintf(b, " -l %s", o.name)
		switch {
		case o.server != "":
			fmt.Fprintf(b, " -x -a %s", fishQuote("(__pgrestore_names "+o.server+")"))
		case o.list:
			fmt.Fprintf(b, " -x -a %s", fishQuote("(__fish_append , "+strings.Join(o.values, " ")+")"))
		case o.values != nil:
			fmt.Fprintf(b, " -x -a %s", fishQuote(strings.Join(o.values, " ")))
		case o.file:
			b.WriteString(" -r -F")
		case o.arg != "":
			b.WriteString(" -x")
		}
		fmt.Fprintf(b, " -d %s\n", fishQuote(o.help))
	}
}

// fishQuote makes one word of text for fish.
func fishQuote(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
