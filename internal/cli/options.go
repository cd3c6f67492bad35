package cli

// group is a part of the help text.
type group uint8

const (
	groupGeneral group = iota
	groupSelect
	groupHow
	groupConnection
	groupWatch
)

var groupTitles = []string{
	groupGeneral:    "General options",
	groupSelect:     "What to restore",
	groupHow:        "How to restore it",
	groupConnection: "Connection",
	groupWatch:      "Seeing it work",
}

// option is one row of the table that the parser and the help text are made
// from.
type option struct {
	name  string // long name
	short byte   // 0: none
	arg   string // what its value is called; "": it takes none
	alias string // the option that this is another name of
	own   bool   // pg_restore has no such option
	both  bool   // an own one that the drop-in has, too
	group group
	help  string
	more  []string // paragraphs that the man page adds to help

	// What shells complete.
	values []string // what its value may be, or the ones worth a name
	list   bool     // several of values may be given, with commas between
	file   bool     // its value names a file
	server string   // its value is of this column of this catalog: psql is asked, if there is one
	many   bool     // it may be given again and adds to what was given

	// set records the option. It is nil for --help and --version, which are
	// options only as the first argument.
	set func(g *given, value string) error
}

// Columns and catalogs of a server that have names for options.
const (
	databaseNames = "datname pg_database"
	roleNames     = "rolname pg_roles"
)

// meaning is equal for two names of one option.
func (o *option) meaning() string {
	if o.alias != "" {
		return o.alias
	}
	return o.name
}

// available says whether the program has the option under its present name.
func (o *option) available(dropIn bool) bool {
	return !o.own || o.both || !dropIn
}

// optionNamed gives the row of that name, for commands that have it, too.
func optionNamed(name string) option {
	for _, o := range options {
		if o.name == name {
			return o
		}
	}
	panic("there is no option --" + name)
}

// options are in pg_restore's order, which shows in its message on an
// ambiguous abbreviation. The program's own ones follow.
var options = []option{
	{name: "clean", short: 'c', group: groupHow,
		help: "drop each object before making it anew", set: fact(func(g *given) *bool { return &g.clean })},
	{name: "create", short: 'C', group: groupHow,
		help: "make the database itself, then restore into it", set: fact(func(g *given) *bool { return &g.create })},
	{name: "data-only", short: 'a', group: groupSelect,
		help: "restore data, no definitions", set: fact(func(g *given) *bool { return &g.dataOnly })},
	{name: "dbname", short: 'd', arg: "NAME", group: groupGeneral, server: databaseNames,
		help: "restore into this database; NAME may be a connection string", set: last(func(g *given) *text { return &g.dbname })},
	{name: "exit-on-error", short: 'e', group: groupHow,
		help: "stop at the first error instead of counting it and going on", set: fact(func(g *given) *bool { return &g.exitOnError })},
	{name: "exclude-schema", many: true, short: 'N', arg: "NAME", group: groupSelect,
		help: "leave out what is in this schema", set: each(func(g *given) *[]string { return &g.excludeSchemas })},
	{name: "file", file: true, short: 'f', arg: "FILENAME", group: groupGeneral,
		help: "write a script to this file (- is standard output)", set: last(func(g *given) *text { return &g.output })},
	{name: "format", values: []string{"c", "d", "t"}, short: 'F', arg: "c|d|t", group: groupGeneral,
		help: "the archive is custom, directory or tar; found out if not given", set: nonempty(func(g *given) *string { return &g.format })},
	{name: "function", many: true, short: 'P', arg: "NAME(args)", group: groupSelect,
		help: "restore this function", set: each(func(g *given) *[]string { return &g.functions })},
	{name: "host", short: 'h', arg: "HOSTNAME", group: groupConnection,
		help: "the server's host, or the folder of its socket", set: nonempty(func(g *given) *string { return &g.host })},
	{name: "index", many: true, short: 'I', arg: "NAME", group: groupSelect,
		help: "restore this index", set: each(func(g *given) *[]string { return &g.indexes })},
	{name: "jobs", values: []string{"auto"}, short: 'j', arg: "NUM", group: groupHow,
		help: "work on this many connections at once; auto: by the server's cores and the work", set: setJobs},
	{name: "list", short: 'l', group: groupGeneral,
		help: "print the archive's table of contents", set: fact(func(g *given) *bool { return &g.list })},
	{name: "no-privileges", short: 'x', group: groupSelect,
		help: "leave out grants and revokes", set: fact(func(g *given) *bool { return &g.noPrivileges })},
	{name: "no-acl", alias: "no-privileges", set: fact(func(g *given) *bool { return &g.noPrivileges })},
	{name: "no-owner", short: 'O', group: groupHow,
		help: "let the restoring user own everything", set: fact(func(g *given) *bool { return &g.noOwner })},
	{name: "no-reconnect", short: 'R', group: groupConnection,
		help: "accepted for old scripts, has no effect", set: ignored},
	{name: "port", short: 'p', arg: "PORT", group: groupConnection,
		help: "the server's port", set: nonempty(func(g *given) *string { return &g.port })},
	{name: "no-password", short: 'w', group: groupConnection,
		help: "never ask for a password", set: setNoPassword},
	{name: "password", short: 'W', group: groupConnection,
		help: "ask for a password before connecting", set: setPassword},
	{name: "schema", many: true, short: 'n', arg: "NAME", group: groupSelect,
		help: "restore what is in this schema", set: each(func(g *given) *[]string { return &g.schemas })},
	{name: "schema-only", short: 's', group: groupSelect,
		help: "restore definitions, no data", set: fact(func(g *given) *bool { return &g.schemaOnly })},
	{name: "superuser", short: 'S', arg: "NAME", group: groupHow, server: roleNames,
		help: "become this superuser to disable triggers", set: nonempty(func(g *given) *string { return &g.superuser })},
	{name: "table", many: true, short: 't', arg: "NAME", group: groupSelect,
		help: "restore this table, view, sequence or foreign table", set: each(func(g *given) *[]string { return &g.tables })},
	{name: "trigger", many: true, short: 'T', arg: "NAME", group: groupSelect,
		help: "restore this trigger", set: each(func(g *given) *[]string { return &g.triggers })},
	{name: "use-list", file: true, short: 'L', arg: "FILENAME", group: groupSelect,
		help: "restore the entries that this file lists, in its order; -l prints such a list", set: last(func(g *given) *text { return &g.useList })},
	{name: "username", short: 'U', arg: "NAME", group: groupConnection, server: roleNames,
		help: "connect as this user", set: last(func(g *given) *text { return &g.username })},
	{name: "verbose", many: true, short: 'v', group: groupGeneral,
		help: "say what is being done", set: setVerbose},
	{name: "single-transaction", short: '1', group: groupHow,
		help: "restore in one transaction, all or nothing", set: setSingleTransaction},

	{name: "disable-triggers", group: groupHow,
		help: "keep triggers from firing while only data is restored", set: fact(func(g *given) *bool { return &g.disableTriggers })},
	{name: "enable-row-security", group: groupHow,
		help: "restore only rows that row security lets the user write", set: fact(func(g *given) *bool { return &g.enableRowSecurity })},
	{name: "if-exists", group: groupHow,
		help: "with --clean: do not mind if an object to drop is missing", set: fact(func(g *given) *bool { return &g.ifExists })},
	{name: "no-data-for-failed-tables", group: groupSelect,
		help: "leave out the data of tables that could not be made", set: fact(func(g *given) *bool { return &g.noDataForFailedTables })},
	{name: "no-table-access-method", group: groupHow,
		help: "give tables the default access method", set: fact(func(g *given) *bool { return &g.noTableAccessMethod })},
	{name: "no-tablespaces", group: groupHow,
		help: "put everything in the default tablespace", set: fact(func(g *given) *bool { return &g.noTablespaces })},
	{name: "role", arg: "ROLENAME", group: groupConnection, server: roleNames,
		help: "SET ROLE to this role once connected", set: last(func(g *given) *text { return &g.role })},
	{name: "section", values: []string{"pre-data", "data", "post-data"}, many: true, arg: "SECTION", group: groupSelect,
		help: "restore this part: pre-data, data or post-data", set: setSection},
	{name: "strict-names", group: groupSelect,
		help: "fail if a name given with -n, -t, -I, -P or -T is not in the archive", set: fact(func(g *given) *bool { return &g.strictNames })},
	{name: "transaction-size", arg: "N", group: groupHow,
		help: "commit after every N objects", set: setTransactionSize},
	{name: "use-set-session-authorization", group: groupHow,
		help: "set owners by SET SESSION AUTHORIZATION, not ALTER ... OWNER", set: fact(func(g *given) *bool { return &g.useSetSessionAuthorization })},
	{name: "no-comments", group: groupSelect,
		help: "leave out comments", set: fact(func(g *given) *bool { return &g.noComments })},
	{name: "no-data", group: groupSelect,
		help: "leave out data", set: fact(func(g *given) *bool { return &g.noData })},
	{name: "no-policies", group: groupSelect,
		help: "leave out row security policies", set: fact(func(g *given) *bool { return &g.noPolicies })},
	{name: "no-publications", group: groupSelect,
		help: "leave out publications", set: fact(func(g *given) *bool { return &g.noPublications })},
	{name: "no-schema", group: groupSelect,
		help: "leave out definitions", set: fact(func(g *given) *bool { return &g.noSchema })},
	{name: "no-security-labels", group: groupSelect,
		help: "leave out security labels", set: fact(func(g *given) *bool { return &g.noSecurityLabels })},
	{name: "no-subscriptions", group: groupSelect,
		help: "leave out subscriptions", set: fact(func(g *given) *bool { return &g.noSubscriptions })},
	{name: "no-statistics", group: groupSelect,
		help: "leave out planner statistics", set: fact(func(g *given) *bool { return &g.noStatistics })},
	{name: "statistics", group: groupSelect,
		help: "restore planner statistics, too", set: fact(func(g *given) *bool { return &g.statistics })},
	{name: "statistics-only", group: groupSelect,
		help: "restore planner statistics and nothing else", set: fact(func(g *given) *bool { return &g.statisticsOnly })},
	{name: "filter", file: true, many: true, arg: "FILENAME", group: groupSelect,
		help: "restore what this file includes, leave out what it excludes (- is standard input)", set: setFilter},
	{name: "restrict-key", arg: "RESTRICT_KEY", group: groupHow,
		help: "key of the script's \\restrict lines; random if not given", set: last(func(g *given) *text { return &g.restrictKey })},

	{name: "set", many: true, own: true, arg: "NAME=VALUE", group: groupHow,
		help: "set this server parameter on each connection, over the program's own choice", set: setServerParameter},
	{name: "copy-freeze", own: true, group: groupHow,
		help: "load tables that this restore makes with COPY FREEZE", set: fact(func(g *given) *bool { return &g.own.copyFreeze })},
	{name: "dry-run", own: true, group: groupGeneral,
		help: "print what would be done, in which order and how, and do nothing", set: fact(func(g *given) *bool { return &g.own.dryRun }),
		more: []string{
			"With -d the server is asked what decides about the plan; without, it is said what is assumed. -v tells small steps apart.",
		}},
	{name: "progress", values: progressModes(), own: true, both: true, arg: "MODE", group: groupWatch,
		help: "show how far the restore is: auto, bar, plain, json or none", set: setProgress,
		more: []string{
			"bar is a display at the bottom of the terminal, plain a line every ten seconds, json a JSON object in a line every " +
				"second. auto, the default, is bar on a terminal and plain elsewhere; under the name pg_restore the default is none. " +
				"All of it goes to standard error. SIGUSR1 prints how far the restore is at once, and what each connection does.",
		}},
	{name: "events", file: true, own: true, arg: "FILENAME", group: groupWatch,
		help: "write all that happens to this file, as JSON lines", set: last(func(g *given) *text { return &g.own.events }),
		more: []string{
			"- is standard output. If the file cannot be opened, nothing is restored; if it cannot be written later, a warning is given, " +
				"and the restore goes on. The same holds for other files that tell of the restore.",
		}},
	{name: "report", file: true, own: true, arg: "FILENAME", group: groupWatch,
		help: "write a report of the restore to this file, as a page for browsers", set: last(func(g *given) *text { return &g.own.report }),
		more: []string{
			"The page needs no network. It has the verdict, a timeline of every connection, what was slow, and the errors.",
		}},
	{name: "report-json", file: true, own: true, arg: "FILENAME", group: groupWatch,
		help: "write a report of the restore to this file, for programs", set: last(func(g *given) *text { return &g.own.reportJSON })},
	{name: "trace", file: true, own: true, arg: "FILENAME", group: groupWatch,
		help: "write a timeline of the restore to this file, as a Chrome trace", set: last(func(g *given) *text { return &g.own.trace }),
		more: []string{
			"Perfetto and chrome://tracing show such files.",
		}},
	{name: "ignore-errors", many: true, values: errorClasses(), list: true, own: true, arg: "CLASS,...", group: groupWatch,
		help: "errors of these classes do not count", set: setIgnoreErrors,
		more: []string{
			"The classes are listed below, and stand in the summary behind each cause. Such errors are still reported and counted, but " +
				"change neither verdict nor exit status, unless one ends the restore.",
		}},
	{name: "exit-code", values: exitCodes, own: true, arg: "strict|verdict", group: groupWatch,
		help: "exit status: strict is 1 for any error; verdict is 3 if all errors are harmless", set: setExitCode,
		more: []string{
			"An error that ends the restore, such as the first one with -e, gives 1 in both.",
		}},

	{name: "version", short: 'V', group: groupGeneral, help: "print the version; must be the first argument"},
	{name: "help", short: '?', group: groupGeneral, help: "print this; must be the first argument"},
}
