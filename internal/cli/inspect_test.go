package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/connect"
	"pgrestore/internal/inspect"
	"pgrestore/toc"
)

func TestResolveInspect(t *testing.T) {
	for _, tt := range []struct {
		args    string
		want    inspect.Options
		wantErr string
	}{
		{args: "", want: inspect.Options{}},
		{args: "x -Fd --tree", want: inspect.Options{Input: "x", Format: toc.FormatDirectory, Tree: true}},
		{args: "--json --deep -j4 x", want: inspect.Options{Input: "x", JSON: true, Deep: true, Jobs: 4}},
		{args: "--all -d y -h z -p 1 -U u -w x", want: inspect.Options{
			Input: "x", All: true, ToServer: true,
			Connection: connect.Params{DBName: "y", Host: "z", Port: "1", User: "u", Prompt: connect.PromptNever},
		}},
		{args: "x y", wantErr: "too many command-line arguments (first is \"y\")"},
		{args: "--json --tree", want: inspect.Options{JSON: true, Tree: true}},
		{args: "--json --all", wantErr: "options --json and --all cannot be used together"},
		{args: "--tree --all", wantErr: "options --tree and --all cannot be used together"},
		{args: "--progress=plain", wantErr: "option --progress requires option --deep"},
		{args: "-j4", wantErr: "option -j/--jobs requires option --deep"},
		{args: "-j0", wantErr: "-j/--jobs must be in range 1..2147483647"},
		{args: "-Fx", wantErr: "unrecognized archive format \"x\"; please specify \"c\", \"d\", or \"t\""},
		{args: "-c", wantErr: "invalid option -- 'c'"},
	} {
		c := inspectCommand()
		p, _ := program(t, "pgrestore")
		g, operands, err := p.parse(c.options, strings.Fields(tt.args), false)
		var got inspect.Options
		if err == nil {
			got, err = resolveInspect(g, operands)
		}
		if tt.wantErr != "" {
			if err == nil || tt.wantErr != err.Error() {
				t.Errorf("%s: want error %q, got %v", tt.args, tt.wantErr, err)
			}
			continue
		}
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v, -want +got:\n%s", tt.args, err, diff)
		}
	}
}

func TestInspect(t *testing.T) {
	const sample = "../../testdata/pg18-custom-gzip.dump"
	whole, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(t.TempDir(), "torn.dump")
	if err := os.WriteFile(torn, whole[:len(whole)-3000], 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args       string
		wantStatus int
		want       string // in standard output
		wantStderr string
	}{
		{args: sample, want: "shop.products"},
		{args: "--json " + sample, want: "{"},
		{args: "--deep " + torn, wantStatus: 1, want: "DAMAGED"},
		{args: "--deep --json " + sample, want: "{"}, // no progress of what is over at once
		{args: "nowhere", wantStatus: 1, wantStderr: "pgrestore: error: could not open input file \"nowhere\": No such file or directory\n"},
	} {
		p, stderr := program(t, append([]string{"pgrestore", "inspect"}, strings.Fields(tt.args)...)...)
		status := p.Main(context.Background())
		stdout := p.IO.Stdout.(*bytes.Buffer).String()
		if tt.wantStatus != status || !strings.Contains(stdout, tt.want) || tt.wantStderr != stderr.String() {
			t.Errorf("%s: exit status %d, messages %q, output\n%s", tt.args, status, stderr, stdout)
		}
	}
}

// How far the reading of all data is goes to standard error, and standard output
// has the report alone.
func TestInspectProgress(t *testing.T) {
	const sample = "../../testdata/pg18-custom-gzip.dump"
	p, _ := program(t, "pgrestore", "inspect", "--deep", sample)
	p.Main(context.Background())
	want := p.IO.Stdout.(*bytes.Buffer).String()
	p, stderr := program(t, "pgrestore", "inspect", "--deep", "--progress=plain", sample)
	p.Main(context.Background())
	if diff := cmp.Diff(want, p.IO.Stdout.(*bytes.Buffer).String()); diff != "" {
		t.Error(diff)
	}
	if begin, end := "pgrestore inspect: progress: 100 % done, ", ", 0 errors\n"; !strings.HasPrefix(stderr.String(), begin) || !strings.HasSuffix(stderr.String(), end) {
		t.Errorf("want %q ... %q, got %q", begin, end, stderr)
	}
}
