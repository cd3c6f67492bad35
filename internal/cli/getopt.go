package cli

import (
	"fmt"
	"strings"
)

// syntaxError is an argument that is not of an option's form. Its text is what
// the GNU C library's getopt_long prints after the program's path.
type syntaxError struct{ text string }

func (e *syntaxError) Error() string { return e.text }

func syntaxErrorf(format string, args ...any) error {
	return &syntaxError{fmt.Sprintf(format, args...)}
}

// parser reads arguments as the GNU C library's getopt_long does: options may
// follow operands, long names may be cut where that leaves one option, short
// ones may be bundled.
type parser struct {
	options []option
	dropIn  bool // only pg_restore's own options are known
	posixly bool // POSIXLY_CORRECT is set: the first operand ends the options
	set     func(o *option, value string) error
}

// parse hands each option to set, in order, until it or an argument is wrong,
// and gives the operands.
func (p *parser) parse(args []string) (operands []string, err error) {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		switch {
		case arg == "--":
			return append(operands, args...), nil
		case len(arg) < 2 || arg[0] != '-':
			operands = append(operands, arg)
			if p.posixly {
				return append(operands, args...), nil
			}
		case arg[1] == '-':
			args, err = p.long(arg[2:], args)
		default:
			args, err = p.short(arg[1:], args)
		}
		if err != nil {
			return operands, err
		}
	}
	return operands, nil
}

// short takes a bundle of one-letter options, the last of which may have its
// value in the bundle's rest or in the next argument.
func (p *parser) short(bundle string, args []string) (rest []string, err error) {
	for i := 0; i < len(bundle); i++ {
		o := p.letter(bundle[i])
		if o == nil {
			return args, syntaxErrorf("invalid option -- '%s'", bundle[i:i+1])
		}
		if o.arg == "" {
			if err := p.set(o, ""); err != nil {
				return args, err
			}
			continue
		}
		if i+1 < len(bundle) {
			return args, p.set(o, bundle[i+1:])
		}
		if len(args) == 0 {
			return args, syntaxErrorf("option requires an argument -- '%s'", bundle[i:i+1])
		}
		return args[1:], p.set(o, args[0])
	}
	return args, nil
}

func (p *parser) letter(c byte) *option {
	for i := range p.options {
		if o := &p.options[i]; o.short == c && p.known(o) {
			return o
		}
	}
	return nil
}

func (p *parser) known(o *option) bool {
	return o.set != nil && o.available(p.dropIn)
}

// long takes one option of the form name, or name=value.
func (p *parser) long(text string, args []string) (rest []string, err error) {
	name, value, hasValue := strings.Cut(text, "=")
	o, err := p.find(name, text)
	switch {
	case err != nil:
		return args, err
	case hasValue && o.arg == "":
		return args, syntaxErrorf("option '--%s' doesn't allow an argument", o.name)
	case hasValue || o.arg == "":
		return args, p.set(o, value)
	case len(args) == 0:
		return args, syntaxErrorf("option '--%s' requires an argument", o.name)
	}
	return args[1:], p.set(o, args[0])
}

// find gives the option of that name, or the one that the name abbreviates.
// An option of our own never makes an abbreviation ambiguous that pg_restore
// takes; the drop-in knows it by its whole name alone.
func (p *parser) find(name, text string) (*option, error) {
	for i := range p.options {
		if o := &p.options[i]; o.name == name && p.known(o) {
			return o, nil
		}
	}
	for _, own := range []bool{false, true} {
		if own && p.dropIn {
			break
		}
		found, others := p.abbreviated(name, own)
		if len(others) > 0 {
			return nil, ambiguous(text, found, others)
		}
		if found != nil {
			return found, nil
		}
	}
	return nil, syntaxErrorf("unrecognized option '--%s'", text)
}

// abbreviated gives the first option that begins with name, and the others
// which mean something else than it.
func (p *parser) abbreviated(name string, own bool) (found *option, others []*option) {
	for i := range p.options {
		o := &p.options[i]
		if !p.known(o) || o.own != own || !strings.HasPrefix(o.name, name) {
			continue
		}
		if found == nil {
			found = o
		} else if o.meaning() != found.meaning() {
			others = append(others, o)
		}
	}
	return found, others
}

func ambiguous(text string, first *option, others []*option) error {
	var b strings.Builder
	fmt.Fprintf(&b, "option '--%s' is ambiguous; possibilities: '--%s'", text, first.name)
	for _, o := range others {
		fmt.Fprintf(&b, " '--%s'", o.name)
	}
	return &syntaxError{b.String()}
}
