package archive_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/source"
	"pgrestore/toc"
)

func TestDataSize(t *testing.T) {
	sample := archivetest.Sample(archivetest.Minor(16))
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			a, err := w.open(t, sample)
			if err != nil {
				t.Fatal(explain(err))
			}
			defer a.Close()
			for i := range sample.Entries {
				e := &sample.Entries[i]
				got := a.DataSize(e.ID)
				switch {
				case !e.HasData, w.name == "tar stream":
					if got != 0 {
						t.Errorf("%v: got %d, want 0", e, got)
					}
				case w.format == toc.FormatCustom:
					// Block header, lengths and, in a file, all else up to the next.
					if got <= int64(len(e.Data)) && (w.name == "custom file" || e.Tag != "4200000000") {
						t.Errorf("%v: got %d, want more than %d", e, got, len(e.Data))
					}
				case e.Kind == toc.KindBlobs && w.format == toc.FormatDirectory:
					if want := int64(listSize(e) * 1024); got != want {
						t.Errorf("%v: got %d, want %d", e, got, want)
					}
				case e.Kind == toc.KindBlobs:
					// A tar has no file of that name.
				case got != int64(len(e.Data)):
					t.Errorf("%v: got %d, want %d", e, got, len(e.Data))
				}
			}
		})
	}
}

func listSize(e *archivetest.Entry) (n int) {
	for _, o := range e.Objects {
		n += 2*len(toText(o.OID)) + len(" blob_.dat\n")
	}
	return n
}

func toText(oid toc.OID) string {
	if oid < 10 {
		return string(rune('0' + oid))
	}
	return toText(oid/10) + string(rune('0'+oid%10))
}

func TestTarMembers(t *testing.T) {
	a, err := archive.Open(t.Context(), tempFile(t, severalTables(toc.CompressionNone).Tar()), archive.Options{})
	if err != nil {
		t.Fatal(explain(err))
	}
	defer a.Close()
	members, err := a.TarMembers(t.Context())
	if err != nil {
		t.Fatal(explain(err))
	}
	var names []string
	for _, m := range members {
		names = append(names, m.Name)
	}
	want := "toc.dat 1.dat 2.dat 3.dat 4.dat 5.dat 6.dat 7.dat 8.dat 9.dat 10.dat 11.dat 12.dat 13.dat 14.dat " +
		"15.dat 16.dat 17.dat 18.dat 19.dat 20.dat restore.sql"
	if diff := cmp.Diff(want, strings.Join(names, " ")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOpenFileOnStandardInput reads an archive that begins in the middle of an open file.
func TestOpenFileOnStandardInput(t *testing.T) {
	a := severalTables(toc.CompressionGzip)
	f, err := os.Open(tempFile(t, append([]byte("before"), a.Custom()...)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Seek(6, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	got, err := archive.OpenStream(t.Context(), f, archive.Options{})
	if err != nil {
		t.Fatal(explain(err))
	}
	defer got.Close()
	if !got.Seekable() {
		t.Error("a regular file is not seekable")
	}
	for _, i := range []int{19, 3, 11} {
		if data := readData(t, got, a.Entries[i].ID); !bytes.Equal(data, a.Entries[i].Data) {
			t.Errorf("entry %d differs", a.Entries[i].ID)
		}
	}
}

func TestFileShrinks(t *testing.T) {
	for name, write := range map[string]func(*archivetest.Archive) []byte{
		"custom": (*archivetest.Archive).Custom,
		"tar":    (*archivetest.Archive).Tar,
	} {
		t.Run(name, func(t *testing.T) {
			a := severalTables(toc.CompressionNone)
			file := write(a)
			path := tempFile(t, file)
			got, err := archive.Open(t.Context(), path, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			if _, err := got.TarMembers(t.Context()); err != nil {
				t.Fatal(explain(err))
			}
			if err := os.Truncate(path, int64(len(file)*99/100)-1024); err != nil {
				t.Fatal(err)
			}
			r, err := got.Data(t.Context(), 20)
			if err != nil {
				t.Fatal(explain(err))
			}
			defer r.Close()
			_, err = io.Copy(io.Discard, r)
			if want := "could not read from input file: end of file"; err == nil || err.Error() != want {
				t.Errorf("got %v, want %q", err, want)
			}
		})
	}
}

// TestLargeObjectsInPart passes over large objects and reads only part of some.
func TestLargeObjectsInPart(t *testing.T) {
	for _, minor := range []uint8{3, 12, 15} {
		for _, w := range ways {
			t.Run(w.name, func(t *testing.T) {
				sample := archivetest.Sample(archivetest.Minor(minor))
				got, err := w.open(t, sample)
				if err != nil {
					t.Fatal(explain(err))
				}
				defer got.Close()
				for i := range sample.Entries {
					e := &sample.Entries[i]
					if e.Kind == toc.KindBlobs {
						readInPart(t, got, e)
					}
					if e.Kind == toc.KindBlobComments {
						if data := readData(t, got, e.ID); !bytes.Equal(data, e.Data) {
							t.Errorf("%v: got %q", e, data)
						}
					}
				}
			})
		}
	}
}

func readInPart(t *testing.T, a *archive.Archive, e *archivetest.Entry) {
	t.Helper()
	objects, err := a.LargeObjects(t.Context(), e.ID)
	if err != nil {
		t.Fatal(explain(err))
	}
	defer objects.Close()
	for i, want := range e.Objects {
		oid, err := objects.Next()
		if err != nil || oid != want.OID {
			t.Fatalf("got %d and %v, want %d", oid, err, want.OID)
		}
		if i == 0 {
			io.CopyN(io.Discard, objects, 2)
		}
	}
	if _, err := objects.Next(); err != io.EOF {
		t.Errorf("after the last: got %v, want io.EOF", err)
	}
	if _, err := objects.Next(); err != io.EOF {
		t.Errorf("after the end: got %v, want io.EOF", err)
	}
}

// TestOutsideTheDirectory has archives whose files are elsewhere.
func TestOutsideTheDirectory(t *testing.T) {
	secret := tempFile(t, []byte("secret\n"))
	for _, test := range []struct {
		name string
		make func(t *testing.T, dir string)
	}{
		{"1.dat/../../x", nil},
		{"../" + filepath.Base(filepath.Dir(secret)) + "/" + filepath.Base(secret), nil},
		{secret, nil},
		{"link", func(t *testing.T, dir string) {
			if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := archivetest.WriteFiles(dir, []archivetest.File{{Name: "toc.dat", Content: nameFile(t, test.name)}}); err != nil {
				t.Fatal(err)
			}
			if test.make != nil {
				test.make(t, dir)
			}
			a, err := archive.Open(t.Context(), dir, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer a.Close()
			r, err := a.Data(t.Context(), 1)
			if err == nil {
				data, _ := io.ReadAll(r)
				t.Fatalf("got %q", data)
			}
			if test.name != "1.dat/../../x" && !errors.Is(err, source.ErrOutside) {
				t.Errorf("got %v, want source.ErrOutside", explain(err))
			}
		})
	}
}

// nameFile is a table of contents whose one entry has its data in the file of
// that name.
func nameFile(t *testing.T, name string) []byte {
	t.Helper()
	a := &archivetest.Archive{Entries: []archivetest.Entry{{Entry: toc.Entry{ID: 1, HasData: true, Desc: "TABLE DATA", Kind: toc.KindTableData}}}}
	b := a.Directory()[0].Content
	own := []byte("\x00\x05\x00\x00\x001.dat")
	if !bytes.HasSuffix(b, own) {
		t.Fatalf("unexpected table of contents %q", b)
	}
	b = b[:len(b)-len(own)]
	return append(append(b, 0, byte(len(name)), 0, 0, 0), name...)
}

// TestCompressedFiles changes how the files of a directory are stored.
func TestCompressedFiles(t *testing.T) {
	a := archivetest.Sample(archivetest.Minor(16))
	plain := a.Directory()
	for c := toc.CompressionGzip; c <= toc.CompressionZstd; c++ {
		t.Run("all "+c.String(), func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range plain {
				name, content := archivetest.Compress(c, f)
				if err := archivetest.WriteFiles(dir, []archivetest.File{{Name: name, Content: content}}); err != nil {
					t.Fatal(err)
				}
			}
			got, err := archive.Open(t.Context(), dir, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			compareData(t, a, got)
		})
	}
}

// TestGzipFiles has files as zlib's gzread takes them.
func TestGzipFiles(t *testing.T) {
	member := func(s string) string {
		_, content := archivetest.Compress(toc.CompressionGzip, archivetest.File{Content: []byte(s)})
		return string(content)
	}
	cut := member(strings.Repeat("some text ", 100))
	for _, test := range []struct{ name, file, want, wantErr string }{
		{"one member", member("abc"), "abc", ""},
		{"two members", member("abc") + member("def"), "abcdef", ""},
		{"empty members", member("") + member("x") + member(""), "x", ""},
		{"garbage behind", member("abc") + "garbage", "abc", ""},
		{"one byte behind", member("abc") + "\x1f", "abc", ""},
		{"no gzip", "plain text", "plain text", ""},
		{"empty file", "", "", ""},
		{"one byte", "\x1f", "\x1f", ""},
		{"cut off", cut[:len(cut)-4], strings.Repeat("some text ", 100), ": unexpected end of file"},
		{"bad checksum", cut[:len(cut)-8] + "01234567", strings.Repeat("some text ", 100), ": incorrect data check"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := archivetest.WriteFiles(dir, []archivetest.File{
				{Name: "toc.dat", Content: nameFile(t, "x")}, {Name: "x.gz", Content: []byte(test.file)}}); err != nil {
				t.Fatal(err)
			}
			a, err := archive.Open(t.Context(), dir, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer a.Close()
			r, err := a.Data(t.Context(), 1)
			if err != nil {
				t.Fatal(explain(err))
			}
			defer r.Close()
			got, err := io.ReadAll(r)
			if string(got) != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			wantErr := test.wantErr
			if wantErr != "" {
				wantErr = "could not read from input file: " + dir + "/x.gz" + wantErr
			}
			if err == nil && wantErr != "" || err != nil && err.Error() != wantErr {
				t.Errorf("got error %v, want %q", err, wantErr)
			}
		})
	}
}
