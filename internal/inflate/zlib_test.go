package inflate

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	hashadler "hash/adler32"
	"io"
	"slices"
	"testing"
)

func zlibStream(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func gzipMember(t testing.TB, data []byte, header gzip.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Header = header
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// changed is stream with one byte, counted from its end if at is negative,
// different.
func changed(stream []byte, at int, to byte) []byte {
	stream = slices.Clone(stream)
	if at < 0 {
		at += len(stream)
	}
	stream[at] = to
	return stream
}

func checkFault(t *testing.T, name string, r io.Reader, want string) {
	t.Helper()
	_, err := io.ReadAll(r)
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) || corrupt.What != want {
		t.Errorf("%s: error %v, want %q", name, err, want)
	}
	if _, again := r.Read(make([]byte, 1)); again != err {
		t.Errorf("%s: error %v the second time, want %v", name, again, err)
	}
}

func TestZlib(t *testing.T) {
	z := NewZlibReader(nil)
	for _, s := range samples() {
		stream := zlibStream(t, s.data)
		for _, r := range readers {
			z.Reset(r.of(bytes.NewReader(append(stream[:len(stream):len(stream)], "after"...))))
			got, err := io.ReadAll(z)
			if err != nil || !bytes.Equal(got, s.data) {
				t.Fatalf("%s, in %s: %d bytes, want %d; error %v", s.name, r.name, len(got), len(s.data), err)
			}
			if rest, err := io.ReadAll(rawReader{z.Deflate()}); err != nil || string(rest) != "after" {
				t.Errorf("%s, in %s: %q follows, error %v", s.name, r.name, rest, err)
			}
		}
	}
}

func TestZlibFaults(t *testing.T) {
	stream := zlibStream(t, copyRows(1000))
	tests := []struct {
		name   string
		stream []byte
		want   string
	}{
		{"header", changed(stream, 1, stream[1]^1), "incorrect header check"},
		{"method", []byte{0x77, 0x85}, "unknown compression method"},
		{"window", []byte{0x88, 0x1c}, "invalid window size"},
		{"dictionary", []byte{0x78, 0xbb, 1, 2, 3, 4}, "need dictionary"},
		{"checksum", changed(stream, -1, stream[len(stream)-1]^1), "incorrect data check"},
	}
	for _, test := range tests {
		checkFault(t, test.name, NewZlibReader(bytes.NewReader(test.stream)), test.want)
	}
	for n := range stream {
		if _, err := io.ReadAll(NewZlibReader(bytes.NewReader(stream[:n]))); err != io.ErrUnexpectedEOF {
			t.Errorf("%d bytes of input: error %v, want %v", n, err, io.ErrUnexpectedEOF)
		}
	}
}

func TestReadAndNextTakeTurns(t *testing.T) {
	want := copyRows(1 << 20)
	z := NewZlibReader(bytes.NewReader(zlibStream(t, want)))
	var got []byte
	buf := make([]byte, 1000)
	for {
		n, err := z.Read(buf)
		got = append(got, buf[:n]...)
		if err == io.EOF {
			break
		}
		run, err := z.Next()
		got = append(got, run...)
		if err != nil && err != io.EOF {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got %d bytes, want %d", len(got), len(want))
	}
}

func TestGzip(t *testing.T) {
	first, second := copyRows(300<<10), []byte("second")
	file := slices.Concat(gzipMember(t, first, gzip.Header{Name: "name", Comment: "comment", Extra: []byte("extra")}),
		gzipMember(t, second, gzip.Header{}), []byte("no member"))
	for _, r := range readers {
		z := NewGzipReader(r.of(bytes.NewReader(file)))
		var got []byte
		for {
			more, err := z.AtMember()
			if err != nil {
				t.Fatal(err)
			}
			if !more {
				break
			}
			member, err := io.ReadAll(z)
			if err != nil {
				t.Fatalf("in %s: %v", r.name, err)
			}
			got = append(got, member...)
			z.NextMember()
		}
		if want := append(first[:len(first):len(first)], second...); !bytes.Equal(got, want) {
			t.Errorf("in %s: %d bytes, want %d", r.name, len(got), len(want))
		}
		if rest, err := io.ReadAll(rawReader{z.Deflate()}); err != nil || string(rest) != "no member" {
			t.Errorf("in %s: %q follows, error %v", r.name, rest, err)
		}
	}
}

func TestGzipFaults(t *testing.T) {
	stream := gzipMember(t, copyRows(1000), gzip.Header{})
	headerCRC := slices.Concat(changed(stream, 3, gzipHeaderCRC)[:10], []byte{0, 0}, stream[10:])
	tests := []struct {
		name   string
		stream []byte
		want   string
	}{
		{"magic", changed(stream, 1, 0), "incorrect header check"},
		{"method", changed(stream, 2, 7), "unknown compression method"},
		{"flags", changed(stream, 3, 0x20), "unknown header flags set"},
		{"header checksum", headerCRC, "header crc mismatch"},
		{"checksum", changed(stream, -8, stream[len(stream)-8]^1), "incorrect data check"},
		{"length", changed(stream, -1, 1), "incorrect length check"},
	}
	for _, test := range tests {
		checkFault(t, test.name, NewGzipReader(bytes.NewReader(test.stream)), test.want)
	}
	for n := range stream {
		if _, err := io.ReadAll(NewGzipReader(bytes.NewReader(stream[:n]))); err != io.ErrUnexpectedEOF {
			t.Errorf("%d bytes of input: error %v, want %v", n, err, io.ErrUnexpectedEOF)
		}
	}
}

func TestAdler32(t *testing.T) {
	for _, s := range append(samples(), sample{"all ones", bytes.Repeat([]byte{255}, 20<<20)}) {
		for _, n := range []int{0, 1, 127, 128, 129, 1000, 300 << 10, 20 << 20} {
			data := s.data[:min(n, len(s.data))]
			// The largest sums there are come first.
			sum := adler32(adler32(1, bytes.Repeat([]byte{255}, 257)), data)
			h := hashadler.New()
			h.Write(bytes.Repeat([]byte{255}, 257))
			h.Write(data)
			if sum != h.Sum32() {
				t.Errorf("%d bytes of %s: %08x, want %08x", len(data), s.name, sum, h.Sum32())
			}
		}
	}
}

func BenchmarkAdler32(b *testing.B) {
	data := copyRows(128 << 10)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		adler32(1, data)
	}
}

func BenchmarkHashAdler32(b *testing.B) {
	data := copyRows(128 << 10)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		hashadler.Checksum(data)
	}
}
