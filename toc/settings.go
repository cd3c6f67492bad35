package toc

import (
	"fmt"
	"strings"
)

// Settings are what an archive's special entries say of the session that its
// statements were written for.
type Settings struct {
	Encoding Encoding
	// HasEncoding is false where no ENCODING entry stands in the archive;
	// names are then taken as UTF8 (string_utils.c, getFmtEncoding).
	HasEncoding       bool
	ConformingStrings bool   // standard_conforming_strings
	SearchPath        string // statement that sets search_path; "" before 1.13
}

// NameEncoding is the encoding to quote identifiers in.
func (s Settings) NameEncoding() Encoding {
	if !s.HasEncoding {
		return UTF8
	}
	return s.Encoding
}

// Settings reads the ENCODING, STDSTRINGS and SEARCHPATH entries.
func (t *TOC) Settings() (Settings, error) {
	var s Settings
	for i := range t.Entries {
		e := &t.Entries[i]
		switch e.Kind {
		case KindEncoding:
			name, ok := quoted(e.Definition)
			if !ok {
				return s, fmt.Errorf("invalid ENCODING item: %s", e.Definition)
			}
			if s.Encoding, ok = ParseEncoding(name); !ok {
				return s, fmt.Errorf("unrecognized encoding \"%s\"", name)
			}
			s.HasEncoding = true
		case KindStdStrings:
			switch _, value, _ := strings.Cut(e.Definition, "'"); {
			case strings.HasPrefix(value, "on'"):
				s.ConformingStrings = true
			case strings.HasPrefix(value, "off'"):
				s.ConformingStrings = false
			default:
				return s, fmt.Errorf("invalid STDSTRINGS item: %s", e.Definition)
			}
		case KindSearchPath:
			s.SearchPath = e.Definition
		}
	}
	return s, nil
}

func quoted(s string) (inside string, ok bool) {
	_, rest, _ := strings.Cut(s, "'")
	inside, _, ok = strings.Cut(rest, "'")
	return inside, ok
}
