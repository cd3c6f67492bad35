package restore

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// A sample tells how many rows a table has, and how long they are.
func TestSample(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	tables := []struct {
		name string
		row  func(n int) string
		rows int
	}{
		{"numbers", func(n int) string { return fmt.Sprintf("%d\t%d\n", 1_000_000+n, rng.IntN(1<<30)) }, 600_000},
		{"random text", func(n int) string { return fmt.Sprintf("%d\t%016x%016x\n", n, rng.Uint64(), rng.Uint64()) }, 150_000},
		{"long rows", func(n int) string { return fmt.Sprintf("%d\t%0200000d\n", n, rng.Uint64()) }, 60},
	}
	custom := func(a *archivetest.Archive, path string) error { return os.WriteFile(path, a.Custom(), 0o600) }
	for _, c := range []struct {
		name        string
		compression toc.Compression
		write       func(a *archivetest.Archive, path string) error
	}{
		{"custom", toc.CompressionGzip, custom},
		{"custom, plain", toc.CompressionNone, custom},
		{"custom, zstd", toc.CompressionZstd, custom},
		{"custom, lz4", toc.CompressionLZ4, custom},
		{"directory", toc.CompressionGzip, (*archivetest.Archive).WriteDirectory},
		{"tar", toc.CompressionNone, func(a *archivetest.Archive, path string) error { return os.WriteFile(path, a.Tar(), 0o600) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &archivetest.Archive{Compression: c.compression, BlockSize: 128 << 10}
			text := make([]int, len(tables))
			for n, table := range tables {
				var data bytes.Buffer
				for row := range table.rows {
					data.WriteString(table.row(row))
				}
				text[n] = data.Len()
				data.WriteString("\\.\n\n\n")
				a.Entries = append(a.Entries, archivetest.Entry{
					Entry: toc.Entry{ID: toc.ID(n + 1), Kind: toc.KindTableData, Desc: "TABLE DATA", Tag: table.name, Namespace: "s", HasData: true,
						Copy: "COPY s.t FROM stdin;\n", Section: toc.SectionData},
					Data: data.Bytes(),
				})
			}
			path := t.TempDir()
			if c.name != "directory" {
				path = filepath.Join(path, "a")
			}
			if err := c.write(a, path); err != nil {
				t.Fatal(err)
			}
			opened, err := archive.Open(context.Background(), path, archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer opened.Close()
			sample := (&run{archive: opened}).sampler(context.Background())
			for n, table := range tables {
				s := sample(toc.ID(n + 1))
				if s == (plan.Sample{}) {
					t.Errorf("%s: want a sample", table.name)
					continue
				}
				all := float64(opened.DataSize(toc.ID(n+1))) / float64(s.Stored)
				check := func(what string, want, got float64) {
					t.Helper()
					if opened.DataSize(toc.ID(n+1)) >= 2<<20 && math.Abs(got-want) > 0.25*want {
						t.Errorf("%s: want %s %.0f, got %.0f", table.name, what, want, got)
					}
				}
				check("rows", float64(table.rows), all*float64(s.Rows))
				check("bytes of text", float64(text[n]), all*float64(s.Text))
			}
			if s := sample(99); s != (plan.Sample{}) {
				t.Errorf("want nothing of what is not there, got %+v", s)
			}
		})
	}
}

// What cannot be read in any order is not looked into.
func TestNoSample(t *testing.T) {
	a := &archivetest.Archive{}
	opened, err := archive.OpenStream(context.Background(), bytes.NewReader(a.Custom()), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if (&run{archive: opened}).sampler(context.Background()) != nil {
		t.Error("want nothing that reads a stream")
	}
}
