package inflate

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

type sample struct {
	name string
	data []byte
}

func samples() []sample {
	rng := rand.New(rand.NewPCG(3, 4))
	random := make([]byte, 300<<10)
	for i := range random {
		random[i] = byte(rng.Uint32())
	}
	skewed := make([]byte, 300<<10)
	for i := range skewed {
		skewed[i] = byte(rng.ExpFloat64() * 20)
	}
	all := []sample{
		{"empty", nil},
		{"one byte", []byte{'x'}},
		{"rows", copyRows(400 << 10)},
		{"random", random},
		{"skewed, long codes", skewed},
		{"zeros", make([]byte, 600<<10)},
		{"far matches", append(random[:32<<10:32<<10], random...)},
	}
	for period := 2; period < 20; period++ {
		all = append(all, sample{"period", bytes.Repeat(random[:period], 4000/period)})
	}
	return all
}

// deflated has data as level compresses it, flushed at times to make blocks of
// all sorts.
func deflated(t testing.TB, data []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	for flushed := 100; flushed < len(data); flushed *= 10 {
		w.Write(data[:flushed])
		w.Flush()
		data = data[flushed:]
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// readers are ways of input to arrive.
var readers = []struct {
	name string
	of   func(io.Reader) io.Reader
}{
	{"whole", func(r io.Reader) io.Reader { return r }},
	{"bytes", iotest.OneByteReader},
	{"halves", iotest.HalfReader},
	{"error with data", iotest.DataErrReader},
	{"37 bytes", func(r io.Reader) io.Reader { return &pieces{r, 37} }},
	{"4096 bytes", func(r io.Reader) io.Reader { return &pieces{r, 4096} }},
}

type pieces struct {
	r io.Reader
	n int
}

func (p *pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), p.n)]) }

func TestRoundTrip(t *testing.T) {
	z := NewReader(nil)
	for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
		if testing.Short() && level%3 != 0 {
			continue
		}
		for _, s := range samples() {
			stream := append(deflated(t, s.data, level), "after"...)
			for _, r := range readers {
				z.Reset(r.of(bytes.NewReader(stream)))
				got, err := io.ReadAll(z)
				if err != nil || !bytes.Equal(got, s.data) {
					t.Fatalf("level %d, %s, in %s: %d bytes, want %d; error %v", level, s.name, r.name, len(got), len(s.data), err)
				}
				if want := int64(len(stream) - len("after")); z.InputOffset() != want {
					t.Errorf("level %d, %s, in %s: input offset %d, want %d", level, s.name, r.name, z.InputOffset(), want)
				}
				if rest, err := io.ReadAll(rawReader{z}); err != nil || string(rest) != "after" {
					t.Errorf("level %d, %s, in %s: %q follows, error %v", level, s.name, r.name, rest, err)
				}
			}
		}
	}
}

type rawReader struct{ z *Reader }

func (r rawReader) Read(p []byte) (int, error) { return r.z.ReadRaw(p) }

func TestNext(t *testing.T) {
	want := copyRows(2 << 20)
	z := NewReader(bytes.NewReader(deflated(t, want, 6)))
	var got []byte
	for {
		run, err := z.Next()
		if err == io.EOF {
			break
		}
		if err != nil || len(run) == 0 || len(run) > windowBytes {
			t.Fatalf("%d bytes, error %v", len(run), err)
		}
		got = append(got, run...)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got %d bytes, want %d", len(got), len(want))
	}
}

// TestSplits cuts small streams in two pieces everywhere.
func TestSplits(t *testing.T) {
	z := NewReader(nil)
	for _, data := range [][]byte{copyRows(900), bytes.Repeat([]byte("abc"), 500), []byte("x")} {
		for _, level := range []int{flate.HuffmanOnly, 0, 1, 6} {
			stream := deflated(t, data, level)
			for cut := range stream {
				z.Reset(io.MultiReader(bytes.NewReader(stream[:cut]), bytes.NewReader(stream[cut:])))
				if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, data) {
					t.Fatalf("level %d cut at %d: %d bytes, want %d; error %v", level, cut, len(got), len(data), err)
				}
			}
		}
	}
}

func TestEveryPrefixEndsUnexpectedly(t *testing.T) {
	z := NewReader(nil)
	for _, level := range []int{flate.HuffmanOnly, 0, 1, 6} {
		data := copyRows(1200)
		stream := deflated(t, data, level)
		for n := range stream {
			for _, r := range readers {
				z.Reset(r.of(bytes.NewReader(stream[:n])))
				got, err := io.ReadAll(z)
				if err != io.ErrUnexpectedEOF || !bytes.HasPrefix(data, got) {
					t.Fatalf("level %d, %d bytes of input: %d bytes, error %v", level, n, len(got), err)
				}
				want, _ := io.ReadAll(flate.NewReader(bytes.NewReader(stream[:n])))
				if len(got) < len(want) {
					t.Fatalf("level %d, %d bytes of input: %d bytes, compress/flate has %d", level, n, len(got), len(want))
				}
			}
		}
	}
}

func TestInputErrors(t *testing.T) {
	broken := errors.New("broken")
	data := copyRows(1 << 20)
	stream := deflated(t, data, 6)
	for _, n := range []int{0, 1, 1000, len(stream) - 1} {
		z := NewReader(io.MultiReader(bytes.NewReader(stream[:n]), iotest.ErrReader(broken)))
		got, err := io.ReadAll(z)
		if err != broken || !bytes.HasPrefix(data, got) {
			t.Errorf("after %d bytes: %d bytes, error %v", n, len(got), err)
		}
		if _, err := z.Next(); err != broken {
			t.Errorf("error %v the second time", err)
		}
	}
	z := NewReader(iotest.ErrReader(nil))
	if _, err := z.Next(); err != io.ErrNoProgress {
		t.Errorf("error %v, want %v", err, io.ErrNoProgress)
	}
	if _, err := NewReader(nil).Next(); err == nil {
		t.Error("no error without a reader")
	}
}

// TestReadsNoFurther holds that the end of a stream needs no read beyond it.
func TestReadsNoFurther(t *testing.T) {
	data := copyRows(100 << 10)
	stream := deflated(t, data, 6)
	z := NewReader(io.MultiReader(bytes.NewReader(stream), iotest.ErrReader(errors.New("read too far"))))
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes, want %d; error %v", len(got), len(data), err)
	}
}

func TestRestart(t *testing.T) {
	first, second := copyRows(100<<10), []byte("second")
	z := NewReader(io.MultiReader(bytes.NewReader(deflated(t, first, 6)), bytes.NewReader([]byte("-")), bytes.NewReader(deflated(t, second, 6))))
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, first) {
		t.Fatalf("first: %d bytes, error %v", len(got), err)
	}
	if b, err := z.ReadByte(); b != '-' || err != nil {
		t.Fatalf("byte %q, error %v", b, err)
	}
	z.Restart()
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, second) {
		t.Errorf("second: %q, error %v", got, err)
	}
	if b, err := z.Peek(1); len(b) != 0 || err != io.EOF {
		t.Errorf("%q follows, error %v", b, err)
	}
}

func TestNoAllocations(t *testing.T) {
	stream := deflated(t, copyRows(1<<20), 6)
	in := bytes.NewReader(stream)
	z := NewReader(in)
	allocated := testing.AllocsPerRun(5, func() {
		in.Reset(stream)
		z.Reset(in)
		for {
			if _, err := z.Next(); err == io.EOF {
				return
			}
		}
	})
	if allocated != 0 {
		t.Errorf("%v allocations a stream, want none", allocated)
	}
}

// TestBoundedMemory holds that runs do not grow with what the data claims.
func TestBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, 1)
	zeros := make([]byte, 1<<20)
	const megabytes = 256
	for range megabytes {
		w.Write(zeros)
	}
	w.Close()
	z := NewReader(&b)
	total, longest := 0, 0
	for {
		run, err := z.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		total += len(run)
		longest = max(longest, len(run))
	}
	if total != megabytes<<20 || longest > windowBytes {
		t.Errorf("%d bytes in runs of up to %d", total, longest)
	}
}
