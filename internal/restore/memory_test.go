package restore_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"pgrestore/event"
	"pgrestore/internal/archivetest"
	"pgrestore/internal/connect"
	"pgrestore/internal/restore"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// gcSeen notes how much garbage may gather when a restore connects.
type gcSeen struct{ percent int }

func (s *gcSeen) Emit(e event.Event) {
	if m, ok := e.(event.Message); ok && m.Text == "connecting to database for restore" {
		s.percent = debug.SetGCPercent(100)
		debug.SetGCPercent(s.percent)
	}
}

// TestGarbageOfManyEntries checks that the garbage of a restore is bounded more
// tightly where there is much to keep, and that this ends with the restore.
func TestGarbageOfManyEntries(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	for _, tt := range []struct{ entries, want int }{{10, 100}, {10_000, 50}} {
		a := &archivetest.Archive{}
		for n := range tt.entries {
			a.Entries = append(a.Entries, archivetest.Entry{Entry: toc.Entry{
				ID: toc.ID(n + 1), Kind: toc.KindTable, Desc: "TABLE", Tag: "t", Definition: "CREATE TABLE t ();\n", Section: toc.SectionPreData,
			}})
		}
		name := filepath.Join(t.TempDir(), "a.dump")
		if err := os.WriteFile(name, a.Custom(), 0o600); err != nil {
			t.Fatal(err)
		}
		var seen gcSeen
		_, err := restore.Run(t.Context(), restore.Config{
			Input: name, ToServer: true, Script: script.Options{Verbose: true},
			Connection: connect.Params{DBName: "x", Host: filepath.Join(t.TempDir(), "nowhere")},
		}, restore.IO{Stdout: &bytes.Buffer{}, Now: time.Now, Zone: time.UTC}, &seen)
		if err == nil {
			t.Error("want an error: there is no server")
		}
		if tt.want != seen.percent {
			t.Errorf("%d entries: want %d %%, got %d", tt.entries, tt.want, seen.percent)
		}
		if after := debug.SetGCPercent(100); after != 100 {
			t.Errorf("%d entries: %d %% are left behind", tt.entries, after)
		}
	}
}
