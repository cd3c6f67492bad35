package verdict

import (
	"cmp"
	"strings"
)

// surroundings is what hints know beside their own cause.
type surroundings struct {
	source, target    string // major versions, "" where they are not known
	missingRoles      []string
	missingExtensions []string
}

func (c *causes) context(source, target string) surroundings {
	in := surroundings{source: majorVersion(source), target: majorVersion(target), missingRoles: c.missingRoles.names}
	for _, g := range c.groups {
		if g.cause.Class == MissingExtension || g.cause.Class == PermissionExtension {
			for _, s := range g.cause.Subjects {
				in.missingExtensions = append(in.missingExtensions, s.Name)
			}
		}
	}
	return in
}

func (g *group) hint(info *Info, in surroundings) string {
	hint := cmp.Or(g.own.hint, info.Hint)
	switch c := g.cause; {
	case c.Class == MissingExtension:
		return ExtensionHint(g.own.subject, in.target)
	case c.Class == MissingRole && g.own.apart == "" && len(in.missingRoles) > 0:
		return roleHint(hint, in.missingRoles)
	case c.Class == MissingRole && len(c.Subjects) > 0:
		return roleHint(hint, g.subjectList())
	case c.Class == Syntax || c.Class == NotSupported || c.Class == Other && in.older():
		return cmp.Or(in.versionHint(), hint)
	case g.outside && isMissing(c.Class) && c.Class != MissingSchema && c.Class != MissingColumn:
		hint = hintSelection
		if len(in.missingExtensions) > 0 {
			hint += "; or it belongs to a missing extension (" + names(in.missingExtensions) + ")"
		}
	default:
		hint = strings.ReplaceAll(hint, "%s", subjectNames(c, "what is missing"))
	}
	switch g.cause.Class {
	case MissingType, MissingFunction, MissingObject, InvalidData:
		if in.older() {
			hint += "; it may also be new in PostgreSQL " + in.source + ", while the server is of version " + in.target
		}
	}
	return hint
}

// subjectList gives the names of the subjects.
func (g *group) subjectList() (names []string) {
	for _, s := range g.cause.Subjects {
		names = append(names, s.Name)
	}
	return names
}

// roleHint names all missing roles wherever leaving out owners and privileges
// is another way.
func roleHint(hint string, missing []string) string {
	var ordinary, builtin []string
	for _, role := range missing {
		if strings.HasPrefix(role, "pg_") {
			builtin = append(builtin, role)
		} else {
			ordinary = append(ordinary, role)
		}
	}
	if len(ordinary) == 1 {
		hint = strings.Replace(hint, "roles (%s)", "role %s", 1)
	}
	hint = strings.Replace(hint, "%s", names(ordinary), 1)
	if len(ordinary) == 0 {
		_, hint, _ = strings.Cut(hint, ", or ") // what else can be done
	}
	if len(builtin) > 0 {
		hint = strings.TrimPrefix(hint+"; roles that begin with pg_ come with later versions of PostgreSQL", "; ")
	}
	return hint
}

// older reports whether the server is known to be older than the one dumped.
func (in surroundings) older() bool {
	source, target := versionNumber(in.source), versionNumber(in.target)
	return target > 0 && source > target
}

// versionHint says what to do about statements of another version, "" where it
// is the same.
func (in surroundings) versionHint() string {
	switch source, target := versionNumber(in.source), versionNumber(in.target); {
	case source == 0 || target == 0 || source == target:
		return ""
	case source > target:
		return "the archive is from PostgreSQL " + in.source + ", which can more than this server of version " + in.target +
			"; restore into version " + in.source + " or later, or make what is missing by hand"
	default:
		return "the archive is from PostgreSQL " + in.source + ", and the server of version " + in.target +
			" does not take this any more; make what is missing by hand, in the way of the new version"
	}
}
