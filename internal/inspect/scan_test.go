package inspect

import (
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/archive"
)

func TestRolesInSQL(t *testing.T) {
	var sql sqlReader
	for _, test := range []struct {
		name string
		scan func(string, func(string))
		text string
		want []string
	}{
		{"grant", sql.privilegeRoles, "GRANT SELECT,INSERT ON TABLE public.t TO app;\n", []string{"app"}},
		{"columns", sql.privilegeRoles, `GRANT SELECT("to") ON TABLE public."from" TO "App ""1""" WITH GRANT OPTION;`, []string{`App "1"`}},
		{"public", sql.privilegeRoles, "REVOKE ALL ON FUNCTION f(a text, \"from\" integer) FROM PUBLIC;\nGRANT ALL ON FUNCTION f(a text, \"from\" integer) TO PUBLIC;", nil},
		{"a role named as a keyword", sql.privilegeRoles, `GRANT USAGE ON SCHEMA s TO "public", "group";`, []string{"public", "group"}},
		{"grantor", sql.privilegeRoles, "SET SESSION AUTHORIZATION boss;\nGRANT SELECT ON TABLE t TO a;\nRESET SESSION AUTHORIZATION;\n", []string{"boss", "a"}},
		{"grantor as a string", sql.privilegeRoles, "SET SESSION AUTHORIZATION 'the ''boss''';", []string{"the 'boss'"}},
		{"granted by", sql.privilegeRoles, "GRANT SELECT ON TABLE t TO a GRANTED BY b;", []string{"a", "b"}},
		{"group", sql.privilegeRoles, "GRANT SELECT ON TABLE t TO GROUP readers;", []string{"readers"}},
		{"several", sql.privilegeRoles, "GRANT SELECT ON TABLE t TO a,B , c;", []string{"a", "b", "c"}},
		{"grant option", sql.privilegeRoles, "REVOKE GRANT OPTION FOR SELECT ON TABLE t FROM a CASCADE;", []string{"a"}},
		{"defaults", sql.privilegeRoles, "ALTER DEFAULT PRIVILEGES FOR ROLE o IN SCHEMA s REVOKE ALL ON TABLES FROM o;\nALTER DEFAULT PRIVILEGES FOR ROLE o GRANT SELECT ON TABLES TO r WITH GRANT OPTION;", []string{"o", "o", "o", "r"}},
		{"defaults for a user", sql.privilegeRoles, "ALTER DEFAULT PRIVILEGES FOR USER o GRANT SELECT ON TABLES TO PUBLIC;", []string{"o"}},
		{"nothing", sql.privilegeRoles, "", nil},
		{"endless", sql.privilegeRoles, "GRANT " + strings.Repeat("a ", 1<<17) + " TO b;GRANT SELECT ON TABLE t TO c;", []string{"c"}},
		{"cut off", sql.privilegeRoles, "GRANT SELECT ON TABLE t TO", nil},
		{"policy", sql.policyRoles, "CREATE POLICY p ON s.t AS RESTRICTIVE FOR UPDATE TO a, \"b c\" USING ((x = 'TO z'::text)) WITH CHECK (true);", []string{"a", "b c"}},
		{"policy for all", sql.policyRoles, "CREATE POLICY \"to\" ON s.t USING (true);", nil},
		{"policy for inserts", sql.policyRoles, "CREATE POLICY p ON s.t FOR INSERT TO a WITH CHECK (true);", []string{"a"}},
		{"setting", sql.settingRoles, "ALTER DATABASE d SET a TO 'b';\nALTER ROLE r IN DATABASE d SET a TO 'b';\n", []string{"r"}},
		{"setting for all", sql.settingRoles, "ALTER ROLE ALL IN DATABASE d SET a TO 'b';\n", nil},
		{"mapping", func(s string, yield func(string)) { yield(sql.mappingRole(s)) }, "CREATE USER MAPPING FOR \"Bob\" SERVER s OPTIONS (\n    \"user\" 'x'\n);", []string{"Bob"}},
		{"mapping of all", func(s string, yield func(string)) { yield(sql.mappingRole(s)) }, "CREATE USER MAPPING FOR public SERVER s;", []string{""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			test.scan(test.text, func(role string) { got = append(got, role) })
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNamesInSQL(t *testing.T) {
	var sql sqlReader
	provider := func(text string) string {
		provider, locale := collationNeeds(text)
		return provider + " " + locale
	}
	routine := func(text string) string {
		r := sql.routineNeeds(text)
		return strings.TrimSpace(r.language + " " + r.library)
	}
	all := func(text string) string {
		if sql.publishesAll(text) {
			return "all"
		}
		return ""
	}
	used := func(text string) string {
		var names []string
		collationsUsed(text, func(schema, name string) { names = append(names, schema+"."+name) })
		return strings.Join(names, " ")
	}
	base := func(text string) string {
		d := databaseNeeds(text)
		return strings.Join([]string{d.encoding, d.provider, d.locale, d.tablespace}, " ")
	}
	for _, test := range []struct {
		name string
		scan func(string) string
		text string
		want string
	}{
		{"function", routine, "CREATE FUNCTION s.f(language text, b text DEFAULT 'LANGUAGE x'::text) RETURNS TABLE(language text)\n    LANGUAGE plperl\n    AS $_$ LANGUAGE c $_$;", "plperl"},
		{"function of a type called language", routine, "CREATE FUNCTION s.f() RETURNS s.language\n    LANGUAGE sql\n    AS $$ select $$;", "sql"},
		{"C function", routine, "CREATE FUNCTION s.f(integer) RETURNS integer\n    LANGUAGE c STRICT\n    AS '$libdir/geo''s', 'f';", "c $libdir/geo's"},
		{"quoted language", routine, `CREATE PROCEDURE s.f() LANGUAGE "PL x" AS $$x$$;`, "PL x"},
		{"SQL body", routine, "CREATE FUNCTION s.f() RETURNS integer\n    LANGUAGE sql\n    BEGIN ATOMIC\n SELECT 1;\nEND;", "sql"},
		{"index", sql.indexMethod, `CREATE UNIQUE INDEX i ON ONLY s."using" USING gist (a) WITH (fillfactor='70') WHERE (x = 1);`, "gist"},
		{"index without method", sql.indexMethod, `CREATE INDEX i ON s.t (a);`, ""},
		{"exclusion", sql.exclusionMethod, "ALTER TABLE ONLY s.t\n    ADD CONSTRAINT c EXCLUDE USING gist (a WITH &&);", "gist"},
		{"extension", sql.extensionSchema, `CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA "Ext";`, "Ext"},
		{"extension without schema", sql.extensionSchema, `CREATE EXTENSION IF NOT EXISTS plpgsql;`, ""},
		{"server", sql.serverWrapper, "CREATE SERVER s TYPE 'FOREIGN DATA WRAPPER x' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (\n    host 'x'\n);", "postgres_fdw"},
		{"label", sql.labelProvider, "SECURITY LABEL FOR selinux ON TABLE t IS 'x';", "selinux"},
		{"publication", all, "CREATE PUBLICATION p FOR ALL TABLES WITH (publish = 'insert');", "all"},
		{"publication of some", all, "CREATE PUBLICATION p WITH (publish = 'insert');", ""},
		{"ICU", provider, "CREATE COLLATION s.c (provider = icu, deterministic = false, locale = 'und');", "icu und"},
		{"libc", provider, "CREATE COLLATION s.c (lc_collate = 'de_DE.utf8', lc_ctype = 'C');", "libc de_DE.utf8"},
		{"used", used, `CREATE TABLE s.t (a text COLLATE pg_catalog."de_DE", b text DEFAULT 'COLLATE x' COLLATE s."odd.name", c text COLLATE "C")`, "pg_catalog.de_DE s.odd.name .C"},
		{"used at the end", used, `a COLLATE b`, ".b"},
		{"used, cut off", used, `a COLLATE b.`, ""},
		{"not used", used, `'COLLATE x'`, ""},
		{"database", base, "CREATE DATABASE d WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = icu LOCALE = 'C' ICU_LOCALE = 'de' TABLESPACE = fast;", "UTF8 icu de fast"},
		{"old database", base, "CREATE DATABASE d WITH TEMPLATE = template0 ENCODING = 'LATIN1' LC_COLLATE = 'de_DE' LC_CTYPE = 'de_DE';", "LATIN1  de_DE "},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.scan(test.text); got != test.want {
				t.Errorf("want %q, got %q", test.want, got)
			}
		})
	}
}

// Data is decoded on several cores where one would be busy with it when all
// others have nothing left to do.
func TestWaits(t *testing.T) {
	cores := int64(runtime.GOMAXPROCS(0))
	a, err := archive.Open(t.Context(), "../../testdata/pg18-custom-gzip.dump", archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	r := newReader(a)
	for _, tt := range []struct {
		name string
		size func(i int) int64
		want bool
	}{
		{"one table", func(i int) int64 { return int64(max(0, 1-i)) * 1000 }, cores > 1},
		{"equal tables", func(int) int64 { return 1000 }, int64(len(r.entries)) < cores},
	} {
		s := &stored{bytes: make([]Number, len(a.TOC().Entries))}
		for i, index := range r.entries {
			s.bytes[index] = known(tt.size(i))
		}
		if got := r.waits(s); tt.want != got {
			t.Errorf("%s: want %t, got %t", tt.name, tt.want, got)
		}
	}
}
