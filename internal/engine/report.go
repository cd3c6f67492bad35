package engine

import (
	"sync"
	"sync/atomic"

	"pgrestore/event"
	"pgrestore/toc"
)

// stage is how far a restore is, for error messages.
type stage uint8

const (
	noStage stage = iota
	initializing
	processing
)

func (s stage) String() string {
	if s == initializing {
		return "while INITIALIZING:"
	}
	return "while PROCESSING TOC:"
}

// reporter counts errors and says where they happened. It is shared by all
// connections.
type reporter struct {
	sink   event.Sink
	toc    *toc.TOC
	errors atomic.Int64

	mu sync.Mutex // keeps the lines of one error together
}

// place is what a connection remembers between errors, to say each place once.
type place struct {
	stage stage
	entry int // -1 for none
}

func (r *reporter) note(text string) { r.sink.Emit(event.Message{Level: event.Info, Text: text}) }
func (r *reporter) warn(text string) { r.sink.Emit(event.Message{Level: event.Warning, Text: text}) }

// failed reports an error with its place and counts it (warn_or_exit_horribly).
func (r *reporter) failed(last *place, at place, text string) {
	r.errors.Add(1)
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.stage != last.stage {
		r.note(at.stage.String())
	}
	if at.entry >= 0 && at.entry != last.entry {
		r.note("from TOC entry " + r.toc.Entries[at.entry].String())
	}
	*last = at
	r.sink.Emit(event.Message{Level: event.Error, Text: text})
}
