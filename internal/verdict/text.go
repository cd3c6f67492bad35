package verdict

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"pgrestore/event"
)

// TextOptions say how a verdict is printed.
type TextOptions struct {
	Program string // stands before the first lines
	Width   int    // columns; 0 is 80; more than 100 are not used
	Colors  Colors
}

// Colors are the escape sequences that begin parts of the text. A part with an
// empty one has no color.
type Colors struct {
	Good    string // a clean restore
	Warning string // harmless errors
	Error   string // harmful ones
	Dim     string // what failed, and what the server said
}

const (
	resetColor   = "\x1b[0m"
	defaultWidth = 80
	minWidth     = 30
	maxWidth     = 100
	maxPrinted   = 12 // causes of each kind
	namesPrinted = 4  // objects
)

// Text prints a verdict for people, as lines for standard error: one for a
// clean restore, and otherwise the judgement and the causes below it. Control
// characters in names and messages become blanks.
func Text(v Verdict, o TextOptions) string {
	w := writer{o: o, width: min(max(cmp.Or(o.Width, defaultWidth), minWidth), maxWidth), hinted: map[string]bool{}}
	w.head(&v)
	if v.began() {
		w.causes(&v)
	}
	return w.b.String()
}

type writer struct {
	o      TextOptions
	width  int
	b      strings.Builder
	hinted map[string]bool // hints that stand there already
	told   string          // an error that stands there already
}

func (w *writer) head(v *Verdict) {
	done := restored(v)
	if v.Judgement == Clean {
		w.program(done+", "+v.Summary, w.o.Colors.Good)
		w.times(v)
		return
	}
	if !v.RolledBack && v.began() {
		w.program(done, "")
	}
	color := w.o.Colors.Error
	if v.Judgement == Reservations {
		color = w.o.Colors.Warning
	}
	w.program(v.Summary, color)
	if !v.RolledBack {
		w.times(v)
	}
	if e := v.StoppedAt; e != nil && v.began() {
		message := cmp.Or(e.Message, e.Text)
		if e.Kind == "" {
			w.paragraph("  stopped: ", "    ", message, "")
			w.told = message
		} else {
			w.paragraph("  stopped at ", "    ", nameOf(e.Kind, e.Schema, e.Name)+": "+message, "")
		}
	}
	for _, l := range v.LeftOut {
		w.paragraph("  left out ", "    ", objects(l.Objects, l.Count-len(l.Objects))+": "+l.Reason, "")
	}
}

// workNames are what classes of work are called in the text.
var workNames = map[event.Class]string{
	event.Object: "definitions", event.Data: "data", event.LargeObj: "large objects", event.Index: "indexes",
	event.Constraint: "constraints", event.ForeignKey: "foreign keys", event.Refresh: "materialized views",
	event.Privilege: "privileges", event.Statistics: "statistics",
}

// times writes what the time went into, if it was long enough to matter.
// Classes with less than a hundredth of it are left out.
func (w *writer) times(v *Verdict) {
	total := 0.0
	for _, c := range v.Classes {
		total += c.Seconds
	}
	if v.Seconds < 1 || total == 0 {
		return
	}
	var parts []string
	for _, c := range v.Classes {
		if c.Seconds >= total/100 {
			parts = append(parts, workNames[c.Class]+" "+duration(c.Seconds))
		}
	}
	text := strings.Join(parts, ", ")
	if v.Target.Connections > 1 {
		text += fmt.Sprintf(" (%d connections together)", v.Target.Connections)
	}
	w.paragraph("  time: ", "    ", text, w.o.Colors.Dim)
}

// program writes a line that begins with the program's name.
func (w *writer) program(text, color string) {
	prefix := ""
	if w.o.Program != "" {
		prefix = w.o.Program + ": "
	}
	w.paragraph(prefix, strings.Repeat(" ", min(len(prefix), 2)), text, color)
}

// restored says what is there now.
func restored(v *Verdict) string {
	parts := []string{count(v.Objects, "object", "objects")}
	if v.Rows > 0 || v.Bytes > 0 {
		parts = append(parts, fmt.Sprintf("%s (%s)", count(int(v.Rows), "row", "rows"), size(v.Bytes)))
	}
	return "restored " + strings.Join(parts, ", ") + " in " + duration(v.Seconds)
}

// summary is the judgement in a sentence.
func summary(v *Verdict) string {
	switch v.Judgement {
	case Clean:
		if v.Errors.Ignored > 0 {
			return "with no errors but " + count(v.Errors.Ignored, "ignored one", "ignored ones")
		}
		return "without errors"
	case Reservations:
		return "the database can be used, with reservations: " + tally(v)
	case Incomplete:
		return "the database is incomplete: " + tally(v)
	default:
		return unfinished(v)
	}
}

// began reports whether anything can have been done.
func (v *Verdict) began() bool { return v.Steps > 0 || v.Done+v.Failed > 0 }

func unfinished(v *Verdict) string {
	if !v.began() {
		return "nothing was restored: the restore did not begin"
	}
	what := "the restore stopped before its end"
	switch v.Outcome {
	case event.Cancelled:
		what = "the restore was cancelled"
	case "":
		what = "the restore was cut off, or still runs,"
	case event.Complete, event.Stopped:
	}
	if v.RolledBack {
		return what + " and was rolled back: nothing of it is in the database"
	}
	if v.Steps > 0 {
		what += fmt.Sprintf(" after %s of %s", number(int64(v.Done+v.Failed)), count(v.Steps, "step", "steps"))
	}
	what += ": the database is incomplete"
	if v.MayBeLost {
		what += ", and what was restored last may be lost"
	}
	if v.Errors.Total > 0 {
		what += ", " + tally(v)
	}
	return what
}

// tally counts the causes and their errors.
func tally(v *Verdict) string {
	var parts []string
	add := func(rank int, kind string, errors int) {
		causes := 0
		for i := range v.Causes {
			if v.Causes[i].rank() == rank {
				causes++
			}
		}
		switch {
		case errors == 0:
		case errors == 1:
			parts = append(parts, "1 "+kind+" error")
		case causes < 2:
			parts = append(parts, number(int64(errors))+" "+kind+" errors")
		default:
			parts = append(parts, fmt.Sprintf("%s %s errors of %d kinds", number(int64(errors)), kind, causes))
		}
	}
	add(0, "harmful", v.Errors.Harmful)
	add(1, "harmless", v.Errors.Harmless)
	add(2, "ignored", v.Errors.Ignored)
	left := 0
	for _, l := range v.LeftOut {
		left += l.Count
	}
	if left > 0 {
		parts = append(parts, count(left, "entry left out", "entries left out"))
	}
	return strings.Join(parts, ", ")
}

// causes writes the causes under a heading for each rank.
func (w *writer) causes(v *Verdict) {
	widest := 1
	for i := range v.Causes {
		widest = max(widest, len(number(int64(v.Causes[i].Count))))
	}
	headings := []struct{ text, color string }{
		{"Harmful:", w.o.Colors.Error}, {"Harmless:", w.o.Colors.Warning}, {"Ignored:", w.o.Colors.Dim},
	}
	for rank, heading := range headings {
		printed, left := 0, 0
		for i := range v.Causes {
			c := &v.Causes[i]
			switch {
			case c.rank() != rank:
				continue
			case printed == maxPrinted:
				left++
				continue
			case printed == 0:
				w.paragraph("  ", "  ", heading.text, heading.color)
			}
			printed++
			w.cause(c, widest)
		}
		if left > 0 {
			w.paragraph("  ", "  ", "and "+count(left, "more kind of errors", "more kinds of errors"), "")
		}
	}
}

func (w *writer) cause(c *Cause, widest int) {
	n := number(int64(c.Count))
	margin := strings.Repeat(" ", 2+widest+2)
	// The class is what --ignore-errors takes.
	title := c.Title + " (" + strings.Join(append([]string{string(c.Class)}, c.SQLStates...), ", ") + ")"
	w.paragraph(strings.Repeat(" ", 2+widest-len(n))+n+"  ", margin, title, "")
	if rank := c.rank(); rank == 2 {
		return
	}
	label := func(label, text, color string) {
		if text != "" {
			w.paragraph(margin+label, margin+"  ", text, color)
		}
	}
	dim := w.o.Colors.Dim
	label("", c.Reason, "")
	label("in ", objects(c.Objects, c.MoreObjects), dim)
	if first := firstMessage(c); !titleTells(c) && first != w.told {
		label("first: ", first, dim)
	}
	if f := c.Consequences; f.Count > 0 {
		text := count(f.Count, "more error", "more errors")
		if of := followers(c); of != "" {
			text += ": " + of
		}
		label("led to ", text, dim)
	}
	label("also missing in ", objects(c.Stale, c.MoreStale), dim)
	if w.hinted[c.Hint] {
		label("hint: ", "as above", "")
	} else if c.Hint != "" {
		label("hint: ", c.Hint, "")
		w.hinted[c.Hint] = true
	}
}

// titleTells reports whether the title says what the first message does.
func titleTells(c *Cause) bool {
	switch {
	case len(c.Subjects) == 0 || c.Class == MissingObject:
		return false
	case c.Class == MissingExtension: // unless it is there, and something else is wrong
		return c.First.SQLState != "22023"
	default:
		return true
	}
}

// firstMessage is what the server said, where the title does not say it.
func firstMessage(c *Cause) string {
	message := cmp.Or(c.First.Message, c.First.Text)
	if message == c.Title {
		message = ""
	}
	if message != "" && c.First.Detail != "" {
		message += ": "
	}
	return message + c.First.Detail
}

// objects lists entries.
func objects(list []Object, more int) string {
	shown := list[:min(len(list), namesPrinted)]
	var parts []string
	for _, o := range shown {
		parts = append(parts, shorten(nameOf(o.Kind, o.Schema, o.Name)))
	}
	return andMore(strings.Join(parts, ", "), more+len(list)-len(shown))
}

// followers lists the consequences of a cause, with what they needed unless
// that is all that failed first.
func followers(c *Cause) string {
	list := c.Consequences.Objects
	shown := list[:min(len(list), namesPrinted)]
	only := ""
	if len(c.Objects) == 1 {
		o := c.Objects[0]
		only = nameOf(o.Kind, o.Schema, o.Name)
	}
	var b strings.Builder
	for i, o := range shown {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(shorten(nameOf(o.Kind, o.Schema, o.Name)))
		next := i+1 < len(shown) && shown[i+1].Because == o.Because
		if o.Because != "" && o.Because != only && !next {
			b.WriteString(" (because of " + shorten(o.Because) + ")")
		}
	}
	return andMore(b.String(), c.Consequences.More+len(list)-len(shown))
}

func andMore(text string, more int) string {
	if more == 0 {
		return text
	}
	return text + " and " + number(int64(more)) + " more"
}

// paragraph writes text behind prefix, wrapped, with margin before further
// lines.
func (w *writer) paragraph(prefix, margin, text, color string) {
	column := columns(prefix)
	w.b.WriteString(prefix)
	w.b.WriteString(color)
	begun := false
	for _, word := range strings.Fields(printable(text)) {
		length := columns(word)
		switch {
		case !begun:
		case column+1+length > w.width:
			w.b.WriteString("\n" + margin)
			column = columns(margin)
		default:
			w.b.WriteByte(' ')
			column++
		}
		w.b.WriteString(word)
		column += length
		begun = true
	}
	if color != "" {
		w.b.WriteString(resetColor)
	}
	w.b.WriteByte('\n')
}

// columns is how much room text takes on a terminal: signs of East Asia take
// two columns, combining ones none.
func columns(text string) (n int) {
	for _, c := range text {
		switch {
		case unicode.Is(unicode.Mn, c):
		case c >= 0x1100 && c <= 0x115f, c >= 0x2e80 && c <= 0xa4cf, c >= 0xac00 && c <= 0xd7a3,
			c >= 0xf900 && c <= 0xfaff, c >= 0xfe30 && c <= 0xfe6f, c >= 0xff00 && c <= 0xff60,
			c >= 0xffe0 && c <= 0xffe6, c >= 0x1f300 && c <= 0x1faff, c >= 0x20000 && c <= 0x3fffd:
			n += 2
		default:
			n++
		}
	}
	return n
}

// printable makes blanks of what a terminal might obey, and a semicolon of the
// end of a line.
func printable(text string) string {
	lines := strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' })
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	text = strings.Join(lines, "; ")
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) {
			return ' '
		}
		return c
	}, text)
}
