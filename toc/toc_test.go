package toc_test

import (
	"testing"

	"pgrestore/toc"
)

func TestEntryString(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   toc.Entry
		want string
	}{
		{
			"plain", toc.Entry{ID: 220, TableOID: 1259, OID: 16390, Desc: "TABLE", Tag: "orders", Owner: "alice"},
			"220; 1259 16390 TABLE orders alice",
		},
		{
			"large numbers", toc.Entry{ID: 1<<31 - 1, TableOID: 4294967295, OID: 4294967294, Desc: "TABLE DATA", Tag: "t", Owner: "o"},
			"2147483647; 4294967295 4294967294 TABLE DATA t o",
		},
		{"empty texts", toc.Entry{ID: 1, Desc: "ACL"}, "1; 0 0 ACL  "},
		{
			"NULL texts", toc.Entry{ID: 1, Desc: "ENCODING", Null: toc.FieldTag | toc.FieldOwner},
			"1; 0 0 ENCODING (no tag) (no owner)",
		},
		{"line ends stay", toc.Entry{ID: 1, Desc: "TABLE", Tag: "a\nb", Owner: "c\nd"}, "1; 0 0 TABLE a\nb c\nd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.in.String(); tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

func TestIsLoadViaRootNote(t *testing.T) {
	for _, tt := range []struct {
		definition string
		want       bool
	}{
		{"-- load via partition root public.t\n", true},
		{"-- load via partition root ", true},
		{"-- load via partition root", false},
		{" -- load via partition root public.t", false},
		{"", false},
	} {
		e := toc.Entry{Definition: tt.definition}
		if got := e.IsLoadViaRootNote(); tt.want != got {
			t.Errorf("%q: want %t, got %t", tt.definition, tt.want, got)
		}
	}
}

func TestVersion(t *testing.T) {
	for _, tt := range []struct {
		version toc.Version
		text    string
		at12    bool
	}{
		{toc.Version{Major: 1}, "1.0-0", false},
		{toc.Version{Major: 1, Minor: 11, Rev: 9}, "1.11-9", false},
		{toc.Version{Major: 1, Minor: 12}, "1.12-0", true},
		{toc.Version{Major: 1, Minor: 16}, "1.16-0", true},
		{toc.Version{Major: 2}, "2.0-0", true},
		{toc.Version{Minor: 99}, "0.99-0", false},
	} {
		if got := tt.version.String(); tt.text != got {
			t.Errorf("want %q, got %q", tt.text, got)
		}
		if got := tt.version.AtLeast(12); tt.at12 != got {
			t.Errorf("%s at least 1.12: want %t, got %t", tt.text, tt.at12, got)
		}
	}
}

func TestNames(t *testing.T) {
	for _, tt := range []struct {
		want string
		got  string
	}{
		{"CUSTOM", toc.FormatCustom.String()},
		{"TAR", toc.FormatTar.String()},
		{"DIRECTORY", toc.FormatDirectory.String()},
		{"UNKNOWN", toc.FormatUnknown.String()},
		{"UNKNOWN", toc.Format(99).String()},
		{"none", toc.CompressionNone.String()},
		{"gzip", toc.CompressionGzip.String()},
		{"lz4", toc.CompressionLZ4.String()},
		{"zstd", toc.CompressionZstd.String()},
		{"???", toc.Compression(99).String()},
	} {
		if tt.want != tt.got {
			t.Errorf("want %q, got %q", tt.want, tt.got)
		}
	}
}

func TestParseKind(t *testing.T) {
	for _, tt := range []struct {
		desc string
		want toc.Kind
	}{
		{"TABLE", toc.KindTable},
		{"TABLE DATA", toc.KindTableData},
		{"FK CONSTRAINT", toc.KindForeignKey},
		{"BLOB COMMENTS", toc.KindBlobComments},
		{"<Init>", toc.KindInit},
		{"SEARCHPATH", toc.KindSearchPath},
		{"PUBLICATION TABLES IN SCHEMA", toc.KindPublicationTablesInSchema},
		{"", toc.KindOther},
		{"table", toc.KindOther},
		{"TABLE ", toc.KindOther},
		{"EXTENDED STATISTICS DATA", toc.KindOther},
	} {
		if got := toc.ParseKind(tt.desc); tt.want != got {
			t.Errorf("%q: want %d, got %d", tt.desc, tt.want, got)
		}
	}
}

func TestSectionBefore111(t *testing.T) {
	for _, tt := range []struct {
		desc string
		want toc.Section
	}{
		{"COMMENT", toc.SectionNone},
		{"ACL", toc.SectionNone},
		{"ACL LANGUAGE", toc.SectionNone},
		{"TABLE DATA", toc.SectionData},
		{"BLOBS", toc.SectionData},
		{"BLOB COMMENTS", toc.SectionData},
		{"CONSTRAINT", toc.SectionPostData},
		{"CHECK CONSTRAINT", toc.SectionPostData},
		{"FK CONSTRAINT", toc.SectionPostData},
		{"INDEX", toc.SectionPostData},
		{"RULE", toc.SectionPostData},
		{"TRIGGER", toc.SectionPostData},
		{"TABLE", toc.SectionPreData},
		{"SEQUENCE SET", toc.SectionPreData},
		{"DEFAULT ACL", toc.SectionPreData},
		{"NEVER HEARD OF", toc.SectionPreData},
	} {
		if got := toc.SectionBefore111(toc.ParseKind(tt.desc)); tt.want != got {
			t.Errorf("%q: want %d, got %d", tt.desc, tt.want, got)
		}
	}
}

func TestLookup(t *testing.T) {
	contents := toc.New(toc.Header{}, []toc.Entry{
		{ID: 5, Tag: "first"}, {ID: 2, Tag: "other"}, {ID: 5, Tag: "second"},
	})
	if got := contents.Get(5); got == nil || got.Tag != "second" {
		t.Errorf("of two entries with one ID, want the later, got %v", got)
	}
	if i, ok := contents.Index(2); i != 1 || !ok {
		t.Errorf("want position 1, got %d, %t", i, ok)
	}
	if _, ok := contents.Index(3); ok {
		t.Error("found an ID that is not there")
	}
	if got := contents.Get(0); got != nil {
		t.Errorf("want nothing, got %v", got)
	}
	// IDs far from the others take no room for those between.
	far := toc.New(toc.Header{}, []toc.Entry{{ID: 1<<31 - 1, Tag: "far"}, {ID: 1, Tag: "near"}, {ID: 1<<31 - 1, Tag: "again"}})
	for id, want := range map[toc.ID]string{1: "near", 1<<31 - 1: "again"} {
		if got := far.Get(id); got == nil || got.Tag != want {
			t.Errorf("ID %d: want %s, got %v", id, want, got)
		}
	}
	if _, ok := far.Index(1<<31 - 2); ok {
		t.Error("found a far ID that is not there")
	}
	if want, got := toc.ID(5), contents.MaxID(); want != got {
		t.Errorf("highest: want %d, got %d", want, got)
	}
	if want, got := toc.ID(0), toc.New(toc.Header{}, nil).MaxID(); want != got {
		t.Errorf("highest of none: want %d, got %d", want, got)
	}
}
