// Package unzstd decompresses zstd frames (RFC 8878) on several cores, for one
// reader that waits. It does so for the frames that pg_dump writes, which have
// one window of at most 8 MiB, no dictionary, no checksum and no stated size;
// for all others there are complete decoders.
//
// A frame is a chain of blocks of 128 KiB. What takes most of the time, decoding
// a block's literals and sequences (pairs of literals to copy and a match to
// repeat), needs nothing but that block and its tables. So it is done side by
// side; only reading the blocks and carrying their sequences out is done in
// order. Blocks stay with whoever has read them, and what they are decoded into
// is used by one core alone, since memory that another core has written costs
// nearly as much as decoding. They are read a few at a time, since matches most
// often lie in the blocks just before. Whoever waits for a turn decodes more
// meanwhile: one core may be faster than another.
//
//	window, ok := unzstd.PlainFrame(head)
//	if !ok {
//		return errors.ErrUnsupported
//	}
//	z := unzstd.NewReader(runtime.GOMAXPROCS(0) - 1)
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
	// batchBlocks is how many blocks are worked on at a time.
	batchBlocks = 6
	// batchesPerWorker is how many batches each may decode before their turns.
	batchesPerWorker = 2
	// mostHelpers is for how many the window has room: see NewReader.
	mostHelpers = ((maxWindow/(maxBlockBytes+slack)-2)/batchBlocks - 3) / batchesPerWorker
)

// CorruptError says what is wrong with the data.
type CorruptError struct{ What string }

func (e *CorruptError) Error() string { return "corrupt zstd data: " + e.What }

func corrupt(what string) error { return &CorruptError{What: what} }

// Reader decompresses one frame after the other. It is used by one at a time.
// It holds the window and about half a megabyte for each block under way.
type Reader struct {
	in     scanner
	window window

	inline   int // blocks decoded without helpers so far
	current  output
	at       int // in current, the block that is next
	position int64
	run      []byte // decoded and not yet read
	err      error  // after run

	helpers sync.WaitGroup
	running bool
	workers []worker   // the first is whoever reads
	reading sync.Mutex // held while reading a batch; guards in and taken
	taken   int        // batches read since helpers were started
	turns   turns      // of the batches; guards window
	// carriedOut has what batches yield in the frame's order, as their turns
	// come. Before the reader's own turn comes, all batches of helpers may.
	carriedOut chan output
	stop       chan struct{} // closed to end the helpers
}

// NewReader makes a Reader that has up to helpers goroutines while it reads a
// frame, besides whoever reads, and no more than there is room for in the window;
// with 0, it does all by itself.
func NewReader(helpers int) *Reader {
	helpers = min(helpers, mostHelpers)
	z := &Reader{err: io.EOF}
	z.window.assembly = hasAssembly()
	waiting := helpers*batchesPerWorker + 1
	z.carriedOut = make(chan output, waiting)
	z.window.blocks = (waiting + 2) * batchBlocks // and those being read and being carried out
	for range 1 + helpers {
		z.workers = append(z.workers, newWorker(z))
	}
	return z
}

// Reset begins a frame whose header has been read. With helpers, in is read by
// them, too, ahead and until the frame ends or Stop. position, if not nil, is called
// after each block that was read, by whoever read it; see [Reader.Position].
func (z *Reader) Reset(in io.Reader, windowBytes int, position func() int64) {
	z.Stop()
	z.in.begin(in, windowBytes, position)
	z.window.begin(windowBytes)
	z.inline, z.err, z.run, z.position = 0, nil, nil, 0
}

// Position is what position gave after the block was read that Next gave last,
// or that it failed with; 0 before the first.
func (z *Reader) Position() int64 { return z.position }

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
	if z.at == z.current.count {
		z.current, z.at = z.nextOutput(), 0
	}
	b := &z.current.blocks[z.at]
	z.at++
	z.position = b.position
	if z.err = b.err; z.err == nil {
		z.run = b.run
	}
	if z.err == nil && b.last {
		z.err = io.EOF
	}
	if z.err != nil {
		z.endHelpers()
	}
}

func (z *Reader) nextOutput() output {
	if z.inline < inlineBlocks || len(z.workers) == 1 {
		z.inline++
		b := z.workers[0].idle[0]
		b.read(&z.in, 1)
		b.blocks[0].decode(&z.in.trees)
		return b.execute(&z.window)
	}
	if !z.running {
		z.startHelpers()
	}
	return z.await()
}

// Stop ends the helpers, and with them all use of the input. It waits for a
// batch that is being read. Nothing can be read before the next Reset.
func (z *Reader) Stop() {
	z.endHelpers()
	z.current, z.at = output{}, 0
	z.in.begin(nil, 0, nil)
	z.run, z.err = nil, io.EOF
}
