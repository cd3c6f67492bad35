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

// FOLLOW takes the bits of the next state off R14 and loads it.
#define FOLLOW(state, table) \
	BZHIQ   state, R14, BP; \
	SHRXQ   state, R14, R14; \
	SHRL    $16, state; \
	ADDL    BP, state; \
	MOVQ    (table*const_tableStates*8)(SI)(state*8), state

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
TEXT ·decodeShort(SB), NOSPLIT, $32-8
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
	MOVQ    $0, literals-24(SP)
	MOVQ    $0, matches-32(SP)
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

	// DX is how many bits lead to states, BP how many there are in all; what is
	// above their low bytes does not matter.
	LEAQ    (BX)(CX*1), DX
	ADDQ    AX, DX
	RORXL   $8, DX, BP
	ADDL    DX, BP
	MOVBLZX BP, BP
	SUBQ    BP, R9
	JCS     reload

take:
	// From the low bits on: the states of offsets, matches and literals (R14), the
	// values of literals, matches and offsets (DX).
	SHRXQ   R9, R8, R14
	SHRXQ   DX, R14, DX
	AHEAD
	SUBQ    BP, R10

	VALUE(AX)
	MOVL    R15, sequence_literals(DI)
	ADDQ    R15, literals-24(SP)
	VALUE(BX)
	MOVL    R15, sequence_match(DI)
	ADDQ    R15, matches-32(SP)
	VALUE(CX)

	CMPL    R15, $3
	JLS     repeated
	SUBL    $3, R15
	MOVL    R12, R13
	MOVL    R11, R12
	MOVL    R15, R11

store:
	MOVL    R11, sequence_offset(DI)
	ADDQ    $12, DI
	FOLLOW(CX, const_tableOffsets)
	FOLLOW(BX, const_tableMatches)
	FOLLOW(AX, const_tableLiterals)
	JMP     next

repeated:
	// R15 counts from 0 on, and one more if there are no literals.
	CMPL    sequence_literals(DI), $1
	ADCL    $-1, R15
	JEQ     store
	MOVL    R11, BP
	CMPL    BP, $2
	ADCL    $-1, R11 // 3: the first less 1, but not 0
	CMPL    R15, $2
	CMOVLCS R12, R11 // 1: the second
	CMOVLEQ R13, R11 // 2: the third
	CMOVLCC R12, R13
	MOVL    BP, R12
	JMP     store

reload:
	AHEAD
	JCC     take

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
	MOVQ    literals-24(SP), R9
	ADDQ    R9, decoding_literals(DX)
	MOVQ    matches-32(SP), R9
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
