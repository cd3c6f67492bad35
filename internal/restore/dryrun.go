package restore

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"pgrestore/event"
	"pgrestore/internal/engine"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/internal/terminal"
	"pgrestore/toc"
)

// dryRun prints what the restore would do. With -d it asks the server what
// decides about it, and changes nothing there.
func (r *run) dryRun(ctx context.Context, p *plan.Plan, wanted []toc.Parts) error {
	if err := r.checkParallel(); err != nil {
		return err
	}
	if err := r.survey(ctx); err != nil {
		return err
	}
	job := r.job(ctx, p, wanted)
	server := engine.Server{Superuser: true, Free: -1}
	if r.c.ToServer {
		var err error
		if server, err = engine.LookAt(ctx, job); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(r.io.Stdout)
	printer := dryPrinter{run: r, preview: engine.NewPreview(job, server), out: out}
	printer.print()
	if err := out.Flush(); err != nil {
		return systemError("could not write to file", err)
	}
	return nil
}

// dryPrinter prints a preview for people. An error of the output stays in out.
type dryPrinter struct {
	*run
	preview *engine.Preview
	out     *bufio.Writer
}

func (p *dryPrinter) print() {
	fmt.Fprint(p.out, "Dry run: this is what a restore would do; nothing is changed.\n\n")
	if p.preview.Totals.Steps == 0 && p.preview.Drops == 0 {
		p.field("Archive", p.archiveLine())
		p.field("Work", "nothing: the archive has nothing of what was asked for")
		return
	}
	for _, f := range [][2]string{
		{"Archive", p.archiveLine()},
		{"Server", p.serverLine()},
		{"Connections", p.connectionsLine()},
		{"Work", p.workLine()},
	} {
		p.field(f[0], f[1])
	}
	p.settings()
	for _, k := range p.preview.Kept {
		p.field("In order", k.What+", since "+k.Why)
	}
	p.statements()
	p.totals()
	if p.preview.Drops > 0 {
		p.heading("drop", counts(p.preview.Drops, "object", "objects")+", on connection 0, last in the archive first")
	}
	for _, stage := range p.preview.Stages {
		p.stage(stage)
	}
}

// field prints a name and what stands behind it, in lines of about 100 columns.
func (p *dryPrinter) field(name, text string) {
	const margin, columns = 13, 100
	fmt.Fprintf(p.out, "%-*s", margin, name)
	column := margin
	for n, word := range strings.Fields(text) {
		switch {
		case n > 0 && column+1+terminal.Width(word) > columns:
			fmt.Fprintf(p.out, "\n%*s", margin, "")
			column = margin
		case n > 0:
			p.out.WriteByte(' ')
			column++
		}
		p.out.WriteString(word)
		column += terminal.Width(word)
	}
	p.out.WriteByte('\n')
}

func (p *dryPrinter) archiveLine() string {
	h := &p.toc.Header
	name := "standard input"
	if p.c.Input != "" {
		name = terminal.Visible(p.c.Input)
	}
	line := fmt.Sprintf("%s: %s, version %d.%d, compression %s, %s", name, strings.ToLower(h.Format.String()), h.Version.Major, h.Version.Minor, h.Compression,
		counts(len(p.toc.Entries), "entry", "entries"))
	if h.Database != "" {
		line += fmt.Sprintf(", of database \"%s\"", terminal.Visible(h.Database))
	}
	if h.ServerVersion != "" {
		line += ", PostgreSQL " + terminal.Visible(h.ServerVersion)
	}
	return line
}

func (p *dryPrinter) serverLine() string {
	s := p.preview.Server
	if s.Version == "" {
		return "not asked, for lack of -d: assumed are a superuser, a wal_level above minimal and enough connections"
	}
	user, wal := "no superuser", "above minimal"
	if s.Superuser {
		user = "a superuser"
	}
	if s.MinimalWAL {
		wal = "minimal"
	}
	line := fmt.Sprintf("PostgreSQL %s, database \"%s\", user \"%s\" (%s), wal_level %s", terminal.Visible(s.Version),
		terminal.Visible(s.Database), terminal.Visible(s.User), user, wal)
	if s.Free >= 0 {
		line += fmt.Sprintf(", %d connections free (%s)", s.Free, s.Limit)
	}
	return line
}

func (p *dryPrinter) connectionsLine() string {
	n, asked := p.preview.Connections, max(1, p.c.Jobs)
	switch {
	case p.preview.Why != "":
		return fmt.Sprintf("%d, by -j auto: %s", n, p.preview.Why)
	case n < asked:
		return fmt.Sprintf("%d of the %d asked for: the server takes no more (%s)", n, asked, p.preview.Server.Limit)
	case n == 1:
		return "1: all steps run one after the other"
	}
	return fmt.Sprintf("%d", n)
}

// workLine sums up the work. Parallel restores say what they gain by the plan
// alone.
func (p *dryPrinter) workLine() string {
	steps := counts(p.preview.Totals.Steps, "step", "steps")
	if p.unknownSizes() {
		return steps + " of unknown weight: the sizes in an archive that is read from front to back are not known"
	}
	line := fmt.Sprintf("%s, weight %s", steps, terminal.FormatSize(p.preview.Totals.Weight))
	if p.preview.Connections > 1 && p.preview.Span > 0 {
		line += fmt.Sprintf("; %.1f times as fast as on one connection, if nothing but the plan limits it",
			float64(p.preview.Totals.Weight)/float64(p.preview.Span))
	}
	return line
}

func (p *dryPrinter) unknownSizes() bool { return !p.archive.Seekable() }

// settings prints the server parameters that each connection is set to.
func (p *dryPrinter) settings() {
	for _, s := range p.preview.Settings {
		p.field("Setting", terminal.Visible(s.Name)+" = "+terminal.Visible(s.Value)+": "+s.Why)
	}
	var fixed []string
	session := script.NewSession(p.toc, p.set, p.c.Script, script.ToServer)
	for _, u := range session.FixedState(nil, -1) {
		if text, ok := strings.CutPrefix(strings.TrimRight(u.Text, ";\n"), "SET "); ok && u.Op == script.Exec {
			fixed = append(fixed, terminal.Visible(text))
		}
	}
	p.field("", "as in every restore: "+strings.Join(fixed, ", "))
}

// statements says what becomes one transaction or message.
func (p *dryPrinter) statements() {
	o := &p.c.Script
	switch {
	case o.SingleTransaction:
		p.field("Transactions", "one for all")
	case o.TransactionSize > 0 && p.preview.Connections > 1:
		p.field("Transactions", fmt.Sprintf("one for each %d objects, until steps run side by side", o.TransactionSize))
	case o.TransactionSize > 0:
		p.field("Transactions", fmt.Sprintf("one for each %d objects", o.TransactionSize))
	case !p.preview.Grouped:
		p.field("Transactions", "one for each statement, since -v tells of each")
	default:
		p.field("Transactions", fmt.Sprintf("one for each statement, but for small ones without data: up to %d go in one message, "+
			"and one by one if any of them fails", engine.MaxGroup))
	}
}

func (p *dryPrinter) totals() {
	fmt.Fprintf(p.out, "\n%-14s %8s  %10s\n", "class", "steps", "weight")
	for _, c := range p.preview.Totals.Classes {
		fmt.Fprintf(p.out, "%-14s %8d  %10s\n", c.Class, c.Steps, p.weight(c.Weight))
	}
	fmt.Fprint(p.out, "Weights are work: about as much as loading so many bytes of stored table data.\n")
}

func (p *dryPrinter) weight(bytes int64) string {
	if p.unknownSizes() {
		return "?"
	}
	return terminal.FormatSize(bytes)
}

func (p *dryPrinter) heading(name, what string) { fmt.Fprintf(p.out, "\nStage %s: %s\n", name, what) }

// stageOf says what a stage is for.
func stageOf(name string) string {
	switch name {
	case "restore":
		return "all, in the archive's order"
	case "first":
		return "what must be there before other connections begin, or keeps its order"
	case "objects":
		return "what comes before the data"
	case "main":
		return "data, and what needs it"
	case "grants":
		return "privileges that do not depend on each other"
	case "again":
		return "steps that wait for each other in a circle"
	case "last":
		return "privileges whose order matters, and what comes after all privileges"
	}
	return "steps"
}

// row is a line of a stage's table.
type row struct{ connection, id, weight, step, how, waits string }

func (p *dryPrinter) stage(stage engine.PreviewStage) {
	where, waits := "one after the other on connection 0", ""
	if stage.SideBySide {
		where, waits = fmt.Sprintf("side by side on connections 0 to %d", p.preview.Connections-1), "waits for"
	}
	if len(stage.Steps) == 1 {
		where = "on connection 0"
	}
	p.heading(stage.Name, stageOf(stage.Name)+"; "+counts(len(stage.Steps), "step", "steps")+", "+where)
	rows := []row{{"conn", "id", "weight", "step", "how", waits}}
	for _, steps := range p.fold(stage.Steps) {
		switch {
		case len(steps) > 1:
			rows = append(rows, p.folded(steps))
		case stage.SideBySide:
			rows = append(rows, p.row(&steps[0], p.waits(steps[0].Wait)))
		default:
			rows = append(rows, p.row(&steps[0], ""))
		}
	}
	p.table(rows)
}

// table prints rows. A long step moves what comes after it only in its own line.
func (p *dryPrinter) table(rows []row) {
	const widest = 60
	step, how := 0, 0
	for _, r := range rows {
		step = max(step, min(widest, terminal.Width(r.step)))
		how = max(how, min(widest, terminal.Width(r.how)))
	}
	var line []byte
	for _, r := range rows {
		line = fmt.Appendf(line[:0], "%4s  %6s  %9s  %s", r.connection, r.id, r.weight, r.step)
		line = appendBlanks(line, step-terminal.Width(r.step)+2)
		line = append(line, r.how...)
		line = appendBlanks(line, how-terminal.Width(r.how)+2)
		line = append(line, r.waits...)
		p.out.WriteString(strings.TrimRight(string(line), " "))
		p.out.WriteByte('\n')
	}
}

func appendBlanks(dst []byte, n int) []byte {
	for range max(n, 1) {
		dst = append(dst, ' ')
	}
	return dst
}

// fold puts small steps that follow each other together, unless -v was given.
func (p *dryPrinter) fold(steps []engine.PreviewStep) (lines [][]engine.PreviewStep) {
	const worthIt = 4
	for len(steps) > 0 {
		n := 0
		for !p.c.Script.Verbose && n < len(steps) && isSmall(&steps[n]) {
			n++
		}
		if n < worthIt {
			n = 1
		}
		lines = append(lines, steps[:n])
		steps = steps[n:]
	}
	return lines
}

// isSmall reports whether a step need not be told apart from others like it.
func isSmall(s *engine.PreviewStep) bool {
	const small = 1 << 20
	data := s.Class == event.Data || s.Class == event.LargeObj || s.Class == event.Object
	return s.Cheap || data && s.Parts&toc.Data != 0 && s.Weight <= small && s.Lanes <= 1
}

// folded is the line of several small steps.
func (p *dryPrinter) folded(steps []engine.PreviewStep) row {
	kinds := make(map[string]int)
	var weight int64
	first, last := steps[0].Connection, steps[0].Connection
	for n := range steps {
		kinds[p.toc.Entries[steps[n].Entry].Desc]++
		weight += steps[n].Weight
		first, last = min(first, steps[n].Connection), max(last, steps[n].Connection)
	}
	r := row{connection: fmt.Sprint(first), weight: p.weight(weight), step: fmt.Sprintf("%d small steps: %s", len(steps), listKinds(kinds))}
	if last > first {
		r.connection = fmt.Sprintf("%d-%d", first, last)
	}
	return r
}

// listKinds names the kinds that there are most of.
func listKinds(kinds map[string]int) string {
	const shown = 4
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(kinds[b]-kinds[a], cmp.Compare(a, b)) })
	var list []string
	others := 0
	for n, name := range names {
		if n < shown {
			list = append(list, fmt.Sprint(kinds[name], " ", terminal.Visible(name)))
		} else {
			others += kinds[name]
		}
	}
	if others > 0 {
		list = append(list, counts(others, "other", "others"))
	}
	return strings.Join(list, ", ")
}

// row is the line of one step.
func (p *dryPrinter) row(s *engine.PreviewStep, waits string) row {
	e := &p.toc.Entries[s.Entry]
	schema := e.Namespace
	if schema == "" {
		schema = "-"
	}
	return row{
		connection: fmt.Sprint(s.Connection),
		id:         fmt.Sprint(e.ID),
		weight:     p.weight(s.Weight),
		step:       terminal.Visible(e.Desc + " " + schema + " " + e.Tag),
		how:        p.how(s),
		waits:      waits,
	}
}

// how names the strategy of a step, "" where it is the plain statement.
func (p *dryPrinter) how(s *engine.PreviewStep) string {
	how := p.howStatement(s)
	switch {
	case s.Workers > 0:
		how += fmt.Sprintf(", sorted by up to %d processes", 1+s.Workers)
	case s.SortMemory > 0:
		how += fmt.Sprintf(", sorted with %d MB", s.SortMemory)
	case s.Unhelped:
		how += ", without parallel workers"
	}
	return strings.TrimPrefix(how, ", ")
}

func (p *dryPrinter) howStatement(s *engine.PreviewStep) string {
	e := &p.toc.Entries[s.Entry]
	switch s.Half {
	case plan.MakeIndex:
		return "unique index first"
	case plan.AddConstraint:
		return "constraint takes its index"
	case plan.AddKey:
		return "added NOT VALID first"
	case plan.CheckKey:
		return "checked"
	}
	switch s.Class {
	case event.Data:
		return p.howData(s)
	case event.LargeObj:
		return "many to a message"
	case event.Refresh:
		return "REFRESH"
	}
	switch {
	case e.Kind == toc.KindDatabase:
		return "then connects to it"
	case p.preview.Connections > 1 && !s.Cheap && (e.Kind == toc.KindConstraint || e.Kind == toc.KindForeignKey):
		return "in one step"
	}
	return ""
}

// howData says how a table's rows are loaded.
func (p *dryPrinter) howData(s *engine.PreviewStep) string {
	e := &p.toc.Entries[s.Entry]
	how := "one COPY"
	switch {
	case e.Copy == "":
		return "INSERTs"
	case s.Lanes > 1 && p.unknownSizes():
		how = fmt.Sprintf("COPY in up to %d lanes, if it is big", s.Lanes)
	case s.Lanes > 1:
		how = fmt.Sprintf("COPY in up to %d lanes", s.Lanes)
	case plan.LoadsViaRoot(e):
		how = "one COPY into the table above"
	}
	switch {
	case s.Freezes:
		how += ", after TRUNCATE, with FREEZE"
	case s.Truncates:
		how += ", after TRUNCATE"
	}
	return how
}

// waits says what a step waits for last.
func (p *dryPrinter) waits(w engine.Wait) string {
	switch w.For {
	case engine.Nothing:
		return "nothing"
	case engine.Dependency:
		return p.name(w.Step)
	case engine.TableLock:
		return "lock on " + terminal.Visible(w.Table) + " of " + p.name(w.Step)
	case engine.FreeConnection:
		return "a free connection"
	case engine.Order:
		return "the step before"
	}
	return "?"
}

// name names a step for those who wait for it.
func (p *dryPrinter) name(s plan.Step) string {
	e := &p.toc.Entries[s.Entry]
	return fmt.Sprintf("%d %s %s", e.ID, terminal.Visible(e.Desc), terminal.Visible(e.Tag))
}

// counts gives "1 entry", "2 entries".
func counts(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
