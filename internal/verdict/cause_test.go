package verdict_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

// only gives the one cause of a verdict.
func only(t *testing.T, v verdict.Verdict) verdict.Cause {
	t.Helper()
	if len(v.Causes) != 1 {
		t.Fatalf("want one cause, got %d: %+v", len(v.Causes), v.Causes)
	}
	return v.Causes[0]
}

// The class and the harm of single errors. Messages are in English where they
// are given; where the name in them matters, language_test.go has others.
func TestClasses(t *testing.T) {
	ofKind := func(kind, state, message, statement string) event.Failure {
		return failure(1, kind, "a", state, message, statement)
	}
	for _, tt := range []struct {
		name    string
		failure event.Failure
		class   verdict.Class
		harm    verdict.Harm
		subject string
	}{
		// Roles.
		{"owner", ofKind("TABLE", "42704", `role "r" does not exist`, "ALTER TABLE public.a OWNER TO r;\n\n"), verdict.MissingRole, verdict.Harmless, "r"},
		{"quoted owner", ofKind("TABLE", "42704", `role "R "x" does not exist`, `ALTER TABLE public.a OWNER TO "R ""x";`), verdict.MissingRole, verdict.Harmless, `R "x`},
		{"owner of what is not there", ofKind("SERVER", "42704", `server "a" does not exist`, `ALTER SERVER a OWNER TO r;`), verdict.MissingObject, verdict.Harmful, "a"},
		{"grantee", ofKind("ACL", "42704", `role "r" does not exist`, `GRANT SELECT ON TABLE public.a TO r;`), verdict.MissingRole, verdict.Harmless, "r"},
		{"grantee with options", ofKind("ACL", "42704", `role "r" does not exist`, `GRANT SELECT(b),INSERT(b) ON TABLE public.a TO r WITH GRANT OPTION;`), verdict.MissingRole, verdict.Harmless, "r"},
		{"grantee and PUBLIC", ofKind("ACL", "42704", `role "r" does not exist`, "REVOKE ALL ON FUNCTION public.a(x integer) FROM PUBLIC;\nGRANT ALL ON FUNCTION public.a(x integer) TO r;"), verdict.MissingRole, verdict.Harmful, "r"},
		{"two grantees", ofKind("ACL", "42704", `role "r" does not exist`, "GRANT SELECT ON TABLE public.a TO r;\nGRANT ALL ON TABLE public.a TO s;"), verdict.MissingRole, verdict.Harmful, "r"},
		{"grantor", ofKind("ACL", "42704", `role "r" does not exist`, "GRANT SELECT ON TABLE public.a TO s GRANTED BY r;"), verdict.MissingRole, verdict.Harmful, "r"},
		{"default privileges", ofKind("DEFAULT ACL", "42704", `role "r" does not exist`, "ALTER DEFAULT PRIVILEGES FOR ROLE r IN SCHEMA public GRANT SELECT ON TABLES TO r;"), verdict.MissingRole, verdict.Harmless, "r"},
		{"grant on what is not there", ofKind("ACL", "42704", `type "a" does not exist`, `GRANT ALL ON TYPE public.a TO r;`), verdict.MissingObject, verdict.Harmful, "a"},
		{"policy", ofKind("POLICY", "42704", `role "r" does not exist`, `CREATE POLICY p ON public.a TO r USING (true);`), verdict.MissingRole, verdict.Harmful, "r"},
		{"user mapping", ofKind("USER MAPPING", "42704", `role "r" does not exist`, `CREATE USER MAPPING FOR r SERVER s;`), verdict.MissingRole, verdict.Harmless, "r"},
		{"user mapping without server", ofKind("USER MAPPING", "42704", `server "s" does not exist`, `CREATE USER MAPPING FOR r SERVER s;`), verdict.MissingObject, verdict.Harmful, "s"},
		{"authorization of a schema", ofKind("SCHEMA", "42704", `role "r" does not exist`, `CREATE SCHEMA a AUTHORIZATION r;`), verdict.MissingRole, verdict.Harmful, "r"},

		{"settings of a role", ofKind("DATABASE PROPERTIES", "42704", `role "r" does not exist`, "ALTER ROLE r IN DATABASE a SET work_mem TO '1GB';\n"), verdict.MissingRole, verdict.Harmless, "r"},
		{"settings of a role beside others", ofKind("DATABASE PROPERTIES", "42704", `role "r" does not exist`, "ALTER DATABASE a SET work_mem TO '1MB';\nALTER ROLE r IN DATABASE a SET work_mem TO '1GB';\n"), verdict.MissingRole, verdict.Harmful, "r"},

		// Extensions and what comes with them.
		{"extension", ofKind("EXTENSION", "0A000", "", "CREATE EXTENSION IF NOT EXISTS a;"), verdict.MissingExtension, verdict.Harmful, "a"},
		{"extension before 14", ofKind("EXTENSION", "58P01", "", "CREATE EXTENSION IF NOT EXISTS a;"), verdict.MissingExtension, verdict.Harmful, "a"},
		{"extension for monitoring", failure(1, "EXTENSION", "pg_stat_statements", "0A000", "", "CREATE EXTENSION pg_stat_statements;"), verdict.MissingExtension, verdict.Harmless, "pg_stat_statements"},
		{"required extension", ofKind("EXTENSION", "42704", `required extension "cube" is not installed`, "CREATE EXTENSION a;"), verdict.MissingExtension, verdict.Harmful, "cube"},
		{"permission for an extension", ofKind("EXTENSION", "42501", "", "CREATE EXTENSION a;"), verdict.PermissionExtension, verdict.Harmful, "a"},
		{"comment on extension", ofKind("COMMENT", "42501", "must be owner of extension plpgsql", "COMMENT ON EXTENSION plpgsql IS 'x';"), verdict.NotOwnerOfExtension, verdict.Harmless, ""},
		{"language that is an extension", ofKind("PROCEDURAL LANGUAGE", "0A000", `extension "a" is not available`, "CREATE OR REPLACE PROCEDURAL LANGUAGE a;"), verdict.MissingLanguage, verdict.Harmful, "a"},
		{"language that is an extension before 14", ofKind("PROCEDURAL LANGUAGE", "58P01", `could not open extension control file "x"`, "CREATE OR REPLACE PROCEDURAL LANGUAGE a;"), verdict.MissingLanguage, verdict.Harmful, "a"},
		{"library", ofKind("FUNCTION", "58P01", `could not access file "$libdir/x": No such file or directory`, "CREATE FUNCTION public.a() RETURNS integer LANGUAGE c AS '$libdir/x', 'a';"), verdict.MissingLibrary, verdict.Harmful, "$libdir/x"},
		{"language", ofKind("FUNCTION", "42704", `language "plperl" does not exist`, "CREATE FUNCTION public.a() RETURNS integer LANGUAGE plperl AS '';"), verdict.MissingLanguage, verdict.Harmful, "plperl"},
		{"type of a column", ofKind("TABLE", "42704", `type "x.t" does not exist`, "CREATE TABLE public.a (b x.t);"), verdict.MissingType, verdict.Harmful, "x.t"},
		{"type of an argument", ofKind("FUNCTION", "42704", `type x.t does not exist`, "CREATE FUNCTION public.a(x.t) RETURNS integer LANGUAGE sql AS '';"), verdict.MissingType, verdict.Harmful, ""},
		{"collation of a column", ofKind("TABLE", "42704", `collation "x.c" for encoding "UTF8" does not exist`, `CREATE TABLE public.a (b text COLLATE x.c);`), verdict.MissingCollation, verdict.Harmful, "x.c"},
		{"collation", ofKind("COLLATION", "22023", "", `CREATE COLLATION public.a (locale = 'x');`), verdict.MissingCollation, verdict.Harmful, "a"},
		{"locale of a database", ofKind("DATABASE", "22023", `invalid LC_COLLATE locale name: "x"`, `CREATE DATABASE a LOCALE = 'x';`), verdict.MissingCollation, verdict.Harmful, "x"},
		{"access method of an index", ofKind("INDEX", "42704", `access method "rum" does not exist`, `CREATE INDEX a ON public.b USING rum (c);`), verdict.MissingAccessMethod, verdict.Harmful, "rum"},
		{"access method of the session", ofKind("TABLE", "22023", `invalid value`, `SET default_table_access_method = columnar;`), verdict.MissingAccessMethod, verdict.Harmless, "columnar"},
		{"tablespace of the session", ofKind("TABLE", "22023", `invalid value`, `SET default_tablespace = 'fast ''1';`), verdict.MissingTablespace, verdict.Harmless, "fast '1"},
		{"tablespace of a database", ofKind("DATABASE", "42704", `tablespace "fast" does not exist`, `CREATE DATABASE a TABLESPACE = fast;`), verdict.MissingTablespace, verdict.Harmful, "fast"},

		// What is not there.
		{"table", ofKind("VIEW", "42P01", `relation "x.t" does not exist`, "CREATE VIEW public.a AS SELECT 1 FROM x.t;"), verdict.MissingTable, verdict.Harmful, "x.t"},
		{"column", ofKind("TABLE DATA", "42703", `column "b" of relation "a" does not exist`, "COPY public.a (b) FROM stdin;"), verdict.MissingColumn, verdict.Harmful, "b"},
		{"function", ofKind("VIEW", "42883", `function x.f(integer, text) does not exist`, "CREATE VIEW public.a AS SELECT x.f(1, 'b'::text);"), verdict.MissingFunction, verdict.Harmful, "x.f(integer, text)"},
		{"schema", ofKind("TABLE", "3F000", `schema "x" does not exist`, "CREATE TABLE x.a ();"), verdict.MissingSchema, verdict.Harmful, "x"},
		{"key of a foreign key", ofKind("FK CONSTRAINT", "42830", "", "ALTER TABLE ONLY public.a ADD CONSTRAINT a FOREIGN KEY (b) REFERENCES public.c(d);"), verdict.MissingKey, verdict.Harmful, ""},

		// Settings and versions.
		{"setting", event.Failure{SQLState: "42704", Message: `unrecognized configuration parameter "transaction_timeout"`, Statement: "SET transaction_timeout = 0;"}, verdict.UnknownSetting, verdict.Harmless, "transaction_timeout"},
		{"setting of a database", ofKind("DATABASE PROPERTIES", "42704", `unrecognized configuration parameter "x.y"`, "ALTER DATABASE a SET x.y TO 'z';"), verdict.UnknownSetting, verdict.Harmless, "x.y"},
		{"setting beside others", ofKind("DATABASE PROPERTIES", "42704", `unrecognized configuration parameter "xy"`, "ALTER DATABASE a SET xy TO 'z';\nALTER DATABASE a SET search_path TO 'b';"), verdict.UnknownSetting, verdict.Harmful, "xy"},
		{"setting of a function", ofKind("FUNCTION", "42704", `unrecognized configuration parameter "xy"`, "CREATE FUNCTION public.a() RETURNS integer LANGUAGE sql SET xy TO 'z' AS '';"), verdict.UnknownSetting, verdict.Harmful, "xy"},
		{"encoding of the session", event.Failure{SQLState: "22023", Statement: "SET client_encoding = 'X';"}, verdict.UnknownSetting, verdict.Harmful, "client_encoding"},
		{"setting of two names", event.Failure{SQLState: "42704", Message: `unrecognized configuration parameter "x.y"`, Statement: "SET x.y = 0;"}, verdict.UnknownSetting, verdict.Harmless, "x.y"},
		{"type behind a setting", ofKind("TABLE", "42704", `type "x.t" does not exist`, "SET x.y = TRUE;\nCREATE TABLE public.a (b x.t);\nRESET x.y;"), verdict.MissingType, verdict.Harmful, "x.t"},
		{"schema behind a setting", ofKind("TABLE", "3F000", `schema "x" does not exist`, "SET x.y = TRUE;\nCREATE TABLE x.a ();\nRESET x.y;"), verdict.MissingSchema, verdict.Harmful, "x"},
		{"language behind settings", ofKind("FUNCTION", "42704", `language "z" does not exist`, "SET x.y = TRUE;\nSET q = 1;\nCREATE FUNCTION public.a() RETURNS integer LANGUAGE z AS '';"), verdict.MissingLanguage, verdict.Harmful, "z"},
		{"setting before a table", ofKind("TABLE", "42704", `unrecognized configuration parameter "x.y"`, "SET x.y = TRUE;\nCREATE TABLE public.a ();"), verdict.UnknownSetting, verdict.Harmful, "x.y"},
		{"syntax", ofKind("TABLE", "42601", "", "CREATE TABLE a (b int GENERATED ALWAYS AS (c));"), verdict.Syntax, verdict.Harmful, ""},
		{"option of a view", ofKind("VIEW", "22023", `unrecognized parameter "security_invoker"`, "CREATE VIEW public.a WITH (security_invoker='true') AS SELECT 1;"), verdict.NotSupported, verdict.Harmful, ""},
		{"feature", ofKind("STATISTICS", "0A000", "", "CREATE STATISTICS public.a ON (lower(b)) FROM public.c;"), verdict.NotSupported, verdict.Harmful, ""},

		// What is there already, and what is not there to drop.
		{"schema public", ofKind("SCHEMA", "42P06", "", "CREATE SCHEMA public;"), verdict.AlreadyExists, verdict.Harmless, ""},
		{"extension that exists", ofKind("EXTENSION", "42710", "", "CREATE EXTENSION a;"), verdict.AlreadyExists, verdict.Harmless, ""},
		{"language that exists", ofKind("PROCEDURAL LANGUAGE", "42710", "", "CREATE PROCEDURAL LANGUAGE plpgsql;"), verdict.AlreadyExists, verdict.Harmless, ""},
		{"database that exists", ofKind("DATABASE", "42P04", "", "CREATE DATABASE a;"), verdict.AlreadyExists, verdict.Harmless, ""},
		{"table that exists", ofKind("TABLE", "42P07", "", "CREATE TABLE public.a ();"), verdict.AlreadyExists, verdict.Harmful, ""},
		{"function that exists", ofKind("FUNCTION", "42723", "", "CREATE FUNCTION public.a() ..."), verdict.AlreadyExists, verdict.Harmful, ""},
		{"second primary key", ofKind("CONSTRAINT", "42P16", "", "ALTER TABLE ONLY public.a ADD CONSTRAINT a PRIMARY KEY (b);"), verdict.AlreadyExists, verdict.Harmful, ""},
		{"definition that makes no sense", ofKind("TABLE", "42P16", "", "CREATE TABLE public.a ();"), verdict.Other, verdict.Harmful, ""},
		{"type made at the same time", event.Failure{StepID: event.StepID{ID: 1}, Kind: "TYPE", SQLState: "23505", OfSchema: "pg_catalog", Statement: "CREATE TYPE ..."}, verdict.AlreadyExists, verdict.Harmful, ""},
		{"drop of nothing", ofKind("TABLE", "42P01", "", "DROP TABLE public.a;"), verdict.DropMissing, verdict.Harmless, ""},
		{"drop of no constraint", ofKind("CONSTRAINT", "42704", "", "ALTER TABLE ONLY public.a DROP CONSTRAINT b;"), verdict.DropMissing, verdict.Harmless, ""},
		{"drop of no large object", failure(1, "BLOB", "5002", "42704", "large object 5002 does not exist", "SELECT pg_catalog.lo_unlink('5002');"), verdict.DropMissing, verdict.Harmless, ""},
		{"drop of no database", ofKind("DATABASE", "3D000", "", "DROP DATABASE a;"), verdict.DropMissing, verdict.Harmless, ""},
		{"drop of what is needed", ofKind("TABLE", "2BP01", "", "DROP TABLE public.a;"), verdict.CannotDrop, verdict.Harmful, ""},
		{"drop of a subscription whose publisher is away", ofKind("SUBSCRIPTION", "08006", "", "DROP SUBSCRIPTION a;"), verdict.CannotDrop, verdict.Harmful, ""},
		{"drop of what others own", ofKind("TABLE", "42501", "", "DROP TABLE public.a;"), verdict.PermissionOther, verdict.Harmful, ""},
		{"drop of a database in use", ofKind("DATABASE", "55006", "", "DROP DATABASE a;"), verdict.InUse, verdict.Harmful, ""},

		// Rows.
		{"duplicate row", ofKind("TABLE DATA", "23505", "", "COPY public.a (b) FROM stdin;"), verdict.DuplicateKey, verdict.Harmful, ""},
		{"duplicate at the key", ofKind("CONSTRAINT", "23505", "", "ALTER TABLE ONLY public.a ADD CONSTRAINT a PRIMARY KEY (b);"), verdict.DuplicateKey, verdict.Harmful, ""},
		{"foreign key", ofKind("FK CONSTRAINT", "23503", "", "ALTER TABLE ONLY public.a ADD CONSTRAINT a FOREIGN KEY (b) REFERENCES public.c(d);"), verdict.ForeignKeyViolation, verdict.Harmful, ""},
		{"check", ofKind("TABLE DATA", "23514", "", "COPY public.a (b) FROM stdin;"), verdict.CheckViolation, verdict.Harmful, ""},
		{"null", ofKind("TABLE DATA", "23502", "", "COPY public.a (b) FROM stdin;"), verdict.NotNullViolation, verdict.Harmful, ""},
		{"exclusion", ofKind("TABLE DATA", "23P01", "", "COPY public.a (b) FROM stdin;"), verdict.ExclusionViolation, verdict.Harmful, ""},
		{"value", ofKind("TABLE DATA", "22P02", "", "COPY public.a (b) FROM stdin;"), verdict.InvalidData, verdict.Harmful, ""},
		{"more columns", ofKind("TABLE DATA", "22P04", "", "COPY public.a (b) FROM stdin;"), verdict.InvalidData, verdict.Harmful, ""},
		{"byte sequence", ofKind("TABLE DATA", "22021", "", "COPY public.a (b) FROM stdin;"), verdict.Encoding, verdict.Harmful, ""},
		{"name in another encoding", ofKind("TABLE", "22P05", "", "CREATE TABLE public.a ();"), verdict.Encoding, verdict.Harmful, ""},
		{"exception of a trigger", ofKind("TABLE DATA", "P0001", "no rows today", "COPY public.a (b) FROM stdin;"), verdict.RaisedError, verdict.Harmful, ""},
		{"large object that exists", event.Failure{StepID: event.StepID{ID: 1}, Kind: "BLOB METADATA", SQLState: "23505", OfSchema: "pg_catalog", Statement: "SELECT pg_catalog.lo_create('1');"}, verdict.LargeObject, verdict.Harmful, ""},
		{"extended statistics", ofKind("EXTENDED STATISTICS DATA", "0A000", "", "SELECT * FROM pg_catalog.pg_restore_extended_stats();"), verdict.Statistics, verdict.Harmless, ""},
		{"statistics", ofKind("STATISTICS DATA", "42883", "", "SELECT * FROM pg_catalog.pg_restore_relation_stats();"), verdict.Statistics, verdict.Harmless, ""},

		// Permissions.
		{"comment", ofKind("COMMENT", "42501", "", "COMMENT ON SCHEMA public IS 'x';"), verdict.PermissionComment, verdict.Harmless, ""},
		{"event trigger", ofKind("EVENT TRIGGER", "42501", "", "CREATE EVENT TRIGGER a ON sql_drop EXECUTE FUNCTION b();"), verdict.PermissionEventTrigger, verdict.Harmless, ""},
		{"publication", ofKind("PUBLICATION", "42501", "", "CREATE PUBLICATION a FOR ALL TABLES;"), verdict.PermissionPublication, verdict.Harmless, ""},
		{"subscription", ofKind("SUBSCRIPTION", "42501", "", "CREATE SUBSCRIPTION a ..."), verdict.PermissionSubscription, verdict.Harmless, ""},
		{"subscription with new options", ofKind("SUBSCRIPTION", "42601", "", "CREATE SUBSCRIPTION a ... (streaming = parallel)"), verdict.Syntax, verdict.Harmless, ""},
		{"publication with new options", ofKind("PUBLICATION", "42601", "", "CREATE PUBLICATION a ... (publish_generated_columns = stored)"), verdict.Syntax, verdict.Harmless, ""},
		{"subscription that exists", ofKind("SUBSCRIPTION", "42710", "", "CREATE SUBSCRIPTION a ..."), verdict.AlreadyExists, verdict.Harmful, ""},
		{"language for superusers", ofKind("PROCEDURAL LANGUAGE", "42501", "", "CREATE LANGUAGE a;"), verdict.PermissionLanguage, verdict.Harmful, ""},
		{"language that every database has", failure(1, "PROCEDURAL LANGUAGE", "plpgsql", "42501", "", "CREATE OR REPLACE PROCEDURAL LANGUAGE plpgsql;"), verdict.PermissionLanguage, verdict.Harmless, ""},
		{"function in C", ofKind("FUNCTION", "42501", "", "CREATE FUNCTION public.a() ..."), verdict.PermissionFunction, verdict.Harmful, ""},
		{"function in a language of superusers", ofKind("FUNCTION", "42501", "permission denied for language c", "CREATE FUNCTION public.a() RETURNS integer LANGUAGE c AS 'b', 'a';"), verdict.PermissionFunction, verdict.Harmful, ""},
		{"function that hides nothing", ofKind("FUNCTION", "42501", "only superuser can define a leakproof function", "CREATE FUNCTION public.a() RETURNS integer LANGUAGE sql LEAKPROOF AS '';"), verdict.PermissionOther, verdict.Harmful, ""},
		{"foreign data wrapper", ofKind("FOREIGN DATA WRAPPER", "42501", "", "CREATE FOREIGN DATA WRAPPER a;"), verdict.PermissionForeignData, verdict.Harmful, ""},
		{"function in a schema of others", ofKind("FUNCTION", "42501", "permission denied for schema public", "CREATE FUNCTION public.a() RETURNS integer LANGUAGE sql AS '';"), verdict.PermissionSchema, verdict.Harmful, "public"},
		{"function in a schema of others, in Japanese", ofKind("FUNCTION", "42501", "スキーマpublicへのアクセスが拒否されました", "CREATE FUNCTION public.a() ..."), verdict.PermissionSchema, verdict.Harmful, "public"},
		{"foreign table in a schema of others", ofKind("FOREIGN TABLE", "42501", "permission denied for schema public", "CREATE FOREIGN TABLE public.a () SERVER b;"), verdict.PermissionSchema, verdict.Harmful, "public"},
		{"foreign table of a server of others", ofKind("FOREIGN TABLE", "42501", "permission denied for foreign server public_b", "CREATE FOREIGN TABLE public.a () SERVER public_b;"), verdict.PermissionForeignData, verdict.Harmful, ""},
		{"cast of a type in a schema of others", event.Failure{Kind: "CAST", Name: "CAST (x.t AS integer)", SQLState: "42501", Message: "permission denied for schema x", Statement: "CREATE CAST (x.t AS integer) WITH INOUT;"}, verdict.PermissionSchema, verdict.Harmful, "x"},
		{"schema in a database of others", event.Failure{Kind: "SCHEMA", Name: "x", SQLState: "42501", Message: "permission denied for database d", Statement: "CREATE SCHEMA x;"}, verdict.PermissionOther, verdict.Harmful, ""},
		{"triggers", ofKind("TABLE DATA", "42501", "", "ALTER TABLE public.a DISABLE TRIGGER ALL;"), verdict.PermissionTrigger, verdict.Harmful, ""},
		{"change of owner", ofKind("TABLE", "42501", "", "ALTER TABLE public.a OWNER TO boss;"), verdict.PermissionOwner, verdict.Harmful, "boss"},
		{"grant", ofKind("ACL", "42501", "", "GRANT SELECT ON TABLE public.a TO r;"), verdict.PermissionGrant, verdict.Harmful, ""},
		{"schema public of others", ofKind("TABLE", "42501", "permission denied for schema public", "CREATE TABLE public.a ();"), verdict.PermissionSchema, verdict.Harmful, "public"},
		{"table that others may not fill", ofKind("TABLE DATA", "42501", "permission denied for table a", "COPY public.a (b) FROM stdin;"), verdict.PermissionOther, verdict.Harmful, ""},
		{"label", ofKind("SECURITY LABEL", "22023", "", "SECURITY LABEL FOR x ON TABLE public.a IS 'y';"), verdict.SecurityLabel, verdict.Harmful, ""},

		// The server, the connection, the archive.
		{"disk", ofKind("INDEX", "53100", "", "CREATE INDEX a ON public.b (c);"), verdict.OutOfSpace, verdict.Harmful, ""},
		{"server of a foreign table that is away", ofKind("TRIGGER", "08001", "", "CREATE TRIGGER a ..."), verdict.Other, verdict.Harmful, ""},
		{"memory", ofKind("INDEX", "53200", "", "CREATE INDEX a ON public.b (c);"), verdict.OutOfMemory, verdict.Harmful, ""},
		{"connections", event.Failure{SQLState: "53300"}, verdict.TooManyConnections, verdict.Harmful, ""},
		{"size", ofKind("INDEX", "54000", "", "CREATE INDEX a ON public.b (c);"), verdict.LimitExceeded, verdict.Harmful, ""},
		{"standby", ofKind("TABLE", "25006", "", "CREATE TABLE public.a ();"), verdict.ReadOnly, verdict.Harmful, ""},
		{"lock", ofKind("TABLE", "55P03", "", "CREATE INDEX a ON public.b (c);"), verdict.LockTimeout, verdict.Harmful, ""},
		{"deadlock", ofKind("TABLE", "40P01", "", "CREATE INDEX a ON public.b (c);"), verdict.Deadlock, verdict.Harmful, ""},
		{"cancelled comment", ofKind("COMMENT", "57014", "", "COMMENT ON TABLE public.a IS 'b';"), verdict.Cancelled, verdict.Harmful, ""},
		{"end of the server", ofKind("TABLE", "57P01", "", "CREATE TABLE public.a ();"), verdict.ConnectionLost, verdict.Harmful, ""},
		{"end of the connection", event.Failure{Text: "could not execute query: server closed the connection unexpectedly\n\tThis probably means"}, verdict.ConnectionLost, verdict.Harmful, ""},
		{"archive", event.Failure{Text: "could not read from input file: end of file"}, verdict.ArchiveDamaged, verdict.Harmful, ""},
		{"told end of the connection", event.Failure{Cause: event.Connection, Text: "x"}, verdict.ConnectionLost, verdict.Harmful, ""},
		{"end of the connection by an error of the server", event.Failure{Cause: event.Connection, SQLState: "XX000", Text: "x"}, verdict.ConnectionLost, verdict.Harmful, ""},
		{"told archive", event.Failure{Cause: event.Archive, Text: "x"}, verdict.ArchiveDamaged, verdict.Harmful, ""},
		{"told other", event.Failure{Cause: event.OtherCause, Text: "could not find file"}, verdict.Other, verdict.Harmful, ""},
		{"something else", ofKind("RULE", "XX000", "cache lookup failed", "CREATE RULE a ..."), verdict.Other, verdict.Harmful, ""},
		{"comment on nothing", ofKind("COMMENT", "42P01", `relation "public.a" does not exist`, "COMMENT ON TABLE public.a IS 'b';"), verdict.MissingTable, verdict.Harmless, "public.a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			r.fail(tt.failure)
			c := only(t, r.verdict())
			if tt.class != c.Class || tt.harm != c.Harm {
				t.Errorf("want %s, %s; got %s, %s", tt.class, tt.harm, c.Class, c.Harm)
			}
			subject := ""
			if len(c.Subjects) > 0 {
				subject = c.Subjects[0].Name
			}
			if tt.subject != subject {
				t.Errorf("want %q, got %q", tt.subject, subject)
			}
			if c.Title == "" || c.Reason == "" {
				t.Errorf("title %q, reason %q", c.Title, c.Reason)
			}
			if strings.Contains(c.Title+c.Hint, "%s") {
				t.Errorf("title %q, hint %q", c.Title, c.Hint)
			}
		})
	}
}

// followed is an error and what it is expected to follow from.
type followed struct {
	ID      int
	Because string
}

func consequences(c verdict.Cause) (all []followed) {
	for _, o := range c.Consequences.Objects {
		all = append(all, followed{o.ID, o.Because})
	}
	return all
}

func TestConsequences(t *testing.T) {
	noExtension := failure(1, "EXTENSION", "x", "0A000", `extension "x" is not available`, "CREATE EXTENSION IF NOT EXISTS x;")
	noExtension.Schema = ""
	for _, tt := range []struct {
		name     string
		failures []event.Failure
		class    verdict.Class
		want     []followed
		count    int
	}{
		{
			name: "a chain", class: verdict.MissingExtension, count: 3,
			failures: []event.Failure{
				noExtension,
				failure(2, "TABLE", "t", "42704", `type "public.x" does not exist`, "CREATE TABLE public.t (a public.x);", 1),
				failure(3, "VIEW", "v", "42P01", `relation "public.t" does not exist`, "CREATE VIEW public.v AS SELECT * FROM public.t;", 2),
				failure(4, "VIEW", "w", "42P01", `relation "public.v" does not exist`, "CREATE VIEW public.w AS SELECT * FROM public.v;", 3),
			},
			want: []followed{{2, "extension x"}, {3, "table public.t"}, {4, "view public.v"}},
		},
		{
			name: "an index of a table", class: verdict.Syntax, count: 2,
			failures: []event.Failure{
				failure(2, "TABLE", "t", "42601", "syntax error", "CREATE TABLE public.t (a int NEW THING);"),
				failure(2, "TABLE", "t", "42P01", `relation "public.t" does not exist`, "ALTER TABLE public.t OWNER TO postgres;"),
				failure(3, "INDEX", "t_i", "42P01", `relation "public.t" does not exist`, "CREATE INDEX t_i ON public.t (a);", 2),
			},
			want: []followed{{3, "table public.t"}},
		},
		{
			name: "by the name in the message", class: verdict.Syntax, count: 1,
			failures: []event.Failure{
				failure(2, "TABLE", "t", "42601", "syntax error", "CREATE TABLE public.t (a int NEW THING);"),
				failure(3, "FUNCTION", "f()", "42P01", `relation "public.t" does not exist`, "CREATE FUNCTION public.f() ..."),
			},
			want: []followed{{3, "table public.t"}},
		},
		{
			name: "by the name of a function", class: verdict.PermissionFunction, count: 1,
			failures: []event.Failure{
				failure(2, "FUNCTION", "f(integer, text)", "42501", "permission denied for language c", "CREATE FUNCTION public.f(integer, text) RETURNS integer LANGUAGE c ..."),
				failure(3, "OPERATOR", "+", "42883", "function public.f(integer, text) does not exist", "CREATE OPERATOR public.+ (FUNCTION = public.f);"),
			},
			want: []followed{{3, "function public.f(integer, text)"}},
		},
		{
			name: "foreign key to a table without rows", class: verdict.CheckViolation, count: 1,
			failures: []event.Failure{
				failure(3, "TABLE DATA", "t", "23514", "", "COPY public.t (a) FROM stdin;", 2),
				failure(5, "FK CONSTRAINT", "u u_fk", "23503", "", "ALTER TABLE ONLY public.u ADD CONSTRAINT u_fk FOREIGN KEY (a) REFERENCES public.t(a);", 4, 2),
			},
			want: []followed{{5, "data of table public.t"}},
		},
		{
			name: "rows that refer to rows that were not loaded", class: verdict.CheckViolation, count: 1,
			failures: []event.Failure{
				failure(3, "TABLE DATA", "t", "23514", "", "COPY public.t (a) FROM stdin;", 2),
				{StepID: event.StepID{ID: 5}, Kind: "TABLE DATA", Schema: "public", Name: "u", SQLState: "23503", Statement: "COPY public.u (a) FROM stdin;",
					Detail: "Schlüssel (a)=(1) ist nicht in Tabelle »t« vorhanden.", Needs: []int{4}},
			},
			want: []followed{{5, "data of table public.t"}},
		},
		{
			name: "rows of a table that was there", class: verdict.AlreadyExists, count: 3,
			failures: []event.Failure{
				failure(2, "TABLE", "t", "42P07", `relation "t" already exists`, "CREATE TABLE public.t (a int);"),
				failure(3, "TABLE DATA", "t", "23505", "", "COPY public.t (a) FROM stdin;", 2),
				failure(4, "TABLE DATA", "t", "42703", "", "COPY public.t (a) FROM stdin;", 2),
				failure(5, "TABLE DATA", "t", "P0001", "", "COPY public.t (a) FROM stdin;", 2),
			},
			want: []followed{{3, "table public.t"}, {4, "table public.t"}, {5, "table public.t"}},
		},
		{
			name: "a partition that was there", class: verdict.AlreadyExists, count: 1,
			failures: []event.Failure{
				failure(2, "TABLE", "t", "42P07", `relation "t" already exists`, "CREATE TABLE public.t (a int) PARTITION BY LIST (a);"),
				failure(3, "TABLE", "t1", "42P07", `relation "t1" already exists`, "CREATE TABLE public.t1 (a int);"),
				failure(4, "TABLE ATTACH", "t1", "42809", `"t1" is already a partition`, "ALTER TABLE ONLY public.t ATTACH PARTITION public.t1 FOR VALUES IN (1);", 3, 2),
			},
			want: []followed{{4, "table public.t1"}},
		},
		{
			name: "a table that could not be dropped", class: verdict.CannotDrop, count: 1,
			failures: []event.Failure{
				failure(2, "TABLE", "t", "2BP01", "", "DROP TABLE public.t;"),
				failure(2, "TABLE", "t", "42P07", "", "CREATE TABLE public.t (a int);"),
			},
		},
		{
			name: "a table behind a setting", class: verdict.MissingSchema, count: 3,
			failures: []event.Failure{
				failure(1, "DOMAIN", "d", "3F000", `schema "sys" does not exist`, "CREATE DOMAIN public.d AS sys.t;"),
				failure(2, "TABLE", "t", "42704", `type "public.d" does not exist`, "SET x.y = TRUE;\nCREATE TABLE public.t (a public.d);\nRESET x.y;", 1),
				failure(2, "TABLE", "t", "42P01", `relation "public.t" does not exist`, "ALTER TABLE public.t OWNER TO r;", 1),
				failure(3, "TABLE DATA", "t", "42P01", `relation "public.t" does not exist`, "COPY public.t (a) FROM stdin;", 2),
			},
			want: []followed{{2, "domain public.d"}, {3, "table public.t"}},
		},
		{
			name: "after an error in a transaction", class: verdict.Syntax, count: 1,
			failures: []event.Failure{
				failure(2, "TABLE", "t", "42601", "", "CREATE TABLE public.t (a int NEW THING);"),
				failure(3, "TABLE", "u", "25P02", "", "CREATE TABLE public.u (a int);"),
			},
			want: []followed{{3, ""}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			for _, f := range tt.failures {
				r.fail(f)
			}
			c := only(t, r.verdict())
			if tt.class != c.Class {
				t.Errorf("want %s, got %s", tt.class, c.Class)
			}
			if tt.count != c.Consequences.Count {
				t.Errorf("want %d consequences, got %d", tt.count, c.Consequences.Count)
			}
			if diff := cmp.Diff(tt.want, consequences(c)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What has a cause of its own is no consequence, whatever failed before it.
func TestNoConsequences(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second event.Failure
	}{
		{
			"a table with another owner is there", noRole(2, "app"),
			failure(3, "VIEW", "v", "42P01", `relation "public.other" does not exist`, "CREATE VIEW public.v AS SELECT 1 FROM public.other;", 2),
		},
		{
			"a drop of nothing takes nothing away", failure(2, "TABLE", "t", "42P01", "", "DROP TABLE public.t;"),
			failure(3, "INDEX", "i", "42P01", "", "CREATE INDEX i ON public.t (a);", 2),
		},
		{
			"a schema that was there holds nothing back", failure(2, "SCHEMA", "x", "42P06", "", "CREATE SCHEMA x;"),
			failure(3, "VIEW", "v", "42703", "", "CREATE VIEW x.v AS SELECT a FROM x.t;", 2),
		},
		{
			"no permission", failure(2, "TABLE", "t", "42601", "", "CREATE TABLE public.t (NEW);"),
			failure(3, "FUNCTION", "f()", "42501", "", "CREATE FUNCTION public.f() ...", 2),
		},
		{
			"a bare name may be looked for elsewhere", failure(2, "TABLE", "t", "42601", "", "CREATE TABLE public.t (NEW);"),
			failure(3, "FUNCTION", "f()", "42P01", `relation "t" does not exist`, "CREATE FUNCTION public.f() ..."),
		},
		{
			"rows that are duplicates in an empty table", failure(2, "INDEX", "i", "42704", "", "CREATE INDEX i ON public.t USING rum (a);"),
			failure(3, "TABLE DATA", "t", "23505", "", "COPY public.t (a) FROM stdin;", 2),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			r.fail(tt.first)
			r.fail(tt.second)
			if causes := r.verdict().Causes; len(causes) != 2 {
				t.Errorf("want 2 causes, got %+v", causes)
			}
		})
	}
}

// What an error about rows leads to depends on what looked at them.
func TestReasonsOfRows(t *testing.T) {
	for _, tt := range []struct {
		name    string
		failure event.Failure
		class   verdict.Class
		title   string
		reason  string
	}{
		{"data", failure(1, "TABLE DATA", "a", "23505", "", "COPY public.a (b) FROM stdin;"), verdict.DuplicateKey, "rows violate a unique key", "a COPY that fails loads no row of its table"},
		{"a row", failure(1, "TABLE DATA", "a", "23505", "", "INSERT INTO public.a VALUES (1);"), verdict.DuplicateKey, "rows violate a unique key", "rows are missing"},
		{"index", failure(1, "INDEX", "a", "23505", "", "CREATE UNIQUE INDEX a ON public.b (c);"), verdict.DuplicateKey, "rows violate a unique key", "without its key a table can get rows twice"},
		{"index with an expression", failure(1, "INDEX", "a", "22012", "", "CREATE INDEX a ON public.b ((1 / c));"), verdict.InvalidData, "the server does not accept values", "the index is missing"},
		{"foreign key", failure(1, "FK CONSTRAINT", "a", "23503", "", "ALTER TABLE ONLY public.a ADD CONSTRAINT a FOREIGN KEY (b) REFERENCES public.c(d);"), verdict.ForeignKeyViolation, "rows violate a foreign key", "the foreign key is missing, and nothing keeps rows from referring to what is not there"},
		{"no privilege for a table", failure(1, "TABLE DATA", "a", "42501", "permission denied for table a", "COPY public.a (b) FROM stdin;"), verdict.PermissionOther, "permission denied", "a COPY that fails loads no row of its table"},
		{"no privilege for a schema", failure(1, "TABLE DATA", "a", "42501", "permission denied for schema public", "COPY public.a (b) FROM stdin;"), verdict.PermissionSchema, `no permission for schema "public"`, "what belongs in it was not made or not loaded"},
		{"foreign server in a refresh", failure(1, "MATERIALIZED VIEW DATA", "a", "08001", "could not connect", "REFRESH MATERIALIZED VIEW public.a;"), verdict.RaisedError, "the query of a materialized view raised an error", "the materialized view is empty"},
		{"refresh", failure(1, "MATERIALIZED VIEW DATA", "a", "22012", "division by zero", "REFRESH MATERIALIZED VIEW public.a;"), verdict.RaisedError, "the query of a materialized view raised an error", "the materialized view is empty"},
		{"exception in a refresh", failure(1, "MATERIALIZED VIEW DATA", "a", "P0001", "no", "REFRESH MATERIALIZED VIEW public.a;"), verdict.RaisedError, "the query of a materialized view raised an error", "the materialized view is empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			r.fail(tt.failure)
			c := only(t, r.verdict())
			want := []string{string(tt.class), tt.title, tt.reason}
			if diff := cmp.Diff(want, []string{string(c.Class), c.Title, c.Reason}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What was lost together with a missing role's privileges matters, unless the
// other roles are missing, too.
func TestSharedPrivileges(t *testing.T) {
	grant := failure(1, "ACL", "TABLE a", "42704", `role "app" does not exist`, "GRANT ALL ON TABLE public.a TO app;\nGRANT SELECT ON TABLE public.a TO report;")
	alone := failure(2, "ACL", "TABLE b", "42704", `role "app" does not exist`, "GRANT ALL ON TABLE public.b TO app;")
	other := failure(3, "ACL", "TABLE c", "42704", `role "report" does not exist`, "GRANT ALL ON TABLE public.c TO report;")
	for _, tt := range []struct {
		name     string
		failures []event.Failure
		exist    []string // nil: the server was not asked
		want     []verdict.Harm
	}{
		{"the other role may exist", []event.Failure{grant}, nil, []verdict.Harm{verdict.Harmful}},
		{"beside harmless ones", []event.Failure{grant, alone}, nil, []verdict.Harm{verdict.Harmful, verdict.Harmless}},
		{"the other role is missing", []event.Failure{grant, alone, other}, nil, []verdict.Harm{verdict.Harmless}},
		{"in any order", []event.Failure{other, grant}, nil, []verdict.Harm{verdict.Harmless}},
		{"the server says that the other role is missing", []event.Failure{grant, alone}, []string{}, []verdict.Harm{verdict.Harmless}},
		{"the server says that the other role exists", []event.Failure{grant, alone}, []string{"report"}, []verdict.Harm{verdict.Harmful, verdict.Harmless}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			for _, f := range tt.failures {
				r.fail(f)
			}
			if tt.exist != nil {
				r.read(event.Roles{Exist: tt.exist})
			}
			v := r.verdict()
			var got []verdict.Harm
			errors := 0
			for _, c := range v.Causes {
				got = append(got, c.Harm)
				errors += c.Count
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if errors != len(tt.failures) {
				t.Errorf("want %d errors, got %d", len(tt.failures), errors)
			}
			again := r.verdict()
			if diff := cmp.Diff(v, again); diff != "" {
				t.Errorf("asked twice: %s", diff)
			}
		})
	}
}

// Roles that are only named beside a missing one, and are missing, too, are
// told and have to be made, too.
func TestMissingRolesThatNoErrorNames(t *testing.T) {
	r := newRestore()
	r.fail(failure(1, "ACL", "TABLE a", "42704", `role "app" does not exist`, "GRANT ALL ON TABLE public.a TO app;\nGRANT SELECT ON TABLE public.a TO report;"))
	r.read(event.Roles{})
	c := only(t, r.verdict())
	if want := `roles "app", "report" do not exist`; c.Title != want {
		t.Errorf("want title %q, got %q", want, c.Title)
	}
	if want := `create the missing roles ("app", "report") first`; !strings.HasPrefix(c.Hint, want) {
		t.Errorf("want hint %q ..., got %q", want, c.Hint)
	}
	r = newRestore()
	r.fail(noRole(1, "app"))
	if want, got := `create the missing role "app" first`, only(t, r.verdict()).Hint; !strings.HasPrefix(got, want) {
		t.Errorf("want hint %q ..., got %q", want, got)
	}
}

// What ended the restore is told by its cause, and by the server's SQLSTATE.
func TestCauseOfTheEnd(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  event.End
		want verdict.Class
		hint string
	}{
		{"connection", event.End{Cause: event.Connection}, verdict.ConnectionLost, ""},
		{"restart", event.End{Cause: event.Restart}, verdict.ConnectionLost, "restore once more, into an empty database"},
		{"connections", event.End{Cause: event.Connection, SQLState: "53300"}, verdict.TooManyConnections, ""},
		{"archive", event.End{Cause: event.Archive}, verdict.ArchiveDamaged, ""},
		{"a query", event.End{SQLState: "42704"}, verdict.Other, ""},
		{"something else", event.End{Cause: event.OtherCause}, verdict.Other, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			tt.end.Outcome, tt.end.Error, tt.end.Errors = event.Stopped, "it ended", 1
			r.read(tt.end)
			c := only(t, r.reader.Verdict())
			if tt.want != c.Class || tt.hint != "" && tt.hint != c.Hint {
				t.Errorf("want %q with hint %q, got %q with %q", tt.want, tt.hint, c.Class, c.Hint)
			}
		})
	}
}

// Nobody can connect to a database that could not be made.
func TestDatabaseUnmade(t *testing.T) {
	for _, tt := range []struct {
		name, error string
		want        int // causes
	}{
		{"the database", `connection to server on socket "/tmp/.s.PGSQL.5432" failed: FATAL:  database "shop" does not exist`, 1},
		{"another", `connection to server on socket "/tmp/.s.PGSQL.5432" failed: FATAL:  database "other" does not exist`, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			r.fail(event.Failure{
				StepID: event.StepID{ID: 1}, Kind: "DATABASE", Name: "shop", SQLState: "22023",
				Message: `invalid locale name: "English"`, Statement: "CREATE DATABASE shop LOCALE = 'English';",
			})
			r.read(event.End{Outcome: event.Stopped, Error: tt.error, Cause: event.Connection, SQLState: "3D000", Errors: 2})
			v := r.reader.Verdict()
			if len(v.Causes) != tt.want || v.Errors != (verdict.Errors{Total: 2, Harmful: 2}) {
				t.Errorf("want %d causes, got %+v, %+v", tt.want, v.Causes, v.Errors)
			}
		})
	}
}

// What was restored last may be lost if commits did not wait for the disk and
// the last one never came.
func TestMayBeLost(t *testing.T) {
	hasty := event.Setting{Name: "synchronous_commit", Value: "off"}
	gone := event.End{Outcome: event.Stopped, Error: "gone", Cause: event.Connection, Errors: 1}
	for _, tt := range []struct {
		name   string
		events []event.Event
		want   bool
	}{
		{"the connection is lost", []event.Event{hasty, gone}, true},
		{"with a statement", []event.Event{hasty, event.Failure{Cause: event.Connection, Fatal: true}, event.End{Outcome: event.Stopped, Errors: 1}}, true},
		{"commits waited", []event.Event{gone}, false},
		{"one transaction", []event.Event{event.Run{Options: []string{"--single-transaction"}}, hasty, gone}, false},
		{"stopped at an error", []event.Event{hasty, noRole(1, "app"), event.End{Outcome: event.Stopped, Errors: 1}}, false},
		{"complete", []event.Event{hasty, event.End{Outcome: event.Complete}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			r.step(1, "TABLE", "public", "a")
			for _, e := range tt.events {
				r.read(e)
			}
			v := r.reader.Verdict()
			if v.MayBeLost != tt.want || strings.Contains(v.Summary, "restored last may be lost") != tt.want {
				t.Errorf("want %t, got %t: %s", tt.want, v.MayBeLost, v.Summary)
			}
		})
	}
}

func TestIgnoredConsequences(t *testing.T) {
	extension := failure(1, "EXTENSION", "x", "0A000", "", "CREATE EXTENSION x;")
	comment := failure(2, "COMMENT", "EXTENSION x", "42704", `extension "x" does not exist`, "COMMENT ON EXTENSION x IS 'y';", 1)
	table := failure(3, "TABLE", "t", "42704", `type "public.x" does not exist`, "CREATE TABLE public.t (a public.x);", 1)
	for _, tt := range []struct {
		name     string
		failures []event.Failure
		ignore   []verdict.Class
		want     verdict.Errors
	}{
		{"nothing", []event.Failure{extension, comment, table}, nil, verdict.Errors{Total: 3, Harmful: 3}},
		{"harmless ones go with their cause", []event.Failure{extension, comment}, []verdict.Class{verdict.MissingExtension}, verdict.Errors{Total: 2, Ignored: 2}},
		{"harmful ones do not", []event.Failure{extension, comment, table}, []verdict.Class{verdict.MissingExtension}, verdict.Errors{Total: 3, Ignored: 2, Harmful: 1}},
		{"unless their class is ignored", []event.Failure{extension, comment, table}, []verdict.Class{verdict.MissingExtension, verdict.MissingType}, verdict.Errors{Total: 3, Ignored: 3}},
		{"a class of consequences alone", []event.Failure{extension, comment, table}, []verdict.Class{verdict.MissingType}, verdict.Errors{Total: 3, Ignored: 1, Harmful: 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore(tt.ignore...)
			for _, f := range tt.failures {
				r.fail(f)
			}
			if got := r.verdict().Errors; tt.want != got {
				t.Errorf("want %+v, got %+v", tt.want, got)
			}
		})
	}
}

// A harmless cause with harmful consequences is harmful.
func TestHarmfulConsequences(t *testing.T) {
	r := newRestore()
	extension := failure(1, "EXTENSION", "pg_stat_statements", "0A000", "", "CREATE EXTENSION pg_stat_statements;")
	r.fail(extension)
	if c := only(t, r.reader.Verdict()); c.Harm != verdict.Harmless {
		t.Errorf("want %s, got %s", verdict.Harmless, c.Harm)
	}
	r.fail(failure(2, "VIEW", "v", "42P01", `relation "public.pg_stat_statements" does not exist`, "CREATE VIEW public.v AS SELECT * FROM public.pg_stat_statements;", 1))
	v := r.verdict()
	if c := only(t, v); c.Harm != verdict.Harmful {
		t.Errorf("want %s, got %s", verdict.Harmful, c.Harm)
	}
	if v.Judgement != verdict.Incomplete {
		t.Errorf("want %s, got %s", verdict.Incomplete, v.Judgement)
	}
}

// Rows that are left out because of an error of their table, as
// --no-data-for-failed-tables does, make even a harmless error harmful.
func TestLeftOut(t *testing.T) {
	skipped := event.StepSkipped{StepID: event.StepID{ID: 3}, Kind: "TABLE DATA", Schema: "public", Name: "a", Reason: "its table could not be made"}
	half := event.StepSkipped{StepID: event.StepID{ID: 4, Part: "constraint"}, Kind: "CONSTRAINT", Schema: "public", Name: "a a_pkey", Reason: "its first half failed"}
	for _, tt := range []struct {
		name   string
		events []event.Event
		ignore []verdict.Class
		want   verdict.Judgement
	}{
		{"harmless without", []event.Event{noRole(2, "app")}, nil, verdict.Reservations},
		{"because of a harmless error", []event.Event{noRole(2, "app"), skipped}, nil, verdict.Incomplete},
		{"of an ignored class", []event.Event{noRole(2, "app"), skipped}, []verdict.Class{verdict.MissingRole}, verdict.Incomplete},
		{"for no reason that is known", []event.Event{skipped}, nil, verdict.Incomplete},
		{"a half that gets a second chance", []event.Event{half}, nil, verdict.Clean},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore(tt.ignore...)
			for _, e := range tt.events {
				if f, ok := e.(event.Failure); ok {
					r.fail(f)
				} else {
					r.read(e)
				}
			}
			v := r.verdict()
			if tt.want != v.Judgement {
				t.Errorf("want %s, got %s: %+v", tt.want, v.Judgement, v.Causes)
			}
		})
	}
}

// However many errors there are, what is kept is bounded, and all are counted.
func TestManyErrors(t *testing.T) {
	const (
		roles      = 3000
		extensions = 101_000 // more than failing entries are remembered
	)
	r := newRestore()
	for i := range roles {
		r.failAgain(failure(i+1, "TABLE", fmt.Sprintf("t%d", i), "42704", fmt.Sprintf(`role "r%d" does not exist`, i),
			fmt.Sprintf("ALTER TABLE public.t%d OWNER TO r%d;", i, i)))
	}
	for i := range extensions {
		r.failAgain(failure(roles+i, "EXTENSION", fmt.Sprintf("x%d", i), "0A000", "", "CREATE EXTENSION x;"))
	}
	v := r.verdict()
	if want := (verdict.Errors{Total: roles + extensions, Harmful: extensions, Harmless: roles}); v.Errors != want {
		t.Errorf("want %+v, got %+v", want, v.Errors)
	}
	if len(v.Causes) > verdict.MaxCauses+1 {
		t.Errorf("want at most %d causes, got %d", verdict.MaxCauses+1, len(v.Causes))
	}
	for _, c := range v.Causes {
		if len(c.Objects) > verdict.MaxObjects || len(c.Subjects) > verdict.MaxSubjects {
			t.Fatalf("%s: %d objects, %d subjects", c.Class, len(c.Objects), len(c.Subjects))
		}
		if len(c.Objects)+c.MoreObjects != c.Count {
			t.Errorf("%s: want %d objects, got %d and %d more", c.Class, c.Count, len(c.Objects), c.MoreObjects)
		}
		if len(c.Subjects)+c.MoreSubjects != c.Count {
			t.Errorf("%s: want %d subjects, got %d and %d more", c.Class, c.Count, len(c.Subjects), c.MoreSubjects)
		}
	}
}

// A subject counts once, however often it comes.
func TestSubjects(t *testing.T) {
	r := newRestore()
	for i := range 600 {
		r.fail(noRole(i+1, fmt.Sprintf("r%d", i%60)))
	}
	c := only(t, r.verdict())
	if c.MoreSubjects != 60-verdict.MaxSubjects || len(c.Subjects) != verdict.MaxSubjects || c.Subjects[0].Count != 10 {
		t.Errorf("want 50 subjects with 10 errors each and 10 more, got %d, the first with %d, and %d", len(c.Subjects), c.Subjects[0].Count, c.MoreSubjects)
	}
	if want := `roles "r0", "r1", "r2", "r3", "r4" and 55 more do not exist`; c.Title != want {
		t.Errorf("want %q, got %q", want, c.Title)
	}
}

// Events from a file may hold anything.
func TestStrangeEvents(t *testing.T) {
	texts := []string{"", " ", "4", "42704", "\"", "»", "role \"", "GRANT", "GRANT TO", "ALTER OWNER TO", "REVOKE (", "CREATE SCHEMA x AUTHORIZATION",
		"SET", "SET x =", "SET default_tablespace", "DROP", "f(", ")f(", "TABLE", "ACL", "POLICY", "TABLE DATA", "COMMENT ON EXTENSION", "\xff\xfe", "%s", "USER MAPPING"}
	kinds := []string{"", "ACL", "COMMENT", "EXTENSION", "POLICY", "USER MAPPING", "TABLE DATA", "DATABASE PROPERTIES", "DEFAULT ACL", "LARGE"}
	r := newRestore()
	for _, state := range []string{"", "4", "42704", "22023", "42501", "23505", "42883", "\xff\xff\xff\xff\xff"} {
		for i, text := range texts {
			for _, statement := range texts {
				for _, kind := range kinds {
					f := failure(-i, kind, text, state, text, statement, i, -1, 1<<40)
					f.Detail, f.Text = statement, text
					r.failAgain(f)
				}
			}
		}
	}
	r.read(event.StepFinished{Connection: 7})
	r.read(event.StepFailed{Connection: -7})
	r.read(event.LaneFinished{})
	r.read(event.End{Errors: 1 << 40})
	r.read(event.End{Errors: -1})
	v := r.reader.Verdict()
	if want := 1 << 40; v.Errors.Total != want || v.Errors.Harmful+v.Errors.Harmless != want {
		t.Errorf("want %d errors, got %+v", want, v.Errors)
	}
	if text := textOf(v, 0); strings.Contains(text, "%!") {
		t.Error(text)
	}
}

// Hints say what the versions of archive and server tell, and how many times.
func TestHints(t *testing.T) {
	for _, tt := range []struct {
		name           string
		source, target string
		failures       []event.Failure
		want           string
	}{
		{
			"syntax of a newer server", "18.1", "13.5 (Debian 13.5-1)", []event.Failure{failure(1, "TABLE", "a", "42601", "", "CREATE TABLE a (NEW);")},
			"the archive is from PostgreSQL 18, which can more than this server of version 13; restore into version 18 or later, or make what is missing by hand",
		},
		{
			"syntax of an older server", "9.6.24", "18beta1", []event.Failure{failure(1, "OPERATOR", "a", "42P13", "", "CREATE OPERATOR a (OLD);")},
			"the archive is from PostgreSQL 9.6, and the server of version 18 does not take this any more; make what is missing by hand, in the way of the new version",
		},
		{
			"syntax of the same server", "18.1", "18.3", []event.Failure{failure(1, "TABLE", "a", "42601", "", "CREATE TABLE a (NEW);")},
			"restore into a server of the archive's version or later, or make what is missing by hand",
		},
		{
			"syntax of who knows what", "", "", []event.Failure{failure(1, "TABLE", "a", "42601", "", "CREATE TABLE a (NEW);")},
			"restore into a server of the archive's version or later, or make what is missing by hand",
		},
		{
			"type of a newer server", "18.1", "13.5", []event.Failure{failure(1, "TABLE", "a", "42704", `type "oid8" does not exist`, "CREATE TABLE a (b oid8);")},
			`find out what provides "oid8": an extension, or a type that was not restored; it may also be new in PostgreSQL 18, while the server is of version 13`,
		},
		{
			"role of a newer server", "18.1", "13.5", []event.Failure{noRole(1, "pg_database_owner")},
			"use --no-owner and --no-privileges; roles that begin with pg_ come with later versions of PostgreSQL",
		},
		{
			"role of a policy", "", "", []event.Failure{failure(1, "POLICY", "a p", "42704", `role "r" does not exist`, "CREATE POLICY p ON public.a TO r;"), noRole(2, "s")},
			`create the missing role "r" first, or make the policy by hand for other roles`,
		},
		{
			"role of a user mapping", "", "", []event.Failure{failure(1, "USER MAPPING", "a", "42704", `role "r" does not exist`, "CREATE USER MAPPING FOR r SERVER s;")},
			`create the missing role "r" first, or leave user mappings out with -L`,
		},
		{
			"role of a newer server in a policy", "18.1", "13.5", []event.Failure{failure(1, "POLICY", "a p", "42704", `role "pg_r" does not exist`, "CREATE POLICY p ON public.a TO pg_r;")},
			"make the policy by hand for other roles; roles that begin with pg_ come with later versions of PostgreSQL",
		},
		{
			"schema that every database has", "", "", []event.Failure{failure(1, "SCHEMA", "public", "42P06", "", "CREATE SCHEMA public;")},
			"nothing needs to be done",
		},
		{
			"schema of others", "", "", []event.Failure{failure(1, "TABLE", "a", "42501", "permission denied for schema public", "CREATE TABLE public.a ();")},
			`restore as a superuser or as the owner of "public", or have one of these GRANT USAGE, CREATE ON SCHEMA "public" to the role that restores`,
		},
		{
			"data for a table that differs", "", "", []event.Failure{failure(5, "TABLE DATA", "a", "42703", `column "b" of relation "a" does not exist`, "COPY public.a (b) FROM stdin;", 4)},
			"restore into an empty database, or drop the table first (--clean --if-exists)",
		},
		{
			"columns that differ", "", "", []event.Failure{failure(5, "TABLE DATA", "a", "22P04", "", "COPY public.a (b) FROM stdin;", 4)},
			"the table has other columns than the one that was dumped: restore into an empty database; or the archive is damaged: pgrestore inspect --deep tells",
		},
		{
			"many roles", "", "", []event.Failure{noRole(1, "a"), noRole(2, "b"), noRole(3, "c"), noRole(4, "d"), noRole(5, "e"), noRole(6, "f"), noRole(7, "g"), noRole(8, "a")},
			`create the missing roles ("a", "b", "c", "d", "e" and 2 more) first, or use --no-owner and --no-privileges`,
		},
		{
			"contrib", "", "18.1", []event.Failure{failure(1, "EXTENSION", "hstore", "0A000", "", "CREATE EXTENSION hstore;")},
			"it is one of PostgreSQL's own: install postgresql-contrib (Debian) or postgresql18-contrib (Red Hat) on the server's machine",
		},
		{
			"extension with the usual name", "", "17.2", []event.Failure{failure(1, "EXTENSION", "mysql_fdw", "0A000", "", "CREATE EXTENSION mysql_fdw;")},
			"install the package postgresql-17-mysql-fdw (Debian; others have similar names) on the server's machine",
		},
		{
			"a selection without what it needs", "", "", []event.Failure{failure(5, "INDEX", "a", "42P01", `relation "public.t" does not exist`, "CREATE INDEX a ON public.t (b);", 4)},
			hintSelection,
		},
		{
			"what belongs to an extension", "", "", []event.Failure{
				failure(5, "TABLE DATA", "a", "42P01", `relation "public.a" does not exist`, "COPY public.a (b) FROM stdin;", 4),
				failure(1, "EXTENSION", "x", "42501", "", "CREATE EXTENSION x;"),
			},
			hintSelection + `; or it belongs to a missing extension ("x")`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRestore()
			r.read(event.Run{ServerVersion: tt.source})
			r.read(event.Connected{Server: tt.target})
			for _, f := range tt.failures {
				r.fail(f)
			}
			if got := r.verdict().Causes[0].Hint; tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

const hintSelection = "restore what it needs, too: the archive may hold it, but not the selection"
