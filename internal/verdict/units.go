package verdict

import (
	"fmt"
	"strconv"
	"strings"
)

// count gives "1 error", "1,204 errors".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(int64(n)) + " " + many
}

// number has a comma between thousands.
func number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// size is in units of 1024, as pg_size_pretty has them, with two digits at
// least: "1.2 GB", "45 MB".
func size(bytes int64) string {
	if bytes < 1024 {
		return count(int(bytes), "byte", "bytes")
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

// duration gives a time as "850 ms", "14.2 s", "2 min 14 s" or "3 h 12 min".
func duration(seconds float64) string {
	switch whole := int64(seconds + 0.5); {
	case seconds < 0.9995:
		return fmt.Sprintf("%.0f ms", seconds*1000)
	case seconds < 59.95:
		return fmt.Sprintf("%.1f s", seconds)
	case whole < 3600:
		return fmt.Sprintf("%d min %d s", whole/60, whole%60)
	default:
		return fmt.Sprintf("%d h %d min", whole/3600, whole%3600/60)
	}
}
