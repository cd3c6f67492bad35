package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// partitioned is a tree of three tables and a table beside it, with data.
func partitioned() *archive {
	var a archive
	for _, name := range []string{"root", "leaf1", "leaf2", "alone"} {
		a.table(name)
	}
	a.attach("root", "leaf1")
	a.attach("root", "leaf2")
	for _, name := range []string{"leaf1", "leaf2", "alone"} {
		a.data(name)
	}
	a.index("root_i", "root", "root")
	a.index("leaf1_i", "leaf1", "leaf1", "root_i")
	a.index("leaf2_i", "leaf2", "leaf2", "root_i")
	a.index("alone_i", "alone", "alone")
	a.index("alone_i2", "alone", "alone")
	a.indexAttach("root_i", "leaf1_i")
	a.key("leaf1", "leaf1")
	a.key("leaf2", "leaf2")
	a.key("alone", "alone")
	a.add("CONSTRAINT", "key root", "ALTER TABLE ONLY s.root\n    ADD CONSTRAINT root_pkey PRIMARY KEY (a);\n", "root")
	a.foreignKey("alone", "leaf1", "alone", "leaf1")
	a.foreignKey("leaf2", "alone", "leaf2", "alone")
	a.add("TRIGGER", "leaf1 trg", "CREATE TRIGGER trg AFTER INSERT ON s.leaf1 FOR EACH ROW EXECUTE FUNCTION s.f();\n", "leaf1")
	a.add("TRIGGER", "root trg", "CREATE TRIGGER trg AFTER INSERT ON s.root FOR EACH ROW EXECUTE FUNCTION s.f();\n", "root")
	a.add("COMMENT", "comment", "COMMENT ON INDEX s.leaf1_i IS 'x';\n", "leaf1_i")
	a.add("STATISTICS", "stat", "CREATE STATISTICS s.stat ON a FROM s.leaf1;\n", "leaf1")
	return &a
}

func TestLocks(t *testing.T) {
	a := partitioned()
	p := a.stages(plan.ParallelOptions{})
	for _, tt := range []struct {
		one, other string
		want       bool
	}{
		{"data leaf1", "data leaf2", false},
		{"data leaf1", "data alone", false},
		{"data leaf1", "leaf1_i", true},
		{"data leaf1", "leaf2_i", false},
		{"alone_i", "alone_i2", false},
		{"alone_i", "key alone", true},
		{"alone_i", "data alone", true},
		{"leaf1_i", "leaf2_i", false},
		{"leaf1_i", "alone_i", false},
		// The key of a leaf leaves the rest of the tree alone; that of its root does not.
		{"key leaf1", "key leaf2", false},
		{"key leaf1", "data leaf2", false},
		{"key leaf1", "leaf2_i", false},
		{"key leaf1", "leaf1_i", true},
		{"key root", "data leaf1", true},
		{"key root", "leaf2_i", true},
		{"key root", "key leaf2", true},
		{"key root", "alone_i", false},
		// Foreign keys lock both sides, and those as whole trees.
		{"fk alone leaf1", "alone_i", true},
		{"fk alone leaf1", "data alone", true},
		{"fk alone leaf1", "leaf1_i", true},
		{"fk alone leaf1", "leaf2_i", true},
		{"fk alone leaf1", "data leaf2", true},
		{"fk alone leaf1", "fk leaf2 alone", true},
		{"fk leaf2 alone", "alone_i2", true},
		{"fk leaf2 alone", "leaf1_i", true},
		// Attaching an index locks the tree of its table.
		{"attach leaf1_i", "leaf1_i", true},
		{"attach leaf1_i", "leaf2_i", true},
		{"attach leaf1_i", "data leaf2", true},
		{"attach leaf1_i", "alone_i", false},
		{"leaf1 trg", "leaf1_i", true},
		{"leaf1 trg", "leaf2_i", false},
		{"root trg", "leaf2_i", true},
		{"root trg", "alone_i", false},
	} {
		for _, pair := range [][2]string{{tt.one, tt.other}, {tt.other, tt.one}} {
			if got := a.conflict(t, p, pair[0], pair[1]); tt.want != got {
				t.Errorf("%s beside %s: want conflict %t, got %t", pair[0], pair[1], tt.want, got)
			}
		}
	}
}

// An archive without what comes before the data has neither tables nor
// dependencies on them: names have to do.
func TestLocksByName(t *testing.T) {
	var a archive
	a.data("parent")
	a.data("child")
	a.data("other")
	a.index("child_i", "child")
	a.index("other_i", "other")
	a.key("parent")
	a.foreignKey("child", "parent", "key parent")
	a.add("TRIGGER", "trg", "CREATE TRIGGER trg BEFORE INSERT OR UPDATE ON s.child FOR EACH ROW EXECUTE FUNCTION s.f();\n")
	a.index("leaf_i", "leaf")
	a.index("root_i", "root")
	a.add("INDEX ATTACH", "attach", "ALTER INDEX s.root_i ATTACH PARTITION s.leaf_i;\n", "leaf_i", "root_i")
	a.data("leaf")
	p := a.stages(plan.ParallelOptions{})
	for _, tt := range []struct {
		one, other string
		want       bool
	}{
		{"child_i", "data child", true},
		{"child_i", "data parent", false},
		{"key parent", "data parent", true},
		{"fk child parent", "data child", true},
		{"fk child parent", "data parent", true},
		{"fk child parent", "child_i", true},
		{"fk child parent", "other_i", false},
		{"trg", "child_i", true},
		{"trg", "other_i", false},
		{"attach", "leaf_i", true},
		{"attach", "data leaf", true},
		{"attach", "root_i", true},
		{"attach", "child_i", false},
	} {
		if got := a.conflict(t, p, tt.one, tt.other); tt.want != got {
			t.Errorf("%s beside %s: want conflict %t, got %t", tt.one, tt.other, tt.want, got)
		}
	}
}

// Rows that a serial restore loads before there is an index, a foreign key or a
// trigger are loaded before there is one, also where the archive does not say
// what belongs to which table.
func TestDataFirstWithoutTables(t *testing.T) {
	var a archive
	a.data("parent")
	a.data("child")
	a.data("other")
	a.index("child_i", "child")
	a.key("parent")
	a.foreignKey("child", "parent", "key parent")
	a.add("TRIGGER", "trg", "CREATE TRIGGER trg BEFORE INSERT OR UPDATE ON s.child FOR EACH ROW EXECUTE FUNCTION s.f();\n")
	p := a.stages(plan.ParallelOptions{})
	for _, tt := range []struct{ one, on string }{
		{"child_i", "data child"},
		{"key parent", "data parent"},
		{"fk child parent", "data parent"},
		{"fk child parent", "data child"},
		{"trg", "data child"},
	} {
		if !a.waits(t, p, tt.one, tt.on) {
			t.Errorf("%s does not wait for %s", tt.one, tt.on)
		}
	}
}

func TestWaits(t *testing.T) {
	a := partitioned()
	a.add("POLICY", "policy", "CREATE POLICY p ON s.alone;\n", "alone")
	a.add("ROW SECURITY", "rows", "ALTER TABLE s.alone ENABLE ROW LEVEL SECURITY;\n", "alone")
	a.add("NEVER HEARD OF", "new", "CREATE NEVER HEARD OF x;\n").Section = toc.SectionPostData
	p := a.stages(plan.ParallelOptions{})
	for _, tt := range []struct {
		one, on string
		want    bool
	}{
		{"leaf1_i", "data leaf1", true}, // the archive says: for the table
		{"leaf1_i", "data leaf2", false},
		{"leaf1_i", "root_i", true},
		{"key leaf1", "data leaf1", true},
		{"key leaf1", "data leaf2", false},
		{"comment", "leaf1_i", true},
		{"comment", "data leaf1", true},
		{"stat", "data leaf1", true},
		// What concerns a whole tree waits for the data of all of it.
		{"root trg", "data leaf1", true},
		{"root trg", "data leaf2", true},
		{"root trg", "data alone", false},
		{"key root", "data leaf2", true},
		{"attach leaf1_i", "data leaf2", true},
		{"fk alone leaf1", "data alone", true},
		{"fk alone leaf1", "data leaf1", true},
		{"fk alone leaf1", "data leaf2", true},
		{"leaf1 trg", "data leaf2", false},
		// What may look at any table waits for all data.
		{"policy", "data leaf2", true},
		// Row security hides rows from those who check keys.
		{"rows", "fk alone leaf1", true},
		{"policy", "fk alone leaf1", false},
		{"new", "data alone", true},
		{"new", "data leaf1", true},
	} {
		if got := a.waits(t, p, tt.one, tt.on); tt.want != got {
			t.Errorf("%s for %s: want %t, got %t", tt.one, tt.on, tt.want, got)
		}
	}
}

func TestLoadViaRootLocksTheTree(t *testing.T) {
	for _, how := range []string{"note", "COPY"} {
		a := partitioned()
		e := &a.entries[a.position("data leaf1")]
		if how == "note" {
			e.Definition = "-- load via partition root s.root\n"
		} else {
			e.Copy = "COPY s.root (a) FROM stdin;\n"
		}
		p := a.stages(plan.ParallelOptions{})
		for _, other := range []string{"data leaf2", "leaf2_i"} {
			if !a.conflict(t, p, "data leaf1", other) {
				t.Errorf("%s: no conflict with %s", how, other)
			}
		}
		if a.conflict(t, p, "data leaf1", "data alone") {
			t.Errorf("%s: conflict with a table outside", how)
		}
	}
}

// CREATE INDEX lets others do the same; what pg_dump puts behind it may not.
func TestIndexWithMore(t *testing.T) {
	var a archive
	a.table("t")
	a.add("INDEX", "i", "CREATE INDEX i ON s.t USING btree (a);\n\nALTER TABLE s.t CLUSTER ON i;\n", "t")
	a.index("j", "t", "t")
	if p := a.stages(plan.ParallelOptions{}); !a.conflict(t, p, "i", "j") {
		t.Error("CLUSTER ON may run beside another index")
	}
}

// Children by inheritance belong to a tree, too.
func TestInheritance(t *testing.T) {
	var a archive
	a.table("mother")
	a.table("child", "mother")
	a.table("sister", "mother")
	a.table("alone")
	for _, name := range []string{"mother", "child", "sister", "alone"} {
		a.data(name)
		a.index(name+"_i", name, name)
	}
	a.foreignKey("mother", "alone", "mother", "alone")
	p := a.stages(plan.ParallelOptions{})
	if !a.waits(t, p, "child", "mother") {
		t.Error("the child does not wait for its mother")
	}
	if !a.conflict(t, p, "child", "sister") {
		t.Error("two children are made side by side: both lock their mother")
	}
	if a.conflict(t, p, "child", "alone") || a.conflict(t, p, "mother", "alone") {
		t.Error("conflict with a table outside of the tree")
	}
	if a.conflict(t, p, "data child", "data sister") {
		t.Error("the children's data is in each other's way")
	}
	if !a.conflict(t, p, "fk mother alone", "sister_i") || !a.waits(t, p, "fk mother alone", "data child") {
		t.Error("a foreign key of the mother does not mind its children")
	}
}

// Archives before 1.11 do not say that comments wait for the large objects.
func TestBlobComments(t *testing.T) {
	for _, tt := range []struct {
		minor uint8
		own   bool // has a dependency of its own
		want  bool
	}{{10, false, true}, {10, true, false}, {11, false, false}} {
		a := archive{minor: tt.minor}
		a.data("t")
		blobs := a.add("BLOBS", "blobs", "")
		blobs.HasData = true
		comments := a.add("BLOB COMMENTS", "comments", "")
		comments.HasData = true
		if tt.own {
			comments.Dependencies = []toc.ID{a.id("data t")}
		}
		if got := a.waits(t, a.stages(plan.ParallelOptions{}), "comments", "blobs"); tt.want != got {
			t.Errorf("1.%d, own dependency %t: want waiting %t, got %t", tt.minor, tt.own, tt.want, got)
		}
	}
}

func TestStages(t *testing.T) {
	var a archive
	a.add("DATABASE", "db", "CREATE DATABASE db;\n")
	a.add("DATABASE PROPERTIES", "properties", "ALTER DATABASE db SET x TO 1;\n")
	a.add("SCHEMA", "s", "CREATE SCHEMA s;\n")
	a.add("EXTENSION", "ext", "CREATE EXTENSION ext;\n")
	a.table("t", "s")
	a.add("COMMENT", "on table", "COMMENT ON TABLE s.t IS 'x';\n", "t")
	a.data("t")
	a.index("i", "t", "t")
	a.add("COMMENT", "on index", "COMMENT ON INDEX s.i IS 'x';\n", "i")
	a.add("ACL", "acl", "GRANT ALL ON TABLE s.t TO x;\n", "t")
	a.add("ACL", "acl by another", "SET SESSION AUTHORIZATION y;\nGRANT ALL ON TABLE s.t TO z;\nRESET SESSION AUTHORIZATION;\n", "t")
	a.add("DEFAULT ACL", "defaults", "ALTER DEFAULT PRIVILEGES;\n")
	a.add("EVENT TRIGGER", "evt", "CREATE EVENT TRIGGER evt;\n")
	all := []string{"on table", "s", "ext", "t"}
	for _, tt := range []struct {
		name                               string
		options                            plan.ParallelOptions
		first, objects, main, grants, last []string
	}{
		{
			name: "free", first: []string{"db", "properties"}, objects: all, main: []string{"data t", "i", "on index"},
			grants: []string{"acl"}, last: []string{"acl by another", "defaults", "evt"},
		},
		{
			name: "in order", options: plan.ParallelOptions{ObjectsInOrder: true, GrantsInOrder: true},
			first: []string{"db", "properties", "s", "ext", "t", "on table"}, main: []string{"data t", "i", "on index"},
			last: []string{"acl", "acl by another", "defaults", "evt"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := a.stages(tt.options)
			for _, s := range []struct {
				name      string
				want, got []string
				ordered   bool
			}{
				{"first", tt.first, a.entryNames(p.First), true},
				{"objects", tt.objects, a.entryNames(steps(p.Objects)), false},
				{"main", tt.main, a.entryNames(steps(p.Main)), false},
				{"grants", tt.grants, a.entryNames(steps(p.Grants)), false},
				{"last", tt.last, a.entryNames(p.Last), true},
			} {
				want, got := slices.Clone(s.want), slices.Clone(s.got)
				if !s.ordered {
					slices.Sort(want)
					slices.Sort(got)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s", s.name, diff)
				}
			}
		})
	}
}

// steps gives the steps of a graph's nodes.
func steps(g *plan.Graph) (found []plan.Step) {
	for n := range g.Nodes {
		if g.Nodes[n].Step.Parts != 0 {
			found = append(found, g.Nodes[n].Step)
		}
	}
	return found
}

func TestDataInOrder(t *testing.T) {
	var a archive
	for _, name := range []string{"c", "a", "b"} {
		a.table(name)
	}
	for _, name := range []string{"b", "c", "a"} {
		a.data(name)
	}
	p := a.stages(plan.ParallelOptions{DataInOrder: true})
	if !a.waits(t, p, "data c", "data b") || !a.waits(t, p, "data a", "data c") {
		t.Error("data does not keep its order")
	}
}

func TestCircles(t *testing.T) {
	var a archive
	a.table("t")
	a.data("t")
	a.index("before", "t", "t")
	a.index("one", "t", "before")
	a.index("two", "t", "one")
	a.index("behind", "t", "two")
	a.index("beside", "t", "before")
	a.index("self", "t")
	a.entries[a.position("one")].Dependencies = append(a.entries[a.position("one")].Dependencies, a.id("two"))
	a.entries[a.position("self")].Dependencies = []toc.ID{a.id("self")}
	p := a.stages(plan.ParallelOptions{})
	if diff := cmp.Diff([]string{"one", "two", "behind"}, a.entryNames(p.Main.Stuck)); diff != "" {
		t.Error(diff)
	}
}

// Constraints of big tables are restored in two halves, which must leave what
// the one statement would have left.
func TestHalves(t *testing.T) {
	type halves struct{ Create, Attach, Undo string }
	for _, tt := range []struct {
		name, definition string
		want             *halves // nil: in one step
	}{
		{
			name: "primary key", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (a);\n",
			want: &halves{
				"CREATE UNIQUE INDEX t_pkey ON s.t USING btree (a);",
				"ALTER TABLE ONLY s.t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey;",
				"DROP INDEX IF EXISTS s.t_pkey;",
			},
		},
		{
			name: "unique", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a, \"B,)\", \"c\"\"d\");\n",
			want: &halves{
				"CREATE UNIQUE INDEX u ON s.t USING btree (a, \"B,)\", \"c\"\"d\");",
				"ALTER TABLE ONLY s.t ADD CONSTRAINT u UNIQUE USING INDEX u;",
				"DROP INDEX IF EXISTS s.u;",
			},
		},
		{
			name: "nulls not distinct", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a);\n",
			want: &halves{
				"CREATE UNIQUE INDEX u ON s.t USING btree (a) NULLS NOT DISTINCT;",
				"ALTER TABLE ONLY s.t ADD CONSTRAINT u UNIQUE USING INDEX u;",
				"DROP INDEX IF EXISTS s.u;",
			},
		},
		{
			name:       "with everything",
			definition: "ALTER TABLE ONLY \"S x\".\"T;\"\n    ADD CONSTRAINT \"U 1\" UNIQUE (a) INCLUDE (b, c) WITH (fillfactor='70', deduplicate_items=off) DEFERRABLE INITIALLY DEFERRED;\n",
			want: &halves{
				"CREATE UNIQUE INDEX \"U 1\" ON \"S x\".\"T;\" USING btree (a) INCLUDE (b, c) WITH (fillfactor='70', deduplicate_items=off);",
				"ALTER TABLE ONLY \"S x\".\"T;\" ADD CONSTRAINT \"U 1\" UNIQUE USING INDEX \"U 1\" DEFERRABLE INITIALLY DEFERRED;",
				"DROP INDEX IF EXISTS \"S x\".\"U 1\";",
			},
		},
		{
			name:       "deferrable",
			definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a) DEFERRABLE;\n",
			want: &halves{
				"CREATE UNIQUE INDEX u ON s.t USING btree (a);",
				"ALTER TABLE ONLY s.t ADD CONSTRAINT u UNIQUE USING INDEX u DEFERRABLE;",
				"DROP INDEX IF EXISTS s.u;",
			},
		},
		{
			name:       "more statements",
			definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a);\n\nALTER TABLE s.t CLUSTER ON u;\n\nALTER TABLE ONLY s.t REPLICA IDENTITY USING INDEX u;\n",
			want: &halves{
				"CREATE UNIQUE INDEX u ON s.t USING btree (a);",
				"ALTER TABLE ONLY s.t ADD CONSTRAINT u UNIQUE USING INDEX u;\nALTER TABLE s.t CLUSTER ON u;\n\nALTER TABLE ONLY s.t REPLICA IDENTITY USING INDEX u;\n",
				"DROP INDEX IF EXISTS s.u;",
			},
		},
		{
			name: "without schema", definition: "ALTER TABLE ONLY t\n    ADD CONSTRAINT u UNIQUE (a);\n",
			want: &halves{
				"CREATE UNIQUE INDEX u ON t USING btree (a);",
				"ALTER TABLE ONLY t ADD CONSTRAINT u UNIQUE USING INDEX u;",
				"DROP INDEX IF EXISTS u;",
			},
		},
		{name: "exclusion", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u EXCLUDE USING gist (a WITH =);\n"},
		{name: "without overlaps", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a, b WITHOUT OVERLAPS);\n"},
		{name: "tablespace", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a) USING INDEX TABLESPACE x;\n"},
		{name: "not enforced", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a) NOT ENFORCED;\n"},
		{name: "check", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT c CHECK ((a > 0));\n"},
		{name: "not null", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT c NOT NULL a;\n"},
		{name: "expression", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE ((a + 1));\n"},
		{name: "cut off", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a"},
		{name: "no end", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a)"},
		{name: "no columns", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE ();\n"},
		{name: "open storage parameters", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE (a) WITH (x;\n"},
		{name: "another statement", definition: "CREATE TABLE s.t ();\n"},
		{name: "using index", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT u UNIQUE USING INDEX i;\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := archive{sizes: map[string]int64{"data t": 100 << 20, "data T;": 100 << 20}}
			a.table("t")
			a.data("t")
			if strings.Contains(tt.definition, "T;") {
				a.table("T;")
				a.data("T;")
				for i := range a.entries {
					a.entries[i].Namespace = "S x"
				}
			}
			c := a.add("CONSTRAINT", "constraint", tt.definition, a.names[len(a.names)-2])
			c.Namespace = a.entries[0].Namespace
			p := a.stages(plan.ParallelOptions{})
			g, nodes := a.nodes(t, p, "constraint")
			if tt.want == nil {
				if len(nodes) != 1 || g.Nodes[nodes[0]].Step.Half != plan.Whole {
					t.Fatalf("want one step, got %+v", steps(g))
				}
				return
			}
			if len(nodes) != 2 {
				t.Fatalf("want two steps, got %d", len(nodes))
			}
			var got halves
			var first, second int32
			for _, n := range nodes {
				switch s := g.Nodes[n].Step; s.Half {
				case plan.MakeIndex, plan.AddKey:
					got.Create, first = s.Text, n
				case plan.AddConstraint, plan.CheckKey:
					got.Attach, got.Undo, second = s.Text, s.Undo, n
				}
			}
			if diff := cmp.Diff(*tt.want, got); diff != "" {
				t.Error(diff)
			}
			if !reach(g, first)[second] {
				t.Error("the constraint does not wait for its index")
			}
			_, data := a.nodes(t, p, a.names[len(a.names)-2])
			if !reach(g, data[0])[first] {
				t.Error("the index does not wait for the data")
			}
		})
	}
}

// Foreign keys of big tables are added without a look at the rows, which are
// checked then.
func TestForeignKeyHalves(t *testing.T) {
	const add = "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.u(a)"
	for _, tt := range []struct{ name, definition, first, second, undo string }{
		{
			name: "plain", definition: add + ";\n",
			first:  "ALTER TABLE ONLY s.t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.u(a) NOT VALID;",
			second: "ALTER TABLE ONLY s.t VALIDATE CONSTRAINT fk;",
			undo:   "ALTER TABLE ONLY s.t DROP CONSTRAINT IF EXISTS fk;",
		},
		{
			name: "with everything",
			definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT \"F; k\" FOREIGN KEY (a, \"B,)\") REFERENCES s.u(a, period) MATCH FULL" +
				" ON UPDATE SET DEFAULT ON DELETE SET NULL (\"B,)\") DEFERRABLE INITIALLY DEFERRED;\n",
			first: "ALTER TABLE ONLY s.t ADD CONSTRAINT \"F; k\" FOREIGN KEY (a, \"B,)\") REFERENCES s.u(a, period) MATCH FULL" +
				" ON UPDATE SET DEFAULT ON DELETE SET NULL (\"B,)\") DEFERRABLE INITIALLY DEFERRED NOT VALID;",
			second: "ALTER TABLE ONLY s.t VALIDATE CONSTRAINT \"F; k\";",
			undo:   "ALTER TABLE ONLY s.t DROP CONSTRAINT IF EXISTS \"F; k\";",
		},
		{
			name: "actions", definition: add + " ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE;\n",
			first: "ALTER TABLE ONLY s.t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.u(a) ON UPDATE CASCADE ON DELETE RESTRICT" +
				" DEFERRABLE NOT VALID;",
			second: "ALTER TABLE ONLY s.t VALIDATE CONSTRAINT fk;",
			undo:   "ALTER TABLE ONLY s.t DROP CONSTRAINT IF EXISTS fk;",
		},
		{name: "not valid", definition: add + " NOT VALID;\n"},
		{name: "not enforced", definition: add + " NOT ENFORCED;\n"},
		{name: "partitioned", definition: strings.Replace(add, "ONLY ", "", 1) + ";\n"},
		{name: "period", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT fk FOREIGN KEY (a, PERIOD b) REFERENCES s.u(a, PERIOD b);\n"},
		{name: "unknown action", definition: add + " ON DELETE EXPLODE;\n"},
		{name: "match partial", definition: add + " MATCH PARTIAL;\n"},
		{name: "more statements", definition: add + ";\nSELECT 1;\n"},
		{name: "no end", definition: add},
		{name: "no columns", definition: "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.u;\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := archive{sizes: map[string]int64{"data t": 100 << 20}}
			a.table("t")
			a.table("u")
			a.data("t")
			a.data("u")
			a.add("FK CONSTRAINT", "fk", tt.definition, "t", "u")
			a.add("COMMENT", "comment", "COMMENT ON CONSTRAINT fk ON s.t IS 'x';\n", "fk")
			g, nodes := a.nodes(t, a.stages(plan.ParallelOptions{}), "fk")
			if tt.first == "" {
				if len(nodes) != 1 || g.Nodes[nodes[0]].Step.Half != plan.Whole {
					t.Fatalf("want one step, got %+v", steps(g))
				}
				return
			}
			if len(nodes) != 2 {
				t.Fatalf("want two steps, got %d", len(nodes))
			}
			second, first := g.Nodes[nodes[0]], g.Nodes[nodes[1]]
			want := []plan.Step{
				{Entry: 4, Parts: toc.Definition, Half: plan.AddKey, HalfText: &plan.HalfText{Text: tt.first, Undo: tt.undo}},
				{Entry: 4, Parts: toc.Definition, Half: plan.CheckKey, HalfText: &plan.HalfText{Text: tt.second, Undo: tt.undo}},
			}
			if diff := cmp.Diff(want, []plan.Step{first.Step, second.Step}); diff != "" {
				t.Error(diff)
			}
			if first.Weight != 0 || second.Weight == 0 {
				t.Errorf("the check is the work, but the weights are %d and %d", first.Weight, second.Weight)
			}
			if !reach(g, nodes[1])[nodes[0]] {
				t.Error("the check does not wait for the key")
			}
			for _, data := range []string{"data t", "data u"} {
				if _, n := a.nodes(t, a.stages(plan.ParallelOptions{}), data); !reach(g, n[0])[nodes[1]] {
					t.Errorf("the key does not wait for %s", data)
				}
			}
			if _, comment := a.nodes(t, a.stages(plan.ParallelOptions{}), "comment"); !reach(g, nodes[0])[comment[0]] {
				t.Error("what depends on the key does not wait for the check")
			}
		})
	}
}

// The checks of keys to one table run side by side; those of one table do not:
// the server would not let them.
func TestForeignKeyChecksSideBySide(t *testing.T) {
	a := archive{sizes: map[string]int64{"data one": 100 << 20, "data two": 100 << 20, "data leaf": 100 << 20}}
	for _, name := range []string{"hub", "dim", "one", "two", "root", "leaf"} {
		a.table(name)
		a.data(name)
	}
	a.attach("root", "leaf")
	for _, fk := range [][2]string{{"one", "hub"}, {"one", "dim"}, {"two", "hub"}, {"leaf", "hub"}, {"two", "leaf"}} {
		e := a.add("FK CONSTRAINT", fk[0]+" "+fk[1], "ALTER TABLE ONLY s."+fk[0]+"\n    ADD CONSTRAINT "+fk[1]+
			" FOREIGN KEY (a) REFERENCES s."+fk[1]+"(a) ON DELETE CASCADE;\n", fk[0], fk[1])
		e.Tag = fk[0] + " " + fk[1]
	}
	for _, name := range []string{"hub", "one"} {
		a.index(name+"_i", name, name)
	}
	p := a.stages(plan.ParallelOptions{})
	node := func(name string, half plan.Half) (*plan.Graph, int32) {
		g, nodes := a.nodes(t, p, name)
		for _, n := range nodes {
			if g.Nodes[n].Step.Half == half {
				return g, n
			}
		}
		t.Fatalf("%s has no half %q", name, half)
		return nil, 0
	}
	type half struct {
		name string
		half plan.Half
	}
	for _, tt := range []struct {
		one, other half
		want       bool
	}{
		{half{"one hub", plan.CheckKey}, half{"two hub", plan.CheckKey}, false},
		{half{"one hub", plan.CheckKey}, half{"two hub", plan.AddKey}, false},
		{half{"one hub", plan.CheckKey}, half{"hub_i", plan.Whole}, false},
		{half{"one hub", plan.CheckKey}, half{"one_i", plan.Whole}, true},
		{half{"one hub", plan.CheckKey}, half{"one dim", plan.CheckKey}, true},
		{half{"one hub", plan.CheckKey}, half{"one dim", plan.AddKey}, true},
		{half{"one hub", plan.AddKey}, half{"two hub", plan.AddKey}, true},
		{half{"one hub", plan.AddKey}, half{"hub_i", plan.Whole}, true},
		// Trees keep their foreign keys whole.
		{half{"leaf hub", plan.Whole}, half{"one hub", plan.CheckKey}, false},
		{half{"two leaf", plan.Whole}, half{"one hub", plan.CheckKey}, false},
		{half{"two leaf", plan.Whole}, half{"two hub", plan.CheckKey}, true},
	} {
		g, n := node(tt.one.name, tt.one.half)
		_, m := node(tt.other.name, tt.other.half)
		if got := nodesConflict(g, n, m); tt.want != got {
			t.Errorf("%v beside %v: want conflict %t, got %t", tt.one, tt.other, tt.want, got)
		}
	}
}

func TestHalvesAreForBigTables(t *testing.T) {
	for _, tt := range []struct {
		name    string
		size    int64
		options plan.ParallelOptions
		parent  bool
		want    int
	}{
		{"big", 100 << 20, plan.ParallelOptions{}, false, 2},
		{"small", 1000, plan.ParallelOptions{}, false, 1},
		{"of unknown size", 0, plan.ParallelOptions{}, false, 1},
		{"to be left whole", 100 << 20, plan.ParallelOptions{WholeConstraints: true}, false, 1},
		{"with children", 100 << 20, plan.ParallelOptions{}, true, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := archive{sizes: map[string]int64{"data t": tt.size}}
			a.table("t")
			if tt.parent {
				a.table("child", "t")
			}
			a.data("t")
			a.key("t", "t")
			a.index("i", "t", "t")
			p := a.stages(tt.options)
			g, nodes := a.nodes(t, p, "key t")
			if tt.want != len(nodes) {
				t.Fatalf("want %d steps, got %d", tt.want, len(nodes))
			}
			if tt.want == 1 {
				return
			}
			_, index := a.nodes(t, p, "i")
			for _, n := range nodes {
				making := g.Nodes[n].Step.Half == plan.MakeIndex
				if got := nodesConflict(g, n, index[0]); making == got {
					t.Errorf("half %s beside an index: conflict %t", g.Nodes[n].Step.Half, got)
				}
			}
		})
	}
}

// The work that waits for a step counts towards its urgency.
func TestPaths(t *testing.T) {
	a := archive{sizes: map[string]int64{"data t": 1000, "data u": 1300}}
	a.table("t")
	a.table("u")
	a.data("t")
	a.data("u")
	a.add("INDEX", "gin", "CREATE INDEX gin ON s.t USING gin (a);\n", "t")
	a.index("btree", "u", "u")
	p := a.stages(plan.ParallelOptions{})
	path := func(name string) int64 {
		g, n := a.nodes(t, p, name)
		return g.Nodes[n[0]].Path
	}
	if path("data t") <= path("data u") {
		t.Errorf("the smaller table with the expensive index is less urgent: %d, %d", path("data t"), path("data u"))
	}
	if want, got := path("gin")+1000, path("data t"); want != got {
		t.Errorf("want %d, got %d", want, got)
	}
	if path("gin") <= path("btree") {
		t.Errorf("a GIN index is no more work than a B-tree: %d, %d", path("gin"), path("btree"))
	}
	for n := range p.Main.Nodes {
		node := &p.Main.Nodes[n]
		var longest int64
		for _, next := range node.Next {
			longest = max(longest, p.Main.Nodes[next].Path)
		}
		if want := node.Weight + longest; want != node.Path {
			t.Errorf("%s: want path %d, got %d", fmt.Sprint(node.Step), want, node.Path)
		}
	}
}
