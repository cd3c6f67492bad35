package report

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFormat(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{formatDuration(0), "0 s"},
		{formatDuration(50 * time.Microsecond), "< 0.1 ms"},
		{formatDuration(1500 * time.Microsecond), "1.5 ms"},
		{formatDuration(123456 * time.Microsecond), "123 ms"},
		{formatDuration(4210 * time.Millisecond), "4.21 s"},
		{formatDuration(42100 * time.Millisecond), "42.1 s"},
		{formatDuration(59700 * time.Millisecond), "1 min 00 s"},
		{formatDuration(127 * time.Second), "2 min 07 s"},
		{formatDuration(3*time.Hour + 5*time.Minute), "3 h 05 min"},
		{formatDuration(time.Hour + 59*time.Minute + 50*time.Second), "2 h 00 min"},
		{formatDuration(3599600 * time.Millisecond), "1 h 00 min"},
		{formatBytes(0), "0 B"},
		{formatBytes(1023), "1023 B"},
		{formatBytes(1536), "1.5 kB"},
		{formatBytes(20 << 20), "20 MB"},
		{formatBytes(1023.9 * 1024 * 1024), "1.0 GB"},
		{formatCount(0), "0"},
		{formatCount(999), "999"},
		{formatCount(1234567), "1,234,567"},
		{count(1, "step"), "1 step"},
		{count(2000, "step"), "2,000 steps"},
		{rate(5<<20, 20*time.Millisecond).Text, "250 MB/s"},
		{rate(1<<20, 4*time.Microsecond).Text, ""},
		{rate(1300, 90*time.Millisecond).Text, ""},
		{formatShare(0.004), "< 1 %"},
		{formatShare(0.5), "50 %"},
		{formatTick(90 * time.Second), "1:30 min"},
		{formatTick(90 * time.Minute), "1:30 h"},
		{formatTick(2500 * time.Millisecond), "2.5 s"},
	} {
		if tt.got != tt.want {
			t.Errorf("want %q, got %q", tt.want, tt.got)
		}
	}
}

func TestShortenBetweenCharacters(t *testing.T) {
	got := shorten(strings.Repeat("ä", maxText))
	if want := strings.Repeat("ä", maxText/2) + "..."; got != want {
		t.Errorf("want %d bytes, got %d: ...%q", len(want), len(got), got[len(got)-8:])
	}
}

func TestTicks(t *testing.T) {
	for _, length := range []time.Duration{time.Microsecond, time.Millisecond, 1090 * time.Millisecond, 59 * time.Second, 7 * time.Minute, 11 * time.Hour, 1000 * time.Hour} {
		at := ticks(length, 8)
		if len(at) < 2 || len(at) > 10 || at[len(at)-1] > length {
			t.Errorf("want a few ticks within %v, got %v", length, at)
		}
	}
}

// TestContrast holds the colours to the contrasts that WCAG 2 asks for at level
// AA: 4.5 for text, 3 for what is drawn.
func TestContrast(t *testing.T) {
	light, rest, ok := strings.Cut(pageStyle, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there are no colours for the dark")
	}
	dark, _, _ := strings.Cut(rest, "* { box-sizing")
	for name, style := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`(--[a-z0-9-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(style, -1) {
			colours[m[1]] = m[2]
		}
		pairs := [][2]string{
			{"--text", "--ground"}, {"--text", "--paper"}, {"--soft", "--ground"}, {"--soft", "--paper"}, {"--soft", "--hover"}, {"--soft", "--band"},
			{"--text", "--edge"}, {"--link", "--paper"}, {"--link", "--hover"}, {"--bad", "--bad-ground"}, {"--fair", "--fair-ground"},
			{"--good", "--good-ground"}, {"--text", "--bad-ground"}, {"--idle", "--hover"}, {"--bad", "--paper"}, {"--paper", "--bad"}, {"--path", "--paper"},
		}
		for n := range classes {
			pairs = append(pairs, [2]string{"--on", fmt.Sprint("--c", n)}, [2]string{fmt.Sprint("--c", n), "--paper"})
		}
		for _, p := range pairs {
			if got := contrast(t, colours[p[0]], colours[p[1]]); got < 4.5 {
				t.Errorf("%s: want 4.5 of %s on %s, got %.2f", name, p[0], p[1], got)
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.
func luminance(t *testing.T, colour string) (l float64) {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(n>>(16-8*i)&255) / 255
		if v <= 0.04045 {
			l += weight * v / 12.92
		} else {
			l += weight * math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return l
}
