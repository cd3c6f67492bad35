package inspect

import "testing"

func TestDecodeLatin(t *testing.T) {
	for _, test := range []struct {
		name, want Name
		from       int
	}{
		{"plain", "plain", 0xa0},
		{"\xe9t\xe9 \x9b", "été \\x9b", 0xa0},
		{"\xa4\xe9", "\\xa4é", 0xc0},
		{"\xc6\xfc", "\\xc6\\xfc", 0x100},
	} {
		if got := decodeLatin(test.name, test.from); got != test.want {
			t.Errorf("%q from %x: want %q, got %q", test.name, test.from, test.want, got)
		}
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"Büro 日本語 🐘":    "Büro 日本語 🐘",
		"a\x1b[31m\n\t": `a\x1b[31m\n\t`,
		"\x7f\u009b":    `\x7f\u009b`,
		"\u202eabc":     `\u202eabc`,
		"\xff\ufffd":    "\\xff\ufffd",
		"\U000e0001":    `\U000e0001`,
	} {
		if got := printable(in); got != want {
			t.Errorf("%q: want %q, got %q", in, want, got)
		}
	}
}

func TestHuman(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 102348: "99.9 kB", 102349: "100 kB", 1 << 20: "1.0 MB",
		123456789: "118 MB", 100 << 30: "100 GB", 1<<63 - 1: "8192.0 PB",
	} {
		if got := human(known(n)); got != want {
			t.Errorf("%d: want %q, got %q", n, want, got)
		}
	}
	if got := human(Number{}); got != "-" {
		t.Errorf("want -, got %q", got)
	}
}
