package inflate

import (
	"bytes"
	"compress/flate"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// zlibVerdicts has what zlib 1.2.13's inflate says of raw streams. Most are
// those of zlib's own test/infcover.c.
var zlibVerdicts = []struct {
	stream  string
	want    string // "" for none
	wantOut int
}{
	{"0000000000", "invalid stored block lengths", 0},
	{"06", "invalid block type", 0},
	{"fc0000", "too many length or distance symbols", 0},
	{"0400feff", "invalid code lengths set", 0},
	{"0400244900", "invalid bit length repeat", 0},
	{"040024e9ffff", "invalid bit length repeat", 0},
	{"040024e9ff6d", "invalid code -- missing end-of-block", 0},
	{"05" + strings.Repeat("00", 60), "invalid code -- missing end-of-block", 0}, // no code lengths at all
	{"048049922449922471ffff931100", "invalid literal/lengths set", 0},
	{"04804992244992240fb4ffffc384", "invalid distances set", 0},
	{"04c0810800000000207feb0b0000", "invalid literal/length code", 0},
	{"027effff", "invalid distance code", 0},
	{"0cc081000000000090ff6b0400", "invalid distance too far back", 0},
	{"010100feff00", "", 1},
	{"0300", "", 0},
	{"02082080000300", "", 0},
	{"05c0210d00000080b0fe6d2f916c", "", 0},                   // a distance of 15 bits
	{"05e0819124cbb22c49e20f2e8b9a47569ffbfeecd2ff1f", "", 0}, // a literal of 15 bits
	{"edc001010000004020ff571b422c4f", "", 516},               // one distance code of one bit
	{"edcfc1b12c4710c430fa6f351d0182593dfbbe2e2afc0f0c", "", 518},
	{"edc0810000000080a0fda917a90000000000000000000000000000000000000000000000000006", "", 25801},
}

func TestZlibVerdicts(t *testing.T) {
	for _, test := range zlibVerdicts {
		stream, err := hex.DecodeString(test.stream)
		if err != nil {
			t.Fatal(err)
		}
		// Input behind it brings the fast loop to it.
		padded := append(stream[:len(stream):len(stream)], make([]byte, 100)...)
		for _, in := range []io.Reader{bytes.NewReader(stream), iotest.OneByteReader(bytes.NewReader(stream)), bytes.NewReader(padded)} {
			out, err := io.ReadAll(NewReader(in))
			var corrupt *CorruptError
			got := ""
			if errors.As(err, &corrupt) {
				got = corrupt.What
			} else if err != nil {
				got = err.Error()
			}
			if got != test.want || len(out) != test.wantOut {
				t.Errorf("%s: %q and %d bytes, want %q and %d", test.stream, got, len(out), test.want, test.wantOut)
			}
		}
	}
}

func TestCorruptOffset(t *testing.T) {
	good := deflated(t, copyRows(10<<10), 6)
	stream := append([]byte{0, 3, 0, 0xfc, 0xff, 'a', 'b', 'c'}, 6) // a stored block, then no block
	_, err := io.ReadAll(NewReader(bytes.NewReader(append(stream, good...))))
	want := CorruptError{Offset: 9, What: "invalid block type"}
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) || *corrupt != want {
		t.Errorf("got %v, want %v", err, &want)
	}
}

// FuzzReader compares with compress/flate.
func FuzzReader(f *testing.F) {
	for _, test := range zlibVerdicts {
		stream, err := hex.DecodeString(test.stream)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(stream)
	}
	for level := flate.HuffmanOnly; level <= 9; level++ {
		f.Add(deflated(f, copyRows(2000), level))
		f.Add(deflated(f, bytes.Repeat([]byte("ab"), 300), level))
	}
	z := NewReader(nil)
	f.Fuzz(func(t *testing.T, stream []byte) {
		const limit = 4 << 20
		want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(stream)), limit))
		for _, r := range readers[:2] {
			z.Reset(r.of(bytes.NewReader(stream)))
			got, err := io.ReadAll(io.LimitReader(z, limit))
			var corrupt *CorruptError
			stricter := errors.As(err, &corrupt) &&
				(corrupt.What == "invalid code -- missing end-of-block" || corrupt.What == "invalid code lengths set")
			switch {
			case err == nil && (wantErr != nil || !bytes.Equal(got, want)):
				t.Fatalf("in %s: no error and %d bytes, want %d, error %v", r.name, len(got), len(want), wantErr)
			case err != nil && wantErr == nil && !stricter:
				t.Fatalf("in %s: %v, want no error", r.name, err)
			case err != nil && err != io.ErrUnexpectedEOF && corrupt == nil:
				t.Fatalf("in %s: %v", r.name, err)
			case !stricter && !bytes.HasPrefix(got, want):
				t.Fatalf("in %s: %d bytes, not those %d of compress/flate", r.name, len(got), len(want))
			}
		}
	})
}
