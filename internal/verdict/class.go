package verdict

import (
	"fmt"
	"strings"
)

// Class is what kind of cause an error has. The names are stable: scripts give
// them to --ignore-errors.
type Class string

// The classes; [Classes] describes them.
const (
	MissingRole         Class = "missing-role"
	MissingExtension    Class = "missing-extension"
	MissingLibrary      Class = "missing-library"
	MissingLanguage     Class = "missing-language"
	MissingTablespace   Class = "missing-tablespace"
	MissingAccessMethod Class = "missing-access-method"
	MissingCollation    Class = "missing-collation"
	MissingSchema       Class = "missing-schema"
	MissingTable        Class = "missing-table"
	MissingColumn       Class = "missing-column"
	MissingType         Class = "missing-type"
	MissingFunction     Class = "missing-function"
	MissingKey          Class = "missing-key"
	MissingObject       Class = "missing-object"

	UnknownSetting Class = "unknown-setting"
	Syntax         Class = "syntax"
	NotSupported   Class = "not-supported"

	AlreadyExists Class = "already-exists"
	DropMissing   Class = "drop-missing"
	CannotDrop    Class = "cannot-drop"
	InUse         Class = "in-use"

	DuplicateKey        Class = "duplicate-key"
	ForeignKeyViolation Class = "foreign-key-violation"
	CheckViolation      Class = "check-violation"
	NotNullViolation    Class = "not-null-violation"
	ExclusionViolation  Class = "exclusion-violation"
	InvalidData         Class = "invalid-data"
	Encoding            Class = "encoding"
	RaisedError         Class = "raised-error"
	LargeObject         Class = "large-object"
	Statistics          Class = "statistics"

	NotOwnerOfExtension    Class = "not-owner-of-extension"
	PermissionComment      Class = "permission-comment"
	PermissionExtension    Class = "permission-extension"
	PermissionEventTrigger Class = "permission-event-trigger"
	PermissionPublication  Class = "permission-publication"
	PermissionSubscription Class = "permission-subscription"
	PermissionLanguage     Class = "permission-language"
	PermissionFunction     Class = "permission-function"
	PermissionForeignData  Class = "permission-foreign-data"
	PermissionSchema       Class = "permission-schema"
	PermissionTrigger      Class = "permission-trigger"
	PermissionOwner        Class = "permission-owner"
	PermissionGrant        Class = "permission-grant"
	PermissionOther        Class = "permission-other"
	SecurityLabel          Class = "security-label"

	OutOfSpace         Class = "out-of-space"
	OutOfMemory        Class = "out-of-memory"
	TooManyConnections Class = "too-many-connections"
	LimitExceeded      Class = "limit-exceeded"
	ReadOnly           Class = "read-only"
	LockTimeout        Class = "lock-timeout"
	Deadlock           Class = "deadlock"
	Cancelled          Class = "cancelled"
	ConnectionLost     Class = "connection-lost"
	ArchiveDamaged     Class = "archive-damaged"
	Other              Class = "other"
)

// Info describes a class.
type Info struct {
	Class Class
	// Meaning is what the errors have in common.
	Meaning string
	// Harmless and Harmful are the reasons for either; where both are given, it
	// depends on what failed. One of them may be "".
	Harmless, Harmful string
	// Hint is what to do, with the subjects in place of %s. Errors with an
	// SQLSTATE or a subject of which more is known have a better one.
	Hint string

	// one, many and none are titles: of one subject, of several, and where the
	// subject is not known.
	one, many, none string
	// apart: each subject is a cause of its own.
	apart bool
}

// Classes describes all classes, in the order of the documentation.
func Classes() []Info { return append([]Info(nil), classes...) }

// ParseClasses reads a list of classes, separated by commas.
func ParseClasses(list string) ([]Class, error) {
	var parsed []Class
	for _, name := range strings.Split(list, ",") {
		c := Class(strings.TrimSpace(name))
		if classNamed(c) == nil {
			return nil, fmt.Errorf("unrecognized class of errors \"%s\"", c)
		}
		parsed = append(parsed, c)
	}
	return parsed, nil
}

// classNamed gives the description of a class, nil for an unknown one.
func classNamed(c Class) *Info {
	for i := range classes {
		if classes[i].Class == c {
			return &classes[i]
		}
	}
	return nil
}

const (
	hintRoles     = "create the missing roles (%s) first"
	hintSuperuser = "restore as a superuser, or leave these entries out with -L"
	hintNoRoles   = ", or use --no-owner and --no-privileges"
	hintSelection = "restore what it needs, too: the archive may hold it, but not the selection"
)

var classes = []Info{
	{
		Class:    MissingRole,
		Meaning:  "a role that owns something or has privileges does not exist on the server",
		Harmless: "objects belong to the role that restored them, and privileges of roles that do not exist were not given",
		Harmful:  "the statement was undone as a whole, and did more than concern that role",
		Hint:     hintRoles + hintNoRoles,
		one:      "role %s does not exist", many: "roles %s do not exist", none: "a role does not exist",
	},
	{
		Class:    MissingExtension,
		Meaning:  "an extension is not installed on the server's machine",
		Harmless: "it is for monitoring or upkeep, and nothing else failed because of it",
		Harmful:  "its types, functions and operators are missing",
		Hint:     "install %s on the server's machine",
		one:      "extension %s is not available", many: "extensions %s are not available", none: "an extension is not available",
		apart: true,
	},
	{
		Class:   MissingLibrary,
		Meaning: "the library of a function in C is not on the server's machine",
		Harmful: "functions are missing",
		Hint:    "install the software that has %s on the server's machine",
		one:     "library %s is not on the server", many: "libraries %s are not on the server", none: "a library is not on the server",
	},
	{
		Class:   MissingLanguage,
		Meaning: "a procedural language does not exist in the database",
		Harmful: "functions are missing",
		Hint:    "install the language's package (such as postgresql-plperl-VERSION) and CREATE EXTENSION %s",
		one:     "language %s does not exist", many: "languages %s do not exist", none: "a procedural language does not exist",
	},
	{
		Class:    MissingTablespace,
		Meaning:  "a tablespace does not exist on the server",
		Harmless: "what was in it is stored in another, most often the default tablespace",
		Harmful:  "what names it in its definition was not made",
		Hint:     "create %s first, or use --no-tablespaces",
		one:      "tablespace %s does not exist", many: "tablespaces %s do not exist", none: "a tablespace does not exist",
	},
	{
		Class:    MissingAccessMethod,
		Meaning:  "a table or index access method does not exist on the server",
		Harmless: "tables are stored with the server's default access method",
		Harmful:  "what names it in its definition was not made",
		Hint:     "install what provides %s, or use --no-table-access-method",
		one:      "access method %s does not exist", many: "access methods %s do not exist", none: "an access method does not exist",
	},
	{
		Class:   MissingCollation,
		Meaning: "the server's machine does not know a locale or a collation",
		Harmful: "what is sorted by it was not made",
		Hint:    "install the locale on the server's machine (locale-gen) and restart the server; for a whole database, create it by hand with another locale and restore without --create",
		one:     "collation or locale %s is not known", many: "collations or locales %s are not known", none: "a collation or locale is not known",
	},
	{
		Class:   MissingSchema,
		Meaning: "a schema does not exist",
		Harmful: "what belongs in it was not made",
		Hint:    "create %s first, or restore it, too: -n and -t leave the schema itself out",
		one:     "schema %s does not exist", many: "schemas %s do not exist", none: "a schema does not exist",
	},
	{
		Class:   MissingTable,
		Meaning: "a table, view, sequence or index does not exist",
		Harmful: "what uses it was not made or not loaded",
		Hint:    hintSelection,
		one:     "relation %s does not exist", many: "relations %s do not exist", none: "a table, view or sequence does not exist",
	},
	{
		Class:   MissingColumn,
		Meaning: "a column does not exist",
		Harmful: "the table is another than the one that was dumped",
		Hint:    "restore into an empty database, or drop the table first (--clean --if-exists)",
		one:     "column %s does not exist", many: "columns %s do not exist", none: "a column does not exist",
	},
	{
		Class:   MissingType,
		Meaning: "a data type does not exist",
		Harmful: "what uses it was not made",
		Hint:    "find out what provides %s: an extension, or a type that was not restored",
		one:     "type %s does not exist", many: "types %s do not exist", none: "a data type does not exist",
	},
	{
		Class:   MissingFunction,
		Meaning: "a function or an operator does not exist",
		Harmful: "what uses it was not made or not loaded",
		Hint:    "find out what provides it: an extension, another search path, or a function that was not restored",
		one:     "function or operator %s does not exist", many: "functions or operators %s do not exist", none: "a function or an operator does not exist",
	},
	{
		Class:   MissingKey,
		Meaning: "a foreign key refers to columns without a primary key or unique constraint",
		Harmful: "nothing keeps rows from referring to what is not there",
		Hint:    hintSelection,
		none:    "the key that a foreign key refers to does not exist",
	},
	{
		Class:   MissingObject,
		Meaning: "some other object does not exist",
		Harmful: "what uses it was not made",
		Hint:    "find out what provides it: an extension, or an object that was not restored",
		none:    "an object does not exist",
	},
	{
		Class:    UnknownSetting,
		Meaning:  "the server does not know a setting, mostly one of a newer version",
		Harmless: "it concerned only the session of the restore, or nothing else",
		Harmful:  "the statement was undone as a whole, or the setting matters to the data",
		Hint:     "nothing needs to be done; a pg_dump of the server's own version does not write such settings",
		one:      "the server does not know setting %s", many: "the server does not know settings %s", none: "the server does not know a setting",
	},
	{
		Class:   Syntax,
		Meaning: "the server does not understand a statement, mostly because the archive is from a newer version",
		Harmful: "what the statement makes is missing",
		Hint:    "restore into a server of the archive's version or later, or make what is missing by hand",
		none:    "the server does not understand the statement",
	},
	{
		Class:   NotSupported,
		Meaning: "the server does not have a feature, or not any more",
		Harmful: "what the statement makes is missing",
		Hint:    "restore into a server of the archive's version or later, or make what is missing by hand",
		none:    "the server does not support it",
	},
	{
		Class:    AlreadyExists,
		Meaning:  "an object of that name is there already",
		Harmless: "a schema, extension, language or database of that name is all that is needed",
		Harmful:  "what was there may differ, and rows may have been added to those that tables had",
		Hint:     "restore into an empty database, or use --clean --if-exists",
		none:     "objects exist already",
	},
	{
		Class:    DropMissing,
		Meaning:  "with --clean, an object that is not there could not be dropped",
		Harmless: "there was nothing to drop",
		Hint:     "add --if-exists",
		none:     "what was to be dropped is not there",
	},
	{
		Class:   CannotDrop,
		Meaning: "with --clean, an object could not be dropped because others need it, or because it belongs to an extension",
		Harmful: "the old object is still there",
		Hint:    "restore into an empty database, or drop by hand what depends on the objects (DROP ... CASCADE)",
		none:    "others depend on what was to be dropped",
	},
	{
		Class:   InUse,
		Meaning: "an object is in use by another session",
		Harmful: "the old object is still there",
		Hint:    "end the other sessions, or restore into another database",
		none:    "objects are in use",
	},
	{
		Class:   DuplicateKey,
		Meaning: "rows are there twice",
		Harmful: "a COPY that fails loads no row of its table, and without its key a table can get rows twice",
		Hint:    "if the tables had rows before, restore into an empty database; if the archive's own rows are duplicates, the source had a damaged index: clean them and make the key by hand",
		none:    "rows violate a unique key",
	},
	{
		Class:   ForeignKeyViolation,
		Meaning: "rows refer to rows that are not there",
		Harmful: "rows were not loaded, or their foreign key is missing",
		Hint:    "load all tables, or use --disable-triggers with --data-only; then add the foreign key again",
		none:    "rows violate a foreign key",
	},
	{
		Class:   CheckViolation,
		Meaning: "rows do not pass a check, or fit no partition",
		Harmful: "a COPY that fails loads no row of its table",
		Hint:    "a check may call functions that behave otherwise here; load the table without it, then add it as NOT VALID",
		none:    "rows violate a check",
	},
	{
		Class:   NotNullViolation,
		Meaning: "rows have no value in a column that needs one",
		Harmful: "a COPY that fails loads no row of its table",
		Hint:    "the table is stricter than the one that was dumped; restore into an empty database",
		none:    "rows lack values that must not be null",
	},
	{
		Class:   ExclusionViolation,
		Meaning: "rows exclude each other",
		Harmful: "rows were not loaded, or their constraint is missing",
		Hint:    "if the tables had rows before, restore into an empty database",
		none:    "rows violate an exclusion constraint",
	},
	{
		Class:   InvalidData,
		Meaning: "values are not valid for their type",
		Harmful: "a COPY that fails loads no row of its table",
		Hint:    "compare the table's definition and the database's encoding with those that were dumped; money needs the same lc_monetary; pgrestore inspect --deep finds damage of the archive",
		none:    "the server does not accept values",
	},
	{
		Class:   Encoding,
		Meaning: "text or names cannot be in the database's encoding",
		Harmful: "what has such text is missing, and a COPY that fails loads no row of its table",
		Hint:    "make the database with an encoding that has the text",
		none:    "text is not valid in the database's encoding",
	},
	{
		Class:   RaisedError,
		Meaning: "code of the database's own (a trigger, a check, a function) raised an error",
		Harmful: "what it ran for was not done",
		Hint:    "look at the function in the error's context; for triggers use --disable-triggers with --data-only",
		none:    "a function of the database raised an error",
	},
	{
		Class:   LargeObject,
		Meaning: "a large object could not be made or written",
		Harmful: "large objects are missing, or those that were there before are not the archive's",
		Hint:    "restore into an empty database, or use --clean --if-exists",
		none:    "large objects could not be restored",
	},
	{
		Class:    Statistics,
		Meaning:  "statistics for the planner could not be restored",
		Harmless: "the server collects them anew",
		Hint:     "run ANALYZE, or vacuumdb --analyze-in-stages, before the database is used",
		none:     "statistics could not be restored",
	},
	{
		Class:    NotOwnerOfExtension,
		Meaning:  "the comment of an extension may be written by its owner only",
		Harmless: "the extension is there and only its comment was not written",
		Hint:     "nothing needs to be done; --no-comments leaves comments out",
		none:     "only its owner may comment on an extension",
	},
	{
		Class:    PermissionComment,
		Meaning:  "the comment of an object may be written by its owner only",
		Harmless: "only a comment was not written",
		Hint:     "nothing needs to be done; --no-comments leaves comments out",
		none:     "only its owner may comment on an object",
	},
	{
		Class:    PermissionExtension,
		Meaning:  "the role may not create an extension",
		Harmless: "it is for monitoring or upkeep, and nothing else failed because of it",
		Harmful:  "its types, functions and operators are missing",
		Hint:     "have a superuser create %s first",
		one:      "no permission to create extension %s", many: "no permission to create extensions %s", none: "no permission to create an extension",
	},
	{
		Class:    PermissionEventTrigger,
		Meaning:  "event triggers are for superusers",
		Harmless: "event triggers act on definitions and logins, not on data and queries",
		Hint:     hintSuperuser,
		none:     "no permission for event triggers",
	},
	{
		Class:    PermissionPublication,
		Meaning:  "the role may not create a publication",
		Harmless: "data and queries do not need it; nothing is published for replication",
		Hint:     "restore as a superuser, or use --no-publications",
		none:     "no permission for publications",
	},
	{
		Class:    PermissionSubscription,
		Meaning:  "the role may not create a subscription",
		Harmless: "data and queries do not need it; nothing is received by replication",
		Hint:     "restore as a superuser, or use --no-subscriptions",
		none:     "no permission for subscriptions",
	},
	{
		Class:    PermissionLanguage,
		Meaning:  "the role may not create or change a procedural language",
		Harmless: "every database has plpgsql",
		Harmful:  "functions in it cannot be made",
		Hint:     "have a superuser create the language first",
		none:     "no permission for procedural languages",
	},
	{
		Class:   PermissionFunction,
		Meaning: "the role may not create functions in an untrusted language, such as C",
		Harmful: "functions are missing",
		Hint:    "restore as a superuser; functions in C mostly belong to an extension, which should be created instead",
		none:    "no permission to create functions",
	},
	{
		Class:   PermissionForeignData,
		Meaning: "the role may not use or create a foreign data wrapper, a server or a user mapping",
		Harmful: "foreign tables cannot be read",
		Hint:    "have a superuser create the foreign data wrapper and grant USAGE on it",
		none:    "no permission for foreign data",
	},
	{
		Class:   PermissionSchema,
		Meaning: "the role may not create objects in a schema, or use what is in it",
		Harmful: "what belongs in it was not made or not loaded",
		Hint:    "restore as a superuser or as the owner of %s, or have one of these GRANT USAGE, CREATE ON SCHEMA %s to the role that restores",
		one:     "no permission for schema %s", many: "no permission for schemas %s", none: "no permission for a schema",
		apart: true,
	},
	{
		Class:   PermissionTrigger,
		Meaning: "only superusers may switch off all triggers of a table",
		Harmful: "the data was loaded with its triggers and foreign keys at work",
		Hint:    "use --disable-triggers as a superuser, or with --superuser",
		none:    "no permission to switch off triggers",
	},
	{
		Class:   PermissionOwner,
		Meaning: "the role may not give objects to another role",
		Harmful: "objects belong to the role that restored them, and the other role may lack its privileges",
		Hint:    "restore as a superuser or a member of %s, or use --no-owner",
		one:     "no permission to make %s an owner", many: "no permission to make %s owners", none: "no permission to change owners",
	},
	{
		Class:   PermissionGrant,
		Meaning: "the role may not grant or revoke privileges of an object",
		Harmful: "roles may lack privileges",
		Hint:    "restore as the owner of the objects or a superuser, or use --no-privileges",
		none:    "no permission to grant privileges",
	},
	{
		Class:   PermissionOther,
		Meaning: "the role may not do something else",
		Harmful: "what the statement makes is missing",
		Hint:    "restore as a superuser, or as the owner of the database and of what is there already",
		none:    "permission denied",
	},
	{
		Class:   SecurityLabel,
		Meaning: "a security label could not be set",
		Harmful: "labels decide who may see what",
		Hint:    "load the module that provides the labels, or use --no-security-labels",
		none:    "security labels could not be set",
	},
	{
		Class:   OutOfSpace,
		Meaning: "the server's disk is full or fails",
		Harmful: "what was being done was undone",
		Hint:    "make room for the database, its indexes, the write-ahead log and temporary files, and restore again",
		none:    "the server's disk is full or fails",
	},
	{
		Class:   OutOfMemory,
		Meaning: "the server has too little memory, or too few locks",
		Harmful: "what was being done was undone",
		Hint:    "lower maintenance_work_mem or --jobs; with --single-transaction or --transaction-size raise max_locks_per_transaction",
		none:    "the server is out of memory or locks",
	},
	{
		Class:   TooManyConnections,
		Meaning: "the server takes no more connections",
		Harmful: "what was to be done on them is missing",
		Hint:    "lower --jobs, or raise max_connections",
		none:    "the server takes no more connections",
	},
	{
		Class:   LimitExceeded,
		Meaning: "something is too large or too complex for the server",
		Harmful: "what the statement makes is missing",
		Hint:    "look at the first error: the server may have been built with other limits",
		none:    "a limit of the server is exceeded",
	},
	{
		Class:   ReadOnly,
		Meaning: "the server or the database is read-only",
		Harmful: "nothing can be restored",
		Hint:    "restore into the primary server, or switch off default_transaction_read_only",
		none:    "the server is read-only",
	},
	{
		Class:   LockTimeout,
		Meaning: "another session held a lock for too long",
		Harmful: "what the statement makes is missing",
		Hint:    "end the sessions that use the database, and restore again",
		none:    "locks of other sessions were in the way",
	},
	{
		Class:   Deadlock,
		Meaning: "the restore and another session waited for each other",
		Harmful: "what the statement makes is missing",
		Hint:    "end the sessions that use the database, and restore again",
		none:    "deadlocks with other sessions",
	},
	{
		Class:   Cancelled,
		Meaning: "a statement was cancelled by a timeout or by somebody",
		Harmful: "what the statement makes is missing",
		Hint:    "restore again; unless somebody cancelled it, look for statement_timeout in the settings of the role and the database",
		none:    "statements were cancelled",
	},
	{
		Class:   ConnectionLost,
		Meaning: "the connection to the server was lost, or could not be made",
		Harmful: "what was to be done on it is missing",
		Hint:    "look into the server's log, and restore again, into an empty database",
		none:    "no connection to the server",
	},
	{
		Class:   ArchiveDamaged,
		Meaning: "the archive cannot be read",
		Harmful: "data that it holds was not restored",
		Hint:    "get the archive again, or leave out what is damaged with -L",
		none:    "the archive cannot be read",
	},
	{
		Class:   Other,
		Meaning: "all other errors",
		Harmful: "what the statement does was not done",
	},
}
