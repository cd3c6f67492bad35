package verdict

import (
	"cmp"
	"slices"
	"strings"
)

// finish words a cause, and decides what of it counts.
func (g *group) finish(ignored map[Class]bool, in surroundings) Cause {
	c := g.cause
	info := classNamed(c.Class)
	c.Ignored = ignored[c.Class] && g.leftOut == 0
	for key, n := range g.following {
		switch {
		case ignored[key.class] || c.Ignored && key.harm == Harmless:
			c.Consequences.Ignored += n
		case key.harm == Harmful:
			c.Consequences.Harmful += n
		}
	}
	c.Title = cmp.Or(g.own.title, info.title(c))
	c.Reason = g.reason(info)
	c.Hint = g.hint(info, in)
	if c.Consequences.Harmful > 0 && c.Harm == Harmless {
		c.Harm = Harmful
		c.Reason = "other entries need it and were not restored"
	}
	if g.leftOut > 0 {
		c.Harm = Harmful
		c.Reason += "; data of " + count(g.leftOut, "table", "tables") + " was left out because of it"
	}
	c.SQLStates = append([]string{}, c.SQLStates...)
	c.Subjects = append([]Subject{}, c.Subjects...)
	c.Objects = append([]Object{}, c.Objects...)
	c.Consequences.Objects = append([]Object{}, c.Consequences.Objects...)
	c.Stale = slices.Clone(c.Stale)
	return c
}

func (g *group) reason(info *Info) string {
	switch {
	case len(g.reasons) > 0:
		return strings.Join(g.reasons, "; ")
	case g.cause.Harm == Harmless:
		return info.Harmless
	default:
		return info.Harmful
	}
}

// ignoredErrors is how many of a cause's errors do not count.
func (c *Cause) ignoredErrors() int {
	if c.Ignored {
		return c.Count + c.Consequences.Ignored
	}
	return c.Consequences.Ignored
}

// rank is 0 for causes with harmful errors that count, 1 for harmless and 2 for
// ignored ones.
func (c *Cause) rank() int {
	switch {
	case c.ignoredErrors() == c.Count+c.Consequences.Count:
		return 2
	case c.Harm == Harmful:
		return 0
	default:
		return 1
	}
}

// title is the cause in one line.
func (i *Info) title(c Cause) string {
	switch n := len(c.Subjects) + c.MoreSubjects; {
	case n > 1 && i.many != "":
		return strings.Replace(i.many, "%s", subjectNames(c, ""), 1)
	case n == 1 && i.one != "":
		return strings.Replace(i.one, "%s", subjectNames(c, ""), 1)
	case i.none != "":
		return i.none
	default:
		first, _, _ := strings.Cut(cmp.Or(c.First.Message, c.First.Text), "\n")
		return first
	}
}

// subjectNames lists a cause's subjects in quotes, or gives otherwise.
func subjectNames(c Cause, otherwise string) string {
	var all []string
	for _, s := range c.Subjects {
		all = append(all, s.Name)
	}
	if len(all) == 0 {
		return otherwise
	}
	return namesOf(all, c.MoreSubjects)
}

// namesInLine is how many names stand in a line at most.
const namesInLine = 5

// names lists names in quotes.
func names(all []string) string { return namesOf(all, 0) }

func namesOf(all []string, more int) string {
	shown := all[:min(len(all), namesInLine)]
	more += len(all) - len(shown)
	text := `"` + strings.Join(shown, `", "`) + `"`
	if more > 0 {
		text += " and " + number(int64(more)) + " more"
	}
	return text
}
