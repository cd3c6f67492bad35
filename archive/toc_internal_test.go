package archive

import (
	"bytes"
	"io"
	"reflect"
	"testing"
	"testing/iotest"
	"unsafe"

	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

// parseTOC reads a custom archive's table of contents from r, which has left
// bytes or, with -1, nobody knows how many.
func parseTOC(t testing.TB, r io.Reader, left int64) (toc.Header, []toc.Entry, int64, error) {
	t.Helper()
	f := newFields(r, 0, left, "test")
	h, _ := readHeader(f, toc.FormatCustom)
	if f.err != nil {
		return h, nil, 0, f.err
	}
	list, _, err := readEntries(t.Context(), f, &h)
	return h, list, f.offset(), err
}

// FuzzTOC reads tables of contents from inputs of known and of unknown length,
// as a whole and byte by byte, which must all come to the same.
func FuzzTOC(f *testing.F) {
	for minor := range uint8(17) {
		a := archivetest.Sample(archivetest.Minor(minor))
		for i := range a.Entries {
			a.Entries[i].Data, a.Entries[i].Objects = nil, nil
		}
		f.Add(a.Custom())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		h, list, end, err := parseTOC(t, bytes.NewReader(b), int64(len(b)))
		for name, r := range map[string]io.Reader{
			"unknown length": bytes.NewReader(b),
			"byte by byte":   iotest.OneByteReader(bytes.NewReader(b)),
		} {
			h2, list2, end2, err2 := parseTOC(t, r, -1)
			if (err == nil) != (err2 == nil) || err != nil && err.Error() != err2.Error() {
				t.Errorf("%s: got error %v, want %v", name, err2, err)
			}
			if err == nil && (h != h2 || end != end2 || !reflect.DeepEqual(list, list2)) {
				t.Errorf("%s: differs", name)
			}
		}
	})
}

// TestFieldsAcrossChunks reads strings of lengths around those of the chunks.
func TestFieldsAcrossChunks(t *testing.T) {
	var b []byte
	lengths := []int{0, 1, firstChunkBytes - 20, firstChunkBytes, 5, 3 * chunkBytes, chunkBytes - 1, chunkBytes, chunkBytes + 1, 7}
	for i, n := range lengths {
		b = append(b, 0, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
		b = append(b, bytes.Repeat([]byte{byte('a' + i)}, n)...)
	}
	for _, left := range []int64{int64(len(b)), -1} {
		f := newFields(bytes.NewReader(b), 0, left, "test")
		f.ints = intFormat{size: 4, hasSign: true}
		var got []string
		for range lengths {
			s, isNull := f.string()
			if isNull || f.err != nil {
				t.Fatalf("got NULL %t, error %v", isNull, f.err)
			}
			got = append(got, s)
		}
		for i, n := range lengths { // only now: nothing may have been overwritten
			if want := string(bytes.Repeat([]byte{byte('a' + i)}, n)); got[i] != want {
				t.Errorf("string %d of %d bytes differs", i, n)
			}
		}
		if f.offset() != int64(len(b)) {
			t.Errorf("got offset %d, want %d", f.offset(), len(b))
		}
	}
}

// TestRepeatedNames checks that names that come again and again are kept once.
func TestRepeatedNames(t *testing.T) {
	a := archivetest.Sample(archivetest.Minor(16))
	for n := range 3 {
		a.Entries[n].Desc, a.Entries[n].Namespace, a.Entries[n].Owner = "TABLE", "shop", "alice"
	}
	content := a.Custom()
	_, list, _, err := parseTOC(t, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		e, next := &list[n], &list[n+1]
		for _, pair := range [][2]string{{e.Desc, next.Desc}, {e.Namespace, next.Namespace}, {e.Owner, next.Owner}} {
			if pair[0] == "" || pair[0] != pair[1] || unsafe.StringData(pair[0]) != unsafe.StringData(pair[1]) {
				t.Errorf("entry %d: %q and %q are not the same", n, pair[0], pair[1])
			}
		}
	}
}

func TestScanInt(t *testing.T) {
	for _, test := range []struct {
		text string
		want int32
	}{
		{"", 0}, {"x", 0}, {"0", 0}, {"12", 12}, {" \t12x", 12}, {"-1", -1}, {"+7", 7}, {"- 1", 0},
		{"4294967295", -1}, {"4294967296", 0}, {"2147483648", -2147483648}, {"99999999999999999999", -1},
	} {
		if got := scanInt(test.text); got != test.want {
			t.Errorf("scanInt(%q): got %d, want %d", test.text, got, test.want)
		}
	}
}

func TestTarNumber(t *testing.T) {
	for _, test := range []struct {
		field string
		want  uint64
	}{
		{"00000000017 ", 15}, {"17\x00garbage!", 15}, {"            ", 0}, {"8", 0},
		{"\x80\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00\x00", 1 << 33},
	} {
		if got := tarNumber([]byte(test.field)); got != test.want {
			t.Errorf("tarNumber(%q): got %d, want %d", test.field, got, test.want)
		}
	}
}

func TestBlobLine(t *testing.T) {
	for _, test := range []struct {
		line string
		oid  toc.OID
		name string
		ok   bool
	}{
		{"16400 blob_16400.dat\n", 16400, "blob_16400.dat", true},
		{"  4200000000\tx y\n", 4200000000, "x", true},
		{"1x\n", 1, "x", true},
		{"12\n", 0, "", false},
		{"x 1\n", 0, "", false},
		{"\n", 0, "", false},
	} {
		oid, name, ok := parseBlobLine(test.line)
		if ok != test.ok || ok && (oid != test.oid || name != test.name) {
			t.Errorf("parseBlobLine(%q): got %d, %q, %t", test.line, oid, name, ok)
		}
	}
}
