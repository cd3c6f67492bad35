package cli

import (
	"os/exec"
	"strings"
	"testing"
)

func TestManPageHasEverything(t *testing.T) {
	page := manPage()
	if i := strings.IndexByte(page, '@'); i >= 0 {
		t.Errorf("a place was not filled: %.20q", page[i:])
	}
	for i := range options {
		o := &options[i]
		written := "\\fB" + roff("--"+o.name) + "\\fR"
		if want := o.available(false); strings.Contains(page, written) != want {
			t.Errorf("%s should be there: %t", written, want)
		}
	}
	for _, c := range commands() {
		if want := ".SS pgrestore " + c.name; !strings.Contains(page, want) {
			t.Errorf("%s is missing", want)
		}
		for i := range c.options {
			if written := "\\fB" + roff("--"+c.options[i].name) + "\\fR"; !strings.Contains(page, written) {
				t.Errorf("%s: %s is missing", c.name, written)
			}
		}
	}
}

func TestRoff(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"plain", "plain"},
		{"--no-owner", `\-\-no\-owner`},
		{".lead", `\&.lead`},
		{"'lead", `\(aqlead`},
		{`back\slash ~^` + "`", `back\eslash \(ti\(ha\(ga`},
	} {
		if got := roff(tt.in); tt.want != got {
			t.Errorf("%q: want %q, got %q", tt.in, tt.want, got)
		}
	}
}

// TestManPageFormats has groff read the page, where there is one.
func TestManPageFormats(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil {
		return // an extra, for those who have it
	}
	cmd := exec.Command(groff, "-man", "-Tutf8", "-ww", "-z")
	cmd.Stdin = strings.NewReader(manPage())
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
}
