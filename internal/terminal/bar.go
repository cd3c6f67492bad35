package terminal

import (
	"fmt"
	"strings"

	"pgrestore/event"
)

// look is how a bar may be drawn.
type look struct {
	columns, rows int
	color         bool
	utf8          bool
}

// narrow is the width below which only what matters most has room.
const narrow = 30

// ink is a color, as the parameter of an SGR sequence; "" for none.
type ink string

const (
	plainInk ink = ""
	doneInk  ink = "32" // green
	errorInk ink = "31" // red
	faintInk ink = "2"
	boldInk  ink = "1"
)

// piece is visible text in one color.
type piece struct {
	text string
	ink  ink
}

// bar lays out the block at the bottom of a terminal: two lines of the whole
// restore, then one for each connection, as many as there is room for. All are
// narrower than the terminal, because some put a character in the last column
// off and others do not.
func bar(v view, l look) (lines [][]byte) {
	l.columns = max(l.columns-1, 1)
	room := blockHeight(l.rows)
	add := func(line []piece) {
		if len(lines) < room {
			lines = append(lines, l.append(nil, line))
		}
	}
	add(l.overall(v))
	add(l.numbers(v))
	shown := shownConns(v.conns, room-len(lines))
	for _, c := range shown {
		add(l.connection(c))
	}
	if rest := len(v.conns) - len(shown); rest > 0 {
		add([]piece{{"    and " + count(rest, "more connection"), faintInk}})
	}
	return lines
}

// blockHeight leaves some lines of a terminal for what scrolls above the block.
func blockHeight(rows int) int {
	if rows < 8 {
		return max(rows-2, 1)
	}
	return rows - 4
}

// shownConns gives the connections that there is room for: those that work come
// first. Where not all can be shown, a line is left to say so.
func shownConns(all []connView, room int) []connView {
	if len(all) <= room {
		return all
	}
	room = max(room-1, 0)
	var shown []connView
	for _, busy := range []bool{true, false} {
		for _, c := range all {
			if c.busy == busy && len(shown) < room {
				shown = append(shown, c)
			}
		}
	}
	return shown
}

// overall is the line with the bar: " 37 % =====>---- about 4 min left".
func (l look) overall(v view) []piece {
	right := ""
	switch {
	case !v.begun:
		return []piece{{"preparing", plainInk}, {" " + formatClock(v.elapsed), faintInk}}
	case v.left >= 0:
		right = "about " + formatLeft(v.left) + " left"
	case v.done < 0:
		right = formatClock(v.elapsed)
	}
	if v.done < 0 {
		return []piece{{fit(l.columns, steps(v), right), plainInk}}
	}
	percent := fmt.Sprintf("%3d %%", int(v.done*100))
	space := l.columns - width(percent) - 1
	if right != "" {
		space -= width(right) + 1
	}
	if short := strings.TrimPrefix(right, "about "); space < 8 && short != right {
		space += len(right) - len(short)
		right = short
	}
	line := []piece{{percent, boldInk}}
	if space >= 5 {
		full, empty := l.gauge(v.done, min(space, 60))
		line = append(line, piece{" " + full, doneInk}, piece{empty, faintInk})
	}
	if right != "" {
		line = append(line, piece{" " + right, plainInk})
	}
	return line
}

// gauge gives the two parts of a bar of some columns.
func (l look) gauge(done float64, columns int) (full, empty string) {
	n := min(max(int(done*float64(columns)), 0), columns)
	if l.utf8 {
		return strings.Repeat("━", n), strings.Repeat("─", columns-n)
	}
	return strings.Repeat("#", n), strings.Repeat("-", columns-n)
}

// numbers is the line below the bar. In a narrow terminal what matters less is
// left out.
func (l look) numbers(v view) []piece {
	type part struct {
		text  string
		ink   ink
		order int // the highest is left out first
	}
	var parts []part
	if v.errors > 0 {
		parts = append(parts, part{count(v.errors, "error"), errorInk, 0})
	}
	if v.stored > 0 || v.storedTotal > 0 {
		text := sizes(v)
		if l.columns < narrow {
			text = formatSize(v.stored)
		}
		parts = append(parts, part{text, plainInk, 1})
	}
	if v.done < 0 && v.rows > 0 {
		parts = append(parts, part{count(v.rows, "row"), plainInk, 3})
	}
	if v.speed >= 1 {
		parts = append(parts, part{formatSize(int64(v.speed)) + "/s", plainInk, 2})
	}
	if v.begun && v.done >= 0 {
		parts = append(parts, part{steps(v), plainInk, 4})
		parts = append(parts, part{formatClock(v.elapsed), plainInk, 5})
	}
	if v.errors == 0 && v.begun {
		parts = append(parts, part{"0 errors", plainInk, 6})
	}
	indent := 6
	if l.columns < narrow {
		indent = 0
	}
	for limit := 7; ; limit-- {
		line := []piece{{strings.Repeat(" ", indent), plainInk}}
		used := width(line[0].text)
		for _, p := range parts {
			if p.order > limit {
				continue
			}
			if len(line) > 1 {
				line = append(line, piece{", ", plainInk})
				used += 2
			}
			line = append(line, piece{p.text, p.ink})
			used += width(p.text)
		}
		if used <= l.columns || limit <= 0 {
			return line
		}
	}
}

// sizes gives how much of the data has been read: "1.2 GB of 3.4 GB".
func sizes(v view) string {
	if v.storedTotal <= 0 {
		return formatSize(v.stored)
	}
	return formatSize(min(v.stored, v.storedTotal)) + " of " + formatSize(v.storedTotal)
}

func steps(v view) string { return number(v.stepsDone) + " of " + count(v.steps, "step") }

// connection is the line of one of them: what it does, how far it is, and for
// how long.
func (l look) connection(c connView) []piece {
	number := fmt.Sprintf("%3d ", c.number+1)
	if l.columns < narrow {
		number = fmt.Sprintf("%d ", c.number+1)
	}
	if !c.busy {
		what := "waiting"
		if wait := c.hindrance(); wait != "" {
			what = "waits for " + wait
		}
		return []piece{{number, faintInk}, {l.cut(what, l.columns-width(number)), faintInk}}
	}
	var right string
	if l.columns >= 60 {
		right += fmt.Sprintf(" %9s", amount(c))
	}
	if l.columns >= 15 {
		right += fmt.Sprintf(" %5s", percent(c))
	}
	if l.columns >= 40 {
		right += fmt.Sprintf(" %7s", formatClock(c.elapsed))
	}
	what := work(c)
	if l.columns < narrow {
		what = visible(c.step.Name)
	}
	if c.Phase != "" && l.columns >= 50 {
		what += ": " + visible(c.Phase)
	}
	if wait := c.hindrance(); wait != "" && l.columns >= 50 {
		what += ", waits for " + wait
	}
	return []piece{{number, faintInk}, {fit(l.columns-width(number), l.cut(what, l.columns-width(number)-width(right)), right), plainInk}}
}

func amount(c connView) string {
	if c.Bytes <= 0 {
		return ""
	}
	return formatSize(c.Bytes)
}

func percent(c connView) string {
	if c.Fraction < 0 || c.more > 0 {
		return ""
	}
	return fmt.Sprintf("%d %%", int(min(c.Fraction, 1)*100))
}

// work names what a connection does: "index public.orders_x on public.orders".
func work(c connView) string {
	what := kind(c.step)
	if name := visible(name(c.step)); name != "" {
		what += " " + name
	}
	if c.helps {
		what = "helps with " + what
	}
	if c.more > 0 {
		what += fmt.Sprintf(" and %s more", number(c.more))
	}
	return what
}

// name gives the schema and the name. What is about other objects names their
// kind first, which a schema in front would only hide.
func name(s event.StepStarted) string {
	switch s.Kind {
	case "COMMENT", "ACL", "DEFAULT ACL", "SECURITY LABEL":
		return s.Name
	}
	if s.Schema == "" {
		return s.Name
	}
	return s.Schema + "." + s.Name
}

// kind gives the kind of step in few words.
func kind(s event.StepStarted) string {
	switch {
	case s.Part == "index":
		return "index of"
	case s.Part == "check":
		return "check of"
	}
	switch s.Kind {
	case "TABLE DATA":
		return "data"
	case "BLOBS":
		return "large objects"
	case "FK CONSTRAINT":
		return "foreign key"
	case "MATERIALIZED VIEW DATA":
		return "refresh"
	case "ACL":
		return "privileges"
	default:
		return strings.ToLower(visible(s.Kind))
	}
}

// fit puts left and right at the two ends of a line.
func fit(columns int, left, right string) string {
	space := columns - width(left) - width(right)
	return left + strings.Repeat(" ", max(space, 0)) + right
}

func (l look) cut(s string, columns int) string {
	mark := "~"
	if l.utf8 {
		mark = "…"
	}
	return cut(s, max(columns, 0), mark)
}

// append appends a line as it is sent, cut to the terminal's width.
func (l look) append(dst []byte, line []piece) []byte {
	room := l.columns
	for _, p := range line {
		text := l.cut(p.text, room)
		room -= width(text)
		if p.ink == plainInk || !l.color {
			dst = append(dst, text...)
			continue
		}
		dst = append(dst, "\x1b["+string(p.ink)+"m"...)
		dst = append(dst, text...)
		dst = append(dst, resetColor...)
	}
	return dst
}
