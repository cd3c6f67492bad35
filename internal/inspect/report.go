package inspect

import (
	"encoding/json"
	"unicode/utf8"
)

// reportVersion is that of the form of Report in JSON. It changes when what was
// there changes its meaning or goes; what is new does not change it.
const reportVersion = 1

// Report is all that an inspection found. Its JSON form is described in
// docs/INSPECT.md.
type Report struct {
	Format       string       `json:"format"` // "pgrestore-inspect"
	Version      int          `json:"version"`
	Archive      Archive      `json:"archive"`
	Deep         bool         `json:"deep"`             // all data was read
	Damage       []Damage     `json:"damage"`           // empty: none was found
	Server       *ServerCheck `json:"server,omitempty"` // nil: none was asked
	Data         Data         `json:"data"`
	Tables       []Table      `json:"tables"` // with data, largest first
	LargeObjects LargeObjects `json:"large_objects"`
	Schemas      []Schema     `json:"schemas"`
	Kinds        []KindCount  `json:"kinds"` // most first
	Needs        Needs        `json:"needs"`
	Tree         []Branch     `json:"tree,omitempty"`
}

// Name is text from the archive: any bytes. In JSON, bytes that are no UTF-8
// stand as \xNN.
type Name string

// MarshalText makes UTF-8 of the name.
func (n Name) MarshalText() ([]byte, error) {
	s := string(n)
	if utf8.ValidString(s) {
		return []byte(s), nil
	}
	var b []byte
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 {
			b = appendHex(b, s[0])
		} else {
			b = append(b, s[:size]...)
		}
		s = s[size:]
	}
	return b, nil
}

// Number is a count, or a size in bytes, that may not be known; null in JSON.
type Number struct {
	N     int64
	Known bool
}

func known(n int64) Number { return Number{n, true} }

// add adds what is known; a sum with an unknown part is unknown.
func (n Number) add(m Number) Number { return Number{n.N + m.N, n.Known && m.Known} }

// MarshalJSON gives the number or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known {
		return []byte("null"), nil
	}
	return json.Marshal(n.N)
}

// Archive is the header, and what else is true of the archive as a whole.
type Archive struct {
	Name              Name     `json:"name"` // "" for standard input
	Format            string   `json:"format"`
	Version           string   `json:"archive_version"`
	Compression       string   `json:"compression"`
	Created           string   `json:"created"` // "" before 1.4
	Database          Name     `json:"database"`
	ServerVersion     Name     `json:"server_version"`
	DumpVersion       Name     `json:"pg_dump_version"`
	Encoding          string   `json:"encoding"` // "" where the archive does not say
	ConformingStrings bool     `json:"standard_conforming_strings"`
	Offsets           string   `json:"offsets"` // recorded, missing, or "" where the format needs none
	Seekable          bool     `json:"seekable"`
	Entries           int      `json:"entries"`
	Bytes             Number   `json:"bytes"` // of the file, or of all files of the directory
	Warnings          []string `json:"warnings"`
}

// Data is the archive's data as a whole, large objects included.
type Data struct {
	Entries      int    `json:"entries"`
	Stored       Number `json:"stored_bytes"`       // as it lies in the archive
	Uncompressed Number `json:"uncompressed_bytes"` // as a restore sends it
	Rows         Number `json:"rows"`
	// Why tells why sizes are not known: "pipe", "stream" or "".
	Why string `json:"sizes_missing,omitempty"`
}

// Table is the data of one table.
type Table struct {
	ID           int    `json:"id"` // of its TABLE DATA entry
	Schema       Name   `json:"schema"`
	Name         Name   `json:"name"`
	Owner        Name   `json:"owner"`
	Stored       Number `json:"stored_bytes"`
	Uncompressed Number `json:"uncompressed_bytes"`
	Rows         Number `json:"rows"`
	// Share is that of all stored data, or else of all uncompressed data: 0 to
	// 1, 0 where no sizes are known.
	Share   float64 `json:"share"`
	Inserts bool    `json:"inserts"` // INSERT commands, not COPY
	Damaged bool    `json:"damaged"`
}

// size is what tables are compared by.
func (t *Table) size() Number {
	if t.Stored.Known {
		return t.Stored
	}
	return t.Uncompressed
}

// LargeObjects are all of them.
type LargeObjects struct {
	Entries      int    `json:"entries"` // that hold their data
	Count        Number `json:"count"`
	Stored       Number `json:"stored_bytes"`
	Uncompressed Number `json:"uncompressed_bytes"`
}

// Schema is one that the archive makes or has objects in.
type Schema struct {
	Name    Name   `json:"name"`
	Owner   Name   `json:"owner"`
	Created bool   `json:"created"` // the archive makes it
	Objects int    `json:"objects"` // entries in it
	Tables  int    `json:"tables"`  // of any kind, foreign and partitioned ones included
	Stored  Number `json:"stored_bytes"`
}

// KindCount is how many entries there are of a kind.
type KindCount struct {
	Kind  Name `json:"kind"`
	Count int  `json:"count"`
}

// Damage is one thing that is wrong.
type Damage struct {
	ID     int    `json:"id"` // of the entry, 0 where it is none's
	Entry  Name   `json:"entry"`
	Text   string `json:"text"`
	Detail string `json:"detail"`
}

// Needs is what a server must have, or get from the restore itself.
type Needs struct {
	Roles           []Role        `json:"roles"`
	Extensions      []Extension   `json:"extensions"`
	Languages       []Used        `json:"languages"`
	ForeignServers  []Server      `json:"foreign_servers"`
	Wrappers        []Used        `json:"foreign_data_wrappers"`
	Tablespaces     []Used        `json:"tablespaces"`
	AccessMethods   []Used        `json:"access_methods"`
	Collations      []Collation   `json:"collations"`       // that the archive makes
	UsedCollations  []Used        `json:"collations_used"`  // of the system's, beside C and the like
	Libraries       []Used        `json:"libraries"`        // of C functions
	LabelProviders  []Used        `json:"label_providers"`  // of security labels
	Publications    []Owned       `json:"publications"`     //
	Subscriptions   []Owned       `json:"subscriptions"`    //
	EventTriggers   []Owned       `json:"event_triggers"`   //
	SuperuserOnly   []Used        `json:"superuser_only"`   // what only a superuser may make
	Database        *DatabaseNeed `json:"database"`         // for -C; null where the archive has none
	StatisticsCount int           `json:"table_statistics"` // STATISTICS DATA entries
}

// Role is a role that entries name, with how many do so in what way.
type Role struct {
	Name       Name `json:"name"`
	Owns       int  `json:"owns"`
	Privileges int  `json:"privileges"`         // ACL entries
	Defaults   int  `json:"default_privileges"` // DEFAULT ACL entries
	Policies   int  `json:"policies"`
	Mappings   int  `json:"user_mappings"`
	Create     int  `json:"with_create"` // of the database itself: needed with -C only
}

// uses is how many entries need the role without -C.
func (r *Role) uses() int { return r.Owns + r.Privileges + r.Defaults + r.Policies + r.Mappings }

// Extension is one that the archive makes.
type Extension struct {
	Name   Name `json:"name"`
	Schema Name `json:"schema"`
}

// Used is something by its name, how often it is used, and whether the archive
// itself makes it.
type Used struct {
	Name    Name `json:"name"`
	Count   int  `json:"count"`
	Created bool `json:"created"`
}

// Server is a foreign server.
type Server struct {
	Name    Name `json:"name"`
	Wrapper Name `json:"foreign_data_wrapper"`
}

// Collation is one that the archive makes.
type Collation struct {
	Schema   Name `json:"schema"`
	Name     Name `json:"name"`
	Provider Name `json:"provider"`
	Locale   Name `json:"locale"`
}

// Owned is something with an owner.
type Owned struct {
	Name  Name `json:"name"`
	Owner Name `json:"owner"`
}

// DatabaseNeed is what making the database takes.
type DatabaseNeed struct {
	Name       Name `json:"name"`
	Owner      Name `json:"owner"`
	Encoding   Name `json:"encoding"`
	Provider   Name `json:"locale_provider"`
	Locale     Name `json:"locale"`
	Tablespace Name `json:"tablespace"`
}

// ServerCheck is what a restore into a server would run into.
type ServerCheck struct {
	Version   string    `json:"version"`
	Database  Name      `json:"database"`
	User      Name      `json:"user"`
	Superuser bool      `json:"superuser"`
	Encoding  string    `json:"encoding"`
	Findings  []Finding `json:"findings"` // empty: nothing is in the way
}

// Level says how bad a finding is.
type Level string

// The levels.
const (
	LevelError   Level = "error"   // statements will fail
	LevelWarning Level = "warning" // statements may fail
	LevelNote    Level = "note"    // nothing fails, but somebody may want to know
)

// Finding is one thing that is missing or in the way.
type Finding struct {
	Class   string   `json:"class"` // such as role, extension: docs/INSPECT.md lists them
	Level   Level    `json:"level"`
	Text    string   `json:"text"`
	Names   []Name   `json:"names"`
	Entries int      `json:"entries"` // that it concerns, 0 where that is not known
	Do      []string `json:"do"`      // SQL that puts it right, ready to paste
	Hints   []string `json:"hints"`
}

// Branch is a schema in the tree.
type Branch struct {
	Schema  Name   `json:"schema"` // "" for what belongs to none
	Owner   Name   `json:"owner"`
	Stored  Number `json:"stored_bytes"`
	Objects []Leaf `json:"objects"`
}

// Leaf is an object in the tree, with what belongs to it.
type Leaf struct {
	ID         int    `json:"id"`
	Kind       Name   `json:"kind"`
	Name       Name   `json:"name"`
	Owner      Name   `json:"owner,omitempty"`
	Stored     Number `json:"stored_bytes"`
	Comments   int    `json:"comments,omitempty"`
	Privileges int    `json:"privileges,omitempty"` // ACL entries
	Labels     int    `json:"security_labels,omitempty"`
	Parts      []Leaf `json:"parts,omitempty"`
}
