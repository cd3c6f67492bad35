package unzstd

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
)

// inGo makes a Reader without assembly.
func inGo(helpers int) *Reader {
	z := NewReader(helpers)
	z.window.assembly = false
	for _, w := range z.workers {
		for _, b := range w.idle {
			for _, block := range b.blocks {
				block.assembly = false
			}
		}
	}
	return z
}

func needAssembly(t testing.TB) {
	t.Helper()
	if !hasAssembly() {
		t.Skip("there is no assembly for this processor")
	}
}

// sameDecoding compares what the two decoders leave behind, step by step, so
// that they must also stop at the same sequences.
func sameDecoding(t testing.TB, b *block) {
	t.Helper()
	room := make([]sequence, len(b.sequences)+1)
	guard := sequence{1, 2, 3}
	room[len(room)-1] = guard
	ours, theirs := b.decoding, b.decoding
	ours.sequences = slices.Clone(b.sequences)
	theirs.sequences = room[:len(b.sequences)]
	for ours.done < len(ours.sequences) && ours.left >= ours.lowest {
		ours.decodeShort()
		decodeShort(&theirs)
		if !slices.Equal(ours.sequences[:ours.done], theirs.sequences[:min(ours.done, theirs.done)]) {
			t.Fatal("other sequences")
		}
		a, b := ours, theirs
		a.sequences, b.sequences = nil, nil
		if a.done != b.done || a.left != b.left || a.literals != b.literals || a.matches != b.matches || a.now != b.now || a.past != b.past {
			t.Fatalf("want %d, %d, %d, %d, %x, %d, got %d, %d, %d, %d, %x, %d", a.done, a.left, a.literals, a.matches, a.now, a.past,
				b.done, b.left, b.literals, b.matches, b.now, b.past)
		}
		if ours.left < ours.lowest {
			break
		}
		wantErr, err := ours.decodeOne(), theirs.decodeOne()
		if wantErr != err {
			t.Fatalf("want %v, got %v", wantErr, err)
		}
		if err != nil {
			break
		}
	}
	if room[len(room)-1] != guard {
		t.Fatal("written behind the last sequence")
	}
}

// bitBlock is a block of so many sequences with the tables and the bits given;
// it fails where they are no tables.
func bitBlock(count int, stored []byte) (*block, error) {
	b := newBlock()
	b.kind = blockCompressed
	b.data = new([dataBytes]byte)
	b.stored = b.data[headRoom : headRoom+copy(b.data[headRoom:dataMask-headRoom], stored)]
	b.count = count
	var s scanner
	rest, err := s.tables.read(b.stored)
	if err != nil {
		return nil, err
	}
	b.bits = headRoom + len(b.stored) - len(rest)
	b.tables.copy(&s.tables)
	b.sequences = make([]sequence, count)
	return b, b.beginSequences()
}

// randomTables writes tables of the predefined kind, of a single symbol or with
// counts of its own for each kind.
func randomTables(r *rand.Rand) []byte {
	out := []byte{0}
	for i := range tableCount {
		mode := r.IntN(3)
		out[0] |= byte(mode) << (6 - 2*i)
		switch mode {
		case 1:
			out = append(out, byte(r.IntN(int(maxSymbols[i])+1)))
		case 2:
			out = append(out, randomCounts(r, int(maxSymbols[i]), int(maxLogs[i]))...)
		}
	}
	return out
}

// randomCounts writes counts of symbols that add up, some of them less than one.
func randomCounts(r *rand.Rand, last, maxLog int) []byte {
	log := 5 + r.IntN(maxLog-4)
	left, width := 1<<log+1, log+1
	threshold := 1 << log
	var bits []byte
	put := func(v, n int) {
		for i := range n {
			bits = append(bits, byte(v>>i&1))
		}
	}
	put(log-5, 4)
	for symbol := 0; left > 1; symbol++ {
		n := r.IntN(min(left, 1+(1<<log)/8)) - 1
		switch {
		case symbol == last:
			n = left - 1
		case n == 0:
			n = 1
		}
		v, small := n+1, 2*threshold-1-left
		if v >= threshold {
			v += small
		}
		if v&(threshold-1) < small && v < threshold {
			put(v, width-1)
		} else {
			put(v, width)
		}
		left -= max(n, -n)
		for left < threshold {
			width--
			threshold >>= 1
		}
	}
	out := make([]byte, (len(bits)+7)/8)
	for i, bit := range bits {
		out[i/8] |= bit << (i % 8)
	}
	return out
}

func TestDecodersAgree(t *testing.T) {
	needAssembly(t)
	random := rand.New(rand.NewPCG(1, 2))
	blocks, sequences := 0, 0
	for range 3000 {
		stored := randomTables(random)
		n := 1 + random.IntN(3000)
		for range n {
			stored = append(stored, byte(random.Uint32()))
		}
		b, err := bitBlock(1+random.IntN(2000), append(stored, 1+byte(random.IntN(255))))
		if err != nil {
			continue
		}
		sameDecoding(t, b)
		blocks++
		sequences += len(b.sequences)
	}
	if blocks < 2000 {
		t.Errorf("want most blocks to have tables, got %d of 3000", blocks)
	}
}

func FuzzDecoders(f *testing.F) {
	needAssembly(f)
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		f.Add(uint16(random.IntN(300)), append(randomTables(random), bytes.Repeat([]byte{0x5a, 0xc3, 0x99}, 100)...))
	}
	f.Fuzz(func(t *testing.T, count uint16, stored []byte) {
		if b, err := bitBlock(1+int(count)%maxSequences, stored); err == nil {
			sameDecoding(t, b)
		}
	})
}

// sameCopying carries out sequences both ways, which must keep to their bytes
// and the slack.
func sameCopying(t testing.TB, c copying) {
	t.Helper()
	total := uint(0)
	for _, s := range c.sequences {
		total += uint(s.literals) + uint(s.match)
	}
	ours, theirs := c, c
	ours.out, theirs.out = new([windowBytes]byte), new([windowBytes]byte)
	*ours.out, *theirs.out = *c.out, *c.out
	for ours.done < len(ours.sequences) {
		ours.copyNear()
		copyNear(&theirs)
		if ours.done != theirs.done || ours.at != theirs.at || ours.from != theirs.from {
			t.Fatalf("want %d, %d, %d, got %d, %d, %d", ours.done, ours.at, ours.from, theirs.done, theirs.at, theirs.from)
		}
		if ours.done < len(ours.sequences) { // leave that one out
			ours.done++
			theirs.done++
		}
	}
	if !bytes.Equal(ours.out[:ours.at], theirs.out[:theirs.at]) {
		t.Fatalf("other bytes from %d on", same(ours.out[:ours.at], theirs.out[:ours.at]))
	}
	end := c.at + total + slack
	if !bytes.Equal(c.out[end:], theirs.out[end:]) {
		t.Fatal("written behind the slack")
	}
}

func TestCopiersAgree(t *testing.T) {
	needAssembly(t)
	random := rand.New(rand.NewPCG(5, 6))
	fill := rand.NewChaCha8([32]byte{7})
	out, literals := new([windowBytes]byte), new([literalBytes]byte)
	fill.Read(out[:])
	fill.Read(literals[:])
	length := func(most int) uint32 { return uint32(random.IntN(1 + random.IntN(1+random.IntN(most)))) }
	for range 60 {
		c := copying{out: out, literals: literals, at: uint(random.IntN(3000)), size: uint(1 + random.IntN(5000))}
		room := maxBlockBytes
		for range random.IntN(3000) {
			s := sequence{length(200), 3 + length(300), 1 + length(6000)}
			if random.IntN(20) == 0 {
				s.offset = uint32(firstUnknown+random.IntN(3))<<unknownShift - length(100)
			}
			if room -= int(s.literals + s.match); room < 0 {
				break
			}
			c.sequences = append(c.sequences, s)
		}
		sameCopying(t, c)
	}
}

// TestSumsOfLengths has a block whose matches come to 4 GiB, which is 0 in 32
// bits.
func TestSumsOfLengths(t *testing.T) {
	const count = 32768                                                               // matches of 131072 bytes
	block := []byte{1 << 3, 'x', 0xff, (count - 0x7f00) & 255, (count - 0x7f00) >> 8} // one literal
	block = append(block, 0x54, 0, 0, 52)
	bits := make([]byte, count*2+1)
	for i := range count {
		binary.LittleEndian.PutUint16(bits[2*i:], 131072-65539)
	}
	bits[count*2] = 1
	block = append(block, bits...)
	size := len(block)<<3 | int(blockCompressed)<<1 | 1
	frame := append([]byte{0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 16<<3 | byte(blockRepeat)<<1, 0, 0, 'y', byte(size), byte(size >> 8), byte(size >> 16)}, block...)
	for _, z := range []*Reader{NewReader(0), inGo(0)} {
		start(t, z, frame)
		got, err := io.ReadAll(z)
		if corrupt := (*CorruptError)(nil); !errors.As(err, &corrupt) || len(got) != 16 {
			t.Errorf("want a corrupt block, got %d bytes and %v", len(got), err)
		}
	}
}
