package cli

import (
	"io"
	"strings"

	"pgrestore/internal/restore"
	"pgrestore/internal/script"
	"pgrestore/internal/selection"
	"pgrestore/toc"
)

// restrictKeyChars may stand in the key of a script's \restrict lines.
const restrictKeyChars = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// resolve makes a run of the options and operands. The checks stand in
// pg_restore's order, for the first one that fails is the one it tells of.
func resolve(g *given, operands []string, random io.Reader) (restore.Config, error) {
	c := restore.Config{
		List:    g.list,
		UseList: g.useList.value,
		Output:  g.output.value,

		ToServer:   g.dbname.given,
		Connection: connection(g),

		Selection: wanted(g),
		Script:    rendering(g),

		Jobs:                  g.jobs,
		AutoJobs:              g.autoJobs && !g.singleTransaction, // that needs one
		Settings:              g.settings,
		ExitOnError:           g.exitOnError,
		NoDataForFailedTables: g.noDataForFailedTables,

		DryRun:     g.own.dryRun,
		CopyFreeze: g.own.copyFreeze,
	}
	if len(operands) > 0 {
		c.Input = operands[0]
	}
	if err := checkTarget(g, operands); err != nil {
		return c, err
	}
	if !c.ToServer {
		key, err := restrictKey(g.restrictKey, random)
		if err != nil {
			return c, err
		}
		c.Script.RestrictKey = key
	}
	if err := checkConflicts(g); err != nil {
		return c, err
	}
	format, err := parseFormat(g.format)
	if err != nil {
		return c, err
	}
	c.Format = format
	if err := checkEmptyNames(g, operands, format); err != nil {
		return c, err
	}
	return c, checkOwn(g)
}

// checkEmptyNames refuses files whose name is empty, which restore.Config
// takes for none. An empty archive name is standard input where the format is
// given, as in pg_restore.
func checkEmptyNames(g *given, operands []string, format toc.Format) error {
	switch {
	case len(operands) > 0 && operands[0] == "" && format == toc.FormatUnknown:
		return usageErrorf("could not open input file \"\": No such file or directory")
	case g.useList.given && g.useList.value == "":
		return usageErrorf("could not open TOC file \"\": No such file or directory")
	case g.output.given && g.output.value == "":
		return usageErrorf("could not open output file \"\": No such file or directory")
	}
	return nil
}

// checkTarget checks that there is at most one input and exactly one output.
func checkTarget(g *given, operands []string) error {
	switch {
	case len(operands) > 1:
		return withHelp(usageErrorf("too many command-line arguments (first is \"%s\")", operands[1]))
	case !g.dbname.given && !g.output.given && !g.list && !g.own.dryRun:
		return usageErrorf("one of -d/--dbname and -f/--file must be specified")
	case g.dbname.given && g.output.given:
		return withHelp(conflict("-d/--dbname", "-f/--file"))
	case g.dbname.given && g.restrictKey.given:
		return conflict("-d/--dbname", "--restrict-key")
	}
	return nil
}

// checkConflicts checks that no two options contradict each other.
func checkConflicts(g *given) error {
	for _, pair := range []struct {
		both        bool
		name, name2 string
	}{
		{g.dataOnly && g.schemaOnly, "-s/--schema-only", "-a/--data-only"},
		{g.schemaOnly && g.statisticsOnly, "-s/--schema-only", "--statistics-only"},
		{g.dataOnly && g.statisticsOnly, "-a/--data-only", "--statistics-only"},
		{g.dataOnly && g.noData, "-a/--data-only", "--no-data"},
		{g.schemaOnly && g.noSchema, "-s/--schema-only", "--no-schema"},
		{g.statisticsOnly && g.noStatistics, "--statistics-only", "--no-statistics"},
		{g.statistics && g.noStatistics, "--statistics", "--no-statistics"},
		{g.dataOnly && g.statistics, "-a/--data-only", "--statistics"},
		{g.schemaOnly && g.statistics, "-s/--schema-only", "--statistics"},
		{g.dataOnly && g.clean, "-c/--clean", "-a/--data-only"},
		{g.singleTransaction && g.transactionSize > 0, "-1/--single-transaction", "--transaction-size"},
		{g.create && g.singleTransaction, "-C/--create", "-1/--single-transaction"},
	} {
		if pair.both {
			return conflict(pair.name, pair.name2)
		}
	}
	if g.singleTransaction && g.jobs > 1 {
		return usageErrorf("cannot specify both --single-transaction and multiple jobs")
	}
	if g.ifExists && !g.clean {
		return usageErrorf("option %s requires option %s", "--if-exists", "-c/--clean")
	}
	return nil
}

func conflict(name, name2 string) *usageError {
	return usageErrorf("options %s and %s cannot be used together", name, name2)
}

// withHelp adds the hint that names --help.
func withHelp(e *usageError) *usageError {
	e.tryHelp = true
	return e
}

// wanted gives what of the archive is to be restored.
func wanted(g *given) selection.Options {
	data := g.dataOnly || !g.schemaOnly && !g.statisticsOnly
	schema := g.schemaOnly || !g.dataOnly && !g.statisticsOnly
	statistics := g.statisticsOnly || g.statistics || !g.schemaOnly && !g.dataOnly
	return selection.Options{
		NoData:       g.noData || !data,
		NoSchema:     g.noSchema || !schema,
		NoStatistics: g.noStatistics || !statistics,

		Sections: g.sections,

		Schemas:        g.schemas,
		ExcludeSchemas: g.excludeSchemas,
		Tables:         g.tables,
		Indexes:        g.indexes,
		Functions:      g.functions,
		Triggers:       g.triggers,
		StrictNames:    g.strictNames,

		Create:           g.create,
		NoPrivileges:     g.noPrivileges,
		NoComments:       g.noComments,
		NoPolicies:       g.noPolicies,
		NoPublications:   g.noPublications,
		NoSubscriptions:  g.noSubscriptions,
		NoSecurityLabels: g.noSecurityLabels,
	}
}

// rendering gives what the statements are to look like.
func rendering(g *given) script.Options {
	return script.Options{
		Clean:                      g.clean,
		IfExists:                   g.ifExists,
		Create:                     g.create,
		NoOwner:                    g.noOwner,
		UseSetSessionAuthorization: g.useSetSessionAuthorization,
		NoTablespaces:              g.noTablespaces,
		NoTableAccessMethod:        g.noTableAccessMethod,
		DisableTriggers:            g.disableTriggers,
		Superuser:                  g.superuser,
		EnableRowSecurity:          g.enableRowSecurity,
		Role:                       g.role.value,
		SingleTransaction:          g.singleTransaction,
		TransactionSize:            g.transactionSize,
		Verbose:                    g.verbosity > 0,
	}
}

// restrictKey gives the key that was asked for, or a random one of pg_dump's
// length.
func restrictKey(asked text, random io.Reader) (string, error) {
	if asked.given {
		if asked.value == "" || strings.Trim(asked.value, restrictKeyChars) != "" {
			return "", usageErrorf("invalid restrict key")
		}
		return asked.value, nil
	}
	key := make([]byte, 63)
	if _, err := io.ReadFull(random, key); err != nil {
		return "", usageErrorf("could not generate restrict key")
	}
	for i, b := range key {
		key[i] = restrictKeyChars[int(b)%len(restrictKeyChars)]
	}
	return string(key), nil
}

// parseFormat reads the value of --format; "" means that it was not given.
func parseFormat(name string) (toc.Format, error) {
	switch lower(name) {
	case "":
		return toc.FormatUnknown, nil
	case "c", "custom":
		return toc.FormatCustom, nil
	case "d", "directory":
		return toc.FormatDirectory, nil
	case "t", "tar":
		return toc.FormatTar, nil
	case "p", "plain":
		return 0, usageErrorf("archive format \"%s\" is not supported; please use psql", name)
	default:
		return 0, usageErrorf("unrecognized archive format \"%s\"; please specify \"c\", \"d\", or \"t\"", name)
	}
}
