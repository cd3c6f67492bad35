package engine

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// Server is what a server and its user decide about a restore.
type Server struct {
	Version    string // "" where nobody asked
	Database   string
	User       string
	Superuser  bool
	MinimalWAL bool            // wal_level is minimal
	Given      map[string]bool // parameters that came with the connection, of those that matter
	Cores      int             // 0 where it does not tell
	// Free is how many connections it would take now, -1 where that is not
	// known; Limit is what keeps it from taking more.
	Free  int
	Limit string
}

// Preview is what a restore would do, if it made no errors and each step took
// as long as it weighs.
type Preview struct {
	Server      Server
	Connections int
	Why         string // so many were chosen, where they were
	Stages      []PreviewStage
	Totals      event.Plan
	Settings    []Setting
	Kept        []Kept
	// Drops is how many entries' objects are dropped first.
	Drops int
	// Grouped is true where cheap steps go up to MaxGroup statements to a message.
	Grouped bool
	// Span is how long all of it takes, in units of weight.
	Span int64
}

// MaxGroup is how many statements go into a message at most.
const MaxGroup = groupStatements

// Kept is something that keeps the archive's order.
type Kept struct{ What, Why string }

// PreviewStage is a part of the restore that begins when the one before is over.
type PreviewStage struct {
	Name string // as in event.Stage
	// SideBySide is true where steps run on all connections.
	SideBySide bool
	// Steps stand in the order in which they start.
	Steps []PreviewStep
}

// PreviewStep is a step and how it would run.
type PreviewStep struct {
	plan.Step
	Connection int
	Start      int64 // since the begin of the stage, in units of weight
	Weight     int64 // in bytes of stored data or what takes about as long
	Table      string
	Class      event.Class
	Cheap      bool // goes into a message with others, if any do
	Lanes      int  // connections that may load its data; 0 for other steps
	Truncates  bool // the table is emptied and loaded in one transaction
	Freezes    bool // with COPY FREEZE
	SortMemory int  // MB for each process that sorts a B-tree, where that is chosen
	Workers    int  // parallel workers that a B-tree gets, if the server has them
	Unhelped   bool // a GIN index that gets none
	Wait       Wait
}

// Wait is what a step waits for last.
type Wait struct {
	For   WaitKind
	Step  plan.Step // for Dependency and TableLock: whose end it waits for
	Table string    // for TableLock
}

// WaitKind is a kind of thing to wait for.
type WaitKind uint8

// The kinds.
const (
	Nothing        WaitKind = iota // it starts with its stage
	Dependency                     // on a step
	TableLock                      // that a step holds
	FreeConnection                 // all had something more urgent
	Order                          // of the archive: for the step before
)

// LookAt asks the server what [NewPreview] wants to know. It changes nothing.
func LookAt(ctx context.Context, job Job) (Server, error) {
	conn, err := job.Connect(ctx, "")
	if err != nil {
		return Server{}, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, query := range []string{"SET default_transaction_read_only = on", "SELECT pg_catalog.set_config('search_path', '', false)"} {
		if _, err := ask(ctx, conn, query); err != nil {
			return Server{}, err
		}
	}
	e := newEngine(job)
	e.Jobs = max(2, e.Jobs) // one connection needs to know less
	if err := e.look(ctx, conn); err != nil {
		return Server{}, err
	}
	s := Server{
		Version: conn.ParameterStatus("server_version"), User: conn.ParameterStatus("session_authorization"),
		Superuser: e.superuser, MinimalWAL: e.minimalWAL, Given: e.given, Cores: e.serverCores,
	}
	results, err := ask(ctx, conn, "SELECT pg_catalog.current_database()")
	if err != nil {
		return Server{}, err
	}
	if len(results) == 1 && len(results[0].Rows) == 1 {
		s.Database = string(results[0].Rows[0][0])
	}
	s.Free, s.Limit = connectionsLeft(ctx, conn)
	return s, nil
}

// connectionsQuery asks how many connections the server takes beside this one,
// by the limit that is reached first. It is for PostgreSQL 9.6 and newer.
const connectionsQuery = `SELECT l.name, l.free FROM pg_catalog.pg_roles r,
	LATERAL (SELECT 'max_connections' AS name,
			pg_catalog.current_setting('max_connections')::int - CASE WHEN r.rolsuper THEN 0 ELSE
				pg_catalog.current_setting('superuser_reserved_connections')::int +
				coalesce(pg_catalog.current_setting('reserved_connections', true)::int, 0) END -
			(SELECT pg_catalog.sum(numbackends) FROM pg_catalog.pg_stat_database) AS free
		UNION ALL
		SELECT 'the user''s connection limit', r.rolconnlimit -
			(SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity WHERE usename = r.rolname)
			WHERE r.rolconnlimit >= 0 AND NOT r.rolsuper
		UNION ALL
		SELECT 'the database''s connection limit', d.datconnlimit - s.numbackends
			FROM pg_catalog.pg_database d JOIN pg_catalog.pg_stat_database s ON s.datid = d.oid
			WHERE d.datname = pg_catalog.current_database() AND d.datconnlimit >= 0 AND NOT r.rolsuper) l
	WHERE r.rolname = CURRENT_USER ORDER BY 2 LIMIT 1`

// connectionsLeft says how many connections the server would take, this one
// among them. Not to know it is no error: a restore makes do with what it gets.
func connectionsLeft(ctx context.Context, conn *pgconn.PgConn) (free int, limit string) {
	results, err := ask(ctx, conn, connectionsQuery)
	if err != nil || len(results) != 1 || len(results[0].Rows) != 1 {
		return -1, ""
	}
	row := results[0].Rows[0]
	free, err = strconv.Atoi(string(row[1]))
	if err != nil {
		return -1, ""
	}
	return max(0, free) + 1, string(row[0])
}

// NewPreview plays a restore through with the real scheduler, and as many
// connections as it would have. It does nothing else: of the job, neither
// Source nor Connect nor Sink are used.
func NewPreview(job Job, server Server) *Preview {
	e := newEngine(job)
	e.Jobs = max(1, e.Jobs)
	var why string
	if e.Auto {
		e.Jobs, why = e.autoJobs(server.Cores)
	}
	e.superuser, e.minimalWAL, e.given = server.Superuser, server.MinimalWAL, server.Given
	e.serverMajor, e.serverCores = majorOf(server.Version), server.Cores
	p := &Preview{
		Server: server, Connections: e.Jobs, Why: why, Totals: e.totals(), Settings: e.settings(),
		Grouped: e.grouping(),
	}
	if server.Free > 0 {
		p.Connections = min(p.Connections, server.Free)
	}
	if e.Options.Clean {
		p.Drops = e.countDrops()
	}
	if e.Jobs == 1 {
		e.previewSerial(p, "restore", e.Plan.Steps)
		return p
	}
	stages := plan.NewParallel(e.estimates(), e.Plan, e.parallelOptions())
	p.Kept = e.kept(stages)
	e.previewSerial(p, "first", stages.First)
	h := &homes{}
	e.previewGraph(p, "objects", h, stages.Objects)
	e.previewGraph(p, "main", h, stages.Main)
	e.previewGraph(p, "grants", h, stages.Grants)
	e.previewSerial(p, "last", stages.Last)
	return p
}

// countDrops counts the entries that -c sends a statement for.
func (e *engine) countDrops() (n int) {
	session := script.NewSession(e.TOC, e.Set, e.Options, script.ToServer)
	var units []script.Unit
	for _, d := range e.Plan.Drops(e.TOC, e.Wanted) {
		units = session.Drop(units[:0], d.Entry, d.Parts)
		if slices.ContainsFunc(units, func(u script.Unit) bool { return u.Op == script.Exec && !u.Own }) {
			n++
		}
	}
	return n
}

// kept says what keeps the archive's order, of what there is.
func (e *engine) kept(stages *plan.Parallel) (kept []Kept) {
	has := func(steps []plan.Step, ofKind func(plan.Step) bool) bool { return slices.ContainsFunc(steps, ofKind) }
	if why := e.objectsInOrder(); why != "" && len(stages.First) > 0 {
		kept = append(kept, Kept{"what comes before the data", why})
	}
	if why := e.grantsInOrder(); why != "" && has(stages.Last, e.isPrivilege) {
		kept = append(kept, Kept{"privileges", why})
	}
	if e.Sequential && has(e.Plan.Steps, e.isData) {
		kept = append(kept, Kept{"data", "it can be read only once, from front to back"})
	}
	if e.ExitOnError && has(e.Plan.Steps, e.isConstraint) {
		kept = append(kept, Kept{"halves of constraints", "at the first error, none may be left without the other"})
	}
	return kept
}

func (e *engine) isPrivilege(s plan.Step) bool {
	return plan.PassOf(&e.TOC.Entries[s.Entry]) == plan.Privileges
}

func (e *engine) isData(s plan.Step) bool {
	return s.Parts&toc.Data != 0 && e.TOC.Entries[s.Entry].HasData
}

func (e *engine) isConstraint(s plan.Step) bool {
	k := e.TOC.Entries[s.Entry].Kind
	return k == toc.KindConstraint || k == toc.KindForeignKey
}

// previewSerial adds a stage of steps that run one after the other.
func (e *engine) previewSerial(p *Preview, name string, steps []plan.Step) {
	if len(steps) == 0 {
		return
	}
	stage := PreviewStage{Name: name, Steps: make([]PreviewStep, len(steps))}
	var now int64
	for n, step := range steps {
		stage.Steps[n] = e.previewStep(step)
		stage.Steps[n].Start = now
		stage.Steps[n].use(e.meansAlone(step))
		if n > 0 {
			stage.Steps[n].Wait = Wait{For: Order, Step: steps[n-1]}
		}
		now += stage.Steps[n].Weight
		e.made(step)
	}
	p.Stages = append(p.Stages, stage)
	p.Span += now
}

// previewGraph adds a stage of steps that run side by side, and one of those
// that wait for each other in a circle.
func (e *engine) previewGraph(p *Preview, name string, h *homes, g *plan.Graph) {
	s := &rehearsal{
		e: e, scheduler: newScheduler(g, e.Jobs, h), graph: g, finish: make([]int64, len(g.Nodes)), claims: make([]bool, len(g.Nodes)),
	}
	if s.left > g.Circular {
		for n := p.Connections - 1; n >= 0; n-- {
			s.idle = append(s.idle, n)
		}
		s.run()
		slices.SortStableFunc(s.steps, func(a, b PreviewStep) int { return cmp.Compare(a.Start, b.Start) })
		p.Stages = append(p.Stages, PreviewStage{Name: name, SideBySide: true, Steps: s.steps})
		p.Span += s.now
	}
	e.previewSerial(p, "again", g.Stuck)
}

// previewStep says how a step runs, but for when and where.
func (e *engine) previewStep(step plan.Step) PreviewStep {
	t := &e.TOC.Entries[step.Entry]
	s := PreviewStep{
		Step: step, Weight: e.estimates().StepWeight(step), Table: e.estimates().Table(step.Entry), Class: classOf(t, step),
		Cheap: e.cheap(step.Entry),
	}
	if !e.isData(step) {
		return s
	}
	s.Truncates = (e.Jobs > 1 || e.CopyFreeze) && t.Kind == toc.KindTableData && e.truncates(step.Entry)
	s.Freezes = s.Truncates && e.CopyFreeze
	s.Lanes = 1
	if e.Jobs > 1 && e.laned(step.Entry) {
		s.Lanes = e.lanesFor(step.Entry)
	}
	return s
}

func (s *PreviewStep) use(m means) {
	s.SortMemory, s.Workers, s.Unhelped = m.sortMemory, m.workers, m.unhelped
}

// made notes that a step has made a table.
func (e *engine) made(step plan.Step) {
	if e.TOC.Entries[step.Entry].Kind == toc.KindTable && step.Parts&toc.Definition != 0 {
		e.tableDone(step.Entry, false)
	}
}

// rehearsal is the stage of a graph with a clock that counts weight instead of
// time.
type rehearsal struct {
	*scheduler
	e      *engine
	graph  *plan.Graph
	now    int64
	idle   []int   // connections; the last goes first
	finish []int64 // of each node
	claims []bool  // of each node, whether it has its table for itself
	jobs   []*rehearsedJob
	steps  []PreviewStep
}

// rehearsedJob is a batch that is running. Connections beyond the first are
// lanes of its COPY.
type rehearsedJob struct {
	batch       []int32
	connections []int
	room        int   // connections that may still join
	left        int64 // work
}

// run does as [engine.sideBySide] does.
func (s *rehearsal) run() {
	for {
		for len(s.idle) > 0 {
			connection := s.idle[len(s.idle)-1]
			batch := s.batch(connection)
			if batch == nil {
				break
			}
			s.idle = s.idle[:len(s.idle)-1]
			s.start(connection, batch)
		}
		for len(s.idle) > 0 && s.join() {
		}
		if len(s.jobs) == 0 {
			return
		}
		s.endNext()
	}
}

// start starts a batch: its steps come one after the other.
func (s *rehearsal) start(connection int, batch []int32) {
	busy := 1
	for _, j := range s.jobs {
		busy += len(j.connections)
	}
	j := &rehearsedJob{batch: batch, connections: []int{connection}}
	for _, n := range batch {
		step := s.e.previewStep(s.graph.Nodes[n].Step)
		step.Connection, step.Start = connection, s.now+j.left
		step.Wait = s.wait(n, step.Start)
		step.use(s.e.meansBeside(s.scheduler, connection, n, busy))
		s.claims[n] = step.Workers > 0
		j.left += step.Weight
		j.room = step.Lanes - 1
		s.finish[n] = s.now + j.left // of those in batches, in which none has lanes
		s.steps = append(s.steps, step)
	}
	s.jobs = append(s.jobs, j)
}

// wait says what a node that starts now waited for last.
func (s *rehearsal) wait(n int32, start int64) Wait {
	after := s.after[n]
	switch {
	case after < 0 && start == 0:
		return Wait{}
	case after < 0, s.finish[after] < start:
		return Wait{For: FreeConnection}
	case !s.held[n]:
		return Wait{For: Dependency, Step: s.graph.Nodes[after].Step}
	}
	if table, ok := s.conflict(n, after); ok {
		return Wait{For: TableLock, Step: s.graph.Nodes[after].Step, Table: table}
	}
	return Wait{For: FreeConnection}
}

// conflict finds the table that two nodes cannot both have.
func (s *rehearsal) conflict(n, other int32) (table string, ok bool) {
	tables := s.graph.Tables
	holder := &s.graph.Nodes[other]
	for _, a := range s.graph.Nodes[n].Locks {
		for _, b := range holder.Locks {
			claimed := s.claims[other] && b.Resource == holder.Table && a.Mode == plan.Share
			if a.Resource == b.Resource && (claimed || a.Mode.Conflicts(b.Mode)) {
				return tables[int(a.Resource)%len(tables)], true
			}
		}
	}
	return "", false
}

// join has an idle connection help with the COPY that has most room.
func (s *rehearsal) join() bool {
	var best *rehearsedJob
	for _, j := range s.jobs {
		if j.room > 0 && (best == nil || j.room > best.room) {
			best = j
		}
	}
	if best == nil {
		return false
	}
	best.room--
	best.connections = append(best.connections, s.idle[len(s.idle)-1])
	s.idle = s.idle[:len(s.idle)-1]
	return true
}

// endNext goes on to the time when the next batch ends, and ends it.
func (s *rehearsal) endNext() {
	next := 0
	for n, j := range s.jobs {
		if j.needs() < s.jobs[next].needs() {
			next = n
		}
	}
	j := s.jobs[next]
	passed := j.needs()
	s.now += passed
	for _, other := range s.jobs {
		other.left -= min(other.left, passed*int64(len(other.connections)))
	}
	s.jobs = slices.Delete(s.jobs, next, next+1)
	s.finish[j.batch[len(j.batch)-1]] = s.now
	for _, n := range j.batch {
		s.e.made(s.graph.Nodes[n].Step)
	}
	s.finished(j.connections[0], j.batch, nil)
	s.idle = append(s.idle, j.connections...)
	slices.SortFunc(s.idle, func(a, b int) int { return b - a }) // the first goes first
}

// needs is the time that the job still takes, as things are.
func (j *rehearsedJob) needs() int64 {
	connections := int64(len(j.connections))
	return (j.left + connections - 1) / connections
}
