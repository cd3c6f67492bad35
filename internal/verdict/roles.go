package verdict

import "slices"

// roleSet is roles in the order in which they came, no more than maxRoles.
type roleSet struct {
	names []string
	known map[string]bool
}

func newRoleSet() roleSet { return roleSet{known: map[string]bool{}} }

func (s *roleSet) add(role string) {
	if role != "" && !s.known[role] && len(s.names) < maxRoles {
		s.known[role] = true
		s.names = append(s.names, role)
	}
}

// sharedRoles keeps apart what also concerns roles that may exist.
const sharedRoles = "shared"

// withSharedRoles decides about privileges that were lost together with those
// of a missing role: nothing is lost if all the roles are missing.
func (c *causes) withSharedRoles() []*group {
	shared := c.byKey[groupKey{MissingRole, Harmless, sharedRoles}]
	if shared == nil {
		return c.groups
	}
	decided := *shared
	if present := c.maybePresent(shared.sharers); len(present) > 0 {
		decided.cause.Harm = Harmful
		decided.reasons = []string{"privileges of " + names(present) + " were in the same statements, and were not given either"}
		if c.existing == nil {
			decided.reasons[0] += ", should there be such a role"
		}
	}
	groups := slices.Clone(c.groups)
	at := slices.Index(groups, shared)
	alike := c.byKey[groupKey{MissingRole, decided.cause.Harm, ""}]
	if alike == nil {
		groups[at] = &decided
		return groups
	}
	groups[slices.Index(groups, alike)] = alike.merged(&decided)
	return slices.Delete(groups, at, at+1)
}

// tellRoles takes which roles there are of those in privileges that failed. The
// others are missing, too, though no error says so: the statements failed before
// they came to them.
func (c *causes) tellRoles(exist []string) {
	c.existing = make(map[string]bool, len(exist))
	for _, role := range exist {
		c.existing[role] = true
	}
	shared := c.byKey[groupKey{MissingRole, Harmless, sharedRoles}]
	if shared == nil {
		return
	}
	for _, role := range shared.sharers.names {
		if !c.existing[role] {
			c.missingRoles.add(role)
			shared.note(role, 0)
		}
	}
}

// maybePresent gives the roles that there are or, where that is not known, that
// no error has called missing.
func (c *causes) maybePresent(roles roleSet) (present []string) {
	for _, role := range roles.names {
		if c.existing[role] || c.existing == nil && !c.missingRoles.known[role] {
			present = append(present, role)
		}
	}
	return present
}
