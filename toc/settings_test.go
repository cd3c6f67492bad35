package toc_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/toc"
)

func TestSettings(t *testing.T) {
	const utf8 = "SET client_encoding = 'UTF8';\n"
	latin1, _ := toc.ParseEncoding("LATIN1")
	for _, tt := range []struct {
		name    string
		entries []toc.Entry
		want    toc.Settings
		names   string // encoding of names
		err     string
	}{
		{name: "nothing", names: "UTF8"},
		{
			name: "all",
			entries: []toc.Entry{
				{Kind: toc.KindEncoding, Definition: utf8},
				{Kind: toc.KindStdStrings, Definition: "SET standard_conforming_strings = 'on';\n"},
				{Kind: toc.KindSearchPath, Definition: "SELECT pg_catalog.set_config('search_path', '', false);\n"},
			},
			want: toc.Settings{
				Encoding: toc.UTF8, HasEncoding: true, ConformingStrings: true,
				SearchPath: "SELECT pg_catalog.set_config('search_path', '', false);\n",
			},
			names: "UTF8",
		},
		{
			name: "anywhere",
			entries: []toc.Entry{
				{Kind: toc.KindTable, Definition: "CREATE TABLE t ();\n"},
				{Kind: toc.KindStdStrings, Definition: "SET standard_conforming_strings = 'on';\n"},
				{Kind: toc.KindIndex},
				{Kind: toc.KindEncoding, Definition: "SET client_encoding = 'iso-8859-1';\n"},
			},
			want: toc.Settings{Encoding: latin1, HasEncoding: true, ConformingStrings: true}, names: "LATIN1",
		},
		{
			name:    "SQL_ASCII is an encoding, too",
			entries: []toc.Entry{{Kind: toc.KindEncoding, Definition: "SET client_encoding = 'SQL_ASCII';\n"}},
			want:    toc.Settings{HasEncoding: true}, names: "SQL_ASCII",
		},
		{
			name: "the last one counts",
			entries: []toc.Entry{
				{Kind: toc.KindStdStrings, Definition: "SET standard_conforming_strings = 'on';\n"},
				{Kind: toc.KindStdStrings, Definition: "SET standard_conforming_strings = 'off';\n"},
				{Kind: toc.KindEncoding, Definition: utf8},
				{Kind: toc.KindEncoding, Definition: "SET client_encoding = 'LATIN1';\n"},
			},
			want: toc.Settings{Encoding: latin1, HasEncoding: true}, names: "LATIN1",
		},
		{
			name:    "only what is between the quotes counts",
			entries: []toc.Entry{{Kind: toc.KindEncoding, Definition: "'utf8' and more ' quotes"}},
			want:    toc.Settings{Encoding: toc.UTF8, HasEncoding: true}, names: "UTF8",
		},
		{
			name:    "unknown encoding",
			entries: []toc.Entry{{Kind: toc.KindEncoding, Definition: "SET client_encoding = 'UTF9';\n"}},
			err:     `unrecognized encoding "UTF9"`,
		},
		{
			name:    "no quotes",
			entries: []toc.Entry{{Kind: toc.KindEncoding, Definition: "SET client_encoding = UTF8;\n"}},
			err:     "invalid ENCODING item: SET client_encoding = UTF8;\n",
		},
		{
			name:    "one quote",
			entries: []toc.Entry{{Kind: toc.KindEncoding, Definition: "SET client_encoding = 'UTF8;\n"}},
			err:     "invalid ENCODING item: SET client_encoding = 'UTF8;\n",
		},
		{
			name:    "empty encoding",
			entries: []toc.Entry{{Kind: toc.KindEncoding, Definition: "SET client_encoding = '';\n"}},
			err:     `unrecognized encoding ""`,
		},
		{name: "no definition", entries: []toc.Entry{{Kind: toc.KindEncoding}}, err: "invalid ENCODING item: "},
		{
			name:    "strings neither on nor off",
			entries: []toc.Entry{{Kind: toc.KindStdStrings, Definition: "SET standard_conforming_strings = 'maybe';\n"}},
			err:     "invalid STDSTRINGS item: SET standard_conforming_strings = 'maybe';\n",
		},
		{
			name:    "strings on, but not closed",
			entries: []toc.Entry{{Kind: toc.KindStdStrings, Definition: "'on"}},
			err:     "invalid STDSTRINGS item: 'on",
		},
		{name: "strings without a definition", entries: []toc.Entry{{Kind: toc.KindStdStrings}}, err: "invalid STDSTRINGS item: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := toc.New(toc.Header{}, tt.entries).Settings()
			if tt.err != "" {
				if err == nil || tt.err != err.Error() {
					t.Fatalf("want error %q, got %v", tt.err, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmp.Comparer(func(a, b toc.Encoding) bool { return a.String() == b.String() })); diff != "" {
				t.Error(diff)
			}
			if got := got.NameEncoding().String(); tt.names != got {
				t.Errorf("encoding of names: want %q, got %q", tt.names, got)
			}
		})
	}
}
