package connect

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"net"
	"net/netip"
	"strings"
)

// trust is what a server's certificate is checked against.
type trust struct {
	roots   *x509.CertPool
	revoked *revocation // nil if there are no revocation lists
}

// verifyError is a certificate that is not trusted.
type verifyError struct{ err error }

func (e *verifyError) Error() string { return "certificate verify failed: " + e.err.Error() }
func (e *verifyError) Unwrap() error { return e.err }

// verify checks the chain, not the name.
func (t *trust) verify(certs []*x509.Certificate) error {
	opts := x509.VerifyOptions{Roots: t.roots, Intermediates: x509.NewCertPool()}
	for _, cert := range certs[1:] {
		opts.Intermediates.AddCert(cert)
	}
	chains, err := certs[0].Verify(opts)
	if err != nil {
		return &verifyError{err}
	}
	if t.revoked == nil {
		return nil
	}
	for _, chain := range chains {
		if err = t.revoked.check(chain); err == nil {
			return nil
		}
	}
	return &verifyError{err}
}

var (
	oidCommonName     = asn1.ObjectIdentifier{2, 5, 4, 3}
	oidSubjectAltName = asn1.ObjectIdentifier{2, 5, 29, 17}
)

// verifyName checks that a certificate is host's, as libpq does
// (pq_verify_peer_name_matches_certificate): the subject's common name counts
// if there is no alternative name of the same kind as host, address or name.
func verifyName(cert *x509.Certificate, host string) error {
	if host == "" {
		return errorf("host name must be specified for a verified SSL connection")
	}
	hostIP := parseHostIP(host)
	checkCommonName := true
	var examined []string
	for _, san := range altNames(cert) {
		if (san.ip != nil) == hostIP.IsValid() {
			checkCommonName = false
		}
		if san.ip == nil {
			if strings.IndexByte(san.name, 0) >= 0 {
				return errorf("SSL certificate's name contains embedded null")
			}
			examined = append(examined, san.name)
			if nameMatches(san.name, host) {
				return nil
			}
			continue
		}
		addr, ok := netip.AddrFromSlice(san.ip)
		if !ok {
			return errorf("certificate contains IP address with invalid length %d", len(san.ip))
		}
		examined = append(examined, addr.String())
		if addr == hostIP {
			return nil
		}
	}
	if name, found := commonName(cert); found && checkCommonName {
		if strings.IndexByte(name, 0) >= 0 {
			return errorf("SSL certificate's name contains embedded null")
		}
		examined = append(examined, name)
		if nameMatches(name, host) {
			return nil
		}
	}

	switch n := len(examined) - 1; {
	case n < 0:
		return errorf("could not get server's host name from server certificate")
	case n == 0:
		return errorf("server certificate for \"%s\" does not match host name \"%s\"", examined[0], host)
	case n == 1:
		return errorf("server certificate for \"%s\" (and %d other name) does not match host name \"%s\"", examined[0], n, host)
	default:
		return errorf("server certificate for \"%s\" (and %d other names) does not match host name \"%s\"", examined[0], n, host)
	}
}

// altName is a subject alternative name: an IP address or else a DNS name.
type altName struct {
	name string
	ip   net.IP
}

// altNames returns the DNS names and addresses in the certificate's order,
// which x509.Certificate's fields do not keep.
func altNames(cert *x509.Certificate) []altName {
	const tagDNS, tagIP = 2, 7
	var names []altName
	for _, ext := range cert.Extensions {
		if !ext.Id.Equal(oidSubjectAltName) {
			continue
		}
		var seq asn1.RawValue
		if _, err := asn1.Unmarshal(ext.Value, &seq); err != nil {
			return nil
		}
		for rest := seq.Bytes; len(rest) > 0; {
			var v asn1.RawValue
			var err error
			if rest, err = asn1.Unmarshal(rest, &v); err != nil {
				return nil
			}
			switch v.Tag {
			case tagDNS:
				names = append(names, altName{name: string(v.Bytes)})
			case tagIP:
				names = append(names, altName{ip: append(net.IP{}, v.Bytes...)})
			}
		}
	}
	return names
}

// commonName returns the first common name of the subject.
func commonName(cert *x509.Certificate) (string, bool) {
	for _, attr := range cert.Subject.Names {
		if attr.Type.Equal(oidCommonName) {
			name, ok := attr.Value.(string)
			return name, ok
		}
	}
	return "", false
}

// nameMatches compares a name of a certificate, which may begin with a
// wildcard that stands for one label, with a host name.
func nameMatches(pattern, host string) bool {
	if strings.EqualFold(pattern, host) {
		return true
	}
	if len(pattern) < 3 || pattern[:2] != "*." || len(pattern) > len(host) {
		return false
	}
	// The first dot of host must be where the pattern's is.
	dot := len(host) - len(pattern) + 1
	return strings.EqualFold(pattern[1:], host[dot:]) && strings.IndexByte(host, '.') >= dot
}

// samePublicKey reports whether a certificate and its private key belong together.
func samePublicKey(cert *tls.Certificate) bool {
	signer, ok := cert.PrivateKey.(crypto.Signer)
	if !ok {
		return false
	}
	ours, err1 := x509.MarshalPKIXPublicKey(signer.Public())
	theirs, err2 := x509.MarshalPKIXPublicKey(cert.Leaf.PublicKey)
	return err1 == nil && err2 == nil && bytes.Equal(ours, theirs)
}
