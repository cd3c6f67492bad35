package archive

import (
	"fmt"
	"math"

	"pgrestore/toc"
)

// scanOID reads s as sscanf's %u does: what is no number gives 0, a sign is
// allowed, and the value is cut to 32 bits.
func scanOID[S string | []byte](s S) toc.OID { return toc.OID(scanInt(s)) }

// scanInt reads s as sscanf's %d or %u does, which differ only in what they
// take the 32 bits for.
func scanInt[S string | []byte](s S) int32 {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	negative := false
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	var v uint64
	for i := 0; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		d := uint64(s[i] - '0')
		if v > (math.MaxInt64-d)/10 {
			v = math.MaxInt64 // as strtol does
			break
		}
		v = v*10 + d
	}
	if negative {
		v = -v
	}
	return int32(v)
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func ordinal(i, n int) string { return fmt.Sprintf("%d of %d", i, n) }
