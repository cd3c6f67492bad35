package script_test

import (
	"strings"
	"testing"

	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// What a connection sets for an entry depends on what a serial restore has set
// until then. In want, what is in brackets is not told of if it is refused.
func TestFollow(t *testing.T) {
	entries := []toc.Entry{
		entry("TABLE", "a", "a;\n", tablespace("one"), accessMethod("am", 'r')),
		entry("TABLE", "b", "b;\n", tablespace("two"), accessMethod("heap", 'r')),
		entry("TABLE", "c", "c;\n", tablespace("two"), accessMethod("am", 'r')),
		entry("VIEW", "v", "v;\n"),
		entry("TABLE", "d", "d;\n", tablespace("one"), accessMethod("x", 'p')),
		entry("TABLE", "e", "e;\n", tablespace(""), accessMethod("am", 'r')),
		entry("TABLE", "f", "f;\n", tablespace("one"), accessMethod("am", 'r')),
		entry("TABLE", "g", "g;\n", tablespace("one"), accessMethod("am", 'r')),
	}
	for _, tt := range []struct{ name, restore, want string }{
		{"in order", "abcvdefg", "T=one M=am a T=two M=heap b M=am c v T=one d T='' e T=one f g"},
		{"the first one", "c", "[T=one] [T=two] [M=heap] M=am c"},
		{"the second of two", "g", "[T=''] [T=one] [M=heap] [M=am] g"},
		{"where it is told already", "gf", "[T=''] [T=one] [M=heap] [M=am] g T=one f"},
		{"back", "ga", "[T=''] [T=one] [M=heap] [M=am] g [reset T] T=one [reset M] M=am a"},
		{"after the same value", "ad", "T=one M=am a [reset T] [T=two] T=one d"},
		{"what no server refuses", "cea", "[T=one] [T=two] [M=heap] M=am c T='' e [reset T] T=one [reset M] M=am a"},
		{"again", "aa", "T=one M=am a T=one M=am a"},
	} {
		archive := &toc.TOC{Entries: entries}
		steps := make([]plan.Step, len(entries))
		for n := range steps {
			steps[n] = plan.Step{Entry: n, Parts: toc.Definition}
		}
		s := script.NewSession(archive, toc.Settings{}, script.Options{}, script.ToServer)
		s.Follow(steps)
		s = s.Parallel()
		var got []string
		for _, tag := range tt.restore {
			n := strings.IndexRune("abcvdefg", tag)
			for _, u := range s.Restore(nil, script.Step{Entry: n, Parts: toc.Definition}) {
				text := strings.TrimRight(u.Text, ";\n")
				text = strings.NewReplacer("SET default_tablespace = ", "T=", "SET default_table_access_method = ", "M=",
					"RESET default_tablespace", "reset T", "RESET default_table_access_method", "reset M").Replace(text)
				switch {
				case u.Op != script.Exec, strings.HasPrefix(text, "ALTER TABLE"):
					continue
				case u.Untold:
					text = "[" + text + "]"
				}
				got = append(got, text)
			}
		}
		if got := strings.Join(got, " "); tt.want != got {
			t.Errorf("%s:\nwant %s\ngot  %s", tt.name, tt.want, got)
		}
	}
}
