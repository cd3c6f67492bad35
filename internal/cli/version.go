package cli

// Version is this program's own version, said here and nowhere else.
const Version = "0.1.0"

// stockVersion is that of the pg_restore whose behavior this program has.
const stockVersion = "18.6"

// dropInName is the name that, when the program is started under it, makes it
// pg_restore and nothing more.
const dropInName = "pg_restore"

// versionLine is what --version prints. Tools take the first number for
// pg_restore's version, whatever the program is called.
func versionLine() string {
	return dropInName + " (PostgreSQL) " + stockVersion + " (pgrestore " + Version + ")\n"
}
