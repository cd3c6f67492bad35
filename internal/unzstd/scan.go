package unzstd

import "io"

// headRoom is what lies in front of a block's data, so that the reader of a
// bit stream, which goes backwards, may go too far before it notices.
const headRoom = 32

const (
	dataMask  = 2*maxBlockBytes - 1
	dataBytes = 2*maxBlockBytes + 8
)

// block is one block of a frame on its way.
type block struct {
	kind     blockKind
	last     bool
	err      error // what reading or decoding failed with
	position int64

	data   *[dataBytes]byte // headRoom, the data as stored; the rest is never touched
	stored []byte           // the part of data that is stored

	literals     *[literalBytes]byte // nil before the first; larger than they are
	literalCount int
	tree         *tree  // of the literals, until they are decoded; nil for none
	code         []byte // of the literals
	streams      int    // of the code

	count     int    // of sequences
	tables    tables // of the sequences
	bits      int    // where in data their bits begin
	sequences []sequence
	bytes     int // of output

	decoding decoding
	assembly bool
}

type blockKind uint8

const (
	blockRaw blockKind = iota
	blockRepeat
	blockCompressed
	blockReserved
)

func newBlock() *block {
	return &block{assembly: hasAssembly()}
}

// scanner reads the blocks of a frame, one after the other. What a block may
// take over from the one before, its tables, is read here, too.
type scanner struct {
	in       io.Reader
	position func() int64
	limit    int // largest size of a block
	ended    bool

	head   [3]byte
	trees  trees
	tree   *tree // of the last block that had its own; nil before the first
	tables tables
}

func (s *scanner) begin(in io.Reader, windowBytes int, position func() int64) {
	s.in, s.position = in, position
	s.limit = min(windowBytes, maxBlockBytes)
	s.ended = false
	s.trees.release(s.tree)
	s.tree = nil
	s.tables.known = [tableCount]bool{}
}

// read reads the next block, up to its sequences.
func (s *scanner) read(b *block) {
	b.err = s.load(b)
	if s.position != nil {
		b.position = s.position()
	}
	if b.err == nil && b.kind == blockCompressed {
		b.err = s.parse(b)
	}
	s.ended = b.last || b.err != nil
}

func (s *scanner) load(b *block) error {
	b.last = false
	if _, err := io.ReadFull(s.in, s.head[:]); err != nil {
		return early(err)
	}
	head := uint(s.head[0]) | uint(s.head[1])<<8 | uint(s.head[2])<<16
	b.last, b.kind = head&1 != 0, blockKind(head>>1&3)
	size := int(head >> 3)
	if size > s.limit {
		return corrupt("block too large")
	}
	switch b.kind {
	case blockReserved:
		return corrupt("reserved type of block")
	case blockRepeat:
		b.bytes = size
		size = 1
	case blockRaw:
		b.bytes = size
	}
	if b.data == nil {
		b.data = new([dataBytes]byte)
	}
	b.stored = b.data[headRoom : headRoom+size]
	_, err := io.ReadFull(s.in, b.stored)
	return early(err)
}

func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// parse finds the literals, the sequences and the tables of both.
func (s *scanner) parse(b *block) error {
	rest, err := s.literals(b, b.stored)
	if err != nil {
		return err
	}
	if rest, err = b.countSequences(rest); err != nil {
		return err
	}
	if b.count == 0 {
		if len(rest) > 0 {
			return corrupt("data behind a block without sequences")
		}
		return nil
	}
	if rest, err = s.tables.read(rest); err != nil {
		return err
	}
	b.bits = headRoom + len(b.stored) - len(rest)
	b.tables.copy(&s.tables)
	return nil
}

var errShortBlock = corrupt("block too short")

// literals reads the section of literals and gives what follows it.
func (s *scanner) literals(b *block, in []byte) ([]byte, error) {
	if len(in) < 2 {
		return nil, errShortBlock
	}
	const raw, repeated, compressed = 0, 1, 2
	kind, format := in[0]&3, in[0]>>2&3
	if kind >= compressed {
		return s.huffmanLiterals(b, in, kind == compressed)
	}
	head, size := 1, int(in[0]>>3)
	switch format {
	case 1:
		head, size = 2, int(in[0]>>4)|int(in[1])<<4
	case 3:
		if len(in) < 3 {
			return nil, errShortBlock
		}
		head, size = 3, int(in[0]>>4)|int(in[1])<<4|int(in[2])<<12
	}
	in = in[head:]
	if size > s.limit {
		return nil, corrupt("too many literals")
	}
	b.literalCount = size
	if kind == raw {
		if len(in) < size {
			return nil, errShortBlock
		}
		copy(b.literalRoom(), in[:size])
		return in[size:], nil
	}
	if len(in) < 1 {
		return nil, errShortBlock
	}
	literals := b.literalRoom()[:size]
	for i := range literals {
		literals[i] = in[0]
	}
	return in[1:], nil
}

func (s *scanner) huffmanLiterals(b *block, in []byte, ownTree bool) ([]byte, error) {
	format := in[0] >> 2 & 3
	head := max(3, 2+int(format))
	if len(in) < head {
		return nil, errShortBlock
	}
	var bits uint64
	for i, c := range in[:head] {
		bits |= uint64(c) << (8 * i)
	}
	width := [4]uint{10, 10, 14, 18}[format]
	size := int(bits >> 4 & (1<<width - 1))
	stored := int(bits >> (4 + width) & (1<<width - 1))
	in = in[head:]
	if size > s.limit {
		return nil, corrupt("too many literals")
	}
	if stored > len(in) {
		return nil, errShortBlock
	}
	code, rest := in[:stored], in[stored:]
	if ownTree {
		own, after, err := s.trees.read(code)
		if err != nil {
			return nil, err
		}
		s.trees.release(s.tree)
		s.tree, code = own, after
	} else if s.tree == nil {
		return nil, corrupt("no Huffman tree for literals")
	}
	s.tree.users.Add(1)
	b.tree, b.code, b.streams = s.tree, code, 4
	if format == 0 {
		b.streams = 1
	}
	b.literalCount = size
	return rest, nil
}

// decodeLiterals decodes those that have a tree.
func (b *block) decodeLiterals() error {
	decompress := b.tree.decoder.Decompress4X
	if b.streams == 1 {
		decompress = b.tree.decoder.Decompress1X
	}
	literals, err := decompress(b.literalRoom()[:0:b.literalCount], b.code)
	if err != nil {
		return corrupt("literals: " + err.Error())
	}
	if len(literals) != b.literalCount {
		return corrupt("number of literals")
	}
	return nil
}

func (b *block) literalRoom() []byte {
	if b.literals == nil {
		b.literals = new([literalBytes]byte)
	}
	return b.literals[:]
}

// countSequences reads how many there are and gives what follows.
func (b *block) countSequences(in []byte) ([]byte, error) {
	switch {
	case len(in) < 1:
		return nil, errShortBlock
	case in[0] < 128:
		b.count = int(in[0])
		return in[1:], nil
	case len(in) < 2:
		return nil, errShortBlock
	case in[0] < 255:
		b.count = int(in[0]-128)<<8 | int(in[1])
		return in[2:], nil
	case len(in) < 3:
		return nil, errShortBlock
	default:
		b.count = 0x7f00 + int(in[1]) + int(in[2])<<8
		return in[3:], nil
	}
}
