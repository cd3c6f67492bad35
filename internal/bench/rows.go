package main

import (
	"fmt"
	"time"
)

// row is a line of the table: a kind of work that both programs do.
type row struct {
	name    string // for --rows
	title   string
	wanted  float64 // the ratio to reach; 0 means none is set
	dataset dataset
	args    []string // beside the connection and the file
	link    bool     // over the slow link
	times   int      // pairs for each one asked for, where a run is short; 0 means 1
}

// linkDelay is how long the slow link takes in each direction.
const linkDelay = 10 * time.Millisecond

// restores tells whether the work ends in a server.
func (r row) restores() bool { return r.args[0] != "-l" && r.args[0] != "-f" }

// table is what is compared without --curve.
var table = []row{
	{name: "narrow-j2", wanted: 1.5, dataset: narrow, args: []string{"-j2"},
		title: "one table of 5M narrow rows + PK, gzip, `-j2`"},
	{name: "wide-j2", wanted: 1.4, dataset: wide, args: []string{"-j2"},
		title: "1.5M wide rows, PK + 2 UNIQUE + 3 B-tree + GIN + FK, `-j2`"},
	{name: "wide-pipe-j2", wanted: 1.4, dataset: widePiped, args: []string{"-j2"},
		title: "the same from an archive written to a pipe, `-j2`"},
	{name: "documents-j1", dataset: documents, args: []string{"-j1"}, times: 2,
		title: "400,000 documents: inet, text, tsvector + PK, `-j1`"},
	{name: "documents-j2", dataset: documents, args: []string{"-j2"}, times: 2,
		title: "the same, `-j2`"},
	{name: "tables-j2", wanted: 2.2, dataset: smallTables, args: []string{"-j2"},
		title: "5,000 small tables: identity, index, comment, grant, FK chain, `-j2`"},
	{name: "tables-j1", wanted: 1.3, dataset: smallTables, args: []string{"-j1"},
		title: "the same, `-j1`"},
	{name: "link-j4", wanted: 15, dataset: fewTables, args: []string{"-j4"}, link: true,
		title: "200 such tables over a link with 20 ms round trips, `-j4`"},
	{name: "objects-j1", wanted: 6, dataset: largeObjects, args: []string{"-j1"},
		title: "50,000 large objects, `-j1`"},
	{name: "objects-j2", wanted: 1.5, dataset: largeObjects, args: []string{"-j2"},
		title: "the same, `-j2`"},
	{name: "script-gzip", wanted: 1.2, dataset: narrow, args: []string{"-f", "-"}, times: 2,
		title: "script output of 460 MB of COPY text to /dev/null, gzip"},
	{name: "script-zstd", wanted: 1.2, dataset: narrowZstd, args: []string{"-f", "-"}, times: 3,
		title: "the same, zstd"},
	{name: "list-45k", wanted: 1.5, dataset: smallTables, args: []string{"-l"}, times: 5,
		title: "`-l` of 45,000 entries"},
	{name: "list-450k", wanted: 1.5, dataset: madeUpEntries, args: []string{"-l"}, times: 2,
		title: "`-l` of 450,000 entries"},
}

// tableCurve and laneCurve are the numbers of tables and of jobs of the curves.
var (
	tableCurve = []int{1000, 3000, 10_000}
	laneCurve  = []int{1, 2, 4, 8}
)

// chosenRows gives the rows to run, in order.
func (o options) chosenRows() []row {
	all := table
	switch o.curve {
	case "tables":
		all = o.tableRows()
	case "lanes":
		all = laneRows()
	}
	var chosen []row
	for _, r := range all {
		if o.rows.MatchString(r.name) && (r.restores() || !o.left) {
			chosen = append(chosen, r)
		}
	}
	return chosen
}

func (o options) tableRows() (rows []row) {
	for _, n := range tableCurve {
		d := smallTables
		d.size = n
		for _, jobs := range []int{1, 2} {
			rows = append(rows, row{
				name: fmt.Sprintf("tables-%d-j%d", n, jobs), dataset: d, args: []string{fmt.Sprintf("-j%d", jobs)},
				title: fmt.Sprintf("%d small tables, `-j%d`", o.size(n), jobs),
			})
		}
	}
	return rows
}

func laneRows() (rows []row) {
	for _, shape := range []row{
		{name: "narrow", dataset: narrow, title: "5M narrow rows + PK"},
		{name: "wide", dataset: wide, title: "1.5M wide rows, 8 indexes, FK"},
	} {
		for _, jobs := range laneCurve {
			r := shape
			r.name += fmt.Sprintf("-j%d", jobs)
			r.title += fmt.Sprintf(", `-j%d`", jobs)
			r.args = []string{fmt.Sprintf("-j%d", jobs)}
			rows = append(rows, r)
		}
	}
	return rows
}

func rowNames() []string {
	names := make([]string, len(table))
	for i, r := range table {
		names[i] = r.name
	}
	return names
}
