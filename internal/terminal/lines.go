package terminal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"pgrestore/event"
)

// plainLine is a view as one line, without its end:
//
//	progress: 37 % done, 1.2 GB of 3.4 GB, 45 MB/s, 312 of 840 steps, about 4 min left, 0 errors
//
// The parts stand in this order, those that are not known are left out. Where
// the size of the data is not known it is
//
//	progress: 1.2 GB, 1,234,567 rows, 45 MB/s, 312 of 840 steps, 0 errors
//
// and the last line of a run has "in 5 min 2 s" in place of the time left, and
// says how it ended if not by itself: ", stopped" or ", cancelled".
func plainLine(v view) string {
	if !v.begun && v.outcome == "" {
		return "progress: preparing, " + count(v.errors, "error")
	}
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if v.done >= 0 {
		add("%d %% done", int(v.done*100))
	}
	if v.stored > 0 || v.storedTotal > 0 {
		add("%s", sizes(v))
	}
	if v.done < 0 {
		add("%s", count(v.rows, "row"))
	}
	if v.speed >= 1 {
		add("%s/s", formatSize(int64(v.speed)))
	}
	add("%s", steps(v))
	switch {
	case v.outcome != "":
		add("in %s", formatSpan(v.elapsed))
	case v.left >= 0:
		add("about %s left", formatLeft(v.left))
	}
	add("%s", count(v.errors, "error"))
	if v.outcome != "" && v.outcome != event.Complete {
		add("%s", v.outcome)
	}
	return "progress: " + strings.Join(parts, ", ")
}

// plainWait is added to a plain line where a connection waits for something that the
// user can see to: ", connection 2 waits for a lock of server process 4711".
func plainWait(v view) string {
	for _, c := range v.conns {
		if wait := c.hindrance(); wait != "" && v.outcome == "" {
			return fmt.Sprintf(", connection %d waits for %s", c.number+1, wait)
		}
	}
	return ""
}

// snapshot is a view as lines: the plain one, and one for each connection.
//
//	progress: 37 % done, ..., 0 errors, after 2 min 10 s, stage main
//	connection 1 (server process 4711): data public.orders, 45 %, 120 MB, for 12 s
//	connection 2 (server process 4712): index public.items_x, building index: loading tuples in tree, 12 %, for 3 s, waits for IO: DataFileRead
//	connection 3 (server process 4713): waiting
func snapshot(v view) []string {
	first := plainLine(v) + ", after " + formatSpan(v.elapsed)
	if v.stage != "" {
		first += ", stage " + visible(v.stage)
	}
	lines := []string{first}
	for _, c := range v.conns {
		lines = append(lines, c.sentence())
	}
	return lines
}

func (c connView) sentence() string {
	start := fmt.Sprintf("connection %d", c.number+1)
	if c.pid != 0 {
		start += fmt.Sprintf(" (server process %d)", c.pid)
	}
	switch {
	case !c.busy && c.Waits != "":
		return start + ": waits for " + c.waits()
	case !c.busy:
		return start + ": waiting"
	}
	parts := []string{work(c)}
	for _, part := range []string{visible(c.Phase), percent(c), amount(c)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	parts = append(parts, "for "+formatSpan(c.elapsed))
	if c.Waits != "" {
		parts = append(parts, "waits for "+c.waits())
	}
	return start + ": " + strings.Join(parts, ", ")
}

// jsonProgress is a line of the mode JSON.
type jsonProgress struct {
	Type        string           `json:"type"` // "progress"
	At          float64          `json:"at"`   // seconds since the run began
	Stage       string           `json:"stage"`
	Fraction    *float64         `json:"fraction"` // of the work, from 0 to 1; null: not known
	Left        *float64         `json:"left"`     // seconds; null: not known
	Stored      int64            `json:"stored"`   // bytes of data read from the archive
	StoredTotal *int64           `json:"stored_total"`
	Speed       int64            `json:"speed"` // stored bytes a second
	Bytes       int64            `json:"bytes"` // uncompressed
	Rows        int64            `json:"rows"`  // of finished COPYs
	Done        int              `json:"done"`  // steps
	Steps       int              `json:"steps"`
	Errors      int              `json:"errors"`
	Outcome     event.Outcome    `json:"outcome,omitempty"` // in the last line only
	Connections []jsonConnection `json:"connections"`
}

// jsonConnection is a connection that does something.
type jsonConnection struct {
	Connection int         `json:"connection"` // from 0
	PID        uint32      `json:"pid"`
	ID         int         `json:"id"`
	Part       string      `json:"part,omitempty"`
	Kind       string      `json:"kind"`
	Schema     string      `json:"schema"`
	Name       string      `json:"name"`
	Class      event.Class `json:"class"`
	More       int         `json:"more"`     // steps that were sent together with this one
	Helps      bool        `json:"helps"`    // with data that another connection loads
	Seconds    float64     `json:"seconds"`  // since it began
	Bytes      int64       `json:"bytes"`    // of data so far, uncompressed
	Fraction   *float64    `json:"fraction"` // null: not known
	Phase      string      `json:"phase,omitempty"`
	Waits      string      `json:"waits,omitempty"`
	Blockers   []int       `json:"blockers,omitempty"` // other sessions' server processes
}

// appendJSON appends a view as a line of JSON.
func appendJSON(dst []byte, v view) []byte {
	p := jsonProgress{
		Type: "progress", At: seconds3(v.elapsed.Seconds()), Stage: v.stage,
		Stored: v.stored, Speed: int64(v.speed), Bytes: v.bytes, Rows: v.rows,
		Done: v.stepsDone, Steps: v.steps, Errors: v.errors, Outcome: v.outcome,
		Fraction: known(v.done), Left: known(v.left.Seconds()), Connections: []jsonConnection{},
	}
	if v.storedTotal > 0 {
		p.StoredTotal = &v.storedTotal
	}
	for _, c := range v.conns {
		if !c.busy && c.Waits == "" {
			continue
		}
		p.Connections = append(p.Connections, jsonConnection{
			Connection: c.number, PID: c.pid, ID: c.step.ID, Part: c.step.Part, Kind: c.step.Kind,
			Schema: c.step.Schema, Name: c.step.Name, Class: c.step.Class, More: c.more, Helps: c.helps,
			Seconds: seconds3(c.elapsed.Seconds()), Bytes: c.Bytes, Fraction: known(c.Fraction),
			Phase: c.Phase, Waits: c.Waits, Blockers: c.Blockers,
		})
	}
	out := bytes.NewBuffer(dst)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.Encode(p) // strings and numbers: nothing that cannot be encoded
	return out.Bytes()
}

// known gives nil for a negative number, and three decimals of others.
func known(x float64) *float64 {
	if x < 0 {
		return nil
	}
	x = seconds3(x)
	return &x
}

// seconds3 leaves a number three decimals.
func seconds3(x float64) float64 { return float64(int64(x*1000+0.5)) / 1000 }
