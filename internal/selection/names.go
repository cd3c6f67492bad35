package selection

import "fmt"

// nameList is the names of one option, with which of them were ever found.
type nameList struct {
	names []string
	first map[string]int // where a name stands first; only that one is found
	found []bool
}

func newNameList(names []string) *nameList {
	l := &nameList{names: names, first: make(map[string]int, len(names)), found: make([]bool, len(names))}
	for i, name := range names {
		if _, dup := l.first[name]; !dup {
			l.first[name] = i
		}
	}
	return l
}

// has reports whether name is in the list, and notes that it was found.
func (l *nameList) has(name string) bool {
	i, ok := l.first[name]
	if ok {
		l.found[i] = true
	}
	return ok
}

// CheckNames gives an error for the first name that no entry has, for
// --strict-names (StrictNamesCheck). It is of use after Select.
func (s *Selector) CheckNames() error {
	for _, c := range [...]struct {
		class nameClass
		what  string
	}{{schemas, "schema"}, {tables, "table"}, {indexes, "index"}, {functions, "function"}, {triggers, "trigger"}} {
		l := s.names[c.class]
		for i, found := range l.found {
			if !found {
				return fmt.Errorf("%s \"%s\" not found", c.what, l.names[i])
			}
		}
	}
	return nil
}
