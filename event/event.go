// Package event says what happened during a restore, as values that any number
// of readers may watch: the lines on standard error, a progress display, a log.
//
// Whoever does the work emits events to a [Sink] and draws nothing; readers
// know nothing of the work.
package event

import "sync"

// Level is how much a message matters, as in PostgreSQL's frontend programs
// (common/logging.h).
type Level uint8

// The levels. Detail and Hint belong to the Error or Warning before them.
const (
	Debug Level = iota
	Info
	Warning
	Error
	Detail
	Hint
)

// Message is a line for people. Text may hold several lines; a single newline
// at its end does not count.
type Message struct {
	Level Level
	Text  string
}

// Sink receives messages in order. It must be safe for concurrent use and must
// not block for long: the restore waits for it.
type Sink interface {
	Emit(Message)
}

// Recorder is a Sink that keeps what it receives.
type Recorder struct {
	mu       sync.Mutex
	messages []Message
}

// Emit keeps m.
func (r *Recorder) Emit(m Message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.messages = append(r.messages, m)
}

// Messages gives a copy of what was received so far.
func (r *Recorder) Messages() []Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Message(nil), r.messages...)
}
