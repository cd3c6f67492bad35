package inflate

import (
	"io"
	"os"
	"runtime"
	"testing"
	"time"
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"testing/iotest"

	kz "github.com/klauspost/compress/zlib"
)

func TestCPU2(t *testing.T) {
	runtime.LockOSThread()
	st, size := benchData()
	raw, _ := io.ReadAll(NewReader(bytes.NewReader(st)))
	a := adler32(1, raw)
	stream := append([]byte{0x78, 0x9c}, st...)
	stream = append(stream, byte(a>>24), byte(a>>16), byte(a>>8), byte(a))
	best := [2]time.Duration{1 << 60, 1 << 60}
	z := NewZlibReader(nil)
	buf := make([]byte, 64<<10)
	in := bufio.NewReaderSize(bytes.NewReader(stream), 65536)
	k, _ := kz.NewReader(in)
	for range 10 {
		c := threadCPU()
		z.Reset(bytes.NewReader(stream))
		var err error
		for err == nil {
			_, err = z.Read(buf)
		}
		if err != io.EOF { t.Fatal(err) }
		best[0] = min(best[0], threadCPU()-c)
		c = threadCPU()
		in.Reset(bytes.NewReader(stream))
		k.(kz.Resetter).Reset(in, nil)
		for err = nil; err == nil; {
			_, err = k.Read(buf)
		}
		if err != io.EOF { t.Fatal(err) }
		best[1] = min(best[1], threadCPU()-c)
	}
	for _, b := range best {
		t.Logf("zlib Read %.0f MB/s", float64(size)/1e6/b.Seconds())
	}
}

func TestOracle(t *testing.T) {
	f, _ := os.Open(os.Getenv("ORACLE"))
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	z := NewReader(nil)
	bad, n := 0, 0
	for sc.Scan() {
		h, want, _ := strings.Cut(sc.Text(), "\t")
		s, _ := hex.DecodeString(h)
		for k, r := range []io.Reader{bytes.NewReader(s), iotest.OneByteReader(bytes.NewReader(s))} {
			z.Reset(r)
			out, err := io.ReadAll(z)
			var ce *CorruptError
			var got string
			switch {
			case err == nil:
				rest, _ := io.ReadAll(io.MultiReader(bytes.NewReader(z.Buffered()), r))
				got = fmt.Sprintf("O %d %08x %d", len(out), crc32.ChecksumIEEE(out), len(rest))
			case errors.As(err, &ce):
				got = "E " + ce.What
			case err == io.ErrUnexpectedEOF:
				got = fmt.Sprintf("T %d %08x", len(out), crc32.ChecksumIEEE(out))
			default:
				got = err.Error()
			}
			if got != want {
				bad++
				t.Errorf("%d %s: got %q want %q", k, h, got, want)
			}
			n++
		}
	}
	t.Log(n, bad)
}
