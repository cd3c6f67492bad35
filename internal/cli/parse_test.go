package cli

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// setting is an option as the parser hands it on.
type setting struct{ Name, Value string }

func parseOnly(args []string, dropIn, posixly bool, table []option) (settings []setting, operands []string, err error) {
	p := parser{options: table, dropIn: dropIn, posixly: posixly, set: func(o *option, value string) error {
		settings = append(settings, setting{o.name, value})
		return nil
	}}
	operands, err = p.parse(args)
	return settings, operands, err
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		args         string
		want         []setting
		wantOperands []string
	}{
		{args: "-j4 -j 4 --jobs=4 --jobs 4 --jo=4", want: []setting{{"jobs", "4"}, {"jobs", "4"}, {"jobs", "4"}, {"jobs", "4"}, {"jobs", "4"}}},
		{args: "-acf- x", want: []setting{{"data-only", ""}, {"clean", ""}, {"file", "-"}}, wantOperands: []string{"x"}},
		{args: "-acf - x", want: []setting{{"data-only", ""}, {"clean", ""}, {"file", "-"}}, wantOperands: []string{"x"}},
		{args: "x -a - -c", want: []setting{{"data-only", ""}, {"clean", ""}}, wantOperands: []string{"x", "-"}},
		{args: "x -a -- -c --", want: []setting{{"data-only", ""}}, wantOperands: []string{"x", "-c", "--"}},
		{args: "-d -- -a", want: []setting{{"dbname", "--"}, {"data-only", ""}}},
		{args: "--schema s --schema-only", want: []setting{{"schema", "s"}, {"schema-only", ""}}},
		{args: "--role= --role==", want: []setting{{"role", ""}, {"role", "="}}},
		{args: "--no-o --no-ac", want: []setting{{"no-owner", ""}, {"no-acl", ""}}},
	} {
		got, operands, err := parseOnly(strings.Fields(tt.args), true, false, options)
		if err != nil {
			t.Errorf("%s: %v", tt.args, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tt.args, diff)
		}
		if diff := cmp.Diff(tt.wantOperands, operands); diff != "" {
			t.Errorf("%s: operands: -want +got:\n%s", tt.args, diff)
		}
	}
}

// An option of our own is unknown to pg_restore, and takes no abbreviation
// from it.
func TestParseOwnOptions(t *testing.T) {
	table := append(slices.Clone(options),
		option{name: "jobs-at-most", arg: "N", own: true, set: ignored},
		option{name: "jobs-for-both", arg: "N", own: true, both: true, set: ignored})
	for _, tt := range []struct {
		arg       string
		dropIn    bool
		want      string
		wantError string
	}{
		{arg: "--job=1", want: "jobs"},
		{arg: "--jobs=1", want: "jobs"},
		{arg: "--jobs-=1", wantError: "option '--jobs-=1' is ambiguous; possibilities: '--jobs-at-most' '--jobs-for-both'"},
		{arg: "--jobs-a=1", want: "jobs-at-most"},
		{arg: "--jobs-a=1", dropIn: true, wantError: "unrecognized option '--jobs-a=1'"},
		{arg: "--jobs-for-both=1", want: "jobs-for-both"},
		{arg: "--jobs-for-both=1", dropIn: true, want: "jobs-for-both"},
		{arg: "--jobs-for=1", dropIn: true, wantError: "unrecognized option '--jobs-for=1'"},
		{arg: "--jobs-at-most=1", want: "jobs-at-most"},
		{arg: "--jobs-at-most=1", dropIn: true, wantError: "unrecognized option '--jobs-at-most=1'"},
	} {
		got, _, err := parseOnly([]string{tt.arg}, tt.dropIn, false, table)
		if tt.wantError != "" {
			if err == nil || tt.wantError != err.Error() {
				t.Errorf("%s: want error %q, got %v", tt.arg, tt.wantError, err)
			}
			continue
		}
		if err != nil || len(got) != 1 || tt.want != got[0].Name {
			t.Errorf("%s: want --%s, got %v, %v", tt.arg, tt.want, got, err)
		}
	}
}

// FuzzParse checks that what is understood means the same when it is written
// out in full.
func FuzzParse(f *testing.F) {
	f.Add("-acf-\x00x\x00--jobs=4", false)
	f.Add("-j\x00--\x00--no-acl\x00--\x00-x", true)
	f.Add("--=\x00-", false)
	f.Fuzz(func(t *testing.T, joined string, posixly bool) {
		settings, operands, err := parseOnly(strings.Split(joined, "\x00"), true, posixly, options)
		if err != nil {
			return
		}
		var full []string
		for _, s := range settings {
			i := slices.IndexFunc(options, func(o option) bool { return o.name == s.Name })
			if options[i].arg == "" {
				full = append(full, "--"+s.Name)
			} else {
				full = append(full, "--"+s.Name+"="+s.Value)
			}
		}
		full = append(append(full, "--"), operands...)
		again, againOperands, err := parseOnly(full, true, posixly, options)
		if err != nil || !slices.Equal(settings, again) || !slices.Equal(operands, againOperands) {
			t.Errorf("%q means %v and %q, but %q means %v and %q, %v",
				joined, settings, operands, full, again, againOperands, err)
		}
	})
}

// FuzzResolve checks that any arguments give a Config or an error.
func FuzzResolve(f *testing.F) {
	f.Add("-d\x00x\x00-j 4 \x00-1", "")
	f.Add("--filter=-\x00-f-", "include table \"a\nb\"")
	f.Fuzz(func(t *testing.T, joined, stdin string) {
		g := &given{stdin: strings.NewReader(stdin)}
		p := parser{options: options, dropIn: true, set: func(o *option, value string) error {
			if o.name == "filter" && value != "-" {
				return nil // the fuzzer is to read no files
			}
			return o.set(g, value)
		}}
		operands, err := p.parse(strings.Split(joined, "\x00"))
		if err != nil {
			return
		}
		c, err := resolve(g, operands, zeros{})
		if err == nil && !c.ToServer && !c.List && c.Output == "" {
			t.Errorf("%q: no target", joined)
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

var _ io.Reader = zeros{}
