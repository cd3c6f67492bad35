package connect

import "strings"

// An authMethod is a way to authenticate that require_auth can name.
type authMethod uint8

const (
	authPassword authMethod = 1 << iota
	authMD5
	authGSS
	authSSPI
	authSCRAM
	authOAuth
)

var authMethods = map[string]authMethod{
	"password":      authPassword,
	"md5":           authMD5,
	"gss":           authGSS,
	"sspi":          authSSPI,
	"scram-sha-256": authSCRAM,
	"oauth":         authOAuth,
}

// An authPolicy says what a server may ask for, and must do, before it is
// trusted with anything.
type authPolicy struct {
	requireAuth    string     // the option's text, "" if not given: everything is allowed
	allowed        authMethod // set of methods
	mustAsk        bool       // a server that asks for nothing is refused
	channelBinding string
	requireCert    bool // sslcertmode=require
}

// parseAuthPolicy reads require_auth: a list of methods, all of them allowed
// or, with exclamation marks, all of them forbidden.
func parseAuthPolicy(text string) (authPolicy, error) {
	p := authPolicy{requireAuth: text}
	if text == "" {
		return p, nil
	}
	p.mustAsk = true
	negated := false
	for i, part := range strings.Split(text, ",") {
		name, not := strings.CutPrefix(part, "!")
		switch {
		case not && i == 0:
			negated = true
			p.mustAsk = false
			p.allowed = ^authMethod(0)
		case not && !negated:
			return p, errorf("negative require_auth method \"%s\" cannot be mixed with non-negative methods", part)
		case !not && negated:
			return p, errorf("require_auth method \"%s\" cannot be mixed with negative methods", name)
		}
		duplicate, err := p.apply(name, negated)
		if err != nil {
			return p, err
		}
		if duplicate {
			return p, errorf("require_auth method \"%s\" is specified more than once", part)
		}
	}
	return p, nil
}

// apply allows or forbids one method. It reports whether that was so already.
func (p *authPolicy) apply(name string, forbid bool) (duplicate bool, err error) {
	if name == "none" {
		duplicate = p.mustAsk == forbid
		p.mustAsk = forbid
		return duplicate, nil
	}
	method, known := authMethods[name]
	if !known {
		return false, errorf("invalid %s value: \"%s\"", "require_auth", name)
	}
	duplicate = (p.allowed&method == 0) == forbid
	if forbid {
		p.allowed &^= method
	} else {
		p.allowed |= method
	}
	return duplicate, nil
}

func (p *authPolicy) allows(method authMethod) bool {
	return p.requireAuth == "" || p.allowed&method != 0
}
