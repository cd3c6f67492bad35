package archive_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// largeTables has data of many blocks of each codec, between small ones.
func largeTables(c toc.Compression) *archivetest.Archive {
	a := &archivetest.Archive{Compression: c}
	for i, rows := range []int{40_000, 3, 40_000, 3} {
		var data bytes.Buffer
		for j := range rows {
			fmt.Fprintf(&data, "%d\tcustomer number %x\t2026-01-%02d 12:00:00\n", j, uint32(i+j)*2654435761, j%28+1)
		}
		a.Entries = append(a.Entries, archivetest.Entry{
			Entry: toc.Entry{ID: toc.ID(i + 1), HasData: true, Kind: toc.KindTableData, Desc: "TABLE DATA", Tag: fmt.Sprint("t", i)},
			Data:  data.Bytes(),
		})
	}
	return a
}

func TestAhead(t *testing.T) {
	for _, w := range ways {
		for c := toc.CompressionNone; c <= toc.CompressionZstd; c++ {
			if w.format == toc.FormatTar && c != toc.CompressionNone {
				continue
			}
			t.Run(w.name+"/"+c.String(), func(t *testing.T) {
				a := largeTables(c)
				got, err := w.open(t, a)
				if err != nil {
					t.Fatal(explain(err))
				}
				defer got.Close()
				for i := range a.Entries {
					e := &a.Entries[i]
					if i == 2 {
						giveUpEarly(t, got, e) // a stream goes on behind it
						continue
					}
					testNext(t, got, e)
				}
			})
		}
	}
}

func giveUpEarly(t *testing.T, a *archive.Archive, e *archivetest.Entry) {
	t.Helper()
	r, err := a.Data(t.Context(), e.ID)
	if err != nil {
		t.Fatal(explain(err))
	}
	buf := make([]byte, len(e.Data)/3)
	if _, err := io.ReadFull(r, buf); err != nil || !bytes.HasPrefix(e.Data, buf) {
		t.Errorf("entry %d: wrong data or %v", e.ID, err)
	}
	if err := r.Close(); err != nil {
		t.Error(explain(err))
	}
	if _, err := r.Next(buf); err == nil || err == io.EOF {
		t.Errorf("entry %d: want an error after Close, got %v", e.ID, err)
	}
}

func testNext(t *testing.T, a *archive.Archive, e *archivetest.Entry) {
	t.Helper()
	r, err := a.Data(t.Context(), e.ID)
	if err != nil {
		t.Fatal(explain(err))
	}
	defer r.Close()
	var got []byte
	var last int64
	buf := make([]byte, 10_000)
	for {
		run, err := r.Next(buf)
		got = append(got, run...)
		if now := r.Consumed(); now < last {
			t.Errorf("entry %d: consumed went from %d to %d", e.ID, last, now)
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
	if !bytes.Equal(got, e.Data) {
		t.Errorf("entry %d: want %d bytes, got %d others", e.ID, len(e.Data), len(got))
	}
	if want := a.DataSize(e.ID); want > 0 && last != want {
		t.Errorf("entry %d: want %d bytes consumed, got %d", e.ID, want, last)
	}
}

// TestAheadErrors has a fault in the data before one of the file. Whoever
// reads ahead meets both.
func TestAheadErrors(t *testing.T) {
	a := largeTables(toc.CompressionZstd)
	a.BlockSize = 1 << 16
	whole := a.Custom()
	for _, o := range []archive.Options{{}, {Ahead: true}} {
		t.Run(fmt.Sprintf("ahead %t", o.Ahead), func(t *testing.T) {
			opened, err := archive.Open(t.Context(), tempFile(t, whole), archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			e := opened.TOC().Get(1)
			file := whole[:e.Offset+opened.DataSize(1)*9/10]
			opened.Close()
			before, err := readDamaged(t, file, o)
			if want := "could not read from input file: end of file"; err == nil || err.Error() != want {
				t.Errorf("torn: got %v, want %q", explain(err), want)
			}
			if min := len(a.Entries[0].Data) * 6 / 10; before < min {
				t.Errorf("torn: want %d bytes before the error, got %d", min, before)
			}

			// The header of the frame's fourth block lies in the archive's first
			// ones; its type is made one that is reserved.
			bad := bytes.Clone(file)
			at := zstdBlock(t, bad, int(e.Offset), 4)
			bad[at] |= 6
			before, err = readDamaged(t, bad, o)
			if want := "could not decompress data: Data corruption detected"; err == nil || err.Error() != want {
				t.Errorf("damaged and torn: got %v, want %q", explain(err), want)
			}
			if want := 4 * 128 << 10; before != want {
				t.Errorf("damaged and torn: want %d bytes before the error, got %d", want, before)
			}
		})
	}
}

// zstdBlock gives where the n-th block of a frame is in the file, whose data
// blocks follow a header at an offset.
func zstdBlock(t *testing.T, file []byte, offset, n int) int {
	t.Helper()
	const intBytes, header = 5, 1 + 5 // type and ID
	at := offset + header
	left := 0
	step := func(n int) { // passes over n bytes of data
		for n > 0 {
			if left == 0 {
				left = int(file[at+1]) | int(file[at+2])<<8 | int(file[at+3])<<16
				at += intBytes
			}
			k := min(n, left)
			at, n, left = at+k, n-k, left-k
		}
	}
	step(6)
	for range n {
		if left < 3 {
			t.Fatal("the header of a zstd block is cut in two")
		}
		size := (int(file[at]) | int(file[at+1])<<8 | int(file[at+2])<<16) >> 3
		step(3 + size)
	}
	return at
}

func readDamaged(t *testing.T, file []byte, o archive.Options) (before int, err error) {
	t.Helper()
	a, err := archive.Open(t.Context(), tempFile(t, file), o)
	if err != nil {
		t.Fatal(explain(err))
	}
	defer a.Close()
	r, err := a.Data(t.Context(), 1)
	if err != nil {
		t.Fatal(explain(err))
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	return len(data), err
}

// TestAheadFileErrors does the same with a file of a directory, and looks at
// the place that the error names.
func TestAheadFileErrors(t *testing.T) {
	a := largeTables(toc.CompressionZstd)
	var places []int64
	for _, o := range []archive.Options{{}, {Ahead: true}} {
		dir := t.TempDir()
		if err := a.WriteDirectory(dir); err != nil {
			t.Fatal(err)
		}
		opened, err := archive.Open(t.Context(), dir, o)
		if err != nil {
			t.Fatal(explain(err))
		}
		defer opened.Close()
		name := dir + "/" + opened.TOC().Get(1).FileName + ".zst"
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		at := 6
		for range 5 {
			at += 3 + (int(content[at])|int(content[at+1])<<8|int(content[at+2])<<16)>>3
		}
		content[at] |= 6
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := opened.Data(t.Context(), 1)
		if err != nil {
			t.Fatal(explain(err))
		}
		defer r.Close()
		_, err = io.Copy(io.Discard, r)
		var place *archive.Error
		if !errors.As(err, &place) || place.Text != "could not decompress data: Data corruption detected" {
			t.Fatalf("ahead %t: got %v", o.Ahead, explain(err))
		}
		places = append(places, place.Offset)
	}
	if places[0] != places[1] {
		t.Errorf("want the error at byte %d, got %d when read ahead", places[0], places[1])
	}
}

// TestPartlyReadObjects passes over what is left of large objects that are being
// decoded ahead.
func TestPartlyReadObjects(t *testing.T) {
	data := bytes.Repeat(largeTables(toc.CompressionZstd).Entries[0].Data, 2)
	blobs := archivetest.Entry{Entry: toc.Entry{ID: 1, HasData: true, Kind: toc.KindBlobs, Desc: "BLOBS", Tag: "BLOBS"}}
	for i := range 6 {
		blobs.Objects = append(blobs.Objects, archivetest.Object{OID: toc.OID(100 + i), Data: append([]byte{'a' + byte(i)}, data...)})
	}
	a := &archivetest.Archive{Compression: toc.CompressionZstd, Entries: []archivetest.Entry{blobs}}
	for _, ahead := range []bool{false, true} {
		t.Run(fmt.Sprintf("ahead %t", ahead), func(t *testing.T) {
			got, err := archive.OpenStream(t.Context(), onlyReader{bytes.NewReader(a.Custom())}, archive.Options{Ahead: ahead})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			objects, err := got.LargeObjects(t.Context(), 1)
			if err != nil {
				t.Fatal(explain(err))
			}
			defer objects.Close()
			part := make([]byte, 900_000)
			for _, want := range blobs.Objects {
				oid, err := objects.Next()
				if err != nil || oid != want.OID {
					t.Fatalf("want object %d, got %d and %s", want.OID, oid, explain(err))
				}
				if _, err := io.ReadFull(objects, part); err != nil || !bytes.HasPrefix(want.Data, part) {
					t.Fatalf("object %d: other data, %s", oid, explain(err))
				}
			}
			if _, err := objects.Next(); err != io.EOF {
				t.Errorf("want the end, got %s", explain(err))
			}
		})
	}
}
