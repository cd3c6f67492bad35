package terminal

// Visible makes text from outside fit for a terminal: control characters and
// the like come escaped.
func Visible(s string) string { return visible(s) }

// Width is how many columns visible text takes.
func Width(s string) int { return width(s) }

// FormatSize gives bytes in the units of pg_size_pretty.
func FormatSize(bytes int64) string { return formatSize(bytes) }
