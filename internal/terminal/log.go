// Package terminal shows what happens during a restore to people: the lines
// that PostgreSQL's client programs write on standard error, and how far the
// restore is. It knows events and nothing of the work behind them, and never
// writes to standard output.
//
// A [Screen] stands for standard error. Whatever is to come out there is
// written to it, so that lines scroll above the bar of a [Progress].
//
//	screen := terminal.NewScreen(os.Stderr)
//	log := terminal.NewLog(screen, "pgrestore", terminal.Colors{})
//	progress := terminal.NewProgress(screen, terminal.ProgressOptions{
//		Mode: terminal.Auto.Choose(isTerminal, os.LookupEnv), Program: "pgrestore", Size: size,
//	})
//	progress.Start()
//	defer progress.Stop()
//	stream := event.NewStream(time.Now, log, progress)
//	stream.Emit(event.Message{Level: event.Error, Text: "out of luck"})
//	// pgrestore: error: out of luck
package terminal

import (
	"io"
	"strings"
	"sync"

	"pgrestore/event"
)

// Log is an [event.Sink] and an [event.Reader] that prints each message as PostgreSQL's
// common/logging.c does, in one write. It is safe for concurrent use.
type Log struct {
	out      io.Writer
	progname string
	colors   Colors

	mu       sync.Mutex
	flush    func()
	minimum  event.Level
	silenced bool
	line     []byte // reused
}

// NewLog makes a Log of warnings and errors on out, whose lines begin with
// the program's name.
func NewLog(out io.Writer, progname string, colors Colors) *Log {
	return &Log{out: out, progname: progname, colors: colors, minimum: event.Warning}
}

// MoreVerbose lowers the least level that is printed by one: to [event.Info],
// then to [event.Debug] (pg_logging_increase_verbosity).
func (l *Log) MoreVerbose() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.minimum > event.Debug {
		l.minimum--
	}
}

// FlushBefore has flush run before each line that is printed from now on, so
// that what goes to standard output stays in order with it. flush is called by
// the goroutine that emits and must not emit itself; nil ends it.
func (l *Log) FlushBefore(flush func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flush = flush
}

// Emit prints messages, unless their level is below the least one. An error in
// writing is ignored: there is nowhere to tell.
func (l *Log) Emit(e event.Event) {
	m, ok := e.(event.Message)
	if !ok {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.silenced || m.Level < l.minimum {
		return
	}
	if l.flush != nil {
		l.flush()
	}
	l.line = l.append(l.line[:0], m)
	l.out.Write(l.line)
}

// Close prints a last line, as it is, and nothing after it. Only the first
// call has an effect.
func (l *Log) Close(last string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.silenced {
		return
	}
	l.silenced = true
	io.WriteString(l.out, last+"\n")
}

// Read prints messages, as Emit does.
func (l *Log) Read(r event.Record) { l.Emit(r.Event) }

func (l *Log) append(dst []byte, m event.Message) []byte {
	dst = appendColored(dst, l.colors.Locus, l.progname+": ")
	if text, color := label(m.Level, l.colors); text != "" {
		dst = appendColored(dst, color, text)
	}
	dst = append(dst, strings.TrimSuffix(m.Text, "\n")...)
	return append(dst, '\n')
}

// label gives what stands before the text; info and debug lines have none.
func label(level event.Level, c Colors) (text, color string) {
	switch level {
	case event.Error:
		return "error: ", c.Error
	case event.Warning:
		return "warning: ", c.Warning
	case event.Detail:
		return "detail: ", c.Note
	case event.Hint:
		return "hint: ", c.Note
	default:
		return "", ""
	}
}
