package archive

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/pierrec/lz4/v4"
)

// lz4Linked is a frame as pg_dump writes it, with blocks that refer to those
// before: "hello world, ", stored; nine of its characters once more and
// "12345", compressed; and that again.
const lz4Linked = "\x04\x22\x4d\x18\x40\x40\xc0" +
	"\x0d\x00\x00\x80hello world, " +
	"\x09\x00\x00\x00\x05\x0d\x00\x5012345" +
	"\x09\x00\x00\x00\x05\x0e\x00\x5012345" +
	"\x00\x00\x00\x00"

const lz4LinkedText = "hello world, hello wor12345hello wor12345"

// lz4Written is a frame of our library.
func lz4Written(t *testing.T, text string, options ...lz4.Option) string {
	t.Helper()
	var b bytes.Buffer
	w := lz4.NewWriter(&b)
	if err := w.Apply(options...); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLZ4Frames(t *testing.T) {
	long := strings.Repeat("0123456789abcdef and so on, ", 100_000)
	plain := []lz4.Option{lz4.ChecksumOption(false), lz4.BlockSizeOption(lz4.Block64Kb)}
	for _, test := range []struct {
		name, file, want string
		wantErr          error
	}{
		{"nothing", "", "", nil},
		{"linked", lz4Linked, lz4LinkedText, nil},
		{"two linked", lz4Linked + lz4Linked, lz4LinkedText + lz4LinkedText, nil},
		{"plain", lz4Written(t, long, plain...), long, nil},
		{"large blocks", lz4Written(t, long, lz4.ChecksumOption(false)), long, nil},
		{"checksums", lz4Written(t, long), long, nil},
		{"mixed", lz4Linked + lz4Written(t, long) + lz4Linked, lz4LinkedText + long + lz4LinkedText, nil},
		{"small after large", lz4Written(t, long, lz4.ChecksumOption(false)) + lz4Linked, long + lz4LinkedText, nil},
		{"cut in a block", lz4Linked[:len(lz4Linked)-8], lz4LinkedText[:27], io.ErrUnexpectedEOF},
		{"cut before the end mark", lz4Linked[:len(lz4Linked)-4], lz4LinkedText, io.ErrUnexpectedEOF},
		{"cut in the head", lz4Linked[:5], "", io.ErrUnexpectedEOF},
		{"block too large", lz4Linked[:7] + "\x01\x00\x01\x80", "", errLZ4BlockSize},
	} {
		for way, wrap := range map[string]func(io.Reader) io.Reader{
			"": func(r io.Reader) io.Reader { return r }, "/byte by byte": iotest.OneByteReader,
		} {
			t.Run(test.name+way, func(t *testing.T) {
				d := &lz4Decoder{}
				for range 2 { // the second time with what is left of the first
					d.restart(storedAlone{wrap(strings.NewReader(test.file))})
					got, err := io.ReadAll(d)
					if string(got) != test.want || !errors.Is(err, test.wantErr) {
						t.Errorf("got %d bytes %.30q and %v, want %d bytes and %v", len(got), got, err, len(test.want), test.wantErr)
					}
					d.restart(nil)
				}
			})
		}
	}
}

// TestLZ4LongHistory has a block that refers back across the decoder's moving
// of its history: each of many blocks repeats the first 13 bytes of the one before.
func TestLZ4LongHistory(t *testing.T) {
	const filler = 60_000
	var file, want strings.Builder
	file.WriteString(lz4Linked[:7])
	for i := range 50 {
		block := strings.Repeat(string(rune('a'+i%26)), filler)
		file.Write([]byte{byte(filler & 0xff), byte(filler >> 8 & 0xff), byte(filler >> 16), 0x80})
		file.WriteString(block)
		want.WriteString(block)
		distance := filler
		if i > 0 {
			distance = filler + 5 // into the block before this
		}
		file.WriteString("\x09\x00\x00\x00\x05")
		file.Write([]byte{byte(distance & 0xff), byte(distance >> 8)})
		file.WriteString("\x5012345")
		all := want.String()
		want.WriteString(all[len(all)-distance:][:9] + "12345")
	}
	file.WriteString("\x00\x00\x00\x00")
	d := &lz4Decoder{}
	d.restart(storedAlone{strings.NewReader(file.String())})
	got, err := io.ReadAll(d)
	if err != nil || string(got) != want.String() {
		t.Errorf("got %d bytes and %v, want %d", len(got), err, want.Len())
	}
}

// storedAlone is stored data without an archive around it.
type storedAlone struct{ io.Reader }

func (storedAlone) offset() int64 { return 0 }
