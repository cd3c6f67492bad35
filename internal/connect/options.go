package connect

// An option is one keyword of a connection string.
type option struct {
	keyword  string
	env      string // environment variable, "" if none
	fallback string // compiled-in default, "" if none
	secret   bool   // its value must not appear in messages
}

// options is libpq 18's PQconninfoOptions, in its order, as a libpq built
// without GSSAPI has it. What we do with those that are no matter of course:
//
//   - sslcompression, krbsrvname, gsslib, gssdelegation, oauth_client_secret,
//     oauth_scope: read and without effect, as in such a libpq.
//   - gssencmode: "require" is an error.
//   - oauth_issuer, oauth_client_id: only decide which error a server that
//     insists on OAuth gives.
//   - scram_client_key, scram_server_key: an error, as silently using a
//     password instead would not be what was asked for.
//   - requirepeer: works on Linux, elsewhere an error on Unix-domain sockets.
var options = []option{
	{keyword: "service", env: "PGSERVICE"},
	{keyword: "user", env: "PGUSER"},
	{keyword: "password", env: "PGPASSWORD", secret: true},
	{keyword: "passfile", env: "PGPASSFILE"},
	{keyword: "channel_binding", env: "PGCHANNELBINDING", fallback: "prefer"},
	{keyword: "connect_timeout", env: "PGCONNECT_TIMEOUT"},
	{keyword: "dbname", env: "PGDATABASE"},
	{keyword: "host", env: "PGHOST"},
	{keyword: "hostaddr", env: "PGHOSTADDR"},
	{keyword: "port", env: "PGPORT", fallback: defaultPort},
	{keyword: "client_encoding", env: "PGCLIENTENCODING"},
	{keyword: "options", env: "PGOPTIONS"},
	{keyword: "application_name", env: "PGAPPNAME"},
	{keyword: "fallback_application_name"},
	{keyword: "keepalives"},
	{keyword: "keepalives_idle"},
	{keyword: "keepalives_interval"},
	{keyword: "keepalives_count"},
	{keyword: "tcp_user_timeout"},
	{keyword: "sslmode", env: "PGSSLMODE", fallback: "prefer"},
	{keyword: "sslnegotiation", env: "PGSSLNEGOTIATION", fallback: "postgres"},
	{keyword: "sslcompression", env: "PGSSLCOMPRESSION", fallback: "0"},
	{keyword: "sslcert", env: "PGSSLCERT"},
	{keyword: "sslkey", env: "PGSSLKEY"},
	{keyword: "sslcertmode", env: "PGSSLCERTMODE"},
	{keyword: "sslpassword", secret: true},
	{keyword: "sslrootcert", env: "PGSSLROOTCERT"},
	{keyword: "sslcrl", env: "PGSSLCRL"},
	{keyword: "sslcrldir", env: "PGSSLCRLDIR"},
	{keyword: "sslsni", env: "PGSSLSNI", fallback: "1"},
	{keyword: "requirepeer", env: "PGREQUIREPEER"},
	{keyword: "require_auth", env: "PGREQUIREAUTH"},
	{keyword: "min_protocol_version", env: "PGMINPROTOCOLVERSION"},
	{keyword: "max_protocol_version", env: "PGMAXPROTOCOLVERSION"},
	{keyword: "ssl_min_protocol_version", env: "PGSSLMINPROTOCOLVERSION", fallback: "TLSv1.2"},
	{keyword: "ssl_max_protocol_version", env: "PGSSLMAXPROTOCOLVERSION"},
	{keyword: "gssencmode", env: "PGGSSENCMODE", fallback: "disable"},
	{keyword: "krbsrvname", env: "PGKRBSRVNAME", fallback: "postgres"},
	{keyword: "gsslib", env: "PGGSSLIB"},
	{keyword: "gssdelegation", env: "PGGSSDELEGATION", fallback: "0"},
	{keyword: "replication"},
	{keyword: "target_session_attrs", env: "PGTARGETSESSIONATTRS", fallback: "any"},
	{keyword: "load_balance_hosts", env: "PGLOADBALANCEHOSTS", fallback: "disable"},
	{keyword: "scram_client_key", secret: true},
	{keyword: "scram_server_key", secret: true},
	{keyword: "oauth_issuer"},
	{keyword: "oauth_client_id"},
	{keyword: "oauth_client_secret", secret: true},
	{keyword: "oauth_scope"},
	{keyword: "sslkeylogfile"},
}

const defaultPort = "5432"

func findOption(keyword string) (option, bool) {
	for _, o := range options {
		if o.keyword == keyword {
			return o, true
		}
	}
	return option{}, false
}

func isSecret(keyword string) bool {
	o, found := findOption(keyword)
	return found && o.secret
}

// settings are option values by keyword. An option that was set to nothing is
// present and empty: that keeps the environment and the defaults from filling it.
type settings map[string]string

type keywordValue struct{ keyword, value string }

// store sets an option, as conninfo_storeval does: requiressl is an old name
// of sslmode. It reports whether the keyword exists.
func (s settings) store(keyword, value string) bool {
	if keyword == "requiressl" {
		keyword = "sslmode"
		if len(value) > 0 && value[0] == '1' {
			value = "require"
		} else {
			value = "prefer"
		}
	}
	if _, found := findOption(keyword); !found {
		return false
	}
	s[keyword] = value
	return true
}

// storeIfUnset sets an option that nothing has set before. It reports whether
// the keyword exists.
func (s settings) storeIfUnset(keyword, value string) bool {
	if _, found := findOption(keyword); !found {
		return false
	}
	if _, set := s[keyword]; !set {
		s[keyword] = value
	}
	return true
}

// mergeSettings merges options that come one by one, later ones winning, as
// conninfo_array_parse does with expand_dbname: empty values do not count, and
// the first dbname may be a connection string, all of whose options count from there.
func mergeSettings(given []keywordValue) (settings, error) {
	var expanded settings
	for _, kv := range given {
		if kv.keyword != "dbname" {
			continue
		}
		if isConnectionString(kv.value) {
			var err error
			if expanded, err = parseConnectionString(kv.value); err != nil {
				return nil, err
			}
		}
		break
	}

	set := make(settings)
	for _, kv := range given {
		if kv.value == "" {
			continue
		}
		if kv.keyword == "dbname" && expanded != nil {
			for keyword, value := range expanded {
				set[keyword] = value
			}
			expanded = nil
			continue
		}
		set[kv.keyword] = kv.value
	}
	return set, nil
}

// addDefaults fills unset options from the service file, the environment and
// the compiled-in defaults, as conninfo_add_defaults does.
func (s settings) addDefaults(env LookupEnv) error {
	if err := s.addService(env); err != nil {
		return err
	}

	strengthen := false // sslmode is still libpq's own choice
	for _, o := range options {
		if _, set := s[o.keyword]; set {
			continue
		}
		if o.env != "" {
			if value, found := env(o.env); found {
				s[o.keyword] = value
				continue
			}
		}
		if o.keyword == "sslmode" {
			if value, _ := env("PGREQUIRESSL"); len(value) > 0 && value[0] == '1' {
				s["sslmode"] = "require"
				continue
			}
			strengthen = true
		}
		if o.fallback != "" {
			s[o.keyword] = o.fallback
		}
	}
	if strengthen && s["sslrootcert"] == "system" {
		s["sslmode"] = "verify-full"
	}
	return nil
}
