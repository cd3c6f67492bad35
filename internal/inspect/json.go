package inspect

import (
	"encoding/json"
	"io"
)

// writeJSON writes a report for programs.
func writeJSON(w io.Writer, r *Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}
