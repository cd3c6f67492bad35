package report_test

import (
	"bytes"
	"io"
	"testing"

	"pgrestore/event"
	"pgrestore/internal/report"
	"pgrestore/internal/verdict"
)

// FuzzPage holds that whatever a file of events tells, there is a page and a
// trace of it, and no markup but ours.
func FuzzPage(f *testing.F) {
	for _, s := range []synthetic{{tables: 3, connections: 2, seed: 1, failEvery: 2}, {tables: 2, connections: 1, hostile: hostileName, killedAfter: 0.7}} {
		var file []byte
		for _, r := range s.records() {
			file = append(event.AppendJSON(file, r), '\n')
		}
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		b, v := report.New(), verdict.NewReader(verdict.Options{})
		for in := event.NewDecoder(bytes.NewReader(file)); ; {
			r, err := in.Next()
			if err != nil {
				break
			}
			b.Read(r)
			v.Read(r)
		}
		var page bytes.Buffer
		if err := b.WriteHTML(&page, v.Verdict()); err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(page.Bytes(), []byte("<script")); n != 2 {
			t.Errorf("want 2 scripts, got %d", n)
		}
		if err := b.WriteTrace(io.Discard); err != nil {
			t.Fatal(err)
		}
	})
}
