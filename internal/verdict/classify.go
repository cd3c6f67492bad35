package verdict

import (
	"slices"
	"strings"

	"pgrestore/event"
)

// finding is what an error is, judged by itself.
type finding struct {
	class   Class
	harm    Harm
	title   string // "" is the class's
	reason  string // "" is the class's
	hint    string // "" is the class's
	subject string
	apart   string // keeps causes of a class apart
	// sharers are roles that the statement names beside the missing one: they
	// did not get what it gives them, if they exist.
	sharers []string
}

// harmful and harmless are findings with the reasons of their classes.
func harmful(c Class) finding  { return finding{class: c, harm: Harmful} }
func harmless(c Class) finding { return finding{class: c, harm: Harmless} }

func (f finding) about(subject string) finding  { f.subject = subject; return f }
func (f finding) because(reason string) finding { f.reason = reason; return f }
func (f finding) advise(hint string) finding    { f.hint = hint; return f }

// classify decides by SQLSTATE, kind of entry and statement. Messages of the
// server are in any language: no class depends on their words, but names in
// quotes are looked for in them.
func classify(f event.Failure, s statement) finding {
	found := classifyByState(f, s)
	reason := unneeded[f.Kind]
	if reason == "" || found.harm == Harmless || isBreakdown(found.class) || s.newOwner() != "" {
		return found
	}
	if found.class == AlreadyExists || found.class == CannotDrop { // there is another one, which may do anything
		return found
	}
	found.harm, found.reason = Harmless, reason
	return found
}

// unneeded are the kinds of entries that neither data nor queries need, with
// why it is harmless that they were not made.
var unneeded = map[string]string{
	"COMMENT":                      "only a comment was not written",
	"EVENT TRIGGER":                "event triggers act on definitions and logins, not on data and queries",
	"PUBLICATION":                  "data and queries do not need it; nothing is published for replication",
	"PUBLICATION TABLE":            "data and queries do not need it; nothing is published for replication",
	"PUBLICATION TABLES IN SCHEMA": "data and queries do not need it; nothing is published for replication",
	"SUBSCRIPTION":                 "data and queries do not need it; nothing is received by replication",
	"SUBSCRIPTION TABLE":           "data and queries do not need it; nothing is received by replication",
}

// isBreakdown: such errors hit whatever is being done, and say nothing of it.
func isBreakdown(c Class) bool {
	switch c {
	case OutOfSpace, OutOfMemory, TooManyConnections, ReadOnly, LockTimeout, Deadlock, Cancelled, ConnectionLost, ArchiveDamaged:
		return true
	}
	return false
}

func classifyByState(f event.Failure, s statement) finding {
	if len(f.SQLState) != 5 { // not the server's
		return byCause(f.Cause, f.Text)
	}
	// A statement may use connections of its own: to a publisher, to a foreign
	// server.
	elsewhere := f.Cause == "" && f.ID != 0 && strings.HasPrefix(f.SQLState, "08") && f.SQLState != "08P01"
	if c := breakdown(f.SQLState); c != "" && !elsewhere {
		return harmful(c)
	}
	if f.Cause != "" {
		return byCause(f.Cause, "")
	}
	if strings.HasSuffix(f.Kind, "STATISTICS DATA") { // or EXTENDED ...
		return harmless(Statistics)
	}
	if s.drops() && f.SQLState != "42501" {
		return dropError(f)
	}
	if c := violation(f); c != "" {
		return ofRows(c, f.Kind, s)
	}
	if hint, ok := encodingHints[f.SQLState]; ok {
		found := harmful(Encoding).advise(hint)
		found.apart = f.SQLState
		return found
	}
	if role := missingRole(f, s); role != nil {
		return *role
	}
	switch f.SQLState {
	case "42501": // insufficient_privilege
		return permission(f, s)
	case "42P07", "42710", "42723", "42P06", "42P04":
		return alreadyExists(f)
	case "42P16": // invalid_table_definition: a second primary key
		if f.Kind == "CONSTRAINT" {
			return alreadyExists(f)
		}
	}
	if name := quoted(f.Message); slices.Contains(s.settings, name) {
		return harmful(UnknownSetting).about(name).
			because("the rest of the statement was undone with it").
			advise("make what is missing by hand, without the setting")
	}
	if s.begins("SET") || f.Kind == "DATABASE PROPERTIES" || f.Kind == "" && s.has("set_config") {
		if found, ok := settingError(f, s); ok {
			return found
		}
	}
	if found, ok := byKind(f); ok {
		return found
	}
	switch f.SQLState {
	case "42P01":
		return harmful(MissingTable).about(quoted(f.Message))
	case "42703":
		return harmful(MissingColumn).about(quoted(f.Message))
	case "42883":
		return harmful(MissingFunction).about(signature(f.Message, f.Statement))
	case "3F000":
		return harmful(MissingSchema).about(quoted(f.Message))
	case "42830": // invalid_foreign_key
		return harmful(MissingKey)
	case "42704": // undefined_object
		return undefinedObject(f, s)
	case "58P01": // undefined_file
		return harmful(MissingLibrary).about(quoted(f.Message))
	case "42601":
		return harmful(Syntax)
	case "0A000", "42611", "42P13": // feature_not_supported, invalid_column_definition, invalid_function_definition
		return harmful(NotSupported)
	}
	switch f.SQLState[:2] {
	case "08":
		if f.Kind == "MATERIALIZED VIEW DATA" {
			return failedRefresh()
		}
	case "22":
		if f.Kind == "MATERIALIZED VIEW DATA" {
			return failedRefresh()
		}
		if readsData(f.Kind) {
			return invalidData(f, s)
		}
	case "54":
		return harmful(LimitExceeded)
	case "P0":
		if f.Kind == "MATERIALIZED VIEW DATA" {
			return failedRefresh()
		}
		return harmful(RaisedError)
	}
	if strings.HasPrefix(f.Kind, "BLOB") {
		return harmful(LargeObject)
	}
	other := harmful(Other)
	other.apart = f.SQLState
	return other
}

// breakdown gives the class of SQLSTATEs that have nothing to do with what the
// statement says, "" for others.
func breakdown(state string) Class {
	if len(state) != 5 {
		return ""
	}
	switch state {
	case "53100", "58030": // disk_full, io_error
		return OutOfSpace
	case "53200":
		return OutOfMemory
	case "53300":
		return TooManyConnections
	case "25006": // read_only_sql_transaction
		return ReadOnly
	case "55P03": // lock_not_available
		return LockTimeout
	case "40001", "40P01":
		return Deadlock
	case "57014": // query_canceled
		return Cancelled
	case "55006": // object_in_use
		return InUse
	case "57P01", "57P02", "57P03", "57P04", "57P05":
		return ConnectionLost
	}
	switch state[:2] {
	case "08", "28":
		return ConnectionLost
	case "53":
		return LimitExceeded
	}
	return ""
}

// byCause is for errors that are no answer to a statement.
func byCause(cause event.Cause, text string) finding {
	switch cause {
	case event.Connection:
		return harmful(ConnectionLost)
	case event.Restart:
		found := harmful(ConnectionLost).because("what was restored last may be lost").
			advise("restore once more, into an empty database")
		found.title, found.apart = "the server was restarted", "restart"
		return found
	case event.Archive:
		return harmful(ArchiveDamaged)
	case "":
		return byOldText(text)
	default:
		return harmful(Other)
	}
}

func dropError(f event.Failure) finding {
	switch f.SQLState {
	case "42P01", "42703", "42704", "42883", "3F000", "3D000":
		return harmless(DropMissing)
	case "2BP01": // dependent_objects_still_exist
		return harmful(CannotDrop)
	default:
		found := harmful(CannotDrop)
		if f.Kind == "SUBSCRIPTION" {
			found = found.advise("drop it by hand: ALTER SUBSCRIPTION ... DISABLE, ALTER SUBSCRIPTION ... SET (slot_name = NONE), DROP SUBSCRIPTION; its slot is left at the publisher")
		}
		found.title, found.apart = "what was to be dropped could not be dropped", f.SQLState
		return found
	}
}

// violation gives the class of errors of class 23, integrity constraints.
func violation(f event.Failure) Class {
	if !strings.HasPrefix(f.SQLState, "23") {
		return ""
	}
	if f.OfSchema == "pg_catalog" { // a catalog's own index: somebody was faster
		if strings.HasPrefix(f.Kind, "BLOB") {
			return LargeObject
		}
		return AlreadyExists
	}
	switch f.SQLState {
	case "23505":
		if strings.HasPrefix(f.Kind, "BLOB") {
			return LargeObject
		}
		return DuplicateKey
	case "23503":
		return ForeignKeyViolation
	case "23502":
		return NotNullViolation
	case "23P01":
		return ExclusionViolation
	default:
		return CheckViolation
	}
}

// Reasons for what a missing role leads to.
const (
	reasonOwner       = "objects belong to the role that restored them"
	reasonNotGranted  = "privileges of roles that do not exist were not given"
	reasonUserMapping = "a role that does not exist needs no user mapping"
	reasonPolicy      = "a policy is missing, so rows are hidden or shown that should not be"
	reasonPublic      = "the same statements change what everybody (PUBLIC) may do, and were undone as a whole"
)

// missingRole is for statements that name a role which does not exist; nil for
// others.
func missingRole(f event.Failure, s statement) *finding {
	if f.SQLState != "42704" && f.SQLState != "22023" {
		return nil
	}
	var found finding
	switch owner := s.newOwner(); {
	case owner != "" && f.SQLState == "42704" && mentions(f.Message, owner):
		found = harmless(MissingRole).about(owner).because(reasonOwner)
	case f.Kind == "ACL" || f.Kind == "DEFAULT ACL" || s.begins("GRANT") || s.begins("REVOKE") || s.begins("ALTER", "DEFAULT", "PRIVILEGES"):
		return missingGrantee(f, s)
	case s.begins("CREATE", "USER", "MAPPING", "FOR") && mentions(f.Message, s.nameAt(4)):
		found = harmless(MissingRole).about(s.nameAt(4)).because(reasonUserMapping).advise(hintRoles + ", or leave user mappings out with -L")
		found.apart = f.Kind
	case f.Kind == "POLICY" && f.SQLState == "42704":
		found = harmful(MissingRole).about(quoted(f.Message)).because(reasonPolicy).advise(hintRoles + ", or make the policy by hand for other roles")
		found.apart = f.Kind
	case s.begins("SET", "SESSION", "AUTHORIZATION"):
		found = harmful(MissingRole).about(s.nameAt(3))
	case s.begins("CREATE", "SCHEMA") && s.has("AUTHORIZATION"):
		found = harmful(MissingRole).about(quoted(f.Message)).because("the schema was not made")
	case f.Kind == "DATABASE PROPERTIES" && s.use(quoted(f.Message)) == usedAsRole:
		found = harmless(MissingRole).about(quoted(f.Message)).because("settings of roles that do not exist were not made")
		if !s.single() {
			found = harmful(MissingRole).about(quoted(f.Message))
		}
		found.hint, found.apart = hintRoles, f.Kind
	default:
		return nil
	}
	return &found
}

// missingGrantee: all statements of an entry are one transaction, so nobody got
// the privileges that they give.
func missingGrantee(f event.Failure, s statement) *finding {
	if f.SQLState != "42704" {
		return nil
	}
	g := s.grants()
	missing := ""
	for _, role := range g.roles {
		if mentions(f.Message, role) {
			missing = role
		}
	}
	if missing == "" && len(g.roles) == 1 && quoted(f.Message) == "" {
		missing = g.roles[0]
	}
	if missing == "" {
		if g.public || len(g.roles) == 0 || !s.cut {
			return nil // what is missing is no role
		}
		missing = quoted(f.Message)
	}
	found := harmless(MissingRole).about(missing).because(reasonNotGranted)
	switch {
	case g.public:
		found = harmful(MissingRole).about(missing).because(reasonPublic)
	case s.cut:
		found = harmful(MissingRole).about(missing)
	case len(g.roles) > 1:
		for _, role := range g.roles {
			if role != missing {
				found.sharers = append(found.sharers, role)
			}
		}
	}
	return &found
}

func permission(f event.Failure, s statement) finding {
	switch {
	case s.begins("COMMENT", "ON", "EXTENSION"):
		return harmless(NotOwnerOfExtension)
	case f.Kind == "COMMENT" || s.begins("COMMENT"):
		return harmless(PermissionComment)
	case s.newOwner() != "":
		return harmful(PermissionOwner).about(s.newOwner())
	case s.has("TRIGGER", "ALL") && s.begins("ALTER"):
		return harmful(PermissionTrigger)
	case deniedSchema(f, s) != "":
		return harmful(PermissionSchema).about(deniedSchema(f, s))
	case s.drops():
		return harmful(PermissionOther).because("the old object is still there")
	}
	switch f.Kind {
	case "EXTENSION":
		if monitoring[f.Name] {
			return harmless(PermissionExtension).about(f.Name)
		}
		return harmful(PermissionExtension).about(f.Name)
	case "EVENT TRIGGER":
		return harmless(PermissionEventTrigger)
	case "PUBLICATION", "PUBLICATION TABLE", "PUBLICATION TABLES IN SCHEMA":
		return harmless(PermissionPublication)
	case "SUBSCRIPTION", "SUBSCRIPTION TABLE":
		return harmless(PermissionSubscription)
	case "PROCEDURAL LANGUAGE":
		if f.Name == "plpgsql" {
			return harmless(PermissionLanguage)
		}
		return harmful(PermissionLanguage)
	case "FUNCTION", "PROCEDURE":
		if f.Message == "" || hasWord(f.Message, s.nameAfter("LANGUAGE")) {
			return harmful(PermissionFunction)
		}
		return harmful(PermissionOther)
	case "SCHEMA":
		found := harmful(PermissionOther).because("schemas and what belongs in them were not made").
			advise("restore as a superuser or as the owner of the database, or have one of these GRANT CREATE ON DATABASE to the role that restores")
		found.apart = f.Kind
		return found
	case "TABLE DATA":
		found := ofRows(PermissionOther, f.Kind, s).advise("restore as a superuser or as the owner of the tables, or GRANT INSERT on them first")
		found.apart = f.Kind
		return found
	case "FOREIGN DATA WRAPPER", "SERVER", "USER MAPPING", "FOREIGN TABLE":
		return harmful(PermissionForeignData)
	case "ACL", "DEFAULT ACL":
		return harmful(PermissionGrant)
	case "SECURITY LABEL":
		return harmful(SecurityLabel)
	default:
		return harmful(PermissionOther)
	}
}

// deniedSchema gives the schema that permission is denied for, "" for other
// denials: names stand without quotes in these messages.
func deniedSchema(f event.Failure, s statement) string {
	if f.Kind == "ACL" || f.Kind == "DEFAULT ACL" {
		return ""
	}
	if hasWord(f.Message, f.Schema) {
		return f.Schema
	}
	for i := range s.tokens {
		// Casts and the like are in no schema. In others an alias may stand
		// before a dot.
		if name := s.nameAt(i); f.Schema == "" && s.isSymbol(i+1, ".") && hasWord(f.Message, name) {
			return name
		}
	}
	return ""
}

func alreadyExists(f event.Failure) finding {
	switch f.Kind {
	case "SCHEMA", "EXTENSION", "PROCEDURAL LANGUAGE", "DATABASE":
		return harmless(AlreadyExists).advise("nothing needs to be done")
	default:
		return harmful(AlreadyExists)
	}
}

// settingError is for SET, set_config and ALTER DATABASE ... SET.
func settingError(f event.Failure, s statement) (finding, bool) {
	name := quoted(f.Message)
	ofSession := s.begins("SET") || s.has("set_config")
	if s.begins("SET") {
		name = s.qualifiedName(1)
	}
	switch {
	case f.SQLState == "42704" && (ofSession || s.single()):
		return harmless(UnknownSetting).about(name), true
	case f.SQLState == "42704":
		return harmful(UnknownSetting).about(name).advise("make the other settings of the statement by hand"), true
	case !s.begins("SET"):
		return finding{}, false
	case name == "default_tablespace":
		return harmless(MissingTablespace).about(settingValue(s)), true
	case name == "default_table_access_method":
		return harmless(MissingAccessMethod).about(settingValue(s)), true
	default:
		return harmful(UnknownSetting).about(name).
			because("the restore worked with another value than the archive needs").
			advise("restore into a server of the archive's version or later"), true
	}
}

// settingValue is the value in SET name = value.
func settingValue(s statement) string {
	if s.isSymbol(2, "=") {
		return s.nameAt(3)
	}
	return s.nameAt(2)
}

// byKind is for kinds of entries whose errors mostly have one cause.
func byKind(f event.Failure) (finding, bool) {
	switch f.Kind {
	case "EXTENSION":
		switch f.SQLState {
		case "58P01", "0A000", "22023", "42704":
			return missingExtension(f), true
		}
	case "PROCEDURAL LANGUAGE": // without a handler it is an extension
		switch f.SQLState {
		case "58P01", "0A000", "42704":
			return harmful(MissingLanguage).about(f.Name), true
		}
	case "COLLATION":
		switch f.SQLState {
		case "22023", "0A000", "42704":
			return harmful(MissingCollation).about(f.Name), true
		}
	case "DATABASE":
		switch f.SQLState {
		case "22023", "42809", "42602":
			return harmful(MissingCollation).about(quoted(f.Message)), true
		}
	case "SECURITY LABEL":
		switch f.SQLState {
		case "22023", "0A000":
			return harmful(SecurityLabel), true
		}
	case "TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE":
		if f.SQLState == "22023" { // an option in WITH
			return harmful(NotSupported), true
		}
	}
	return finding{}, false
}

func missingExtension(f event.Failure) finding {
	name := f.Name
	if f.SQLState == "42704" { // one that it requires
		if required := quoted(f.Message); required != "" {
			name = required
		}
	}
	if monitoring[name] {
		return harmless(MissingExtension).about(name)
	}
	return harmful(MissingExtension).about(name)
}

// undefinedObject tells by the place of the name in the statement what it is
// the name of.
func undefinedObject(f event.Failure, s statement) finding {
	name := quoted(f.Message) // "" for types in signatures
	switch s.use(name) {
	case usedAsCollation:
		return harmful(MissingCollation).about(name)
	case usedAsTablespace:
		return harmful(MissingTablespace).about(name)
	case usedAsMethod:
		return harmful(MissingAccessMethod).about(name)
	case usedAsLanguage:
		return harmful(MissingLanguage).about(name)
	case usedAsRole:
		return harmful(MissingRole).about(name)
	case usedAsSchema:
		return harmful(MissingSchema).about(name)
	case usedAsSetting:
		return harmful(UnknownSetting).about(name).
			because("what has the setting was not made").
			advise("make it by hand without the setting")
	case usedElsewhere, notUsed:
	}
	switch f.Kind {
	case "TABLE", "FOREIGN TABLE", "TYPE", "DOMAIN", "FUNCTION", "PROCEDURE", "AGGREGATE", "CAST", "OPERATOR", "VIEW", "MATERIALIZED VIEW":
		return harmful(MissingType).about(name)
	default:
		return harmful(MissingObject).about(name)
	}
}

// signature gives the name of a function in a message, with its arguments: they
// stand without quotes in any language. "" where there is none.
func signature(message, statement string) string {
	opening := strings.IndexByte(message, '(')
	if opening <= 0 {
		return ""
	}
	length := strings.IndexByte(message[opening:], ')')
	if length < 0 {
		return ""
	}
	start := strings.LastIndexAny(message[:opening], " \u00a0") + 1
	name := strings.TrimLeft(message[start:opening], "«»„“”\"")
	for i := range name {
		// Some languages set no blank before it.
		if strings.Contains(statement, name[i:]) {
			name = name[i:]
			break
		}
	}
	return name + message[opening:opening+length+1]
}

// readsData are the kinds of entries whose statements read rows.
func readsData(kind string) bool {
	return slices.Contains([]string{
		"TABLE DATA", "INDEX", "CONSTRAINT", "CHECK CONSTRAINT", "FK CONSTRAINT", "BLOBS",
	}, kind)
}

// encodingHints are for the SQLSTATEs of [Encoding].
var encodingHints = map[string]string{
	"22021": "the source database was SQL_ASCII, or had bytes that its encoding does not allow: restore into a database with ENCODING 'SQL_ASCII', or find out the true encoding",
	"22P05": "make the database with ENCODING 'UTF8', which has all characters",
}

// dataHints say more than the hint of [InvalidData], by SQLSTATE.
var dataHints = map[string]string{
	"22P04": "the table has other columns than the one that was dumped: restore into an empty database; or the archive is damaged: pgrestore inspect --deep tells",
	"22001": "the table has shorter columns than the one that was dumped; restore into an empty database",
}

func invalidData(f event.Failure, s statement) finding {
	found := ofRows(InvalidData, f.Kind, s).advise(dataHints[f.SQLState])
	if found.hint != "" {
		found.apart = f.SQLState
	}
	return found
}
