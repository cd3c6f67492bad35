package pgtest

import (
	"flag"
	"os"
	"testing"

	// What the program is made of: so that Go runs these tests again when it
	// changes, though they only know the program's file.
	_ "pgrestore/internal/cli"
)

var update = flag.Bool("update", false, "write testdata/golden from what the stock pg_restore does")

// TestScripts compares lists, scripts, messages and exit status with those of
// the stock pg_restore, on each of testdata's archives with each option set;
// where that is not installed, with the golden results.
func TestScripts(t *testing.T) {
	if *update {
		t.Skip("writing golden results, not comparing with them")
	}
	golden := ReadGolden(t)
	stock, hasStock := Installed(StockMajor)
	ours := Program(t, "pg_restore")
	for _, a := range Archives(t) {
		t.Run(a.Name, func(t *testing.T) {
			t.Parallel()
			w := NewWorkbench(t, a, ours)
			for _, set := range OptionSets {
				got := w.Run(t, ours, set)
				if !hasStock {
					if d := golden.Difference(t, a.Name, set, got); d != "" {
						t.Errorf("%s\n%s", set, d)
					}
					continue
				}
				want := w.Run(t, stock.Tool("pg_restore"), set)
				if d := want.Difference(got); d != "" {
					t.Errorf("%s\n%s", set, d)
				}
				if d := golden.Difference(t, a.Name, set, want); d != "" && stock.Version == golden.Version {
					t.Errorf("%s\nthe golden result is out of date; make golden\n%s", set, d)
				}
			}
		})
	}
}

// TestFoundScripts does the same on dumps made by others, where they are.
func TestFoundScripts(t *testing.T) {
	archives := FoundArchives(t)
	stock, ours := Stock(t), Program(t, "pg_restore")
	for _, a := range archives {
		t.Run(a.Name, func(t *testing.T) {
			t.Parallel()
			w := NewWorkbench(t, a, stock)
			for _, set := range OptionSets {
				if d := w.Run(t, stock, set).Difference(w.Run(t, ours, set)); d != "" {
					t.Errorf("%s\n%s", set, d)
				}
			}
		})
	}
}

// TestUpdateGolden is no test: with -update it writes the golden results.
func TestUpdateGolden(t *testing.T) {
	if !*update {
		return
	}
	stock, ok := Installed(StockMajor)
	if !ok {
		t.Fatalf("PostgreSQL %d is missing: golden results come from it alone", StockMajor)
	}
	if err := os.RemoveAll(goldenFile(t, "")); err != nil {
		t.Fatal(err)
	}
	golden := &Golden{Version: stock.Version}
	for _, a := range Archives(t) {
		w := NewWorkbench(t, a, stock.Tool("pg_restore"))
		for _, set := range OptionSets {
			golden.Record(t, a.Name, set, w.Run(t, stock.Tool("pg_restore"), set))
		}
	}
	golden.Write(t)
}
