package inspect

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/internal/connect"
	"pgrestore/toc"
)

// facts are what a server has. Names are in the archive's encoding, or, where
// the server cannot convert to it, in the server's own.
type facts struct {
	version       int    // 180006
	versionText   string // 18.6 (Debian 18.6-3)
	database      string
	user          string
	superuser     bool
	createRoles   bool // the user may
	createSchemas bool // in the database
	encoding      string
	converts      bool // between the archive's encoding and the server's

	roles       map[string]roleFacts
	extensions  map[string]extensionFacts
	tablespaces map[string]bool
	methods     map[string]bool
	languages   map[string]languageFacts
	databases   map[string]bool
	schemas     map[string]bool
	creatable   map[string]bool // schemas in which the user may make objects
	relations   map[string]bool // schema, NUL, name
	collations  map[string]bool // in pg_catalog, for the database's encoding
	icu         bool
}

type roleFacts struct {
	member    bool // the user may give objects to it
	grantable bool // and could be made one without becoming a superuser
}

type extensionFacts struct {
	installed bool
	trusted   bool // who is no superuser may make it
	owned     bool // it is there, and the user may comment on it
}

type languageFacts struct {
	trusted bool // who is no superuser may write in it
}

// queryError is a query that failed, in libpq's words.
type queryError struct {
	text string
	err  error
}

func (e *queryError) Error() string { return "query failed: " + strings.TrimSuffix(e.text, "\n") }
func (e *queryError) Unwrap() error { return e.err }

// asker asks a server one question after the other.
type asker struct {
	conn *pgconn.PgConn
	err  error // the first; then nothing is asked any more
}

// askServer connects and learns what the server has.
func askServer(ctx context.Context, p connect.Params, t *toc.TOC) (*facts, error) {
	conn, err := connect.New(p, os.LookupEnv, connect.AskTerminal).Connect(ctx, connect.Session{})
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	a := &asker{conn: conn}
	f := a.session(ctx)
	a.encoding(ctx, f, t)
	a.objects(ctx, f)
	return f, a.err
}

// rows calls yield for each row of a query's result; NULL is "".
func (a *asker) rows(ctx context.Context, query string, yield func(column []string)) {
	if a.err != nil {
		return
	}
	results, err := a.conn.Exec(ctx, query).ReadAll()
	if err != nil {
		a.err = &queryError{connect.QueryErrorMessage(a.conn, err, query), err}
		if ctx.Err() != nil {
			a.err = context.Cause(ctx)
		}
		return
	}
	for _, r := range results {
		for _, row := range r.Rows {
			column := make([]string, len(row))
			for i, value := range row {
				column[i] = string(value)
			}
			yield(column)
		}
	}
}

// session asks who and where we are. The search path is emptied so that no
// object of the database's can stand in for the catalogue's.
func (a *asker) session(ctx context.Context) *facts {
	f := &facts{}
	a.rows(ctx, "SET search_path = pg_catalog", func([]string) {})
	a.rows(ctx, "SELECT current_setting('server_version_num'), current_setting('server_version'), current_database(), current_user, "+
		"rolsuper, rolcreaterole, has_database_privilege(current_database(), 'CREATE'), current_setting('server_encoding') "+
		"FROM pg_roles WHERE rolname = current_user", func(c []string) {
		f.version, _ = strconv.Atoi(c[0]) // the server's own number
		f.versionText, f.database, f.user = c[1], c[2], c[3]
		f.superuser, f.createRoles, f.createSchemas, f.encoding = c[4] == "t", c[5] == "t" || c[4] == "t", c[6] == "t", c[7]
	})
	return f
}

// encoding switches to the archive's encoding if the server can convert it.
func (a *asker) encoding(ctx context.Context, f *facts, t *toc.TOC) {
	f.converts = true
	set, err := t.Settings()
	if err != nil || !set.HasEncoding || a.err != nil {
		return
	}
	a.rows(ctx, "SET client_encoding = '"+set.Encoding.String()+"'", func([]string) {})
	var refused *pgconn.PgError
	if errors.As(a.err, &refused) {
		f.converts, a.err = false, nil
	}
}

func (a *asker) objects(ctx context.Context, f *facts) {
	f.roles, f.extensions, f.languages = map[string]roleFacts{}, map[string]extensionFacts{}, map[string]languageFacts{}
	become := "MEMBER"
	if f.version >= 160000 {
		become = "SET"
	}
	a.rows(ctx, "SELECT rolname, pg_has_role(oid, '"+become+"'), NOT rolsuper AND rolname <> 'pg_database_owner' FROM pg_roles", func(c []string) {
		f.roles[c[0]] = roleFacts{member: c[1] == "t", grantable: c[2] == "t"}
	})
	trusted := "false"
	if f.version >= 130000 {
		trusted = "coalesce((SELECT bool_or(v.trusted) FROM pg_available_extension_versions v WHERE v.name = a.name), false)"
	}
	a.rows(ctx, "SELECT name, installed_version IS NOT NULL, "+trusted+", "+
		"coalesce((SELECT pg_has_role(extowner, 'USAGE') FROM pg_extension WHERE extname = name), false) "+
		"FROM pg_available_extensions a", func(c []string) {
		f.extensions[c[0]] = extensionFacts{installed: c[1] == "t", trusted: c[2] == "t", owned: c[3] == "t"}
	})
	a.rows(ctx, "SELECT lanname, lanpltrusted FROM pg_language", func(c []string) {
		f.languages[c[0]] = languageFacts{trusted: c[1] == "t"}
	})
	f.tablespaces = a.names(ctx, "SELECT spcname FROM pg_tablespace")
	f.methods = a.names(ctx, "SELECT amname FROM pg_am")
	f.databases = a.names(ctx, "SELECT datname FROM pg_database")
	f.schemas = a.names(ctx, "SELECT nspname FROM pg_namespace")
	f.creatable = a.names(ctx, "SELECT nspname FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE') AND has_schema_privilege(oid, 'USAGE')")
	f.collations = a.names(ctx, "SELECT collname FROM pg_collation WHERE collnamespace = 'pg_catalog'::regnamespace AND "+
		"collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database()))")
	if f.version >= 100000 {
		a.rows(ctx, "SELECT 1 FROM pg_collation WHERE collprovider = 'i' LIMIT 1", func([]string) { f.icu = true })
	}
	f.relations = map[string]bool{}
	a.rows(ctx, "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "+
		"WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'",
		func(c []string) { f.relations[c[0]+"\x00"+c[1]] = true })
}

// names gives the first column of a query as a set.
func (a *asker) names(ctx context.Context, query string) map[string]bool {
	set := map[string]bool{}
	a.rows(ctx, query, func(c []string) { set[c[0]] = true })
	return set
}

// major gives the version that people speak of: 18, 9.6.
func major(version int) string {
	if version >= 100000 {
		return strconv.Itoa(version / 10000)
	}
	return fmt.Sprintf("%d.%d", version/10000, version/100%100)
}
