package inspect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/archivetest"
	"pgrestore/internal/inspect"
	"pgrestore/toc"
)

// sample is a small archive with about everything that the report tells of.
func sample() *archivetest.Archive {
	a := archivetest.Sample(archivetest.Minor(16))
	more := []toc.Entry{
		{Desc: "DATABASE", Tag: "shop", Definition: "CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'de_DE.utf8';\n", Drop: "DROP DATABASE shop;\n", Owner: "dba"},
		{Desc: "EXTENSION", Tag: "hstore", Definition: "CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;\n"},
		{Desc: "ACL", Tag: "TABLE orders", Namespace: "public", Owner: "alice", Definition: "GRANT SELECT ON TABLE public.orders TO reader;\nGRANT ALL ON TABLE public.orders TO \"the writer\";\n", Dependencies: []toc.ID{5}},
		{Desc: "POLICY", Tag: "orders own", Namespace: "public", Owner: "alice", Definition: "CREATE POLICY own ON public.orders TO reader USING (true);\n", Dependencies: []toc.ID{5}},
		{Desc: "FUNCTION", Tag: "f()", Namespace: "public", Owner: "alice", Drop: "DROP FUNCTION public.f();\n", Definition: "CREATE FUNCTION public.f() RETURNS integer\n    LANGUAGE c\n    AS '$libdir/shop', 'f';\n"},
		{Desc: "PUBLICATION", Tag: "everything", Owner: "alice", Drop: "x", Definition: "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');\n"},
		{Desc: "INDEX", Tag: "fast", Namespace: "public", Owner: "alice", Drop: "x", Tablespace: "ssd", Definition: "CREATE INDEX fast ON public.orders USING hnsw (note COLLATE pg_catalog.\"de_DE\");\n", Dependencies: []toc.ID{5}},
		{Desc: "CONSTRAINT", Tag: "orders orders_pkey", Namespace: "public", Owner: "alice", Drop: "x", Definition: "ALTER TABLE ONLY public.orders\n    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);\n", Dependencies: []toc.ID{5}},
		{Desc: "STATISTICS DATA", Tag: "orders", Namespace: "public", Definition: "SELECT 1;\n", Dependencies: []toc.ID{5}},
	}
	for _, e := range more {
		e.ID = toc.ID(len(a.Entries) + 1)
		e.Kind = toc.ParseKind(e.Desc)
		e.Section = toc.SectionBefore111(e.Kind)
		a.Entries = append(a.Entries, archivetest.Entry{Entry: e})
	}
	return a
}

func write(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "shop.dump")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// run gives what Run prints, with the archive's name made short.
func run(t *testing.T, o inspect.Options) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := inspect.Run(t.Context(), o, inspect.IO{Stdout: &out, Zone: time.UTC})
	return strings.ReplaceAll(out.String(), o.Input, "shop.dump"), err
}

func inspected(t *testing.T, o inspect.Options, stdin *os.File) *inspect.Report {
	t.Helper()
	r, err := inspect.Inspect(t.Context(), o, inspect.IO{Stdin: stdin})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGolden holds the reports of the sample, for people to read in testdata;
// UPDATE_GOLDEN in the environment writes them.
func TestGolden(t *testing.T) {
	for _, test := range []struct {
		file string
		o    inspect.Options
	}{
		{"text.golden", inspect.Options{}},
		{"deep.golden", inspect.Options{Deep: true}},
		{"tree.golden", inspect.Options{Tree: true}},
		{"json.golden", inspect.Options{JSON: true, Deep: true}},
	} {
		t.Run(test.file, func(t *testing.T) {
			test.o.Input = write(t, sample().Custom())
			got, err := run(t, test.o)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", test.file)
			if os.Getenv("UPDATE_GOLDEN") != "" {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNumbers holds that all forms of an archive give the same numbers, as far
// as each can know them.
func TestNumbers(t *testing.T) {
	const (
		ordersBytes  = 11856                     // as the writer made it
		ordersStored = ordersBytes + 6 + 3*5 + 5 // header, length of each block, end
		objectsBytes = len("the first") + 3000*len("\x00large\xff")
	)
	for _, test := range []struct {
		name    string
		change  func(a *archivetest.Archive)
		format  toc.Format
		stream  bool
		deep    bool
		why     string
		stored  int  // of table orders; 0: not known
		objects bool // their stored size is known
	}{
		{name: "custom", stored: ordersStored, objects: true},
		{name: "custom, from a pipe", change: noOffsets, stored: ordersStored, objects: true},
		{name: "custom stream", stream: true, stored: ordersStored, why: "stream"},
		{name: "custom stream from a pipe", change: noOffsets, stream: true, why: "stream"},
		{name: "custom, deep", deep: true, stored: ordersStored, objects: true},
		{name: "custom, from a pipe, deep", change: noOffsets, deep: true, stored: ordersStored, objects: true},
		{name: "custom stream, deep", change: noOffsets, stream: true, deep: true, why: "stream"},
		{name: "tar", format: toc.FormatTar, stored: ordersBytes, objects: true},
		{name: "tar, deep", format: toc.FormatTar, deep: true, stored: ordersBytes, objects: true},
		{name: "tar stream, deep", format: toc.FormatTar, stream: true, deep: true, why: "stream"},
		{name: "directory", format: toc.FormatDirectory, stored: ordersBytes, objects: true},
		{name: "directory, deep", format: toc.FormatDirectory, deep: true, stored: ordersBytes, objects: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := sample()
			if test.change != nil {
				test.change(a)
			}
			r := inspectAs(t, a, test.format, test.stream, test.deep)
			if len(r.Damage) > 0 {
				t.Errorf("want no damage, got %+v", r.Damage)
			}
			orders := table(t, r, "orders")
			if got := orders.Stored; got != (inspect.Number{N: int64(test.stored), Known: test.stored > 0}) {
				t.Errorf("want %d bytes stored, got %s", test.stored, number(got))
			}
			if r.LargeObjects.Stored.Known != test.objects {
				t.Errorf("size of large objects: want known %t, got %s", test.objects, number(r.LargeObjects.Stored))
			}
			if got := number(r.LargeObjects.Count); got != "3" {
				t.Errorf("want 3 large objects, got %s", got)
			}
			if r.Data.Why != test.why {
				t.Errorf("want reason %q, got %q", test.why, r.Data.Why)
			}
			if !test.deep {
				return
			}
			if got := number(orders.Rows) + " " + number(orders.Uncompressed); got != fmt.Sprint(500, ordersBytes) {
				t.Errorf("want 500 rows of %d bytes, got %s", ordersBytes, got)
			}
			if got := number(r.LargeObjects.Uncompressed); got != fmt.Sprint(objectsBytes) {
				t.Errorf("want %d bytes of large objects, got %s", objectsBytes, got)
			}
			if got := number(r.Data.Rows); got != "501" {
				t.Errorf("want 501 rows, got %s", got)
			}
		})
	}
}

func noOffsets(a *archivetest.Archive) { a.NoOffsets = true }

// inspectAs inspects an archive in some form.
func inspectAs(t *testing.T, a *archivetest.Archive, format toc.Format, stream, deep bool) *inspect.Report {
	t.Helper()
	o := inspect.Options{Deep: deep, Jobs: 3}
	content := a.Custom
	switch format {
	case toc.FormatDirectory:
		o.Input = t.TempDir()
		if err := a.WriteDirectory(o.Input); err != nil {
			t.Fatal(err)
		}
		return inspected(t, o, nil)
	case toc.FormatTar:
		content = a.Tar
	}
	if !stream {
		o.Input = write(t, content())
		return inspected(t, o, nil)
	}
	return inspected(t, o, pipe(t, content()))
}

// pipe gives a pipe that content comes from.
func pipe(t *testing.T, content []byte) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	written := make(chan struct{})
	go func() { // ends when all is written, or the reader has gone
		defer close(written)
		defer w.Close()
		_, _ = w.Write(content)
	}()
	t.Cleanup(func() {
		r.Close()
		<-written
	})
	return r
}

func table(t *testing.T, r *inspect.Report, name string) *inspect.Table {
	t.Helper()
	for i := range r.Tables {
		if string(r.Tables[i].Name) == name {
			return &r.Tables[i]
		}
	}
	t.Fatalf("no table %q", name)
	return nil
}

func number(n inspect.Number) string {
	if !n.Known {
		return "unknown"
	}
	return fmt.Sprint(n.N)
}

// TestDamage holds that damage is found, and that all else is read in spite of
// it.
func TestDamage(t *testing.T) {
	for _, test := range []struct {
		name   string
		format toc.Format
		gzip   bool
		change func(file []byte, orders int) []byte // orders is where its data is
		deep   bool
		want   []string
		one    string // rows of table one, read after orders
	}{
		{name: "cut, without reading", change: cutAt(100), want: []string{"the file is cut short: the data of 5 entries is not all there"}, one: "unknown"},
		{name: "cut", change: cutAt(100), deep: true, one: "unknown", want: []string{
			"could not read from input file: end of file",
			"could not find block ID 8 in archive -- possibly corrupt archive",
			"could not find block ID 10 in archive -- possibly corrupt archive",
			"could not find block ID 13 in archive -- possibly corrupt archive",
			"could not find block ID 14 in archive -- possibly corrupt archive"}},
		{name: "cut in its last data, without reading", change: func(file []byte, _ int) []byte { return file[:len(file)-7] }, want: []string{"the file does not end where its last data does: it is cut short, or goes on"}, one: "unknown"},
		{name: "garbage behind, without reading", change: func(file []byte, _ int) []byte { return append(file, "garbage"...) }, want: []string{"the file does not end where its last data does: it is cut short, or goes on"}, one: "unknown"},
		{name: "garbage behind", change: func(file []byte, _ int) []byte { return append(file, "garbage"...) }, deep: true, one: "1", want: []string{"archive goes on after its last data"}},
		{name: "flipped in compressed data", gzip: true, change: func(file []byte, orders int) []byte { file[orders+600] ^= 0xff; return file }, deep: true, one: "1", want: []string{"could not uncompress data: "}},
		{name: "no end of data", change: func(file []byte, _ int) []byte {
			return bytes.Replace(file, []byte("\\.\n\n\n"), []byte("x\n\n\n\n"), 1)
		}, deep: true, one: "1", want: []string{"data ends early"}},
		{name: "tar, cut, without reading", format: toc.FormatTar, change: cutAt(100), want: []string{"could not read from input file: end of file", "the data of 2 entries is not in the tar archive"}, one: "unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := sample()
			if test.gzip {
				a.Compression = toc.CompressionGzip
			}
			content := a.Custom()
			if test.format == toc.FormatTar {
				content = a.Tar()
			}
			orders := bytes.Index(content, []byte("0\trow "))
			if test.gzip {
				orders = bytes.Index(content, []byte("\x78\x9c"))
			}
			r := inspected(t, inspect.Options{Input: write(t, test.change(content, orders)), Deep: test.deep}, nil)
			var got []string
			for _, d := range r.Damage {
				got = append(got, d.Text)
			}
			if !prefixes(test.want, got) {
				t.Errorf("want damage %q, got %q", test.want, got)
			}
			if rows := number(table(t, r, "one").Rows); rows != test.one {
				t.Errorf("want %s rows in table one, got %s", test.one, rows)
			}
		})
	}
}

func cutAt(behind int) func([]byte, int) []byte {
	return func(file []byte, orders int) []byte { return file[:orders+behind] }
}

func prefixes(want, got []string) bool {
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			return false
		}
	}
	return true
}

// TestMissingFile holds that a directory's missing files are told of, read or
// not.
func TestMissingFile(t *testing.T) {
	for _, deep := range []bool{false, true} {
		dir := t.TempDir()
		if err := sample().WriteDirectory(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "6.dat")); err != nil {
			t.Fatal(err)
		}
		out, err := run(t, inspect.Options{Input: dir, Deep: deep})
		if !errors.Is(err, inspect.ErrDamaged) || !strings.Contains(out, "DAMAGED: 1 fault\n  entry 6, TABLE DATA public.orders\n") {
			t.Errorf("deep %t: got %v and\n%s", deep, err, out)
		}
	}
}

// TestHostileNames holds that a terminal obeys nothing in an archive.
func TestHostileNames(t *testing.T) {
	const evil = "a\x1b]0;owned\a\n\u202eb\xff\u009b31m"
	a := sample()
	a.Database, a.ServerVersion, a.DumpVersion = evil, evil, evil
	for i := range a.Entries {
		e := &a.Entries[i]
		e.Owner, e.Tablespace, e.TableAM = evil, evil, evil
		if e.Kind == toc.KindTable || e.Kind == toc.KindTableData || e.Kind == toc.KindIndex {
			e.Tag, e.Namespace = evil, evil
		}
		if e.Kind == toc.KindOther {
			e.Desc = evil
		}
	}
	content := bytes.Replace(a.Custom(), []byte("\\.\n\n\n"), []byte("x\n\n\n\n"), 1)
	for _, o := range []inspect.Options{{}, {Deep: true}, {Tree: true}, {JSON: true, Tree: true, Deep: true}} {
		o.Input = write(t, content)
		out, _ := run(t, o)
		for _, bad := range []string{"\x1b", "\a", "\u202e", "\xff", "\u009b"} {
			if strings.Contains(out, bad) && !(o.JSON && (bad == "\u202e" || bad == "\u009b")) {
				t.Errorf("%+v: %q stands in the output", o, bad)
			}
		}
		if o.JSON && !json.Valid([]byte(out)) {
			t.Error("no JSON")
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("enough")
	cancel(cause)
	err := inspect.Run(ctx, inspect.Options{Input: write(t, sample().Custom()), Deep: true}, inspect.IO{Stdout: io.Discard})
	if !errors.Is(err, cause) {
		t.Errorf("want %v, got %v", cause, err)
	}
}

// TestFlippedBytes holds that nothing in an archive makes an inspection fail in
// any other way than by an error or a report of damage.
func TestFlippedBytes(t *testing.T) {
	a := sample()
	a.Compression = toc.CompressionGzip
	content := a.Custom()
	name := write(t, content)
	for at := 0; at < len(content); at += 31 {
		for _, change := range []byte{0x01, 0x80, 0xff} {
			flipped := bytes.Clone(content)
			flipped[at] ^= change
			if err := os.WriteFile(name, flipped, 0o600); err != nil {
				t.Fatal(err)
			}
			o := inspect.Options{Input: name, Deep: at%2 == 0, Tree: at%3 == 0}
			_ = inspect.Run(t.Context(), o, inspect.IO{Stdout: io.Discard}) // it returns
		}
	}
}
