package report

import (
	"fmt"
	"strconv"
	"time"

	"pgrestore/event"
)

// table is a table of the page.
type table struct {
	ID      string
	Caption string
	Note    string
	Columns []heading
	Rows    []row
	Sorts   bool // readers may sort it
}

// heading is the head of a column.
type heading struct {
	Name   string
	Number bool // set to the right, sorted by value
}

type row struct{ Cells []cell }

// cell is a cell; Value is what it is sorted by, where that is not the text.
type cell struct {
	Text, Value string
	Note        string
	Number      bool
	Bar         int     // a bar of the timeline to show, or -1
	Share       float64 // drawn as a bar; negative for none
	Mark        *mark
}

// maxRows is how many rows the tables of the slowest have.
const maxRows = 50

func text(s string) cell { return cell{Text: s, Bar: -1, Share: -1} }

func (c cell) note(s string) cell { c.Note = s; return c }

func (c cell) shows(bar int) cell { c.Bar = bar; return c }

func number(text string, value float64) cell {
	return cell{Text: text, Value: strconv.FormatFloat(value, 'g', -1, 64), Number: true, Bar: -1, Share: -1}
}

func seconds(d time.Duration) cell { return number(formatDuration(d), d.Seconds()) }

// secondsIf leaves the cell empty for 0.
func secondsIf(d time.Duration) cell {
	if d == 0 {
		return number("", 0)
	}
	return seconds(d)
}

func counted(n int64) cell { return number(formatCount(n), float64(n)) }

func sized(n int64) cell { return number(formatBytes(float64(n)), float64(n)) }

// The shortest time, and the fewest bytes, that tell how fast something goes:
// below, the time is not that of the bytes. The script has them, too.
const (
	shortestRate = 10 * time.Millisecond
	smallestRate = 64 << 10
)

// rate is an amount of bytes in a time.
func rate(bytes int64, d time.Duration) cell {
	if bytes < smallestRate || d < shortestRate {
		return number("", 0)
	}
	perSecond := float64(bytes) / d.Seconds()
	return number(formatBytes(perSecond)+"/s", perSecond)
}

func portion(f float64) cell {
	c := number(formatShare(f), f)
	c.Share = f
	return c
}

func columns(names ...string) (heads []heading) {
	for _, n := range names {
		head := heading{Name: n}
		if n[0] == '#' {
			head = heading{Name: n[1:], Number: true}
		}
		heads = append(heads, head)
	}
	return heads
}

// pathRows is about how many rows the table of the critical path has.
const pathRows = 15

func (b *Builder) pathTable(t *timeline, path []link) *table {
	result := &table{
		ID: "path", Caption: "The critical path, from its beginning",
		Columns: columns("Step", "#Began", "#Took", "#Waited before", "#Connection", "Why not before"),
	}
	for _, r := range shortPath(path, pathRows) {
		bar := t.bars[r.bar]
		step := text(b.barLabel(t, bar)).shows(r.bar)
		if r.merged > 1 {
			step = text(count(int64(r.merged), "short piece") + " in a row").shows(r.bar)
		}
		result.Rows = append(result.Rows, row{[]cell{
			step, seconds(r.from), seconds(r.took), secondsIf(r.waited), counted(int64(t.lanes[bar.lane].number)), text(b.whyText(t, r)),
		}})
	}
	return result
}

// whyText explains why a row of the path did not begin earlier.
func (b *Builder) whyText(t *timeline, r pathRow) string {
	switch {
	case r.merged > 1:
		return "each waited for the one before it"
	case r.why == runBegan:
		return "the run began; reading the archive and connecting"
	case r.why == neededStep:
		return "it had to wait for the step before it, for what it needs or a lock"
	case r.why == connectionBusy:
		return "its connection was busy with the step before it"
	case r.why == opened:
		return "its connection was opened after the step before it"
	case r.why == helped:
		return "it helps with the step before it"
	case r.why == stageOver:
		if s, ok := t.stageAt(r.from); ok {
			return "stage " + s.name + " began when the step before it was over"
		}
	}
	return "not known; the step before it, of another connection, was over just then"
}

func (t *timeline) stageTable() *table {
	result := &table{
		ID: "stages", Caption: "Stages", Sorts: true,
		Columns: columns("Stage", "#Began", "#Took", "#Share", "#Steps", "#Connections used", "#Busy on average"),
	}
	for _, s := range t.byStage() {
		busy := number("", 0)
		if s.took > 0 {
			mean := s.busy.Seconds() / s.took.Seconds()
			busy = number(fmt.Sprintf("%.1f", mean), mean)
		}
		result.Rows = append(result.Rows, row{[]cell{
			text(s.name), seconds(s.start), seconds(s.took), portion(share(float64(s.took), float64(t.length))),
			counted(int64(s.steps)), counted(int64(s.connections)), busy,
		}})
	}
	return result
}

func classTable(costs []classCost) *table {
	result := &table{
		ID: "classes", Caption: "Kinds of work", Sorts: true,
		Note: "Time is that of all connections together. Expected is the share of the plan's estimate. A constraint that is made in two" +
			" steps counts once, with the second; the first may be an index.",
		Columns: columns("Work", "#Steps", "#Failed", "#Time", "#Share", "#Expected", "#Rows", "#Data"),
	}
	for _, c := range costs {
		rows, size := number("", 0), number("", 0)
		if c.rows > 0 {
			rows = counted(c.rows)
		}
		if c.bytes > 0 {
			size = sized(c.bytes)
		}
		expected := number("", 0)
		if c.plannedWeight > 0 {
			expected = number(formatShare(c.weighed), c.weighed)
		}
		name := text(string(c.class))
		name.Mark = &mark{Class: "swatch c" + strconv.Itoa(classNumber(c.class))}
		result.Rows = append(result.Rows, row{[]cell{
			name, counted(int64(c.steps)), counted(int64(c.failed)), seconds(c.took), portion(c.ofAll), expected, rows, size,
		}})
	}
	return result
}

func (b *Builder) laneTable(t *timeline, uses []laneUse) *table {
	result := &table{
		ID: "connections", Caption: "What each connection did", Sorts: true,
		Columns: columns("#Connection", "#Steps", "#Busy", "#Idle", "#Busy share", "#Rows", "#Data", "#Longest idle", "Meanwhile"),
	}
	for _, u := range uses {
		longest, meanwhile := number("", 0), text("")
		if u.gapTo > u.gapFrom {
			longest = seconds(u.gapTo - u.gapFrom).note("at " + formatDuration(u.gapFrom))
			meanwhile = text("no connection worked")
		}
		if u.meanwhile >= 0 {
			bar := t.bars[u.meanwhile]
			meanwhile = text(b.barLabel(t, bar)).shows(u.meanwhile).note(fmt.Sprintf("on connection %d", t.lanes[bar.lane].number))
		}
		name := counted(int64(u.number))
		if u.reason != "" {
			name = name.note("lost: " + u.reason)
		}
		result.Rows = append(result.Rows, row{[]cell{
			name, counted(int64(u.steps)), seconds(u.busy), seconds(u.idle), portion(share(float64(u.busy), float64(u.to-u.from))),
			counted(u.rows), sized(u.bytes), longest, meanwhile,
		}})
	}
	return result
}

func (b *Builder) slowestTables(t *timeline) []*table {
	return nonEmpty(
		b.tableTable(t),
		b.stepTable(t, "indexes", "Slowest indexes", t.slowest(event.Index)),
		b.stepTable(t, "constraints", "Slowest constraints", t.slowest(event.Constraint, event.ForeignKey)),
		b.stepTable(t, "others", "Other slow steps", t.slowest(event.Object, event.LargeObj, event.Refresh, event.Privilege, event.Statistics)),
	)
}

func (b *Builder) tableTable(t *timeline) *table {
	result := &table{
		ID: "tables", Caption: "Tables that took longest", Sorts: true,
		Columns: columns("Table", "#Time", "#Data", "#Indexes", "#Constraints", "#Other", "#Rows", "#Size", "#Loading"),
	}
	costs := t.tables()
	for _, c := range costs[:min(len(costs), maxRows)] {
		name := text(b.text(c.table)).shows(c.bar)
		if c.lanes > 0 {
			name = name.note(fmt.Sprintf("loaded on %d connections", c.lanes+1))
		}
		result.Rows = append(result.Rows, row{[]cell{
			name, seconds(c.total()), secondsIf(c.data), secondsIf(c.index), secondsIf(c.constraint), secondsIf(c.others),
			counted(c.rows), sized(c.bytes), rate(c.bytes, c.loading),
		}})
	}
	result.Note = "Time is that of all connections together." + shownOf(len(result.Rows), len(costs), " tables")
	return result
}

func (b *Builder) stepTable(t *timeline, id, caption string, costs []stepCost) *table {
	result := &table{
		ID: id, Caption: caption, Sorts: true,
		Columns: columns("Step", "Table", "#Time", "#Began", "#Ready before", "#Connection", "Outcome"),
	}
	for _, c := range costs[:min(len(costs), maxRows)] {
		s := t.steps[c.step]
		queued := number("", 0)
		if d, ok := t.queued(c.step); ok {
			queued = seconds(d)
		}
		name := text(b.label(s)).shows(int(s.bar))
		if n := t.bars[s.bar].n; n > 1 {
			name = name.note("sent with " + count(int64(n-1), "other") + "; its share of the time")
		}
		result.Rows = append(result.Rows, row{[]cell{
			name, text(b.text(s.table)), seconds(c.took), seconds(s.start), queued, counted(int64(s.connection)), outcomeCell(s.outcome),
		}})
	}
	result.Note = "Ready before: how long it could have begun already, had there been a connection for it." + shownOf(len(result.Rows), len(costs), " steps")
	return result
}

func outcomeCell(o outcome) cell {
	c := text(o.String())
	switch o {
	case failed:
		c.Mark = &mark{Class: "bad", Sign: "✕"}
	case retried, unfinished:
		c.Mark = &mark{Class: "fair", Sign: "!"}
	}
	return c
}

// shownOf says how many of how many are shown, if not all are.
func shownOf(shown, all int, what string) string {
	if shown == all {
		return ""
	}
	return fmt.Sprintf(" %s of %s%s are shown.", formatCount(int64(shown)), formatCount(int64(all)), what)
}

func waitTable(id, caption, column string, waits []wait) *table {
	result := &table{
		ID: id, Caption: caption, Sorts: true,
		Note:    "As seen about every second, over all connections.",
		Columns: columns(column, "#Time", "#Share"),
	}
	var all time.Duration
	for _, w := range waits {
		all += w.took
	}
	for _, w := range waits[:min(len(waits), maxRows)] {
		result.Rows = append(result.Rows, row{[]cell{text(w.what), seconds(w.took), portion(share(float64(w.took), float64(all)))}})
	}
	return result
}

func (b *Builder) leftOutTable() *table {
	if b.skipped == 0 {
		return nil
	}
	result := &table{ID: "left-out", Caption: "Steps that were left out", Sorts: true, Columns: columns("Kind", "Name", "Reason")}
	for _, s := range b.skips {
		result.Rows = append(result.Rows, row{[]cell{text(s.kind), text(s.name), text(s.reason)}})
	}
	result.Note = shownOf(len(b.skips), b.skipped, " steps")
	return result
}

func (b *Builder) settingsTable() *table {
	if len(b.settings) == 0 {
		return nil
	}
	result := &table{ID: "settings-table", Caption: "Settings of this run, and why", Columns: columns("Setting", "Value", "Why")}
	for _, s := range b.settings {
		result.Rows = append(result.Rows, row{[]cell{text(s.Name), text(s.Value), text(s.Why)}})
	}
	return result
}
