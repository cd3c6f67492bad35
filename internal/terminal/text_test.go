package terminal

import (
	"testing"
	"time"
)

func TestVisible(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "public.Orders x", "public.Orders x"},
		{"other scripts", "日本語 é Ω", "日本語 é Ω"},
		{"combining", "e\u0301", "e\u0301"},
		{"escape", "a\x1b[31mb", `a\x1b[31mb`},
		{"newlines and bell", "a\r\n\t\ab", `a\r\n\t\ab`},
		{"delete", "\x7f", `\x7f`},
		{"C1", "\u009b31m", `\u009b31m`},
		{"invalid", "a\xffb\xc3", `a\xffb\xc3`},
		{"direction", "\u202egpj", `\u202egpj`},
		{"line separator", "\u2028", `\u2028`},
		{"no width", "a\u200bb", `a\u200bb`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := visible(tt.in); tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		name    string
		in      string
		columns int
		mark    string
		want    string
	}{
		{"fits", "abc", 3, "…", "abc"},
		{"cut", "abcd", 3, "…", "ab…"},
		{"mark alone does not fit", "abcd", 1, "…", "a"},
		{"nothing", "abcd", 0, "…", ""},
		{"wide fits", "日本", 4, "…", "日本"},
		{"wide", "日本語", 5, "…", "日本…"},
		{"wide in half", "日本語", 4, "…", "日…"},
		{"combining stays", "e\u0301e\u0301e\u0301", 2, "…", "e\u0301…"},
		{"flag", "🇩🇪🇫🇷x", 4, "~", "🇩🇪~"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := cut(tt.in, tt.columns, tt.mark)
			if tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
			if width(got) > tt.columns {
				t.Errorf("%q is %d columns wide", got, width(got))
			}
		})
	}
}

func TestFormats(t *testing.T) {
	for _, tt := range []struct{ what, want, got string }{
		{"no bytes", "0 bytes", formatSize(0)},
		{"bytes", "1023 bytes", formatSize(1023)},
		{"kB", "1.0 kB", formatSize(1024)},
		{"rounded up", "10 kB", formatSize(10*1024 - 1)},
		{"next unit", "1.0 MB", formatSize(1024*1024 - 1)},
		{"thousand", "999 kB", formatSize(999 * 1024)},
		{"above thousand", "1.0 MB", formatSize(1020 * 1024)},
		{"GB", "3.4 GB", formatSize(3650722201)},
		{"greatest", "8.0 EB", formatSize(1<<63 - 1)},

		{"clock", "0:00", formatClock(999 * time.Millisecond)},
		{"clock of minutes", "12:34", formatClock(754 * time.Second)},
		{"clock of hours", "25:00:01", formatClock(25*time.Hour + time.Second)},

		{"span", "0 s", formatSpan(0)},
		{"span of minutes", "1 min", formatSpan(59600 * time.Millisecond)},
		{"span of minutes and seconds", "2 min 5 s", formatSpan(125 * time.Second)},
		{"span of hours", "3 h 59 min", formatSpan(4*time.Hour - time.Minute)},

		{"one", "1 row", count(1, "row")},
		{"three digits", "999 rows", count(999, "row")},
		{"four digits", "1,000 rows", count(1000, "row")},
		{"seven digits", "1,234,567 rows", count(1234567, "row")},
		{"left at least", "1 s", formatLeft(0)},
		{"left in seconds", "9 s", formatLeft(9 * time.Second)},
		{"left in fives", "40 s", formatLeft(41 * time.Second)},
		{"left just below two minutes", "115 s", formatLeft(117 * time.Second)},
		{"left in minutes", "4 min", formatLeft(4*time.Minute + 29*time.Second)},
		{"left in hours", "2 h 20 min", formatLeft(2*time.Hour + 18*time.Minute)},
		{"left in whole hours", "3 h", formatLeft(179 * time.Minute)},

		{"one", "1 error", count(1, "error")},
		{"none", "0 errors", count(0, "error")},
	} {
		t.Run(tt.what, func(t *testing.T) {
			if tt.want != tt.got {
				t.Errorf("want %q, got %q", tt.want, tt.got)
			}
		})
	}
}
