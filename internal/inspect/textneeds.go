package inspect

import (
	"fmt"
	"slices"
	"strings"
)

// server prints what the server lacks, with what to do about it.
func (t *text) server() {
	s := t.r.Server
	if s == nil {
		return
	}
	who := "no superuser"
	if s.Superuser {
		who = "a superuser"
	}
	t.printf("Server: PostgreSQL %s, database %s (%s), user %s, %s\n", printable(s.Version), show(s.Database), s.Encoding, show(s.User), who)
	if len(s.Findings) == 0 {
		t.printf("Nothing is missing there or in the way.\n\n")
		return
	}
	for i := range s.Findings {
		t.finding(&s.Findings[i])
	}
	t.printf("\n")
}

func (t *text) finding(f *Finding) {
	affected := ""
	if f.Entries > 0 {
		affected = " (" + plural(f.Entries, "entry", "entries") + ")"
	}
	t.printf("\n")
	t.paragraph(strings.ToUpper(string(f.Level))+": ", printable(f.Text)+affected)
	if len(f.Do) < len(f.Names) || len(f.Do) == 0 { // else the statements name them
		t.listed(f.Names)
	}
	shown := t.limit(len(f.Do))
	for _, statement := range f.Do[:shown] {
		t.printf("    %s\n", statement)
	}
	t.more(len(f.Do) - shown)
	shown = t.limit(len(f.Hints))
	for _, hint := range f.Hints[:shown] {
		t.paragraph("  hint: ", printable(hint))
	}
	t.more(len(f.Hints) - shown)
}

// listed prints names, where there are some.
func (t *text) listed(names []Name) {
	if len(names) == 0 {
		return
	}
	t.wrapped("  ", t.some(names))
}

// some gives the first names for the text, and how many more there are.
func (t *text) some(names []Name) []string {
	shown := t.limit(len(names))
	var items []string
	for _, n := range names[:shown] {
		items = append(items, show(n))
	}
	if shown < len(names) {
		items = append(items, fmt.Sprintf("%s more", count(int64(len(names)-shown))))
	}
	return items
}

// needs prints what a server must have.
func (t *text) needs() {
	n := &t.r.Needs
	t.need("extensions", each(n.Extensions, func(e Extension) string {
		if e.Schema == "" {
			return show(e.Name)
		}
		return show(e.Name) + " in " + show(e.Schema)
	}))
	t.need("languages", each(special(n.Languages, "c internal sql"), used))
	t.need("tablespaces", each(n.Tablespaces, used))
	t.need("access methods", each(special(n.AccessMethods, "brin btree gin gist hash heap spgist"), used))
	t.need("foreign servers", each(n.ForeignServers, func(s Server) string { return show(s.Name) + " (" + show(s.Wrapper) + ")" }))
	t.need("own collations", each(n.Collations, func(c Collation) string {
		return show(c.Schema) + "." + show(c.Name) + " (" + strings.TrimSpace(show(c.Provider)+" "+show(c.Locale)) + ")"
	}))
	t.need("system collations", each(n.UsedCollations, used))
	t.need("C libraries", each(n.Libraries, used))
	t.need("label providers", each(n.LabelProviders, used))
	t.need("publications", each(n.Publications, owned))
	t.need("subscriptions", each(n.Subscriptions, owned))
	t.need("event triggers", each(n.EventTriggers, owned))
	t.need("a superuser for", each(n.SuperuserOnly, used))
	if n.StatisticsCount > 0 {
		t.need("statistics", []string{"of " + plural(n.StatisticsCount, "relation")})
	}
	t.database()
}

// special leaves out what every server has.
func special(list []Used, builtin string) []Used {
	everywhere := strings.Fields(builtin)
	return slices.DeleteFunc(slices.Clone(list), func(u Used) bool { return slices.Contains(everywhere, string(u.Name)) })
}

func each[T any](list []T, say func(T) string) []string {
	items := make([]string, 0, len(list))
	for _, x := range list {
		items = append(items, say(x))
	}
	return items
}

// used gives a name with how often it is used.
func used(u Used) string {
	switch {
	case u.Count == 0:
		return show(u.Name) + " (made here)"
	case u.Created:
		return fmt.Sprintf("%s (%s, made here)", show(u.Name), count(int64(u.Count)))
	default:
		return fmt.Sprintf("%s (%s)", show(u.Name), count(int64(u.Count)))
	}
}

func owned(o Owned) string {
	if o.Owner == "" {
		return show(o.Name)
	}
	return show(o.Name) + " of " + show(o.Owner)
}

// need prints one kind of need, the first of many.
func (t *text) need(label string, items []string) {
	if len(items) == 0 {
		return
	}
	if !t.needy {
		t.title("Needs")
		t.needy = true
	}
	if shown := t.limit(len(items)); shown < len(items) {
		items = append(items[:shown:shown], count(int64(len(items)-shown))+" more")
	}
	t.wrapped(fmt.Sprintf("  %-*s  ", labelWidth, label), items)
}

// labelWidth is the width of the labels that lists stand behind.
const labelWidth = 18

func (t *text) roles() {
	list := t.r.Needs.Roles
	if len(list) == 0 {
		return
	}
	t.title("Roles: %s", count(int64(len(list))))
	shown := t.limit(len(list))
	for i := range list[:shown] {
		t.printf("  %s: %s\n", show(list[i].Name), roleUses(&list[i]))
	}
	t.more(len(list) - shown)
}

// roleUses tells what a role is needed for.
func roleUses(r *Role) string {
	var uses []string
	if r.Owns > 0 {
		uses = append(uses, "owns "+count(int64(r.Owns)))
	}
	for _, use := range []struct {
		n         int
		one, many string
	}{
		{r.Privileges, "privilege", "privileges"},
		{r.Defaults, "default privilege", "default privileges"},
		{r.Policies, "policy", "policies"},
		{r.Mappings, "user mapping", "user mappings"},
		{r.Create, "entry with -C only", "entries with -C only"},
	} {
		if use.n > 0 {
			uses = append(uses, plural(use.n, use.one, use.many))
		}
	}
	return strings.Join(uses, ", ")
}

func (t *text) database() {
	d := t.r.Needs.Database
	if d == nil {
		return
	}
	var parts []string
	for _, p := range []Name{d.Encoding, d.Provider, d.Locale} {
		if p != "" {
			parts = append(parts, show(p))
		}
	}
	if d.Tablespace != "" {
		parts = append(parts, "tablespace "+show(d.Tablespace))
	}
	if d.Owner != "" {
		parts = append(parts, "owner "+show(d.Owner))
	}
	t.need("database with -C", append([]string{show(d.Name)}, parts...))
}
