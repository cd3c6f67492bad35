package archive_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// TestHuge reads the table behind one of four terabytes. The file is full of
// holes; whoever reads through them is not done before the test's time is over.
func TestHuge(t *testing.T) {
	a := &archivetest.Archive{}
	for i := range 2 {
		a.Entries = append(a.Entries, archivetest.Entry{
			Entry: toc.Entry{ID: toc.ID(i + 1), HasData: true, Kind: toc.KindTableData, Desc: "TABLE DATA", Tag: fmt.Sprint("t", i)},
			Data:  []byte("1\tone\n\\.\n\n\n"),
		})
	}
	for _, noOffsets := range []bool{false, true} {
		t.Run(fmt.Sprintf("without offsets %t", noOffsets), func(t *testing.T) {
			a.NoOffsets = noOffsets
			name, size := hugeFile(t, a)
			got, err := archive.Open(t.Context(), name, archive.Options{Ahead: true})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer got.Close()
			if data := readData(t, got, 2); !bytes.Equal(data, a.Entries[1].Data) {
				t.Errorf("want %q, got %q", a.Entries[1].Data, data)
			}
			again, err := archive.Open(t.Context(), name, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			defer again.Close()
			if err := again.Survey(t.Context(), math.MaxInt64); err != nil {
				t.Fatal(explain(err))
			}
			if got := again.DataSize(1); got != size {
				t.Errorf("want a size of %d, got %d", size, got)
			}
		})
	}
}

// hugeFile writes an archive of two tables, of which the first has 2048 blocks
// of the largest size. It gives the stored size of that.
func hugeFile(t *testing.T, a *archivetest.Archive) (name string, size int64) {
	t.Helper()
	const blocks, blockBytes, headBytes, intBytes = 2048, math.MaxInt32, 6, 5
	known := *a
	known.NoOffsets = false
	opened, err := archive.Open(t.Context(), tempFile(t, known.Custom()), archive.Options{})
	if err != nil {
		t.Fatal(explain(err))
	}
	first, second := opened.TOC().Get(1).Offset, opened.TOC().Get(2).Offset
	opened.Close()
	size = headBytes + blocks*(intBytes+blockBytes) + intBytes

	content := a.Custom()
	head, tail := bytes.Clone(content[:first+headBytes]), content[second:]
	if !a.NoOffsets {
		was, is := binary.LittleEndian.AppendUint64(nil, uint64(second)), binary.LittleEndian.AppendUint64(nil, uint64(first+size))
		if n := bytes.Count(head, was); n != 1 {
			t.Fatalf("the offset of the second table is %d times in the table of contents", n)
		}
		head = bytes.Replace(head, was, is, 1)
	}

	name = filepath.Join(t.TempDir(), "huge.dump")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	write := func(p []byte, at int64) {
		if _, err := f.WriteAt(p, at); err != nil {
			t.Fatal(err)
		}
	}
	write(head, 0)
	length := append([]byte{0}, binary.LittleEndian.AppendUint32(nil, blockBytes)...)
	for i := range int64(blocks) {
		write(length, int64(len(head))+i*(intBytes+blockBytes))
	}
	write(make([]byte, intBytes), first+size-intBytes)
	write(tail, first+size)
	return name, size
}
