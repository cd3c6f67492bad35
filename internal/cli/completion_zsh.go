package cli

import (
	"fmt"
	"strings"
)

const zshFrame = `#compdef pgrestore
# zsh completion for pgrestore, printed by: pgrestore completion zsh

_pgrestore() {
    if (( CURRENT > 2 )); then
        case $words[2] in
%s        esac
    fi
    _arguments -s -S \
%s        '1: :_pgrestore_first' \
        '*:archive:_files'
}

_pgrestore_first() {
    local -a commands
    commands=(
%s    )
    _describe -t commands command commands
    _files
}

if [[ $funcstack[1] == _pgrestore ]]; then
    _pgrestore "$@"
else
    compdef _pgrestore pgrestore
fi
`

func zshCompletion(c completion) string {
	var cases, names strings.Builder
	for i := range c.commands {
		command := &c.commands[i]
		fmt.Fprintf(&cases, "            %s)\n                shift words\n                (( CURRENT-- ))\n                _arguments -s -S \\\n%s",
			command.name, zshOptions(command.allOptions()))
		rest := "*: :" // none
		if command.operands != "" {
			rest = "*:" + zshText(strings.ToLower(command.operands)) + ":" + zshAction(command.values, false, true)
		}
		fmt.Fprintf(&cases, "                    %s\n                return\n                ;;\n", quote(rest))
		fmt.Fprintf(&names, "        %s\n", quote(command.name+":"+zshText(command.help)))
	}
	return fmt.Sprintf(zshFrame, cases.String(), zshOptions(c.options), names.String())
}

// zshOptions gives a line for each way to write an option.
func zshOptions(all []option) string {
	var b strings.Builder
	for i := range all {
		o := &all[i]
		before := "(" + strings.Join(o.spellings(), " ") + ")"
		if o.many {
			before = "*"
		}
		for _, spelling := range o.spellings() {
			spec := before + spelling
			switch {
			case spelling == "-?": // a pattern of the shell's
				continue
			case o.arg == "":
				spec += "[" + zshText(o.help) + "]"
			case strings.HasPrefix(spelling, "--"):
				spec += "=[" + zshText(o.help) + "]:" + zshText(o.arg) + ":" + zshAction(o.values, o.list, o.file)
			default:
				spec += "+[" + zshText(o.help) + "]:" + zshText(o.arg) + ":" + zshAction(o.values, o.list, o.file)
			}
			fmt.Fprintf(&b, "        %s \\\n", quote(spec))
		}
	}
	return b.String()
}

// zshAction says what completes a value.
func zshAction(values []string, list, file bool) string {
	switch {
	case list:
		return "_values -s , value " + strings.Join(values, " ")
	case values != nil:
		return "(" + strings.Join(values, " ") + ")"
	case file:
		return "_files"
	}
	return " " // nothing
}

// zshText keeps text from ending the part of a specification that it is in.
func zshText(text string) string {
	return strings.NewReplacer(`\`, `\\`, ":", `\:`, "[", `\[`, "]", `\]`).Replace(text)
}

// quote makes one word of text for zsh and other shells of its kind.
func quote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
