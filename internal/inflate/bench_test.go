package inflate

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	stdflate "compress/flate"

	"github.com/klauspost/compress/flate"
)

// copyRows makes about n bytes as pg_dump's COPY data has them.
func copyRows(n int) []byte {
	words := []string{"some", "words", "here", "account", "invoice", "the", "shipping", "of", "delayed", "order",
		"customer", "pending", "blue", "return", "warehouse", "and", "price", "without", "contact", "north"}
	rng := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for id := 10000; b.Len() < n; id++ {
		fmt.Fprintf(&b, "%d\t2024-%02d-%02d %02d:%02d:%02d.%03d+00\t", id, 1+rng.IntN(12), 1+rng.IntN(28),
			rng.IntN(24), rng.IntN(60), rng.IntN(60), rng.IntN(1000))
		for i := range 2 + rng.IntN(4) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(words[rng.IntN(len(words))])
		}
		fmt.Fprintf(&b, "\t%d.%02d\n", rng.IntN(1000), rng.IntN(100))
	}
	return b.Bytes()
}

// benchData is 32 MB of rows, compressed at level 6, or what the file that
// $INFLATE_BENCH names has, a raw deflate stream.
var benchData = sync.OnceValues(func() (stream []byte, size int64) {
	if name := os.Getenv("INFLATE_BENCH"); name != "" {
		stream, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		size, err := io.Copy(io.Discard, stdflate.NewReader(bytes.NewReader(stream)))
		if err != nil {
			panic(err)
		}
		return stream, size
	}
	rows := copyRows(32 << 20)
	var b bytes.Buffer
	w, _ := stdflate.NewWriter(&b, 6)
	w.Write(rows)
	w.Close()
	return b.Bytes(), int64(len(rows))
})

func BenchmarkInflate(b *testing.B) {
	stream, size := benchData()
	z := NewReader(nil)
	b.SetBytes(size)
	for b.Loop() {
		z.Reset(bytes.NewReader(stream))
		total := int64(0)
		for {
			run, err := z.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			total += int64(len(run))
		}
		if total != size {
			b.Fatalf("%d bytes, want %d", total, size)
		}
	}
}

func BenchmarkKlauspost(b *testing.B) {
	stream, size := benchData()
	z := flate.NewReader(nil)
	buf := make([]byte, 128<<10)
	b.SetBytes(size)
	for b.Loop() {
		z.(flate.Resetter).Reset(bytes.NewReader(stream), nil)
		for {
			if _, err := z.Read(buf); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
