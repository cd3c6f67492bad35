package selection

// Options say what of an archive is wanted. The zero value wants everything.
type Options struct {
	// What is left out altogether: --no-schema and the like, or what an
	// "only" option implies.
	NoSchema, NoData, NoStatistics bool

	Sections Sections // 0 means all of them

	// Names given with -n, -N, -t, -I, -P and -T; also by a filter file.
	Schemas, ExcludeSchemas              []string
	Tables, Indexes, Functions, Triggers []string
	StrictNames                          bool // each name must match something
	Create                               bool // -C: the database itself, too
	NoPrivileges, NoComments, NoPolicies bool
	NoPublications, NoSubscriptions      bool
	NoSecurityLabels                     bool
}

// Sections is a set of sections, for --section.
type Sections uint8

// The members of Sections.
const (
	PreData Sections = 1 << iota
	Data
	PostData
)
