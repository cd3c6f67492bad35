package terminal

import "strings"

// Colors are the escape sequences that begin the parts of a line. A part with
// an empty one has no color.
type Colors struct{ Error, Warning, Note, Locus string }

const resetColor = "\x1b[0m"

// ColorsFromEnv reads PG_COLOR ("always", or "auto" for terminals only) and
// PG_COLORS ("error=01;31:warning=...") as PostgreSQL's programs do. Once
// PG_COLORS is set, parts that it does not name have no color.
func ColorsFromEnv(env func(string) (string, bool), isTerminal bool) Colors {
	when, _ := env("PG_COLOR")
	if when != "always" && !(when == "auto" && isTerminal) {
		return Colors{}
	}
	spec, given := env("PG_COLORS")
	if !given {
		spec = "error=01;31:warning=01;35:note=01;36:locus=01"
	}
	var c Colors
	for _, part := range strings.Split(spec, ":") {
		name, code, ok := strings.Cut(part, "=")
		if !ok {
			continue
		}
		start := "\x1b[" + code + "m"
		switch name {
		case "error":
			c.Error = start
		case "warning":
			c.Warning = start
		case "note":
			c.Note = start
		case "locus":
			c.Locus = start
		}
	}
	return c
}

// appendColored appends text in the color that start begins.
func appendColored(dst []byte, start, text string) []byte {
	if start == "" {
		return append(dst, text...)
	}
	dst = append(dst, start...)
	dst = append(dst, text...)
	return append(dst, resetColor...)
}
