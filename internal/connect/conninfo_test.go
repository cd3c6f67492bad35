package connect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseConnectionString(t *testing.T) {
	tests := []struct {
		name    string
		want    settings
		wantErr string // without the newline
		in      string
	}{
		{name: "empty", want: settings{}, in: ""},
		{name: "spaces", want: settings{}, in: " \t\n\v\f\r"},
		{name: "plain", want: settings{"host": "h", "port": "1"}, in: "host=h port=1"},
		{name: "spaces around", want: settings{"host": "h", "dbname": "d"}, in: " host = h\tdbname =d "},
		{name: "quoted", want: settings{"password": `a'b\c d`}, in: `password='a\'b\\c d'`},
		{name: "escaped", want: settings{"password": `a b'c`}, in: `password=a\ b\'c`},
		{name: "backslash at the end", want: settings{"host": "a"}, in: `host=a\`},
		{name: "no space after a quote", want: settings{"host": "a", "port": "1"}, in: `host='a'port=1`},
		{name: "empty values", want: settings{"host": "", "port": ""}, in: `host='' port=`},
		{name: "last one wins", want: settings{"host": "b"}, in: "host=a host=b"},
		{name: "requiressl", want: settings{"sslmode": "require"}, in: "requiressl=1"},
		{name: "not requiressl", want: settings{"sslmode": "prefer"}, in: "requiressl=0"},
		{name: "to the zero byte", want: settings{"host": "a"}, in: "host=a\x00port=1"},
		{name: "no value", wantErr: `missing "=" after "host" in connection info string`, in: "host"},
		{name: "no value but more", wantErr: `missing "=" after "host" in connection info string`, in: "host x=1"},
		{name: "no keyword", wantErr: `invalid connection option ""`, in: "=x"},
		{name: "unknown", wantErr: `invalid connection option "foo"`, in: "host=h foo=1"},
		{name: "open quote", wantErr: "unterminated quoted string in connection info string", in: "host='a"},
		{name: "open quote after backslash", wantErr: "unterminated quoted string in connection info string", in: `host='a\`},
		{name: "rest of a password", wantErr: `missing "=" after "***" in connection info string`, in: "password=my secret host=h"},

		{name: "URI", want: settings{}, in: "postgresql://"},
		{name: "URI, short", want: settings{"host": "h"}, in: "postgres://h"},
		{
			name: "URI, all of it",
			want: settings{"user": "u", "password": "p w", "host": "h", "port": "1", "dbname": "d", "sslmode": "disable", "application_name": "a=b"},
			in:   "postgresql://u:p%20w@h:1/d?sslmode=disable&application_name=a%3Db",
		},
		{name: "URI, IPv6", want: settings{"host": "::1", "port": "5"}, in: "postgresql://[::1]:5"},
		{name: "URI, socket", want: settings{"host": "/tmp", "dbname": "d"}, in: "postgresql://%2Ftmp/d"},
		{name: "URI, hosts", want: settings{"host": "a,::1,c", "port": "1,,3"}, in: "postgresql://a:1,[::1],c:3/"},
		{name: "URI, no ports", want: settings{"host": "a,b", "port": ","}, in: "postgresql://a,b"},
		{name: "URI, empty user", want: settings{"host": "h"}, in: "postgresql://:@h"},
		{name: "URI, query only", want: settings{"host": "h"}, in: "postgresql://?host=h"},
		{name: "URI, empty parameter", want: settings{"dbname": ""}, in: "postgresql:///?dbname="},
		{name: "URI, JDBC", want: settings{"sslmode": "require"}, in: "postgresql://?ssl=true"},
		{name: "URI, & at the end", want: settings{"user": "u"}, in: "postgresql://?user=u&"},
		{name: "URI, spaces around", want: settings{"user": "u"}, in: "postgresql://?user= u "},
		{name: "URI, @ in the query", want: settings{"host": "h", "user": "a@b"}, in: "postgresql://h/?user=a@b"},
		{name: "URI, bad parameter", wantErr: `invalid URI query parameter: "x"`, in: "postgresql://?x=1"},
		{name: "URI, JDBC's other", wantErr: `invalid URI query parameter: "ssl"`, in: "postgresql://?ssl=1"},
		{name: "URI, no =", wantErr: `missing key/value separator "=" in URI query parameter: "user"`, in: "postgresql://?user&host=h"},
		{name: "URI, no parameter", wantErr: `missing key/value separator "=" in URI query parameter: ""`, in: "postgresql://?&"},
		{name: "URI, two =", wantErr: `extra key/value separator "=" in URI query parameter: "user"`, in: "postgresql://?user=a=b"},
		{name: "URI, bad token", wantErr: `invalid percent-encoded token: "a%z"`, in: "postgresql://a%z"},
		{name: "URI, short token", wantErr: `invalid percent-encoded token: "a%4"`, in: "postgresql://a%4"},
		{name: "URI, zero", wantErr: `forbidden value %00 in percent-encoded value: "a%00"`, in: "postgresql://a%00"},
		{name: "URI, space", wantErr: `unexpected spaces found in "a b", use percent-encoded spaces (%20) instead`, in: "postgresql://a b"},
		{name: "URI, open bracket", wantErr: `end of string reached when looking for matching "]" in IPv6 host address in URI: "postgresql://[::1"`, in: "postgresql://[::1"},
		{name: "URI, empty brackets", wantErr: `IPv6 host address may not be empty in URI: "postgresql://[]"`, in: "postgresql://[]"},
		{name: "URI, after brackets", wantErr: `unexpected character "x" at position 19 in URI (expected ":" or "/"): "postgresql://[::1]x"`, in: "postgresql://[::1]x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := parseConnectionString(tt.in)
			checkError(t, err, tt.wantErr)
			if tt.wantErr == "" {
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("settings (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// checkError compares an error's text; want "" is no error.
func checkError(t *testing.T, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("want error %q, got %q", want, got)
	}
}

// TestSecrets looks for passwords in messages. Part of a password that is not
// encoded as it must be is one, too.
func TestSecrets(t *testing.T) {
	for _, in := range []string{
		"password=s3cret x",
		"password=xx s3cret",
		"password='s3cret",
		"postgresql://u:s3cret%zz@h",
		"postgresql://u:s3cret%00@h",
		"postgresql://u:my s3cret@h",
		"postgresql://u:s3cret@[h",
		"postgresql://u:s3cret@[]",
		"postgresql://u:s3cret@[::1]x",
		"postgresql://u:x@s3cret@[::1]x",
		"postgresql://u:x@s3cret@nosuchhost.invalid",
		"postgresql://u:s3cret/x@h",
		"postgresql://u:x/s3cret@h:1",
		"postgresql://u:s3cret?x@h",
		"postgresql://u:x@y:s3cret@h",
		"postgresql://h?password=x&s3cret",
		"postgresql://h?password=s3cret%zz",
		"postgresql://h?pass%77ord=s3cret%zz",
		"postgresql://h?sslpassword=a b s3cret",
		"postgresql://[h?password=s3cret",
		"postgresql://[::1]x?user=u&pass%77ord=s3cret&y=1",
		"postgresql://[::1]x?password=a&s3cret",
		"host=127.0.0.1 port=x password=s3cret",
		"host=/nonexistent password=s3cret",
		"hostaddr=x password=s3cret",
		"password=s3cret sslmode=x",
		"password=s3cret scram_client_key=s3cret",
	} {
		c := New(Params{DBName: in, Prompt: PromptNever}, noEnv, nil)
		_, err := c.Connect(t.Context(), Session{})
		if err == nil {
			t.Errorf("%s: connected", in)
			continue
		}
		if text := ErrorMessage(err) + err.Error(); strings.Contains(text, "s3cret") {
			t.Errorf("%s: %s", in, text)
		}
	}
}

// noEnv is an empty environment.
func noEnv(string) (string, bool) { return "", false }

// envOf is an environment of "NAME=value" texts.
func envOf(texts ...string) LookupEnv {
	env := make(map[string]string)
	for _, text := range texts {
		name, value, _ := strings.Cut(text, "=")
		env[name] = value
	}
	return func(name string) (string, bool) {
		value, found := env[name]
		return value, found
	}
}

func TestSettings(t *testing.T) {
	tests := []struct {
		name string
		want settings // of those that are looked at
		p    Params
		s    Session
		env  LookupEnv
	}{
		{name: "defaults", want: settings{"port": "5432", "sslmode": "prefer"}, env: noEnv},
		{name: "typed", want: settings{"host": "h", "port": "1", "user": "u", "dbname": "d"}, p: Params{DBName: "d", Host: "h", Port: "1", User: "u"}, env: envOf("PGHOST=x", "PGDATABASE=x")},
		{name: "string outweighs typed", want: settings{"host": "h2", "user": "u"}, p: Params{DBName: "host=h2", Host: "h", User: "u"}, env: noEnv},
		{name: "environment", want: settings{"host": "h", "dbname": "d"}, env: envOf("PGHOST=h", "PGDATABASE=d")},
		{name: "empty in the environment", want: settings{"port": ""}, env: envOf("PGPORT=")},
		{name: "empty in a string", want: settings{"dbname": ""}, p: Params{DBName: "dbname=''"}, env: envOf("PGDATABASE=x")},
		{name: "empty URI", want: settings{"dbname": "x"}, p: Params{DBName: "postgresql:///"}, env: envOf("PGDATABASE=x")},
		{name: "override", want: settings{"host": "h", "dbname": "d2"}, p: Params{DBName: "host=h dbname=d"}, s: Session{DBName: "d2"}, env: noEnv},
		{name: "override is a name", want: settings{"dbname": "host=h"}, p: Params{DBName: "d"}, s: Session{DBName: "host=h"}, env: noEnv},
		{name: "override without name", want: settings{"dbname": "d2"}, s: Session{DBName: "d2"}, env: noEnv},
		{name: "system roots", want: settings{"sslmode": "verify-full"}, p: Params{DBName: "sslrootcert=system"}, env: noEnv},
		{name: "system roots but a mode", want: settings{"sslmode": "require"}, env: envOf("PGSSLROOTCERT=system", "PGSSLMODE=require")},
		{name: "PGREQUIRESSL", want: settings{"sslmode": "require"}, env: envOf("PGREQUIRESSL=1")},
		{name: "PGSSLMODE first", want: settings{"sslmode": "allow"}, env: envOf("PGREQUIRESSL=1", "PGSSLMODE=allow")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all, err := New(tt.p, tt.env, nil).settings(tt.s, secret{})
			if err != nil {
				t.Fatal(err)
			}
			got := make(settings)
			for keyword := range tt.want {
				if value, found := all[keyword]; found {
					got[keyword] = value
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestKeywordsAreKnownOnce guards the table.
func TestKeywordsAreKnownOnce(t *testing.T) {
	seen := make(map[string]bool)
	for _, o := range options {
		if seen[o.keyword] {
			t.Errorf("%s is listed twice", o.keyword)
		}
		seen[o.keyword] = true
	}
}

func FuzzParseConnectionString(f *testing.F) {
	for _, seed := range []string{
		"host=h port=1 user='a b' password=\\'",
		"postgresql://u:p%20w@[::1]:1,b/d?sslmode=disable&x=%00",
		"postgres://a:b:c@h:5/d@e?password=x&y",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		set, err := parseConnectionString(in)
		if err != nil {
			if text := ErrorMessage(err); !strings.HasSuffix(text, "\n") {
				t.Errorf("message without newline: %q", text)
			}
			return
		}
		for keyword, value := range set {
			if _, found := findOption(keyword); !found {
				t.Errorf("unknown keyword %q", keyword)
			}
			if strings.IndexByte(value, 0) >= 0 {
				t.Errorf("%s holds a zero byte", keyword)
			}
		}
		// What was understood can be said again.
		var b strings.Builder
		for keyword, value := range set {
			b.WriteString(keyword + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "' ")
		}
		again, err := parseConnectionString(b.String())
		if err != nil {
			t.Fatalf("%q: %v", b.String(), err)
		}
		if diff := cmp.Diff(set, again); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
		redactURI(in)
	})
}
