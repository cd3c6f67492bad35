package event

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// AppendJSON appends a record's JSON object, without a newline. It is what
// encoding/json makes of the event's struct, behind "at", in seconds, and
// "type"; a restore of many small tables has hundreds of thousands of events,
// so reflection would cost more than the rest of what is done with them.
func AppendJSON(dst []byte, r Record) []byte {
	if u, ok := r.Event.(Unknown); ok {
		return append(dst, u.JSON...)
	}
	o := object{dst: append(dst, `{"at":`...)}
	o.dst = appendSeconds(o.dst, r.At)
	o.text("type", string(r.Event.Type()))
	r.Event.appendFields(&o)
	return append(o.dst, '}')
}

// appendSeconds appends a time in seconds, to the microsecond.
func appendSeconds(dst []byte, d time.Duration) []byte {
	return strconv.AppendFloat(dst, float64(d.Microseconds())/1e6, 'f', -1, 64)
}

// object is a JSON object being written; the first field stands already.
type object struct{ dst []byte }

func (o *object) name(n string) {
	o.dst = append(o.dst, ',', '"')
	o.dst = append(o.dst, n...)
	o.dst = append(o.dst, '"', ':')
}

func (o *object) text(name, value string) {
	o.name(name)
	o.dst = appendString(o.dst, value)
}

// textIf leaves the field out where it is empty.
func (o *object) textIf(name, value string) {
	if value != "" {
		o.text(name, value)
	}
}

func (o *object) number(name string, value int64) {
	o.name(name)
	o.dst = strconv.AppendInt(o.dst, value, 10)
}

func (o *object) float(name string, value float64) {
	o.name(name)
	o.dst = strconv.AppendFloat(o.dst, value, 'f', -1, 64)
}

func (o *object) fact(name string, value bool) {
	o.name(name)
	o.dst = strconv.AppendBool(o.dst, value)
}

func (o *object) step(s StepID) {
	o.number("id", int64(s.ID))
	o.textIf("part", s.Part)
}

// list writes an array, each element of which is an object or a value that each
// appends.
func list[T any](o *object, name string, elements []T, each func(dst []byte, e T) []byte) {
	o.name(name)
	o.dst = append(o.dst, '[')
	for n, e := range elements {
		if n > 0 {
			o.dst = append(o.dst, ',')
		}
		o.dst = each(o.dst, e)
	}
	o.dst = append(o.dst, ']')
}

// numbers writes an array of numbers.
func (o *object) numbers(name string, elements []int) {
	list(o, name, elements, func(dst []byte, n int) []byte { return strconv.AppendInt(dst, int64(n), 10) })
}

// nested writes an object that is an element of an array or a field.
func nested(dst []byte, fields func(o *object)) []byte {
	start := len(dst)
	o := object{dst: dst}
	fields(&o)
	o.dst[start] = '{' // for the comma before the first field
	return append(o.dst, '}')
}

const hexDigits = "0123456789abcdef"

// appendString appends a JSON string. What is no UTF-8 becomes U+FFFD, as in
// encoding/json.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	plain := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(append(dst, s[plain:i]...), `\ufffd`...)
				plain = i + 1
			}
			i += size
			continue
		}
		dst = append(dst, s[plain:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		plain = i
	}
	return append(append(dst, s[plain:]...), '"')
}

func (e Run) appendFields(o *object) {
	o.number("schema", int64(e.Schema))
	o.text("program", e.Program)
	o.text("started", e.Started)
	o.text("archive", e.Archive)
	o.text("format", e.Format)
	o.text("archive_version", e.ArchiveVersion)
	o.text("database", e.Database)
	o.text("created", e.Created)
	o.text("server_version", e.ServerVersion)
	o.text("dump_version", e.DumpVersion)
	o.text("compression", e.Compression)
	o.number("entries", int64(e.Entries))
	o.number("jobs", int64(e.Jobs))
	list(o, "options", e.Options, appendString)
}

func (e Message) appendFields(o *object) {
	o.text("level", e.Level.String())
	o.text("text", e.Text)
}

func (e Setting) appendFields(o *object) {
	o.text("name", e.Name)
	o.text("value", e.Value)
	o.text("why", e.Why)
}

func (e Connected) appendFields(o *object) {
	o.number("connection", int64(e.Connection))
	o.number("pid", int64(e.PID))
	o.text("database", e.Database)
	o.text("server", e.Server)
}

func (e Disconnected) appendFields(o *object) {
	o.number("connection", int64(e.Connection))
	o.textIf("reason", e.Reason)
}

func (e Plan) appendFields(o *object) {
	o.number("steps", int64(e.Steps))
	o.number("stored", e.Stored)
	o.number("weight", e.Weight)
	list(o, "classes", e.Classes, func(dst []byte, c ClassTotal) []byte {
		return nested(dst, func(o *object) {
			o.text("class", string(c.Class))
			o.number("steps", int64(c.Steps))
			o.number("weight", c.Weight)
		})
	})
}

func (e Stage) appendFields(o *object) { o.text("name", e.Name) }

func (e StepStarted) appendFields(o *object) {
	o.step(e.StepID)
	o.number("connection", int64(e.Connection))
	o.text("kind", e.Kind)
	o.text("schema", e.Schema)
	o.text("name", e.Name)
	o.text("table", e.Table)
	o.text("class", string(e.Class))
	o.number("weight", e.Weight)
	o.number("stored", e.Stored)
	o.number("lanes", int64(e.Lanes))
	o.fact("ahead", e.Ahead)
	o.name("after")
	o.dst = nested(o.dst, func(o *object) { o.step(e.After) })
	if len(e.Reads) > 0 {
		o.numbers("reads", e.Reads)
	}
}

func (e StepFinished) appendFields(o *object) {
	o.step(e.StepID)
	o.number("connection", int64(e.Connection))
	o.number("rows", e.Rows)
	o.number("bytes", e.Bytes)
}

func (e StepFailed) appendFields(o *object) {
	o.step(e.StepID)
	o.number("connection", int64(e.Connection))
	o.number("errors", int64(e.Errors))
	o.number("rows", e.Rows)
	o.number("bytes", e.Bytes)
}

func (e StepSkipped) appendFields(o *object) {
	o.step(e.StepID)
	o.text("kind", e.Kind)
	o.text("schema", e.Schema)
	o.text("name", e.Name)
	o.text("reason", e.Reason)
}

func (e StepRetried) appendFields(o *object) {
	o.step(e.StepID)
	o.number("connection", int64(e.Connection))
	o.number("attempt", int64(e.Attempt))
	o.text("sqlstate", e.SQLState)
	o.text("reason", e.Reason)
}

func (e LaneStarted) appendFields(o *object) {
	o.step(e.StepID)
	o.number("connection", int64(e.Connection))
}

func (e LaneFinished) appendFields(o *object) {
	o.step(e.StepID)
	o.number("connection", int64(e.Connection))
	o.number("rows", e.Rows)
	o.number("bytes", e.Bytes)
}

func (e Failure) appendFields(o *object) {
	o.step(e.StepID)
	o.text("kind", e.Kind)
	o.text("schema", e.Schema)
	o.text("name", e.Name)
	o.text("owner", e.Owner)
	o.textIf("cause", string(e.Cause))
	o.text("sqlstate", e.SQLState)
	o.text("severity", e.Severity)
	o.text("message", e.Message)
	o.text("detail", e.Detail)
	o.text("hint", e.Hint)
	o.text("context", e.Context)
	o.text("of_schema", e.OfSchema)
	o.text("of_table", e.OfTable)
	o.text("of_column", e.OfColumn)
	o.text("of_type", e.OfType)
	o.text("constraint", e.Constraint)
	o.text("statement", e.Statement)
	o.text("text", e.Text)
	o.fact("fatal", e.Fatal)
	o.numbers("needs", e.Needs)
}

func (e Sample) appendFields(o *object) {
	o.number("stored", e.Stored)
	o.number("bytes", e.Bytes)
	o.number("rows", e.Rows)
	o.number("done", int64(e.Done))
	o.number("errors", int64(e.Errors))
	list(o, "activities", e.Activities, func(dst []byte, a Activity) []byte {
		return nested(dst, func(o *object) {
			o.step(a.StepID)
			o.number("connection", int64(a.Connection))
			o.number("bytes", a.Bytes)
			o.float("fraction", a.Fraction)
			o.textIf("phase", a.Phase)
			o.textIf("waits", a.Waits)
			if len(a.Blockers) > 0 {
				o.numbers("blockers", a.Blockers)
			}
		})
	})
}

func (e Roles) appendFields(o *object) { list(o, "exist", e.Exist, appendString) }

func (e End) appendFields(o *object) {
	o.text("outcome", string(e.Outcome))
	o.textIf("error", e.Error)
	o.textIf("cause", string(e.Cause))
	o.textIf("sqlstate", e.SQLState)
	o.number("errors", int64(e.Errors))
	o.number("done", int64(e.Done))
	o.number("steps", int64(e.Steps))
}

func (Unknown) appendFields(*object) {}
