package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// A way is how the tests come to an archive.
type way struct {
	name string
	open func(t *testing.T, a *archivetest.Archive) (*archive.Archive, error)
	// stored is the archive's format there.
	format toc.Format
}

var ways = []way{
	{"custom file", openBytes((*archivetest.Archive).Custom), toc.FormatCustom},
	{"custom file ahead", openAhead, toc.FormatCustom},
	{"custom stream", openStream((*archivetest.Archive).Custom), toc.FormatCustom},
	{"custom ahead stream", openStreamAhead, toc.FormatCustom},
	{"tar file", openBytes((*archivetest.Archive).Tar), toc.FormatTar},
	{"tar stream", openStream((*archivetest.Archive).Tar), toc.FormatTar},
	{"directory", openDirectory, toc.FormatDirectory},
	{"directory ahead", openDirectoryAhead, toc.FormatDirectory},
}

func openBytes(write func(*archivetest.Archive) []byte) func(*testing.T, *archivetest.Archive) (*archive.Archive, error) {
	return func(t *testing.T, a *archivetest.Archive) (*archive.Archive, error) {
		return archive.Open(t.Context(), tempFile(t, write(a)), archive.Options{})
	}
}

func openStream(write func(*archivetest.Archive) []byte) func(*testing.T, *archivetest.Archive) (*archive.Archive, error) {
	return func(t *testing.T, a *archivetest.Archive) (*archive.Archive, error) {
		return archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(write(a))}, archive.Options{})
	}
}

func openDirectory(t *testing.T, a *archivetest.Archive) (*archive.Archive, error) {
	return openDirectoryWith(t, a, archive.Options{})
}

func openDirectoryWith(t *testing.T, a *archivetest.Archive, o archive.Options) (*archive.Archive, error) {
	dir := t.TempDir()
	if err := a.WriteDirectory(dir); err != nil {
		t.Fatal(err)
	}
	return archive.Open(t.Context(), dir, o)
}

func openAhead(t *testing.T, a *archivetest.Archive) (*archive.Archive, error) {
	return archive.Open(t.Context(), tempFile(t, a.Custom()), archive.Options{Ahead: true})
}

func openStreamAhead(t *testing.T, a *archivetest.Archive) (*archive.Archive, error) {
	return archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(a.Custom())}, archive.Options{Ahead: true})
}

func openDirectoryAhead(t *testing.T, a *archivetest.Archive) (*archive.Archive, error) {
	return openDirectoryWith(t, a, archive.Options{Ahead: true})
}

// onlyReader hides that a reader can do more than read.
type onlyReader struct{ io.Reader }

func tempFile(t testing.TB, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "test.dump")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestEveryVersion(t *testing.T) {
	for minor := range uint8(17) {
		for c := toc.CompressionNone; c <= toc.CompressionZstd; c++ {
			if c > toc.CompressionGzip && minor < 15 || c == toc.CompressionNone && minor < 2 {
				continue // could not be told
			}
			for _, w := range ways {
				if w.format == toc.FormatTar && (c != toc.CompressionNone || minor < 2) {
					continue // tar archives are not compressed
				}
				t.Run(fmt.Sprintf("1.%d/%s/%s", minor, c, w.name), func(t *testing.T) {
					a := archivetest.Sample(archivetest.Minor(minor))
					a.Compression = c
					testReadBack(t, a, w)
				})
			}
		}
	}
}

func TestVariants(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*archivetest.Archive)
		only   toc.Format
	}{
		{"without offsets", func(a *archivetest.Archive) { a.NoOffsets = true }, toc.FormatCustom},
		{"tiny blocks", func(a *archivetest.Archive) { a.BlockSize = 1 }, toc.FormatCustom},
		{"tiny blocks without offsets", func(a *archivetest.Archive) { a.BlockSize, a.NoOffsets = 3, true }, toc.FormatCustom},
		{"large blocks", func(a *archivetest.Archive) { a.BlockSize = 1 << 20 }, toc.FormatCustom},
		{"gzip in tiny blocks", func(a *archivetest.Archive) { a.BlockSize, a.Compression = 1, toc.CompressionGzip }, toc.FormatCustom},
		{"lz4 in tiny blocks", func(a *archivetest.Archive) { a.BlockSize, a.Compression = 1, toc.CompressionLZ4 }, toc.FormatCustom},
		{"zstd in tiny blocks", func(a *archivetest.Archive) { a.BlockSize, a.Compression = 1, toc.CompressionZstd }, toc.FormatCustom},
		{"large integers", func(a *archivetest.Archive) { a.IntSize = 8 }, 0},
		{"largest integers", func(a *archivetest.Archive) { a.IntSize = 32 }, 0},
		{"small integers", func(a *archivetest.Archive) { a.IntSize = 3 }, toc.FormatTar},
		{"small offsets", func(a *archivetest.Archive) { a.OffsetSize = 4 }, 0},
		{"large offsets", func(a *archivetest.Archive) { a.OffsetSize = 12 }, 0},
		{"old tar", func(a *archivetest.Archive) { a.TarMagic = "ustar00\x00" }, toc.FormatTar},
		{"GNU tar", func(a *archivetest.Archive) { a.TarMagic = "ustar  \x00" }, toc.FormatTar},
		{"no entries", func(a *archivetest.Archive) { a.Entries = nil }, 0},
		{"nothing", func(a *archivetest.Archive) { *a = archivetest.Archive{} }, 0},
	} {
		for _, w := range ways {
			if test.only != 0 && test.only != w.format {
				continue
			}
			t.Run(test.name+"/"+w.name, func(t *testing.T) {
				a := archivetest.Sample(archivetest.Minor(16))
				test.change(a)
				testReadBack(t, a, w)
			})
		}
	}
}

// testReadBack opens the archive and compares all there is with its description.
func testReadBack(t *testing.T, a *archivetest.Archive, w way) {
	t.Helper()
	got, err := w.open(t, a)
	if err != nil {
		t.Fatalf("open: %v", explain(err))
	}
	defer got.Close()
	if diff := cmp.Diff(wantHeader(a, w.format), got.TOC().Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	var entries []toc.Entry
	for _, e := range got.TOC().Entries {
		e.DataState, e.Offset, e.FileName = 0, 0, ""
		e.Null &^= toc.FieldFileName
		entries = append(entries, e)
	}
	if diff := cmp.Diff(wantEntries(a), entries); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	compareData(t, a, got)
}

func compareData(t *testing.T, a *archivetest.Archive, got *archive.Archive) {
	t.Helper()
	for i := range a.Entries {
		e := &a.Entries[i]
		if e.Kind == toc.KindBlobs {
			if diff := cmp.Diff(e.Objects, readObjects(t, got, e.ID), cmp.Comparer(bytes.Equal)); diff != "" {
				t.Errorf("large objects of %v (-want +got):\n%s", e, diff)
			}
			continue
		}
		if data := readData(t, got, e.ID); !bytes.Equal(data, e.Data) {
			t.Errorf("data of %v: got %d bytes %.40q, want %d bytes %.40q", e, len(data), data, len(e.Data), e.Data)
		}
	}
}

func readData(t *testing.T, a *archive.Archive, id toc.ID) []byte {
	t.Helper()
	r, err := a.Data(t.Context(), id)
	if err != nil {
		t.Fatalf("data of entry %d: %v", id, explain(err))
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("data of entry %d: %v", id, explain(err))
	}
	return data
}

func readObjects(t *testing.T, a *archive.Archive, id toc.ID) (list []archivetest.Object) {
	t.Helper()
	objects, err := a.LargeObjects(t.Context(), id)
	if err != nil {
		t.Fatalf("large objects of entry %d: %v", id, explain(err))
	}
	defer objects.Close()
	for {
		oid, err := objects.Next()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatalf("large objects of entry %d: %v", id, explain(err))
		}
		data, err := io.ReadAll(objects)
		if err != nil {
			t.Fatalf("large object %d: %v", oid, explain(err))
		}
		list = append(list, archivetest.Object{OID: oid, Data: data})
	}
}

// wantHeader is what of the description an archive of its version can hold.
func wantHeader(a *archivetest.Archive, f toc.Format) toc.Header {
	h := toc.Header{Version: a.Version, IntSize: 4, OffsetSize: 8, Format: f, Compression: a.Compression}
	if a.Version == (toc.Version{}) {
		h.Version = archivetest.Minor(16)
	}
	if a.IntSize != 0 {
		h.IntSize = uint8(a.IntSize)
	}
	if a.OffsetSize != 0 {
		h.OffsetSize = uint8(a.OffsetSize)
	}
	if !h.Version.AtLeast(7) {
		h.OffsetSize = h.IntSize
	}
	if h.Version.AtLeast(4) {
		h.Created, h.HasCreated, h.Database = a.Created, true, a.Database
	}
	if h.Version.AtLeast(10) {
		h.ServerVersion, h.HasServerVersion = a.ServerVersion, true
		h.DumpVersion, h.HasDumpVersion = a.DumpVersion, true
	}
	return h
}

// wantEntries is what of the description an archive of its version can hold,
// without where the data is.
func wantEntries(a *archivetest.Archive) (list []toc.Entry) {
	v := wantHeader(a, 0).Version
	for _, described := range a.Entries {
		e := described.Entry
		if !v.AtLeast(8) {
			e.TableOID = 0
		}
		for _, field := range []struct {
			since uint8
			text  *string
			bit   toc.Fields
		}{
			{0, &e.Tag, toc.FieldTag},
			{0, &e.Definition, toc.FieldDefinition},
			{0, &e.Drop, toc.FieldDrop},
			{3, &e.Copy, toc.FieldCopy},
			{6, &e.Namespace, toc.FieldNamespace},
			{10, &e.Tablespace, toc.FieldTablespace},
			{14, &e.TableAM, toc.FieldTableAM},
			{0, &e.Owner, toc.FieldOwner},
		} {
			if !v.AtLeast(field.since) {
				e.Null |= field.bit
			}
			if e.IsNull(field.bit) {
				*field.text = ""
			}
		}
		if !v.AtLeast(16) {
			e.RelKind = 0
		}
		if !v.AtLeast(11) {
			e.Section = toc.SectionBefore111(e.Kind)
		}
		if !v.AtLeast(9) {
			e.WithOIDs = false
		}
		if !v.AtLeast(5) {
			e.Dependencies = nil
		}
		list = append(list, e)
	}
	return list
}

// explain shows the place of an error, too.
func explain(err error) string {
	var e *archive.Error
	if errors.As(err, &e) {
		return e.Text + " [" + e.Detail + "]"
	}
	return fmt.Sprintf("%T: %v", err, err)
}

func TestNoSuchEntry(t *testing.T) {
	a, err := ways[0].open(t, archivetest.Sample(archivetest.Minor(16)))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Data(context.Background(), 12345); err == nil {
		t.Error("Data of an entry that does not exist gives no error")
	}
	if _, err := a.LargeObjects(context.Background(), 12345); err == nil {
		t.Error("LargeObjects of an entry that does not exist gives no error")
	}
	if got := a.DataSize(12345); got != 0 {
		t.Errorf("DataSize of an entry that does not exist: got %d, want 0", got)
	}
}
