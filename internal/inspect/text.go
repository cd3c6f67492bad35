package inspect

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// textWidth is what lists of names are wrapped to, in characters.
	textWidth = 79
	// shownAtFirst is how many tables, kinds and the like the text shows unless
	// all are asked for.
	shownAtFirst = 20
	// shownKinds is how many kinds, of which PostgreSQL has about 70.
	shownKinds = 100
	// maxShownName is how much of a name is shown, in bytes. PostgreSQL's own
	// names have 63 at most, signatures of functions more.
	maxShownName = 300
)

// text prints a report for people. Errors of writing stay in w.
type text struct {
	w   *bufio.Writer
	r   *Report
	all bool

	needy bool // some need has been printed
}

func writeText(w *bufio.Writer, r *Report, all bool) {
	t := &text{w: w, r: r, all: all}
	t.server()
	t.damage()
	t.header()
	t.tables()
	t.schemas()
	t.roles()
	t.needs()
	t.kinds()
}

// show gives a name for the text.
func show(n Name) string {
	s := string(n)
	if len(s) > maxShownName {
		cut := maxShownName
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "..."
	}
	return printable(s)
}

func (t *text) printf(format string, args ...any) { fmt.Fprintf(t.w, format, args...) }

// title begins a section.
func (t *text) title(format string, args ...any) {
	t.printf("\n"+format+"\n", args...)
}

// limit is how many of n things are shown.
func (t *text) limit(n int) int {
	if t.all || n <= shownAtFirst+1 { // a line that says "1 more" would say less than the thing itself
		return n
	}
	return shownAtFirst
}

func (t *text) more(n int) {
	if n > 0 {
		t.printf("  and %s more (--all shows them)\n", count(int64(n)))
	}
}

func (t *text) header() {
	a := &t.r.Archive
	name := "standard input"
	if a.Name != "" {
		name = show(a.Name)
	}
	t.printf("%-10s %s\n", "Archive", name)
	format := a.Format + ", version " + a.Version
	if a.Compression == "none" {
		format += ", not compressed"
	} else {
		format += ", " + a.Compression
	}
	switch a.Offsets {
	case "recorded":
		format += ", with data offsets"
	case "missing":
		format += ", no data offsets (from a pipe)"
	}
	t.printf("%-10s %s\n", "Format", format)
	if a.Created != "" {
		t.printf("%-10s %s\n", "Created", a.Created)
	}
	database := show(a.Database)
	if a.Encoding != "" {
		database += ", encoding " + a.Encoding
	}
	t.printf("%-10s %s\n", "Database", database)
	if a.ServerVersion != "" || a.DumpVersion != "" {
		t.printf("%-10s PostgreSQL %s, by pg_dump %s\n", "Dumped", show(a.ServerVersion), show(a.DumpVersion))
	}
	t.printf("%-10s %s\n", "Size", t.size())
	t.printf("%-10s %s, %s with data\n", "Entries", count(int64(a.Entries)), count(int64(t.r.Data.Entries)))
	if t.r.Deep && t.r.Data.Rows.Known {
		t.printf("%-10s %s\n", "Rows", count(t.r.Data.Rows.N))
	}
	for _, w := range a.Warnings {
		t.printf("%-10s %s\n", "Warning", printable(w))
	}
	if t.r.Deep && len(t.r.Damage) == 0 {
		t.printf("%-10s all data was read and is whole%s\n", "Check", t.unchecked())
	}
}

// unchecked tells what reading all data cannot find.
func (t *text) unchecked() string {
	switch t.r.Archive.Compression {
	case "gzip":
		return ", checksums are right"
	default:
		return "; it carries no checksums"
	}
}

func (t *text) size() string {
	d := &t.r.Data
	var parts []string
	if t.r.Archive.Bytes.Known {
		parts = append(parts, human(t.r.Archive.Bytes))
	}
	if d.Stored.Known && d.Entries > 0 {
		parts = append(parts, human(d.Stored)+" of it data")
	}
	if d.Uncompressed.Known && d.Entries > 0 && t.compressed() {
		parts = append(parts, human(d.Uncompressed)+" uncompressed")
	}
	if len(parts) == 0 {
		return "not known"
	}
	return strings.Join(parts, ", ")
}

// compressed reports whether sizes without compression tell anything new. A
// directory's files may be compressed in spite of what its header says.
func (t *text) compressed() bool {
	d := &t.r.Data
	return t.r.Archive.Compression != "none" || d.Stored.Known && d.Uncompressed.N > d.Stored.N
}

func (t *text) damage() {
	list := t.r.Damage
	if len(list) == 0 {
		return
	}
	t.printf("DAMAGED: %s\n", plural(len(list), "fault"))
	shown := t.limit(len(list))
	for _, d := range list[:shown] {
		if d.ID != 0 {
			t.printf("  entry %d, %s\n    ", d.ID, show(d.Entry))
		} else {
			t.printf("  ")
		}
		t.printf("%s\n", printable(d.Text))
		if d.Detail != "" {
			t.printf("    %s\n", printable(d.Detail))
		}
	}
	t.more(len(list) - shown)
	t.printf("\n")
}

func (t *text) tables() {
	list := t.r.Tables
	if len(list) == 0 {
		t.title("Tables: none with data")
		t.objects()
		return
	}
	shown := t.limit(len(list))
	if shown < len(list) {
		t.title("Tables: %s with data, the %d largest", count(int64(len(list))), shown)
	} else {
		t.title("Tables: %s with data", count(int64(len(list))))
	}
	if hint := t.whyNoSizes(); hint != "" {
		t.printf("  %s\n", hint)
	}
	g := t.grid(list)
	for i := range list[:shown] {
		g.add(&list[i])
	}
	g.print(t)
	t.more(len(list) - shown)
	t.objects()
}

// whyNoSizes says why sizes are not known, and what to do about it.
func (t *text) whyNoSizes() string {
	switch {
	case t.r.Data.Stored.Known || t.r.Data.Why == "":
		return ""
	case t.r.Data.Stored.N > 0:
		return "Of a stream, the size of the last data is not known."
	case t.r.Deep:
		return "Stored sizes are not known of a stream."
	case t.r.Data.Why == "pipe":
		return "Sizes are not recorded, as the archive was written to a pipe; --deep finds them."
	default:
		return "Sizes are not known of a stream; --deep reads it all to find them."
	}
}

// grid is the list of tables in columns; those of which nothing is known are
// left out.
type grid struct {
	stored, uncompressed, rows bool
	lines                      [][]string
}

func (t *text) grid(list []Table) *grid {
	g := &grid{}
	for i := range list {
		g.stored = g.stored || list[i].Stored.Known
		g.uncompressed = g.uncompressed || list[i].Uncompressed.Known && t.compressed() || !list[i].Stored.Known && list[i].Uncompressed.Known
		g.rows = g.rows || list[i].Rows.Known
	}
	head := g.line("SIZE", "SHARE", "UNCOMPRESSED", "ROWS", "TABLE")
	g.lines = append(g.lines, head)
	return g
}

func (g *grid) add(table *Table) {
	name := show(table.Name)
	if table.Schema != "" {
		name = show(table.Schema) + "." + name
	}
	if table.Damaged {
		name += "  DAMAGED"
	}
	g.lines = append(g.lines, g.line(human(table.Stored), share(table.Share), human(table.Uncompressed), countOf(table.Rows), name))
}

func (g *grid) line(stored, share, uncompressed, rows, name string) []string {
	var line []string
	if g.stored {
		line = append(line, stored)
	}
	if g.stored || g.uncompressed {
		line = append(line, share)
	}
	if g.uncompressed {
		line = append(line, uncompressed)
	}
	if g.rows {
		line = append(line, rows)
	}
	return append(line, name)
}

// print aligns all columns to the right but the last.
func (g *grid) print(t *text) {
	widths := make([]int, len(g.lines[0])-1)
	for _, line := range g.lines {
		for i := range widths {
			widths[i] = max(widths[i], len(line[i]))
		}
	}
	for _, line := range g.lines {
		for i, width := range widths {
			t.printf("  %*s", width, line[i])
		}
		t.printf("  %s\n", line[len(line)-1])
	}
}

func (t *text) objects() {
	o := &t.r.LargeObjects
	if o.Entries == 0 && (!o.Count.Known || o.Count.N == 0) {
		return
	}
	n := "number not known"
	if o.Count.Known {
		n = count(o.Count.N)
	}
	parts := []string{n}
	if o.Stored.Known {
		parts = append(parts, human(o.Stored))
	}
	if o.Uncompressed.Known && t.compressed() {
		parts = append(parts, human(o.Uncompressed)+" uncompressed")
	}
	if o.Entries == 0 {
		parts = append(parts, "without their data")
	}
	t.title("Large objects: %s", strings.Join(parts, ", "))
}

func (t *text) schemas() {
	list := t.r.Schemas
	if len(list) == 0 {
		return
	}
	t.title("Schemas: %s", count(int64(len(list))))
	g := &grid{lines: [][]string{{"SIZE", "TABLES", "OBJECTS", "SCHEMA"}}}
	shown := t.limit(len(list))
	for i := range list[:shown] {
		s := &list[i]
		name := show(s.Name)
		switch {
		case s.Created && s.Owner != "":
			name += " (owner " + show(s.Owner) + ")"
		case !s.Created:
			name += " (has to be there)"
		}
		g.lines = append(g.lines, []string{human(s.Stored), count(int64(s.Tables)), count(int64(s.Objects)), name})
	}
	g.print(t)
	t.more(len(list) - shown)
}

func (t *text) kinds() {
	list := t.r.Kinds
	if len(list) == 0 {
		return
	}
	t.title("Kinds of entries: %s", count(int64(len(list))))
	shown := len(list)
	if !t.all {
		shown = min(shown, shownKinds)
	}
	items := each(list[:shown], func(k KindCount) string { return count(int64(k.Count)) + " " + show(k.Kind) })
	t.wrapped("  ", items)
	t.more(len(list) - shown)
}

// wrapped prints items behind a label, parted by commas, in lines that begin
// under the first.
func (t *text) wrapped(label string, items []string) {
	parted := slices.Clone(items)
	for i := range max(len(parted)-1, 0) {
		parted[i] += ","
	}
	t.fill(label, parted)
}

// paragraph prints text in lines that begin under the first.
func (t *text) paragraph(label, text string) { t.fill(label, strings.Fields(text)) }

// fill prints words behind a label, as many to a line as there is room for.
func (t *text) fill(label string, words []string) {
	indent := utf8.RuneCountInString(label)
	line, used := label, indent
	for _, word := range words {
		n := utf8.RuneCountInString(word)
		switch {
		case used == indent:
		case used+1+n > textWidth:
			t.printf("%s\n", line)
			line, used = strings.Repeat(" ", indent), indent
		default:
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	t.printf("%s\n", line)
}

// human gives a size as people read it; sizes are in powers of 1024, as in
// PostgreSQL.
func human(n Number) string {
	if !n.Known {
		return "-"
	}
	if n.N < 1000 {
		return strconv.FormatInt(n.N, 10) + " B"
	}
	size := float64(n.N)
	for _, unit := range []string{"kB", "MB", "GB", "TB"} {
		size /= 1024
		switch {
		case size < 99.95:
			return strconv.FormatFloat(size, 'f', 1, 64) + " " + unit
		case size < 999.5:
			return strconv.FormatFloat(size, 'f', 0, 64) + " " + unit
		}
	}
	return strconv.FormatFloat(size/1024, 'f', 1, 64) + " PB"
}

func share(part float64) string {
	switch {
	case part <= 0:
		return "-"
	case part < 0.001:
		return "<0.1%"
	default:
		return strconv.FormatFloat(100*part, 'f', 1, 64) + "%"
	}
}

func countOf(n Number) string {
	if !n.Known {
		return "-"
	}
	return count(n.N)
}

// count gives n with commas: 1,234,567.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
