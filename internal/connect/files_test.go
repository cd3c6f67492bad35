package connect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// writeFile writes a file that only its owner can read, and returns its path.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestServiceFile(t *testing.T) {
	tests := []struct {
		name    string
		want    settings
		wantErr string // FILE stands for the file
		text    string
	}{
		{name: "first", want: settings{"host": "h", "port": "1"}, text: "[s]\nhost=h\nport=1\n[t]\nhost=x\n"},
		{name: "last, no newline", want: settings{"host": "h"}, text: "[t]\nnonsense\n[s]\nhost=h"},
		{name: "spaces and comments", want: settings{"host": "h"}, text: "  [s]  \n\n # host=x\n\thost=h \r\n"},
		{name: "text after the bracket", want: settings{"host": "h"}, text: "[s] x\nhost=h\n"},
		{name: "values keep inner spaces", want: settings{"options": " -c a=b"}, text: "[s]\noptions= -c a=b\n"},
		{name: "first value wins", want: settings{"host": "a"}, text: "[s]\nhost=a\nhost=b\n"},
		{name: "explicit ones win", want: settings{"user": "given"}, text: "[s]\nuser=x\n"},
		{name: "space in a keyword", wantErr: "syntax error in service file \"FILE\", line 2", text: "[s]\nhost = h\n"},
		{name: "no value", wantErr: "syntax error in service file \"FILE\", line 3", text: "[s]\nhost=h\nport\n"},
		{name: "unknown", wantErr: "syntax error in service file \"FILE\", line 2", text: "[s]\nfoo=1\n"},
		{name: "nested", wantErr: "nested service specifications not supported in service file \"FILE\", line 2", text: "[s]\nservice=t\n"},
		{name: "missing", wantErr: "definition of service \"s\" not found", text: "[t]\nhost=h\n"},
		{name: "longest line", want: settings{"host": "h"}, text: "#" + strings.Repeat("x", 1020) + "\n[s]\nhost=h\n"},
		{name: "line too long", wantErr: "line 1 too long in service file \"FILE\"", text: "#" + strings.Repeat("x", 1021) + "\n[s]\nhost=h\n"},
		{name: "line much too long", wantErr: "line 2 too long in service file \"FILE\"", text: "[s]\n" + strings.Repeat("x", 5000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := writeFile(t, "service", tt.text)
			got := settings{"service": "s"}
			if tt.want["user"] != "" {
				got["user"] = "given"
			}
			err := got.addService(envOf("PGSERVICEFILE="+file, "PGSYSCONFDIR=/nonexistent"))
			checkError(t, err, strings.ReplaceAll(tt.wantErr, "FILE", file))
			if err == nil {
				delete(got, "service")
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("settings (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestServicePlaces(t *testing.T) {
	home, system := t.TempDir(), t.TempDir()
	write := func(file, text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(system+"/pg_service.conf", "[s]\nhost=system\n[t]\nhost=system\n")
	write(home+"/.pg_service.conf", "[s]\nhost=home\n")
	env := envOf("HOME="+home, "PGSYSCONFDIR="+system, "PGSERVICE=t")

	tests := []struct {
		name     string
		wantHost string
		wantErr  string
		given    settings
		env      LookupEnv
	}{
		{name: "home", wantHost: "home", given: settings{"service": "s"}, env: env},
		{name: "system", wantHost: "system", given: settings{"service": "t"}, env: env},
		{name: "environment", wantHost: "system", given: settings{}, env: env},
		{name: "neither", wantErr: "definition of service \"u\" not found", given: settings{"service": "u"}, env: env},
		{name: "none asked for", given: settings{}, env: noEnv},
		{name: "no file", wantErr: "service file \"/nonexistent\" not found", given: settings{}, env: envOf("PGSERVICE=s", "PGSERVICEFILE=/nonexistent")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checkError(t, tt.given.addService(tt.env), tt.wantErr)
			if got := tt.given["host"]; got != tt.wantHost {
				t.Errorf("want host %q, got %q", tt.wantHost, got)
			}
		})
	}
}

func TestPassfile(t *testing.T) {
	key := passfileKey{host: "h", port: "1", dbname: "d", user: "u"}
	tests := []struct {
		name string
		want secret
		text string
		key  passfileKey
	}{
		{name: "exact", want: secret{"p", true}, text: "h:1:d:u:p\n", key: key},
		{name: "first match", want: secret{"a", true}, text: "x:1:d:u:no\n*:*:*:*:a\nh:1:d:u:b\n", key: key},
		{name: "comment", want: secret{}, text: "#h:1:d:u:p\n", key: key},
		{name: "no newline", want: secret{"p", true}, text: "h:1:d:u:p", key: key},
		{name: "carriage return", want: secret{"p", true}, text: "h:1:d:u:p\r\n", key: key},
		{name: "escapes", want: secret{`a:b\c`, true}, text: `h:1:d:u:a\:b\\c` + "\n", key: key},
		{name: "text after", want: secret{"p", true}, text: "h:1:d:u:p:more\n", key: key},
		{name: "empty", want: secret{"", true}, text: "h:1:d:u:\n", key: key},
		{name: "too short", want: secret{}, text: "h:1:d:u\n", key: key},
		{name: "escaped field", want: secret{"p", true}, text: `a\:b\\:1:d:u:p`, key: passfileKey{host: `a:b\`, port: "1", dbname: "d", user: "u"}},
		{name: "star is only alone", want: secret{}, text: "h*:1:d:u:p\n", key: key},
		{name: "none", want: secret{}, text: "", key: key},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := writeFile(t, "pass", tt.text)
			if got := passwordFromFile(file, tt.key, warnFails(t)); got != tt.want {
				t.Errorf("want %v, got %v", tt.want, got)
			}
		})
	}
}

func warnFails(t *testing.T) func(string) {
	return func(text string) { t.Errorf("warned: %s", text) }
}

func TestPassfileWarnings(t *testing.T) {
	open := writeFile(t, "pass", "*:*:*:*:p\n")
	if err := os.Chmod(open, 0o640); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, tt := range []struct{ name, want, file string }{
		{"others may read", "WARNING: password file \"" + open + "\" has group or world access; permissions should be u=rw (0600) or less\n", open},
		{"folder", "WARNING: password file \"" + folder + "\" is not a plain file\n", folder},
		{"missing", "", folder + "/none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			password := passwordFromFile(tt.file, passfileKey{"h", "1", "d", "u"}, func(text string) { got += text })
			if got != tt.want {
				t.Errorf("want warning %q, got %q", tt.want, got)
			}
			if password.known {
				t.Error("the file was used")
			}
		})
	}
}

// TestPassfileHosts looks up one password for each host; the default socket
// directory is localhost, an address counts if there is no name.
func TestPassfileHosts(t *testing.T) {
	file := writeFile(t, "pass", "localhost:5432:*:u:default\na:1:*:u:first\n10.0.0.1:2:*:u:second\n")
	env := envOf("PGPASSFILE=" + file)
	for _, tt := range []struct {
		name string
		want []string
		in   string
	}{
		{"default", []string{"default"}, "user=u"},
		{"list", []string{"first", ""}, "user=u host=a,b port=1"},
		{"address", []string{"second"}, "user=u hostaddr=10.0.0.1 port=2"},
		{"given password", []string{"given"}, "user=u password=given"},
		{"empty password", []string{"default"}, "user=u password=''"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, err := New(Params{DBName: tt.in}, env, nil).settings(Session{}, secret{})
			if err != nil {
				t.Fatal(err)
			}
			target, err := newTarget(set, env, warnFails(t))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range target.hosts {
				got = append(got, target.passwordFor(&target.hosts[i]))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("passwords (-want +got):\n%s", diff)
			}
		})
	}
}
