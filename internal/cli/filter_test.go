package cli

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// The wanted names are those that PostgreSQL 18 gives (filter.c, read_pattern).
func TestFilterNames(t *testing.T) {
	for _, tt := range []struct{ pattern, want string }{
		{"x", "x"},
		{"  x  # comment", "x"},
		{"x#comment", "x"},
		{"# comment", ""},
		{"public . x", "public.x"},
		{"f ( int,text )", "f(int, text)"},
		{"f(int ,  text)", "f(int, text)"},
		{"f(double   precision)", "f(double precision)"},
		{"two words", "two words"},
		{"\"a\"", "\"a\""},
		{"\"a  b\"", "\"a  b\""},
		{"\"a\"\"b\"", "\"a\"\"b\""},
		{"\"a\\nb\\\\c\\xd\"", "\"a\nb\\cd\""},
		{"\"a\nb\"", "\"a\nb\""},
		{"\"a\r\nb\"", "\"a\nb\""},
		{"\"a\n\nb\"", "\"a\n\n\nb\""},
		{"\"a#b\" # c", "\"a#b\""},
		{"s.\"a b\".c", "s.\"a b\".c"},
		{"w \"q\"", "w \"q\""},
		{"v w\"q\"", "v w \"q\""},
		{"a, \"q\"", "a,  \"q\""},
		{"a\u00a0b", "a\u00a0b"},
	} {
		f := filter{name: "-", lines: bufio.NewReader(strings.NewReader("include table " + tt.pattern))}
		item, err := f.next()
		if err != nil || tt.want != item.name {
			t.Errorf("%q: want %q, got %q, %v", tt.pattern, tt.want, item.name, err)
		}
		if _, err := f.next(); err != io.EOF {
			t.Errorf("%q: want io.EOF, got %v", tt.pattern, err)
		}
	}
}

func TestFilterFillsNames(t *testing.T) {
	g := given{tables: []string{"first"}, stdin: strings.NewReader("# all\n\ninclude table t\n include\tindex i\n" +
		"INCLUDE function f(a,b)\ninclude trigger g\ninclude schema s\nexclude schema e")}
	if err := setFilter(&g, "-"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		want string
		got  []string
	}{
		{"first t", g.tables}, {"i", g.indexes}, {"f(a, b)", g.functions}, {"g", g.triggers}, {"s", g.schemas}, {"e", g.excludeSchemas},
	} {
		if got := strings.Join(tt.got, " "); tt.want != got {
			t.Errorf("want %q, got %q", tt.want, got)
		}
	}
}

func TestFilterOnStandardInput(t *testing.T) {
	err := setFilter(&given{stdin: strings.NewReader("include table x\nexclude index x")}, "-")
	const want = "invalid format in filter read from standard input on line 2: exclude filter for \"index\" is not allowed"
	if err == nil || want != err.Error() {
		t.Errorf("want %q, got %v", want, err)
	}
	err = setFilter(&given{stdin: iotest.ErrReader(errors.New("Out of paper"))}, "-")
	const wantRead = "could not read from filter file \"-\": Out of paper"
	if err == nil || wantRead != err.Error() {
		t.Errorf("want %q, got %v", wantRead, err)
	}
}

// FuzzFilter checks that any file comes to an end, and that items have the
// form that they are to have.
func FuzzFilter(f *testing.F) {
	for _, content := range filterFiles {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content string) {
		f := filter{name: "x", lines: bufio.NewReader(strings.NewReader(content))}
		for range len(content) + 1 {
			item, err := f.next()
			if err != nil {
				return
			}
			if item.command != "include" && item.command != "exclude" || item.object == "" {
				t.Errorf("%+v", item)
			}
		}
		t.Error("more items than bytes")
	})
}
