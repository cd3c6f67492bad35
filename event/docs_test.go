package event_test

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// Each field of each event is described in the row of its type.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/EVENTS.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		if name, rest, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); ok && strings.HasPrefix(line, "| `") {
			rows[name] = rest
		}
	}
	for _, e := range all() {
		row, ok := rows[string(e.Type())]
		if !ok {
			t.Errorf("type %q is not described", e.Type())
		}
		for _, field := range jsonFields(reflect.TypeOf(e)) {
			if !strings.Contains(row, "`"+field+"`") {
				t.Errorf("type %q: field %q is not described", e.Type(), field)
			}
		}
	}
}

// jsonFields gives the names of a struct's fields and of those below.
func jsonFields(t reflect.Type) (names []string) {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names = append(names, name)
		}
		names = append(names, jsonFields(f.Type)...)
	}
	return names
}
