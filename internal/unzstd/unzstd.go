// Package unzstd decompresses zstd frames (RFC 8878) on several cores, for one
// reader that waits. It does so for the frames that pg_dump writes, which have
// one window of at most 8 MiB, no dictionary, no checksum and no stated size;
// for all others there are complete decoders.
//
// A frame is a chain of blocks of 128 KiB. What takes most of the time, decoding
// a block's sequences (pairs of literals to copy and a match to repeat), needs
// nothing but that block and its tables. So helpers read blocks, one after the
// other, and decode their sequences side by side; the reader itself only
// carries them out, in order.
//
//	window, ok := unzstd.PlainFrame(head)
//	if !ok {
//		return errors.ErrUnsupported
//	}
//	z := unzstd.NewReader(runtime.GOMAXPROCS(0))
//	defer z.Stop()
//	z.Reset(file, window) // file stands behind head
//	for {
//		run, err := z.Next()
//		if err == io.EOF {
//			break // of the frame
//		}
//		...
//	}
package unzstd

import (
	"io"
	"sync"
)

const (
	maxBlockBytes = 128 << 10
	maxWindow     = 8 << 20

	// slack is what copying 16 bytes at a time may touch behind an end.
	slack = 32

	// inlineBlocks is how many blocks are decoded before helpers are called:
	// most tables are small.
	inlineBlocks = 3
	// blocksPerHelper is how many blocks a helper may be ahead.
	blocksPerHelper = 4
)

// CorruptError says what is wrong with the data.
type CorruptError struct{ What string }

func (e *CorruptError) Error() string { return "corrupt zstd data: " + e.What }

func corrupt(what string) error { return &CorruptError{What: what} }

// Reader decompresses one frame after the other. It is used by one at a time.
// For each block under way it holds about half a megabyte, and the window.
type Reader struct {
	maxHelpers int

	in     scanner
	window window

	inline  int // blocks decoded without helpers so far
	current *block
	run     []byte // decoded and not yet read
	err     error  // after run

	helpers sync.WaitGroup
	running bool
	turn    sync.Mutex    // held while reading a block; guards in
	queue   chan *block   // in the frame's order; done or not
	free    chan *block   // all that are not in use
	stop    chan struct{} // closed to end the helpers
}

// NewReader makes a Reader that has up to helpers goroutines while it reads a
// frame; with 0, it does all by itself.
func NewReader(helpers int) *Reader {
	z := &Reader{maxHelpers: helpers, err: io.EOF}
	z.window.assembly = hasAssembly()
	blocks := 1 + helpers*blocksPerHelper
	z.free = make(chan *block, blocks)
	for range blocks {
		z.free <- newBlock()
	}
	return z
}

// Reset begins a frame whose header has been read. With helpers, in is read by
// them, ahead and until the frame ends or Stop. position, if not nil, is called
// after each block that was read, by whoever read it; see [Reader.Position].
func (z *Reader) Reset(in io.Reader, windowBytes int, position func() int64) {
	z.Stop()
	z.in.begin(in, windowBytes, position)
	z.window.begin(windowBytes)
	z.inline, z.err, z.run = 0, nil, nil
}

// Position is what position gave after the block was read that Next gave last,
// or that it failed with; 0 before the first.
func (z *Reader) Position() int64 {
	if z.current == nil {
		return 0
	}
	return z.current.position
}

// Next gives what the next block holds, which is good until the next call;
// io.EOF is the end of the frame. Other errors are a [*CorruptError], in's own,
// and io.ErrUnexpectedEOF where in ends early.
func (z *Reader) Next() ([]byte, error) {
	for len(z.run) == 0 {
		if z.err != nil {
			return nil, z.err
		}
		z.advance()
	}
	run := z.run
	z.run = nil
	return run, nil
}

// Read reads as io.Reader does; io.EOF is the end of the frame.
func (z *Reader) Read(p []byte) (int, error) {
	for len(z.run) == 0 {
		if z.err != nil {
			return 0, z.err
		}
		z.advance()
	}
	n := copy(p, z.run)
	z.run = z.run[n:]
	return n, nil
}

// advance decodes the next block into run, or sets err.
func (z *Reader) advance() {
	b := z.nextBlock()
	z.current = b
	if b.err == nil {
		z.run, b.err = z.window.execute(b)
	}
	if z.err = b.err; z.err == nil && b.last {
		z.err = io.EOF
	}
	if z.err != nil {
		z.endHelpers()
	}
}

// nextBlock gives a block with its sequences, or its error.
func (z *Reader) nextBlock() *block {
	if z.current != nil {
		z.free <- z.current
		z.current = nil
	}
	if z.inline < inlineBlocks || z.maxHelpers == 0 {
		z.inline++
		b := <-z.free
		z.in.read(b)
		b.decode()
		return b
	}
	if !z.running {
		z.startHelpers()
	}
	b := <-z.queue
	<-b.decoded
	return b
}

// Stop ends the helpers, and with them all use of the input. It waits for a
// read that is under way. Nothing can be read before the next Reset.
func (z *Reader) Stop() {
	z.endHelpers()
	if z.current != nil {
		z.free <- z.current
		z.current = nil
	}
	z.in.begin(nil, 0, nil)
	z.run, z.err = nil, io.EOF
}
