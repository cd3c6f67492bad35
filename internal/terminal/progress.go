package terminal

import (
	"cmp"
	"runtime"
	"strings"
	"sync"
	"time"

	"pgrestore/event"
)

// Mode is how progress is shown.
type Mode string

// The modes, as users name them.
const (
	Auto  Mode = "auto"  // Bar on a terminal, else Plain
	Bar   Mode = "bar"   // a block of lines at the bottom of the terminal
	Plain Mode = "plain" // a line every ten seconds, and one at the end
	JSON  Mode = "json"  // a line of JSON every second, and one at the end
	None  Mode = "none"
)

// Modes are all modes, in the order in which they are told to users.
var Modes = []Mode{Auto, Bar, Plain, JSON, None}

// Choose gives the mode that Auto comes to, and other modes as they are. env is
// os.LookupEnv, and tells of TERM, which consoles of Windows do without.
func (m Mode) Choose(isTerminal bool, env func(string) (string, bool)) Mode {
	if m != Auto {
		return m
	}
	if term, _ := env("TERM"); isTerminal && (term != "" || runtime.GOOS == "windows") && term != "dumb" {
		return Bar
	}
	return Plain
}

// ProgressOptions say what a Progress shows, and how.
type ProgressOptions struct {
	Mode    Mode   // but Auto; "" is None
	Brief   bool   // Plain says nothing of what is over before its first line
	Program string // begins lines of Plain and of Snapshot
	// Size gives the terminal's width and height in characters, 0 where they
	// are not known: it is asked before each drawing. nil is 80 by 24.
	Size  func() (columns, rows int)
	Color bool
	UTF8  bool             // the terminal knows more than ASCII
	Now   func() time.Time // nil is time.Now
}

// Appearance sets Color and UTF8 from the environment: NO_COLOR, and the
// locale of LC_ALL, LC_CTYPE and LANG.
func (o *ProgressOptions) Appearance(env func(string) (string, bool)) {
	noColor, _ := env("NO_COLOR")
	o.Color = noColor == ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale, _ := env(name); locale != "" {
			locale = strings.ToLower(locale)
			o.UTF8 = strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
			return
		}
	}
}

// Progress is an [event.Reader] that shows how far a restore is, on a Screen
// and nowhere else. For an event it only counts; it draws from a goroutine of
// its own, at most ten times a second. It is safe for concurrent use.
type Progress struct {
	screen  *Screen
	options ProgressOptions

	mu      sync.Mutex
	tracker tracker
	begun   bool      // there was a record
	zero    time.Time // from which on records count their time

	// Of whoever shows:
	drawn look
	told  bool // a plain line was written

	running  sync.WaitGroup
	stop     chan struct{}
	stopOnce sync.Once
}

// NewProgress makes a Progress. It counts, and shows nothing before Start.
func NewProgress(screen *Screen, options ProgressOptions) *Progress {
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Progress{screen: screen, options: options, stop: make(chan struct{})}
}

// Read takes the next event.
func (p *Progress) Read(r event.Record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.begun {
		p.begun, p.zero = true, p.options.Now().Add(-r.At)
	}
	p.tracker.read(r)
}

// interval gives how often the mode shows something; 0 for never.
func (m Mode) interval() time.Duration {
	switch m {
	case Bar:
		return 100 * time.Millisecond
	case Plain:
		return 10 * time.Second
	case JSON:
		return time.Second
	default:
		return 0
	}
}

// Start begins to show progress. It must be called once at most, and be
// followed by Stop.
func (p *Progress) Start() {
	interval := p.options.Mode.interval()
	if interval == 0 {
		return
	}
	p.running.Go(func() {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-p.stop:
				return
			case <-ticker.C:
				p.show()
			}
		}
	})
}

// Stop shows the last of it: the bar is taken away, the other modes have their
// line for the end. The terminal is then as it was before. Only the first call
// has an effect, and Stop may be deferred, so that it is done on all ways out.
func (p *Progress) Stop() {
	p.stopOnce.Do(func() {
		close(p.stop)
		p.running.Wait()
		switch {
		case p.options.Mode == Bar:
			p.screen.draw(nil)
		case p.options.Mode == Plain && p.options.Brief && !p.told:
		default:
			p.show()
		}
	})
}

// Snapshot prints how far the restore is and what each connection does, in any
// mode: a line for the whole and one for each connection.
func (p *Progress) Snapshot() {
	v, _ := p.view()
	var text []byte
	for _, line := range snapshot(v) {
		text = p.appendLine(text, line)
	}
	p.screen.Write(text)
}

// view gives how far the restore is now, and whether anything has happened.
func (p *Progress) view() (view, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.begun {
		return view{done: -1, left: -1}, false
	}
	return p.tracker.view(p.options.Now().Sub(p.zero)), true
}

// show shows how far the restore is, in the way of the mode. Before there is a
// connection nothing is shown: a password may be asked for.
func (p *Progress) show() {
	v, any := p.view()
	if !any || len(v.conns) == 0 && v.outcome == "" {
		return
	}
	switch p.options.Mode {
	case Bar:
		p.drawBar(v)
	case Plain:
		if v.outcome != "" && !v.begun {
			return // nothing was begun, for a reason that is told elsewhere
		}
		p.told = true
		p.screen.Write(p.appendLine(nil, plainLine(v)+plainWait(v)))
	case JSON:
		p.screen.Write(appendJSON(nil, v))
	}
}

// drawBar draws the bar for the size that the terminal has now. Where that has
// changed, lines may have been wrapped, and are cleared as a whole.
func (p *Progress) drawBar(v view) {
	now := p.look()
	if now != p.drawn {
		p.screen.clear()
		p.drawn = now
	}
	p.screen.draw(bar(v, now))
}

func (p *Progress) look() look {
	l := look{color: p.options.Color, utf8: p.options.UTF8}
	if p.options.Size != nil {
		l.columns, l.rows = p.options.Size()
	}
	l.columns, l.rows = cmp.Or(l.columns, 80), cmp.Or(l.rows, 24)
	return l
}

func (p *Progress) appendLine(dst []byte, line string) []byte {
	return append(dst, p.options.Program+": "+line+"\n"...)
}
