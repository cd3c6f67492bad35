package terminal

import "testing"

// Emulator is for the tests that are outside of the package.
type Emulator = emulator

// NewEmulator makes one.
func NewEmulator(t testing.TB, columns, rows int) *Emulator { return newEmulator(t, columns, rows) }

// Text is all there is, and where the cursor is.
func (e *emulator) Text() string { return e.text() }
