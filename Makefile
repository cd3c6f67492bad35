# make            builds bin/pgrestore, and bin/pg_restore, the drop-in
# make demo       restores the sample database into a throwaway server
# make test       everything that is checked; installs PostgreSQL and Chromium if there is none
# make bench      stock pg_restore and ours in turn, as a table; BENCH='--pairs 5 --rows wide'
# make rounds     a rich database from every format with 1, 2 and 8 jobs, ROUNDS times
# make fuzz       each fuzz target for FUZZTIME
# make golden     testdata/golden anew, from the stock pg_restore 18
# make samples    testdata's archives anew, from every PostgreSQL found
# make install    program, manual page and completions into $(DESTDIR)$(PREFIX)

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

PREFIX ?= /usr/local
FUZZTIME ?= 30s
ROUNDS ?= 20
GO ?= go

# Packages with goroutines of their own, tested with the race detector too.
RACE := ./archive ./event ./source ./internal/cli ./internal/connect ./internal/engine ./internal/inspect ./internal/restore ./internal/terminal

.PHONY: build
build: bin/pg_restore

# Go's own cache knows best what has to be built.
.PHONY: bin/pgrestore
bin/pgrestore:
	CGO_ENABLED=0 $(GO) build -trimpath -o $@ ./cmd/pgrestore

bin/pg_restore: bin/pgrestore
	ln -sfn pgrestore $@

.PHONY: demo
demo: build
	scripts/demo

.PHONY: test
test: check unit race

.PHONY: check
check:
	@unformatted=$$(gofmt -s -l .); [[ -z $$unformatted ]] || { echo "gofmt -s would change:" $$unformatted; exit 1; }
	$(GO) vet ./...
	@if $(GO) tool -modfile=scripts/tools.mod staticcheck -version >/dev/null; then \
		$(GO) tool -modfile=scripts/tools.mod staticcheck ./...; \
	else echo "staticcheck cannot be had, so it was not run"; fi

.PHONY: unit
unit:
	scripts/install-postgresql
	scripts/install-browser
	$(GO) test -json -count=1 -timeout 20m ./... | $(GO) run ./scripts/testreport -allowed .ci/skips -environment "$$(scripts/environment)"

.PHONY: race
race:
	@if [[ $$($(GO) env CGO_ENABLED) == 1 ]] && command -v "$$($(GO) env CC)" >/dev/null; then \
		$(GO) test -race -short -timeout 20m $(RACE); \
	else echo "The race detector needs a C compiler: not run"; fi

.PHONY: bench
bench:
	$(GO) run ./internal/bench $(BENCH)

.PHONY: rounds
rounds:
	scripts/install-postgresql
	$(GO) test -count=1 -timeout 4h ./internal/pgtest -run '^TestRounds$$' -rounds $(ROUNDS)

.PHONY: fuzz
fuzz:
	for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' "$$package" | grep '^Fuzz' || true); do \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package"; \
		done; \
	done

.PHONY: golden
golden:
	$(GO) test ./internal/pgtest -run TestUpdateGolden -update

.PHONY: samples
samples:
	scripts/make-samples

# The program itself prints what is installed beside it.
SHARE := $(DESTDIR)$(PREFIX)/share

.PHONY: install
install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(SHARE)/man/man1" "$(SHARE)/bash-completion/completions" \
		"$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d"
	install -m 755 bin/pgrestore "$(DESTDIR)$(PREFIX)/bin/pgrestore"
	bin/pgrestore man | install -m 644 /dev/stdin "$(SHARE)/man/man1/pgrestore.1"
	bin/pgrestore completion bash | install -m 644 /dev/stdin "$(SHARE)/bash-completion/completions/pgrestore"
	bin/pgrestore completion zsh | install -m 644 /dev/stdin "$(SHARE)/zsh/site-functions/_pgrestore"
	bin/pgrestore completion fish | install -m 644 /dev/stdin "$(SHARE)/fish/vendor_completions.d/pgrestore.fish"

.PHONY: clean
clean:
	rm -rf bin
