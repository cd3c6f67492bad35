package binarycopy

import (
	"bytes"
	"net/netip"
	"strings"
)

// appendNetwork appends an inet or cidr value: family (PGSQL_AF_INET, which is 2
// everywhere, or PGSQL_AF_INET6), bits of the mask, whether it is a cidr, which no
// server asks, length and bytes of the address (PostgreSQL's network_recv). A cidr
// is always written with its mask and has no bits beyond it.
func appendNetwork(out, text []byte, cidr bool) (_ []byte, size int, ok bool) {
	size = bytes.IndexAny(text, "\t\n,}")
	if size < 0 {
		return out, 0, false
	}
	field := string(text[:size])
	masked := strings.Contains(field, "/")
	p, ok := readNetwork(field, masked)
	if !ok || cidr && (!masked || p != p.Masked()) {
		return out, 0, false
	}
	family := byte(3)
	if p.Addr().Is4() {
		family = 2
	}
	address := p.Addr().AsSlice()
	out = append(out, 0, 0, 0, byte(4+len(address)), family, byte(p.Bits()), 0, byte(len(address)))
	return append(out, address...), size, true
}

// readNetwork reads an address with or without a mask.
func readNetwork(text string, masked bool) (netip.Prefix, bool) {
	if masked {
		p, err := netip.ParsePrefix(text)
		return p, err == nil
	}
	a, err := netip.ParseAddr(text)
	return netip.PrefixFrom(a, a.BitLen()), err == nil && a.Zone() == ""
}
