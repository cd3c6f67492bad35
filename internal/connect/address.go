package connect

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// An address is one way to reach a host.
type address struct {
	network string // "tcp" or "unix"
	dial    string // what net.Dial takes
	ip      string // "" for sockets
}

// addresses resolves a host. Errors are in libpq's words.
func (t *target) addresses(ctx context.Context, h *host, port int) ([]address, error) {
	if h.isSocket() {
		path := fmt.Sprintf("%s/.s.PGSQL.%d", h.name, port)
		if len(path) > socketPathBytes {
			return nil, errorf("Unix-domain socket path \"%s\" is too long (maximum %d bytes)", path, socketPathBytes)
		}
		return []address{{network: "unix", dial: path}}, nil
	}

	ips, err := lookup(ctx, h)
	if err != nil {
		return nil, err
	}
	if t.balance {
		rand.Shuffle(len(ips), func(i, j int) { ips[i], ips[j] = ips[j], ips[i] })
	}
	addrs := make([]address, len(ips))
	for i, ip := range ips {
		addrs[i] = address{
			network: "tcp",
			dial:    net.JoinHostPort(ip.String(), strconv.Itoa(port)),
			ip:      ip.WithZone("").String(),
		}
	}
	return addrs, nil
}

// lookup returns the addresses of a host in the order the resolver prefers.
func lookup(ctx context.Context, h *host) ([]netip.Addr, error) {
	if h.addr != "" {
		ip := parseHostIP(h.addr)
		if !ip.IsValid() {
			return nil, errorf("could not parse network address \"%s\": %s", h.addr, "Name or service not known")
		}
		return []netip.Addr{ip}, nil
	}
	if ip := parseHostIP(h.name); ip.IsValid() {
		return []netip.Addr{ip}, nil
	}
	ips, err := net.DefaultResolver.LookupNetIP(ctx, "ip", h.name)
	if err != nil {
		return nil, &Error{
			text: fmt.Sprintf("could not translate host name \"%s\" to address: %s\n", shownHost(h.name), resolverText(err)),
			err:  ctx.Err(),
		}
	}
	for i := range ips {
		ips[i] = ips[i].Unmap()
	}
	return ips, nil
}

// shownHost hides what comes before an @, which no host name has: it is part
// of a password that was not percent-encoded.
func shownHost(name string) string {
	if at := strings.LastIndexByte(name, '@'); at >= 0 {
		return redacted + name[at:]
	}
	return name
}

// resolverText is what getaddrinfo would say.
func resolverText(err error) string {
	var dns *net.DNSError
	if errors.As(err, &dns) && (dns.IsTemporary || dns.IsTimeout) {
		return "Temporary failure in name resolution"
	}
	return "Name or service not known"
}

// parseHostIP reads a numeric address, as getaddrinfo does: IPv6, or IPv4 in
// one of inet_aton's notations. It returns the zero Addr for everything else.
func parseHostIP(s string) netip.Addr {
	if ip, err := netip.ParseAddr(s); err == nil {
		return ip
	}
	parts := strings.Split(s, ".")
	if len(parts) > 4 {
		return netip.Addr{}
	}
	var ip uint64
	for i, part := range parts {
		n, err := strconv.ParseUint(cOctal(part), 0, 32)
		last := i == len(parts)-1
		switch {
		case err != nil, strings.Contains(part, "_"), !last && n > math.MaxUint8:
			return netip.Addr{}
		case last && n >= 1<<(8*(4-i)):
			return netip.Addr{}
		case last:
			ip |= n
		default:
			ip |= n << (8 * (3 - i))
		}
	}
	return netip.AddrFrom4([4]byte{byte(ip >> 24), byte(ip >> 16), byte(ip >> 8), byte(ip)})
}

// cOctal takes Go's own prefixes 0b and 0o away from ParseUint, which C does not know.
func cOctal(s string) string {
	if len(s) > 1 && s[0] == '0' && strings.IndexByte("bBoO", s[1]) >= 0 {
		return "x"
	}
	return s
}

// number reads an option that must be an integer, as pqParseIntParam does.
func number(keyword, text string) (int, error) {
	n, err := strconv.ParseInt(strings.Trim(text, spaces), 10, 32)
	if err != nil {
		return 0, errorf("invalid integer value \"%s\" for connection option \"%s\"", text, keyword)
	}
	return int(n), nil
}

// portNumber reads the port of a host. outOfRange errors concern only this
// host, others end the attempt.
func (h *host) portNumber() (port int, outOfRange bool, err error) {
	port, err = number("port", h.portText())
	if err != nil {
		return 0, false, err
	}
	if port < 1 || port > math.MaxUint16 {
		return 0, true, errorf("invalid port number: \"%s\"", h.port)
	}
	return port, false, nil
}
