package script_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// newWriter makes a writer for an archive of one table with data and one entry
// of large objects, which are entries 3 and 4.
func newWriter(s script.Source, log script.Log, to io.Writer) *script.Writer {
	c := scriptCase{entries: []toc.Entry{
		entry("TABLE DATA", "x", "", withData("COPY x FROM stdin;\n")), entry("BLOBS", "5", "", withData("")),
	}}
	contents := c.contents()
	return script.NewWriter(script.NewSession(contents, toc.Settings{ConformingStrings: true}, script.Options{}, script.ToScript), s, log, to)
}

// full is a disk with some room left.
type full struct{ left int }

var errFull = errors.New("no space left on device")

func (w *full) Write(p []byte) (int, error) {
	n := min(len(p), w.left)
	w.left -= n
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

// short breaks io.Writer's promise to say why it wrote less.
type short struct{}

func (short) Write(p []byte) (int, error) { return len(p) / 2, nil }

func TestWriteErrors(t *testing.T) {
	units := []script.Unit{
		{Op: script.Comment, Text: "--\n"},
		{Op: script.Exec, Text: "CREATE x;\n"},
		{Op: script.Copy, Entry: 3, Text: "COPY x FROM stdin;\n"},
		{Op: script.LargeObjects, Entry: 4},
	}
	data := source{data: strings.Repeat("1\n", 500_000), objects: []toc.OID{5, 1_000_000}}
	for _, left := range []int{0, 1, 100, 300_000, 1_200_000, 2_500_000} {
		w := newWriter(data, &notes{}, &full{left})
		err := errors.Join(w.Write(context.Background(), units), w.Flush())
		var writeErr *script.WriteError
		if !errors.As(err, &writeErr) || !errors.Is(err, errFull) {
			t.Errorf("with room for %d: want a WriteError of %v, got %v", left, errFull, err)
		}
	}
	w := newWriter(data, &notes{}, short{})
	err := errors.Join(w.Write(context.Background(), units), w.Flush())
	if !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("want %v, got %v", io.ErrShortWrite, err)
	}
}

// An error of the archive is not the output's, and what came before it is kept.
func TestReadErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, u := range []script.Unit{
		{Op: script.Copy, Entry: 3, Text: "COPY x FROM stdin;\n"}, {Op: script.Inserts, Entry: 3}, {Op: script.LargeObjects, Entry: 4},
	} {
		var out strings.Builder
		w := newWriter(source{err: broken}, &notes{}, &out)
		err := w.Write(context.Background(), []script.Unit{{Op: script.Exec, Text: "CREATE x;\n"}, u, {Op: script.Exec, Text: "CREATE y;\n"}})
		var writeErr *script.WriteError
		if !errors.Is(err, broken) || errors.As(err, &writeErr) {
			t.Errorf("unit %d: want %v, got %v", u.Op, broken, err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.HasPrefix(got, "CREATE x;\n") || strings.Contains(got, "CREATE y") {
			t.Errorf("unit %d: wrote %q", u.Op, got)
		}
	}
}

// halfway breaks off after some of the data.
type halfway struct {
	source
	err error
}

func (s halfway) Data(context.Context, toc.ID) (io.ReadCloser, error) {
	return io.NopCloser(io.MultiReader(strings.NewReader("1\tx\n"), iotest.ErrReader(s.err))), nil
}

func TestReadErrorInTheMiddle(t *testing.T) {
	broken := errors.New("broken")
	var out strings.Builder
	w := newWriter(halfway{err: broken}, &notes{}, &out)
	if err := w.Write(context.Background(), []script.Unit{{Op: script.Copy, Entry: 3, Text: "COPY x FROM stdin;\n"}}); !errors.Is(err, broken) {
		t.Errorf("want %v, got %v", broken, err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if want, got := "COPY x FROM stdin;\n1\tx\n", out.String(); want != got {
		t.Errorf("want %q, got %q", want, got)
	}
}

// together writes what is said and the script into one, as a terminal shows it.
type together struct {
	w *script.Writer
	b *bytes.Buffer
}

func (l together) Note(text string) { _ = l.w.Flush(); fmt.Fprintf(l.b, "NOTE %s\n", text) }
func (l together) Warn(text string) { _ = l.w.Flush(); fmt.Fprintf(l.b, "WARN %s\n", text) }

// Notes come when all before them is written, and before what follows.
func TestOrderOfNotes(t *testing.T) {
	var b bytes.Buffer
	log := &together{b: &b}
	w := newWriter(source{data: "1\tx\n", objects: []toc.OID{1, 2}}, log, &b)
	log.w = w
	err := w.Write(context.Background(), []script.Unit{
		{Op: script.Note, Text: "one"},
		{Op: script.Exec, Text: "A;\n"},
		{Op: script.Warn, Text: "two"},
		{Op: script.Copy, Entry: 3, Text: "COPY;\n"},
		{Op: script.Note, Text: "three"},
		{Op: script.LargeObjects, Entry: 4},
		{Op: script.TableDone, Entry: 3},
		{Op: script.ExecOrDie, Text: "B;\n"},
	})
	if err := errors.Join(err, w.Flush()); err != nil {
		t.Fatal(err)
	}
	want := "NOTE one\nA;\nWARN two\nCOPY;\n1\tx\nNOTE three\nBEGIN;\n\n" +
		"NOTE restoring large object with OID 1\nSELECT pg_catalog.lo_open('1', 131072);\nSELECT pg_catalog.lowrite(0, '\\x78');\nSELECT pg_catalog.lo_close(0);\n\n" +
		"NOTE restoring large object with OID 2\nSELECT pg_catalog.lo_open('2', 131072);\nSELECT pg_catalog.lowrite(0, '\\x7878');\nSELECT pg_catalog.lo_close(0);\n\n" +
		"COMMIT;\n\nNOTE restored 2 large objects\nB;\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestUnitsThatAreNotForScripts(t *testing.T) {
	for _, u := range []script.Unit{{Op: script.Connect, Text: "d"}, {Op: 99}} {
		if err := newWriter(source{}, &notes{}, io.Discard).Write(context.Background(), []script.Unit{u}); err == nil {
			t.Errorf("unit %d: want an error", u.Op)
		}
	}
	err := newWriter(source{}, &notes{}, io.Discard).Write(context.Background(), []script.Unit{{Op: script.Die, Text: "the end"}})
	if err == nil || err.Error() != "the end" {
		t.Errorf("want the end, got %v", err)
	}
}

func TestWriterStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	why := errors.New("interrupted")
	cancel(why)
	for _, u := range []script.Unit{{Op: script.Inserts, Entry: 3}, {Op: script.LargeObjects, Entry: 4}} {
		s := source{data: strings.Repeat("x", 1<<20), objects: []toc.OID{1, 2, 3}}
		if err := newWriter(s, &notes{}, io.Discard).Write(ctx, []script.Unit{u}); !errors.Is(err, why) {
			t.Errorf("unit %d: want %v, got %v", u.Op, why, err)
		}
	}
}

// Large objects are written in statements of a fixed size.
func TestLargeObjectChunks(t *testing.T) {
	for _, tt := range []struct {
		size  toc.OID
		sizes []int
	}{
		{1, []int{1}},
		{script.LargeObjectChunk - 1, []int{script.LargeObjectChunk - 1}},
		{script.LargeObjectChunk, []int{script.LargeObjectChunk}},
		{script.LargeObjectChunk + 1, []int{script.LargeObjectChunk, 1}},
		{3 * script.LargeObjectChunk, []int{script.LargeObjectChunk, script.LargeObjectChunk, script.LargeObjectChunk}},
	} {
		var out strings.Builder
		w := newWriter(source{objects: []toc.OID{tt.size}}, &notes{}, &out)
		if err := errors.Join(w.Write(context.Background(), []script.Unit{{Op: script.LargeObjects, Entry: 4}}), w.Flush()); err != nil {
			t.Fatal(err)
		}
		var got []int
		for line := range strings.Lines(out.String()) {
			if rest, ok := strings.CutPrefix(line, "SELECT pg_catalog.lowrite(0, '\\x"); ok {
				got = append(got, len(strings.TrimSuffix(rest, "');\n"))/2)
			}
		}
		if diff := cmp.Diff(tt.sizes, got); diff != "" {
			t.Errorf("size %d: %s", tt.size, diff)
		}
	}
}

func TestAppendLargeObjectWrite(t *testing.T) {
	data := []byte{0, 1, 0x7f, 0x80, 0xff, '\'', '\\'}
	for _, tt := range []struct {
		conforming bool
		want       string
	}{
		{true, "x SELECT pg_catalog.lowrite(0, '\\x00017f80ff275c');\n"},
		{false, "x SELECT pg_catalog.lowrite(0, '\\\\x00017f80ff275c');\n"},
	} {
		if got := string(script.AppendLargeObjectWrite([]byte("x "), data, tt.conforming)); tt.want != got {
			t.Errorf("conforming %t: want %q, got %q", tt.conforming, tt.want, got)
		}
	}
}
