package plan_test

import (
	"fmt"
	"testing"

	"pgrestore/internal/plan"
)

// Expressions may call functions that look into other tables, which nothing in
// the archive says. In a serial restore these are loaded by then.
func TestHiddenOrder(t *testing.T) {
	var a archive
	function := func(name, body string) {
		a.add("FUNCTION", name, "CREATE FUNCTION s."+name+"(integer) RETURNS integer\n    LANGUAGE sql\n    AS $_$"+body+"$_$;\n").Tag = name + "(integer)"
	}
	function("pure", "SELECT $1 + 1")
	function("looks", "select v From s.first WHERE a = $1")
	function("calls", "SELECT s.looks($1)")
	function("runs", "BEGIN EXECUTE $1; END")
	function("extracts", "SELECT extract(year FROM now())::integer + $1")
	function("again", "SELECT s.pure($1) + again(0)")
	a.add("DOMAIN", "dom", "CREATE DOMAIN s.dom AS integer CHECK (s.looks(VALUE) > 0);\n", "looks")
	a.add("TYPE", "pair", "CREATE TYPE s.pair AS (x s.dom);\n", "dom")
	loading := map[string]bool{} // table -> whether it waits for the data before it
	table := func(name, columns string, want bool, dependencies ...string) {
		a.add("TABLE", name, "CREATE TABLE s."+name+" ("+columns+");\n", dependencies...)
		loading[name] = want
	}
	table("first", "a integer", false)
	table("plain", "a integer, CHECK (a > 0)", false)
	table("pures", "a integer, CHECK (s.pure(a) > 0)", false, "pure")
	table("extracted", "a integer, CHECK (s.extracts(a) > 0)", false, "extracts")
	table("checked", "a integer, CONSTRAINT c CHECK (s.looks(a) > 0)", true, "looks")
	table("generated", "a integer, b integer GENERATED ALWAYS AS (s.calls(a)) STORED", true, "calls")
	table("run", "a integer, CHECK (s.runs(a) > 0)", true, "runs")
	table("defaults", "a integer DEFAULT s.looks(1)", false, "looks")
	table("recursive", "a integer, CHECK (s.again(a) > 0)", false, "again")
	table("typed", "a s.dom", true, "dom")
	table("composite", "a s.pair[]", true, "pair")
	table("child", "", true, "checked")
	table("last", "a integer", false)
	tables := []string{"first", "plain", "pures", "extracted", "checked", "generated", "run", "defaults", "recursive", "typed", "composite", "child", "last"}
	for _, name := range tables {
		a.data(name)
	}
	a.index("plain_i", "plain", "plain")
	a.index("pure_i", "plain", "plain", "pure")
	a.index("looks_i", "plain", "plain", "looks")
	a.add("TRIGGER", "plain trg", "CREATE TRIGGER trg AFTER INSERT ON s.plain FOR EACH ROW EXECUTE FUNCTION s.runs();\n", "plain", "runs")
	p := a.stages(plan.ParallelOptions{})
	for n, name := range tables {
		for m, other := range tables {
			want := loading[name] && m < n
			// What comes behind one that waits does not wait for it, but for one that does.
			if got := a.waits(t, p, "data "+name, "data "+other); want != got {
				t.Errorf("the data of %s after that of %s: want %t, got %t", name, other, want, got)
			}
		}
	}
	for index, want := range map[string]bool{"plain_i": false, "pure_i": false, "looks_i": true, "plain trg": false} {
		if got := a.waits(t, p, index, "data last"); want != got {
			t.Errorf("%s after all data: want %t, got %t", index, want, got)
		}
	}
}

// A foreign key takes the first of several indexes that would do, by OID.
func TestUniqueIndexesInOrder(t *testing.T) {
	for _, size := range []int64{0, 10 << 20} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			var a archive
			a.table("t")
			a.table("u")
			a.data("t")
			a.data("u")
			a.sizes = map[string]int64{"data t": size, "data u": size}
			unique := func(table, name, columns string) {
				a.add("CONSTRAINT", name, "ALTER TABLE ONLY s."+table+"\n    ADD CONSTRAINT "+name+" UNIQUE ("+columns+");\n", table).Tag = table + " " + name
			}
			index := func(table, name, columns string) {
				a.add("INDEX", name, "CREATE UNIQUE INDEX "+name+" ON s."+table+" USING btree ("+columns+");\n", table)
			}
			unique("t", "ab", "a, b")
			unique("t", "c", "c")
			unique("u", "other", "a, b")
			index("t", "ba", `b DESC, "a" text_pattern_ops`)
			index("t", "ab_upper", "a, upper(b)")
			index("t", "ab_cut", `a, "left"(b, 3)`)
			index("t", "ab2", "a, b) INCLUDE (c")
			p := a.stages(plan.ParallelOptions{})
			first := func(g *plan.Graph, nodes []int32) int32 { // that makes the index
				for _, n := range nodes {
					if !g.Nodes[n].Step.Half.Second() {
						return n
					}
				}
				return -1
			}
			want := map[string]bool{"ba ab": true, "ab2 ba": true, "ab2 ab": true}
			names := []string{"ab", "c", "other", "ba", "ab_upper", "ab_cut", "ab2"}
			for _, name := range names {
				for _, other := range names {
					g, nodes := a.nodes(t, p, name)
					_, before := a.nodes(t, p, other)
					got := reach(g, first(g, before))[first(g, nodes)]
					if want := want[name+" "+other]; want != got {
						t.Errorf("%s after %s: want %t, got %t", name, other, want, got)
					}
				}
			}
		})
	}
}

// What is said of a partition's trigger may need one of a table above, which the
// archive does not always say.
func TestTriggersOfTreesInOrder(t *testing.T) {
	a := partitioned()
	a.add("TRIGGER", "leaf2 trg", "ALTER TABLE s.leaf2 DISABLE TRIGGER trg;\n", "leaf2")
	a.add("TRIGGER", "alone trg", "CREATE TRIGGER trg AFTER INSERT ON s.alone FOR EACH ROW EXECUTE FUNCTION s.f();\n", "alone")
	p := a.stages(plan.ParallelOptions{})
	for _, tt := range []struct {
		name, on string
		want     bool
	}{
		{"leaf2 trg", "root trg", true},
		{"root trg", "leaf1 trg", true},
		{"alone trg", "leaf2 trg", false},
		{"leaf2 trg", "fk leaf2 alone", false},
	} {
		if got := a.waits(t, p, tt.name, tt.on); tt.want != got {
			t.Errorf("%s after %s: want %t, got %t", tt.name, tt.on, tt.want, got)
		}
	}
}
