package script_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// lines reads a file of tab-separated fields.
func lines(t *testing.T, name string) (all [][]string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		all = append(all, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return all
}

func unquote(t *testing.T, s string) string {
	t.Helper()
	text, err := strconv.Unquote(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return text
}

// Names in all encodings, valid and not, quoted as pg_restore does.
func TestQuoting(t *testing.T) {
	for _, line := range lines(t, "testdata/quoting.tsv") {
		name := unquote(t, line[2])
		settings := toc.Settings{}
		if line[0] != "-" {
			settings.HasEncoding = true
			var ok bool
			if settings.Encoding, ok = toc.ParseEncoding(line[0]); !ok {
				t.Errorf("encoding %s is not known", line[0])
				continue
			}
		}
		if want, got := unquote(t, line[3]), script.QuoteIdent(name, settings.NameEncoding()); want != got {
			t.Errorf("%s, identifier %q: want %q, got %q", line[0], name, want, got)
		}
		if want, got := unquote(t, line[4]), script.QuoteLiteral(name, settings.Encoding, line[1] == "on"); want != got {
			t.Errorf("%s, conforming %s, literal %q: want %q, got %q", line[0], line[1], name, want, got)
		}
	}
}

func TestKeywordsAreQuoted(t *testing.T) {
	for _, line := range lines(t, "testdata/keywords.tsv") {
		word, want := line[0], line[0]
		if line[1] != "U" {
			want = `"` + word + `"`
		}
		if got := script.QuoteIdent(word, toc.UTF8); want != got {
			t.Errorf("want %s, got %s", want, got)
		}
		if want, got := word+"x", script.QuoteIdent(word+"x", toc.UTF8); want != got {
			t.Errorf("want %s, got %s", want, got)
		}
	}
}

func TestQuoteIdent(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"abc", "abc"},
		{"_a1", "_a1"},
		{"a_b_0", "a_b_0"},
		{"", `""`},
		{"1a", `"1a"`},
		{"A", `"A"`},
		{"aB", `"aB"`},
		{"a b", `"a b"`},
		{"a$b", `"a$b"`},
		{`a"b`, `"a""b"`},
		{`"`, `""""`},
		{"a\nb", "\"a\nb\""},
		{`a\b`, `"a\b"`},
		{"é", `"é"`},
		{"select", `"select"`},
		{"abort", "abort"},
		{"table ", `"table "`},
		{"all analyse", `"all analyse"`},
	} {
		if got := script.QuoteIdent(tt.in, toc.UTF8); tt.want != got {
			t.Errorf("%q: want %s, got %s", tt.in, tt.want, got)
		}
	}
}

func TestQuoteLiteral(t *testing.T) {
	for _, tt := range []struct{ in, conforming, not string }{
		{"", "''", "''"},
		{"a", "'a'", "'a'"},
		{"it's", "'it''s'", "'it''s'"},
		{`a\b`, `'a\b'`, `'a\\b'`},
		{`\'`, `'\'''`, `'\\'''`},
		{"a\nb", "'a\nb'", "'a\nb'"},
		{"é", "'é'", "'é'"},
	} {
		if got := script.QuoteLiteral(tt.in, toc.UTF8, true); tt.conforming != got {
			t.Errorf("%q: want %s, got %s", tt.in, tt.conforming, got)
		}
		if got := script.QuoteLiteral(tt.in, toc.UTF8, false); tt.not != got {
			t.Errorf("%q, not conforming: want %s, got %s", tt.in, tt.not, got)
		}
	}
}

func FuzzQuote(f *testing.F) {
	for _, line := range []string{"a'b\\", "\x8f'", "\xe3\x81\"", "\x83\\"} {
		f.Add(line, uint(0), true)
		f.Add(line, uint(1), false)
	}
	names := []string{"UTF8", "EUC_JP", "SJIS", "BIG5", "GB18030", "LATIN1", "SQL_ASCII"}
	f.Fuzz(func(t *testing.T, s string, which uint, conforming bool) {
		s = strings.ReplaceAll(s, "\x00", "") // no name holds one
		encoding, _ := toc.ParseEncoding(names[which%uint(len(names))])
		literal := script.QuoteLiteral(s, encoding, conforming)
		if end := endOfQuoted(literal, '\'', encoding, !conforming); end != len(literal) {
			t.Errorf("%s, conforming %t: %q ends at %d of %d", encoding, conforming, literal, end, len(literal))
		}
		if ident := script.QuoteIdent(s, encoding); ident != s {
			if end := endOfQuoted(ident, '"', encoding, false); end != len(ident) {
				t.Errorf("%s: %q ends at %d of %d", encoding, ident, end, len(ident))
			}
		}
	})
}

// endOfQuoted reads a literal or an identifier as a server does in that
// encoding, and gives where it ends; -1 if nowhere.
func endOfQuoted(s string, quote byte, encoding toc.Encoding, backslashes bool) int {
	if s == "" || s[0] != quote {
		return -1
	}
	for i := 1; i < len(s); {
		n, valid := encoding.CharLen(s[i:])
		if !valid {
			n = 1 // a server refuses it; a client must not get lost in it
		}
		switch {
		case n == 1 && s[i] == '\\' && backslashes:
			i += 2
		case n == 1 && s[i] == quote && i+1 < len(s) && s[i+1] == quote:
			i += 2
		case n == 1 && s[i] == quote:
			return i + 1
		default:
			i += n
		}
	}
	return -1
}
