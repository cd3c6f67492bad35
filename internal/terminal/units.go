package terminal

import (
	"fmt"
	"strconv"
	"time"
)

// formatSize gives bytes in the units of pg_size_pretty, with two digits at
// least: "512 bytes", "1.2 GB", "45 MB".
func formatSize(bytes int64) string {
	if bytes < 1024 {
		return fmt.Sprintf("%d bytes", bytes)
	}
	value, unit := float64(bytes)/1024, 0
	for value >= 999.5 && unit < len(sizeUnits)-1 {
		value /= 1024
		unit++
	}
	if value < 9.95 {
		return fmt.Sprintf("%.1f %s", value, sizeUnits[unit])
	}
	return fmt.Sprintf("%.0f %s", value, sizeUnits[unit])
}

var sizeUnits = [...]string{"kB", "MB", "GB", "TB", "PB", "EB"}

// formatClock gives a time as "0:07", "12:34" or "1:02:03".
func formatClock(d time.Duration) string {
	s := int64(max(d, 0) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// formatSpan gives a time as "7 s", "12 min 34 s", "1 h 2 min".
func formatSpan(d time.Duration) string {
	s := int64(max(d, 0).Round(time.Second) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return withRest(s/60, "min", s%60, "s")
	default:
		return withRest(s/3600, "h", s%3600/60, "min")
	}
}

// formatLeft gives an estimated time, no more exact than it is known: "5 s",
// "40 s", "4 min", "2 h 20 min".
func formatLeft(d time.Duration) string {
	d = max(d, 0)
	switch {
	case d < 9500*time.Millisecond:
		return fmt.Sprintf("%d s", max(1, d.Round(time.Second)/time.Second))
	case d < 118*time.Second:
		return fmt.Sprintf("%d s", d.Round(5*time.Second)/time.Second)
	case d < 118*time.Minute:
		return fmt.Sprintf("%d min", d.Round(time.Minute)/time.Minute)
	default:
		m := int64(d.Round(10*time.Minute) / time.Minute)
		return withRest(m/60, "h", m%60, "min")
	}
}

func withRest(n int64, unit string, rest int64, smaller string) string {
	if rest == 0 {
		return fmt.Sprintf("%d %s", n, unit)
	}
	return fmt.Sprintf("%d %s %d %s", n, unit, rest, smaller)
}

// count gives "1 error", "2,000 errors".
func count[N int | int64](n N, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return number(n) + " " + what + "s"
}

// number has a comma between thousands. It is for what is not negative.
func number[N int | int64](n N) string {
	digits := strconv.FormatInt(int64(n), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
