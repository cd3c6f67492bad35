// Package pgrestore has no code of its own: its test holds the project's
// layers, which docs/ARCHITECTURE.md describes.
package pgrestore

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layer says what a package may import of ours and what it must not know of
// everything else.
type layer struct {
	may     []string
	mustNot []string
}

// layers is every package of the project, lowest first. Imports run one way:
// cmd, cli, restore, engine, script, plan, toc.
var layers = map[string]layer{
	"":                    {},
	"toc":                 {mustNot: []string{"os", "net", "log"}},
	"event":               {mustNot: []string{"os", "net", "log"}},
	"internal/sqlscan":    {mustNot: []string{"os", "net", "log", "io"}},
	"source":              {mustNot: []string{"log"}},
	"internal/inflate":    {mustNot: []string{"os", "net", "log"}},
	"internal/unzstd":     {mustNot: []string{"os", "net", "log"}},
	"internal/binarycopy": {mustNot: []string{"os", "net", "log", "io", "time"}},
	"archive":             {may: []string{"toc", "source", "internal/inflate", "internal/unzstd"}, mustNot: []string{"net", "log"}},
	"internal/selection":  {may: []string{"toc"}, mustNot: []string{"os", "net", "log"}},
	"internal/rewrite":    {may: []string{"toc", "internal/sqlscan"}, mustNot: []string{"os", "net", "log"}},
	"internal/plan":       {may: []string{"toc", "internal/sqlscan"}, mustNot: []string{"os", "net", "log", "time", "math/rand", "math/rand/v2", "crypto/rand"}},
	"internal/script":     {may: []string{"toc", "internal/sqlscan", "internal/plan"}, mustNot: []string{"os", "net", "log", "math/rand", "math/rand/v2", "crypto/rand", pgx}},
	"internal/connect":    {mustNot: []string{"log", "flag"}},
	// The engine splits INSERT data into statements, and encodes rows, while it
	// sends them.
	"internal/engine":      {may: []string{"toc", "internal/sqlscan", "internal/binarycopy", "internal/plan", "internal/script", "event", "internal/connect"}, mustNot: []string{"os", "log", "flag"}},
	"internal/verdict":     {may: []string{"event", "internal/sqlscan"}, mustNot: []string{"os", "net", "log", "math/rand", "math/rand/v2", pgx}},
	"internal/terminal":    {may: []string{"event"}, mustNot: []string{"os", "net", "log", pgx}},
	"internal/report":      {may: []string{"event", "internal/verdict"}, mustNot: []string{"os", "net", "log", pgx}},
	"internal/inspect":     {may: []string{"toc", "event", "archive", "internal/sqlscan", "internal/script", "internal/connect", "internal/verdict"}, mustNot: []string{"flag", "log"}},
	"internal/restore":     {may: append([]string{"internal/connect", "internal/engine", "internal/rewrite", "internal/terminal", "internal/report"}, belowEngine...), mustNot: []string{"flag", "log"}},
	"internal/cli":         {may: append([]string{"internal/connect", "internal/inspect", "internal/restore", "internal/terminal", "internal/report", "internal/verdict"}, belowEngine...), mustNot: []string{"log", pgx}},
	"cmd/pgrestore":        {may: []string{"internal/cli", "internal/restore"}, mustNot: []string{"log", "flag"}},
	"internal/archivetest": {may: []string{"toc"}},
	"internal/pgtest":      {},
	"internal/bench":       {may: []string{"toc", "internal/archivetest", "internal/pgtest"}},
	"scripts/testreport":   {},
}

const pgx = "github.com/jackc/pgx/v5/pgconn"

// belowEngine is what the packages above the engine know beside it.
var belowEngine = []string{"toc", "event", "source", "archive", "internal/sqlscan", "internal/selection", "internal/plan", "internal/script"}

// testOnly are the packages that only tests and the tools of development may
// import.
var testOnly = []string{"internal/archivetest", "internal/pgtest"}

// tools are those tools, which are no part of the program.
var tools = []string{"internal/bench", "scripts/testreport"}

func TestLayers(t *testing.T) {
	const module = "pgrestore"
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		l, ok := layers[name]
		if !ok {
			t.Errorf("package %s is in no layer: add it to the table here and in docs/ARCHITECTURE.md", name)
			continue
		}
		for _, path := range p.Imports {
			if imported, ours := strings.CutPrefix(path, module+"/"); ours {
				if !slices.Contains(l.may, imported) {
					t.Errorf("%s must not import %s", name, imported)
				}
				continue
			}
			if slices.Contains(l.mustNot, path) {
				t.Errorf("%s must not import %q", name, path)
			}
		}
	}
}

// TestLayersRunOneWay holds the table itself: what a package may import must
// not lead back to it, and is never for tests only.
func TestLayersRunOneWay(t *testing.T) {
	var reach func(from string, reached map[string]bool)
	reach = func(from string, reached map[string]bool) {
		for _, next := range layers[from].may {
			if !reached[next] {
				reached[next] = true
				reach(next, reached)
			}
		}
	}
	for name, l := range layers {
		reached := map[string]bool{}
		if reach(name, reached); reached[name] {
			t.Errorf("%s may import itself in the end", name)
		}
		for _, imported := range l.may {
			_, exists := layers[imported]
			if !exists || slices.Contains(testOnly, imported) && !slices.Contains(tools, name) {
				t.Errorf("%s may import %s, which is for tests or does not exist", name, imported)
			}
		}
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var all []goPackage
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := decoder.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
