package archive_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// readAll reads all there is in an archive. Errors are welcome as long as they
// are ours.
func readAll(t testing.TB, a *archive.Archive, err error) {
	t.Helper()
	if err != nil {
		checkError(t, err)
		return
	}
	defer a.Close()
	ctx := context.Background()
	for i := range a.TOC().Entries {
		e := &a.TOC().Entries[i]
		if a.DataSize(e.ID) < 0 {
			t.Errorf("negative size of %v", e)
		}
		if e.Kind == toc.KindBlobs {
			objects, err := a.LargeObjects(ctx, e.ID)
			if err != nil {
				checkError(t, err)
				continue
			}
			for err == nil {
				if _, err = objects.Next(); err == nil {
					_, err = io.Copy(io.Discard, objects)
				}
			}
			if err != io.EOF {
				checkError(t, err)
			}
			objects.Close()
			continue
		}
		r, err := a.Data(ctx, e.ID)
		if err != nil {
			checkError(t, err)
			continue
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			checkError(t, err)
		}
		r.Close()
	}
	if _, err := a.TarMembers(ctx); err != nil {
		checkError(t, err)
	}
}

func checkError(t testing.TB, err error) {
	t.Helper()
	var e *archive.Error
	if !errors.As(err, &e) || e.Text == "" {
		t.Errorf("error is a %T, want *archive.Error: %v", err, err)
	}
}

// tiny is a sample of a few kilobytes.
func tiny(minor uint8, c toc.Compression) *archivetest.Archive {
	a := archivetest.Sample(archivetest.Minor(minor))
	a.Compression = c
	a.BlockSize = 64
	for i := range a.Entries {
		e := &a.Entries[i]
		e.Data = e.Data[max(0, len(e.Data)-200):]
		for k := range e.Objects {
			e.Objects[k].Data = e.Objects[k].Data[:min(len(e.Objects[k].Data), 100)]
		}
	}
	return a
}

// hostile are archives to damage, under names for subtests.
func hostile() map[string]*archivetest.Archive {
	withoutOffsets := tiny(16, toc.CompressionNone)
	withoutOffsets.NoOffsets = true
	return map[string]*archivetest.Archive{
		"1.16":                 tiny(16, toc.CompressionNone),
		"1.16 gzip":            tiny(16, toc.CompressionGzip),
		"1.16 lz4":             tiny(16, toc.CompressionLZ4),
		"1.16 zstd":            tiny(16, toc.CompressionZstd),
		"1.16 without offsets": withoutOffsets,
		"1.3":                  tiny(3, toc.CompressionNone),
		"1.0":                  tiny(0, toc.CompressionGzip),
	}
}

func TestEveryPrefix(t *testing.T) {
	damage(t, func(whole []byte, try func([]byte)) {
		for n := range spread(len(whole)) {
			try(whole[:n])
		}
	})
}

func TestEveryByteFlipped(t *testing.T) {
	damage(t, func(whole []byte, try func([]byte)) {
		changed := bytes.Clone(whole)
		for i := range spread(len(whole)) {
			b := whole[i]
			for _, other := range []byte{0, 1, 0x7f, 0xff, b ^ 1, b ^ 0x80} {
				changed[i] = other
				try(changed)
			}
			changed[i] = b
		}
	})
}

// spread gives the numbers below n in an order that gets everywhere soon, for
// when there is no time for all of them.
func spread(n int) iter.Seq[int] {
	const stride = 7919 // a prime, and no n is a multiple of it
	return func(yield func(int) bool) {
		for k := range n {
			if !yield(k * stride % n) {
				return
			}
		}
	}
}

// damage tries what change makes of archives, of each for a limited time.
func damage(t *testing.T, change func(whole []byte, try func([]byte))) {
	limit := 400 * time.Millisecond
	if testing.Short() {
		limit = 50 * time.Millisecond
	}
	for name, a := range hostile() {
		t.Run(name+"/custom", func(t *testing.T) {
			t.Parallel()
			tryFiles(t, a.Custom(), limit, change)
		})
		if a.Compression == toc.CompressionNone {
			t.Run(name+"/tar", func(t *testing.T) {
				t.Parallel()
				tryFiles(t, a.Tar(), limit, change)
			})
		}
		t.Run(name+"/directory", func(t *testing.T) {
			t.Parallel()
			tryDirectory(t, a, limit, change)
		})
	}
}

func tryFiles(t *testing.T, whole []byte, limit time.Duration, change func([]byte, func([]byte))) {
	start := time.Now()
	name := filepath.Join(t.TempDir(), "damaged")
	change(whole, func(b []byte) {
		if time.Since(start) > limit {
			return
		}
		a, err := archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(b)}, archive.Options{})
		readAll(t, a, err)
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err = archive.Open(t.Context(), name, archive.Options{})
		readAll(t, a, err)
	})
}

func tryDirectory(t *testing.T, a *archivetest.Archive, limit time.Duration, change func([]byte, func([]byte))) {
	start := time.Now()
	dir := t.TempDir()
	files := a.Directory()
	if err := archivetest.WriteFiles(dir, files); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		change(f.Content, func(b []byte) {
			if time.Since(start) > limit {
				return
			}
			if err := os.WriteFile(filepath.Join(dir, f.Name), b, 0o600); err != nil {
				t.Fatal(err)
			}
			a, err := archive.Open(t.Context(), dir, archive.Options{})
			readAll(t, a, err)
		})
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestClaims opens small files that claim to hold much.
func TestClaims(t *testing.T) {
	header := func(parts ...string) []byte {
		return []byte("PGDMP\x01\x10\x00\x04\x08\x01\x00" + strings.Join(parts, ""))
	}
	const (
		zero   = "\x00\x00\x00\x00\x00"
		date   = zero + zero + zero + zero + zero + zero + zero
		most   = "\x00\xff\xff\xff\x7f"
		before = date + zero + zero + zero
	)
	for name, file := range map[string][]byte{
		"string of 2 GB":      header(date, most),
		"2^31 entries":        header(before, most),
		"2^31 entries, begun": header(before, most, "\x00\x01\x00\x00\x00"),
		"tar member of 2^60 bytes": append(archivetest.TarHeader("ustar\x0000", "toc.dat", 1<<60),
			append(header(date, most)[:10:10], "\x03\x00"+date+most...)...),
	} {
		for way, open := range map[string]func() (*archive.Archive, error){
			"file": func() (*archive.Archive, error) {
				return archive.Open(t.Context(), tempFile(t, file), archive.Options{})
			},
			"stream": func() (*archive.Archive, error) {
				return archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(file)}, archive.Options{})
			},
		} {
			t.Run(name+"/"+way, func(t *testing.T) {
				used := allocated(func() {
					a, err := open()
					if err == nil {
						a.Close()
						t.Fatal("opened without an error")
					}
					if want := "could not read from input file: end of file"; err.Error() != want {
						t.Errorf("got %q, want %q", err, want)
					}
				})
				// A stream is read in steps of 1 MiB.
				if limit := uint64(3 << 20); used > limit {
					t.Errorf("allocated %d bytes, want at most %d", used, limit)
				}
			})
		}
	}
}

// allocated gives the bytes that f allocates, whether or not they are freed.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
