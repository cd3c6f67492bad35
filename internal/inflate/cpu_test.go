package inflate

import (
	"bytes"
	"io"
	"runtime"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/klauspost/compress/flate"
)

func threadCPU() time.Duration {
	var ts syscall.Timespec
	syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, 3, uintptr(unsafe.Pointer(&ts)), 0)
	return time.Duration(ts.Nano())
}

func TestCPU(t *testing.T) {
	runtime.LockOSThread()
	stream, size := benchData()
	z := NewReader(nil)
	k := flate.NewReader(nil)
	buf := make([]byte, 128<<10)
	best := [2]time.Duration{1 << 60, 1 << 60}
	for range 20 {
		c := threadCPU()
		z.Reset(bytes.NewReader(stream))
		for {
			if _, err := z.Next(); err != nil {
				if err != io.EOF {
					t.Fatal(err)
				}
				break
			}
		}
		best[0] = min(best[0], threadCPU()-c)
		c = threadCPU()
		k.(flate.Resetter).Reset(bytes.NewReader(stream), nil)
		for {
			if _, err := k.Read(buf); err != nil {
				break
			}
		}
		best[1] = min(best[1], threadCPU()-c)
	}
	mb := float64(size) / 1e6
	t.Logf("ours %.0f MB/s, klauspost %.0f MB/s, ratio %.2f", mb/best[0].Seconds(), mb/best[1].Seconds(), best[1].Seconds()/best[0].Seconds())
}
