package sqlscan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/sqlscan"
)

// tokens gives the kinds and texts of all tokens: w(ord), q(uoted), s(tring),
// or the symbol itself.
func tokens(text string) (all []string) {
	for s := sqlscan.NewTokens(text); s.Next(); {
		t := s.Token()
		switch t.Kind {
		case sqlscan.Word:
			all = append(all, "w "+t.Text)
		case sqlscan.Quoted:
			all = append(all, "q "+t.Text)
		case sqlscan.String:
			all = append(all, "s "+t.Text)
		default:
			all = append(all, t.Text)
		}
	}
	return all
}

func TestTokens(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{name: "nothing", in: ""},
		{name: "blank", in: " \t\r\n\f\v"},
		{name: "words", in: "CREATE TABLE s.t_1$x;", want: []string{"w CREATE", "w TABLE", "w s", ".", "w t_1$x", ";"}},
		{name: "numbers are symbols", in: "1.5e3", want: []string{"1", ".", "5", "w e3"}},
		{name: "letters beyond ASCII", in: "größe \xff\xfe", want: []string{"w größe", "w \xff\xfe"}},
		{name: "quoted", in: `"a b"."c;d"`, want: []string{"q a b", ".", "q c;d"}},
		{name: "quotes in quotes", in: `"a""b" c`, want: []string{`q a""b`, "w c"}},
		{name: "ends in a quote", in: `"a""" b`, want: []string{`q a""`, "w b"}},
		{name: "not closed", in: `"a b`, want: []string{"q a b"}},
		{name: "empty name", in: `"" x`, want: []string{"q ", "w x"}},
		{name: "only a quote", in: `"`, want: []string{"q "}},
		{name: "string", in: "'a;b' x", want: []string{"s 'a;b'", "w x"}},
		{name: "quotes in a string", in: "'a''b' x", want: []string{"s 'a''b'", "w x"}},
		{name: "backslash in a string", in: `'a\' x`, want: []string{`s 'a\'`, "w x"}},
		{name: "escape string", in: `E'a\'b' x e'\\' y`, want: []string{`s E'a\'b'`, "w x", `s e'\\'`, "w y"}},
		{name: "escape string not closed", in: `E'a\`, want: []string{`s E'a\`}},
		{name: "e is a word", in: "e E x'1'", want: []string{"w e", "w E", "w x", "s '1'"}},
		{name: "string not closed", in: "'a", want: []string{"s 'a"}},
		{name: "dollar quotes", in: "$$a;'b$$ x", want: []string{"s $$a;'b$$", "w x"}},
		{name: "with a tag", in: "$_x1$a$$b$x$c$_x1$ x", want: []string{"s $_x1$a$$b$x$c$_x1$", "w x"}},
		{name: "not closed by another tag", in: "$a$ x $b$", want: []string{"s $a$ x $b$"}},
		{name: "parameters", in: "$1 $2", want: []string{"$", "1", "$", "2"}},
		{name: "dollar at the end", in: "x $", want: []string{"w x", "$"}},
		{name: "dollar in a word", in: "a$b$c", want: []string{"w a$b$c"}},
		{name: "no tag", in: "$a b$", want: []string{"$", "w a", "w b$"}},
		{name: "comment", in: "a -- b 'c\nd", want: []string{"w a", "w d"}},
		{name: "comment to the end", in: "a -- b", want: []string{"w a"}},
		{name: "block comment", in: "a /* b ' /* c */ d */ e", want: []string{"w a", "w e"}},
		{name: "block comment not closed", in: "a /* b /* c */", want: []string{"w a"}},
		{name: "slash and minus", in: "a / b - c", want: []string{"w a", "/", "w b", "-", "w c"}},
		{name: "NUL", in: "a\x00b", want: []string{"w a", "\x00", "w b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tokens(tt.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTokenName(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Abc_1", "abc_1"},
		{"ÄÖ", "ÄÖ"}, // only ASCII letters are folded
		{`"Abc"`, "Abc"},
		{`"a""b"`, `a"b`},
		{`""""`, `"`},
		{"A\xff", "a\xff"}, // an archive in LATIN1
	} {
		s := sqlscan.NewTokens(tt.in)
		if !s.Next() || !s.Token().IsIdent() {
			t.Errorf("%q is no name", tt.in)
			continue
		}
		if got := s.Token().Name(); tt.want != got {
			t.Errorf("%q: want %q, got %q", tt.in, tt.want, got)
		}
	}
}

func TestTokenIs(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want bool
	}{{"TABLE", true}, {"table", true}, {"Table", true}, {`"TABLE"`, false}, {"TABLES", false}, {"'TABLE'", false}} {
		s := sqlscan.NewTokens(tt.in)
		if s.Next(); tt.want != s.Token().Is("TABLE") {
			t.Errorf("%s: want %t", tt.in, tt.want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{
		"CREATE INDEX i ON s.t (a);", `"a""b`, `E'\`, "$a$ $a", "/* /* */", "-- x", "'", "$", "a\xff$$", "E'", "$a",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := sqlscan.NewTokens(text)
		end := 0
		for s.Next() {
			token := s.Token()
			if token.Start < end || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("token %+v after position %d of %d", token, end, len(text))
			}
			if between := text[end:token.Start]; !blank(between) {
				t.Fatalf("passed over %q", between)
			}
			end = token.End
			if written := text[token.Start:token.End]; token.Kind != sqlscan.Quoted && written != token.Text {
				t.Fatalf("want %q, got %q", written, token.Text)
			}
			_ = token.Name()
		}
		if !blank(text[end:]) {
			t.Fatalf("passed over %q at the end", text[end:])
		}
		if s.Next() {
			t.Fatal("a token behind the last")
		}
	})
}

// blank reports whether s may hold nothing but blanks and comments.
func blank(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n\f\v")
	return s == "" || strings.HasPrefix(s, "--") || strings.HasPrefix(s, "/*")
}
