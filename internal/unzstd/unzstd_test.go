package unzstd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/klauspost/compress/zstd"
)

// samples are data of different kinds, large enough for several blocks.
func samples() map[string][]byte {
	random := rand.NewChaCha8([32]byte{1})
	noise := make([]byte, 700<<10)
	random.Read(noise)
	var rows, hex bytes.Buffer
	for i := range 40_000 {
		fmt.Fprintf(&rows, "%d\tcustomer number %x\t2026-01-%02d 12:00:00\t%d.%02d\n", i, uint32(i)*2654435761, i%28+1, i*7%1000, i%100)
		fmt.Fprintf(&hex, "%032x\t%t\n", uint64(i)*0x9e3779b97f4a7c15, i%3 == 0)
	}
	return map[string][]byte{
		"nothing":      nil,
		"one byte":     {'x'},
		"zeros":        make([]byte, 3<<20),
		"noise":        noise,
		"rows":         rows.Bytes(),
		"hexadecimals": hex.Bytes(),
		"short period": []byte(strings.Repeat("ab\n", 400_000)),
		"far matches":  bytes.Repeat(noise, 6),
		"all of it":    bytes.Join([][]byte{rows.Bytes(), noise[:200_000], hex.Bytes(), make([]byte, 200_000), rows.Bytes()}, nil),
	}
}

// compress makes a frame as pg_dump does, in pieces of so many bytes if not 0.
func compress(t testing.TB, data []byte, piece int, options ...zstd.EOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, append(options, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))...)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil { // so that it does not state a size
		t.Fatal(err)
	}
	for piece > 0 && len(data) > 0 {
		n := min(piece, len(data))
		w.Write(data[:n])
		w.Flush()
		data = data[n:]
	}
	w.Write(data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// start begins to read a frame.
func start(t testing.TB, z *Reader, frame []byte) {
	t.Helper()
	window, ok := PlainFrame(frame)
	if !ok {
		t.Fatalf("the frame % x is not plain", frame[:min(len(frame), 16)])
	}
	z.Reset(bytes.NewReader(frame[HeadBytes:]), window, nil)
}

func TestReader(t *testing.T) {
	readers := []*Reader{NewReader(0), inGo(0), NewReader(3)}
	for name, data := range samples() {
		for _, level := range []zstd.EncoderLevel{zstd.SpeedFastest, zstd.SpeedBetterCompression} {
			for _, window := range []int{1 << 10, 512 << 10, 8 << 20} {
				frame := compress(t, data, 0, zstd.WithEncoderLevel(level), zstd.WithWindowSize(window))
				for _, z := range readers {
					t.Run(fmt.Sprintf("%s/%s/%d KiB/%d helpers, assembly %t", name, level, window>>10, len(z.workers)-1, z.window.assembly), func(t *testing.T) {
						start(t, z, frame)
						got, err := io.ReadAll(z)
						if err != nil || !bytes.Equal(got, data) {
							t.Errorf("want %d bytes, got %d and %v", len(data), len(got), err)
						}
					})
				}
			}
		}
	}
}

func TestNextAndReadTakeTurns(t *testing.T) {
	data := samples()["rows"]
	z := NewReader(2)
	start(t, z, compress(t, data, 1000))
	var got []byte
	buf := make([]byte, 700)
	for i := 0; ; i++ {
		var run []byte
		var err error
		if i%3 == 0 {
			run, err = z.Next()
		} else {
			var n int
			n, err = z.Read(buf)
			run = buf[:n]
		}
		got = append(got, run...)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got, data) {
		t.Errorf("want %d bytes, got %d others", len(data), len(got))
	}
}

func TestPlainFrame(t *testing.T) {
	for _, test := range []struct {
		name, head string
		want       int
		wantOK     bool
	}{
		{"pg_dump's", "\x28\xb5\x2f\xfd\x00\x58", 2 << 20, true},
		{"smallest", "\x28\xb5\x2f\xfd\x00\x00", 1 << 10, true},
		{"with eighths", "\x28\xb5\x2f\xfd\x00\x5b", 2<<20 + 3*256<<10, true},
		{"largest", "\x28\xb5\x2f\xfd\x00\x68", 8 << 20, true},
		{"larger", "\x28\xb5\x2f\xfd\x00\x69", 9 << 20, false},
		{"checksum", "\x28\xb5\x2f\xfd\x04\x58", 0, false},
		{"stated size", "\x28\xb5\x2f\xfd\x40\x58", 0, false},
		{"single segment", "\x28\xb5\x2f\xfd\x20\x58", 0, false},
		{"dictionary", "\x28\xb5\x2f\xfd\x01\x58", 0, false},
		{"skippable", "\x50\x2a\x4d\x18\x00\x58", 0, false},
		{"cut off", "\x28\xb5\x2f\xfd\x00", 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := PlainFrame([]byte(test.head))
			if ok != test.wantOK || got != test.want {
				t.Errorf("want %d and %t, got %d and %t", test.want, test.wantOK, got, ok)
			}
		})
	}
}

// TestDamage flips and cuts a frame of several blocks everywhere: what comes
// out must be what the library gives, up to the same block.
func TestDamage(t *testing.T) {
	all := samples()
	data := bytes.Join([][]byte{all["rows"][:3000], make([]byte, 500), all["noise"][:300], all["hexadecimals"][:2000], all["rows"][1000:4000]}, nil)
	frame := compress(t, data, 1700)
	readers := []*Reader{NewReader(0), inGo(0), NewReader(2)}
	library := newLibrary(t)
	for at := HeadBytes; at < len(frame); at++ {
		for _, flip := range []byte{1, 0x80, 0xff} {
			bad := bytes.Clone(frame)
			bad[at] ^= flip
			for _, z := range readers {
				compare(t, fmt.Sprintf("byte %d ^ %#x", at, flip), library, z, bad)
			}
		}
		for _, z := range readers {
			compare(t, fmt.Sprintf("cut at %d", at), library, z, frame[:at])
		}
	}
}

func newLibrary(t testing.TB) *zstd.Decoder {
	t.Helper()
	library, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(library.Close)
	return library
}

// compare reads a frame and compares with the library. Of what follows a frame
// that is well the library is not told, since it goes on to further frames.
func compare(t *testing.T, what string, library *zstd.Decoder, z *Reader, frame []byte) {
	t.Helper()
	window, ok := PlainFrame(frame)
	if !ok {
		t.Fatal("not a plain frame")
	}
	in := bytes.NewReader(frame[HeadBytes:])
	z.Reset(in, window, nil)
	got, err := io.ReadAll(z)
	if err == nil {
		frame = frame[:len(frame)-in.Len()]
	}
	if err := library.Reset(bytes.NewReader(frame)); err != nil {
		t.Fatal(err)
	}
	want, wantErr := io.ReadAll(library)
	var corrupt *CorruptError
	switch {
	case !bytes.Equal(got, want):
		t.Errorf("%s: want %d bytes and %v, got %d (%d the same) and %v", what, len(want), wantErr, len(got), same(got, want), err)
	case (err == nil) != (wantErr == nil), errors.Is(err, io.ErrUnexpectedEOF) != errors.Is(wantErr, io.ErrUnexpectedEOF) && !errors.As(err, &corrupt):
		t.Errorf("%s: want %v, got %v", what, wantErr, err)
	}
}

func same(a, b []byte) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// failing fails after what r has.
type failing struct {
	r   io.Reader
	err error
}

func (f failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err == io.EOF {
		err = f.err
	}
	return n, err
}

// TestErrorsInOrder has a bad block before the input fails: helpers meet the
// second first.
func TestErrorsInOrder(t *testing.T) {
	data := samples()["rows"]
	frame := compress(t, data, 20_000)
	window, _ := PlainFrame(frame)
	fault := errors.New("the disk is broken")
	z := NewReader(3)
	z.Reset(failing{bytes.NewReader(frame[HeadBytes : len(frame)-10]), fault}, window, nil)
	before, err := io.ReadAll(z)
	if err != fault {
		t.Fatalf("want %v, got %v", fault, err)
	}
	if !bytes.HasPrefix(data, before) || len(before) < len(data)-20_000 {
		t.Errorf("want nearly %d bytes, got %d, of which %d are right", len(data), len(before), same(before, data))
	}

	bad := bytes.Clone(frame[:len(frame)-10])
	at := blockAt(bad, 20)
	bad[at] |= 6 // a reserved type
	z.Reset(failing{bytes.NewReader(bad[HeadBytes:]), fault}, window, nil)
	got, err := io.ReadAll(z)
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) {
		t.Errorf("want a corrupt block, got %v", err)
	}
	if !bytes.HasPrefix(data, got) || len(got) == 0 || len(got) > len(before)/2 {
		t.Errorf("want less than %d bytes, got %d, of which %d are right", len(before)/2, len(got), same(got, data))
	}
	if _, again := z.Next(); again != err {
		t.Errorf("want %v once more, got %v", err, again)
	}
}

// blockAt gives where the n-th block begins.
func blockAt(frame []byte, n int) int {
	at := HeadBytes
	for range n {
		head := int(frame[at]) | int(frame[at+1])<<8 | int(frame[at+2])<<16
		size := head >> 3
		if head>>1&3 == int(blockRepeat) {
			size = 1
		}
		at += 3 + size
	}
	return at
}

// counting counts what is read; only one may read at a time.
type counting struct {
	r    io.Reader
	read atomic.Int64
	busy atomic.Bool
}

func (c *counting) Read(p []byte) (int, error) {
	if !c.busy.CompareAndSwap(false, true) {
		panic("read by two at once")
	}
	defer c.busy.Store(false)
	n, err := c.r.Read(p)
	c.read.Add(int64(n))
	return n, err
}

func TestPosition(t *testing.T) {
	frame := compress(t, samples()["rows"], 10_000)
	for _, helpers := range []int{0, 1, 3} {
		z := NewReader(helpers)
		in := &counting{r: iotest.OneByteReader(bytes.NewReader(frame[HeadBytes:]))}
		window, _ := PlainFrame(frame)
		z.Reset(in, window, in.read.Load)
		for i := 1; ; i++ {
			_, err := z.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if want := int64(blockAt(frame, i) - HeadBytes); z.Position() < want {
				t.Fatalf("%d helpers, block %d: want %d or more, got %d", helpers, i, want, z.Position())
			}
			if z.Position() > in.read.Load() {
				t.Fatalf("%d helpers: position %d is behind all that was read", helpers, z.Position())
			}
		}
		if want := int64(len(frame) - HeadBytes); z.Position() != want {
			t.Errorf("%d helpers: want %d in the end, got %d", helpers, want, z.Position())
		}
	}
}

func TestStop(t *testing.T) {
	data := samples()["rows"]
	frame := compress(t, data, 10_000)
	window, _ := PlainFrame(frame)
	z := NewReader(3)
	for blocks := range 30 {
		in := &counting{r: bytes.NewReader(frame[HeadBytes:])}
		z.Reset(in, window, nil)
		for range blocks {
			if _, err := z.Next(); err != nil {
				t.Fatal(err)
			}
		}
		z.Stop()
		for i, w := range z.workers {
			if len(w.idle) != batchesPerWorker {
				t.Fatalf("after %d blocks: want %d idle batches of worker %d, got %d", blocks, batchesPerWorker, i, len(w.idle))
			}
		}
		if _, err := z.Next(); err != io.EOF {
			t.Errorf("want io.EOF after Stop, got %v", err)
		}
		if blocks < 20 && in.read.Load() == int64(len(frame)-HeadBytes) {
			t.Error("all has been read ahead")
		}
	}
	start(t, z, frame)
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, data) {
		t.Errorf("want %d bytes, got %d and %v", len(data), len(got), err)
	}
}

// slow takes a millisecond for each read.
type slow struct {
	counting
	reads atomic.Int64
}

func (s *slow) Read(p []byte) (int, error) {
	s.reads.Add(1)
	time.Sleep(time.Millisecond)
	return s.counting.Read(p)
}

// TestStopReadsNoMore stops helpers that wait to read, each for a batch.
func TestStopReadsNoMore(t *testing.T) {
	frame := compress(t, samples()["rows"], 2000)
	window, _ := PlainFrame(frame)
	z := NewReader(3)
	in := &slow{counting: counting{r: bytes.NewReader(frame[HeadBytes:])}}
	z.Reset(in, window, nil)
	for range 10 {
		if _, err := z.Next(); err != nil {
			t.Fatal(err)
		}
	}
	before := in.reads.Load()
	z.Stop()
	// A block is two reads, its head and its data; one may begin before Stop does.
	if got := in.reads.Load() - before; got > 2*batchBlocks+1 {
		t.Errorf("want the batch that is being read at most, got %d reads", got)
	}
}

func FuzzReader(f *testing.F) {
	all := samples()
	f.Add(compress(f, all["rows"][:5000], 0))
	f.Add(compress(f, all["hexadecimals"][:9000], 3000))
	f.Add(compress(f, all["zeros"][:200_000], 0))
	f.Add(compress(f, all["noise"][:500], 100))
	library := newLibrary(f)
	readers := []*Reader{NewReader(0), inGo(0), NewReader(2)}
	f.Fuzz(func(t *testing.T, frame []byte) {
		if _, ok := PlainFrame(frame); !ok {
			return
		}
		if len(frame) > 10_000 {
			return // a byte may stand for 40 kB
		}
		for _, z := range readers {
			compare(t, "fuzz", library, z, frame)
		}
	})
}

// BenchmarkReader compares with the library, which takes one core.
func BenchmarkReader(b *testing.B) {
	var data []byte
	for range 20 {
		data = append(data, samples()["all of it"]...)
	}
	frame := compress(b, data, 0, zstd.WithWindowSize(2<<20))
	b.Run("library", func(b *testing.B) {
		library := newLibrary(b)
		buf := make([]byte, 256<<10)
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			library.Reset(bytes.NewReader(frame))
			if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{library}, buf); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, helpers := range []int{0, 1, 2, 4} {
		b.Run(fmt.Sprint(helpers, " helpers"), func(b *testing.B) {
			z := NewReader(helpers)
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				start(b, z, frame)
				for {
					if _, err := z.Next(); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
