package archive_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// manyEntries is the table of contents of a database of 50,000 tables with
// nine entries each.
func manyEntries() []byte {
	a := &archivetest.Archive{Database: "many"}
	const tables = 50_000
	kinds := []string{"TABLE", "SEQUENCE", "SEQUENCE OWNED BY", "DEFAULT", "TABLE DATA", "CONSTRAINT", "INDEX", "FK CONSTRAINT", "ACL"}
	columns := strings.Repeat("    some_column character varying(40) NOT NULL,\n", 5)
	for i := range tables * len(kinds) {
		kind := kinds[i%len(kinds)]
		e := toc.Entry{
			ID: toc.ID(i + 1), Section: toc.SectionPreData, Kind: toc.ParseKind(kind), Desc: kind,
			TableOID: 1259, OID: toc.OID(i + 20000), Tag: fmt.Sprintf("table_number_%d", i/len(kinds)),
			Namespace: "public", Owner: "postgres", TableAM: "heap", RelKind: 'r',
			Dependencies: []toc.ID{toc.ID(max(1, i-3)), 1}, HasData: kind == "TABLE DATA",
		}
		e.Definition = fmt.Sprintf("CREATE %s public.%s (\n%s);\n", kind, e.Tag, columns[:len(columns)*(i%3)/2])
		e.Drop = fmt.Sprintf("DROP %s public.%s;\n", kind, e.Tag)
		a.Entries = append(a.Entries, archivetest.Entry{Entry: e, Data: []byte("\\.\n\n\n")})
	}
	return a.Custom()
}

func BenchmarkOpen450kEntries(b *testing.B) {
	name := tempFile(b, manyEntries())
	b.ReportAllocs()
	for b.Loop() {
		a, err := archive.Open(b.Context(), name, archive.Options{})
		if err != nil {
			b.Fatal(err)
		}
		a.Close()
	}
}

// BenchmarkData reads one large table.
func BenchmarkData(b *testing.B) {
	var rows strings.Builder
	for i := range 600_000 {
		fmt.Fprintf(&rows, "%d\tcustomer number %x\t2026-01-%02d 12:00:00\t%d.%02d\n", i, uint32(i)*2654435761, i%28+1, i*7%1000, i%100)
	}
	for c := toc.CompressionNone; c <= toc.CompressionZstd; c++ {
		for _, shape := range []string{"file", "without offsets", "directory"} {
			b.Run(c.String()+"/"+shape, func(b *testing.B) {
				benchmarkData(b, c, shape, rows.String())
			})
		}
	}
}

func benchmarkData(b *testing.B, c toc.Compression, shape, rows string) {
	a := &archivetest.Archive{Compression: c, NoOffsets: shape == "without offsets", Entries: []archivetest.Entry{{
		Entry: toc.Entry{ID: 1, HasData: true, Kind: toc.KindTableData, Desc: "TABLE DATA", Tag: "t", Copy: "COPY t FROM stdin;\n"},
		Data:  []byte(rows),
	}}}
	var name string
	if shape == "directory" {
		name = b.TempDir()
		if err := a.WriteDirectory(name); err != nil {
			b.Fatal(err)
		}
	} else {
		name = tempFile(b, a.Custom())
	}
	opened, err := archive.Open(b.Context(), name, archive.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer opened.Close()
	b.SetBytes(int64(len(rows)))
	b.ReportAllocs()
	buf := make([]byte, 256<<10)
	for b.Loop() {
		r, err := opened.Data(b.Context(), 1)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.CopyBuffer(onlyWriter{}, onlyReader{r}, buf); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}

// onlyWriter hides that io.Discard reads by itself.
type onlyWriter struct{}

func (onlyWriter) Write(p []byte) (int, error) { return len(p), nil }

// BenchmarkManyTables opens the data of many tables of a few bytes each.
func BenchmarkManyTables(b *testing.B) {
	a := &archivetest.Archive{Compression: toc.CompressionGzip}
	for i := range 10_000 {
		a.Entries = append(a.Entries, archivetest.Entry{
			Entry: toc.Entry{ID: toc.ID(i + 1), HasData: true, Kind: toc.KindTableData, Desc: "TABLE DATA", Tag: "t"},
			Data:  []byte("1\tone\n\\.\n\n\n"),
		})
	}
	for _, noOffsets := range []bool{false, true} {
		b.Run(fmt.Sprintf("without offsets %t", noOffsets), func(b *testing.B) {
			a.NoOffsets = noOffsets
			name := tempFile(b, a.Custom())
			b.ReportAllocs()
			for b.Loop() {
				opened, err := archive.Open(b.Context(), name, archive.Options{})
				if err != nil {
					b.Fatal(err)
				}
				for i := range opened.TOC().Entries {
					r, err := opened.Data(b.Context(), opened.TOC().Entries[i].ID)
					if err != nil {
						b.Fatal(err)
					}
					if _, err := io.Copy(io.Discard, r); err != nil {
						b.Fatal(err)
					}
					r.Close()
				}
				opened.Close()
			}
		})
	}
}
