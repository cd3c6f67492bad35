package selection_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/selection"
	"pgrestore/toc"
)

// keysOf gives the keys of the entries of which anything is wanted.
func keysOf(wanted []toc.Parts) (keys []string) {
	for i, parts := range wanted {
		if parts&toc.Restorable != 0 {
			keys = append(keys, sample[i].key)
		}
	}
	return keys
}

// expand reads a list of keys, which may begin with "all but".
func expand(list string) (keys []string) {
	not, isNot := strings.CutPrefix(list, "all but ")
	if !isNot {
		return strings.Fields(list)
	}
	for _, s := range sample {
		if !slices.Contains(strings.Fields(not), s.key) {
			keys = append(keys, s.key)
		}
	}
	return keys
}

// What pg_restore -l lists with the same options of an archive with the same
// contents.
func TestSelect(t *testing.T) {
	for _, tt := range []struct {
		name    string
		options selection.Options
		want    string
	}{
		{name: "all", options: selection.Options{},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty"},
		{name: "create", options: selection.Options{Create: true},
			want: "all but encoding searchpath init empty"},
		{name: "schema only", options: selection.Options{NoData: true, NoStatistics: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty t1-data t2-data q-set lo old-lo lo-acl lo-comment lo-label lo-data t1-stats i1-stats new-data"},
		{name: "data only", options: selection.Options{NoSchema: true, NoStatistics: true},
			want: "t1-data t2-data q-set lo old-lo lo-acl lo-comment lo-label lo-data new-data"},
		{name: "statistics only", options: selection.Options{NoSchema: true, NoData: true},
			want: "t1-stats i1-stats"},
		{name: "no data", options: selection.Options{NoData: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty t1-data t2-data q-set lo old-lo lo-acl lo-comment lo-label lo-data new-data"},
		{name: "no schema", options: selection.Options{NoSchema: true},
			want: "t1-data t2-data q-set lo old-lo lo-acl lo-comment lo-label lo-data t1-stats i1-stats new-data"},
		{name: "no statistics", options: selection.Options{NoStatistics: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty t1-stats i1-stats"},
		{name: "nothing at all", options: selection.Options{NoSchema: true, NoData: true, NoStatistics: true},
			want: ""},
		{name: "pre-data", options: selection.Options{Sections: selection.PreData},
			want: "schema schema-acl ext f p agg t1 t1-comment t1-acl t1-col-acl stray-acl t1-label builtin-acl t2 t1-other ft v mv q q-owned default acl-lang"},
		{name: "data", options: selection.Options{Sections: selection.Data},
			want: "t1-data t2-data q-set lo old-lo lo-acl lo-comment lo-label lo-data t1-stats new-data"},
		{name: "post-data", options: selection.Options{Sections: selection.PostData},
			want: "i1 i1-comment i1-stats pkey trg mv-data policy policy-comment rls pub pub-table pub-schema pub-comment pub-label sub sub-table sub-comment sub-label evt default-acl new"},
		{name: "two sections", options: selection.Options{Sections: selection.PreData | selection.PostData},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty t1-data t2-data q-set lo old-lo lo-acl lo-comment lo-label lo-data t1-stats new-data"},
		{name: "no privileges", options: selection.Options{NoPrivileges: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init schema-acl t1-acl t1-col-acl stray-acl builtin-acl acl-lang empty lo-acl default-acl"},
		{name: "no comments", options: selection.Options{NoComments: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init t1-comment empty lo-comment i1-comment policy-comment pub-comment sub-comment"},
		{name: "no policies", options: selection.Options{NoPolicies: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty policy policy-comment rls"},
		{name: "no publications", options: selection.Options{NoPublications: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty pub pub-table pub-schema pub-comment pub-label"},
		{name: "no subscriptions", options: selection.Options{NoSubscriptions: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init empty sub sub-table sub-comment sub-label"},
		{name: "no security labels", options: selection.Options{NoSecurityLabels: true},
			want: "all but encoding searchpath db db-props db-comment db-acl init t1-label empty lo-label pub-label sub-label"},
		{name: "a schema", options: selection.Options{Schemas: []string{"s1"}},
			want: "f agg t1 t1-comment t1-acl t1-col-acl t1-label ft v mv q q-owned default t1-data q-set t1-stats i1 i1-comment i1-stats pkey trg mv-data policy policy-comment rls pub-table pub-schema sub-table default-acl new new-data"},
		{name: "two schemas", options: selection.Options{Schemas: []string{"s2", "pg_catalog"}},
			want: "p t2 t1-other t2-data"},
		{name: "not a schema", options: selection.Options{ExcludeSchemas: []string{"s1"}},
			want: "schema schema-acl ext p t2 t1-other acl-lang t2-data lo old-lo lo-acl lo-comment lo-label lo-data pub pub-comment pub-label sub sub-comment sub-label evt"},
		{name: "a schema and not the same", options: selection.Options{Schemas: []string{"s1"}, ExcludeSchemas: []string{"s1"}},
			want: ""},
		{name: "a schema with its database", options: selection.Options{Schemas: []string{"s1"}, Create: true},
			want: "all but encoding searchpath init schema schema-acl ext p stray-acl builtin-acl t2 t1-other acl-lang empty t2-data lo old-lo lo-acl lo-comment lo-label lo-data pub pub-comment pub-label sub sub-comment sub-label evt"},
		{name: "no such schema", options: selection.Options{Schemas: []string{"S1"}},
			want: ""},
		{name: "a table", options: selection.Options{Tables: []string{"t1"}},
			want: "t1 t1-comment t1-acl t1-col-acl t1-label t1-other t1-data t1-stats"},
		{name: "a table of a schema", options: selection.Options{Tables: []string{"t1"}, Schemas: []string{"s1"}},
			want: "t1 t1-comment t1-acl t1-col-acl t1-label t1-data t1-stats"},
		{name: "all that -t takes", options: selection.Options{Tables: []string{"v", "mv", "q", "ft", "t2"}},
			want: "t2 ft v mv q t2-data q-set mv-data"},
		{name: "a table's data", options: selection.Options{Tables: []string{"t1"}, NoSchema: true, NoStatistics: true},
			want: "t1-data"},
		{name: "a table's statistics", options: selection.Options{Tables: []string{"t1"}, NoSchema: true, NoData: true},
			want: "t1-stats"},
		{name: "an index", options: selection.Options{Indexes: []string{"i1"}},
			want: "i1 i1-comment i1-stats"},
		{name: "an index and its table", options: selection.Options{Indexes: []string{"i1"}, Tables: []string{"t1"}},
			want: "t1 t1-comment t1-acl t1-col-acl t1-label t1-other t1-data t1-stats i1 i1-comment i1-stats"},
		{name: "an index, not a constraint", options: selection.Options{Indexes: []string{"t1_pkey"}},
			want: ""},
		{name: "a function", options: selection.Options{Functions: []string{"f(integer)"}},
			want: "f"},
		{name: "all that -P takes", options: selection.Options{Functions: []string{"f(integer)", "p()", "agg(integer)"}},
			want: "f p agg"},
		{name: "a function without arguments", options: selection.Options{Functions: []string{"f"}},
			want: ""},
		{name: "a trigger", options: selection.Options{Triggers: []string{"t1 trg"}},
			want: "trg"},
		{name: "a table without comments", options: selection.Options{Tables: []string{"t1"}, NoComments: true},
			want: "t1 t1-acl t1-col-acl t1-label t1-other t1-data t1-stats"},
		{name: "a table's post-data", options: selection.Options{Tables: []string{"t1"}, Sections: selection.PostData},
			want: ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := keysOf(selection.New(contents(), tt.options).Select(nil, nil))
			if want, got := strings.Join(expand(tt.want), " "), strings.Join(got, " "); want != got {
				t.Errorf("want %s\ngot  %s", want, got)
			}
		})
	}
}

func TestParts(t *testing.T) {
	const d, data, stats = toc.Definition, toc.Data, toc.StatisticsPart
	for _, tt := range []struct {
		key                            string
		all, noData, noSchema, noStats toc.Parts
	}{
		{"encoding", toc.Special, toc.Special, toc.Special, toc.Special},
		{"searchpath", toc.Special, toc.Special, toc.Special, toc.Special},
		{"db", 0, 0, 0, 0},
		{"init", 0, 0, 0, 0},
		{"t1", d, d, 0, d},
		{"t1-comment", d, d, 0, d},
		{"empty", 0, 0, 0, 0},
		{"t1-data", data, 0, data, data},
		{"t2-data", data, 0, data, data}, // the note is no definition
		{"new-data", data, 0, data, data},
		{"q-set", data, 0, data, data},
		{"lo", data, 0, data, data},
		{"old-lo", data, 0, data, data},
		{"lo-acl", data, 0, data, data},
		{"lo-comment", data, 0, data, data},
		{"lo-label", data, 0, data, data},
		{"lo-data", data, 0, data, data},
		{"t1-stats", stats, stats, stats, 0},
		{"i1-stats", stats, stats, stats, 0},
		{"mv-data", d, d, 0, d}, // it is made from what is restored already
		{"acl-lang", d, d, 0, d},
	} {
		at := position(tt.key)
		for _, run := range []struct {
			name    string
			options selection.Options
			want    toc.Parts
		}{
			{"all", selection.Options{}, tt.all},
			{"no data", selection.Options{NoData: true}, tt.noData},
			{"no schema", selection.Options{NoSchema: true}, tt.noSchema},
			{"no statistics", selection.Options{NoStatistics: true}, tt.noStats},
		} {
			if got := selection.New(contents(), run.options).Select(nil, nil)[at]; run.want != got {
				t.Errorf("%s, %s: want %04b, got %04b", tt.key, run.name, run.want, got)
			}
		}
	}
}

// An entry with both a definition and data is both.
func TestDefinitionAndData(t *testing.T) {
	entries := []toc.Entry{{
		ID: 1, Kind: toc.KindTable, Desc: "TABLE", Tag: "t", Section: toc.SectionData, Definition: "x", HasData: true,
	}}
	got := selection.New(toc.New(toc.Header{}, entries), selection.Options{}).Select(nil, nil)
	if want := toc.Definition | toc.Data; want != got[0] {
		t.Errorf("want %04b, got %04b", want, got[0])
	}
}

// Entries without a section belong to that of the entry before them, in the
// order of the restore; those of a section that is none are not wanted.
func TestSections(t *testing.T) {
	var entries []toc.Entry
	for i, section := range []toc.Section{
		toc.SectionNone, toc.SectionData, toc.SectionNone, toc.SectionPostData, toc.SectionNone, toc.SectionPreData,
		toc.SectionNone, 0, toc.SectionNone, 9, toc.SectionNone, toc.SectionData, toc.SectionNone,
	} {
		entries = append(entries, toc.Entry{ID: toc.ID(i + 1), Section: section, Definition: "x"})
	}
	contents := toc.New(toc.Header{}, entries)
	backwards := make([]int, len(entries))
	for i := range backwards {
		backwards[i] = len(entries) - 1 - i
	}
	for _, tt := range []struct {
		name     string
		sections selection.Sections
		order    []int
		want     []int
	}{
		{name: "all", want: []int{0, 1, 2, 3, 4, 5, 6, 11, 12}},
		{name: "pre-data", sections: selection.PreData, want: []int{0, 5, 6}},
		{name: "data", sections: selection.Data, want: []int{1, 2, 11, 12}},
		{name: "post-data", sections: selection.PostData, want: []int{3, 4}},
		{name: "pre-data backwards", sections: selection.PreData, order: backwards, want: []int{4, 5, 12}},
		{name: "data backwards", sections: selection.Data, order: backwards, want: []int{0, 1, 10, 11}},
		{name: "post-data backwards", sections: selection.PostData, order: backwards, want: []int{2, 3}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wanted := selection.New(contents, selection.Options{Sections: tt.sections}).Select(tt.order, nil)
			var got []int
			for i, parts := range wanted {
				if parts != 0 {
					got = append(got, i)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestList(t *testing.T) {
	for _, tt := range []struct {
		name    string
		list    string // keys, in the list file's order
		options selection.Options
		want    string
	}{
		{name: "empty", list: "", want: ""},
		{name: "some", list: "t1 t1-data i1", want: "t1 t1-data i1"},
		{name: "comments alone", list: "t1-comment t1-acl", want: "t1-comment t1-acl"},
		{
			name: "comments behind their table", list: "t1 t1-comment t1-acl",
			options: selection.Options{Tables: []string{"t1"}}, want: "t1 t1-comment t1-acl",
		},
		{
			// pg_restore has not looked at the table by then.
			name: "comments before their table", list: "t1-comment t1 t1-acl",
			options: selection.Options{Tables: []string{"t1"}}, want: "t1 t1-acl",
		},
		{
			name: "comments of a table not listed", list: "t1-comment",
			options: selection.Options{Tables: []string{"t1"}}, want: "",
		},
		{
			name: "statistics before their table", list: "t1-stats i1-stats t1",
			options: selection.Options{Tables: []string{"t1"}}, want: "t1 t1-stats",
		},
		{name: "the database is not for lists", list: "t1", options: selection.Options{Create: true}, want: "db db-props t1"},
		{name: "what is not wanted anyway", list: "db init empty t1", want: "t1"},
		{name: "special entries", list: "encoding t1", want: "t1"},
		{
			name: "a section by the order", list: "i1 t1-comment t1", options: selection.Options{Sections: selection.PostData},
			want: "t1-comment i1",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			contents := contents()
			var file strings.Builder
			for key := range strings.FieldsSeq(tt.list) {
				fmt.Fprintf(&file, "%d; x\n", position(key)+1)
			}
			order, listed, _, err := contents.ReadList(strings.NewReader(file.String()))
			if err != nil {
				t.Fatal(err)
			}
			got := keysOf(selection.New(contents, tt.options).Select(order, listed))
			var want []string
			for _, s := range sample { // in archive order
				if slices.Contains(strings.Fields(tt.want), s.key) {
					want = append(want, s.key)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCheckNames(t *testing.T) {
	for _, tt := range []struct {
		name    string
		options selection.Options
		want    string // "" for none
	}{
		{name: "none given"},
		{name: "all found", options: selection.Options{
			Schemas: []string{"s1"}, Tables: []string{"t1", "v"}, Indexes: []string{"i1"}, Functions: []string{"f(integer)"}, Triggers: []string{"t1 trg"},
		}},
		{name: "a schema", options: selection.Options{Schemas: []string{"s1", "nope"}}, want: `schema "nope" not found`},
		{name: "a table", options: selection.Options{Tables: []string{"t1", "nope"}}, want: `table "nope" not found`},
		{name: "an index", options: selection.Options{Indexes: []string{"nope"}}, want: `index "nope" not found`},
		{name: "a function", options: selection.Options{Functions: []string{"f"}}, want: `function "f" not found`},
		{name: "a trigger", options: selection.Options{Triggers: []string{"trg"}}, want: `trigger "trg" not found`},
		{name: "an excluded schema need not be there", options: selection.Options{ExcludeSchemas: []string{"nope"}}},
		{
			name: "schemas are looked at first", options: selection.Options{Tables: []string{"no table"}, Schemas: []string{"no schema"}},
			want: `schema "no schema" not found`,
		},
		{name: "the first of several", options: selection.Options{Tables: []string{"t1", "b", "a"}}, want: `table "b" not found`},
		// Only the first of two equal names is ever found.
		{name: "the same twice", options: selection.Options{Tables: []string{"t1", "t1"}}, want: `table "t1" not found`},
		{
			name: "a table of another schema", options: selection.Options{Schemas: []string{"s2"}, Tables: []string{"v"}},
			want: `table "v" not found`,
		},
		{
			name: "a table of another section", options: selection.Options{Sections: selection.PostData, Tables: []string{"t1"}},
			want: `table "t1" not found`,
		},
		{name: "a table without its data", options: selection.Options{NoSchema: true, Tables: []string{"v"}}},
		{
			name: "a schema that is excluded, too", options: selection.Options{Schemas: []string{"s1"}, ExcludeSchemas: []string{"s1"}},
		},
		{
			name:    "a name of another kind",
			options: selection.Options{Tables: []string{"i1"}, Indexes: []string{"i1"}}, want: `table "i1" not found`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := selection.New(contents(), tt.options)
			s.Select(nil, nil)
			got := ""
			if err := s.CheckNames(); err != nil {
				got = err.Error()
			}
			if tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

// Leaving out more never makes more wanted.
func TestExclusionsOnlyTakeAway(t *testing.T) {
	all := selection.New(contents(), selection.Options{}).Select(nil, nil)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		flip := func() bool { return r.IntN(3) == 0 }
		o := selection.Options{
			NoSchema: flip(), NoData: flip(), NoStatistics: flip(), NoPrivileges: flip(), NoComments: flip(), NoPolicies: flip(),
			NoPublications: flip(), NoSubscriptions: flip(), NoSecurityLabels: flip(), Sections: selection.Sections(r.IntN(8)),
		}
		if flip() {
			o.Tables = []string{"t1"}
		}
		if flip() {
			o.Schemas = []string{"s1"}
		}
		for i, parts := range selection.New(contents(), o).Select(nil, nil) {
			if parts&^all[i] != 0 {
				t.Errorf("%+v: %s: want no more than %04b, got %04b", o, sample[i].key, all[i], parts)
			}
		}
	}
}
