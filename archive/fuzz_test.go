package archive_test

import (
	"bytes"
	"fmt"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// maxFuzzBytes keeps inputs to a size at which trying many is quick.
const maxFuzzBytes = 64 << 10

func FuzzCustom(f *testing.F) {
	for _, a := range hostile() {
		f.Add(a.Custom())
	}
	for minor := range uint8(17) {
		f.Add(tiny(minor, toc.CompressionGzip).Custom())
	}
	fuzzFile(f, toc.FormatCustom)
}

func FuzzTar(f *testing.F) {
	for minor := uint8(2); minor < 17; minor++ {
		f.Add(tiny(minor, toc.CompressionNone).Tar())
	}
	fuzzFile(f, toc.FormatTar)
}

// fuzzFile reads each input as a file and as a stream, which must agree on
// whether it opens.
func fuzzFile(f *testing.F, format toc.Format) {
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > maxFuzzBytes {
			t.Skip("input too long")
		}
		o := archive.Options{Format: format}
		a, fileErr := archive.Open(t.Context(), tempFile(t, b), o)
		readAll(t, a, fileErr)
		a, streamErr := archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(b)}, o)
		readAll(t, a, streamErr)
		if (fileErr == nil) != (streamErr == nil) {
			t.Errorf("file: %v, stream: %v", fileErr, streamErr)
		}
	})
}

// FuzzDirectory reads a directory of a table of contents, a list of large
// objects and one data file, stored under a name and suffix.
func FuzzDirectory(f *testing.F) {
	for _, c := range []toc.Compression{toc.CompressionNone, toc.CompressionGzip, toc.CompressionLZ4, toc.CompressionZstd} {
		a := tiny(16, c)
		files := a.Directory()
		list := []byte("16400 blob_16400.dat\n")
		for i := 1; i < len(files); i++ {
			f.Add(files[0].Content, list, files[i].Content, uint8(c))
		}
	}
	suffixes := []string{"", ".gz", ".lz4", ".zst"}
	f.Fuzz(func(t *testing.T, head, list, data []byte, c uint8) {
		if len(head)+len(list)+len(data) > maxFuzzBytes {
			t.Skip("input too long")
		}
		dir := t.TempDir()
		suffix := suffixes[int(c)%len(suffixes)]
		files := []archivetest.File{{Name: "toc.dat", Content: head}, {Name: "blobs.toc", Content: list}, {Name: "blob_16400.dat" + suffix, Content: data}}
		for id := range 20 {
			files = append(files,
				archivetest.File{Name: fmt.Sprintf("blobs_%d.toc", id), Content: list},
				archivetest.File{Name: fmt.Sprintf("%d.dat%s", id, suffix), Content: data})
		}
		if err := archivetest.WriteFiles(dir, files); err != nil {
			t.Fatal(err)
		}
		a, err := archive.Open(t.Context(), dir, archive.Options{})
		readAll(t, a, err)
	})
}
