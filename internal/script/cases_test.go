package script_test

import (
	"fmt"
	"slices"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// scriptCases are restores into scripts whose text is pg_restore 18's for an
// archive with the same entries.
func scriptCases() []scriptCase {
	return slices.Concat(dropCases(), largeObjectCases(), connectCases(), transactionCases(), ownerCases(), settingCases(), otherCases())
}

func dropCases() []scriptCase {
	drop := func(name, desc, statement, want, said string) scriptCase {
		return scriptCase{
			name: "drop " + name, args: "-c --if-exists", options: script.Options{Clean: true, IfExists: true},
			entries: []toc.Entry{entry(desc, "x", "CREATE;\n", in("s"), dropped(statement))},
			want:    want + "CREATE;\n", notes: said,
		}
	}
	long := "KIND WITH A NAME OF MORE THAN FORTY LETTERS"
	return []scriptCase{
		drop("table", "TABLE", "DROP TABLE s.x;\n", "DROP TABLE IF EXISTS s.x;\n", ""),
		drop("with options", "TABLE", "DROP TABLE s.x CASCADE;\n", "DROP TABLE IF EXISTS s.x CASCADE;\n", ""),
		drop("twice", "TABLE", "DROP TABLE a;\nDROP TABLE b;\n", "DROP TABLE IF EXISTS a;\nDROP TABLE b;\n", ""),
		drop("column of a table", "CONSTRAINT", "ALTER TABLE ONLY s.x DROP CONSTRAINT c;\n", "ALTER TABLE IF EXISTS ONLY s.x DROP CONSTRAINT IF EXISTS c;\n", ""),
		drop("check constraint", "CHECK CONSTRAINT", "ALTER DOMAIN s.x DROP CONSTRAINT c;\n", "ALTER DOMAIN s.x DROP CONSTRAINT IF EXISTS c;\n", ""),
		drop("foreign key", "FK CONSTRAINT", "ALTER TABLE s.x DROP CONSTRAINT c;\n", "ALTER TABLE IF EXISTS s.x DROP CONSTRAINT IF EXISTS c;\n", ""),
		drop("default", "DEFAULT", "ALTER TABLE s.x ALTER COLUMN a DROP DEFAULT;\n", "ALTER TABLE IF EXISTS s.x ALTER COLUMN a DROP DEFAULT;\n", ""),
		drop("default of a view", "DEFAULT", "ALTER VIEW s.x ALTER COLUMN a DROP DEFAULT;\n", "ALTER VIEW s.x ALTER COLUMN a DROP DEFAULT;\n", ""),
		drop("view that is replaced", "RULE", "CREATE OR REPLACE VIEW s.x AS SELECT 1;\n", "CREATE OR REPLACE VIEW s.x AS SELECT 1;\n", ""),
		drop("comment", "SCHEMA", "-- DROP SCHEMA public;\n", "", ""),
		drop("attached table", "TABLE ATTACH", "ALTER TABLE s.x DETACH PARTITION s.y;\n", "ALTER TABLE IF EXISTS s.x DETACH PARTITION s.y;\n",
			"warning: could not find where to insert IF EXISTS in statement \"ALTER TABLE s.x DETACH PARTITION s.y;\n\"\n"),
		drop("kind spelled otherwise", "NEVER HEARD OF", "DROP TABLE s.x;\n", "DROP TABLE s.x;\n",
			"warning: could not find where to insert IF EXISTS in statement \"DROP TABLE s.x;\n\"\n"),
		drop("long kind", long, "DROP "+long+" x;\n", "DROP "+long[:34]+" IF EXISTS"+long[34:]+" x;\n", ""),
		drop("old large object", "BLOB", "SELECT pg_catalog.lo_unlink('5');\n",
			"SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '0';\n", ""),
		drop("nothing", "TABLE", "", "", ""),
		drop("materialized view", "MATERIALIZED VIEW", "DROP MATERIALIZED VIEW s.x;\n", "DROP MATERIALIZED VIEW IF EXISTS s.x;\n", ""),
		drop("operator class", "OPERATOR CLASS", "DROP OPERATOR CLASS s.x USING btree;\n", "DROP OPERATOR CLASS IF EXISTS s.x USING btree;\n", ""),
		drop("policy", "POLICY", "DROP POLICY p ON s.x;\n", "DROP POLICY IF EXISTS p ON s.x;\n", ""),
		drop("kind within a name", "TABLE", "DROP VIEW \"DROP TABLE\";\n", "DROP VIEW \"DROP TABLE IF EXISTS\";\n", ""),
		{
			name: "drop without if exists", args: "-c", options: script.Options{Clean: true},
			entries: []toc.Entry{
				entry("TABLE", "x", "CREATE x;\n", in("s"), dropped("DROP TABLE s.x;\n")),
				entry("CONSTRAINT", "x c", "CREATE c;\n", in("s"), dropped("ALTER TABLE s.x DROP CONSTRAINT c;\n")),
				entry("BLOB", "5", "CREATE 5;\n", dropped("SELECT pg_catalog.lo_unlink('5');\n"), section(toc.SectionPostData)),
			},
			want: "SELECT pg_catalog.lo_unlink('5');\nALTER TABLE s.x DROP CONSTRAINT c;\nDROP TABLE s.x;\nCREATE x;\nCREATE c;\nCREATE 5;\n",
		},
		{
			name: "drop only the database", args: "-c -C", options: script.Options{Clean: true, Create: true},
			entries: []toc.Entry{
				entry("DATABASE", "d", "CREATE DATABASE d;\n", dropped("DROP DATABASE d;\n")),
				entry("DATABASE PROPERTIES", "d", "ALTER DATABASE d;\n", dropped("UPDATE d;\n")),
				entry("TABLE", "x", "CREATE x;\n", in("s"), dropped("DROP TABLE s.x;\n")),
			},
			want: "UPDATE d;\nDROP DATABASE d;\nCREATE DATABASE d;\n" + connected("\\connect d\n") + "ALTER DATABASE d;\n" + connected("\\connect d\n") + "CREATE x;\n",
		},
	}
}

// connected is what follows a change of the database.
func connected(command string) string {
	return command + "\\restrict \nSET statement_timeout = 0;\nSET lock_timeout = 0;\nSET idle_in_transaction_session_timeout = 0;\n" +
		"SET transaction_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n" +
		"SELECT pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\nSET xmloption = content;\n" +
		"SET client_min_messages = warning;\nSET row_security = off;\n"
}

func largeObjectCases() []scriptCase {
	list := entry("BLOB METADATA", "5..7", "5\n6\n7\n", owned("Al ice"), dropped("SELECT pg_catalog.lo_unlink(oid);\n"))
	acl := func(definition string) toc.Entry {
		return entry("ACL", "LARGE OBJECTS 5..7", definition, dependsOn(4), owned("x"))
	}
	each := func(format string) string { return fmt.Sprintf(format+format+format, 5, 6, 7) }
	create := each("SELECT pg_catalog.lo_create('%d');\n") + each("ALTER LARGE OBJECT %d OWNER TO \"Al ice\";\n")
	privileges := func(name, definition, want string) scriptCase {
		return scriptCase{
			name: "large object privileges " + name, entries: []toc.Entry{list, acl(definition)}, want: create + want,
		}
	}
	return []scriptCase{
		{
			name: "large objects made", args: "-c", options: script.Options{Clean: true}, entries: []toc.Entry{list},
			want: each("SELECT pg_catalog.lo_unlink('%d');\n") + create,
		},
		{
			name: "large objects if there", args: "-c --if-exists", options: script.Options{Clean: true, IfExists: true}, entries: []toc.Entry{list},
			want: each("SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '%d';\n") + create,
		},
		{
			name: "large objects nobody's", args: "-O", options: script.Options{NoOwner: true}, entries: []toc.Entry{list},
			want: each("SELECT pg_catalog.lo_create('%d');\n"),
		},
		{
			name: "large object list not ended", entries: []toc.Entry{entry("BLOB METADATA", "5", "5\n6")},
			want: "SELECT pg_catalog.lo_create('5');\n",
		},
		privileges("plain", "GRANT ALL ON LARGE OBJECT 5 TO bob;\n", each("GRANT ALL ON LARGE OBJECT %d TO bob;\n")),
		privileges("several", "REVOKE ALL ON LARGE OBJECT 5 FROM bob;\nGRANT SELECT ON LARGE OBJECT 5 TO PUBLIC;\n\n",
			each("REVOKE ALL ON LARGE OBJECT %d FROM bob;\n")+each("GRANT SELECT ON LARGE OBJECT %d TO PUBLIC;\n")),
		privileges("of odd roles", "GRANT ALL ON LARGE OBJECT 5 TO \"a;LARGE OBJECT 5\";\nGRANT ALL ON LARGE OBJECT 5 TO \"x\"\";y\";\n",
			each("GRANT ALL ON LARGE OBJECT %d TO \"a;LARGE OBJECT 5\";\n")+each("GRANT ALL ON LARGE OBJECT %d TO \"x\"\";y\";\n")),
		privileges("of a role before the object", "GRANT \"LARGE OBJECT 9;\" ON LARGE OBJECT 5 TO x;\n",
			each("GRANT \"LARGE OBJECT 9;\" ON LARGE OBJECT %d TO x;\n")),
		privileges("on a line", "GRANT SELECT ON LARGE OBJECT 123456789 TO a;GRANT ALL ON LARGE OBJECT 5 TO b;",
			each("GRANT SELECT ON LARGE OBJECT %d TO a;\n")+each("GRANT ALL ON LARGE OBJECT %d TO b;\n")),
		privileges("not ended", "GRANT SELECT ON LARGE OBJECT 5 TO a", ""),
		{
			name:    "large object privileges of no object",
			entries: []toc.Entry{entry("ACL", "LARGE OBJECTS 5..7", "GRANT ALL ON LARGE OBJECT 5 TO bob;\n", dependsOn(99))},
			err:     "could not find entry for ID 99",
		},
		{
			name: "one large object's privileges", entries: []toc.Entry{entry("ACL", "LARGE OBJECT 5", "GRANT ALL ON LARGE OBJECT 5 TO bob;\n")},
			want: "GRANT ALL ON LARGE OBJECT 5 TO bob;\n",
		},
		{
			name: "large object data", entries: []toc.Entry{entry("BLOBS", "5..6", "", withData(""))},
			want: "BEGIN;\nSELECT pg_catalog.lo_open('5', 131072);\nSELECT pg_catalog.lowrite(0, '\\x7878787878');\nSELECT pg_catalog.lo_close(0);\n" +
				"SELECT pg_catalog.lo_open('6', 131072);\nSELECT pg_catalog.lowrite(0, '\\x787878787878');\nSELECT pg_catalog.lo_close(0);\nCOMMIT;\n",
			notes: "processing BLOBS\nrestoring large object with OID 5\nrestoring large object with OID 6\nrestored 2 large objects\n",
		},
		{
			name: "large object data in a transaction", args: "-1", options: script.Options{SingleTransaction: true},
			entries: []toc.Entry{entry("BLOBS", "5..6", "", withData(""))},
			want: "SELECT pg_catalog.lo_open('5', 131072);\nSELECT pg_catalog.lowrite(0, '\\x7878787878');\nSELECT pg_catalog.lo_close(0);\n" +
				"SELECT pg_catalog.lo_open('6', 131072);\nSELECT pg_catalog.lowrite(0, '\\x787878787878');\nSELECT pg_catalog.lo_close(0);\nCOMMIT;\n",
		},
		{
			name: "large object data of old", args: "-c", minor: 11, options: script.Options{Clean: true},
			entries: []toc.Entry{entry("BLOBS", "BLOBS", "", withData(""))},
			want: "SET search_path = pg_catalog;\nBEGIN;\n" +
				"SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '5';\n" +
				"SELECT pg_catalog.lo_open(pg_catalog.lo_create('5'), 131072);\nSELECT pg_catalog.lowrite(0, '\\\\x7878787878');\nSELECT pg_catalog.lo_close(0);\n" +
				"SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '6';\n" +
				"SELECT pg_catalog.lo_open(pg_catalog.lo_create('6'), 131072);\nSELECT pg_catalog.lowrite(0, '\\\\x787878787878');\nSELECT pg_catalog.lo_close(0);\nCOMMIT;\n",
		},
	}
}

func connectCases() (cases []scriptCase) {
	odd := "\\encoding SQL_ASCII\n\\connect -reuse-previous=on "
	for _, c := range []struct{ name, command string }{
		{"plain_1", "\\connect plain_1\n"},
		{"Upper", "\\connect \"Upper\"\n"},
		{"select", "\\connect \"select\"\n"},
		{"a.b", "\\connect \"a.b\"\n"},
		{"", "\\connect \"\"\n"},
		{"a b", odd + "\"dbname='a b'\"\n"},
		{"a-b", odd + "\"dbname='a-b'\"\n"},
		{"a=b", odd + "\"dbname='a=b'\"\n"},
		{"a'b", odd + "\"dbname='a\\'b'\"\n"},
		{"a\\b", odd + "\"dbname='a\\\\b'\"\n"},
		{"a\"b", odd + "\"dbname='a\"\"b'\"\n"},
		{"é", odd + "\"dbname='é'\"\n"},
		{"\xff", odd + "\"dbname='\xff'\"\n"},
		{"a\tb", odd + "\"dbname='a\tb'\"\n"},
		{"postgresql://x", odd + "\"dbname='postgresql://x'\"\n"},
	} {
		cases = append(cases, scriptCase{
			name: fmt.Sprintf("database %q", c.name), args: "-C", options: script.Options{Create: true},
			entries: []toc.Entry{entry("DATABASE", c.name, "CREATE;\n")},
			want:    "CREATE;\n" + connected(c.command),
		})
	}
	for _, name := range []string{"a\nb", "a\rb"} {
		cases = append(cases, scriptCase{
			name: fmt.Sprintf("database %q", name), args: "-C", options: script.Options{Create: true},
			entries: []toc.Entry{entry("DATABASE", name, "CREATE;\n")},
			want:    "CREATE;\n", err: "database name contains a newline or carriage return: \"" + name + "\"",
		})
	}
	return cases
}

func transactionCases() []scriptCase {
	return []scriptCase{
		{
			name: "single transaction", args: "-1", options: script.Options{SingleTransaction: true},
			entries: []toc.Entry{entry("TABLE", "x", "CREATE x;\n")},
			want:    "CREATE x;\nCOMMIT;\n",
		},
		{
			name: "transactions of two", args: "--transaction-size=2", options: script.Options{TransactionSize: 2},
			entries: []toc.Entry{
				entry("TABLE", "x", "CREATE x;\n"), entry("TABLE", "y", "CREATE y;\n"), entry("TABLE", "z", "CREATE z;\n"),
			},
			want: "BEGIN;\nCREATE x;\nCREATE y;\nCOMMIT;\nBEGIN;\nCREATE z;\nCOMMIT;\n",
		},
		{
			name: "statements of an entry count", args: "--transaction-size=4", options: script.Options{TransactionSize: 4},
			entries: []toc.Entry{
				entry("TABLE", "x", "A;\nB;\nC;\n"), entry("TABLE", "y", "CREATE y;\n"), entry("TABLE", "z", "CREATE z;\n"),
			},
			want: "BEGIN;\nA;\nB;\nC;\nCREATE y;\nCOMMIT;\nBEGIN;\nCREATE z;\nCOMMIT;\n",
		},
		{
			name: "semicolons of a function do not", args: "--transaction-size=2", options: script.Options{TransactionSize: 2},
			entries: []toc.Entry{
				entry("FUNCTION", "f", "F;\n;;;;\n"), entry("PROCEDURE", "p", "P;\n;;;;\n"), entry("TABLE", "z", "CREATE z;\n"),
			},
			want: "BEGIN;\nF;\n;;;;\nP;\n;;;;\nCOMMIT;\nBEGIN;\nCREATE z;\nCOMMIT;\n",
		},
		{
			name: "large objects count one by one", args: "--transaction-size=2", options: script.Options{TransactionSize: 2},
			entries: []toc.Entry{entry("BLOB METADATA", "5..7", "5\n6\n7\n")},
			want: "BEGIN;\nSELECT pg_catalog.lo_create('5');\nSELECT pg_catalog.lo_create('6');\nCOMMIT;\nBEGIN;\n" +
				"SELECT pg_catalog.lo_create('7');\nCOMMIT;\nBEGIN;\nCOMMIT;\n",
		},
		{
			name: "data counts", args: "--transaction-size=1", options: script.Options{TransactionSize: 1},
			entries: []toc.Entry{entry("TABLE DATA", "x", "", in("s"), withData("COPY s.x FROM stdin;\n"), dependsOn(1))},
			want:    "BEGIN;\nCOPY s.x FROM stdin;\n1\tx\n\\.\nCOMMIT;\nBEGIN;\nCOMMIT;\n",
		},
		{
			name: "large object data is in it", args: "--transaction-size=5", options: script.Options{TransactionSize: 5},
			entries: []toc.Entry{entry("BLOBS", "5..6", "", withData(""))},
			want: "BEGIN;\nSELECT pg_catalog.lo_open('5', 131072);\nSELECT pg_catalog.lowrite(0, '\\x7878787878');\nSELECT pg_catalog.lo_close(0);\n" +
				"SELECT pg_catalog.lo_open('6', 131072);\nSELECT pg_catalog.lowrite(0, '\\x787878787878');\nSELECT pg_catalog.lo_close(0);\nCOMMIT;\n",
		},
		{
			name: "drops count", args: "-c --transaction-size=2", options: script.Options{Clean: true, TransactionSize: 2},
			entries: []toc.Entry{
				entry("TABLE", "x", "CREATE x;\n", dropped("DROP x;\n")),
				entry("TABLE", "y", "CREATE y;\n", dropped("DROP y;\n")),
				entry("TABLE", "z", "CREATE z;\n", dropped("DROP z;\n")),
			},
			want: "BEGIN;\nDROP z;\nDROP y;\nCOMMIT;\nBEGIN;\nDROP x;\nCREATE x;\nCOMMIT;\nBEGIN;\nCREATE y;\nCREATE z;\nCOMMIT;\nBEGIN;\nCOMMIT;\n",
		},
		{
			name: "databases are outside", args: "-c -C --transaction-size=9", options: script.Options{Clean: true, Create: true, TransactionSize: 9},
			entries: []toc.Entry{
				entry("DATABASE", "d", "CREATE d;\n", dropped("DROP d;\n")), entry("TABLE", "x", "CREATE x;\n", dropped("DROP x;\n")),
			},
			want: "BEGIN;\nCOMMIT;\nDROP d;\nBEGIN;\nCOMMIT;\nCREATE d;\n" + connected("\\connect d\n") + "BEGIN;\nCREATE x;\nCOMMIT;\n",
		},
	}
}

func ownerCases() []scriptCase {
	kinds := []toc.Entry{
		entry("SCHEMA", "Sch", "CREATE 1;\n", owned("bob"), dropped("DROP SCHEMA \"Sch\";\n")),
		entry("SCHEMA", "public", "-- public\n", owned("bob"), dropped("-- DROP SCHEMA public;\n")),
		entry("TABLE", "T", "CREATE 2;\n", in("s"), owned("Bo b"), dropped("DROP TABLE s.\"T\";\n")),
		entry("FUNCTION", "f(integer)", "CREATE 3;\n", in("s"), owned("bob"), dropped("DROP FUNCTION s.f(integer);\n")),
		entry("OPERATOR", "+", "CREATE 4;\n", in("s"), owned("bob"), dropped("DROP OPERATOR s.+ (integer);\n\n;;\n")),
		entry("CONSTRAINT", "t c", "CREATE 5;\n", in("s"), owned("bob"), dropped("ALTER TABLE s.t DROP CONSTRAINT c;\n")),
		entry("BLOB", "12", "CREATE 6;\n", owned("bob"), dropped("SELECT pg_catalog.lo_unlink('12');\n")),
		entry("DATABASE PROPERTIES", "d", "CREATE 7;\n", owned("bob"), dropped("DROP d;\n")),
		entry("VIEW", "v", "CREATE 8;\n", in("s"), owned("bob"), dropped("")),
		entry("TYPE", "t", "CREATE 9;\n", in("s"), owned(""), dropped("DROP TYPE s.t;\n")),
		entry("SEQUENCE", "q", "CREATE 10;\n", in(""), owned("bob"), dropped("DROP SEQUENCE q;\n")),
		entry("EXTENSION", "e", "CREATE 11;\n", owned("")),
	}
	return []scriptCase{
		{
			name: "owners", entries: kinds,
			want: "CREATE 1;\nALTER SCHEMA \"Sch\" OWNER TO bob;\nALTER SCHEMA public OWNER TO bob;\nCREATE 2;\nALTER TABLE s.\"T\" OWNER TO \"Bo b\";\n" +
				"CREATE 3;\nALTER FUNCTION s.f(integer) OWNER TO bob;\nCREATE 4;\nALTER OPERATOR s.+ (integer) OWNER TO bob;\nCREATE 5;\n" +
				"CREATE 6;\nALTER LARGE OBJECT 12 OWNER TO bob;\nCREATE 8;\nCREATE 9;\nCREATE 10;\nALTER SEQUENCE q OWNER TO bob;\nCREATE 11;\n",
		},
		{
			name: "no owners", args: "-O", options: script.Options{NoOwner: true}, entries: kinds,
			want: "CREATE SCHEMA \"Sch\";\nCREATE 2;\nCREATE 3;\nCREATE 4;\nCREATE 5;\nCREATE 6;\nCREATE 8;\nCREATE 9;\nCREATE 10;\nCREATE 11;\n",
		},
		{
			name: "session authorization", args: "--use-set-session-authorization",
			options: script.Options{UseSetSessionAuthorization: true},
			entries: append(slices.Clone(kinds),
				entry("ACL", "x", "GRANT 12;\n", owned("it's")),
				entry("ACL", "x", "GRANT 13;\n", owned("it's"))),
			want: "SET SESSION AUTHORIZATION 'bob';\nCREATE 1;\nALTER SCHEMA public OWNER TO bob;\nSET SESSION AUTHORIZATION 'Bo b';\nCREATE 2;\n" +
				"SET SESSION AUTHORIZATION 'bob';\nCREATE 3;\nCREATE 4;\nCREATE 5;\nCREATE 6;\nCREATE 8;\n" +
				"SET SESSION AUTHORIZATION DEFAULT;\nCREATE 9;\nSET SESSION AUTHORIZATION 'bob';\nCREATE 10;\nSET SESSION AUTHORIZATION DEFAULT;\nCREATE 11;\n" +
				"SET SESSION AUTHORIZATION 'it''s';\nGRANT 12;\nSET SESSION AUTHORIZATION 'it''s';\nGRANT 13;\n",
		},
		{
			name:    "owner of a kind that is not known",
			entries: []toc.Entry{entry("NEVER HEARD OF", "x", "CREATE x;\n", owned("bob"), dropped("DROP x;\n"))},
			want:    "CREATE x;\n", err: "don't know how to set owner for object type \"NEVER HEARD OF\"",
		},
		{
			name:    "nobody owns a kind that is not known",
			entries: []toc.Entry{entry("NEVER HEARD OF", "x", "CREATE x;\n", owned("bob"))},
			want:    "CREATE x;\n",
		},
	}
}

func settingCases() []scriptCase {
	tables := []toc.Entry{
		entry("TABLE", "a", "CREATE a;\n", in("s"), tablespace(""), accessMethod("heap", 'r')),
		entry("TABLE", "b", "CREATE b;\n", in("s"), tablespace("Fast"), accessMethod("heap", 'r')),
		entry("VIEW", "v", "CREATE v;\n", in("s")),
		entry("TABLE", "c", "CREATE c;\n", in("s"), tablespace("Fast"), accessMethod("col umn", 'r')),
		entry("TABLE", "p", "CREATE p;\n", in("s"), tablespace(""), accessMethod("heap", 'p'), owned("bob"), dropped("DROP TABLE s.p;\n")),
		entry("INDEX", "i", "CREATE i;\n", in("s"), tablespace("")),
	}
	return []scriptCase{
		{
			name: "tablespaces and access methods", entries: tables,
			want: "SET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE a;\nSET default_tablespace = \"Fast\";\nCREATE b;\n" +
				"CREATE v;\nSET default_table_access_method = \"col umn\";\nCREATE c;\nSET default_tablespace = '';\n" +
				"CREATE p;\nALTER TABLE s.p OWNER TO bob;\nALTER TABLE s.p SET ACCESS METHOD heap;\nCREATE i;\n",
		},
		{
			name: "without", args: "--no-tablespaces --no-table-access-method",
			options: script.Options{NoTablespaces: true, NoTableAccessMethod: true}, entries: tables,
			want: "CREATE a;\nCREATE b;\nCREATE v;\nCREATE c;\nCREATE p;\nALTER TABLE s.p OWNER TO bob;\nCREATE i;\n",
		},
		{
			name: "search path of old archives", minor: 12, args: "-c", options: script.Options{Clean: true},
			entries: []toc.Entry{
				entry("TABLE", "a", "CREATE a;\n", in("S"), dropped("DROP TABLE a;\n")),
				entry("TABLE", "b", "CREATE b;\n", in("S"), dropped("DROP TABLE b;\n")),
				entry("CAST", "c", "CREATE c;\n"),
				entry("VIEW", "v", "CREATE v;\n", in("pg_catalog")),
				entry("VIEW", "w", "CREATE w;\n", in("")),
			},
			want: "SET search_path = \"S\", pg_catalog;\nDROP TABLE b;\nDROP TABLE a;\nSET search_path = \"S\", pg_catalog;\nCREATE a;\nCREATE b;\n" +
				"CREATE c;\nSET search_path = pg_catalog;\nCREATE v;\nCREATE w;\n",
		},
		{
			name: "after another database all is set anew", args: "-C", options: script.Options{Create: true},
			entries: []toc.Entry{
				entry("TABLE", "a", "CREATE a;\n", in("s"), tablespace("x"), accessMethod("heap", 'r')),
				entry("DATABASE", "d", "CREATE d;\n"),
				entry("TABLE", "b", "CREATE b;\n", in("s"), tablespace("x"), accessMethod("heap", 'r')),
			},
			want: "SET default_tablespace = x;\nSET default_table_access_method = heap;\nCREATE a;\nCREATE d;\n" + connected("\\connect d\n") +
				"SET default_tablespace = x;\nSET default_table_access_method = heap;\nCREATE b;\n",
		},
	}
}

func otherCases() []scriptCase {
	data := entry("TABLE DATA", "T", "", in("s"), withData("COPY s.\"T\" FROM stdin;\n"), dependsOn(1), owned("bob"))
	return []scriptCase{
		{
			name: "triggers off", args: "--disable-triggers -S root", options: script.Options{DisableTriggers: true, Superuser: "root"},
			entries: []toc.Entry{data},
			want: "SET SESSION AUTHORIZATION 'root';\nALTER TABLE s.\"T\" DISABLE TRIGGER ALL;\nCOPY s.\"T\" FROM stdin;\n1\tx\n\\.\n" +
				"ALTER TABLE s.\"T\" ENABLE TRIGGER ALL;\n",
		},
		{
			name: "triggers off, session authorization", args: "--disable-triggers --use-set-session-authorization",
			options: script.Options{DisableTriggers: true, UseSetSessionAuthorization: true},
			entries: []toc.Entry{data},
			want: "SET SESSION AUTHORIZATION 'bob';\nSET SESSION AUTHORIZATION DEFAULT;\nALTER TABLE s.\"T\" DISABLE TRIGGER ALL;\nSET SESSION AUTHORIZATION 'bob';\n" +
				"COPY s.\"T\" FROM stdin;\n1\tx\n\\.\nSET SESSION AUTHORIZATION DEFAULT;\nALTER TABLE s.\"T\" ENABLE TRIGGER ALL;\n",
		},
		{
			name: "triggers stay with the schema", args: "--disable-triggers", options: script.Options{DisableTriggers: true},
			entries: []toc.Entry{data, entry("TABLE", "x", "CREATE x;\n")},
			want:    "COPY s.\"T\" FROM stdin;\n1\tx\n\\.\nCREATE x;\n",
		},
		{
			name: "passes", entries: []toc.Entry{
				entry("EVENT TRIGGER", "e", "CREATE e;\n"), entry("COMMENT", "EVENT TRIGGER e", "COMMENT e;\n"),
				entry("DEFAULT ACL", "d", "DEFAULT;\n"), entry("ACL", "TABLE x", "GRANT x;\n"),
				entry("MATERIALIZED VIEW DATA", "m", "REFRESH m;\n"), entry("TABLE", "x", "CREATE x;\n"),
			},
			want: "CREATE x;\nDEFAULT;\nGRANT x;\nCREATE e;\nCOMMENT e;\nREFRESH m;\n",
		},
		{
			name: "warnings", entries: []toc.Entry{
				entry("WARNING", "w", "mind the gap\n"), entry("WARNING", "v", "", withData("or this\n")),
			},
			want: "mind the gap\nor this\n1\tx\n\\.\n", notes: "warning: warning from original dump file: mind the gap\n\ncreating WARNING \"w\"\n",
		},
		{
			name: "role", args: "--role=Ro\u00a0le", options: script.Options{Role: "Ro\u00a0le"},
			entries: []toc.Entry{entry("TABLE", "x", "CREATE x;\n")}, want: "CREATE x;\n",
		},
	}
}
