package event_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
)

// all gives an event of each type with every field set.
func all() []event.Event {
	events := []event.Event{
		&event.Run{}, &event.Message{}, &event.Setting{}, &event.Connected{}, &event.Disconnected{}, &event.Plan{},
		&event.Stage{}, &event.StepStarted{}, &event.StepFinished{}, &event.StepFailed{}, &event.StepSkipped{},
		&event.StepRetried{}, &event.LaneStarted{}, &event.LaneFinished{}, &event.Failure{}, &event.Sample{}, &event.Roles{},
		&event.End{},
	}
	for n, e := range events {
		v := reflect.ValueOf(e).Elem()
		fill(v, n)
		events[n] = v.Interface().(event.Event)
	}
	return events
}

// fill sets every field below v to something.
func fill(v reflect.Value, seed int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), seed+i)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), seed)
		fill(v.Index(1), seed+7)
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d \"quoted\" \\ \n\t\x01 ä 日本 \U0001f600", seed))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(seed)*1e9 + 1)
	case reflect.Uint32:
		v.SetUint(4e9)
	case reflect.Uint8: // Level
		v.SetUint(uint64(seed % 6))
	case reflect.Float64:
		v.SetFloat(float64(seed) + 0.125)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic(v.Kind().String())
	}
	if r, ok := v.Addr().Interface().(*event.Run); ok {
		r.Schema = event.SchemaVersion
	}
}

func TestJSONIsThatOfTheStructs(t *testing.T) {
	for _, e := range all() {
		fields, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var want, got map[string]any
		if err := json.Unmarshal(fields, &want); err != nil {
			t.Fatal(err)
		}
		want["at"], want["type"] = 1.5, string(e.Type())
		line := event.AppendJSON(nil, event.Record{At: 1500 * time.Millisecond, Event: e})
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", e.Type(), diff)
		}
	}
}

func TestFile(t *testing.T) {
	var file bytes.Buffer
	w := event.NewWriter(&file)
	var want []event.Record
	for n, e := range all() {
		r := event.Record{At: time.Duration(n) * 1234567 * time.Microsecond, Event: e}
		want = append(want, r)
		w.Read(r)
	}
	if err := w.Err(); err != nil {
		t.Fatal(err)
	}
	got, err := read(&file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func read(in io.Reader) (records []event.Record, err error) {
	d := event.NewDecoder(in)
	for {
		r, err := d.Next()
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return records, err
		}
		records = append(records, r)
	}
}

func TestBadFiles(t *testing.T) {
	const good = `{"at":1,"type":"stage","name":"main"}` + "\n"
	for _, tt := range []struct{ name, in, want string }{
		{"no JSON", good + "x\n", "line 2: this is no event: invalid character 'x' looking for beginning of value"},
		{"no type", `{"at":1}` + "\n", `line 1: this is no event: "at" or "type" is missing`},
		{"no time", `{"type":"stage"}` + "\n", `line 1: this is no event: "at" or "type" is missing`},
		{"another type of value", good + good + `{"at":1,"type":"stage","name":1}` + "\n",
			`line 3: event of type "stage": json: cannot unmarshal number into Go struct field Stage.name of type string`},
		{"no level", `{"at":1,"type":"message","level":"loud"}` + "\n", `line 1: event of type "message": unknown level "loud"`},
		{"newer", `{"at":0,"type":"run","schema":2}` + "\n", "line 1: the events are of version 2, this program knows up to 1"},
		{"torn", good + `{"at":1,"type":"sta`, "the last line is incomplete"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(strings.NewReader(tt.in))
			if err == nil || err.Error() != tt.want {
				t.Errorf("want %q, got %v", tt.want, err)
			}
		})
	}
}

func TestUnknownTypes(t *testing.T) {
	const in = "\n" + `{"at":1,"type":"firework","color":"red"}` + "\n" + `{"at":2,"type":"stage","name":"main","more":true}`
	got, err := read(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []event.Record{
		{At: time.Second, Event: event.Unknown{Name: "firework", JSON: []byte(`{"at":1,"type":"firework","color":"red"}`)}},
		{At: 2 * time.Second, Event: event.Stage{Name: "main"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := string(event.AppendJSON(nil, want[0])); got != `{"at":1,"type":"firework","color":"red"}` {
		t.Errorf("written again: %s", got)
	}
}

func TestInvalidUTF8(t *testing.T) {
	line := event.AppendJSON(nil, event.Record{Event: event.Stage{Name: "a\xffb\xc3"}})
	if want := `{"at":0,"type":"stage","name":"a\ufffdb\ufffd"}`; want != string(line) {
		t.Errorf("want %s, got %s", want, line)
	}
}

type brokenFile struct{ writes int }

var errBroken = errors.New("broken")

func (b *brokenFile) Write(p []byte) (int, error) {
	b.writes++
	return 0, errBroken
}

func TestWriterKeepsTheFirstError(t *testing.T) {
	var file brokenFile
	w := event.NewWriter(&file)
	for range 5 {
		w.Read(event.Record{Event: event.Sample{}})
	}
	if err := w.Err(); !errors.Is(err, errBroken) || file.writes != 1 {
		t.Errorf("got %v after %d writes", err, file.writes)
	}
}

func TestStreamStamps(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	var one, two event.Recorder
	s := event.NewStream(func() time.Time { now = now.Add(time.Second); return now }, &one, &two)
	s.Emit(event.Stage{Name: "main"})
	s.Emit(event.Stage{Name: "last"})
	want := []event.Record{{At: time.Second, Event: event.Stage{Name: "main"}}, {At: 2 * time.Second, Event: event.Stage{Name: "last"}}}
	for _, r := range []*event.Recorder{&one, &two} {
		if diff := cmp.Diff(want, r.Records()); diff != "" {
			t.Error(diff)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	e := event.StepStarted{StepID: event.StepID{ID: 1234}, Kind: "TABLE DATA", Schema: "public", Name: "orders", Table: "public.orders", Class: event.Data, Weight: 123456}
	var buf []byte
	b.ReportAllocs()
	for range b.N {
		buf = event.AppendJSON(buf[:0], event.Record{At: 123456789, Event: e})
	}
}
