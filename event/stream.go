package event

import (
	"sync"
	"time"
)

// Record is an event and when it happened, since the run began.
type Record struct {
	At    time.Duration
	Event Event
}

// Reader watches events as they happen, or from a file.
type Reader interface {
	// Read takes the next event. Calls follow one another. It must not emit
	// events itself.
	Read(Record)
}

// Stream is a Sink that notes when each event happened and hands it to its
// readers, one after the other.
type Stream struct {
	now func() time.Time

	mu      sync.Mutex
	start   time.Time
	readers []Reader
}

// NewStream makes a Stream; the run begins now.
func NewStream(now func() time.Time, readers ...Reader) *Stream {
	return &Stream{now: now, start: now(), readers: readers}
}

// Emit hands e to all readers. It is safe for concurrent use.
func (s *Stream) Emit(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := Record{At: s.now().Sub(s.start), Event: e}
	for _, reader := range s.readers {
		reader.Read(r)
	}
}

// Recorder is a Sink and a Reader that keeps what it receives. The zero value
// is ready; it is safe for concurrent use.
type Recorder struct {
	mu      sync.Mutex
	records []Record
}

// Emit keeps e, with no time.
func (r *Recorder) Emit(e Event) { r.Read(Record{Event: e}) }

// Read keeps a record.
func (r *Recorder) Read(record Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.records = append(r.records, record)
}

// Records gives a copy of what was received so far.
func (r *Recorder) Records() []Record {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Record(nil), r.records...)
}

// Messages gives the messages among what was received so far.
func (r *Recorder) Messages() (messages []Message) {
	for _, record := range r.Records() {
		if m, ok := record.Event.(Message); ok {
			messages = append(messages, m)
		}
	}
	return messages
}
