package cli

import (
	"fmt"
	"strings"
)

// bashFrame stands around what depends on the table. It needs nothing but
// bash 4. Bash splits --name=value at the equals sign, as that stands in
// COMP_WORDBREAKS. Options are completed with the equals sign where they need
// a value.
const bashFrame = `# bash completion for pgrestore, printed by: pgrestore completion bash

_pgrestore() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= options= values= i
    if [[ $cur == = ]]; then
        cur=
    elif [[ $prev == = ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    if ((COMP_CWORD > 1)); then
        case ${COMP_WORDS[1]} in
            %s) command=${COMP_WORDS[1]} ;;
        esac
    fi
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == -- ]]; then
            command=-- prev=
        fi
    done

    case $command in
%s        --)
            options=
            ;;
        *)
            options='%s'
            case $prev in
%s            esac
            if ((COMP_CWORD == 1)); then
                values='%s'
            fi
            ;;
    esac

    if [[ $cur == -* && $command != -- ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
        if [[ ${COMPREPLY[0]} == *= ]]; then
            compopt -o nospace
        fi
        return
    fi
    COMPREPLY=($(compgen -W "$values" -- "$cur"))
    _pgrestore_files
}

# Completes files and folders, beside what there is already. Where there is
# nothing yet, readline does it: it knows quotes and tildes.
_pgrestore_files() {
    local name
    compopt -o default
    if ((${#COMPREPLY[@]} == 0)); then
        return
    fi
    compopt -o filenames
    while IFS= read -r name; do
        COMPREPLY+=("$name")
    done < <(compgen -f -- "$cur")
}

# Completes one of the words of $1.
_pgrestore_values() {
    COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

# Completes a name of column $1 of catalog $2, as far as psql can be asked.
_pgrestore_names() {
    COMPREPLY=($(compgen -W "$(%s)" -- "$cur"))
}

# Completes the last of several words of $1 with commas between.
_pgrestore_list() {
    local before=
    if [[ $cur == *,* ]]; then
        before=${cur%%,*},
    fi
    COMPREPLY=($(compgen -P "$before" -W "$1" -- "${cur##*,}"))
    compopt -o nospace
}

complete -F _pgrestore pgrestore
`

func bashCompletion(c completion) string {
	var cases strings.Builder
	for i := range c.commands {
		command := &c.commands[i]
		all := command.allOptions()
		fmt.Fprintf(&cases, "        %s)\n            options='%s'\n", command.name, bashOptions(all))
		fmt.Fprintf(&cases, "            case $prev in\n%s            esac\n", bashValues(all))
		if command.values != nil {
			fmt.Fprintf(&cases, "            if [[ $cur != -* ]]; then\n                _pgrestore_values '%s'\n                return\n            fi\n",
				strings.Join(command.values, " "))
		}
		cases.WriteString("            ;;\n")
	}
	names := c.commandNames()
	return fmt.Sprintf(bashFrame, strings.Join(names, "|"), cases.String(), bashOptions(c.options), bashValues(c.options), strings.Join(names, " "),
		fmt.Sprintf(askPsql, "$1", "$2"))
}

// bashOptions gives the words that begin with a hyphen. Letters alone are not
// among them: who knows a letter has typed it.
func bashOptions(all []option) string {
	var words []string
	for i := range all {
		word := "--" + all[i].name
		if all[i].arg != "" {
			word += "="
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// bashValues gives the cases of the word before.
func bashValues(all []option) string {
	var b strings.Builder
	for _, g := range valueGroups(all) {
		action := "_pgrestore_files"
		switch {
		case g.server != "":
			action = "_pgrestore_names " + g.server
		case g.list:
			action = "_pgrestore_list '" + strings.Join(g.values, " ") + "'"
		case g.values != nil:
			action = "_pgrestore_values '" + strings.Join(g.values, " ") + "'"
		}
		fmt.Fprintf(&b, "                %s)\n                    %s\n                    return\n                    ;;\n",
			strings.Join(g.spellings, "|"), action)
	}
	// The value of any other option is the user's own.
	var others []string
	for i := range all {
		if o := &all[i]; o.arg != "" && o.values == nil && !o.file && o.server == "" {
			others = append(others, o.spellings()...)
		}
	}
	if len(others) > 0 {
		fmt.Fprintf(&b, "                %s)\n                    return\n                    ;;\n", strings.Join(others, "|"))
	}
	return b.String()
}
