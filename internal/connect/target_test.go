package connect

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOptionErrors holds the messages of options whose values are checked
// before anything is dialed, in libpq's words.
func TestOptionErrors(t *testing.T) {
	for _, tt := range []struct{ want, in string }{
		{`invalid sslmode value: "x"`, "sslmode=x"},
		{`invalid sslmode value: ""`, "sslmode=''"},
		{`invalid sslnegotiation value: "x"`, "sslnegotiation=x"},
		{`weak sslmode "prefer" may not be used with sslnegotiation=direct (use "require", "verify-ca", or "verify-full")`, "sslnegotiation=direct"},
		{`weak sslmode "require" may not be used with sslrootcert=system (use "verify-full")`, "sslrootcert=system sslmode=require"},
		{`invalid "ssl_min_protocol_version" value: "TLSv9"`, "ssl_min_protocol_version=TLSv9"},
		{`invalid "ssl_max_protocol_version" value: "x"`, "ssl_max_protocol_version=x"},
		{`invalid SSL protocol version range`, "ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=tlsv1.2"},
		{`invalid sslcertmode value: "x"`, "sslcertmode=x"},
		{`invalid gssencmode value: "x"`, "gssencmode=x"},
		{`gssencmode value "require" invalid when GSSAPI support is not compiled in`, "gssencmode=require"},
		{`invalid channel_binding value: "x"`, "channel_binding=x"},
		{`invalid target_session_attrs value: "x"`, "target_session_attrs=x"},
		{`invalid load_balance_hosts value: "x"`, "load_balance_hosts=x"},
		{`connection option "scram_client_key" is not supported`, "scram_client_key=x"},
		{`invalid min_protocol_version value: "3.1"`, "min_protocol_version=3.1"},
		{`"min_protocol_version" is greater than "max_protocol_version"`, "min_protocol_version=3.2 max_protocol_version=3.0"},
		{`could not match 3 port numbers to 2 hosts`, "host=a,b port=1,2,3"},
		{`could not match 1 host names to 2 hostaddr values`, "host=a hostaddr=1.1.1.1,2.2.2.2"},
		{`invalid require_auth value: "x"`, "require_auth=x"},
		{`invalid require_auth value: ""`, "require_auth=md5,"},
		{`negative require_auth method "!md5" cannot be mixed with non-negative methods`, "require_auth=password,!md5"},
		{`require_auth method "md5" cannot be mixed with negative methods`, "require_auth=!password,md5"},
		{`require_auth method "md5" is specified more than once`, "require_auth=md5,md5"},
		{`require_auth method "!md5" is specified more than once`, "require_auth=!md5,!md5"},
		{`require_auth method "none" is specified more than once`, "require_auth=none,none"},
		{`require_auth method "!none" is specified more than once`, "require_auth=!none,!none"},
		{`invalid integer value "x" for connection option "port"`, "host=/tmp port=x"},
		{`invalid port number: "0"`, "host=/tmp port=0"},
		{`invalid port number: "70000"`, "host=/tmp port=70000"},
		{`could not parse network address "x": Name or service not known`, "hostaddr=x"},
	} {
		_, err := New(Params{DBName: tt.in, User: "u"}, noEnv, nil).Connect(t.Context(), Session{})
		t.Run(tt.in, func(t *testing.T) { checkError(t, err, tt.want) })
	}
}

func testTarget(t *testing.T, in string, env LookupEnv) *target {
	t.Helper()
	set, err := New(Params{DBName: in, FallbackApplicationName: "prog"}, env, nil).settings(Session{}, secret{})
	if err != nil {
		t.Fatal(err)
	}
	target, err := newTarget(set, env, warnFails(t))
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func TestHosts(t *testing.T) {
	for _, tt := range []struct {
		name string
		want []host
		in   string
	}{
		{"one", []host{{name: "a", port: "5432"}}, "host=a"},
		{"one port for all", []host{{name: "a", port: "1"}, {name: "b", port: "1"}}, "host=a,b port=1"},
		{"ports", []host{{name: "a", port: "1"}, {name: "b"}}, "host=a,b port=1,"},
		{"address and name", []host{{name: "a", addr: "1.1.1.1", port: "5432"}, {name: "b", port: "5432"}}, "host=a,b hostaddr=1.1.1.1,"},
		{"empty port", []host{{name: "a"}}, "host=a port=''"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := testTarget(t, tt.in+" user=u password=p", noEnv).hosts
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(host{}, secret{})); diff != "" {
				t.Errorf("hosts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestStartupParams(t *testing.T) {
	for _, tt := range []struct {
		name string
		want map[string]string
		in   string
		env  LookupEnv
	}{
		{"none", map[string]string{"application_name": "prog"}, "", noEnv},
		{"PGAPPNAME", map[string]string{"application_name": "x"}, "", envOf("PGAPPNAME=x")},
		{"no name", map[string]string{}, "application_name=''", envOf("PGAPPNAME=x")},
		{"PGOPTIONS", map[string]string{"application_name": "prog", "options": "-c x=y"}, "", envOf("PGOPTIONS=-c x=y")},
		{"settings", map[string]string{"application_name": "prog", "datestyle": "German", "geqo": "off"}, "", envOf("PGDATESTYLE=German", "PGGEQO=off", "PGTZ=Default")},
		{"encoding", map[string]string{"application_name": "prog", "client_encoding": "latin1"}, "client_encoding=latin1", noEnv},
		{"locale", map[string]string{"application_name": "prog", "client_encoding": "UTF8"}, "client_encoding=auto", envOf("LANG=de_DE.UTF-8")},
		{"C locale", map[string]string{"application_name": "prog", "client_encoding": "SQL_ASCII"}, "client_encoding=auto", envOf("LANG=de_DE.UTF-8", "LC_ALL=C")},
		{"not for the server", map[string]string{"application_name": "prog"}, "sslcompression=1 krbsrvname=x gssdelegation=1 oauth_scope=x keepalives=1 sslsni=0", noEnv},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := testTarget(t, tt.in+" user=u password=p", tt.env).startup
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("parameters (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDBNameIsUser(t *testing.T) {
	for _, tt := range []struct{ want, in string }{
		{"d", "user=u dbname=d"},
		{"u", "user=u"},
		{"u", "user=u dbname=''"},
	} {
		if got := testTarget(t, tt.in+" password=p", noEnv).dbname; got != tt.want {
			t.Errorf("%s: want %q, got %q", tt.in, tt.want, got)
		}
	}
}

func TestParseHostIP(t *testing.T) {
	for _, tt := range []struct{ want, in string }{
		{"127.0.0.1", "127.0.0.1"},
		{"127.0.0.1", "127.1"},
		{"127.0.0.1", "0x7f.1"},
		{"8.0.0.1", "010.0.0.1"},
		{"0.0.48.57", "12345"},
		{"::1", "::1"},
		{"invalid IP", "localhost"},
		{"invalid IP", "1.2.3.4.5"},
		{"invalid IP", "256.1.1.1"},
		{"invalid IP", "1.16777216"},
		{"invalid IP", "0b1.1"},
		{"invalid IP", "1_0.1"},
		{"invalid IP", ""},
		{"invalid IP", "."},
	} {
		if got := parseHostIP(tt.in).String(); got != tt.want {
			t.Errorf("%q: want %s, got %s", tt.in, tt.want, got)
		}
	}
}
