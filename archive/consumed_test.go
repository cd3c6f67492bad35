package archive_test

import (
	"fmt"
	"io"
	"math"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// TestConsumed reads data bit by bit: what has been consumed never decreases,
// and in the end it is all that is stored.
func TestConsumed(t *testing.T) {
	for _, w := range ways {
		for c := toc.CompressionNone; c <= toc.CompressionZstd; c++ {
			if w.format == toc.FormatTar && c != toc.CompressionNone {
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
					if err := got.Survey(t.Context(), math.MaxInt64); err != nil {
						t.Fatal(explain(err))
					}
					for i := range a.Entries {
						e := &a.Entries[i]
						r, err := got.Data(t.Context(), e.ID)
						if err != nil {
							t.Fatal(explain(err))
						}
						consumed := readCounted(t, r)
						if want := got.DataSize(e.ID); want > 0 && consumed != want {
							t.Errorf("entry %d: want %d bytes consumed, got %d", e.ID, want, consumed)
						}
						if consumed == 0 && len(e.Data) > 0 {
							t.Errorf("entry %d: nothing was consumed of %d bytes", e.ID, len(e.Data))
						}
					}
				})
			}
		}
	}
}

func TestConsumedLargeObjects(t *testing.T) {
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			a := archivetest.Sample(archivetest.Minor(16))
			got, err := w.open(t, a)
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			for i := range a.Entries {
				if e := &a.Entries[i]; e.Kind == toc.KindBlobs {
					testConsumedLargeObjects(t, got, e)
				}
			}
		})
	}
}

func testConsumedLargeObjects(t *testing.T, a *archive.Archive, e *archivetest.Entry) {
	objects, err := a.LargeObjects(t.Context(), e.ID)
	if err != nil {
		t.Fatal(explain(err))
	}
	defer objects.Close()
	var content, last int64
	for {
		if _, err := objects.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(explain(err))
		}
		n, err := io.Copy(io.Discard, onlyReader{objects})
		if err != nil {
			t.Fatal(explain(err))
		}
		content += n
		if now := objects.Consumed(); now < last {
			t.Errorf("entry %d: consumed went from %d to %d", e.ID, last, now)
		} else {
			last = now
		}
	}
	want := a.DataSize(e.ID)
	if a.TOC().Header.Format == toc.FormatTar {
		want = content
	}
	if got := objects.Consumed(); want > 0 && got != want || got == 0 {
		t.Errorf("entry %d: want %d bytes consumed, got %d", e.ID, want, got)
	}
}

// readCounted reads to the end and gives what was consumed.
func readCounted(t *testing.T, r archive.Reader) int64 {
	t.Helper()
	var last int64
	buf := make([]byte, 1000)
	for {
		_, err := r.Read(buf)
		if now := r.Consumed(); now < last {
			t.Errorf("consumed went from %d to %d", last, now)
		} else {
			last = now
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(explain(err))
		}
	}
	r.Close()
	if now := r.Consumed(); now != last {
		t.Errorf("Close changed what was consumed from %d to %d", last, now)
	}
	return last
}
