package pgtest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// constraintsOf are all the forms of constraints that are, or must not be,
// restored in two steps, on tables big enough for it.
func constraintsOf(major int) []string {
	statements := []string{
		"CREATE TABLE hub (id int, code text, a int, b int)",
		"INSERT INTO hub SELECT n, 'c' || n, n, -n FROM generate_series(0, 99) n",
		"CREATE TABLE big (id int, code text, a int, b int, filler text)",
		"INSERT INTO big SELECT n, 'c' || n % 100, n % 100, -(n % 100), repeat('x', 80) FROM generate_series(1, 20000) n",
		"CREATE TABLE other AS SELECT * FROM big",
		"CREATE TABLE leaf (id int NOT NULL, a int, filler text)",
		"INSERT INTO leaf SELECT id, a, filler FROM big",
		"CREATE TABLE root (id int NOT NULL, a int, filler text) PARTITION BY RANGE (id)",
		"ALTER TABLE root ATTACH PARTITION leaf FOR VALUES FROM (0) TO (100000)",
		"CREATE TABLE mother (id int, a int, filler text)",
		"INSERT INTO mother SELECT id, a, filler FROM big",
		"CREATE TABLE daughter () INHERITS (mother)",
		"ALTER TABLE hub ADD PRIMARY KEY (id)",
		"ALTER TABLE hub ADD CONSTRAINT \"the Code\" UNIQUE (code)",
		"ALTER TABLE hub ADD UNIQUE (a, b)",
		"ALTER TABLE root ADD PRIMARY KEY (id)",
		"ALTER TABLE big ADD PRIMARY KEY (id)",
		"ALTER TABLE big ADD CONSTRAINT \"B; u\" UNIQUE (id, code) INCLUDE (a) WITH (fillfactor=70) DEFERRABLE INITIALLY DEFERRED",
		"ALTER TABLE big CLUSTER ON big_pkey",
		"ALTER TABLE other ADD UNIQUE (id) DEFERRABLE",
		"ALTER TABLE big ADD CONSTRAINT plain FOREIGN KEY (a) REFERENCES hub",
		"COMMENT ON CONSTRAINT plain ON big IS 'a comment'",
		"ALTER TABLE big ADD CONSTRAINT \"F; k\" FOREIGN KEY (code) REFERENCES hub (code) ON UPDATE CASCADE ON DELETE SET DEFAULT",
		"ALTER TABLE big ADD CONSTRAINT pair FOREIGN KEY (a, b) REFERENCES hub (a, b) MATCH FULL ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED",
		"ALTER TABLE big ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES big DEFERRABLE",
		"ALTER TABLE other ADD CONSTRAINT simple FOREIGN KEY (a) REFERENCES hub ON UPDATE SET NULL",
		"ALTER TABLE other ADD CONSTRAINT to_big FOREIGN KEY (id) REFERENCES big ON DELETE CASCADE",
		"INSERT INTO other (code) VALUES ('nobody')",
		"ALTER TABLE other ADD CONSTRAINT unchecked FOREIGN KEY (code) REFERENCES hub (code) NOT VALID",
		"ALTER TABLE root ADD CONSTRAINT of_root FOREIGN KEY (a) REFERENCES hub",
		"ALTER TABLE leaf ADD CONSTRAINT of_leaf FOREIGN KEY (a) REFERENCES hub",
		"ALTER TABLE mother ADD CONSTRAINT of_mother FOREIGN KEY (a) REFERENCES hub",
		"ALTER TABLE big ADD CONSTRAINT to_root FOREIGN KEY (id) REFERENCES root",
	}
	if major >= 15 {
		statements = append(statements,
			"ALTER TABLE big ADD UNIQUE NULLS NOT DISTINCT (id, b)",
			"ALTER TABLE other ADD CONSTRAINT partly FOREIGN KEY (a, b) REFERENCES hub (a, b) ON DELETE SET NULL (b)")
	}
	if major >= 18 {
		statements = append(statements,
			"ALTER TABLE other ADD CONSTRAINT slack FOREIGN KEY (a) REFERENCES hub NOT ENFORCED",
			"ALTER TABLE hub ADD kind int4range NOT NULL DEFAULT '[0,1)', ADD during int4range NOT NULL DEFAULT '[0,9)'",
			"UPDATE hub SET kind = int4range(id, id + 1)",
			"ALTER TABLE hub ADD UNIQUE (kind, during WITHOUT OVERLAPS)",
			"ALTER TABLE other ADD kind int4range NOT NULL DEFAULT '[1,2)', ADD during int4range NOT NULL DEFAULT '[1,2)'",
			"ALTER TABLE other ADD CONSTRAINT temporal FOREIGN KEY (kind, PERIOD during) REFERENCES hub (kind, PERIOD during)")
	}
	return statements
}

// constraintCatalogue shows what the catalogues hold of constraints, but for
// what is a number given at the time.
var constraintCatalogue = []string{
	`SELECT conrelid::regclass, confrelid::regclass, conindid::regclass, obj_description(oid, 'pg_constraint'),
		to_jsonb(c) - '{oid,conrelid,confrelid,conindid,connamespace,conparentid}'::text[]
		FROM pg_constraint c WHERE connamespace = 'public'::regnamespace ORDER BY conrelid::regclass::text, conname`,
	`SELECT indrelid::regclass, indexrelid::regclass, to_jsonb(i) - '{indrelid,indexrelid}'::text[],
		(SELECT reloptions FROM pg_class WHERE oid = indexrelid)
		FROM pg_index i JOIN pg_class c ON c.oid = indrelid WHERE relnamespace = 'public'::regnamespace ORDER BY indrelid::regclass::text, indexrelid::regclass::text`,
	`SELECT tgrelid::regclass::text, conname, to_jsonb(t) - '{oid,tgrelid,tgname,tgparentid,tgconstraint,tgconstrrelid,tgconstrindid}'::text[]
		FROM pg_trigger t JOIN pg_constraint c ON c.oid = tgconstraint ORDER BY 1, 2, 3`,
	`SELECT regexp_replace(pg_describe_object(classid, objid, objsubid), '_[0-9]+', '_N', 'g') one, deptype,
		regexp_replace(pg_describe_object(refclassid, refobjid, refobjsubid), '_[0-9]+', '_N', 'g') other
		FROM pg_depend WHERE classid IN ('pg_constraint'::regclass, 'pg_trigger'::regclass) AND objid >= 16384 ORDER BY 1, 2, 3`,
}

// Constraints of big tables, restored in two steps, leave the catalogue that
// they leave restored in one.
func TestHalves(t *testing.T) {
	for _, server := range Servers(t) {
		t.Run(fmt.Sprint(server.Major), func(t *testing.T) {
			t.Parallel()
			origin := server.CreateDB(t)
			server.Psql(t, origin, constraintsOf(server.Major)...)
			archive := filepath.Join(t.TempDir(), "a.dump")
			server.client(t, "pg_dump", "-Fc", "-Z0", "-f", archive, server.ConnString(origin))

			restore := func(program string, options ...string) (dump, catalogue, messages string) {
				db := server.CreateDB(t)
				r := Run{Program: program, Env: server.Environment(), Args: append(options, "-d", server.ConnString(db), archive)}.Do(t)
				if r.Exit != 0 {
					t.Errorf("%s %q: exit %d\n%s", program, options, r.Exit, r.Stderr)
				}
				return server.Dump(t, db), server.Psql(t, db, constraintCatalogue...), r.Stderr
			}
			wantDump, wantCatalogue, _ := restore(server.Tool("pg_restore"))
			gotDump, gotCatalogue, messages := restore(Program(t, "pgrestore"), "-j4", "-v")
			if want, got := SortRows(wantDump), SortRows(gotDump); want != got {
				t.Errorf("the dump: %s", FirstDifference(want, got))
			}
			if wantCatalogue != gotCatalogue {
				t.Errorf("the catalogue: %s", FirstDifference(wantCatalogue, gotCatalogue))
			}
			for constraint, wantHalves := range map[string]bool{
				"big plain": true, "big F; k": true, "big pair": true, "big self": true, "other simple": true, "other unchecked": false,
				"leaf of_leaf": false, "mother of_mother": false, "big to_root": false,
			} {
				if got := strings.Count(messages, " FK CONSTRAINT "+constraint+"\n") == 4; wantHalves != got {
					t.Errorf("%s: want it in halves %t, got %t", constraint, wantHalves, got)
				}
			}
		})
	}
}
