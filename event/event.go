// Package event says what happens during a restore, as values that any number
// of readers may watch: the lines on standard error, a progress display, a log
// in a file, a report.
//
// Whoever does the work emits events to a [Sink] and draws nothing; readers
// know nothing of the work. A [Stream] stands between the two and notes when
// each event happened. docs/EVENTS.md describes the form in files.
//
//	stream := event.NewStream(time.Now, display, writer)
//	stream.Emit(event.Message{Level: event.Info, Text: "hello"})
package event

// SchemaVersion is the version of the JSON form. It grows when a reader of an
// older version would misread a file; new fields and new types of events do not
// make it grow.
const SchemaVersion = 1

// Event is one of the types of this package whose names stand in [Type].
type Event interface {
	// Type is the value of "type" in the JSON form.
	Type() Type
	appendFields(o *object)
}

// Sink receives events in order. It must be safe for concurrent use and must
// not block for long: the restore waits for it.
type Sink interface {
	Emit(Event)
}

// Type names a type of event in files.
type Type string

// The types, in the order in which they first occur in a restore.
const (
	TypeRun          Type = "run"
	TypeMessage      Type = "message"
	TypeSetting      Type = "setting"
	TypeConnected    Type = "connected"
	TypeDisconnected Type = "disconnected"
	TypePlan         Type = "plan"
	TypeStage        Type = "stage"
	TypeStepStarted  Type = "step_started"
	TypeStepFinished Type = "step_finished"
	TypeStepFailed   Type = "step_failed"
	TypeStepSkipped  Type = "step_skipped"
	TypeStepRetried  Type = "step_retried"
	TypeLaneStarted  Type = "lane_started"
	TypeLaneFinished Type = "lane_finished"
	TypeError        Type = "error"
	TypeSample       Type = "sample"
	TypeRoles        Type = "roles"
	TypeEnd          Type = "end"
)

// Run is the first event: what is restored by what.
type Run struct {
	Schema         int      `json:"schema"`  // SchemaVersion
	Program        string   `json:"program"` // its name and version
	Started        string   `json:"started"` // RFC 3339
	Archive        string   `json:"archive"` // file or folder; "" is standard input
	Format         string   `json:"format"`  // custom, directory or tar
	ArchiveVersion string   `json:"archive_version"`
	Database       string   `json:"database"` // that was dumped
	Created        string   `json:"created"`  // of the archive, in its own time zone; "" if not recorded
	ServerVersion  string   `json:"server_version"`
	DumpVersion    string   `json:"dump_version"`
	Compression    string   `json:"compression"`
	Entries        int      `json:"entries"` // in the table of contents
	Jobs           int      `json:"jobs"`    // connections asked for
	Options        []string `json:"options"` // other than jobs, as on a command line, secrets left out
}

// Level is how much a message matters, as in PostgreSQL's frontend programs
// (common/logging.h).
type Level uint8

// The levels. Detail and Hint belong to the Error or Warning before them.
const (
	Debug Level = iota
	Info
	Warning
	Error
	Detail
	Hint
)

// Message is a line for people. Text may hold several lines; a single newline
// at its end does not count.
type Message struct {
	Level Level  `json:"level"`
	Text  string `json:"text"`
}

// Setting is a server parameter or a choice of the program's for this run.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

// Connected says that a connection is open. Connections are numbered from 0;
// a number is used again when a connection takes the place of a lost one.
type Connected struct {
	Connection int    `json:"connection"`
	PID        uint32 `json:"pid"`      // of the server process
	Database   string `json:"database"` // "" where it is not known
	Server     string `json:"server"`   // its version
}

// Disconnected says that a connection is gone. Reason is "" where it was
// closed because its work was done.
type Disconnected struct {
	Connection int    `json:"connection"`
	Reason     string `json:"reason,omitempty"`
}

// Class groups steps whose work takes its time from the same things.
type Class string

// The classes.
const (
	Object     Class = "object" // statements that take little time: definitions, comments
	Data       Class = "data"   // rows of tables
	LargeObj   Class = "large object"
	Index      Class = "index"
	Constraint Class = "constraint" // PRIMARY KEY, UNIQUE and others but foreign keys
	ForeignKey Class = "foreign key"
	Refresh    Class = "refresh" // of a materialized view
	Privilege  Class = "privilege"
	Statistics Class = "statistics"
)

// Plan is what is to be done.
type Plan struct {
	Steps int `json:"steps"`
	// Stored is the bytes of data in the archive that will be read, 0 where
	// that is not known.
	Stored int64 `json:"stored"`
	// Weight is the estimated work of all steps, in stored bytes of table data
	// or what takes about as long.
	Weight  int64        `json:"weight"`
	Classes []ClassTotal `json:"classes"`
}

// ClassTotal is what the steps of a class come to.
type ClassTotal struct {
	Class  Class `json:"class"`
	Steps  int   `json:"steps"`
	Weight int64 `json:"weight"`
}

// Stage says that a stage of the restore has begun: "start", "drop", "first",
// "objects", "main", "grants", "last", "again", "end", or, with one
// connection, "restore".
type Stage struct {
	Name string `json:"name"`
}

// StepID identifies a step: the entry's dump ID and, where an entry is restored
// in several steps, which part of it. The same archive and options give the
// same IDs.
type StepID struct {
	ID   int    `json:"id"`
	Part string `json:"part,omitempty"` // "" (all of it), "index", "constraint", "key" or "check"
}

// IsFirstPart reports whether another part of the entry comes after the step.
// Where steps are counted, as in [Plan], it does not count: each entry does once.
func (id StepID) IsFirstPart() bool { return id.Part == "index" || id.Part == "key" }

// StepStarted says that a step has begun on a connection: the server has
// finished what was sent there before it.
type StepStarted struct {
	StepID
	Connection int    `json:"connection"`
	Kind       string `json:"kind"`   // as in the archive: TABLE DATA, INDEX ...
	Schema     string `json:"schema"` // "" for none
	Name       string `json:"name"`   // the entry's tag
	Table      string `json:"table"`  // schema.name of the table that it is about, "" for none
	Class      Class  `json:"class"`
	Weight     int64  `json:"weight"` // estimated work, as in Plan
	Stored     int64  `json:"stored"` // bytes of its data in the archive, 0 for none or not known
	Lanes      int    `json:"lanes"`  // how many connections may load its data; 0 for other steps
	Ahead      bool   `json:"ahead"`  // it was sent before the reply to what comes before it on its connection
	// After is the step that this one had to wait for last, for what it needs
	// or for a lock; its ID is 0 if it waited for none.
	After StepID `json:"after"`
	// Reads are the dump IDs of the tables whose rows a Refresh reads, as far as
	// the archive tells; none for other steps.
	Reads []int `json:"reads,omitempty"`
}

// StepFinished says that a step is done.
type StepFinished struct {
	StepID
	Connection int   `json:"connection"`
	Rows       int64 `json:"rows"`  // loaded by COPY, on all connections
	Bytes      int64 `json:"bytes"` // of data, uncompressed
}

// StepFailed says that statements of a step failed and that it will not be
// tried again. What the server said stands in [Failure] events.
type StepFailed struct {
	StepID
	Connection int   `json:"connection"`
	Errors     int   `json:"errors"`
	Rows       int64 `json:"rows"`  // loaded by COPY all the same
	Bytes      int64 `json:"bytes"` // of that data, uncompressed
}

// StepSkipped says that a step of the plan is left out.
type StepSkipped struct {
	StepID
	Kind   string `json:"kind"`
	Schema string `json:"schema"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// StepRetried says that a step has failed in a way that may pass, and will be
// started again.
type StepRetried struct {
	StepID
	Connection int    `json:"connection"`
	Attempt    int    `json:"attempt"` // that failed, from 1
	SQLState   string `json:"sqlstate"`
	Reason     string `json:"reason"`
}

// LaneStarted says that another connection helps to load a step's data.
type LaneStarted struct {
	StepID
	Connection int `json:"connection"`
}

// LaneFinished says that a connection has done its share of a step's data. What
// it has loaded is part of what the step's StepFinished tells.
type LaneFinished struct {
	StepID
	Connection int   `json:"connection"`
	Rows       int64 `json:"rows"`
	Bytes      int64 `json:"bytes"`
}

// Failure is an error that counts: a statement that failed, and was passed over
// or ended the restore.
type Failure struct {
	StepID        // ID 0: of no entry
	Kind   string `json:"kind"`
	Schema string `json:"schema"`
	Name   string `json:"name"`
	Owner  string `json:"owner"`
	Cause  Cause  `json:"cause,omitempty"`
	// What the server said; all but Message are "" for other errors.
	SQLState   string `json:"sqlstate"`
	Severity   string `json:"severity"`
	Message    string `json:"message"`
	Detail     string `json:"detail"`
	Hint       string `json:"hint"`
	Context    string `json:"context"`
	OfSchema   string `json:"of_schema"` // objects that the server names
	OfTable    string `json:"of_table"`
	OfColumn   string `json:"of_column"`
	OfType     string `json:"of_type"`
	Constraint string `json:"constraint"`

	Statement string `json:"statement"` // that failed, at most StatementLimit bytes of it
	Text      string `json:"text"`      // the message as it is printed, without its place
	Fatal     bool   `json:"fatal"`     // the restore ended here
	// Needs are the dump IDs of what the entry depends on.
	Needs []int `json:"needs"`
}

// Cause is what an error comes from that is no server's answer to a statement;
// such an answer has an SQLSTATE and no Cause.
type Cause string

// The causes. In older files, errors may have neither Cause nor SQLSTATE.
const (
	Connection Cause = "connection" // it was lost, or could not be made
	Restart    Cause = "restart"    // the server was restarted
	Archive    Cause = "archive"    // it cannot be read
	OtherCause Cause = "other"
)

// StatementLimit is how much of a statement a [Failure] keeps, in bytes.
const StatementLimit = 4000

// Sample is how far the restore is. There is one every second or so, and more
// often if a reader asks for it.
type Sample struct {
	Stored int64 `json:"stored"` // bytes of data read from the archive so far
	Bytes  int64 `json:"bytes"`  // the same, uncompressed
	Rows   int64 `json:"rows"`   // loaded by COPYs that are finished
	Done   int   `json:"done"`   // steps
	Errors int   `json:"errors"`
	// Activities are what connections do now; one that does nothing is not
	// there.
	Activities []Activity `json:"activities"`
}

// Activity is what a connection does.
type Activity struct {
	StepID           // ID 0 for what is no step, such as dropping objects
	Connection int   `json:"connection"`
	Bytes      int64 `json:"bytes"` // of data of the step so far, uncompressed
	// Fraction is how much of the step is done, from 0 to 1; negative where
	// that is not known.
	Fraction float64 `json:"fraction"`
	// Phase is what the server says that it does, such as "building index:
	// loading tuples in tree" (pg_stat_progress_create_index); "" if nothing.
	Phase string `json:"phase,omitempty"`
	// Waits is what the server process waits for (pg_stat_activity), such as
	// "IO: DataFileRead"; "" for nothing. What comes from this program it waits
	// for only where that is data, WaitsForData.
	Waits string `json:"waits,omitempty"`
	// Blockers are the server processes that have the lock that it waits for, or
	// have waited longer (pg_blocking_pids).
	Blockers []int `json:"blockers,omitempty"`
}

// WaitsForData is what a server process waits for that has to load data which has
// not come: reading the archive, or the network, takes longer than the loading.
const WaitsForData = "Client: ClientRead"

// Roles says which names in privileges that failed are roles of the server: a
// statement that fails for one role tells nothing of the others in it. It comes
// before End, where such statements failed and the server could be asked.
type Roles struct {
	Exist []string `json:"exist"`
}

// Outcome is how a restore ended.
type Outcome string

// The outcomes.
const (
	Complete  Outcome = "complete"  // to its end, with or without errors
	Stopped   Outcome = "stopped"   // at an error, as asked for or because it could not go on
	Cancelled Outcome = "cancelled" // by the user
)

// End is the last event.
type End struct {
	Outcome  Outcome `json:"outcome"`
	Error    string  `json:"error,omitempty"` // what stopped it, where that is not among the failures
	Cause    Cause   `json:"cause,omitempty"` // of Error
	SQLState string  `json:"sqlstate,omitempty"`
	Errors   int     `json:"errors"`
	Done     int     `json:"done"` // steps of the plan that were carried out, with or without errors
	Steps    int     `json:"steps"`
}

// Unknown is an event of a type that this version of the package does not
// know. Only a [Decoder] makes it.
type Unknown struct {
	Name Type
	JSON []byte // the whole line
}

func (Run) Type() Type          { return TypeRun }
func (Message) Type() Type      { return TypeMessage }
func (Setting) Type() Type      { return TypeSetting }
func (Connected) Type() Type    { return TypeConnected }
func (Disconnected) Type() Type { return TypeDisconnected }
func (Plan) Type() Type         { return TypePlan }
func (Stage) Type() Type        { return TypeStage }
func (StepStarted) Type() Type  { return TypeStepStarted }
func (StepFinished) Type() Type { return TypeStepFinished }
func (StepFailed) Type() Type   { return TypeStepFailed }
func (StepSkipped) Type() Type  { return TypeStepSkipped }
func (StepRetried) Type() Type  { return TypeStepRetried }
func (LaneStarted) Type() Type  { return TypeLaneStarted }
func (LaneFinished) Type() Type { return TypeLaneFinished }
func (Failure) Type() Type      { return TypeError }
func (Sample) Type() Type       { return TypeSample }
func (Roles) Type() Type        { return TypeRoles }
func (End) Type() Type          { return TypeEnd }
func (u Unknown) Type() Type    { return u.Name }
