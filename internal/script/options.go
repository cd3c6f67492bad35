package script

// Options change the statements of a restore. The zero value is pg_restore's
// default.
type Options struct {
	Clean                      bool   // -c: drop objects first
	IfExists                   bool   // --if-exists
	Create                     bool   // -C
	NoOwner                    bool   // -O
	UseSetSessionAuthorization bool   // instead of ALTER ... OWNER
	NoTablespaces              bool   // --no-tablespaces
	NoTableAccessMethod        bool   // --no-table-access-method
	DisableTriggers            bool   // --disable-triggers; only without the schema
	Superuser                  string // -S
	EnableRowSecurity          bool   // --enable-row-security
	Role                       string // --role
	SingleTransaction          bool   // -1
	TransactionSize            int    // --transaction-size; 0 means none
	Verbose                    bool   // -v
	RestrictKey                string // key of \restrict; not used with a server
}
