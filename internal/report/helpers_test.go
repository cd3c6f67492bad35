package report_test

import (
	"bytes"
	"testing"

	"pgrestore/event"
	"pgrestore/internal/report"
	"pgrestore/internal/verdict"
)

// pageOf makes the page of some events.
func pageOf(t testing.TB, records []event.Record) []byte {
	t.Helper()
	b := report.New()
	v := verdict.NewReader(verdict.Options{})
	for _, r := range records {
		b.Read(r)
		v.Read(r)
	}
	var out bytes.Buffer
	if err := b.WriteHTML(&out, v.Verdict()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
