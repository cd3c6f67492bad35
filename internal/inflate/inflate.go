// Package inflate decompresses DEFLATE data (RFC 1951), alone or inside of the
// zlib (RFC 1950) and gzip (RFC 1952) formats. It accepts what zlib accepts,
// names faults with zlib's words, and is made for database text: it is faster
// than zlib. It does not compress, and knows no preset dictionaries.
//
//	z := inflate.NewZlibReader(file)
//	for {
//		run, err := z.Next() // without a copy; Read copies
//		if err == io.EOF {
//			break
//		}
//		...
//	}
package inflate

import (
	"errors"
	"fmt"
	"io"
)

const (
	historyBytes = 32 << 10
	inBytes      = 64 << 10
	windowBytes  = 256 << 10 // history and a run of output; in L2, and seldom moved

	// fastInBytes is what one step of fast reads at most: eight bytes after
	// two refills of seven.
	fastInBytes = 24
	// outLimit leaves room for a longest step: eight literals, a match of 258
	// bytes and what copying words writes beyond it.
	outLimit = windowBytes - 8 - 258 - 32

	maxEmptyReads = 100
)

// CorruptError says what is wrong with the data, in zlib's words, and about
// how many bytes into the input.
type CorruptError struct {
	Offset int64
	What   string
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("%s at offset %d", e.What, e.Offset)
}

// Reader decompresses one DEFLATE stream. It holds about 350 kB for good, and
// no method allocates except to return an error. It is not safe for concurrent
// use.
type Reader struct {
	r       io.Reader
	readErr error // r's, once it had one
	err     error // comes after the output up to outPos

	hold   uint64 // the next nbits bits of input, first bit lowest
	nbits  uint   // at most 7, except inside of fast and slow
	inPos  int    // in[inPos:inEnd] follows hold
	inEnd  int
	before int64 // input bytes that were in in before

	outPos int // out[:outPos] is history, then output
	outRun int // where the output not yet given out begins

	state    state
	last     bool // the block is the last
	stored   int  // bytes left of a stored block
	fixed    bool // the tables are those of fixed codes
	litCode  code
	distCode code
	lengths  [320]uint8
	pairs    [1 << litBits]uint32
	lit      [litTableSize]uint32
	dist     [distTableSize]uint32
	in       [inBytes + 8]byte
	out      [windowBytes + 8]byte
}

type state uint8

const (
	atHeader state = iota
	inStored
	inSymbols
	atEnd
)

// NewReader returns a Reader of r's data.
func NewReader(r io.Reader) *Reader {
	z := new(Reader)
	z.Reset(r)
	return z
}

// Reset makes z read a new stream, from a new r. It does not read.
func (z *Reader) Reset(r io.Reader) {
	z.r, z.readErr = r, nil
	z.inPos, z.inEnd, z.before = 0, 0, 0
	z.Restart()
}

// Restart makes z read a new stream that follows the last in the same input.
// Output that was not fetched is lost.
func (z *Reader) Restart() {
	z.err = nil
	z.hold, z.nbits = 0, 0
	z.outPos, z.outRun = 0, 0
	z.state = atHeader
}

// Read implements io.Reader. After the last block it returns io.EOF. Its other
// errors are a *CorruptError, io.ErrUnexpectedEOF where the input ends too
// early, and the errors of the input; all output before the fault comes first.
func (z *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if err := z.advance(); err != nil {
		return 0, err
	}
	n := copy(p, z.out[z.outRun:z.outPos])
	z.outRun += n
	return n, nil
}

// Next returns the next run of output, never empty without an error, up to
// 256 kB long. It belongs to z: it is valid until the next call of any method,
// and must not be written to. Errors are those of Read.
func (z *Reader) Next() ([]byte, error) {
	if err := z.advance(); err != nil {
		return nil, err
	}
	run := z.out[z.outRun:z.outPos:z.outPos]
	z.outRun = z.outPos
	return run, nil
}

// Buffered returns the input that was read but is no part of the stream, once
// that has ended. It is valid until the next call of another method.
func (z *Reader) Buffered() []byte { return z.in[z.inPos:z.inEnd:z.inEnd] }

// InputOffset is how many bytes of the input the stream, and streams and bytes
// before it, took.
func (z *Reader) InputOffset() int64 { return z.before + int64(z.inPos) }

// ReadByte reads a byte of what follows the stream. Its error is that of the
// input: io.EOF if nothing follows.
func (z *Reader) ReadByte() (byte, error) {
	if z.inPos == z.inEnd && !z.refill() {
		return 0, z.readErr
	}
	z.inPos++
	return z.in[z.inPos-1], nil
}

// Peek returns the next n bytes, at most 64 Ki, of what follows the stream, or
// fewer with the error of the input. They are valid until the next call of
// another method.
func (z *Reader) Peek(n int) ([]byte, error) {
	for z.inEnd-z.inPos < n {
		if !z.refill() {
			return z.Buffered(), z.readErr
		}
	}
	return z.in[z.inPos : z.inPos+n], nil
}

// ReadRaw reads of what follows the stream, as it is stored.
func (z *Reader) ReadRaw(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if z.inPos == z.inEnd && !z.refill() {
		return 0, z.readErr
	}
	n := copy(p, z.in[z.inPos:z.inEnd])
	z.inPos += n
	return n, nil
}

// advance makes sure of output to give out, or returns why there is none.
func (z *Reader) advance() error {
	if z.outRun < z.outPos {
		return nil
	}
	if z.err != nil {
		return z.err
	}
	if z.outPos > historyBytes {
		copy(z.out[:historyBytes], z.out[z.outPos-historyBytes:z.outPos])
		z.outPos = historyBytes
		z.outRun = historyBytes
	}
	for z.err == nil && z.outPos <= outLimit {
		z.err = z.step()
	}
	if z.outRun < z.outPos {
		return nil
	}
	return z.err
}

// step decodes some of the stream. It returns io.EOF at its end.
func (z *Reader) step() error {
	switch z.state {
	case atHeader:
		return z.header()
	case inStored:
		return z.storedData()
	case inSymbols:
		return z.symbols()
	default:
		return io.EOF
	}
}

// symbols decodes until a block ends or the window is full.
func (z *Reader) symbols() error {
	for z.outPos <= outLimit {
		var v verdict
		if z.inEnd-z.inPos >= fastInBytes {
			v = z.fast()
		} else {
			v = z.slow()
		}
		switch v {
		case goOn:
		case blockEnd:
			z.endBlock()
			return nil
		case badLength:
			return z.corrupt("invalid literal/length code")
		case badDistance:
			return z.corrupt("invalid distance code")
		case tooFarBack:
			return z.corrupt("invalid distance too far back")
		default:
			return z.inputFault()
		}
	}
	return nil
}

func (z *Reader) endBlock() {
	z.state = atHeader
	if z.last {
		z.state = atEnd
		z.hold, z.nbits = 0, 0
	}
}

// pull adds a byte to hold, which has room for it. It is false if the input
// ended.
func (z *Reader) pull() bool {
	if z.inPos == z.inEnd && !z.refill() {
		return false
	}
	z.hold |= uint64(z.in[z.inPos]) << z.nbits
	z.inPos++
	z.nbits += 8
	return true
}

// refill reads more input, or sets readErr and is false.
func (z *Reader) refill() bool {
	if z.readErr != nil || z.r == nil {
		if z.readErr == nil {
			z.readErr = errNoInput
		}
		return false
	}
	z.before += int64(z.inPos)
	z.inEnd = copy(z.in[:inBytes], z.in[z.inPos:z.inEnd])
	z.inPos = 0
	for range maxEmptyReads {
		n, err := z.r.Read(z.in[z.inEnd:inBytes])
		z.inEnd += n
		z.readErr = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	z.readErr = io.ErrNoProgress
	return false
}

var errNoInput = errors.New("no reader to inflate from")

// inputFault is the error for input that ended inside of the stream.
func (z *Reader) inputFault() error {
	if z.readErr == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return z.readErr
}

func (z *Reader) corrupt(what string) error {
	return &CorruptError{Offset: z.InputOffset(), What: what}
}

// readFull reads what surrounds a stream. p ending early is unexpected.
func (z *Reader) readFull(p []byte) error {
	for i := range p {
		var err error
		if p[i], err = z.ReadByte(); err != nil {
			return z.inputFault()
		}
	}
	return nil
}
