package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pgrestore/event"
	"pgrestore/internal/connect"
	"pgrestore/internal/restore"
	"pgrestore/internal/script"
	"pgrestore/internal/selection"
	"pgrestore/toc"
)

// keyOfZeros is the random key where all random bytes are zero.
var keyOfZeros = strings.Repeat("0", 63)

func TestResolve(t *testing.T) {
	toScript := script.Options{RestrictKey: keyOfZeros}
	for _, tt := range []struct {
		args []string
		want restore.Config
	}{
		{[]string{"-f", "-"}, restore.Config{Output: "-", Script: toScript}},
		{[]string{"-l", "x.dump"}, restore.Config{Input: "x.dump", List: true, Script: toScript}},
		{[]string{"-lf", "out", "-L", "list"}, restore.Config{List: true, Output: "out", UseList: "list", Script: toScript}},
		{[]string{"-Fd", "-l", ""}, restore.Config{List: true, Format: toc.FormatDirectory, Script: toScript}},
		{
			[]string{"-d", "", "x"},
			restore.Config{Input: "x", ToServer: true},
		},
		{
			[]string{"-dx", "-hh", "-h", "", "-p1", "-U", "u", "-w", "-W", "--role=r", "-j4", "-Ft"},
			restore.Config{
				ToServer: true, Jobs: 4, Format: toc.FormatTar,
				Connection: connect.Params{DBName: "x", Host: "h", Port: "1", User: "u", Prompt: connect.PromptAlways},
				Script:     script.Options{Role: "r"},
			},
		},
		{
			[]string{"-dx", "-w"},
			restore.Config{ToServer: true, Connection: connect.Params{DBName: "x", Prompt: connect.PromptNever}},
		},
		{
			[]string{"-dx", "-1"},
			restore.Config{
				ToServer: true, ExitOnError: true, Connection: connect.Params{DBName: "x"},
				Script: script.Options{SingleTransaction: true},
			},
		},
		{
			[]string{"-dx", "--transaction-size=9", "--no-data-for-failed-tables"},
			restore.Config{
				ToServer: true, ExitOnError: true, NoDataForFailedTables: true, Connection: connect.Params{DBName: "x"},
				Script: script.Options{TransactionSize: 9},
			},
		},
		{
			strings.Fields("-f- -ceCOv --if-exists -S me --use-set-session-authorization --no-tablespaces " +
				"--no-table-access-method --disable-triggers --enable-row-security --restrict-key=k"),
			restore.Config{
				Output: "-", ExitOnError: true,
				Selection: selection.Options{Create: true},
				Script: script.Options{
					Clean: true, IfExists: true, Create: true, NoOwner: true, UseSetSessionAuthorization: true,
					NoTablespaces: true, NoTableAccessMethod: true, DisableTriggers: true, Superuser: "me",
					EnableRowSecurity: true, Verbose: true, RestrictKey: "k",
				},
			},
		},
		{
			strings.Fields("-f- -n s1 -N n1 -t t1 -I i1 -P f1() -T g1 -t t2 -n s2 -x --no-comments --no-policies " +
				"--no-publications --no-subscriptions --no-security-labels --strict-names --section=data --section=pre-data"),
			restore.Config{
				Output: "-", Script: toScript,
				Selection: selection.Options{
					Sections: selection.PreData | selection.Data,
					Schemas:  []string{"s1", "s2"}, ExcludeSchemas: []string{"n1"}, Tables: []string{"t1", "t2"},
					Indexes: []string{"i1"}, Functions: []string{"f1()"}, Triggers: []string{"g1"},
					StrictNames: true, NoPrivileges: true, NoComments: true, NoPolicies: true,
					NoPublications: true, NoSubscriptions: true, NoSecurityLabels: true,
				},
			},
		},
	} {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			want := tt.want
			want.DropIn = true
			want.Connection.FallbackApplicationName = "pg_restore"
			got := resolved(t, "pg_restore", tt.args)
			ignoreWarnings := cmpopts.IgnoreFields(connect.Params{}, "Warnings")
			if diff := cmp.Diff(want, got, ignoreWarnings); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestParts(t *testing.T) {
	for _, tt := range []struct {
		args string
		want string // what is left: data, schema, statistics
	}{
		{"", "data schema statistics"},
		{"-a", "data"},
		{"-s", "schema"},
		{"--statistics-only", "statistics"},
		{"--statistics", "data schema statistics"},
		{"--statistics-only --statistics", "statistics"},
		{"--no-data", "schema statistics"},
		{"--no-schema", "data statistics"},
		{"--no-statistics", "data schema"},
		{"--no-schema --no-data", "statistics"},
		{"--no-schema --no-data --no-statistics", ""},
		{"-a --no-statistics", "data"},
		{"-a --no-schema", "data"},
		{"-s --no-data", "schema"},
		{"--statistics-only --no-data --no-schema", "statistics"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			o := resolved(t, "pg_restore", append(strings.Fields(tt.args), "-f-")).Selection
			var got []string
			for _, part := range []struct {
				name string
				left bool
			}{{"data", !o.NoData}, {"schema", !o.NoSchema}, {"statistics", !o.NoStatistics}} {
				if part.left {
					got = append(got, part.name)
				}
			}
			if tt.want != strings.Join(got, " ") {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

// resolved gives the Config that a start makes of args.
func resolved(t *testing.T, name string, args []string) (config restore.Config) {
	t.Helper()
	p, stderr := program(t, append([]string{name}, args...)...)
	ran := false
	p.Run = func(_ context.Context, c restore.Config, _ restore.IO, _ event.Sink) (restore.Result, error) {
		config, ran = c, true
		return restore.Result{}, nil
	}
	if status := p.Main(context.Background()); status != 0 || !ran {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	return config
}

func TestNameDecides(t *testing.T) {
	for name, want := range map[string]bool{
		"pg_restore":          true,
		"/usr/bin/pg_restore": true,
		"pgrestore":           false,
		"pg_restore/x":        false,
		"":                    false,
	} {
		if got := resolved(t, name, []string{"-f-"}).DropIn; want != got {
			t.Errorf("%q: want drop-in %v, got %v", name, want, got)
		}
	}
}

func TestEmptyNames(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"-f-  %", "could not open input file \"\": No such file or directory"},
		{"-l -L % x", "could not open TOC file \"\": No such file or directory"},
		{"-l -f % x", "could not open output file \"\": No such file or directory"},
	} {
		args := strings.Fields(tt.args)
		for i := range args {
			args[i] = strings.Trim(args[i], "%")
		}
		p, stderr := program(t, append([]string{"pg_restore"}, args...)...)
		p.Run = openNothing
		p.Main(context.Background())
		if want := "pg_restore: error: " + tt.want + "\n"; want != stderr.String() {
			t.Errorf("want %q, got %q", want, stderr)
		}
	}
}

func TestRestrictKey(t *testing.T) {
	random := make([]byte, 70)
	for i := range random {
		random[i] = byte(i * 4)
	}
	got, err := restrictKey(text{}, bytes.NewReader(random))
	if err != nil {
		t.Fatal(err)
	}
	const want = "048cgkoswAEIMQUY26aeimquyCGKOSW048cgkoswAEIMQUY26aeimquyCGKOSW0"
	if want != got {
		t.Errorf("want %q, got %q", want, got)
	}
	if _, err := restrictKey(text{}, iotest.ErrReader(errors.New("empty"))); err == nil ||
		err.Error() != "could not generate restrict key" {
		t.Errorf("without randomness: %v", err)
	}
}
