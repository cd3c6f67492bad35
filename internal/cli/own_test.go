package cli

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/terminal"
	"pgrestore/internal/verdict"
)

// resolveArgs gives the options of a command line, in which % is nothing.
func resolveArgs(args string) (*given, error) {
	g := &given{}
	p := parser{options: options, set: func(o *option, value string) error { return o.set(g, strings.Trim(value, "%")) }}
	operands, err := p.parse(strings.Fields(args))
	if err == nil {
		_, err = resolve(g, operands, zeros{})
	}
	return g, err
}

func TestOwnOptions(t *testing.T) {
	for _, tt := range []struct {
		args string
		want ownGiven
	}{
		{"-dx", ownGiven{}},
		{"-dx --progress=bar --exit-code=verdict", ownGiven{progress: terminal.Bar, exitCode: verdict.ByVerdict}},
		{"-f- --progress=none --exit-code=strict", ownGiven{progress: terminal.None, exitCode: verdict.Strict}},
		{"-f- --progress=json --progress=auto", ownGiven{progress: terminal.Auto}},
		{"-dx --ignore-errors=missing-role,other --ignore-errors deadlock", ownGiven{ignored: []verdict.Class{"missing-role", "other", "deadlock"}}},
		{"-dx --copy-freeze --events e --report r --report-json=j --trace=t", ownGiven{
			copyFreeze: true, events: text{"e", true}, report: text{"r", true}, reportJSON: text{"j", true}, trace: text{"t", true},
		}},
		{"--dry-run -j4 x", ownGiven{dryRun: true}},
		{"--dry-run -dx", ownGiven{dryRun: true}},
	} {
		g, err := resolveArgs(tt.args)
		if err != nil {
			t.Errorf("%s: %v", tt.args, err)
			continue
		}
		if diff := cmp.Diff(tt.want, g.own, cmp.AllowUnexported(ownGiven{}, text{})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tt.args, diff)
		}
	}
}

func TestOwnOptionsRefused(t *testing.T) {
	for _, tt := range []struct{ args, want, wantHint string }{
		{args: "-dx --progress=", want: `invalid value "" for option --progress`,
			wantHint: `Valid values are "auto", "bar", "plain", "json", and "none".`},
		{args: "-dx --progress=Bar", want: `invalid value "Bar" for option --progress`,
			wantHint: `Valid values are "auto", "bar", "plain", "json", and "none".`},
		{args: "-dx --exit-code 3", want: `invalid value "3" for option --exit-code`,
			wantHint: `Valid values are "strict" and "verdict".`},
		{args: "-dx --ignore-errors=other,odd", want: `unrecognized class of errors "odd"`,
			wantHint: `The manual page lists the classes; "pgrestore man" prints it.`},
		{args: "-f- --progress=bar", want: "option --progress=bar requires option -d/--dbname"},
		{args: "-l --copy-freeze", want: "option --copy-freeze requires option -d/--dbname"},
		{args: "-f- --events e", want: "option --events requires option -d/--dbname"},
		{args: "-l --report r", want: "option --report requires option -d/--dbname"},
		{args: "-l -dx --report r", want: "options -l/--list and --report cannot be used together"},
		{args: "-dx --trace %", want: "could not open output file \"\": No such file or directory"},
		{args: "-dx --trace t --report-json t", want: "options --report-json and --trace cannot write to the same file"},
		{args: "--dry-run -l", want: "options --dry-run and -l/--list cannot be used together"},
		{args: "--dry-run -f-", want: "options --dry-run and -f/--file cannot be used together"},
		{args: "--dry-run -dx --events e", want: "options --dry-run and --events cannot be used together"},
		{args: "--copy-freeze --dry-run", want: "option --copy-freeze requires option -d/--dbname"},
	} {
		_, err := resolveArgs(tt.args)
		var usage *usageError
		if !errors.As(err, &usage) {
			t.Errorf("%s: want an error of usage, got %v", tt.args, err)
			continue
		}
		if tt.want != usage.text || tt.wantHint != usage.hint {
			t.Errorf("%s: want %q, %q\ngot %q, %q", tt.args, tt.want, tt.wantHint, usage.text, usage.hint)
		}
	}
}

func TestTyped(t *testing.T) {
	var got []string
	p := parser{options: options, set: func(o *option, value string) error {
		got = appendTyped(got, o, value)
		return nil
	}}
	if _, err := p.parse(strings.Fields("-cj4 -dshop -d postgres://u:p@h/d --dbname password=x --no-acl -n a --set b=c x.dump")); err != nil {
		t.Fatal(err)
	}
	want := strings.Fields("--clean --dbname=shop --dbname=*** --dbname=*** --no-acl --schema=a --set=b=c")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
