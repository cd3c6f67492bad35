package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
	"pgrestore/internal/verdict"
)

// judge prints what a restore came to and gives the exit status. status is
// that of pg_restore for result and err.
func (p *Program) judge(w *watch, g *given, status int, result restore.Result, err error) int {
	v := w.verdict.Verdict()
	if v.Target.Connections > 0 && p.summarizes(g) {
		io.WriteString(p.screen, verdict.Text(v, p.textOptions()))
	} else {
		p.tellInterrupted(result, err)
	}
	if !g.dropIn {
		for _, half := range result.Halves {
			fmt.Fprintf(p.screen, "%s: hint: %s\n", p.name(), half)
		}
	}
	if g.own.exitCode != verdict.ByVerdict && len(g.own.ignored) == 0 {
		return status
	}
	if err != nil || v.Errors.Total < result.Errors { // errors that it does not know of count
		return status
	}
	return v.ExitStatus(g.own.exitCode)
}

// summarizes says whether a restore ends with a summary: where its progress is
// shown to people, but not by the drop-in.
func (p *Program) summarizes(g *given) bool {
	switch g.progressMode() {
	case terminal.None, terminal.JSON:
		return false
	}
	return !g.dropIn
}

func (p *Program) textOptions() verdict.TextOptions {
	o := verdict.TextOptions{Program: p.name()}
	o.Width, _ = p.size()
	noColor, _ := p.Env("NO_COLOR")
	if term, _ := p.Env("TERM"); noColor == "" && isTerminal(p.Stderr) && term != "" && term != "dumb" && p.obeysEscapes() {
		o.Colors = verdict.Colors{Good: "\x1b[32m", Warning: "\x1b[33m", Error: "\x1b[1;31m", Dim: "\x1b[2m"}
	}
	return o
}

// writeVerdict writes the file of --report-json.
func writeVerdict(to io.Writer, v verdict.Verdict) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
