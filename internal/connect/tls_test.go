package connect

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// An authority issues certificates for a test.
type authority struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	cert   *x509.Certificate
	file   string // its certificate
	serial int64
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t, key: newKey(t)}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.serial = 1
	a.file = writePEM(t, "root.crt", "CERTIFICATE", der)
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func writePEM(t *testing.T, name, kind string, der []byte) string {
	t.Helper()
	return writeFile(t, name, string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})))
}

// issue returns a certificate with a common name and alternative names.
func (a *authority) issue(commonName string, names []string, ips ...net.IP) tls.Certificate {
	a.t.Helper()
	a.serial++
	key := newKey(a.t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(a.serial), DNSNames: names, IPAddresses: ips,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	if commonName != "" {
		template.Subject.CommonName = commonName
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// files writes a certificate and its key.
func (a *authority) files(c tls.Certificate) (cert, key string) {
	a.t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		a.t.Fatal(err)
	}
	return writePEM(a.t, "client.crt", "CERTIFICATE", c.Certificate[0]), writePEM(a.t, "client.key", "PRIVATE KEY", der)
}

// crl writes a list of revoked certificates.
func (a *authority) crl(nextUpdate time.Time, revoked ...tls.Certificate) string {
	a.t.Helper()
	template := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: nextUpdate.Add(-2 * time.Hour), NextUpdate: nextUpdate}
	for _, c := range revoked {
		template.RevokedCertificateEntries = append(template.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: c.Leaf.SerialNumber, RevocationTime: template.ThisUpdate})
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, a.cert, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	return writePEM(a.t, "root.crl", "X509 CRL", der)
}

// serveTLS plays a server that has TLS and starts every session.
func serveTLS(t *testing.T, cfg *tls.Config) *fakeServer {
	t.Helper()
	return serve(t, func(c *fakeConn) error {
		first := make([]byte, 8)
		if _, err := c.Read(first); err != nil {
			return err
		}
		if string(first) != "\x00\x00\x00\x08\x04\xd2\x16\x2f" { // a startup packet begins
			_, err := c.Read(make([]byte, 1000))
			if err != nil {
				return err
			}
			return c.send(authRequest(reqOK, ""), msg('S', "tls\x00off\x00"), ready)
		}
		if err := c.send("S"); err != nil {
			return err
		}
		secured := tls.Server(c, cfg)
		if err := secured.Handshake(); err != nil {
			return nil // what the client makes of it counts
		}
		if err := (&fakeConn{secured}).accept(); err != nil {
			return nil
		}
		_, _, err := (&fakeConn{secured}).message()
		if err != nil {
			return nil
		}
		return secured.Close()
	})
}

func TestTLS(t *testing.T) {
	ours, theirs := newAuthority(t), newAuthority(t)
	cert := ours.issue("common.test", []string{"pg.test", "*.wild.test"}, net.IPv4(10, 0, 0, 9))
	plain := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"postgresql"}})
	old := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert}, MaxVersion: tls.VersionTLS12})
	roots := x509.NewCertPool()
	roots.AddCert(ours.cert)
	asks := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: roots, MaxVersion: tls.VersionTLS12})
	clientCert, clientKey := ours.files(ours.issue("client", nil))
	otherCert, otherKey := theirs.files(theirs.issue("client", nil))
	openKey := writeFile(t, "open.key", "x")
	if err := os.Chmod(openKey, 0o644); err != nil {
		t.Fatal(err)
	}
	valid, expired := time.Now().Add(time.Hour), time.Now().Add(-time.Minute)

	const (
		untrusted = "SSL error: certificate verify failed\n"
		encrypted = "TLS"
		open      = "plaintext"
	)
	tests := []struct {
		name   string
		want   string // encrypted, open, or how the message begins after "failed: "
		server *fakeServer
		dsn    string
	}{
		{"prefer", encrypted, plain, ""},
		{"prefer, not trusted", open, plain, "sslrootcert=" + theirs.file},
		{"disable", open, plain, "sslmode=disable"},
		{"allow", open, plain, "sslmode=allow"},
		{"require", encrypted, plain, "sslmode=require"},
		{"require, trusted", encrypted, plain, "sslmode=require sslrootcert=" + ours.file},
		{"require, not trusted", untrusted, plain, "sslmode=require sslrootcert=" + theirs.file},
		{"verify-ca", encrypted, plain, "sslmode=verify-ca sslrootcert=" + ours.file},
		{"verify-ca, not trusted", untrusted, plain, "sslmode=verify-ca sslrootcert=" + theirs.file},
		{"verify-ca, no roots", "root certificate file \"/nonexistent\" does not exist\nEither provide the file,", plain, "sslmode=verify-ca sslrootcert=/nonexistent"},
		{"verify-ca, no certificate", "could not read root certificate file \"" + clientKey + "\": no certificate or crl found\n", plain, "sslmode=verify-ca sslrootcert=" + clientKey},
		{"verify-full, name", encrypted, plain, "sslmode=verify-full host=pg.test hostaddr=127.0.0.1 sslrootcert=" + ours.file},
		{"verify-full, other name", "server certificate for \"pg.test\" (and 2 other names) does not match host name \"x.test\"\n", plain, "sslmode=verify-full host=x.test hostaddr=127.0.0.1 sslrootcert=" + ours.file},
		{"system roots", untrusted, plain, "sslrootcert=system"},
		{"direct", "SSL error: ", plain, "sslmode=require sslnegotiation=direct"},
		{"version too high", "SSL error: tlsv1 alert protocol version\nThis may indicate that the server does not support any SSL protocol version between TLSv1.3 and TLSv1.3.\n", old, "sslmode=require ssl_min_protocol_version=TLSv1.3"},
		{"version", encrypted, plain, "sslmode=require ssl_max_protocol_version=TLSv1.2"},
		{"binding impossible", "channel binding required, but server authenticated client without channel binding\n", plain, "sslmode=require channel_binding=require"},

		{"nothing revoked", encrypted, plain, "sslmode=verify-ca sslrootcert=" + ours.file + " sslcrl=" + ours.crl(valid)},
		{"revoked", untrusted, plain, "sslmode=verify-ca sslrootcert=" + ours.file + " sslcrl=" + ours.crl(valid, cert)},
		{"expired list", untrusted, plain, "sslmode=verify-ca sslrootcert=" + ours.file + " sslcrl=" + ours.crl(expired)},
		{"other's list", untrusted, plain, "sslmode=verify-ca sslrootcert=" + ours.file + " sslcrl=" + theirs.crl(valid)},
		{"no list", encrypted, plain, "sslmode=verify-ca sslrootcert=" + ours.file + " sslcrl=/nonexistent"},
		{"empty folder of lists", untrusted, plain, "sslmode=verify-ca sslrootcert=" + ours.file + " sslcrldir=" + t.TempDir()},

		{"client certificate", encrypted, asks, "sslmode=require sslcert=" + clientCert + " sslkey=" + clientKey},
		{"client certificate required", encrypted, asks, "sslmode=require sslcertmode=require sslcert=" + clientCert + " sslkey=" + clientKey},
		{"none sent", "SSL error: ssl/tls alert handshake failure\n", asks, "sslmode=require"},
		{"none to be sent", "SSL error: ssl/tls alert handshake failure\n", asks, "sslmode=require sslcertmode=disable sslcert=" + clientCert + " sslkey=" + clientKey},
		{"other authority's", "SSL error: tlsv1 alert unknown ca\n", asks, "sslmode=require sslcert=" + otherCert + " sslkey=" + otherKey},
		{"not asked for", "server did not request an SSL certificate\n", plain, "sslmode=require sslcertmode=require"},
		{"no key", "certificate present, but not private key file \"/nonexistent\"\n", plain, "sslmode=require sslcert=" + clientCert + " sslkey=/nonexistent"},
		{"other key", "could not load private key file \"" + otherKey + "\": key values mismatch\n", plain, "sslmode=require sslcert=" + clientCert + " sslkey=" + otherKey},
		{"key others may read", "private key file \"" + openKey + "\" has group or world access; file must have permissions u=rw", plain, "sslmode=require sslcert=" + clientCert + " sslkey=" + openKey},
		{"no certificate in the file", "could not read certificate file \"" + clientKey + "\": no start line\n", plain, "sslmode=require sslcert=" + clientKey},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			conn, err := New(Params{DBName: tt.server.dsn(tt.dsn)}, noEnv, nil).Connect(t.Context(), Session{})
			if err != nil {
				_, got, _ := strings.Cut(ErrorMessage(err), "failed: ")
				if !strings.HasPrefix(got, tt.want) {
					t.Errorf("want %q, got %q", tt.want, got)
				}
				return
			}
			defer conn.Close(t.Context())
			got := encrypted
			if conn.ParameterStatus("tls") == "off" {
				got = open
			}
			if got != tt.want {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

// TestLostTLS tells an orderly end from a torn connection.
func TestLostTLS(t *testing.T) {
	a := newAuthority(t)
	cfg := &tls.Config{Certificates: []tls.Certificate{a.issue("x", nil)}}
	for _, tt := range []struct {
		name, want string
		end        func(secured *tls.Conn) error
	}{
		{"closed", closedByTLS, func(secured *tls.Conn) error { return secured.CloseWrite() }},
		{"torn", "SSL error: unexpected eof while reading\n", func(secured *tls.Conn) error { return nil }},
		{"told", "FATAL:  stop\n" + closedByTLS, func(secured *tls.Conn) error {
			return (&fakeConn{secured}).send(serverError('E', "FATAL", "57P01", "stop"))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(c *fakeConn) error {
				if _, _, err := c.request(); err != nil {
					return err
				}
				if err := c.send("S"); err != nil {
					return err
				}
				secured := tls.Server(c, cfg)
				inside := &fakeConn{secured}
				if err := inside.accept(); err != nil {
					return err
				}
				if _, _, err := inside.message(); err != nil {
					return err
				}
				return tt.end(secured)
			})
			conn, err := New(Params{DBName: s.dsn("sslmode=require")}, noEnv, nil).Connect(t.Context(), Session{})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			_, err = conn.Exec(t.Context(), "select 1").ReadAll()
			if err == nil {
				t.Fatal("no error")
			}
			if got := QueryErrorMessage(conn, err, "select 1"); got != tt.want {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

func TestVerifyName(t *testing.T) {
	a := newAuthority(t)
	both := a.issue("common.test", []string{"pg.test", "*.wild.test"}, net.IPv4(10, 0, 0, 9)).Leaf
	nameOnly := a.issue("common.test", nil).Leaf
	ipOnly := a.issue("common.test", nil, net.IPv4(10, 0, 0, 9), net.ParseIP("fe80::1")).Leaf
	nothing := a.issue("", nil).Leaf
	for _, tt := range []struct {
		name, want string
		cert       *x509.Certificate
		host       string
	}{
		{"name", "", both, "pg.test"},
		{"case", "", both, "PG.Test"},
		{"wildcard", "", both, "a.wild.test"},
		{"wildcard, two labels", "server certificate for \"pg.test\" (and 2 other names) does not match host name \"a.b.wild.test\"", both, "a.b.wild.test"},
		{"wildcard, none", "server certificate for \"pg.test\" (and 2 other names) does not match host name \"wild.test\"", both, "wild.test"},
		{"address", "", both, "10.0.0.9"},
		{"address, other notation", "", both, "10.9"},
		{"common name does not count", "server certificate for \"pg.test\" (and 2 other names) does not match host name \"common.test\"", both, "common.test"},
		{"common name", "", nameOnly, "common.test"},
		{"common name, other", "server certificate for \"common.test\" does not match host name \"x\"", nameOnly, "x"},
		{"common name beside addresses", "", ipOnly, "common.test"},
		{"IPv6", "", ipOnly, "fe80::1"},
		{"address, other", "server certificate for \"10.0.0.9\" (and 1 other name) does not match host name \"10.0.0.8\"", ipOnly, "10.0.0.8"},
		{"no name", "could not get server's host name from server certificate", nothing, "x"},
		{"no host", "host name must be specified for a verified SSL connection", both, ""},
	} {
		t.Run(tt.name, func(t *testing.T) { checkError(t, verifyName(tt.cert, tt.host), tt.want) })
	}
}

// The same key as OpenSSL 3 writes it; the passphrase is "sesame".
var privateKeys = map[string]string{
	"EC": `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIEzgDmjgD3q4kq7n1FjejJS6PEdQdmzuxnDHRHOtJ4MDoAoGCCqGSM49
AwEHoUQDQgAEGDAAgyKm8wwtHDpntjb34rIAoBoC1IcOmOA6EghKne67G90mmrRG
O84W2v8OzJiG9SwEjtwp0zmeP8+s30bRRQ==
-----END EC PRIVATE KEY-----
`,
	"PKCS #8": `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTOAOaOAPeriSrufU
WN6MlLo8R1B2bO7GcMdEc60ngwOhRANCAAQYMACDIqbzDC0cOme2NvfisgCgGgLU
hw6Y4DoSCEqd7rsb3SaatEY7zhba/w7MmIb1LASO3CnTOZ4/z6zfRtFF
-----END PRIVATE KEY-----
`,
	"PKCS #8, AES": `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjVQSQglnz3KQICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJJ8ua/FDLt1GdhkD5c30JEEgZDo
RP0lvXUWbKJb8+T2ceOSrbvIzLBDcHu89/CuN1OURjq7X8FHVvVrH/UeViotW6LK
GPuS9Bnk7t5ztRNlef1FMJp6vF970UymVSU2yrNHusqeMiGAh1H6elSN0HD+5OSR
T7ANEbJAsssEU4sJmP8RZabgca2CLgjzlm+Yp89VJLGWQf2ZHdW96W0ER8YRZvU=
-----END ENCRYPTED PRIVATE KEY-----
`,
	"PKCS #8, 3DES": `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHVMEAGCSqGSIb3DQEFDTAzMBsGCSqGSIb3DQEFDDAOBAgwHaxGwnER2gICCAAw
FAYIKoZIhvcNAwcECA/eLVqhOfHPBIGQuzpNWTIJ+kgQTG/Xs1oVIzxPTVq0g/mf
ojWNQmk3mglBFkvNxz3aEIoohA7ZQJWxq50uVnynZpvf1//F16KGUZelzqyDIdIP
CxZpjYXFfkj+/jrllhFv4Krf0uHAr1tVnjIG9XiTnTI1oJQ1I23QH5Uqqji6iLIU
4Za1WrZGrQjpby/ol8nUAW0ZCN0zuLoY
-----END ENCRYPTED PRIVATE KEY-----
`,
	"EC, AES": `-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-256-CBC,76CCC1E22AB207571610C30BC09BA8AC

ZT8JgVm0dT2hlqtuWnAlPBrL7iwzG3192kATYTz++ByCAOpzL/k78L7AHtDwy1sf
I1pGgpb4tDFXbFnPwzpRSzwWNG4Iz1P7lSQNPxyKPQID0jSsxJ1+MjpdEaH26R1u
+RB1YE64VLVlrRKOqAbc/PRa81yZGKLue4az9AWhQww=
-----END EC PRIVATE KEY-----
`,
}

func TestPrivateKey(t *testing.T) {
	want, err := parsePrivateKey([]byte(privateKeys["EC"]), nil)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(answer string) func() (string, error) { return func() (string, error) { return answer, nil } }
	for name, text := range privateKeys {
		t.Run(name, func(t *testing.T) {
			got, err := parsePrivateKey([]byte(text), ask("sesame"))
			if err != nil {
				t.Fatal(err)
			}
			if !want.(*ecdsa.PrivateKey).Equal(got) {
				t.Error("another key")
			}
			if !strings.Contains(text, "ENCRYPTED") {
				return
			}
			if _, err := parsePrivateKey([]byte(text), ask("wrong")); err == nil {
				t.Error("no error for a wrong passphrase")
			}
		})
	}
	block, _ := pem.Decode([]byte(privateKeys["EC"]))
	if got, err := parsePrivateKey(block.Bytes, nil); err != nil || !want.(*ecdsa.PrivateKey).Equal(got) {
		t.Errorf("DER: %v", err)
	}
	if _, err := parsePrivateKey([]byte("junk"), nil); err == nil {
		t.Error("no error for junk")
	}
}

// TestKeyPassphrase asks once for all connections, and not with -w.
func TestKeyPassphrase(t *testing.T) {
	a := &asker{answers: []string{"sesame"}}
	c := New(Params{}, noEnv, a.ask)
	for range 2 {
		if got, err := c.keyPassphrase(context.Background()); got != "sesame" || err != nil {
			t.Errorf("want sesame, got %q, %v", got, err)
		}
	}
	if _, err := New(Params{Prompt: PromptNever}, noEnv, nil).keyPassphrase(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestKeyLog(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	for _, line := range []string{"a\n", "b\n"} {
		if _, err := (keyLog{file, warnFails(t)}).Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != "a\nb\n" {
		t.Errorf("got %q, %v", text, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
