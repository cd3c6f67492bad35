package sqlscan_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/sqlscan"
)

// reference splits as ExecuteSimpleCommands in pg_backup_db.c does: byte by
// byte, with all text at once.
func reference(text string, backslashes bool) (statements []string) {
	var statement []byte
	state, escaped := byte(0), false
	for i := range len(text) {
		c := text[i]
		if !(c == '\n' && len(statement) == 0) {
			statement = append(statement, c)
		}
		switch state {
		case 0:
			switch c {
			case ';':
				statements = append(statements, string(statement))
				statement = statement[:0]
			case '\'', '"':
				state, escaped = c, false
			}
		case '\'':
			switch {
			case c == '\'' && !escaped:
				state = 0
			case c == '\\' && backslashes:
				escaped = !escaped
			default:
				escaped = false
			}
		case '"':
			if c == '"' {
				state = 0
			}
		}
	}
	return statements
}

// split splits text that comes in pieces, which end at the given positions.
func split(t testing.TB, text string, backslashes bool, cuts []int) (statements []string) {
	t.Helper()
	s := sqlscan.Simple{Backslashes: backslashes}
	start := 0
	for _, end := range append(cuts, len(text)) {
		piece := []byte(text[start:end])
		err := s.Split(piece, func(statement []byte) error {
			statements = append(statements, string(statement))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		clear(piece) // it is the caller's again
		start = end
	}
	return statements
}

func TestSimple(t *testing.T) {
	for _, tt := range []struct {
		name, in    string
		backslashes bool
		want        []string
	}{
		{name: "nothing", in: ""},
		{name: "one", in: "INSERT INTO t VALUES (1);\n", want: []string{"INSERT INTO t VALUES (1);"}},
		{name: "several on a line", in: "a; b;c;", want: []string{"a;", " b;", "c;"}},
		{name: "newlines between", in: "\n\na;\n\n\nb;\n\n", want: []string{"a;", "b;"}},
		{name: "newlines within", in: "a\n\n;b\n;", want: []string{"a\n\n;", "b\n;"}},
		{name: "blanks are kept", in: "a; \n b;", want: []string{"a;", " \n b;"}},
		{name: "only semicolons", in: ";;\n;", want: []string{";", ";", ";"}},
		{name: "in strings", in: "a ';\n' b; c '''; ' d;", want: []string{"a ';\n' b;", " c '''; ' d;"}},
		{name: "in identifiers", in: "a \"x;y\" b; \"\"\";\" c;", want: []string{"a \"x;y\" b;", " \"\"\";\" c;"}},
		{name: "quotes within the other", in: "a '\";' b; c \"';\" d;", want: []string{"a '\";' b;", " c \"';\" d;"}},
		{name: "backslash is nothing", in: "a '\\';b;'c';", want: []string{"a '\\';", "b;", "'c';"}},
		{name: "backslash escapes", in: "a '\\'; b'; c;", backslashes: true, want: []string{"a '\\'; b';", " c;"}},
		{name: "two backslashes", in: "a '\\\\'; b;", backslashes: true, want: []string{"a '\\\\';", " b;"}},
		{name: "backslash outside", in: "a \\'; b'; c;", backslashes: true, want: []string{"a \\'; b';", " c;"}},
		{name: "backslash in identifiers", in: "a \"\\\"; b;", backslashes: true, want: []string{"a \"\\\";", " b;"}},
		{name: "the rest is dropped", in: "a; b", want: []string{"a;"}},
		{name: "an open string", in: "a; 'b;", want: []string{"a;"}},
		{name: "no comments", in: "-- a; b\n;", want: []string{"-- a;", " b\n;"}},
		{name: "NUL", in: "a\x00;b;", want: []string{"a\x00;", "b;"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, reference(tt.in, tt.backslashes)); diff != "" {
				t.Fatalf("the reference: %s", diff)
			}
			for cut := range len(tt.in) + 1 {
				if diff := cmp.Diff(tt.want, split(t, tt.in, tt.backslashes, []int{cut})); diff != "" {
					t.Errorf("cut at %d: %s", cut, diff)
				}
			}
			var all []int
			for cut := range tt.in {
				all = append(all, cut)
			}
			if diff := cmp.Diff(tt.want, split(t, tt.in, tt.backslashes, all)); diff != "" {
				t.Errorf("byte by byte: %s", diff)
			}
		})
	}
}

func TestSimpleStopsAtAnError(t *testing.T) {
	broken := errors.New("broken")
	var s sqlscan.Simple
	var got []string
	err := s.Split([]byte("a;b;c;"), func(statement []byte) error {
		got = append(got, string(statement))
		if len(got) == 2 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("want %v, got %v", broken, err)
	}
	if diff := cmp.Diff([]string{"a;", "b;"}, got); diff != "" {
		t.Error(diff)
	}
}

// However the text is cut, the statements are those of the reference.
func TestSimpleRandom(t *testing.T) {
	const alphabet = "ab;;;''\"\\\n\n -"
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := make([]byte, r.IntN(60))
		for i := range text {
			text[i] = alphabet[r.IntN(len(alphabet))]
		}
		var cuts []int
		for i := range text {
			for r.IntN(4) == 0 {
				cuts = append(cuts, i) // twice makes an empty piece
			}
		}
		for _, backslashes := range []bool{false, true} {
			if diff := cmp.Diff(reference(string(text), backslashes), split(t, string(text), backslashes, cuts)); diff != "" {
				t.Fatalf("seed %d, backslashes %t, %q cut at %v: %s", seed, backslashes, text, cuts, diff)
			}
		}
	}
}

func FuzzSimple(f *testing.F) {
	f.Add("INSERT INTO t VALUES ('a;b', \"c;d\");\n\nINSERT ...;", uint8(3), true)
	f.Add("'\\'';'", uint8(1), false)
	f.Fuzz(func(t *testing.T, text string, piece uint8, backslashes bool) {
		var cuts []int
		for cut := int(piece); piece > 0 && cut < len(text); cut += int(piece) {
			cuts = append(cuts, cut)
		}
		if diff := cmp.Diff(reference(text, backslashes), split(t, text, backslashes, cuts)); diff != "" {
			t.Error(diff)
		}
	})
}

func BenchmarkSimple(b *testing.B) {
	var data bytes.Buffer
	for i := range 1000 {
		fmt.Fprintf(&data, "INSERT INTO public.orders VALUES (%d, 'some text; of it''s own', 'more', NULL);\n", i)
	}
	b.SetBytes(int64(data.Len()))
	for b.Loop() {
		var s sqlscan.Simple
		if err := s.Split(data.Bytes(), func([]byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
