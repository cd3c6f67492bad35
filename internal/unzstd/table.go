package unzstd

import "math/bits"

// Kinds of tables, in the order in which they are stored.
const (
	tableLiterals = iota // lengths of runs of literals
	tableOffsets
	tableMatches // lengths of matches
	tableCount
)

// state is an entry of a table: how many bits of input lead to the next state (8
// bits), how many the value takes (8), the first of the next states (16) and of
// the values (32). The first two of several entries can be added up without
// carrying over. Assembly knows all of this.
type state uint64

const (
	valueBitsShift = 8
	nextShift      = 16
	valueShift     = 32

	// tooManyBits is for values that no sequence here can have.
	tooManyBits = 80
)

func (s state) stateBits() uint { return uint(s & 255) }
func (s state) valueBits() uint { return uint(s >> valueBitsShift & 255) }
func (s state) next() uint64    { return uint64(s >> nextShift & (1<<16 - 1)) }
func (s state) value() uint32   { return uint32(s >> valueShift) }

func newState(value uint32, valueBits, stateBits uint8, next int) state {
	// What is added to next leads to another entry; assembly does not check that.
	if next < 0 || next+1<<stateBits > tableStates {
		panic("unzstd: a state leads out of its table")
	}
	return state(value)<<valueShift | state(next)<<nextShift | state(valueBits)<<valueBitsShift | state(stateBits)
}

const tableStates = 512

type tables struct {
	known [tableCount]bool
	logs  [tableCount]uint8
	state [tableCount][tableStates]state
}

func (t *tables) copy(from *tables) {
	t.logs = from.logs
	for i, log := range from.logs {
		n := 1 << log
		copy(t.state[i][:n], from.state[i][:n])
	}
}

// read reads the tables of a block and gives what follows. Those that the
// block does not have stay as they were.
func (t *tables) read(in []byte) ([]byte, error) {
	if len(in) < 1 {
		return nil, errShortBlock
	}
	modes := in[0]
	if modes&3 != 0 {
		return nil, corrupt("reserved mode of tables")
	}
	in = in[1:]
	for i := range tableCount {
		const predefined, single, own = 0, 1, 2
		switch modes >> (6 - 2*i) & 3 {
		case predefined:
			t.build(i, predefinedLogs[i], predefinedCounts[i])
		case single:
			if len(in) < 1 {
				return nil, errShortBlock
			}
			if in[0] > maxSymbols[i] {
				return nil, corrupt("symbol of a table")
			}
			t.logs[i] = 0
			t.state[i][0] = symbolState(i, in[0], 0, 0)
			in = in[1:]
		case own:
			var counts [maxSymbol + 1]int16
			n, log, used, err := readCounts(&counts, in, maxSymbols[i], maxLogs[i])
			if err != nil {
				return nil, err
			}
			t.build(i, log, counts[:n])
			in = in[used:]
		default:
			if !t.known[i] {
				return nil, corrupt("no table to repeat")
			}
		}
		t.known[i] = true
	}
	return in, nil
}

// readCounts reads how many states each symbol has, -1 for less than one. It
// gives the number of symbols and of bytes.
func readCounts(counts *[maxSymbol + 1]int16, in []byte, last, maxLog uint8) (symbols int, log uint8, used int, err error) {
	r := forwardBits{in: in}
	log = uint8(r.peek()&15) + 5
	r.at += 4
	if log > maxLog {
		return 0, 0, 0, corrupt("table too large")
	}
	left := 1<<log + 1 // to be given away, and one
	threshold, width := 1<<log, uint(log)+1
	for left > 1 && symbols <= int(last) {
		// Small numbers take a bit less.
		small := 2*threshold - 1 - left
		n := int(r.peek()) & (2*threshold - 1)
		if n&(threshold-1) < small {
			n &= threshold - 1
			r.at += width - 1
		} else {
			if n >= threshold {
				n -= small
			}
			r.at += width
		}
		n--
		counts[symbols] = int16(n)
		symbols++
		left -= max(n, -n)
		for left < threshold {
			width--
			threshold >>= 1
		}
		for n == 0 { // more zeros follow
			more := int(r.peek() & 3)
			r.at += 2
			if symbols += more; symbols > int(last) {
				return 0, 0, 0, corrupt("too many symbols in a table")
			}
			if more < 3 {
				break
			}
		}
	}
	used = int(r.at+7) / 8
	if left != 1 || used > len(in) {
		return 0, 0, 0, corrupt("counts of a table")
	}
	return symbols, log, used, nil
}

// forwardBits reads bits from the front.
type forwardBits struct {
	in []byte
	at uint
}

// peek gives at least 16 bits, zeros after the end.
func (r *forwardBits) peek() uint32 {
	var word uint32
	for i := range 4 {
		if at := int(r.at/8) + i; at < len(r.in) {
			word |= uint32(r.in[at]) << (8 * i)
		}
	}
	return word >> (r.at % 8)
}

// build makes the i-th table of the symbols' counts, which add up to 1<<log.
func (t *tables) build(i int, log uint8, counts []int16) {
	t.logs[i] = log
	size := 1 << log
	var symbols [tableStates]uint8
	var next [maxSymbol + 1]uint16
	high := size - 1
	for s, n := range counts {
		next[s] = uint16(n)
		if n == -1 {
			next[s] = 1
			symbols[high] = uint8(s)
			high--
		}
	}
	at, step, mask := 0, size>>1+size>>3+3, size-1
	for s, n := range counts {
		for range n {
			symbols[at] = uint8(s)
			at = (at + step) & mask
			for at > high {
				at = (at + step) & mask
			}
		}
	}
	for j := range size {
		s := symbols[j]
		n := next[s]
		next[s]++
		width := log + 1 - uint8(bits.Len16(n))
		t.state[i][j] = symbolState(i, s, width, int(n)<<width-size)
	}
}

// symbolState is a state of the i-th table that stands for a symbol.
func symbolState(i int, symbol, bits uint8, next int) state {
	switch {
	case i == tableLiterals:
		v := literalValues[symbol]
		return newState(v.base, v.bits, bits, next)
	case i == tableMatches:
		v := matchValues[symbol]
		return newState(v.base, v.bits, bits, next)
	case symbol <= maxOffsetBits:
		return newState(1<<symbol, symbol, bits, next)
	default:
		return newState(0, tooManyBits, bits, next)
	}
}

const maxSymbol = 52

var (
	maxSymbols = [tableCount]uint8{35, 31, 52}
	maxLogs    = [tableCount]uint8{9, 8, 9}

	predefinedLogs   = [tableCount]uint8{6, 5, 6}
	predefinedCounts = [tableCount][]int16{
		{4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1},
		{1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1},
		{1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
			1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1},
	}

	// The values that symbols stand for: the first, and how many bits to add.
	literalValues = [36]struct {
		base uint32
		bits uint8
	}{
		{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {6, 0}, {7, 0}, {8, 0}, {9, 0}, {10, 0}, {11, 0}, {12, 0}, {13, 0}, {14, 0}, {15, 0},
		{16, 1}, {18, 1}, {20, 1}, {22, 1}, {24, 2}, {28, 2}, {32, 3}, {40, 3}, {48, 4}, {64, 6}, {128, 7}, {256, 8},
		{512, 9}, {1024, 10}, {2048, 11}, {4096, 12}, {8192, 13}, {16384, 14}, {32768, 15}, {65536, 16},
	}
	matchValues = [53]struct {
		base uint32
		bits uint8
	}{
		{3, 0}, {4, 0}, {5, 0}, {6, 0}, {7, 0}, {8, 0}, {9, 0}, {10, 0}, {11, 0}, {12, 0}, {13, 0}, {14, 0}, {15, 0}, {16, 0}, {17, 0}, {18, 0},
		{19, 0}, {20, 0}, {21, 0}, {22, 0}, {23, 0}, {24, 0}, {25, 0}, {26, 0}, {27, 0}, {28, 0}, {29, 0}, {30, 0}, {31, 0}, {32, 0}, {33, 0}, {34, 0},
		{35, 1}, {37, 1}, {39, 1}, {41, 1}, {43, 2}, {47, 2}, {51, 3}, {59, 3}, {67, 4}, {83, 4}, {99, 5}, {131, 7}, {259, 8}, {515, 9},
		{1027, 10}, {2051, 11}, {4099, 12}, {8195, 13}, {16387, 14}, {32771, 15}, {65539, 16},
	}
)
