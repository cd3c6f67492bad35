package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// shorten cuts a text that is longer than is kept, between characters.
func shorten(s string) string {
	if len(s) <= maxText {
		return strings.Clone(s)
	}
	cut := maxText
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// formatDuration writes a time as people say it: "3 h 05 min", "2 min 07 s",
// "4.21 s", "13 ms".
func formatDuration(d time.Duration) string {
	switch {
	case d >= time.Hour-500*time.Millisecond:
		minutes := int(math.Round(d.Minutes()))
		return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60)
	case d >= time.Minute-500*time.Millisecond:
		seconds := int(math.Round(d.Seconds()))
		return fmt.Sprintf("%d min %02d s", seconds/60, seconds%60)
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%d ms", d.Round(time.Millisecond).Milliseconds())
	case d >= 100*time.Microsecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d <= 0:
		return "0 s"
	default:
		return "< 0.1 ms"
	}
}

// formatBytes writes a size as pg_size_pretty does, with a digit more where it
// is short.
func formatBytes(n float64) string {
	if n < 1024 {
		return strconv.Itoa(int(math.Round(n))) + " B"
	}
	for _, unit := range []string{"kB", "MB", "GB", "TB"} {
		n /= 1024
		if n < 9.95 {
			return fmt.Sprintf("%.1f %s", n, unit)
		}
		if n < 1023.5 {
			return fmt.Sprintf("%.0f %s", n, unit)
		}
	}
	return fmt.Sprintf("%.0f PB", n/1024)
}

// formatCount writes a number with its thousands apart: 1,234,567.
func formatCount(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := len(s) % 3
	if n < 0 {
		return s
	}
	var out strings.Builder
	out.WriteString(s[:start])
	for i := start; i < len(s); i += 3 {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(s[i : i+3])
	}
	return out.String()
}

// formatShare writes a share of 1 in percent.
func formatShare(f float64) string {
	switch {
	case f > 0 && f < 0.01:
		return "< 1 %"
	default:
		return fmt.Sprintf("%.0f %%", f*100)
	}
}

// sentence gives a text a capital and a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(s[size:], ".") + "."
}

// count writes a number and its noun: "1 step", "2,000 steps".
func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	switch {
	case strings.HasSuffix(noun, "index"):
		noun += "es"
	default:
		noun += "s"
	}
	return formatCount(n) + " " + noun
}
