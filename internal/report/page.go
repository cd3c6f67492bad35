package report

import (
	"fmt"
	"html/template"
	"path"
	"strings"
	"time"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

// page is what the template shows.
type page struct {
	Policy  string
	Style   template.CSS
	Script  template.JS
	Data    template.HTML // letters and digits, see encode
	Picture template.HTML // numbers, and stages' names, escaped

	Title    string
	Facts    []fact // below the title
	Verdict  verdict.Verdict
	Summary  string
	Mark     mark
	Stats    []fact
	Causes   []cause
	Legend   []legendItem
	NoSteps  bool
	PathText string
	Path     *table
	Time     []*table
	Lanes    *table
	Slowest  []*table
	Waits    []*table
	LeftOut  *table
	Settings *table
	About    []fact
}

// fact is a name and what it has; Note is smaller.
type fact struct{ Name, Value, Note string }

// mark is how a verdict is shown, beside its colour.
type mark struct{ Class, Sign, Word string }

// legendItem is a class in the timeline.
type legendItem struct {
	Number int
	Class  event.Class
	Steps  string
}

// cause is a cause of errors.
type cause struct {
	verdict.Cause
	Harm  mark
	Count string
	Bars  int // the bar of the first example, or -1
	At    string
}

// page works everything out.
func (b *Builder) page(v verdict.Verdict) (*page, error) {
	t := b.timeline()
	critical := t.criticalPath()
	rates := b.throughput(t)
	uses := t.use()
	data, err := encode(b.data(t, critical, rates))
	if err != nil {
		return nil, err
	}
	byClass := t.byClass(b.plan)
	return &page{
		Policy:  policy(),
		Style:   template.CSS(pageStyle),
		Script:  template.JS(pageScript),
		Data:    template.HTML(data),
		Picture: template.HTML(t.picture(critical)),

		Title:    b.title(),
		Facts:    b.facts(v),
		Verdict:  v,
		Summary:  sentence(v.Summary),
		Mark:     judgementMark(v.Judgement),
		Stats:    b.stats(t, v, rates, uses),
		Causes:   b.causes(t, v),
		Legend:   legend(byClass),
		NoSteps:  len(t.steps) == 0,
		PathText: t.pathText(critical),
		Path:     b.pathTable(t, critical),
		Time:     nonEmpty(t.stageTable(), classTable(byClass)),
		Lanes:    b.laneTable(t, uses),
		Slowest:  b.slowestTables(t),
		Waits:    nonEmpty(waitTable("waits", "What server processes waited for", "Wait", b.top(b.waits)), waitTable("phases", "What server processes did, where they tell", "Phase", b.top(b.phases))),
		LeftOut:  b.leftOutTable(),
		Settings: b.settingsTable(),
		About:    b.about(v),
	}, nil
}

func nonEmpty(tables ...*table) (some []*table) {
	for _, t := range tables {
		if t != nil && len(t.Rows) > 0 {
			some = append(some, t)
		}
	}
	return some
}

func (b *Builder) title() string {
	switch {
	case b.run.Database != "":
		return "Restore of " + b.run.Database
	case b.run.Archive != "":
		return "Restore of " + path.Base(b.run.Archive)
	default:
		return "Restore"
	}
}

func (b *Builder) facts(v verdict.Verdict) (facts []fact) {
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, fact{Name: name, Value: value})
		}
	}
	add("Archive", orElse(b.run.Archive, "standard input"))
	add("Into", v.Target.Database)
	add("Server", strings.Join(b.servers, ", "))
	add("Started", formatStarted(b.run.Started))
	add("Restored by", b.run.Program)
	return facts
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func formatStarted(s string) string {
	at, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return s
	}
	return at.Format("2 January 2006, 15:04:05 -07:00")
}

func judgementMark(j verdict.Judgement) mark {
	switch j {
	case verdict.Clean:
		return mark{"good", "✓", "Clean"}
	case verdict.Reservations:
		return mark{"fair", "!", "With reservations"}
	case verdict.Incomplete:
		return mark{"bad", "✕", "Incomplete"}
	case verdict.Unfinished:
		return mark{"bad", "■", "Unfinished"}
	default:
		return mark{"fair", "?", string(j)}
	}
}

func (b *Builder) stats(t *timeline, v verdict.Verdict, rates throughput, uses []laneUse) []fact {
	stats := []fact{{"Time", formatDuration(t.length), ""}}
	data := fact{"Data", formatBytes(float64(v.Bytes)), ""}
	if v.Bytes > 0 && t.length > 0 {
		data.Note = formatBytes(float64(v.Bytes)/t.length.Seconds()) + "/s over all"
		if peak, at := rates.peak(rates.bytes); len(rates.bytes) > 1 {
			data.Note += ", up to " + formatBytes(peak) + "/s at " + formatDuration(at)
		}
	}
	if n := len(b.samples); n > 0 && v.Outcome != event.Complete && b.samples[n-1].bytes > v.Bytes {
		data.Note = "and " + formatBytes(float64(b.samples[n-1].bytes-v.Bytes)) + " of tables that were not finished"
	}
	steps := fact{"Steps done", formatCount(int64(v.Done)), ""}
	var notes []string
	if v.Steps > v.Done {
		notes = append(notes, "of "+formatCount(int64(v.Steps)))
	}
	if v.Failed > 0 {
		notes = append(notes, formatCount(int64(v.Failed))+" failed")
	}
	if v.Skipped > 0 {
		notes = append(notes, formatCount(int64(v.Skipped))+" left out")
	}
	steps.Note = strings.Join(notes, ", ")
	stats = append(stats, fact{"Rows", formatCount(v.Rows), ""}, data, steps, errorStat(v))
	if len(uses) == 0 {
		return stats
	}
	var busy, open time.Duration
	for _, u := range uses {
		busy += u.busy
		open += u.to - u.from
	}
	return append(stats, fact{"Connections", formatCount(int64(len(uses))), formatShare(share(float64(busy), float64(open))) + " busy"})
}

func errorStat(v verdict.Verdict) fact {
	f := fact{"Errors", formatCount(int64(v.Errors.Total)), ""}
	var notes []string
	for _, n := range []struct {
		n    int
		what string
	}{{v.Errors.Harmful, "harmful"}, {v.Errors.Harmless, "harmless"}, {v.Errors.Ignored, "ignored"}} {
		if n.n > 0 {
			notes = append(notes, formatCount(int64(n.n))+" "+n.what)
		}
	}
	f.Note = strings.Join(notes, ", ")
	return f
}

func (b *Builder) causes(t *timeline, v verdict.Verdict) (causes []cause) {
	for _, c := range v.Causes {
		shown := cause{Cause: c, Harm: harmMark(c), Count: count(int64(c.Count), "error"), Bars: -1}
		shown.Reason, shown.Hint = sentence(c.Reason), sentence(c.Hint)
		shown.First.Text = strings.TrimSpace(c.First.Text)
		if shown.First.Statement = strings.TrimSpace(c.First.Statement); strings.Contains(c.First.Text, shown.First.Statement) {
			shown.First.Statement = ""
		}
		shown.At = formatDuration(time.Duration(c.First.Seconds * float64(time.Second)))
		if i, ok := t.ofEntry[int32(c.First.ID)]; ok && c.First.ID != 0 {
			shown.Bars = int(t.steps[i].bar)
		}
		causes = append(causes, shown)
	}
	return causes
}

func harmMark(c verdict.Cause) mark {
	switch {
	case c.Harm == verdict.Harmful:
		return mark{"bad", "✕", "harmful"}
	case c.Ignored:
		return mark{"idle", "–", "ignored"}
	default:
		return mark{"fair", "!", "harmless"}
	}
}

func legend(costs []classCost) (items []legendItem) {
	for _, c := range costs {
		if c.works {
			items = append(items, legendItem{classNumber(c.class), c.class, count(int64(c.steps), "step")})
		}
	}
	return items
}

func (b *Builder) about(v verdict.Verdict) (facts []fact) {
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, fact{Name: name, Value: value})
		}
	}
	add("Program", b.run.Program)
	add("Archive", orElse(b.run.Archive, "standard input"))
	if b.run.Format != "" {
		add("Format", b.run.Format+", version "+orElse(b.run.ArchiveVersion, "not known"))
	}
	add("Compression", b.run.Compression)
	add("Entries", formatCount(int64(b.run.Entries)))
	add("Dumped database", b.run.Database)
	add("Archive made", b.run.Created)
	add("Dumped from server", b.run.ServerVersion)
	add("Dumped by pg_dump", b.run.DumpVersion)
	add("Restored to server", strings.Join(b.servers, ", "))
	add("Into database", v.Target.Database)
	if b.run.Jobs > 0 {
		add("Jobs", formatCount(int64(b.run.Jobs)))
	}
	add("Options", strings.Join(b.run.Options, " "))
	add("Started", formatStarted(b.run.Started))
	add("How it ended", outcomeText(b, v))
	return facts
}

func outcomeText(b *Builder, v verdict.Verdict) string {
	switch {
	case !b.ended:
		return "not known: the events end before the restore does"
	case b.end.Error != "":
		return string(v.Outcome) + ": " + b.end.Error
	default:
		return string(v.Outcome)
	}
}

// pathText says what the critical path is made of.
func (t *timeline) pathText(path []link) string {
	if len(path) == 0 {
		return ""
	}
	took := make([]time.Duration, len(classes))
	var waited time.Duration
	onLanes := map[int]bool{}
	for _, l := range path {
		took[classNumber(t.steps[t.bars[l.bar].first].class)] += l.to - l.from
		waited += l.gap
		onLanes[t.bars[l.bar].lane] = true
	}
	var parts []string
	for n, d := range took {
		if d > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", formatDuration(d), classes[n]))
		}
	}
	where := count(int64(len(onLanes)), "connection")
	return fmt.Sprintf("%s on %s: %s; %s in between, when nothing of the path ran. The run went on for %s after it.",
		count(int64(len(path)), "piece"), where, strings.Join(parts, ", "), formatDuration(waited), formatDuration(t.length-path[len(path)-1].to))
}
