package cli

import (
	"fmt"
	"io"
	"math"
	"strings"

	"pgrestore/internal/connect"
	"pgrestore/internal/restore"
	"pgrestore/internal/selection"
)

// usageError is a command line that cannot be carried out.
type usageError struct {
	text    string
	tryHelp bool   // a hint names --help
	hint    string // another hint; "" for none
}

func (e *usageError) Error() string { return e.text }

func usageErrorf(format string, args ...any) *usageError {
	return &usageError{text: fmt.Sprintf(format, args...)}
}

// text is a value that may be given and yet be empty.
type text struct {
	value string
	given bool
}

// given holds the options as they were typed, before they are compared with
// each other.
type given struct {
	stdin  io.Reader // what a filter file named "-" is read from
	dropIn bool      // values that pg_restore does not know are errors

	typed    []string // the options as event.Run has them
	settings []restore.Setting
	own      ownGiven
	inspect  inspectGiven

	dbname, output, useList, role, restrictKey text
	format, superuser                          string

	host, port string
	username   text
	prompt     connect.Prompt

	jobs, transactionSize int // 0: not given
	autoJobs              bool
	verbosity             int
	sections              selection.Sections

	schemas, excludeSchemas              []string
	tables, indexes, functions, triggers []string

	clean, create, list, exitOnError, singleTransaction bool
	dataOnly, schemaOnly, statisticsOnly, statistics    bool
	noData, noSchema, noStatistics                      bool

	noPrivileges, noOwner, noTablespaces, noTableAccessMethod bool
	noComments, noPolicies, noPublications, noSubscriptions   bool
	noSecurityLabels, noDataForFailedTables, strictNames      bool
	disableTriggers, enableRowSecurity, ifExists              bool
	useSetSessionAuthorization                                bool
}

// fact makes a setter of a fact.
func fact(field func(*given) *bool) func(*given, string) error {
	return func(g *given, _ string) error {
		*field(g) = true
		return nil
	}
}

// last makes a setter of a value of which the last one counts.
func last(field func(*given) *text) func(*given, string) error {
	return func(g *given, value string) error {
		*field(g) = text{value: value, given: true}
		return nil
	}
}

// nonempty makes a setter of a value of which the last one that is not empty
// counts.
func nonempty(field func(*given) *string) func(*given, string) error {
	return func(g *given, value string) error {
		if value != "" {
			*field(g) = value
		}
		return nil
	}
}

// each makes a setter that gathers values.
func each(field func(*given) *[]string) func(*given, string) error {
	return func(g *given, value string) error {
		names := field(g)
		*names = append(*names, value)
		return nil
	}
}

func ignored(*given, string) error { return nil }

func setNoPassword(g *given, _ string) error {
	g.prompt = connect.PromptNever
	return nil
}

func setPassword(g *given, _ string) error {
	g.prompt = connect.PromptAlways
	return nil
}

func setVerbose(g *given, _ string) error {
	g.verbosity++
	return nil
}

func setSingleTransaction(g *given, _ string) error {
	g.singleTransaction = true
	g.exitOnError = true
	return nil
}

func setJobs(g *given, value string) (err error) {
	if value == "auto" && !g.dropIn {
		g.jobs, g.autoJobs = 0, true
		return nil
	}
	g.autoJobs = false
	g.jobs, err = parseInt(value, "-j/--jobs", 1, math.MaxInt32)
	return err
}

// setServerParameter takes NAME=VALUE.
func setServerParameter(g *given, value string) error {
	name, value, ok := strings.Cut(value, "=")
	if !ok || name == "" {
		return usageErrorf("invalid value for option %s: expected NAME=VALUE", "--set")
	}
	g.settings = append(g.settings, restore.Setting{Name: name, Value: value, Why: "given with --set"})
	return nil
}

func setTransactionSize(g *given, value string) (err error) {
	g.transactionSize, err = parseInt(value, "--transaction-size", 1, math.MaxInt32)
	g.exitOnError = true
	return err
}

func setSection(g *given, value string) error {
	switch value {
	case "pre-data":
		g.sections |= selection.PreData
	case "data":
		g.sections |= selection.Data
	case "post-data":
		g.sections |= selection.PostData
	default:
		return &usageError{text: fmt.Sprintf("unrecognized section name: \"%s\"", value), tryHelp: true}
	}
	return nil
}

// parseInt reads a decimal number with space around it (option_parse_int over
// strtol). A text without digits, if it is all space, is 0.
func parseInt(value, name string, lowest, highest int64) (int, error) {
	i := skipSpace(value, 0)
	negative := false
	if i < len(value) && (value[i] == '-' || value[i] == '+') {
		negative = value[i] == '-'
		i++
	}
	digits := i
	var n int64
	for i < len(value) && '0' <= value[i] && value[i] <= '9' {
		n = min(n*10+int64(value[i]-'0'), math.MaxInt32+1) // beyond any range: stay there
		i++
	}
	if i == digits {
		i = 0 // strtol stops where it began
	}
	if skipSpace(value, i) < len(value) {
		return 0, usageErrorf("invalid value \"%s\" for option %s", value, name)
	}
	if negative {
		n = -n
	}
	if n < lowest || n > highest {
		return 0, usageErrorf("%s must be in range %d..%d", name, lowest, highest)
	}
	return int(n), nil
}

// skipSpace gives the position from i on of the first byte that is no space.
func skipSpace(s string, i int) int {
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	return i
}

// isSpace is C's isspace for single bytes outside of any language.
func isSpace(c byte) bool {
	return c == ' ' || '\t' <= c && c <= '\r'
}
