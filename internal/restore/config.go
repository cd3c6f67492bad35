package restore

import (
	"pgrestore/internal/connect"
	"pgrestore/internal/engine"
	"pgrestore/internal/script"
	"pgrestore/internal/selection"
	"pgrestore/toc"
)

// Setting is a server parameter and its value.
type Setting = engine.Setting

// Config is a whole run as the command line describes it, resolved and free
// of conflicts.
type Config struct {
	Input  string     // archive file or folder; "" is standard input
	Format toc.Format // FormatUnknown: find out

	List    bool   // -l: print the table of contents and stop
	UseList string // -L: file of entries to restore, in its order; "" means none
	Output  string // -f: script file, "-" for standard output; "" with a server or for -l on standard output

	ToServer   bool // -d was given
	Connection connect.Params

	Selection selection.Options
	Script    script.Options

	Jobs                  int  // -j; 0 means 1
	AutoJobs              bool // -j auto: Jobs is chosen for the machines and the archive
	ExitOnError           bool
	NoDataForFailedTables bool

	// Settings are set on each connection, after the program's own.
	Settings []Setting

	// DryRun asks for the plan of the restore on standard output instead of the
	// restore. ToServer may be false then, and List is, and Output is "".
	DryRun bool

	// CopyFreeze asks for COPY ... FREEZE where it is legal: for tables that
	// this restore makes, in one transaction with that. Only with ToServer.
	CopyFreeze bool

	// Watched says that somebody reads more of the run's events than its
	// messages. Without it the run need not emit any others, and must not do
	// anything for their sake, such as asking the server how far it is.
	Watched bool
	Program string   // name and version, for event.Run
	Options []string // as on a command line, with secrets left out, for event.Run; without -j

	// DropIn asks for pg_restore's limits too: where it refuses an archive
	// that this program could restore, so does this program.
	DropIn bool
}
