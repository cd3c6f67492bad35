// Package verdict says at the end of a restore whether the database can be
// used: what was restored, how long it took, and the errors grouped by their
// cause, each marked harmless or harmful with the reason and with a hint.
//
// A [Reader] watches the events, live or from a file, and gives a [Verdict].
// [Text] prints it for people; as JSON it is the file of --report-json, which
// docs/VERDICT.md describes. The package decides nothing about the restore and
// asks no server: all it knows is in the events.
//
//	reader := verdict.NewReader(verdict.Options{})
//	stream := event.NewStream(time.Now, reader)
//	... the restore ...
//	v := reader.Verdict()
//	os.Stderr.WriteString(verdict.Text(v, verdict.TextOptions{Program: "pgrestore"}))
//	os.Exit(v.ExitStatus(verdict.ByVerdict))
package verdict

import "pgrestore/event"

// SchemaVersion is the version of the JSON form. It grows when a reader of an
// older version would misread it; new fields, classes and judgements do not
// make it grow.
const SchemaVersion = 1

// Verdict is what a restore came to. Lists are never nil in JSON.
type Verdict struct {
	Schema    int       `json:"schema"` // SchemaVersion
	Judgement Judgement `json:"judgement"`
	// Summary is the judgement in one sentence, without a full stop.
	Summary string `json:"summary"`
	// Run says what was restored by what; Target is where it went.
	Run    event.Run `json:"run"`
	Target Target    `json:"target"`
	// Outcome is how the restore ended; "" where the events end before it did.
	Outcome event.Outcome `json:"outcome"`
	// StoppedAt is the error at which it was stopped, null for other outcomes.
	StoppedAt *Example `json:"stopped_at"`
	// RolledBack: it ended early and was one transaction, so that nothing of
	// it is in the database.
	RolledBack bool `json:"rolled_back"`
	// MayBeLost: the connection was lost for good while commits did not wait
	// for the disk, so that what was restored last is lost if the server
	// crashed.
	MayBeLost bool    `json:"may_be_lost"`
	Seconds   float64 `json:"seconds"` // all of it took

	Steps   int `json:"steps"`   // planned
	Done    int `json:"done"`    // that succeeded
	Failed  int `json:"failed"`  // for good
	Skipped int `json:"skipped"` // left out
	Retries int `json:"retries"` // failures that passed when tried again

	// Objects is how many there are now, flawed ones included. Data, comments,
	// privileges and the like are none.
	Objects int   `json:"objects"`
	Rows    int64 `json:"rows"`  // loaded by COPY
	Bytes   int64 `json:"bytes"` // of data, uncompressed

	Kinds   []Kind        `json:"kinds"`   // by name
	Stages  []Stage       `json:"stages"`  // in the order in which they began
	Classes []ClassOfWork `json:"classes"` // in the order of package event

	Errors Errors `json:"errors"`
	// Causes are the harmful ones first, then those with most errors.
	Causes []Cause `json:"causes"`
	// LeftOut are the entries that were skipped as a whole, by reason.
	LeftOut []LeftOut `json:"left_out"`
}

// Judgement is the verdict in a word.
type Judgement string

// The judgements.
const (
	// Clean: no errors but those of ignored classes.
	Clean Judgement = "clean"
	// Reservations: harmless errors. The data and what queries need is there.
	Reservations Judgement = "reservations"
	// Incomplete: harmful errors. Something that queries or their results
	// depend on is missing or different, or may be.
	Incomplete Judgement = "incomplete"
	// Unfinished: the restore did not come to its end.
	Unfinished Judgement = "unfinished"
)

// Target is the server and the database that were restored into, "" where
// there was no connection. Connections is how many there were.
type Target struct {
	Database    string `json:"database"`
	Server      string `json:"server"` // its version
	Connections int    `json:"connections"`
}

// Kind counts the entries of a kind, such as TABLE DATA.
type Kind struct {
	Kind     string `json:"kind"`
	Restored int    `json:"restored"` // without an error
	Flawed   int    `json:"flawed"`   // there, but with an error, such as that their owner is another
	Failed   int    `json:"failed"`   // not there, or not the archive's
}

// Stage is how long a stage of the restore took, by the clock.
type Stage struct {
	Name    string  `json:"name"`
	Start   float64 `json:"start"` // seconds since the run began
	Seconds float64 `json:"seconds"`
}

// ClassOfWork is what the steps of one of package event's classes came to.
type ClassOfWork struct {
	Class  event.Class `json:"class"`
	Done   int         `json:"done"` // steps
	Failed int         `json:"failed"`
	// Seconds is the time that connections spent on it, added up: four
	// connections can spend four seconds in one.
	Seconds float64 `json:"seconds"`
	Rows    int64   `json:"rows"`
	Bytes   int64   `json:"bytes"`
}

// Errors counts errors; each is in exactly one of the last three. The errors of
// a harmful cause and its consequences are all harmful.
type Errors struct {
	Total    int `json:"total"`
	Harmful  int `json:"harmful"`
	Harmless int `json:"harmless"`
	Ignored  int `json:"ignored"`
}

// Harm says whether an error matters to who uses the database.
type Harm string

// Harmless: the data and what queries need is all there. In doubt an error is
// harmful.
const (
	Harmless Harm = "harmless"
	Harmful  Harm = "harmful"
)

// Cause is a group of errors with the same cause.
type Cause struct {
	Class Class `json:"class"`
	// Harm is that of its own errors; it is Harmful if one of the consequences
	// is.
	Harm Harm `json:"harm"`
	// Ignored: its own errors do not count, because its class is ignored.
	Ignored bool `json:"ignored"`
	// Title is the cause in one line, without a full stop: role "app" does
	// not exist.
	Title string `json:"title"`
	// Reason is why it is harmless or harmful, a sentence without a full stop.
	Reason string `json:"reason"`
	Hint   string `json:"hint"` // "" for none
	Count  int    `json:"count"`
	// SQLStates in the order in which they came, at most some; none for errors
	// that are not the server's.
	SQLStates []string `json:"sqlstates"`
	First     Example  `json:"first"`
	// Subjects are the roles, extensions, settings ... that it is about, and
	// MoreSubjects about how many are not named here.
	Subjects     []Subject `json:"subjects"`
	MoreSubjects int       `json:"more_subjects"`
	// Objects are the entries with errors of this cause, as they failed.
	Objects     []Object `json:"objects"`
	MoreObjects int      `json:"more_objects"`
	// Consequences are errors that came only because entries of this cause
	// had failed.
	Consequences Consequences `json:"consequences"`
	// Stale are materialized views that were refreshed all the same, from tables
	// whose data was not loaded because of it.
	Stale     []Object `json:"stale,omitempty"`
	MoreStale int      `json:"more_stale,omitempty"`
}

// Subject is something that a cause is about.
type Subject struct {
	Name  string `json:"name"`
	Count int    `json:"count"` // of errors
}

// Object is an entry of the archive, ID 0 for none.
type Object struct {
	ID     int    `json:"id"`
	Kind   string `json:"kind"` // as in the archive
	Schema string `json:"schema"`
	Name   string `json:"name"`
	// Because names the entry that it needs and that failed, such as "table
	// public.a"; "" for those that failed by themselves.
	Because string `json:"because,omitempty"`
}

// Example is one error.
type Example struct {
	Object
	Seconds   float64 `json:"seconds"` // since the run began
	SQLState  string  `json:"sqlstate"`
	Severity  string  `json:"severity"`
	Message   string  `json:"message"` // what the server said, in its language
	Detail    string  `json:"detail"`
	Hint      string  `json:"hint"`
	Context   string  `json:"context"`
	Statement string  `json:"statement"` // the beginning of it
	Text      string  `json:"text"`      // as it was printed
}

// Consequences are the errors that a cause led to.
type Consequences struct {
	Count   int `json:"count"`
	Harmful int `json:"harmful"` // of them, and not ignored
	Ignored int `json:"ignored"` // of them
	// Objects are the entries with these errors, other than comments,
	// privileges and the like.
	Objects []Object `json:"objects"`
	More    int      `json:"more"` // objects that are not named here
}

// LeftOut is why steps were skipped.
type LeftOut struct {
	Reason  string   `json:"reason"`
	Count   int      `json:"count"`
	Objects []Object `json:"objects"` // the first of them
}

// What a Verdict names at most of each; the rest is counted.
const (
	MaxCauses    = 200 // then those of a class share one
	MaxSubjects  = 50  // of a cause
	MaxObjects   = 20  // of a cause, and again of its consequences
	MaxSQLStates = 10  // of a cause
	MaxLeftOut   = 20  // reasons
)
