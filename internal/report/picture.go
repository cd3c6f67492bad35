package report

import (
	"bytes"
	"fmt"
	"html"
	"time"
)

// The sizes of the still picture, in SVG's units.
const (
	pictureLeft  = 46
	pictureWidth = 954 // of the lanes
	pictureTop   = 34
	laneHeight   = 10
	laneStep     = 13
)

// picture draws the timeline as SVG, for paper and for where there is no
// script. It is made of columns, and stays small whatever the number of steps.
func (t *timeline) picture(path []link) string {
	var out bytes.Buffer
	height := pictureTop + laneStep*len(t.lanes) + 6
	fmt.Fprintf(&out, `<svg class="still" viewBox="0 0 %d %d" role="img" aria-label="Timeline of %s over %s">`,
		pictureLeft+pictureWidth+10, height, count(int64(len(t.lanes)), "connection"), formatDuration(t.length))
	t.drawAxis(&out, height)
	columns := min(max(9600/max(len(t.lanes), 1), 150), pictureWidth)
	for n, l := range t.lanes {
		y := pictureTop + laneStep*n
		fmt.Fprintf(&out, `<text class="lane" x="%d" y="%d">%d</text>`, pictureLeft-6, y+laneHeight-2, l.number)
		t.drawLane(&out, l, columns, y)
	}
	t.drawPath(&out, path)
	t.drawFailures(&out)
	out.WriteString("</svg>")
	return out.String()
}

// x is a time's place in the picture.
func (t *timeline) x(at time.Duration) float64 {
	if t.length <= 0 {
		return pictureLeft
	}
	return pictureLeft + pictureWidth*float64(at)/float64(t.length)
}

func (t *timeline) drawAxis(out *bytes.Buffer, height int) {
	for _, at := range ticks(t.length, 8) {
		x := t.x(at)
		fmt.Fprintf(out, `<path class="grid" d="M%.1f %dV%d"/><text class="tick" x="%.1f" y="%d">%s</text>`,
			x, pictureTop-6, height, x+3, pictureTop-8, formatTick(at))
	}
	for i, s := range t.stages {
		to := t.length
		if i+1 < len(t.stages) {
			to = t.stages[i+1].start
		}
		x, width := t.x(s.start), t.x(to)-t.x(s.start)
		fmt.Fprintf(out, `<rect class="stage s%d" x="%.1f" y="0" width="%.1f" height="12"/>`, i%2, x, width)
		if width > float64(6*len(s.name)) {
			fmt.Fprintf(out, `<text class="stage" x="%.1f" y="9">%s</text>`, x+3, html.EscapeString(s.name))
		}
	}
}

// drawLane draws, for each column, the class that fills most of it; pale where
// the connection did nothing for most of the time.
func (t *timeline) drawLane(out *bytes.Buffer, l lane, columns, y int) {
	fill := t.columns(l, columns)
	width := float64(pictureWidth) / float64(columns)
	for from := 0; from < columns; {
		to := from + 1
		for to < columns && fill[to] == fill[from] {
			to++
		}
		if f := fill[from]; f.class >= 0 {
			pale := ""
			if f.pale {
				pale = " pale"
			}
			fmt.Fprintf(out, `<path class="c%d%s" d="M%.1f %dh%.1fv%dh-%.1fz"/>`, f.class, pale,
				pictureLeft+width*float64(from), y, width*float64(to-from), laneHeight, width*float64(to-from))
		}
		from = to
	}
}

// column is what a column of a lane shows; class -1 is nothing.
type column struct {
	class int
	pale  bool
}

func (t *timeline) columns(l lane, n int) []column {
	times := make([][len(classes)]time.Duration, n)
	part := max(t.length/time.Duration(n), 1)
	for _, b := range t.barsOf(l) {
		class := classNumber(t.steps[b.first].class)
		for i := int(min(b.start/part, time.Duration(n-1))); i < n && part*time.Duration(i) <= b.end; i++ {
			begin := part * time.Duration(i)
			times[i][class] += max(overlap(b, begin, begin+part), 1)
		}
	}
	fill := make([]column, n)
	for i, byClass := range times {
		best, all := -1, time.Duration(0)
		for class, took := range byClass {
			all += took
			if took > 0 && (best < 0 || took > byClass[best]) {
				best = class
			}
		}
		fill[i] = column{best, best >= 0 && all < part/2}
	}
	return fill
}

func (t *timeline) drawPath(out *bytes.Buffer, path []link) {
	out.WriteString(`<path class="critical" d="`)
	for i, row := range shortPath(path, 300) {
		command := 'L'
		if i == 0 {
			command = 'M'
		}
		y := pictureTop + laneStep*t.bars[row.bar].lane + laneHeight + 1
		fmt.Fprintf(out, "%c%.1f %dH%.1f", command, t.x(row.from), y, t.x(row.to))
	}
	out.WriteString(`"/>`)
}

// maxMarks is how many failures the still picture shows.
const maxMarks = 500

func (t *timeline) drawFailures(out *bytes.Buffer) {
	marks := 0
	for _, s := range t.steps {
		if s.outcome != failed || marks == maxMarks {
			continue
		}
		marks++
		y := pictureTop + laneStep*t.bars[s.bar].lane
		fmt.Fprintf(out, `<path class="mark" d="M%.1f %dl6 6m0-6l-6 6"/>`, t.x(t.bars[s.bar].start)-3, y+2)
	}
}

// ticks gives about n round times from 0 to a length.
func ticks(length time.Duration, n int) (at []time.Duration) {
	step := tickStep(length, n)
	if step <= 0 {
		return nil
	}
	for tick := time.Duration(0); tick <= length; tick += step {
		at = append(at, tick)
	}
	return at
}

// tickSteps are the round steps below a minute, within a power of ten, and
// above.
var tickSteps = []time.Duration{
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// tickStep is the smallest round step that makes at most n of a length.
func tickStep(length time.Duration, n int) time.Duration {
	for step := time.Microsecond; step < time.Minute; step *= 10 {
		for _, round := range []time.Duration{1, 2, 5} {
			if step*round < time.Minute && length/(step*round) <= time.Duration(n) {
				return step * round
			}
		}
	}
	for _, step := range append(tickSteps[:len(tickSteps):len(tickSteps)], 10*24*time.Hour) {
		if length/step <= time.Duration(n) {
			return step
		}
	}
	return length/time.Duration(n) + 1
}

// formatTick writes a round time short: "0", "20 ms", "1.5 s", "2 min", "1 h
// 30".
func formatTick(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < time.Second:
		return fmt.Sprintf("%g ms", float64(d.Microseconds())/1e3)
	case d < time.Minute:
		return fmt.Sprintf("%g s", float64(d.Milliseconds())/1e3)
	case d < time.Hour && d%time.Minute == 0:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < time.Hour:
		return fmt.Sprintf("%d:%02d min", d/time.Minute, d%time.Minute/time.Second)
	case d%time.Hour == 0:
		return fmt.Sprintf("%d h", d/time.Hour)
	default:
		return fmt.Sprintf("%d:%02d h", d/time.Hour, d%time.Hour/time.Minute)
	}
}
