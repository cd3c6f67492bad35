package archive_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// TestOpenErrors holds texts of pg_restore 18.
func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	custom := archivetest.Sample(archivetest.Minor(16)).Custom()
	tarred := archivetest.Sample(archivetest.Minor(16)).Tar()
	damaged := func(whole []byte, at int, b ...byte) []byte {
		whole = bytes.Clone(whole)
		copy(whole[at:], b)
		return whole
	}
	write("empty", nil)
	write("short", []byte("abc"))
	write("magic", []byte("PGDMP"))
	write("noise", []byte(strings.Repeat("noise", 20)))
	write("long noise", []byte(strings.Repeat("noise", 200)))
	write("dump.sql", []byte("--\n-- PostgreSQL database dump\n--\n\n"+strings.Repeat("-", 20)))
	write("all.sql", []byte("--\n-- PostgreSQL database cluster dump\n--\n\n"))
	write("folder/x", nil)
	write("custom", custom)
	write("tar", tarred)
	write("future", damaged(custom, 6, 17))
	write("past", damaged(custom, 5, 0, 9))
	write("negative", damaged(custom, 5, 0xff))
	write("wide", damaged(custom, 8, 33))
	write("null", damaged(custom, 10, 4))
	write("offset flag", offsetFlag(t, 9))
	write("torn tar", tarred[:700])
	write("torn tar header", append(archivetest.TarHeader("ustar\x0000", "x", 0), "abc"...))
	write("one byte", append(archivetest.TarHeader("ustar\x0000", "x", 0), 'a'))
	write("bad tar", damaged(tarred, 0, 'X'))
	write("no toc", archivetest.TarFile("", []archivetest.File{{Name: "x", Content: []byte("y")}}))
	write("entry 0", damaged(tinyTOC, len(tinyTOC)-5, 0, 0, 0, 0, 0))
	compressed := archivetest.Sample(archivetest.Minor(16)).Tar()
	compressed[512+11] = 1
	write("compressed tar", compressed)

	for _, test := range []struct {
		name   string
		format toc.Format
		want   string
	}{
		{"missing", 0, `could not open input file "missing": No such file or directory`},
		{"missing", toc.FormatCustom, `could not open input file "missing": No such file or directory`},
		{"missing", toc.FormatTar, `could not open TOC file "missing" for input: No such file or directory`},
		{"missing", toc.FormatDirectory, `could not open input file "missing/toc.dat": No such file or directory`},
		{"empty", 0, "input file is too short (read 0, expected 5)"},
		{"empty", toc.FormatCustom, "could not read from input file: end of file"},
		{"empty", toc.FormatTar, `could not find header for file "toc.dat" in tar archive`},
		{"empty", toc.FormatDirectory, `could not open input file "empty/toc.dat": Not a directory`},
		{"short", 0, "input file is too short (read 3, expected 5)"},
		{"short", toc.FormatTar, "incomplete tar header found (3 bytes)"},
		{"magic", 0, "could not read from input file: end of file"},
		{"noise", 0, "input file does not appear to be a valid archive (too short?)"},
		{"noise", toc.FormatCustom, "did not find magic string in file header"},
		{"long noise", 0, "input file does not appear to be a valid tar archive"},
		{"dump.sql", 0, "input file appears to be a text format dump. Please use psql."},
		{"all.sql", 0, "input file appears to be a text format dump. Please use psql."},
		{"folder", 0, `directory "folder" does not appear to be a valid archive ("toc.dat" does not exist)`},
		{"folder", toc.FormatCustom, "could not read from input file: Is a directory"},
		{"folder", toc.FormatTar, "could not read from input file: Is a directory"},
		{"folder", toc.FormatDirectory, `could not open input file "folder/toc.dat": No such file or directory`},
		{"custom", toc.FormatTar, corruptHeader(custom, "PGDMP\x01\x10")},
		{"tar", toc.FormatCustom, "did not find magic string in file header"},
		{"future", 0, "unsupported version (1.17) in file header"},
		{"past", 0, "unsupported version (0.9) in file header"},
		{"negative", 0, "unsupported version (-1.16) in file header"},
		{"wide", 0, "sanity check on integer size (33) failed"},
		{"null", 0, "expected format (1) differs from format found in file (4)"},
		{"offset flag", 0, "unexpected data offset flag 9"},
		{"entry 0", 0, "entry ID 0 out of range -- perhaps a corrupt TOC"},
		{"torn tar", 0, "could not read from input file: end of file"},
		{"torn tar header", 0, "incomplete tar header found (3 bytes)"},
		{"one byte", toc.FormatTar, "incomplete tar header found (1 byte)"},
		{"bad tar", 0, "input file does not appear to be a valid tar archive"},
		{"bad tar", toc.FormatTar, corruptHeader(damaged(tarred, 0, 'X'), "Xoc.dat")},
		{"no toc", 0, `could not find header for file "toc.dat" in tar archive`},
		{"compressed tar", 0, "compression is not supported by tar archive format"},
	} {
		t.Run(test.name+" as "+test.format.String(), func(t *testing.T) {
			t.Chdir(dir)
			a, err := archive.Open(t.Context(), test.name, archive.Options{Format: test.format})
			if err == nil {
				a.Close()
				t.Fatalf("got no error, want %q", test.want)
			}
			if err.Error() != test.want {
				t.Errorf("got %q, want %q", err, test.want)
			}
			checkError(t, err)
		})
	}
}

// tinyTOC is a header and the beginning of one entry, up to its ID.
var tinyTOC = func() []byte {
	a := archivetest.Archive{}
	b := a.Custom()
	b = b[:len(b)-5]
	return append(b, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0)
}()

// offsetFlag is an archive whose first entry has a flag of its data's offset.
func offsetFlag(t *testing.T, flag byte) []byte {
	t.Helper()
	one := &archivetest.Archive{Entries: archivetest.Sample(archivetest.Minor(16)).Entries[:1]}
	b := one.Custom()
	b[len(b)-9] = flag
	return b
}

// corruptHeader is what pg_restore says of a file's first tar header.
func corruptHeader(file []byte, name string) string {
	sum := 8 * int(' ')
	for i, b := range file[:512] {
		if i < 148 || i >= 156 {
			sum += int(b)
		}
	}
	stated := 0
	for _, b := range file[148:156] {
		if b < '0' || b > '7' {
			break
		}
		stated = stated*8 + int(b-'0')
	}
	return fmt.Sprintf("corrupt tar header found in %s (expected %d, computed %d) file position 512", name, stated, sum)
}

func TestWarnings(t *testing.T) {
	const oids = "restoring tables WITH OIDS is not supported anymore"
	plain := archivetest.Sample(archivetest.Minor(16))
	plain.Entries = nil
	unknown := plain.Custom()
	unknown[11] = 7
	odd := archivetest.Sample(archivetest.Minor(16))
	odd.Entries = nil
	odd.IntSize = 8
	// The one instant that C's mktime can not tell from its error.
	before := time.Unix(-1, 0)
	date := archivetest.Sample(archivetest.Minor(16))
	date.Entries = nil
	date.Created = toc.CalendarTime{Second: before.Second(), Minute: before.Minute(), Hour: before.Hour(),
		Day: before.Day(), Month: int(before.Month()) - 1, Year: before.Year() - 1900}
	for _, test := range []struct {
		name string
		file []byte
		want []string
	}{
		{"none", plain.Custom(), nil},
		{"one table with OIDs", archivetest.Sample(archivetest.Minor(16)).Custom(), []string{oids}},
		{"before 1.9", archivetest.Sample(archivetest.Minor(8)).Custom(), slices.Repeat([]string{oids},
			len(archivetest.Sample(archivetest.Minor(8)).Entries))},
		{"large integers", odd.Custom(), []string{"archive was made on a machine with larger integers, some operations might fail"}},
		{"creation date", date.Custom(), []string{"invalid creation date in header"}},
		{"unknown compression", unknown, []string{"archive is compressed, but this installation does not support compression " +
			"(this build does not support compression with ???) -- no data will be available"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, err := archive.Open(t.Context(), tempFile(t, test.file), archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer a.Close()
			if got := a.Warnings(); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestWarningsOfFailure has warnings before the error.
func TestWarningsOfFailure(t *testing.T) {
	file := archivetest.Sample(archivetest.Minor(8)).Custom()
	_, err := archive.Open(t.Context(), tempFile(t, file[:400]), archive.Options{})
	var e *archive.Error
	if !errors.As(err, &e) || len(e.Warnings) == 0 {
		t.Errorf("got %+v, want warnings", e)
	}
}

// TestDataErrors damages archives that open well.
func TestDataErrors(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(a *archivetest.Archive)
		damage func(file []byte, e *toc.Entry) []byte
		want   string
		detail string
		is     error
	}{
		{
			name:   "offset beyond the end",
			damage: func(file []byte, e *toc.Entry) []byte { return file[:e.Offset] },
			want:   "could not find block ID 6 in archive -- possibly corrupt archive",
			detail: "in the data of entry 6 TABLE DATA public.orders",
		},
		{
			name:   "not found by search",
			change: func(a *archivetest.Archive) { a.NoOffsets = true },
			damage: func(file []byte, e *toc.Entry) []byte { return file[:e.Offset] },
			want:   "could not find block ID 6 in archive -- possibly corrupt archive",
		},
		{
			name:   "another ID",
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset+2]++; return file },
			want:   "found unexpected block ID (7) when reading data -- expected 6",
		},
		{
			name:   "unknown block type",
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset] = 9; return file },
			want:   "unrecognized data block type 9 while restoring archive",
		},
		{
			name:   "unknown block type in a search",
			change: func(a *archivetest.Archive) { a.NoOffsets = true },
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset] = 9; file[e.Offset+2] = 1; return file },
			want:   "unrecognized data block type (9) while searching archive",
		},
		{
			name:   "cut off",
			damage: func(file []byte, e *toc.Entry) []byte { return file[:e.Offset+100] },
			want:   "could not read from input file: end of file",
		},
		{
			name:   "negative length",
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset+6] = 1; return file },
			want:   "invalid data block length -4096 -- perhaps a corrupt archive",
		},
		{
			name:   "checksum",
			change: func(a *archivetest.Archive) { a.Compression, a.BlockSize = toc.CompressionGzip, 1<<20 },
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset+11+int64(length(file, e))-1]++; return file },
			want:   "could not uncompress data: incorrect data check",
		},
		{
			name:   "no zlib stream",
			change: func(a *archivetest.Archive) { a.Compression = toc.CompressionGzip },
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset+11] = 0; return file },
			want:   "could not uncompress data: incorrect header check",
		},
		{
			name:   "zlib stream ends early",
			change: func(a *archivetest.Archive) { a.Compression, a.BlockSize = toc.CompressionGzip, 1000 },
			damage: func(file []byte, e *toc.Entry) []byte {
				copy(file[e.Offset+11+1000:], "\x00\x00\x00\x00\x00")
				return file
			},
			want: "could not uncompress data: (null)",
			is:   archive.ErrTruncated,
		},
		{
			name:   "no lz4 frame",
			change: func(a *archivetest.Archive) { a.Compression = toc.CompressionLZ4 },
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset+11] = 0; return file },
			want:   "could not decompress: ERROR_frameType_unknown",
		},
		{
			name:   "no zstd frame",
			change: func(a *archivetest.Archive) { a.Compression = toc.CompressionZstd },
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset+11] = 0; return file },
			want:   "could not decompress data: Unknown frame descriptor",
		},
		{
			name:   "zstd data ends early",
			change: func(a *archivetest.Archive) { a.Compression, a.BlockSize = toc.CompressionZstd, 100 },
			damage: func(file []byte, e *toc.Entry) []byte {
				copy(file[e.Offset+11+100:], "\x00\x00\x00\x00\x00")
				return file
			},
			want: "could not decompress data: compressed data ends early",
			is:   archive.ErrTruncated,
		},
		{
			name:   "lz4 data ends early",
			change: func(a *archivetest.Archive) { a.Compression, a.BlockSize = toc.CompressionLZ4, 100 },
			damage: func(file []byte, e *toc.Entry) []byte {
				copy(file[e.Offset+11+100:], "\x00\x00\x00\x00\x00")
				return file
			},
			want: "could not decompress: compressed data ends early",
			is:   archive.ErrTruncated,
		},
		{
			name:   "zstd window",
			change: func(a *archivetest.Archive) { a.Compression = toc.CompressionZstd },
			damage: func(file []byte, e *toc.Entry) []byte { copy(file[e.Offset+11+4:], "\x00\xf8"); return file },
			want:   "could not decompress data: Frame requires too much memory for decoding",
		},
		{
			name: "zstd checksum",
			change: func(a *archivetest.Archive) {
				a.Compression, a.BlockSize, a.Checksum = toc.CompressionZstd, 1<<20, true
			},
			damage: func(file []byte, e *toc.Entry) []byte { file[e.Offset+11+int64(length(file, e))-1]++; return file },
			want:   "could not decompress data: Restored data doesn't match checksum",
		},
		{
			name:   "distance too far back",
			change: func(a *archivetest.Archive) { a.Compression = toc.CompressionGzip },
			damage: func(file []byte, e *toc.Entry) []byte { copy(file[e.Offset+11+2:], "\x03\x02\x00"); return file },
			want:   "could not uncompress data: invalid distance too far back",
		},
		{
			name:   "zlib dictionary",
			change: func(a *archivetest.Archive) { a.Compression = toc.CompressionGzip },
			damage: func(file []byte, e *toc.Entry) []byte { copy(file[e.Offset+11:], "\x78\xbb"); return file },
			want:   "could not uncompress data: (null)",
		},
		{
			name:   "data behind the zlib stream",
			change: func(a *archivetest.Archive) { a.Compression = toc.CompressionGzip },
			damage: func(file []byte, e *toc.Entry) []byte {
				copy(file[e.Offset+11+2:], "\x03\x00\x00\x00\x00\x01") // an empty stream
				return file
			},
			want: "could not uncompress data: data after the end of the compressed stream",
		},
		{
			name:   "unknown compression",
			damage: func(file []byte, e *toc.Entry) []byte { file[11] = 7; return file },
			want:   "cannot restore from compressed archive (this build does not support compression with ???)",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := archivetest.Sample(archivetest.Minor(16))
			e := orders(t, a, test.change)
			name := tempFile(t, test.damage(a.Custom(), e))
			got, err := archive.Open(t.Context(), name, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			r, err := got.Data(t.Context(), e.ID)
			if err == nil {
				_, err = io.Copy(io.Discard, r)
				r.Close()
			}
			if err == nil || err.Error() != test.want {
				t.Fatalf("got %v, want %q", err, test.want)
			}
			var place *archive.Error
			if !errors.As(err, &place) || place.ID != e.ID || !strings.Contains(place.Detail, test.detail) {
				t.Errorf("got %+v, want entry %d and %q", place, e.ID, test.detail)
			}
			if test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("%v is not %v", err, test.is)
			}
		})
	}
}

// orders changes the archive and gives its first TABLE DATA entry as it is
// found in the file, with its offset even where that is not recorded.
func orders(t *testing.T, a *archivetest.Archive, change func(*archivetest.Archive)) *toc.Entry {
	t.Helper()
	if change != nil {
		change(a)
	}
	known := *a
	known.NoOffsets = false
	opened, err := archive.Open(t.Context(), tempFile(t, known.Custom()), archive.Options{})
	if err != nil {
		t.Fatal(explain(err))
	}
	defer opened.Close()
	for i := range opened.TOC().Entries {
		if e := &opened.TOC().Entries[i]; e.Kind == toc.KindTableData {
			return e
		}
	}
	t.Fatal("no TABLE DATA entry")
	return nil
}

// length is that of the first block of an entry's data.
func length(file []byte, e *toc.Entry) int {
	b := file[e.Offset+7:]
	return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 | int(b[3])<<24
}
