package plan_test

import (
	"math"
	"slices"
	"testing"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

func TestEstimates(t *testing.T) {
	var a archive
	a.add("TABLE", "t", "CREATE TABLE s.t (\n    a integer,\n    b numeric(3,1),\n    c integer,\n    d integer,\n    e date\n);\n")
	a.data("t")
	a.sizes = map[string]int64{"data t": 1000 << 20}
	a.add("CONSTRAINT", "t t_pkey", "ALTER TABLE ONLY s.t ADD CONSTRAINT t_pkey PRIMARY KEY (a);\n", "t")
	a.add("INDEX", "btree", "CREATE INDEX btree ON s.t USING btree (a);\n", "t")
	a.add("INDEX", "gin", "CREATE INDEX gin ON s.t USING gin (a);\n", "t")
	a.add("INDEX", "brin", "CREATE INDEX brin ON s.t USING brin (a);\n", "t")
	a.add("FK CONSTRAINT", "t t_fkey", "ALTER TABLE ONLY s.t ADD CONSTRAINT t_fkey FOREIGN KEY (a) REFERENCES s.t(a);\n", "t")
	a.add("COMMENT", "TABLE t", "COMMENT ON TABLE s.t IS 'x';\n", "t")
	a.add("SEQUENCE", "t_a_seq", "ALTER TABLE s.t ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.t_a_seq);\n", "t")
	a.add("SEQUENCE SET", "set t_a_seq", "SELECT pg_catalog.setval('s.t_a_seq', 1, true);\n", "t_a_seq")
	a.add("TABLE", "own", "CREATE TABLE s.own (\n    a integer\n);\n")
	got := plan.NewEstimates(a.toc(), a.all(), a.size, nil, false)
	for name, want := range map[string]int64{
		"t": 0, "data t": 1000, "t t_pkey": 475, "btree": 609, "gin": 1250, "brin": 50, "t t_fkey": 250, "TABLE t": 0,
	} {
		weight := got.Weight(a.position(name))
		if weight>>20 != want {
			t.Errorf("%s: want %d MB, got %d", name, want, weight>>20)
		}
		if weight%(1<<20) == 0 {
			t.Errorf("%s: want something for the statement", name)
		}
	}
	alone := plan.NewEstimates(a.toc(), a.all(), a.size, nil, true)
	if gin := a.position("gin"); alone.Weight(gin) >= got.Weight(gin) {
		t.Errorf("want less for a GIN index that parallel workers help with, got %d and %d", alone.Weight(gin), got.Weight(gin))
	}
	for name, want := range map[string]string{"t": "s.t", "data t": "s.t", "t t_pkey": "s.t", "gin": "s.t", "set t_a_seq": "s.t"} {
		if got := got.Table(a.position(name)); want != got {
			t.Errorf("%s: want table %q, got %q", name, want, got)
		}
	}
	for name, want := range map[string]int{"gin": a.position("data t"), "t t_pkey": a.position("data t"), "own": -1} {
		if got := got.TableData(a.position(name)); want != got {
			t.Errorf("%s: want data %d, got %d", name, want, got)
		}
	}
	if want, got := int64(1000<<20), got.Load(a.position("gin")); want != got {
		t.Errorf("want %d, got %d", want, got)
	}
}

func TestIndexesOfTextWeighMore(t *testing.T) {
	for _, tt := range []struct {
		name, kind, definition string
		want                   int64 // MB
	}{
		{"text", "INDEX", "CREATE INDEX i ON s.t USING btree (name);\n", 1279},
		{"text first", "INDEX", "CREATE INDEX i ON s.t USING btree (code, a);\n", 2656},
		{"text with more at hand", "INDEX", "CREATE UNIQUE INDEX i ON s.t USING btree (code) INCLUDE (a);\n", 1279},
		{"text second", "INDEX", "CREATE INDEX i ON s.t USING btree (a, name);\n", 684},
		{"number", "INDEX", "CREATE INDEX i ON s.t USING btree (a DESC);\n", 561},
		{"quoted name", "INDEX", "CREATE UNIQUE INDEX i ON s.t USING btree (\"Full, Name\");\n", 1279},
		{"collation of the column", "INDEX", "CREATE INDEX i ON s.t USING btree (sorted);\n", 561},
		{"collation of the index", "INDEX", "CREATE INDEX i ON s.t USING btree (name COLLATE \"C\");\n", 561},
		{"primary key of one column", "CONSTRAINT", "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT i PRIMARY KEY (a);\n", 437},
		{"function of two", "INDEX", "CREATE INDEX i ON s.t USING btree (least(a, 1));\n", 561},
		{"expression", "INDEX", "CREATE INDEX i ON s.t USING btree (((a + 1)));\n", 561},
		{"hash", "INDEX", "CREATE INDEX i ON s.t USING hash (name);\n", 462},
		{"unique constraint", "CONSTRAINT", "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT i UNIQUE (name);\n", 1279},
		{"primary key", "CONSTRAINT", "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT i PRIMARY KEY (a, name);\n", 684},
		{"no columns", "INDEX", "CREATE INDEX i ON s.t", 462},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var a archive
			a.add("TABLE", "t", `CREATE TABLE s.t (
    a numeric(14,4) DEFAULT (1 + 2) NOT NULL,
    name text DEFAULT 'x'::text,
    code character varying(20),
    "Full, Name" text,
    sorted text COLLATE pg_catalog."C",
    CONSTRAINT c CHECK ((a > 1))
);
`)
			a.data("t")
			a.sizes = map[string]int64{"data t": 1000 << 20}
			a.add(tt.kind, "t i", tt.definition, "t")
			if got := plan.NewEstimates(a.toc(), a.all(), a.size, nil, false).Weight(2) >> 20; tt.want != got {
				t.Errorf("want %d MB, got %d", tt.want, got)
			}
		})
	}
}

// The work of rows is by their number and width, as far as data can be looked into.
func TestEstimatesBySample(t *testing.T) {
	var a archive
	for _, table := range []string{"narrow", "dense", "wide", "small", "partition"} {
		a.table(table)
		a.data(table)
		a.index(table+"_i", table)
	}
	a.table("unknown")
	a.data("unknown")
	a.index("unknown_i", "unknown")
	a.data("partition")
	a.sizes = map[string]int64{
		"data narrow": 200 << 20, "data dense": 14 << 20, "data wide": 200 << 20, "data small": 1 << 18, "data partition": 100 << 20, "data unknown": 200 << 20,
	}
	var asked []string
	sample := func(id toc.ID) plan.Sample {
		name := a.names[int(id)-1]
		asked = append(asked, name)
		return map[string]plan.Sample{
			"data narrow":    {Stored: 41, Text: 90, Rows: 1}, // as in the benchmark
			"data dense":     {Stored: 28, Text: 900, Rows: 10},
			"data wide":      {Stored: 400, Text: 970, Rows: 1},
			"data partition": {Stored: 41, Text: 90, Rows: 1},
		}[name]
	}
	e := plan.NewEstimates(a.toc(), a.all(), a.size, sample, false)
	for name, want := range map[string]int64{ // MB
		"data narrow": 199, "narrow_i": 90, "data dense": 204, "dense_i": 92, "data wide": 170, "wide_i": 8,
		"data small": 0, "small_i": 0, "data partition": 99, "partition_i": 90, "data unknown": 200, "unknown_i": 110,
	} {
		if got := e.Weight(a.position(name)) >> 20; want != got {
			t.Errorf("%s: want %d MB, got %d", name, want, got)
		}
	}
	if want := []string{"data narrow", "data wide", "data partition", "data unknown", "data dense"}; !slices.Equal(want, asked) {
		t.Errorf("want these looked into, largest first: %q, got %q", want, asked)
	}
}

// A B-tree takes more than twice as long for twice the rows, the more so where comparing
// is most of the work; other indexes and small B-trees do not.
func TestSortingGrows(t *testing.T) {
	for _, tt := range []struct {
		name, index string
		rows        int64 // and then twice as many
		want        float64
	}{
		{"number", "btree (a)", 3e6, 2 * 1.10 / 1.05},
		{"text and number", "btree (b, a)", 3e6, 2 * 1.24 / 1.12},
		{"few rows", "btree (b, a)", 5e5, 2},
		{"another method", "gin (b)", 3e6, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			weight := func(rows int64) float64 {
				var a archive
				a.add("TABLE", "t", "CREATE TABLE s.t (\n    a integer,\n    b text\n);\n")
				a.data("t")
				a.add("INDEX", "i", "CREATE INDEX i ON s.t USING "+tt.index+";\n", "t")
				a.sizes = map[string]int64{"data t": 40 * rows}
				sample := func(toc.ID) plan.Sample { return plan.Sample{Stored: 40, Text: 100, Rows: 1} }
				e := plan.NewEstimates(a.toc(), a.all(), a.size, sample, false)
				return float64(e.Weight(a.position("i")))
			}
			if got := weight(2*tt.rows) / weight(tt.rows); math.Abs(tt.want-got) > 0.005 {
				t.Errorf("want %.3f times as much, got %.3f", tt.want, got)
			}
		})
	}
}

// Where a table is neither made nor loaded by the restore, its indexes go through
// the rows that the archive has for it.
func TestEstimatesOfLaterSections(t *testing.T) {
	var a archive
	a.table("t")
	a.data("t")
	a.table("other")
	a.data("other")
	a.sizes = map[string]int64{"data t": 100 << 20, "data other": 100 << 20}
	a.index("i", "t")
	table, data, index := a.position("t"), a.position("data t"), a.position("i")
	for _, tt := range []struct {
		name        string
		wanted      []int
		load, total int64 // MB
		data        int
	}{
		{"all", []int{table, data, index}, 100, 100, data},
		{"without data", []int{table, index}, 0, 0, -1},
		{"data and index", []int{data, index}, 100, 100, data},
		{"the index alone", []int{index}, 100, 0, -1},
	} {
		wanted := make([]toc.Parts, len(a.entries))
		for _, i := range tt.wanted {
			wanted[i] = a.all()[i]
		}
		e := plan.NewEstimates(a.toc(), wanted, a.size, nil, false)
		if load, total := e.Load(index)>>20, e.Total()>>20; load != tt.load || total != tt.total || e.TableData(index) != tt.data {
			t.Errorf("%s: want load %d, total %d, data %d, got %d, %d, %d", tt.name, tt.load, tt.total, tt.data, load, total, e.TableData(index))
		}
		if heavy := e.Weight(index) > 10<<20; heavy != (tt.load > 0) {
			t.Errorf("%s: want weight for the rows %t, got %d", tt.name, tt.load > 0, e.Weight(index))
		}
		if load := e.Load(a.position("other")); load != 0 {
			t.Errorf("%s: want nothing of a table that is left out, got %d", tt.name, load)
		}
	}
}
