package archive

import (
	"strings"
	"testing"
)

// TestInflateFault holds what zlib says of the same bytes.
func TestInflateFault(t *testing.T) {
	const zlibHead, gzipHead = "\x78\x9c", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
	const goodMember = gzipHead + "\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00" // of nothing
	for _, test := range []struct {
		stream string
		codec  codec
		want   string
	}{
		{"\x78\x9d", codecZlib, "incorrect header check"},
		{"\x77\x85", codecZlib, "unknown compression method"},
		{"\x88\x1c", codecZlib, "invalid window size"},
		{zlibHead + "\x07\x00", codecZlib, "invalid block type"},
		{zlibHead + "\x01\x05\x00\x00\x00", codecZlib, "invalid stored block lengths"},
		{zlibHead + "\x03\x02\x00", codecZlib, "invalid distance too far back"},
		{zlibHead + "\x03\x3e\x00", codecZlib, "invalid distance code"},
		{zlibHead + "\x1b\x03\x00", codecZlib, "invalid literal/length code"},
		{zlibHead + "\xfd\x00\x00\x00", codecZlib, "too many length or distance symbols"},
		{zlibHead + "\x05" + strings.Repeat("\x00", 60), codecZlib, "invalid code -- missing end-of-block"},
		{zlibHead + "\x05", codecZlib, ""}, // cut off
		{"", codecZlib, ""},
		{zlibHead + "\x03\x00", codecZlib, ""}, // good
		{gzipHead + "\x07\x00", codecGzip, "invalid block type"},
		{gzipHead[:2] + "\x07" + gzipHead[3:], codecGzip, "unknown compression method"},
		{gzipHead[:3] + "\xe0" + gzipHead[4:], codecGzip, "unknown header flags set"},
		{gzipHead[:3] + "\x1c" + gzipHead[4:] + "\x02\x00xxname\x00comment\x00\x07\x00", codecGzip, "invalid block type"},
		{goodMember + gzipHead + "\x07\x00", codecGzip, "invalid block type"},
		{goodMember, codecGzip, ""},
		{goodMember + "garbage", codecGzip, ""},
	} {
		if got := inflateFault(test.codec, strings.NewReader(test.stream)); got != test.want {
			t.Errorf("%q: got %q, want %q", test.stream, got, test.want)
		}
	}
}
