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
    if (( CURRENT == 2 )); then
        _describe -t commands command commands
    fi
    _files
}

# Completes a name of column $1 of catalog $2, as far as psql can be asked.
_pgrestore_names() {
    local -a names
    names=(${(f)"$(%s)"})
    compadd -a names
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
			rest = "*:" + zshText(strings.ToLower(command.operands)) + ":" + zshAction(&option{values: command.values, file: true})
		}
		fmt.Fprintf(&cases, "                    %s\n                return\n                ;;\n", quote(rest))
		fmt.Fprintf(&names, "        %s\n", quote(command.name+":"+zshText(command.help)))
	}
	return fmt.Sprintf(zshFrame, cases.String(), zshOptions(c.options), names.String(), fmt.Sprintf(askPsql, "$1", "$2"))
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
				spec += "=[" + zshText(o.help) + "]:" + zshText(o.arg) + ":" + zshAction(o)
			default:
				spec += "+[" + zshText(o.help) + "]:" + zshText(o.arg) + ":" + zshAction(o)
			}
			fmt.Fprintf(&b, "        %s \\\n", quote(spec))
		}
	}
	return b.String()
}

// zshAction says what completes a value.
func zshAction(o *option) string {
	switch {
	case o.server != "":
		return " _pgrestore_names " + o.server // with the blank, _arguments adds no arguments of its own
	case o.list:
		return "_values -s , value " + strings.Join(o.values, " ")
	case o.values != nil:
		return "(" + strings.Join(o.values, " ") + ")"
	case o.file:
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
