package report

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/klauspost/compress/gzip"
)

// pageData is what the page's script draws from. Columns take far less space,
// and far less time to read, than an object for each step. Times are in units
// of Unit seconds.
type pageData struct {
	Unit    float64    `json:"unit"`
	Length  int64      `json:"length"`
	Classes []string   `json:"classes"`
	Texts   []string   `json:"texts"`
	Stages  []stageRow `json:"stages"`
	Lanes   []laneRow  `json:"lanes"`
	Bars    barColumns `json:"bars"`
	Steps   stepCols   `json:"steps"`
	// Path holds bar, from, to and reason of each link.
	Path [][4]int64 `json:"path"`
	// Waits and Phases hold step, text and time.
	Waits    [][3]int64 `json:"waits"`
	Phases   [][3]int64 `json:"phases"`
	Failures []failRow  `json:"failures"`
	Rates    rateCols   `json:"rates"`
}

type stageRow struct {
	Name string `json:"name"`
	At   int64  `json:"at"`
}

type laneRow struct {
	Number int   `json:"number"`
	From   int64 `json:"from"`
	To     int64 `json:"to"`
	Bars   int   `json:"bars"`
}

// barColumns has a place for each bar. Gap is the time since the bar before it
// on the same lane, or since the run began.
type barColumns struct {
	Gap    []int64 `json:"gap"`
	Length []int64 `json:"length"`
	Steps  []int   `json:"steps"` // how many; steps follow each other as bars do
}

// stepCols has a place for each step.
type stepCols struct {
	ID      []int32  `json:"id"`
	Part    []textID `json:"part"`
	Kind    []textID `json:"kind"`
	Class   []int    `json:"class"`
	Schema  []textID `json:"schema"`
	Table   []textID `json:"table"`
	Name    []string `json:"name"`
	Rows    []int64  `json:"rows"`
	Bytes   []int64  `json:"bytes"`
	Outcome []int    `json:"outcome"`
	Lane    []int    `json:"lane"`   // 1: a share of another connection's step
	After   []int    `json:"after"`  // the step that it waited for last, from 1; 0: none
	Queued  []int64  `json:"queued"` // time since then; -1: not known
}

type failRow struct {
	Step int    `json:"step"`
	Text string `json:"text"`
}

type rateCols struct {
	Part  float64   `json:"part"` // of a unit, for rounding would add up
	Bytes []int64   `json:"bytes"`
	Rows  []int64   `json:"rows"`
	Busy  []float64 `json:"busy"`
}

// data makes the columns.
func (b *Builder) data(t *timeline, path []link, rates throughput) pageData {
	unit := unitOf(t.length)
	in := func(d time.Duration) int64 { return int64(d / unit) }
	d := pageData{
		Unit: unit.Seconds(), Length: in(t.length), Texts: b.texts.list,
		Stages: []stageRow{}, Lanes: []laneRow{}, Path: [][4]int64{}, Failures: []failRow{},
		Waits: b.seenRows(t, b.waits, unit), Phases: b.seenRows(t, b.phases, unit),
	}
	for _, c := range classes {
		d.Classes = append(d.Classes, string(c))
	}
	for _, s := range t.stages {
		d.Stages = append(d.Stages, stageRow{s.name, in(s.start)})
	}
	for _, l := range t.lanes {
		d.Lanes = append(d.Lanes, laneRow{l.number, in(l.from), in(l.to), l.n})
	}
	for _, l := range path {
		d.Path = append(d.Path, [4]int64{int64(l.bar), in(l.from), in(l.to), int64(l.why)})
	}
	for _, f := range b.failures {
		if step, ok := t.last[f.key]; ok {
			d.Failures = append(d.Failures, failRow{step, f.text})
		}
	}
	d.Bars = t.barColumns(in)
	d.Steps = t.stepColumns(in)
	d.Rates = rates.columns(unit)
	return d
}

// unitOf is as fine as is worth the space: a run has up to a hundred million.
func unitOf(length time.Duration) time.Duration {
	unit := time.Microsecond
	for length/unit >= 100_000_000 {
		unit *= 10
	}
	return unit
}

func (t *timeline) barColumns(in func(time.Duration) int64) barColumns {
	n := len(t.bars)
	c := barColumns{Gap: make([]int64, n), Length: make([]int64, n), Steps: make([]int, n)}
	for _, l := range t.lanes {
		at := int64(0)
		for i := l.first; i < l.first+l.n; i++ {
			b := t.bars[i]
			c.Gap[i], c.Length[i], c.Steps[i] = in(b.start)-at, in(b.end)-in(b.start), b.n
			at = in(b.end)
		}
	}
	return c
}

func (t *timeline) stepColumns(in func(time.Duration) int64) stepCols {
	n := len(t.steps)
	c := stepCols{
		ID: make([]int32, n), Part: make([]textID, n), Kind: make([]textID, n), Class: make([]int, n),
		Schema: make([]textID, n), Table: make([]textID, n), Name: make([]string, n), Rows: make([]int64, n),
		Bytes: make([]int64, n), Outcome: make([]int, n), Lane: make([]int, n), After: make([]int, n), Queued: make([]int64, n),
	}
	for i, s := range t.steps {
		c.ID[i], c.Part[i], c.Kind[i], c.Class[i] = s.key.id, s.key.part, s.kind, classNumber(s.class)
		c.Schema[i], c.Table[i], c.Name[i] = s.schema, s.table, s.name
		c.Rows[i], c.Bytes[i], c.Outcome[i] = s.rows, s.bytes, int(s.outcome)
		if s.lane {
			c.Lane[i] = 1
		}
		c.Queued[i] = -1
		if after, ok := t.attemptBefore(s.after, s.start); ok {
			c.After[i], c.Queued[i] = after+1, in(s.start)-in(t.steps[after].end)
		}
	}
	return c
}

// seenRows gives what was seen in the order of steps and texts.
func (b *Builder) seenRows(t *timeline, all map[seen]time.Duration, unit time.Duration) [][3]int64 {
	rows := [][3]int64{}
	for _, s := range sortedSeen(all) {
		rows = append(rows, [3]int64{int64(t.place[s.step]), int64(s.what), int64(all[s] / unit)})
	}
	return rows
}

func (p *throughput) columns(unit time.Duration) rateCols {
	c := rateCols{Part: float64(p.part) / float64(unit), Bytes: make([]int64, len(p.bytes)), Rows: make([]int64, len(p.rows)), Busy: make([]float64, len(p.busy))}
	for i := range p.bytes {
		c.Bytes[i], c.Rows[i], c.Busy[i] = int64(p.bytes[i]), int64(p.rows[i]), float64(int64(p.busy[i]*100+0.5))/100
	}
	return c
}

// compressionLevel is one above which pages get hardly smaller.
const compressionLevel = 3

// encode makes text of data that can stand anywhere in a page: JSON, compressed,
// in letters and digits. Nothing in it can be taken for markup.
func encode(d pageData) (string, error) {
	var out bytes.Buffer
	text := base64.NewEncoder(base64.StdEncoding, &out)
	compressed, err := gzip.NewWriterLevel(text, compressionLevel)
	if err != nil {
		return "", err
	}
	if err := json.NewEncoder(compressed).Encode(d); err != nil {
		return "", err
	}
	if err := compressed.Close(); err != nil {
		return "", err
	}
	if err := text.Close(); err != nil {
		return "", err
	}
	return out.String(), nil
}
