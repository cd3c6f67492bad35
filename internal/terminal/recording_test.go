package terminal

import (
	"compress/gzip"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgrestore/event"
)

// TestRecordings holds what estimates are worth on runs as they were: restores
// of the benchmarks' databases into PostgreSQL 18 on two cores, which others
// used now and then, of Intel's Xeon or one of two of AMD's EPYC ("amd-b" is the newer).
//
// The recordings leave out what the estimator does not read. Those of the wide and
// the narrow table on Intel's and the first of AMD's have the weights of a later
// program, and fractions of indexes as that has them. Those on Intel's are of one
// that left the memory of an index that is built alone to the server; so there, in
// proportion to the loading, the narrow table's only one with -j1 takes two thirds of
// what it does on AMD's. They are of programs that loaded more slowly, too, and those of
// the wide table but for the second of AMD's have GIN indexes with parallel workers. In those of 5,000 tables many small steps are put together.
// Those over a link had round trips of 100 ms: 1,000 small tables, the wide one, and
// 50,000 large objects.
// Those over a thin link had 16 Mbit/s, for a tenth of the benchmarks' rows: all but the
// last half of a second is waiting for data. "20m" and "6m" are four times the benchmarks'.
func TestRecordings(t *testing.T) {
	for _, tt := range []struct {
		file string
		// From the middle of the run until 5 % before its end:
		wantGood  float64 // share of the estimates that are less than 25 % off
		wantWorst float64 // furthest that one is off, as a share of the whole run
	}{
		{"narrow-j1.jsonl", 0.4, 0.11},
		{"narrow-j2.jsonl", 0.8, 0.07},
		{"wide-j1.jsonl", 0.7, 0.18},
		{"wide-j2.jsonl", 0.95, 0.12},
		{"tables-j1.jsonl", 0.99, 0.05},
		{"tables-j2.jsonl", 0.8, 0.05},
		{"objects-j1.jsonl", 0.99, 0.05},
		{"objects-j2.jsonl", 0.99, 0.05},
		{"link-tables-j4.jsonl.gz", 0.9, 0.1},
		{"link-wide-j4.jsonl", 0.99, 0.1},
		{"link-objects-j1.jsonl", 0.8, 0.17},
		{"amd-narrow-j1.jsonl", 0.99, 0.05},
		{"amd-narrow-j2.jsonl", 0.75, 0.09},
		{"amd-wide-j1.jsonl", 0.95, 0.09},
		{"amd-wide-j2.jsonl", 0.8, 0.06},
		{"amd-objects-j1.jsonl", 0.75, 0.07},
		{"amd-b-narrow-j1.jsonl", 0.85, 0.05},
		{"amd-b-narrow-j2.jsonl", 0.9, 0.05},
		{"amd-b-wide-j1.jsonl", 0.85, 0.07},
		{"amd-b-wide-j2.jsonl", 0.85, 0.05},
		{"amd-b-narrow-20m-j2.jsonl", 0.8, 0.05},
		{"amd-b-wide-6m-j1.jsonl", 0.99, 0.05},
		{"amd-b-wide-6m-j2.jsonl", 0.99, 0.05},
		{"amd-b-pipe-6m-j2.jsonl", 0.99, 0.07},
		{"thin-narrow-j2.jsonl", 0.9, 0.05},
		{"thin-wide-j2.jsonl", 0.9, 0.09},
	} {
		t.Run(tt.file, func(t *testing.T) {
			records := readRecording(t, filepath.Join("testdata", tt.file))
			end := records[len(records)-1].At
			var all, good, worst float64
			watch(records, func(at, left, truth time.Duration, known bool) {
				if share := float64(at) / float64(end); share < 0.5 || share > 0.95 {
					return
				}
				all++
				off := math.Abs(float64(left - truth))
				if known && off < 0.25*float64(truth) {
					good++
				}
				worst = max(worst, off/float64(end))
			})
			if got := good / all; got < tt.wantGood {
				t.Errorf("want %.0f %% of the estimates less than 25 %% off, got %.0f %%", 100*tt.wantGood, 100*got)
			}
			if worst > tt.wantWorst {
				t.Errorf("want none to be off by more than %.0f %% of the run, got %.1f %%", 100*tt.wantWorst, 100*worst)
			}
		})
	}
}

// TestBarKeepsPace holds what is shown as done against how much of a run is over, also
// where the loading takes many times as long as the plan says.
func TestBarKeepsPace(t *testing.T) {
	for _, tt := range []struct {
		file string
		want float64 // how far off it may be, from a tenth of the run on
	}{
		{"amd-b-wide-6m-j2.jsonl", 0.08},
		{"amd-b-narrow-20m-j2.jsonl", 0.08},
		{"tables-j2.jsonl", 0.08},
		{"thin-narrow-j2.jsonl", 0.08},
		{"thin-wide-j2.jsonl", 0.1},
	} {
		t.Run(tt.file, func(t *testing.T) {
			records := readRecording(t, filepath.Join("testdata", tt.file))
			end := records[len(records)-1].At
			var e estimator
			var worst float64
			for _, r := range records[:len(records)-1] {
				e.read(r)
				if over := float64(r.At) / float64(end); over > 0.1 {
					worst = max(worst, math.Abs(e.fraction()-over))
				}
			}
			if worst > tt.want {
				t.Errorf("want no more than %.0f %% of the run off, got %.1f %%", 100*tt.want, 100*worst)
			}
		})
	}
}

func readRecording(t *testing.T, file string) (records []event.Record) {
	t.Helper()
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var text io.Reader = in
	if strings.HasSuffix(file, ".gz") {
		if text, err = gzip.NewReader(in); err != nil {
			t.Fatal(err)
		}
	}
	decoder := event.NewDecoder(text)
	for {
		r, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			return records
		}
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
}
