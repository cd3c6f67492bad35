package verdict

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// contrib are the extensions of PostgreSQL's own contrib modules.
var contrib = set(`amcheck autoinc bloom bool_plperl bool_plperlu btree_gin btree_gist citext cube dblink dict_int
	dict_xsyn earthdistance file_fdw fuzzystrmatch hstore hstore_plperl hstore_plperlu hstore_plpython3u
	insert_username intagg intarray isn jsonb_plperl jsonb_plperlu jsonb_plpython3u lo ltree ltree_plpython3u
	moddatetime old_snapshot pageinspect pg_buffercache pg_freespacemap pg_logicalinspect pg_prewarm
	pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto pgrowlocks pgstattuple
	postgres_fdw refint seg sslinfo tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp xml2`)

// monitoring are extensions that are for watching or keeping up a server:
// neither data nor queries of applications use them.
var monitoring = set(`amcheck auto_explain hypopg pageinspect pg_buffercache pg_freespacemap pg_prewarm pg_qualstats
	pg_repack pg_squeeze pg_stat_kcache pg_stat_monitor pg_stat_statements pg_visibility pg_wait_sampling
	pg_walinspect pgfincore pgrowlocks pgstattuple plpgsql_check plprofiler powa toastinfo`)

// debian are the packages of apt.postgresql.org and Debian where they are not
// postgresql-VERSION-NAME with hyphens for underscores. %s is the version.
var debian = map[string]string{
	"address_standardizer":         "postgresql-%s-postgis-3",
	"address_standardizer_data_us": "postgresql-%s-postgis-3",
	"pg_cron":                      "postgresql-%s-cron",
	"pg_partman":                   "postgresql-%s-partman",
	"pg_repack":                    "postgresql-%s-repack",
	"pg_squeeze":                   "postgresql-%s-squeeze",
	"pg_similarity":                "postgresql-%s-similarity",
	"pgq":                          "postgresql-%s-pgq3",
	"pldbgapi":                     "postgresql-%s-pldebugger",
	"plperl":                       "postgresql-plperl-%s",
	"plperlu":                      "postgresql-plperl-%s",
	"plpython3u":                   "postgresql-plpython3-%s",
	"pltcl":                        "postgresql-pltcl-%s",
	"pltclu":                       "postgresql-pltcl-%s",
	"pointcloud_postgis":           "postgresql-%s-pointcloud",
	"postgis":                      "postgresql-%s-postgis-3",
	"postgis_raster":               "postgresql-%s-postgis-3",
	"postgis_sfcgal":               "postgresql-%s-postgis-3",
	"postgis_tiger_geocoder":       "postgresql-%s-postgis-3",
	"postgis_topology":             "postgresql-%s-postgis-3",
	"timescaledb":                  "timescaledb-2-postgresql-%s",
	"vector":                       "postgresql-%s-pgvector",
}

// usual are extensions whose package has the usual name.
var usual = set(`asn1oid credcheck debversion first_last_agg h3 hll http hypopg icu_ext ip4r jsquery mysql_fdw numeral
	ogr_fdw oracle_fdw orafce periods pg_hint_plan pg_qualstats pg_stat_kcache pg_track_settings
	pg_wait_sampling pgaudit pgfincore pglogical pgmp pgrouting pgsphere pgtap plpgsql_check plprofiler plproxy
	plr pointcloud powa prefix q3c rational rdkit rum semver set_user tdigest tds_fdw toastinfo unit`)

func set(names string) map[string]bool {
	s := map[string]bool{}
	for _, name := range strings.Fields(names) {
		s[name] = true
	}
	return s
}

// ExtensionHint says how to get an extension for a server of that version,
// such as "18.1 (Debian 18.1-1)" or "18"; "" for an unknown one.
func ExtensionHint(name, server string) string {
	in := cmp.Or(majorVersion(server), "VERSION")
	switch {
	case contrib[name]:
		return fmt.Sprintf("it is one of PostgreSQL's own: install postgresql-contrib (Debian) or postgresql%s-contrib (Red Hat) on the server's machine", in)
	case debian[name] != "":
		return fmt.Sprintf("install the package "+debian[name]+" (Debian; others have similar names) on the server's machine", in)
	case usual[name]:
		return fmt.Sprintf("install the package postgresql-%s-%s (Debian; others have similar names) on the server's machine", in, strings.ReplaceAll(name, "_", "-"))
	default:
		return fmt.Sprintf("install it on the server's machine (to search: apt-cache search postgresql-%s-, dnf search %s), or see if the server's provider has it", in, name)
	}
}

// majorVersion is 18 for "18.1 (Debian 18.1-1)" and 9.6 for "9.6.2"; "" for
// what is no version.
func majorVersion(server string) string {
	end := strings.IndexFunc(server, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
	if end >= 0 { // 19beta1, 18.1 (Debian)
		server = server[:end]
	}
	parts := strings.Split(server, ".")
	if len(parts) > 1 && len(parts[0]) == 1 {
		return parts[0] + "." + parts[1]
	}
	return parts[0]
}

// versionNumber makes versions comparable: 1800 for "18", 906 for "9.6", 0 for
// what is no version.
func versionNumber(major string) int {
	first, second, _ := strings.Cut(major, ".")
	n, _ := strconv.Atoi(first)
	m, _ := strconv.Atoi(second)
	return n*100 + m
}
