package event

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"time"
)

// Writer is a Reader that writes JSON lines. It writes in pieces, and what is
// left with each Sample and with End, so that a file is at most a second
// behind.
type Writer struct {
	out io.Writer
	buf []byte
	err error
}

// writeSize is how much a Writer collects.
const writeSize = 64 << 10

// NewWriter makes a Writer. The caller closes out, after the last event.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

// Read writes a record. An error is kept for Err; nothing is written after it.
func (w *Writer) Read(r Record) {
	w.buf = append(AppendJSON(w.buf, r), '\n')
	switch r.Event.(type) {
	case Sample, End:
	default:
		if len(w.buf) < writeSize {
			return
		}
	}
	w.flush()
}

func (w *Writer) flush() {
	if w.err == nil {
		_, w.err = w.out.Write(w.buf)
	}
	w.buf = w.buf[:0]
}

// Err writes what is left and gives the first error of writing.
func (w *Writer) Err() error {
	w.flush()
	return w.err
}

// Decoder reads JSON lines back.
type Decoder struct {
	in   *bufio.Reader
	line int
}

// NewDecoder makes a Decoder.
func NewDecoder(in io.Reader) *Decoder {
	return &Decoder{in: bufio.NewReaderSize(in, writeSize)}
}

// FileError tells what is wrong with a file of events, and where.
type FileError struct {
	Line int // from 1
	What string
}

func (e *FileError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.What) }

// ErrTorn says that the last line has no end: whoever wrote it was stopped.
// What was read before is whole.
var ErrTorn = errors.New("the last line is incomplete")

// Next gives the next record; io.EOF at the end, ErrTorn where the file ends
// within a line, or a *FileError.
func (d *Decoder) Next() (Record, error) {
	for {
		line, err := d.in.ReadBytes('\n')
		d.line++
		if err == io.EOF && len(bytes.TrimSpace(line)) > 0 {
			r, parseErr := d.parse(line)
			if parseErr != nil {
				return Record{}, ErrTorn
			}
			return r, nil
		}
		if err != nil {
			return Record{}, err
		}
		if len(bytes.TrimSpace(line)) > 0 {
			return d.parse(line)
		}
	}
}

func (d *Decoder) parse(line []byte) (Record, error) {
	var head struct {
		At   *float64 `json:"at"`
		Type Type     `json:"type"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return Record{}, &FileError{d.line, "this is no event: " + err.Error()}
	}
	if head.At == nil || head.Type == "" {
		return Record{}, &FileError{d.line, "this is no event: \"at\" or \"type\" is missing"}
	}
	e, err := decode(head.Type, line)
	if err != nil {
		return Record{}, &FileError{d.line, fmt.Sprintf("event of type %q: %v", head.Type, err)}
	}
	if run, ok := e.(Run); ok && run.Schema > SchemaVersion {
		return Record{}, &FileError{d.line, fmt.Sprintf("the events are of version %d, this program knows up to %d", run.Schema, SchemaVersion)}
	}
	return Record{At: time.Duration(math.Round(*head.At*1e6)) * time.Microsecond, Event: e}, nil
}

func decode(t Type, line []byte) (Event, error) {
	switch t {
	case TypeRun:
		return as[Run](line)
	case TypeMessage:
		return as[Message](line)
	case TypeSetting:
		return as[Setting](line)
	case TypeConnected:
		return as[Connected](line)
	case TypeDisconnected:
		return as[Disconnected](line)
	case TypePlan:
		return as[Plan](line)
	case TypeStage:
		return as[Stage](line)
	case TypeStepStarted:
		return as[StepStarted](line)
	case TypeStepFinished:
		return as[StepFinished](line)
	case TypeStepFailed:
		return as[StepFailed](line)
	case TypeStepSkipped:
		return as[StepSkipped](line)
	case TypeStepRetried:
		return as[StepRetried](line)
	case TypeLaneStarted:
		return as[LaneStarted](line)
	case TypeLaneFinished:
		return as[LaneFinished](line)
	case TypeError:
		return as[Failure](line)
	case TypeSample:
		return as[Sample](line)
	case TypeRoles:
		return as[Roles](line)
	case TypeEnd:
		return as[End](line)
	default:
		return Unknown{Name: t, JSON: bytes.TrimSpace(bytes.Clone(line))}, nil
	}
}

func as[T Event](line []byte) (Event, error) {
	var e T
	err := json.Unmarshal(line, &e)
	return e, err
}

// levels are the names of the levels in files.
var levels = [...]string{Debug: "debug", Info: "info", Warning: "warning", Error: "error", Detail: "detail", Hint: "hint"}

// String is the level's name.
func (l Level) String() string {
	if int(l) < len(levels) {
		return levels[l]
	}
	return fmt.Sprintf("level %d", uint8(l))
}

// MarshalText gives the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the level's name.
func (l *Level) UnmarshalText(text []byte) error {
	for n, name := range levels {
		if name == string(text) {
			*l = Level(n)
			return nil
		}
	}
	return fmt.Errorf("unknown level %q", text)
}
