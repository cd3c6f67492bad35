package pgtest

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Golden is what the stock pg_restore did with each of testdata's archives and
// each option set, so that tests can compare where it is not installed: exit
// status, short messages and hashes of the rest, and of a few runs the whole
// output.
type Golden struct {
	Version string // of the stock program

	mu   sync.Mutex
	runs map[goldenKey]digest
}

type goldenKey struct{ archive, set string }

// digest stands for a Result in the table's own notation.
type digest struct {
	exit           int
	stdout, stderr string
}

func digestOf(r Result) digest { return digest{r.Exit, brief(r.Stdout), brief(r.Stderr)} }

// brief gives a text that fits a line of the table as a quoted string and
// otherwise the first 16 hexadecimal digits of its SHA-256.
func brief(text string) string {
	if len(text) <= 250 {
		return strconv.Quote(text)
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16]
}

// goldenTexts are the runs whose output is kept whole, for people to read, and
// the files that hold them.
var goldenTexts = map[goldenKey]string{
	{"pg18-custom-gzip.dump", "-f -"}:                              "script.sql",
	{"pg18-custom-gzip.dump", "-l -v"}:                             "list-verbose.txt",
	{"pg18-custom-gzip.dump", "-C -c --if-exists -v -s -f -"}:      "script-clean.sql",
	{"pg18-custom-gzip-trouble.dump", "-f -"}:                      "script-trouble.sql",
	{"pg18-custom-gzip-columninserts.dump", "-f -"}:                "script-columninserts.sql",
	{"pg18-custom-gzip-statistics.dump", "--statistics-only -f -"}: "script-statistics.sql",
	{"pg18-custom-gzip-stdstringsoff.dump", "--section=data -f -"}: "script-stdstringsoff.sql",
	{"pg13-custom-gzip.dump", "-l"}:                                "list-pg13.txt",
}

const goldenTable = "digests.tsv"

func goldenFile(t testing.TB, name string) string {
	return filepath.Join(Root(t), "testdata", "golden", name)
}

// ReadGolden reads the table.
func ReadGolden(t testing.TB) *Golden {
	t.Helper()
	text, err := os.ReadFile(goldenFile(t, goldenTable))
	if err != nil {
		t.Fatal(err)
	}
	g := &Golden{}
	archive := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if version, ok := strings.CutPrefix(line, "# pg_restore "); ok {
			g.Version = version
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) == 1 {
			archive = line
			continue
		}
		exit, err := strconv.Atoi(f[1])
		if len(f) != 4 || err != nil {
			t.Fatalf("%s: not a line of the table: %q", goldenTable, line)
		}
		g.set(goldenKey{archive, f[0]}, digest{exit, f[2], f[3]})
	}
	return g
}

func (g *Golden) set(k goldenKey, d digest) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.runs == nil {
		g.runs = map[goldenKey]digest{}
	}
	g.runs[k] = d
}

// Difference tells how a result differs from the golden one; "" means not at
// all.
func (g *Golden) Difference(t testing.TB, archive, set string, got Result) string {
	t.Helper()
	k := goldenKey{archive, set}
	want, ok := g.runs[k]
	if !ok {
		return "there is no golden result; make golden"
	}
	d := digestOf(got)
	if d == want {
		return ""
	}
	if file := goldenTexts[k]; file != "" && d.stdout != want.stdout {
		text, err := os.ReadFile(goldenFile(t, file))
		if err != nil {
			t.Fatal(err)
		}
		return "output: " + FirstDifference(string(text), got.Stdout)
	}
	return fmt.Sprintf("exit status, output, messages:\n  want %d %s %s\n  got  %d %s %s", want.exit, want.stdout, want.stderr, d.exit, d.stdout, d.stderr)
}

// Record adds a result of the stock program. It may be called concurrently.
func (g *Golden) Record(t testing.TB, archive, set string, r Result) {
	t.Helper()
	k := goldenKey{archive, set}
	g.set(k, digestOf(r))
	if file := goldenTexts[k]; file != "" {
		writeGolden(t, file, r.Stdout)
	}
}

// Write writes the table.
func (g *Golden) Write(t testing.TB) {
	t.Helper()
	keys := slices.SortedFunc(maps.Keys(g.runs), func(a, b goldenKey) int {
		return strings.Compare(a.archive+"\t"+a.set, b.archive+"\t"+b.set)
	})
	var b strings.Builder
	fmt.Fprintf(&b, "# pg_restore %s\n", g.Version)
	archive := ""
	for _, k := range keys {
		if k.archive != archive {
			archive = k.archive
			fmt.Fprintln(&b, archive)
		}
		d := g.runs[k]
		fmt.Fprintf(&b, "%s\t%d\t%s\t%s\n", k.set, d.exit, d.stdout, d.stderr)
	}
	writeGolden(t, goldenTable, b.String())
}

func writeGolden(t testing.TB, name, text string) {
	t.Helper()
	file := goldenFile(t, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
