package verdict_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

func document(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/VERDICT.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The documentation has a row for each class as the program has it, in its
// order.
func TestClassesAreDocumented(t *testing.T) {
	rest := document(t)
	for _, i := range verdict.Classes() {
		var reasons []string
		if i.Harmless != "" {
			reasons = append(reasons, "harmless: "+i.Harmless)
		}
		if i.Harmful != "" {
			reasons = append(reasons, "harmful: "+i.Harmful)
		}
		hint := strings.ReplaceAll(i.Hint, "%s", "NAME")
		row := fmt.Sprintf("| `%s` | %s | %s | %s |\n", i.Class, i.Meaning, strings.Join(reasons, ". "), hint)
		_, after, found := strings.Cut(rest, row)
		if !found {
			t.Errorf("docs/VERDICT.md lacks, or has too early:\n%s", row)
			continue
		}
		rest = after
	}
}

// Every field of the JSON form is documented, and every list is a list even if
// it is empty.
func TestFieldsAreDocumented(t *testing.T) {
	known := map[string]bool{}
	for _, name := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(document(t), -1) {
		known[name[1]] = true
	}
	r := newRestore()
	r.read(event.Stage{Name: "main"})
	r.read(event.StepSkipped{StepID: event.StepID{ID: 9}, Kind: "TABLE DATA", Name: "z", Reason: "no"})
	for _, f := range realErrors(t) {
		r.fail(f)
	}
	r.read(event.End{Outcome: event.Stopped, Errors: r.errors})
	for _, v := range []verdict.Verdict{r.reader.Verdict(), verdict.NewReader(verdict.Options{}).Verdict()} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(text, &fields); err != nil {
			t.Fatal(err)
		}
		delete(fields, "run") // an event
		if fields["stopped_at"] == nil {
			delete(fields, "stopped_at")
		}
		walk("", fields, func(path, name string, value any) {
			if !known[name] {
				t.Errorf("%s.%s is not documented", path, name)
			}
			if value == nil {
				t.Errorf("%s.%s is null", path, name)
			}
		})
	}
}

// walk calls f for each field of a JSON value.
func walk(path string, value any, f func(path, name string, value any)) {
	switch v := value.(type) {
	case map[string]any:
		for name, field := range v {
			f(path, name, field)
			walk(path+"."+name, field, f)
		}
	case []any:
		for _, element := range v {
			walk(path, element, f)
		}
	}
}

// What hints ask for can be typed: every option that they name is one of the
// program's, as the help of the command line lists them.
func TestHintsNameOptions(t *testing.T) {
	help, err := os.ReadFile("../../internal/cli/options.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range verdict.Classes() {
		for _, option := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(i.Hint, -1) {
			if name := option[1]; name != "roles-only" && name != "analyze-in-stages" && name != "deep" && !strings.Contains(string(help), `"`+name+`"`) {
				t.Errorf("%s: the hint names --%s, which there is not", i.Class, name)
			}
		}
	}
}
