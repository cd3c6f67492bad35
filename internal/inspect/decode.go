package inspect

import (
	"unicode/utf8"

	"pgrestore/toc"
)

// decoder makes UTF-8 of names in an archive's encoding; nil where they are
// UTF-8 already, or nobody knows what they are.
type decoder func(Name) Name

// decoderOf gives the decoder for an encoding. The letters of western Europe
// are converted; in other encodings, all but ASCII stands as \xNN, for it may
// look like UTF-8 by accident.
func decoderOf(t *toc.TOC) decoder {
	set, err := t.Settings()
	if err != nil {
		return nil
	}
	switch set.NameEncoding().String() {
	case "UTF8", "SQL_ASCII":
		return nil
	case "LATIN1":
		return func(n Name) Name { return decodeLatin(n, 0xa0) }
	case "LATIN9", "WIN1252":
		return func(n Name) Name { return decodeLatin(n, 0xc0) } // some below are others
	default:
		return func(n Name) Name { return decodeLatin(n, 0x100) }
	}
}

// decodeLatin takes bytes from the given one on for the characters of that
// number, and leaves only ASCII of the others.
func decodeLatin(n Name, from int) Name {
	if isASCII(n) {
		return n
	}
	b := make([]byte, 0, len(n)+16)
	for i := range len(n) {
		switch c := n[i]; {
		case c < utf8.RuneSelf:
			b = append(b, c)
		case int(c) >= from:
			b = utf8.AppendRune(b, rune(c))
		default:
			b = appendHex(b, c)
		}
	}
	return Name(b)
}

func isASCII(n Name) bool {
	for i := range len(n) {
		if n[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// each decodes names in place.
func (d decoder) each(names ...*Name) {
	for _, n := range names {
		*n = d(*n)
	}
}

// decode makes UTF-8 of all names in the report.
func (r *Report) decode(d decoder) {
	d.each(&r.Archive.Database, &r.Archive.ServerVersion, &r.Archive.DumpVersion)
	for i := range r.Damage {
		d.each(&r.Damage[i].Entry)
	}
	for i := range r.Tables {
		t := &r.Tables[i]
		d.each(&t.Schema, &t.Name, &t.Owner)
	}
	for i := range r.Schemas {
		d.each(&r.Schemas[i].Name, &r.Schemas[i].Owner)
	}
	for i := range r.Kinds {
		d.each(&r.Kinds[i].Kind)
	}
	for i := range r.Tree {
		d.each(&r.Tree[i].Schema, &r.Tree[i].Owner)
		d.leaves(r.Tree[i].Objects)
	}
	r.Needs.decode(d)
	if r.Server != nil {
		r.Server.decode(d)
	}
}

func (d decoder) leaves(list []Leaf) {
	for i := range list {
		d.each(&list[i].Kind, &list[i].Name, &list[i].Owner)
		d.leaves(list[i].Parts)
	}
}

func (n *Needs) decode(d decoder) {
	for i := range n.Roles {
		d.each(&n.Roles[i].Name)
	}
	for i := range n.Extensions {
		d.each(&n.Extensions[i].Name, &n.Extensions[i].Schema)
	}
	for i := range n.ForeignServers {
		d.each(&n.ForeignServers[i].Name, &n.ForeignServers[i].Wrapper)
	}
	for i := range n.Collations {
		c := &n.Collations[i]
		d.each(&c.Schema, &c.Name, &c.Provider, &c.Locale)
	}
	for _, list := range [][]Used{n.Languages, n.Wrappers, n.Tablespaces, n.AccessMethods, n.UsedCollations, n.Libraries, n.LabelProviders} {
		for i := range list {
			d.each(&list[i].Name)
		}
	}
	for _, list := range [][]Owned{n.Publications, n.Subscriptions, n.EventTriggers} {
		for i := range list {
			d.each(&list[i].Name, &list[i].Owner)
		}
	}
	if b := n.Database; b != nil {
		d.each(&b.Name, &b.Owner, &b.Encoding, &b.Provider, &b.Locale, &b.Tablespace)
	}
}

func (s *ServerCheck) decode(d decoder) {
	d.each(&s.Database, &s.User)
	for i := range s.Findings {
		f := &s.Findings[i]
		f.Text = string(d(Name(f.Text)))
		for j := range f.Names {
			d.each(&f.Names[j])
		}
		for _, texts := range [][]string{f.Do, f.Hints} {
			for j := range texts {
				texts[j] = string(d(Name(texts[j])))
			}
		}
	}
}
