package connect

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/user"
	"strconv"
	"strings"
)

// A target is where and how to connect: the settings after validation, with
// what libpq derives from them (pqConnectOptions2).
type target struct {
	hosts        []host
	user, dbname string
	password     string // given or from the environment; hosts may have their own
	passfile     string
	ssl          sslOptions
	auth         authPolicy
	attrs        sessionAttrs
	balance      bool // load_balance_hosts=random
	minProtocol  protocolVersion
	maxProtocol  protocolVersion
	requirePeer  string
	oauthKnown   bool              // oauth_issuer and oauth_client_id are set
	startup      map[string]string // parameters of the startup packet

	// Texts that libpq reads as numbers only when it needs them. Absent
	// means not given.
	numbers settings
}

// A host is one element of the host, hostaddr and port lists.
type host struct {
	name     string // host name, or directory of the socket; "" if only addr is given
	addr     string // numeric address, "" if not given
	port     string // "" means the default
	password secret // from the password file
}

// isSocket reports whether h is reached by a Unix-domain socket; a name with
// @ is in Linux's abstract namespace.
func (h *host) isSocket() bool {
	return h.addr == "" && (strings.HasPrefix(h.name, "/") || strings.HasPrefix(h.name, "@"))
}

func (h *host) portText() string {
	if h.port == "" {
		return defaultPort
	}
	return h.port
}

func newTarget(s settings, env LookupEnv, warn func(string)) (*target, error) {
	t := &target{
		user:        s["user"],
		dbname:      s["dbname"],
		password:    s["password"],
		passfile:    s["passfile"],
		requirePeer: s["requirepeer"],
		numbers:     make(settings),
	}
	var err error
	if t.hosts, err = splitHosts(s); err != nil {
		return nil, err
	}
	if t.user == "" {
		if t.user, err = systemUser(env); err != nil {
			return nil, err
		}
	}
	if t.dbname == "" {
		t.dbname = t.user
	}
	t.readPassfile(env, warn)
	if err := t.validate(s, env); err != nil {
		return nil, err
	}
	for _, keyword := range []string{"connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"} {
		if value, found := s[keyword]; found {
			t.numbers[keyword] = value
		}
	}
	_, hasIssuer := s["oauth_issuer"]
	_, hasClient := s["oauth_client_id"]
	t.oauthKnown = hasIssuer && hasClient
	t.startup = startupParams(s, env)
	return t, nil
}

// splitHosts builds the list of hosts. One port serves all of them.
func splitHosts(s settings) ([]host, error) {
	hosts := make([]host, 1)
	addrs := s["hostaddr"] != ""
	if addrs {
		list := strings.Split(s["hostaddr"], ",")
		hosts = make([]host, len(list))
		for i := range list {
			hosts[i].addr = list[i]
		}
	}
	if s["host"] != "" {
		list := strings.Split(s["host"], ",")
		if addrs && len(list) != len(hosts) {
			return nil, errorf("could not match %d host names to %d hostaddr values", len(list), len(hosts))
		}
		if !addrs {
			hosts = make([]host, len(list))
		}
		for i := range list {
			hosts[i].name = list[i]
		}
	}
	for i := range hosts {
		if hosts[i].name == "" && hosts[i].addr == "" {
			hosts[i].name = defaultHost()
		}
	}

	if s["port"] != "" {
		list := strings.Split(s["port"], ",")
		if len(list) > 1 && len(list) != len(hosts) {
			return nil, errorf("could not match %d port numbers to %d hosts", len(list), len(hosts))
		}
		for i := range hosts {
			hosts[i].port = list[i%len(list)]
		}
	}
	return hosts, nil
}

// defaultHost is the directory of the server's socket. libpq has it compiled
// in: Debian's builds and the RPMs use the first, a plain build the second.
func defaultHost() string {
	for _, dir := range []string{"/var/run/postgresql", "/tmp"} {
		if hasSockets && exists(dir) {
			return dir
		}
	}
	return "localhost"
}

// systemUser is the operating system's name for the effective user. Without
// an account the environment may name one; libpq would give up.
func systemUser(env LookupEnv) (string, error) {
	uid := os.Geteuid()
	if uid < 0 { // Windows
		if u, err := user.Current(); err == nil {
			return u.Username[strings.LastIndexByte(u.Username, '\\')+1:], nil
		}
	} else if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
		return u.Username, nil
	}
	for _, name := range []string{"LOGNAME", "USER", "USERNAME"} {
		if u, _ := env(name); u != "" {
			return u, nil
		}
	}
	return "", errorf("local user with ID %d does not exist", uid)
}

// readPassfile looks up a password for each host, unless one is given. The
// default socket directory goes by the name of localhost there.
func (t *target) readPassfile(env LookupEnv, warn func(string)) {
	if t.password != "" {
		return
	}
	if t.passfile == "" {
		home, ok := homeDir(env)
		if !ok {
			return
		}
		t.passfile = home + passfileName
	}
	for i := range t.hosts {
		h := &t.hosts[i]
		key := passfileKey{host: h.name, port: h.portText(), dbname: t.dbname, user: t.user}
		if key.host == "" {
			key.host = h.addr
		}
		if key.host == defaultHost() {
			key.host = "localhost"
		}
		h.password = passwordFromFile(t.passfile, key, warn)
	}
}

// passwordFor returns the password to use with h.
func (t *target) passwordFor(h *host) string {
	if h.password.known {
		return h.password.value
	}
	return t.password
}

// validate checks the options that have a fixed set of values, in libpq's order.
func (t *target) validate(s settings, env LookupEnv) error {
	var err error
	if t.auth, err = parseAuthPolicy(s["require_auth"]); err != nil {
		return err
	}
	t.auth.channelBinding = s["channel_binding"]
	if err := oneOf("channel_binding", t.auth.channelBinding, "disable", "prefer", "require"); err != nil {
		return err
	}
	if t.ssl, err = newSSLOptions(s, env); err != nil {
		return err
	}
	t.auth.requireCert = t.ssl.certMode == "require"
	if err := checkGSSMode(s["gssencmode"]); err != nil {
		return err
	}
	if t.attrs, err = parseSessionAttrs(s["target_session_attrs"]); err != nil {
		return err
	}
	for _, keyword := range []string{"scram_client_key", "scram_server_key"} {
		if _, found := s[keyword]; found {
			return errorf("connection option \"%s\" is not supported", keyword)
		}
	}
	if err := oneOf("load_balance_hosts", s["load_balance_hosts"], "disable", "random"); err != nil {
		return err
	}
	if t.balance = s["load_balance_hosts"] == "random"; t.balance {
		rand.Shuffle(len(t.hosts), func(i, j int) { t.hosts[i], t.hosts[j] = t.hosts[j], t.hosts[i] })
	}
	t.minProtocol, t.maxProtocol, err = protocolRange(s)
	return err
}

func oneOf(keyword, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return errorf("invalid %s value: \"%s\"", keyword, value)
}

// checkGSSMode refuses to go without GSSAPI encryption where it is demanded.
func checkGSSMode(mode string) error {
	if err := oneOf("gssencmode", mode, "disable", "prefer", "require"); err != nil {
		return err
	}
	if mode == "require" {
		return errorf("gssencmode value \"%s\" invalid when GSSAPI support is not compiled in", mode)
	}
	return nil
}

// A protocolVersion is a version of the wire protocol: major<<16 | minor.
type protocolVersion uint32

const (
	protocol30 protocolVersion = 3 << 16
	protocol32 protocolVersion = 3<<16 | 2
)

func (v protocolVersion) String() string {
	return fmt.Sprintf("%d.%d", v>>16, v&0xffff)
}

// protocolRange reads min_ and max_protocol_version. The default is 3.0,
// which every server and pooler speaks, unless the minimum is higher.
func protocolRange(s settings) (lowest, highest protocolVersion, err error) {
	versions := map[string]protocolVersion{"3.0": protocol30, "3.2": protocol32, "latest": protocol32}
	read := func(keyword string, fallback protocolVersion) (protocolVersion, error) {
		value, given := s[keyword]
		if !given {
			return fallback, nil
		}
		v, known := versions[value]
		if !known {
			return 0, errorf("invalid %s value: \"%s\"", keyword, value)
		}
		return v, nil
	}
	if lowest, err = read("min_protocol_version", protocol30); err != nil {
		return 0, 0, err
	}
	if highest, err = read("max_protocol_version", lowest); err != nil {
		return 0, 0, err
	}
	if lowest > highest {
		return 0, 0, errorf("\"%s\" is greater than \"%s\"", "min_protocol_version", "max_protocol_version")
	}
	return lowest, highest, nil
}

// startupParams returns what the startup packet says besides user and
// database (build_startup_packet).
func startupParams(s settings, env LookupEnv) map[string]string {
	params := make(map[string]string)
	add := func(name, value string) {
		if value != "" {
			params[name] = value
		}
	}
	add("replication", s["replication"])
	add("options", s["options"])
	name, given := s["application_name"]
	if !given {
		name = s["fallback_application_name"]
	}
	add("application_name", name)
	encoding := s["client_encoding"]
	if encoding == "auto" {
		encoding = localeEncoding(env)
	}
	add("client_encoding", encoding)

	for _, e := range []struct{ env, param string }{
		{"PGDATESTYLE", "datestyle"},
		{"PGTZ", "timezone"},
		{"PGGEQO", "geqo"},
	} {
		// libpq sends these even when they are empty.
		if value, found := env(e.env); found && !strings.EqualFold(value, "default") {
			params[e.param] = value
		}
	}
	return params
}

// localeEncoding is PostgreSQL's name for the encoding of the locale, of the
// common ones (pg_get_encoding_from_locale).
func localeEncoding(env LookupEnv) string {
	var locale string
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale, _ = env(name); locale != "" {
			break
		}
	}
	_, codeset, _ := strings.Cut(locale, ".")
	codeset, _, _ = strings.Cut(codeset, "@")
	key := strings.ToLower(strings.ReplaceAll(codeset, "-", ""))
	names := map[string]string{
		"utf8": "UTF8", "iso88591": "LATIN1", "iso88592": "LATIN2", "iso88593": "LATIN3", "iso88594": "LATIN4",
		"iso88599": "LATIN5", "iso885910": "LATIN6", "iso885913": "LATIN7", "iso885914": "LATIN8",
		"iso885915": "LATIN9", "iso885916": "LATIN10", "iso88595": "ISO_8859_5", "iso88596": "ISO_8859_6",
		"iso88597": "ISO_8859_7", "iso88598": "ISO_8859_8", "koi8r": "KOI8R", "koi8u": "KOI8U",
		"cp1251": "WIN1251", "eucjp": "EUC_JP", "euckr": "EUC_KR", "euccn": "EUC_CN", "gb2312": "EUC_CN",
		"euctw": "EUC_TW", "big5": "BIG5", "gbk": "GBK", "gb18030": "GB18030", "sjis": "SJIS", "shift_jis": "SJIS",
	}
	if name, known := names[key]; known {
		return name
	}
	return "SQL_ASCII"
}
