package archive_test

import (
	"fmt"
	"strings"
	"testing"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

func TestCheckEnd(t *testing.T) {
	const behind = "archive goes on after its last data"
	for _, test := range []struct {
		name    string
		tail    string
		empty   bool // no entries with data
		streams bool
		tar     bool
		want    string
	}{
		{name: "as written"},
		{name: "as written, stream", streams: true},
		{name: "garbage", tail: "garbage", want: behind},
		{name: "garbage, stream", tail: "garbage", streams: true, want: behind},
		{name: "zeros", tail: strings.Repeat("\x00", 100), want: behind},
		{name: "half a header", tail: "\x01\x00", want: behind},
		{name: "no data", empty: true},
		{name: "garbage after no data", tail: "garbage", empty: true, want: behind},
		{name: "tar", tar: true},
		{name: "tar, stream", tar: true, streams: true},
		{name: "garbage after a tar", tail: "garbage", tar: true, want: "incomplete tar header found (7 bytes)"},
		{name: "block of garbage after a tar, stream", tail: strings.Repeat("x", 512), tar: true, streams: true, want: "corrupt tar header found"},
	} {
		for _, noOffsets := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%t", test.name, noOffsets), func(t *testing.T) {
				sample := archivetest.Sample(archivetest.Minor(16))
				sample.NoOffsets = noOffsets
				if test.empty {
					sample.Entries = sample.Entries[:3]
				}
				write := func(a *archivetest.Archive) []byte {
					if test.tar {
						return append(a.Tar(), test.tail...)
					}
					return append(a.Custom(), test.tail...)
				}
				open := openBytes(write)
				if test.streams {
					open = openStream(write)
				}
				a, err := open(t, sample)
				if err != nil {
					t.Fatal(err)
				}
				defer a.Close()
				readEverything(t, a)
				wantError(t, a.CheckEnd(t.Context()), test.want)
			})
		}
	}
}

func readEverything(t *testing.T, a *archive.Archive) {
	t.Helper()
	for i := range a.TOC().Entries {
		e := &a.TOC().Entries[i]
		switch {
		case !e.HasData:
		case e.Kind == toc.KindBlobs:
			readObjects(t, a, e.ID)
		default:
			readData(t, a, e.ID)
		}
	}
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if want == "" && got != "" || !strings.HasPrefix(got, want) {
		t.Errorf("want %q, got %q", want, got)
	}
}
