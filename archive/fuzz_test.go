package archive_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgrestore/archive"
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
		write := func(name string, content []byte) {
			if filepath.Base(name) != name || len(name) > 100 || strings.ContainsRune(name, 0) {
				return
			}
			if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil && name != ".." && name != "." {
				t.Fatal(err)
			}
		}
		write("toc.dat", head)
		write("blobs.toc", list)
		write("blob_16400.dat"+suffix, data)
		if a, err := archive.Open(t.Context(), dir, archive.Options{}); err == nil {
			for _, e := range a.TOC().Entries[:min(len(a.TOC().Entries), 20)] {
				if e.Kind == toc.KindBlobs {
					write(e.FileName, list)
				} else if e.FileName != "" {
					write(e.FileName+suffix, data)
				}
			}
			a.Close()
		}
		a, err := archive.Open(t.Context(), dir, archive.Options{})
		readAll(t, a, err)
	})
}
