package verdict_test

import (
	"encoding/json"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

// realErrors are what a server of version 15 said to two restores of one
// archive, by a superuser and by an ordinary role, on a server without its
// roles, an extension, a collation, a tablespace and a library.
func realErrors(t *testing.T) (failures []event.Failure) {
	t.Helper()
	f, err := os.Open("testdata/errors.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for decoder := event.NewDecoder(f); ; {
		r, err := decoder.Next()
		if err == io.EOF {
			return failures
		}
		if err != nil {
			t.Fatal(err)
		}
		failures = append(failures, r.Event.(event.Failure))
	}
}

// judged is what a cause comes to, whatever the words of the server.
type judged struct {
	Class     verdict.Class
	Harm      verdict.Harm
	Title     string
	Count     int
	Following int
}

func judge(failures []event.Failure) (causes []judged) {
	r := newRestore()
	for _, f := range failures {
		r.fail(f)
	}
	for _, c := range r.verdict().Causes {
		causes = append(causes, judged{c.Class, c.Harm, c.Title, c.Count, c.Consequences.Count})
	}
	return causes
}

func TestRealErrors(t *testing.T) {
	want := []judged{
		{verdict.MissingExtension, verdict.Harmful, `extension "hstorx" is not available`, 1, 13},
		{verdict.PermissionOwner, verdict.Harmful, `no permission to make "postgres" an owner`, 6, 0},
		{verdict.PermissionForeignData, verdict.Harmful, "no permission for foreign data", 1, 3},
		{verdict.MissingCollation, verdict.Harmful, `collation or locale "german" is not known`, 1, 1},
		{verdict.MissingFunction, verdict.Harmful, `function or operator "heap_tableam_nothere(internal)" does not exist`, 1, 1},
		{verdict.MissingRole, verdict.Harmful, `role "r_app" does not exist`, 1, 0},    // of a policy
		{verdict.MissingRole, verdict.Harmful, `role "r_report" does not exist`, 1, 0}, // with privileges for PUBLIC
		{verdict.PermissionOther, verdict.Harmful, "permission denied", 1, 0},
		{verdict.MissingRole, verdict.Harmless, `roles "r_app", "r_only", "r_report" do not exist`, 3, 0},
		{verdict.PermissionPublication, verdict.Harmless, "no permission for publications", 1, 1},
		{verdict.PermissionEventTrigger, verdict.Harmless, "no permission for event triggers", 1, 1},
		{verdict.MissingRole, verdict.Harmless, `role "r_app" does not exist`, 1, 0}, // of a user mapping
		{verdict.MissingTablespace, verdict.Harmless, `tablespace "ts_fast" does not exist`, 1, 0},
		{verdict.PermissionExtension, verdict.Harmless, `no permission to create extension "pg_stat_statements"`, 1, 0},
	}
	if diff := cmp.Diff(want, judge(realErrors(t))); diff != "" {
		t.Error(diff)
	}
}

// The server's language makes no difference: its messages in five others give
// the same causes.
func TestLanguages(t *testing.T) {
	text, err := os.ReadFile("testdata/messages.json")
	if err != nil {
		t.Fatal(err)
	}
	var languages map[string][]string
	if err := json.Unmarshal(text, &languages); err != nil {
		t.Fatal(err)
	}
	if len(languages) != 5 {
		t.Fatalf("want 5 languages, got %d", len(languages))
	}
	want := judge(realErrors(t))
	for language, messages := range languages {
		t.Run(language, func(t *testing.T) {
			failures := realErrors(t)
			if len(messages) != len(failures) {
				t.Fatalf("want %d messages, got %d", len(failures), len(messages))
			}
			for i := range failures {
				failures[i].Message = messages[i]
				failures[i].Detail, failures[i].Hint = "", ""
			}
			if diff := cmp.Diff(want, judge(failures)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What the server says is needed only to find names: without any message the
// errors are as harmful as before.
func TestNoMessages(t *testing.T) {
	failures := realErrors(t)
	want := judge(failures)
	for i := range failures {
		failures[i].Message, failures[i].Detail, failures[i].Hint = "", "", ""
	}
	got := judge(failures)
	harmful := func(causes []judged) (n int) {
		for _, c := range causes {
			if c.Harm == verdict.Harmful {
				n += c.Count + c.Following
			}
		}
		return n
	}
	if harmful(got) < harmful(want) {
		t.Errorf("want at least %d harmful errors, got %d: %s", harmful(want), harmful(got),
			cmp.Diff(want, got, cmpopts.IgnoreFields(judged{}, "Title")))
	}
}
