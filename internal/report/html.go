package report

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"pgrestore/internal/verdict"
)

//go:embed page.html
var pageTemplate string

//go:embed page.css
var pageStyle string

//go:embed page.js
var pageScript string

// WriteHTML writes the page. The verdict is that of the same events.
func (b *Builder) WriteHTML(to io.Writer, v verdict.Verdict) error {
	page, err := b.page(v)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	t, err := template.New("page").Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	out := bufio.NewWriterSize(to, 64<<10)
	if err := t.Execute(out, page); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// policy forbids the page all but its own script and style: nothing that an
// archive's names could bring in would run, and nothing can be fetched or sent.
func policy() string {
	return "default-src 'none'; script-src 'sha256-" + digest(pageScript) + "'; style-src 'sha256-" + digest(pageStyle) +
		"'; base-uri 'none'; form-action 'none'"
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}
