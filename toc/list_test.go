package toc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pgrestore/toc"
)

// awkward is a table of contents with all that a list has to cope with.
func awkward() *toc.TOC {
	entries := []toc.Entry{
		{ID: 7, Desc: "ENCODING", Tag: "ENCODING", Definition: "SET client_encoding = 'UTF8';\n", Null: toc.FieldNamespace | toc.FieldOwner},
		{ID: 3, TableOID: 2615, OID: 4294967295, Desc: "SCHEMA", Tag: "odd\r\nname", Owner: "al\nice", Null: toc.FieldNamespace},
		{ID: 9, TableOID: 1259, OID: 16385, Desc: "TABLE", Tag: "t", Namespace: "odd\nname", Owner: "bob", Dependencies: []toc.ID{3, 99, -1}},
		{ID: 11, Desc: "ODDITY", Null: toc.FieldTag | toc.FieldNamespace | toc.FieldOwner},
		{ID: 12, Desc: "SOMETHING NEW"},
	}
	return toc.New(toc.Header{
		Version: toc.Version{Major: 1, Minor: 14, Rev: 3}, IntSize: 4, OffsetSize: 8,
		Format: toc.FormatCustom, Database: "my\nshop",
		ServerVersion: "9.6.24", HasServerVersion: true, DumpVersion: "13.1 (x)", HasDumpVersion: true,
	}, entries)
}

// The lists are pg_restore's own of an archive with the same contents.
func TestWriteList(t *testing.T) {
	created := time.Date(2021, 5, 6, 8, 8, 9, 0, time.FixedZone("CEST", 2*60*60))
	wanted := []toc.Parts{toc.Special, toc.Definition, toc.Data, toc.StatisticsPart, 0}
	const head = ";\n; Archive created at 2021-05-06 08:08:09 CEST\n;     dbname: my shop\n;     TOC Entries: 5\n" +
		";     Compression: none\n;     Dump Version: 1.14-3\n;     Format: CUSTOM\n;     Integer: 4 bytes\n;     Offset: 8 bytes\n" +
		";     Dumped from database version: 9.6.24\n;     Dumped by pg_dump version: 13.1 (x)\n" +
		";\n;\n; Selected TOC Entries:\n;\n"
	for _, tt := range []struct {
		name    string
		options toc.ListOptions
		want    string
	}{
		{
			name: "selected", options: toc.ListOptions{Wanted: wanted},
			want: "3; 2615 4294967295 SCHEMA - odd  name al ice\n9; 1259 16385 TABLE odd name t bob\n11; 0 0 ODDITY -  \n",
		},
		{
			name: "verbose", options: toc.ListOptions{Wanted: wanted, Verbose: true},
			want: "7; 0 0 ENCODING - ENCODING \n3; 2615 4294967295 SCHEMA - odd  name al ice\n" +
				"9; 1259 16385 TABLE odd name t bob\n;\tdepends on: 3 99 -1\n11; 0 0 ODDITY -  \n12; 0 0 SOMETHING NEW   \n",
		},
		{
			name: "in another order", options: toc.ListOptions{Wanted: wanted, Order: []int{4, 3, 2, 0, 1}},
			want: "11; 0 0 ODDITY -  \n9; 1259 16385 TABLE odd name t bob\n3; 2615 4294967295 SCHEMA - odd  name al ice\n",
		},
		{name: "nothing", options: toc.ListOptions{Wanted: make([]toc.Parts, 5)}, want: ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.Created = created
			var got strings.Builder
			if err := awkward().WriteList(&got, tt.options); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(head+tt.want, got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWriteListOldHeader(t *testing.T) {
	contents := toc.New(toc.Header{
		Version: toc.Version{Major: 1}, IntSize: 8, Format: toc.FormatTar, Compression: toc.CompressionGzip,
	}, nil)
	var got strings.Builder
	if err := contents.WriteList(&got, toc.ListOptions{Created: time.Unix(0, 0).UTC()}); err != nil {
		t.Fatal(err)
	}
	want := ";\n; Archive created at 1970-01-01 00:00:00 UTC\n;     dbname: \n;     TOC Entries: 0\n;     Compression: gzip\n" +
		";     Dump Version: 1.0-0\n;     Format: TAR\n;     Integer: 8 bytes\n;     Offset: 0 bytes\n" +
		";\n;\n; Selected TOC Entries:\n;\n"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

func TestWriteListError(t *testing.T) {
	full := errors.New("disk full")
	if err := awkward().WriteList(failingWriter{full}, toc.ListOptions{Wanted: make([]toc.Parts, 5)}); !errors.Is(err, full) {
		t.Errorf("want %v, got %v", full, err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

// readListCases were checked against pg_restore 18: which lines it ignores, in
// which order it then visits the entries of awkward, and where it gives up.
var readListCases = []struct {
	name    string
	in      string
	order   []toc.ID // all entries in the order of the restore
	listed  []toc.ID // in archive order
	ignored []string
	err     string
}{
	{name: "empty", in: "", order: []toc.ID{7, 3, 9, 11, 12}},
	{name: "only comments", in: ";\n; 3; x\n \t; 9\n", order: []toc.ID{7, 3, 9, 11, 12}},
	{name: "blank lines", in: "\n \t \r\n\r\n3\n", order: []toc.ID{7, 9, 11, 12, 3}, listed: []toc.ID{3}},
	{name: "in order", in: "7; 0 0 X\n3; 1 1 Y\n", order: []toc.ID{9, 11, 12, 7, 3}, listed: []toc.ID{7, 3}},
	{name: "reversed", in: "12;\n11;\n9;\n3;\n7;\n", order: []toc.ID{12, 11, 9, 3, 7}, listed: []toc.ID{7, 3, 9, 11, 12}},
	{name: "no end of line", in: "9; x\n3", order: []toc.ID{7, 11, 12, 9, 3}, listed: []toc.ID{3, 9}},
	{name: "carriage returns", in: "9; x\r\n3\r\n", order: []toc.ID{7, 11, 12, 9, 3}, listed: []toc.ID{3, 9}},
	{
		name: "twice", in: "9; x\n3;\n9; y\n", order: []toc.ID{7, 11, 12, 9, 3}, listed: []toc.ID{3, 9},
		ignored: []string{"9"},
	},
	{name: "indented", in: " \t\v\f9; x\n", order: []toc.ID{7, 3, 11, 12, 9}, listed: []toc.ID{9}},
	{name: "signed", in: "+9; x\n-3; y\n", order: []toc.ID{7, 3, 11, 12, 9}, listed: []toc.ID{9}, ignored: []string{"-3"}},
	{name: "leading zeros", in: "0000000000000000000000009\n", order: []toc.ID{7, 3, 11, 12, 9}, listed: []toc.ID{9}},
	{name: "text behind the number", in: "9.5\n3abc\n", order: []toc.ID{7, 11, 12, 9, 3}, listed: []toc.ID{3, 9}},
	{name: "hexadecimal", in: "0x9\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"0x9\n"}},
	{name: "no number", in: "abc; 3\nx\n- 3\n+\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"abc", "x\n", "- 3\n", "+\n"}},
	{name: "a vertical tab is not blank", in: "\v\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"\v\n"}},
	{name: "zero", in: "0; x\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"0"}},
	{name: "beyond the highest", in: "13; x\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"13"}},
	{name: "cut down to 32 bits", in: "4294967305; x\n", order: []toc.ID{7, 3, 11, 12, 9}, listed: []toc.ID{9}},
	{name: "negative when cut down", in: "4294967294; x\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"4294967294"}},
	{name: "too large", in: "99999999999999999999; x\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"99999999999999999999"}},
	{name: "too small", in: "-99999999999999999999; x\n", order: []toc.ID{7, 3, 9, 11, 12}, ignored: []string{"-99999999999999999999"}},
	{
		name: "nearly too small", in: "-9223372036854775799; x\n", // -2^63 + 9
		order: []toc.ID{7, 3, 11, 12, 9}, listed: []toc.ID{9},
	},
	{name: "missing", in: "bad\n9;\n5; x\n3;\n", ignored: []string{"bad\n"}, err: "could not find entry for ID 5"},
	{name: "missing at the end", in: "5", err: "could not find entry for ID 5"},
	{name: "a NUL ends the line's text", in: "9\x00bad; x\n", order: []toc.ID{7, 3, 11, 12, 9}, listed: []toc.ID{9}},
	{
		// C's fgets and strlen do not see the line's end behind a NUL.
		name: "a NUL joins the next line", in: "9; x\x00; x\n3; x\n7; x\n",
		order: []toc.ID{3, 11, 12, 9, 7}, listed: []toc.ID{7, 9},
	},
}

func TestReadList(t *testing.T) {
	for _, tt := range readListCases {
		t.Run(tt.name, func(t *testing.T) {
			contents := awkward()
			order, listed, ignored, err := contents.ReadList(iotest.OneByteReader(strings.NewReader(tt.in)))
			if diff := cmp.Diff(tt.ignored, ignored); diff != "" {
				t.Errorf("ignored: %s", diff)
			}
			if tt.err != "" {
				if err == nil || tt.err != err.Error() {
					t.Errorf("want error %q, got %v", tt.err, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.order, idsAt(contents, order)); diff != "" {
				t.Errorf("order: %s", diff)
			}
			var ids []toc.ID
			for i, is := range listed {
				if is {
					ids = append(ids, contents.Entries[i].ID)
				}
			}
			if diff := cmp.Diff(tt.listed, ids); diff != "" {
				t.Errorf("listed: %s", diff)
			}
		})
	}
}

func idsAt(contents *toc.TOC, positions []int) (ids []toc.ID) {
	for _, i := range positions {
		ids = append(ids, contents.Entries[i].ID)
	}
	return ids
}

func TestReadListError(t *testing.T) {
	broken := errors.New("broken")
	_, _, _, err := awkward().ReadList(io.MultiReader(strings.NewReader("9;\n3"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("want %v, got %v", broken, err)
	}
}

func FuzzReadList(f *testing.F) {
	for _, c := range readListCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		contents := awkward()
		order, listed, ignored, err := contents.ReadList(bytes.NewReader(data))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "could not find entry for ID ") {
				t.Fatal(err)
			}
			return
		}
		for _, line := range ignored {
			if strings.ContainsAny(line, ";\x00") {
				t.Errorf("a comment is left in the ignored line %q", line)
			}
		}
		sorted := slices.Sorted(slices.Values(order))
		if want := []int{0, 1, 2, 3, 4}; !slices.Equal(want, sorted) {
			t.Fatalf("want each position once, got %v", order)
		}
		if len(listed) != len(order) {
			t.Fatalf("want %d listed, got %d", len(order), len(listed))
		}
		// Those not listed come first, in archive order.
		chosen := 0
		for n, i := range order {
			if listed[i] {
				chosen++
				continue
			}
			if chosen > 0 || n > 0 && order[n-1] > i {
				t.Fatalf("position %d, not listed, comes late in %v of %v", i, order, listed)
			}
		}
		// A list of the listed, read again, gives the same order.
		wanted := make([]toc.Parts, len(listed))
		for i, is := range listed {
			if is {
				wanted[i] = toc.Definition
			}
		}
		var written bytes.Buffer
		if err := contents.WriteList(&written, toc.ListOptions{Order: order, Wanted: wanted}); err != nil {
			t.Fatal(err)
		}
		again, listedAgain, ignored, err := contents.ReadList(&written)
		if err != nil || len(ignored) > 0 {
			t.Fatalf("the list written is refused: %v, %q", err, ignored)
		}
		if diff := cmp.Diff(order, again); diff != "" {
			t.Errorf("order: %s", diff)
		}
		if diff := cmp.Diff(listed, listedAgain); diff != "" {
			t.Errorf("listed: %s", diff)
		}
	})
}

func TestOneLine(t *testing.T) {
	for _, tt := range []struct {
		in     string
		null   bool
		plain  string // OneLine
		hyphen string // OneLineOrHyphen
	}{
		{in: "", plain: "", hyphen: ""},
		{in: "", null: true, plain: "", hyphen: "-"},
		{in: "one", plain: "one", hyphen: "one"},
		{in: "a\nb", plain: "a b", hyphen: "a b"},
		{in: "\r\n\n", plain: "   ", hyphen: "   "},
		{in: "a\tb\vc\fd\x85", plain: "a\tb\vc\fd\x85", hyphen: "a\tb\vc\fd\x85"},
		{in: "x\n-- \\! ls", plain: "x -- \\! ls", hyphen: "x -- \\! ls"},
	} {
		t.Run(fmt.Sprintf("%q", tt.in), func(t *testing.T) {
			if got := toc.OneLine(tt.in); tt.plain != got {
				t.Errorf("want %q, got %q", tt.plain, got)
			}
			if got := toc.OneLineOrHyphen(tt.in, tt.null); tt.hyphen != got {
				t.Errorf("with hyphen: want %q, got %q", tt.hyphen, got)
			}
		})
	}
}
