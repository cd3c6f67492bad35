package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// severalTables has tables of different sizes.
func severalTables(c toc.Compression) *archivetest.Archive {
	a := &archivetest.Archive{Compression: c, BlockSize: 100}
	for i := range 20 {
		a.Entries = append(a.Entries, archivetest.Entry{
			Entry: toc.Entry{ID: toc.ID(i + 1), HasData: true, Kind: toc.KindTableData, Desc: "TABLE DATA", Tag: fmt.Sprint("t", i)},
			Data:  bytes.Repeat(fmt.Appendf(nil, "%d\trow\n", i), i*i*20),
		})
	}
	return a
}

func TestConcurrentReaders(t *testing.T) {
	for _, w := range ways {
		for c := toc.CompressionNone; c <= toc.CompressionZstd; c++ {
			if w.format == toc.FormatTar && c != toc.CompressionNone || strings.HasSuffix(w.name, "stream") {
				continue
			}
			for _, noOffsets := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%s/without offsets %t", w.name, c, noOffsets), func(t *testing.T) {
					a := severalTables(c)
					a.NoOffsets = noOffsets
					got, err := w.open(t, a)
					if err != nil {
						t.Fatal(explain(err))
					}
					defer got.Close()
					if !got.Seekable() {
						t.Error("says that it is not seekable")
					}
					readConcurrently(t, a, got)
				})
			}
		}
	}
}

// readConcurrently reads all data several times over, from the last to the
// first, by several readers, some of which give up early.
func readConcurrently(t *testing.T, a *archivetest.Archive, got *archive.Archive) {
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range a.Entries {
				e := &a.Entries[(len(a.Entries)-i+worker)%len(a.Entries)]
				r, err := got.Data(t.Context(), e.ID)
				if err != nil {
					t.Error(explain(err))
					return
				}
				if (i+worker)%3 == 0 {
					io.CopyN(io.Discard, r, 1000)
					r.Close()
					continue
				}
				data, err := io.ReadAll(r)
				if err != nil || !bytes.Equal(data, e.Data) {
					t.Errorf("entry %d: got %d bytes and %v, want %d", e.ID, len(data), err, len(e.Data))
				}
				r.Close()
			}
		})
	}
	group.Wait()
}

func TestStreamInOrder(t *testing.T) {
	for name, write := range map[string]func(*archivetest.Archive) []byte{
		"custom": (*archivetest.Archive).Custom,
		"tar":    (*archivetest.Archive).Tar,
	} {
		t.Run(name, func(t *testing.T) {
			a := severalTables(toc.CompressionNone)
			got, err := archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(write(a))}, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			if got.Seekable() {
				t.Error("a stream says that it is seekable")
			}
			// Some are passed over, some not read to the end.
			for _, i := range []int{2, 5, 6, 10, 19} {
				e := &a.Entries[i]
				if i%5 != 0 {
					if data := readData(t, got, e.ID); !bytes.Equal(data, e.Data) {
						t.Errorf("entry %d: got %d bytes, want %d", e.ID, len(data), len(e.Data))
					}
					continue
				}
				r, err := got.Data(t.Context(), e.ID)
				if err != nil {
					t.Fatal(explain(err))
				}
				if _, err := got.Data(t.Context(), e.ID+1); err == nil {
					t.Error("a second reader of a stream gives no error")
				}
				io.CopyN(io.Discard, r, 10)
				r.Close()
			}
		})
	}
}

func TestStreamOutOfOrder(t *testing.T) {
	a := severalTables(toc.CompressionNone)
	for _, test := range []struct {
		name   string
		file   []byte
		needed func(toc.ID) bool
		want   string
	}{
		{"custom", a.Custom(), nil, "could not find block ID 3 in archive -- possibly due to out-of-order restore request, " +
			"which cannot be handled due to non-seekable input file"},
		{"tar", a.Tar(), nil, `could not find header for file "3.dat" in tar archive`},
		{"tar that knows what is needed", a.Tar(), func(id toc.ID) bool { return id == 3 },
			"restoring data out of order is not supported in this archive format: " +
				`"3.dat" is required, but comes before "6.dat" in the archive file.`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(test.file)}, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			if test.needed != nil {
				got.Need(test.needed)
			}
			for _, id := range []toc.ID{6, 3} {
				var r io.ReadCloser
				if r, err = got.Data(t.Context(), id); err != nil {
					break
				}
				r.Close()
			}
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("the user had enough")
	cancel(reason)
	a := severalTables(toc.CompressionNone)
	a.NoOffsets = true
	name := tempFile(t, a.Custom())
	if _, err := archive.Open(ctx, name, archive.Options{}); !errors.Is(err, reason) {
		t.Errorf("Open: got %v, want %v", err, reason)
	}
	got, err := archive.Open(t.Context(), name, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if _, err := got.Data(ctx, 5); !errors.Is(err, reason) {
		t.Errorf("Data: got %v, want %v", err, reason)
	}
}
