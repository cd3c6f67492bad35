package connect

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// sslOptions are the options about TLS, in text as given. Files are read when
// a connection needs them, as libpq does, so an unreadable one does not matter
// to a connection without TLS.
type sslOptions struct {
	mode, negotiation      string
	cert, key, certMode    string
	password               string // of the key
	rootCert, crl, crlDir  string
	sni                    bool
	minVersion, maxVersion string
	minID, maxID           uint16 // the same as crypto/tls has them, 0 if not given
	keyLog                 string
	home                   string // the user's home directory, "" if unknown
}

// callbacks are what reading TLS files may need of the Connector.
type callbacks struct {
	warn       func(text string)                         // text ends in a newline
	passphrase func(ctx context.Context) (string, error) // of an encrypted key
}

// tlsVersions are the values of ssl_min_protocol_version, in lower case.
var tlsVersions = map[string]uint16{
	"":        0,
	"tlsv1":   tls.VersionTLS10,
	"tlsv1.1": tls.VersionTLS11,
	"tlsv1.2": tls.VersionTLS12,
	"tlsv1.3": tls.VersionTLS13,
}

func newSSLOptions(s settings, env LookupEnv) (sslOptions, error) {
	o := sslOptions{
		mode:        s["sslmode"],
		negotiation: s["sslnegotiation"],
		cert:        s["sslcert"],
		key:         s["sslkey"],
		certMode:    "allow",
		password:    s["sslpassword"],
		rootCert:    s["sslrootcert"],
		crl:         s["sslcrl"],
		crlDir:      s["sslcrldir"],
		sni:         strings.HasPrefix(s["sslsni"], "1"),
		minVersion:  s["ssl_min_protocol_version"],
		maxVersion:  s["ssl_max_protocol_version"],
		keyLog:      s["sslkeylogfile"],
	}
	o.home, _ = homeDir(env)
	if mode, given := s["sslcertmode"]; given {
		o.certMode = mode
	}
	return o, o.validate()
}

func (o *sslOptions) validate() error {
	if err := oneOf("sslmode", o.mode, "disable", "allow", "prefer", "require", "verify-ca", "verify-full"); err != nil {
		return err
	}
	if err := oneOf("sslnegotiation", o.negotiation, "postgres", "direct"); err != nil {
		return err
	}
	if o.direct() && o.plaintextAllowed() {
		return errorf("weak sslmode \"%s\" may not be used with sslnegotiation=direct (use \"require\", \"verify-ca\", or \"verify-full\")", o.mode)
	}
	if o.rootCert == "system" && o.mode != "verify-full" {
		return errorf("weak sslmode \"%s\" may not be used with sslrootcert=system (use \"verify-full\")", o.mode)
	}
	var known bool
	if o.minID, known = tlsVersions[strings.ToLower(o.minVersion)]; !known {
		return errorf("invalid \"%s\" value: \"%s\"", "ssl_min_protocol_version", o.minVersion)
	}
	if o.maxID, known = tlsVersions[strings.ToLower(o.maxVersion)]; !known {
		return errorf("invalid \"%s\" value: \"%s\"", "ssl_max_protocol_version", o.maxVersion)
	}
	if o.maxID != 0 && o.minID > o.maxID {
		return errorf("invalid SSL protocol version range")
	}
	return oneOf("sslcertmode", o.certMode, "disable", "allow", "require")
}

func (o *sslOptions) direct() bool { return o.negotiation == "direct" }

// plaintextAllowed reports whether a connection without TLS will do.
func (o *sslOptions) plaintextAllowed() bool {
	return o.mode == "disable" || o.mode == "allow" || o.mode == "prefer"
}

// verifies reports whether the server's certificate must be trusted.
func (o *sslOptions) verifies() bool { return strings.HasPrefix(o.mode, "verify-") }

// An encryption is how a connection is protected.
type encryption int

const (
	plaintext encryption = iota
	encrypted
)

// encryptions returns what to try with an address, in order. Sockets are never encrypted.
func (o *sslOptions) encryptions(socket bool) []encryption {
	switch {
	case socket, o.mode == "disable":
		return []encryption{plaintext}
	case o.mode == "allow":
		return []encryption{plaintext, encrypted}
	case o.mode == "prefer":
		return []encryption{encrypted, plaintext}
	}
	return []encryption{encrypted}
}

// clientCert records what became of our certificate in one handshake.
type clientCert struct {
	requested, sent bool
}

// config builds the TLS configuration for one connection to h (initialize_SSL).
// Errors are in libpq's words. The caller checks the host name afterwards.
func (o *sslOptions) config(ctx context.Context, h *host, call callbacks) (*tls.Config, *clientCert, error) {
	cfg := &tls.Config{
		// Verification is our own: libpq checks the chain if there is a root
		// certificate, whatever sslmode says, and the name only on demand.
		InsecureSkipVerify: true,
		NextProtos:         []string{"postgresql"},
		MinVersion:         o.minID,
		MaxVersion:         o.maxID,
	}
	if o.sni && isDNSName(h.name) {
		cfg.ServerName = h.name
	}
	trust, err := o.trust()
	if err != nil {
		return nil, nil, err
	}
	if trust != nil {
		cfg.VerifyConnection = func(state tls.ConnectionState) error { return trust.verify(state.PeerCertificates) }
	}
	cert, err := o.certificate(ctx, call)
	if err != nil {
		return nil, nil, err
	}
	use := new(clientCert)
	cfg.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		use.requested = true
		if cert == nil {
			return new(tls.Certificate), nil
		}
		use.sent = true
		return cert, nil
	}
	if o.keyLog != "" {
		cfg.KeyLogWriter = keyLog{o.keyLog, call.warn}
	}
	return cfg, use, nil
}

// file returns the given path, or the one in the home directory libpq would
// use, or "".
func (o *sslOptions) file(given, name string) string {
	if given != "" || o.home == "" {
		return given
	}
	return o.home + tlsFolder + name
}

// trust returns the trusted roots, nil if there are none and none are needed.
func (o *sslOptions) trust() (*trust, error) {
	file := o.file(o.rootCert, "root.crt")
	if file == "system" {
		roots, err := x509.SystemCertPool()
		if err != nil {
			return nil, errorf("could not load system root certificate paths: %s", systemText(err))
		}
		return &trust{roots: roots}, nil
	}
	if !exists(file) {
		const advice = "Either provide the file, use the system's trusted roots with sslrootcert=system, or change sslmode to disable server certificate verification."
		switch {
		case !o.verifies():
			return nil, nil
		case file == "":
			return nil, errorf("could not get home directory to locate root certificate file\n%s", advice)
		}
		return nil, errorf("root certificate file \"%s\" does not exist\n%s", file, advice)
	}

	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errorf("could not read root certificate file \"%s\": %s", file, systemText(err))
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, errorf("could not read root certificate file \"%s\": no certificate or crl found", file)
	}
	return &trust{roots: roots, revoked: o.revocation()}, nil
}

// certificate returns the client's certificate, nil if there is none.
func (o *sslOptions) certificate(ctx context.Context, call callbacks) (*tls.Certificate, error) {
	file := o.file(o.cert, "postgresql.crt")
	if o.certMode == "disable" || file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist), isNotDir(err):
		return nil, nil
	case errors.Is(err, fs.ErrPermission) && !exists(file):
		return nil, errorf("could not open certificate file \"%s\": %s", file, systemText(err))
	case err != nil:
		return nil, errorf("could not read certificate file \"%s\": %s", file, systemText(err))
	}
	cert := new(tls.Certificate)
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			cert.Certificate = append(cert.Certificate, block.Bytes)
		}
	}
	if len(cert.Certificate) == 0 {
		return nil, errorf("could not read certificate file \"%s\": no start line", file)
	}
	if cert.Leaf, err = x509.ParseCertificate(cert.Certificate[0]); err != nil {
		return nil, errorf("could not read certificate file \"%s\": %s", file, err)
	}

	keyFile := o.file(o.key, "postgresql.key")
	if keyFile == "" {
		return nil, nil
	}
	if cert.PrivateKey, err = o.privateKey(ctx, keyFile, call); err != nil {
		return nil, err
	}
	if !samePublicKey(cert) {
		return nil, errorf("could not load private key file \"%s\": key values mismatch", keyFile)
	}
	return cert, nil
}

// privateKey reads a key file, after libpq's checks of who else can.
func (o *sslOptions) privateKey(ctx context.Context, file string, call callbacks) (any, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errorf("certificate present, but not private key file \"%s\"", file)
	case err != nil:
		return nil, errorf("could not stat private key file \"%s\": %s", file, systemText(err))
	case !info.Mode().IsRegular():
		return nil, errorf("private key file \"%s\" is not a regular file", file)
	case othersMayRead(info):
		return nil, errorf("private key file \"%s\" has group or world access; file must have permissions u=rw (0600) or less if owned by the current user, or permissions u=rw,g=r (0640) or less if owned by root", file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errorf("could not load private key file \"%s\": %s", file, systemText(err))
	}
	key, err := parsePrivateKey(text, func() (string, error) {
		if o.password != "" {
			return o.password, nil
		}
		return call.passphrase(ctx)
	})
	if err != nil {
		return nil, errorf("could not load private key file \"%s\": %s", file, err)
	}
	return key, nil
}

// isDNSName reports whether libpq sends the host as server name: not for
// addresses, by a rough test.
func isDNSName(host string) bool {
	return strings.Trim(host, "0123456789.") != "" && !strings.Contains(host, ":")
}

// keyLog appends to a file that only its owner can read. Trouble with it does
// not stop the connection.
type keyLog struct {
	file string
	warn func(text string)
}

func (k keyLog) Write(line []byte) (int, error) {
	f, err := os.OpenFile(k.file, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		k.warn(fmt.Sprintf("WARNING: could not open SSL key logging file \"%s\": %s\n", k.file, systemText(err)))
		return len(line), nil
	}
	defer f.Close()
	if _, err := f.Write(line); err != nil {
		k.warn(fmt.Sprintf("WARNING: could not write to SSL key logging file \"%s\": %s\n", k.file, systemText(err)))
	}
	return len(line), nil
}
