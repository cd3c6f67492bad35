package connect

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// revocation is the lists of revoked certificates that apply.
type revocation struct {
	lists []*x509.RevocationList
	now   func() time.Time
}

// revocation reads sslcrl and sslcrldir, or else root.crl in the home
// directory. It returns nil if there are none to be read: as in libpq a file
// that is missing or broken is no error, but a directory makes lists mandatory.
func (o *sslOptions) revocation() *revocation {
	file := o.crl
	if file == "" && o.crlDir == "" {
		file = o.file("", "root.crl")
	}
	r := &revocation{now: time.Now}
	if file != "" && !r.read(file) {
		return nil
	}
	if o.crlDir != "" {
		// The hash in the names is only OpenSSL's index; all lists are read.
		files, _ := filepath.Glob(filepath.Join(o.crlDir, "*.r[0-9]*")) // the pattern is not malformed
		for _, f := range files {
			r.read(f)
		}
	}
	if file == "" && o.crlDir == "" {
		return nil
	}
	return r
}

// read adds the lists of a file. It reports whether there were any.
func (r *revocation) read(file string) bool {
	text, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	n := len(r.lists)
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "X509 CRL" {
			continue
		}
		if list, err := x509.ParseRevocationList(block.Bytes); err == nil {
			r.lists = append(r.lists, list)
		}
	}
	return len(r.lists) > n
}

// check looks up every certificate of a chain, the root's included, in the
// list of its issuer, which must be there, signed and current
// (X509_V_FLAG_CRL_CHECK_ALL).
func (r *revocation) check(chain []*x509.Certificate) error {
	for i, cert := range chain {
		issuer := chain[min(i+1, len(chain)-1)]
		list, err := r.listOf(issuer)
		if err != nil {
			return err
		}
		for _, entry := range list.RevokedCertificateEntries {
			if entry.SerialNumber.Cmp(cert.SerialNumber) == 0 {
				return errors.New("certificate revoked")
			}
		}
	}
	return nil
}

func (r *revocation) listOf(issuer *x509.Certificate) (*x509.RevocationList, error) {
	err := errors.New("unable to get certificate CRL")
	now := r.now()
	for _, list := range r.lists {
		switch {
		case !bytes.Equal(list.RawIssuer, issuer.RawSubject):
		case list.CheckSignatureFrom(issuer) != nil:
			err = errors.New("CRL signature failure")
		case now.Before(list.ThisUpdate):
			err = errors.New("CRL is not yet valid")
		case !list.NextUpdate.IsZero() && now.After(list.NextUpdate):
			err = errors.New("CRL has expired")
		default:
			return list, nil
		}
	}
	return nil, err
}
