// Both functions do what those in Go of the same name do. Those mask their
// indices; these rely on what is true of them anyway, which is said here.

#include "textflag.h"
#include "go_asm.h"

// AHEAD loads the word before bit R10 into R8; R9 is how many of its bits are
// before R10, less BP.
#define AHEAD \
	MOVQ    R10, R9; \
	SHRQ    $3, R9; \
	MOVQ    -7(R9), R8; \
	MOVL    R10, R9; \
	ANDL    $7, R9; \
	ADDL    $56, R9; \
	SUBQ    BP, R9

// VALUE takes the bits of a state's value off DX and gives the value in R15.
#define VALUE(state) \
	RORXQ   $8, state, BP; \
	BZHIQ   BP, DX, R15; \
	SHRXQ   BP, DX, DX; \
	RORXQ   $32, state, BP; \
	ADDL    BP, R15

// FOLLOW loads the state that bits lead to. The sum in the address spares what
// waits for the bits an addition.
#define FOLLOW(state, table, bits) \
	BZHIQ   state, bits, BP; \
	SHRL    $16, state; \
	LEAQ    (SI)(state*8), state; \
	MOVQ    (table*const_tableStates*8)(state)(BP*8), state

// func decodeShort(d *decoding)
//
// What is loaded lies in data: a word is loaded where left is not below lowest,
// or on entry, where it is below by one sequence at most, and headRoom is more
// than that and a word. States lead to entries of their own tables (newState).
// Stores go up to the last sequence but one.
//
// AX, BX, CX: states of literals, matches and offsets
// SI, DI: tables, the next sequence
// R8, R9, R10: as in AHEAD; R10 is counted from address 0
// R11, R12, R13: offsets used last
// X1, X2: bytes of literals and of matches
TEXT ·decodeShort(SB), NOSPLIT, $16-8
	MOVQ    d+0(FP), DX
	MOVQ    decoding_sequences+0(DX), R8
	MOVQ    decoding_sequences+8(DX), R9
	IMUL3Q  $12, R9, R9
	LEAQ    -12(R8)(R9*1), R9
	MOVQ    R9, end-8(SP)
	MOVQ    decoding_done(DX), DI
	IMUL3Q  $12, DI, DI
	ADDQ    R8, DI
	MOVQ    decoding_data(DX), R9
	SHLQ    $3, R9
	MOVQ    decoding_left(DX), R10
	ADDQ    R9, R10
	ADDQ    decoding_lowest(DX), R9
	MOVQ    R9, lowest-16(SP)
	PXOR    X1, X1
	PXOR    X2, X2
	MOVQ    decoding_tables(DX), SI
	MOVQ    decoding_now+(const_tableLiterals*8)(DX), AX
	MOVQ    decoding_now+(const_tableOffsets*8)(DX), CX
	MOVQ    decoding_now+(const_tableMatches*8)(DX), BX
	MOVL    decoding_past+0(DX), R11
	MOVL    decoding_past+4(DX), R12
	MOVL    decoding_past+8(DX), R13
	XORL    BP, BP
	AHEAD

next:
	CMPQ    DI, end-8(SP)
	JCC     done
	CMPQ    R10, lowest-16(SP)
	JCS     done

	// DX is how many bits lead to states, BP how many are values', then how many
	// there are in all; what is above their low bytes does not matter. The next
	// states wait for R14, so it does not wait for the sum.
	LEAQ    (BX)(CX*1), DX
	ADDQ    AX, DX
	RORXL   $8, DX, BP
	MOVL    R9, R15
	SUBL    DX, R15
	SUBL    BP, R15
	SHRXQ   R15, R8, R14
	ADDL    DX, BP
	MOVBLZX BP, BP
	SUBQ    BP, R9
	JCS     reload

take:
	// From the low bits of R14 on: the states of offsets, matches and literals,
	// and from those of DX on the values of literals, matches and offsets.
	SHRXQ   DX, R14, DX
	AHEAD
	SUBQ    BP, R10

	VALUE(AX)
	MOVL    R15, sequence_literals(DI)
	MOVQ    R15, X0
	PADDQ   X0, X1
	VALUE(BX)
	MOVL    R15, sequence_match(DI)
	MOVQ    R15, X0
	PADDQ   X0, X2
	VALUE(CX)

	// Codes up to 3 are too random to branch on. R15 counts from 0 on, and one more
	// if there are no literals; a new offset is 3 or more.
	LEAL    -3(R15), DX
	MOVL    R11, BP
	CMPL    BP, $2
	ADCL    $-1, BP  // the first less 1, but not 0
	CMPL    R15, $3
	CMOVLLS BP, DX
	CMPL    sequence_literals(DI), $1
	ADCL    $-1, R15
	CMPL    R15, $1
	CMOVLCS R11, DX  // 0: the first
	CMOVLEQ R12, DX  // 1: the second
	CMPL    R15, $2
	CMOVLEQ R13, DX  // 2: the third
	CMOVLCC R12, R13
	CMPL    R15, $1
	CMOVLCC R11, R12
	MOVL    DX, R11
	MOVL    R11, sequence_offset(DI)
	ADDQ    $12, DI
	SHRXQ   CX, R14, R15
	FOLLOW(CX, const_tableOffsets, R14)
	SHRXQ   BX, R15, R14
	FOLLOW(BX, const_tableMatches, R15)
	FOLLOW(AX, const_tableLiterals, R14)
	JMP     next

reload:
	AHEAD
	JCS     done
	SHRXQ   R9, R8, R14
	JMP     take

done:
	MOVQ    d+0(FP), DX
	MOVQ    AX, decoding_now+(const_tableLiterals*8)(DX)
	MOVQ    CX, decoding_now+(const_tableOffsets*8)(DX)
	MOVQ    BX, decoding_now+(const_tableMatches*8)(DX)
	MOVL    R11, decoding_past+0(DX)
	MOVL    R12, decoding_past+4(DX)
	MOVL    R13, decoding_past+8(DX)
	MOVQ    decoding_data(DX), R9
	SHLQ    $3, R9
	SUBQ    R9, R10
	MOVQ    R10, decoding_left(DX)
	MOVQ    X1, R9
	ADDQ    R9, decoding_literals(DX)
	MOVQ    X2, R9
	ADDQ    R9, decoding_matches(DX)
	MOVQ    DX, BX
	MOVQ    DI, AX
	SUBQ    decoding_sequences+0(BX), AX
	XORL    DX, DX
	MOVQ    $12, CX
	DIVQ    CX
	MOVQ    AX, decoding_done(BX)
	RET

// func copyNear(c *copying)
//
// A block's sequences take no more literals than it has and yield no more than
// maxBlockBytes (decodeSequences), for which out has room (execute), and slack
// bytes may be read and written behind both. Matches begin in out and before
// where they go.
//
// SI, R9: the next sequence, how many are left
// DX, DI, R10: out, where in it the next byte goes, how far matches may reach
// R8: the next literal
TEXT ·copyNear(SB), NOSPLIT, $0-8
	MOVQ    c+0(FP), AX
	MOVQ    copying_done(AX), R9
	IMUL3Q  $12, R9, SI
	ADDQ    copying_sequences+0(AX), SI
	SUBQ    copying_sequences+8(AX), R9
	NEGQ    R9
	MOVQ    copying_out(AX), DX
	MOVQ    copying_at(AX), DI
	ADDQ    DX, DI
	MOVQ    copying_literals(AX), R8
	ADDQ    copying_from(AX), R8
	MOVQ    copying_size(AX), R10

next:
	SUBQ    $1, R9
	JCS     done
	MOVL    sequence_literals(SI), AX
	MOVL    sequence_match(SI), BX
	MOVL    sequence_offset(SI), CX
	// R12, R11: where the match is and where it goes.
	LEAQ    (DI)(AX*1), R11
	MOVQ    R11, R12
	SUBQ    CX, R12
	CMPQ    CX, R10
	JHI     done
	CMPQ    R12, DX
	JCS     done

	MOVOU   (R8), X0
	MOVOU   16(R8), X1
	MOVOU   X0, (DI)
	MOVOU   X1, 16(DI)
	CMPQ    AX, $32
	JHI     manyLiterals

match:
	ADDQ    AX, R8
	ADDQ    $12, SI
	LEAQ    (R11)(BX*1), DI
	CMPQ    CX, $16
	JCS     bytes
	// The second 16 bytes may begin with what the first have written.
	MOVOU   (R12), X0
	MOVOU   X0, (R11)
	MOVOU   16(R12), X1
	MOVOU   X1, 16(R11)
	CMPQ    BX, $32
	JLS     next

	MOVQ    $32, R13
longMatch:
	MOVOU   (R12)(R13*1), X0
	MOVOU   X0, (R11)(R13*1)
	ADDQ    $16, R13
	CMPQ    R13, BX
	JCS     longMatch
	JMP     next

manyLiterals:
	MOVQ    $32, R13
manyLiterals16:
	MOVOU   (R8)(R13*1), X0
	MOVOU   X0, (DI)(R13*1)
	ADDQ    $16, R13
	CMPQ    R13, AX
	JCS     manyLiterals16
	JMP     match

bytes:
	MOVB    (R12), AX
	MOVB    AX, (R11)
	INCQ    R12
	INCQ    R11
	CMPQ    R11, DI
	JCS     bytes
	JMP     next

done:
	// The sequence that is not carried out, if there is one, has been counted.
	ADDQ    $1, R9
	MOVQ    c+0(FP), AX
	SUBQ    copying_sequences+8(AX), R9
	NEGQ    R9
	MOVQ    R9, copying_done(AX)
	SUBQ    DX, DI
	MOVQ    DI, copying_at(AX)
	SUBQ    copying_literals(AX), R8
	MOVQ    R8, copying_from(AX)
	RET
