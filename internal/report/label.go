package report

import "strings"

// text gives the text of a number.
func (b *Builder) text(id textID) string { return b.texts.list[id] }

// label names a step: "INDEX public.orders_id_idx".
func (b *Builder) label(s step) string {
	var out strings.Builder
	out.WriteString(b.text(s.kind))
	if out.Len() > 0 && s.name != "" {
		out.WriteByte(' ')
	}
	out.WriteString(qualified(b.text(s.schema), s.name))
	if part := b.text(s.key.part); part != "" {
		out.WriteString(" (" + part + ")")
	}
	if out.Len() == 0 {
		return "step without a name"
	}
	return out.String()
}

// barLabel names a bar by its step, or by how many there are and the first.
func (b *Builder) barLabel(t *timeline, bar bar) string {
	first := t.steps[bar.first]
	if bar.n > 1 {
		return count(int64(bar.n), "step") + " together, from " + b.label(first)
	}
	if first.lane {
		return b.label(first) + ", a share"
	}
	return b.label(first)
}

// labels names all steps of a bar.
func (b *Builder) labels(t *timeline, bar bar) []string {
	names := make([]string, 0, bar.n)
	for _, s := range t.steps[bar.first : bar.first+bar.n] {
		names = append(names, b.label(s))
	}
	return names
}
