# Two commands on a fresh machine: `make run` serves http://127.0.0.1:8080, `make test` runs every test.
# `make help` lists the rest.

GO      ?= go
FUZZTIME ?= 60s
ADDR    ?= 127.0.0.1:8080
SITE    ?= http://$(ADDR)
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo dev)
SOURCES := $(shell find . -name '*.go' -not -path './static/node_modules/*') go.mod go.sum \
           $(shell find data queries dashboards -name '*.csv' -o -name '*.sql' -o -name '*.gohtml' -o -name '*.toml')
ASSETS  := static/package.json static/package-lock.json static/.npmrc static/build.mjs $(shell find static/src -type f)

.PHONY: help run build test check screenshots bench fuzz soak reference assets clean tools-go tools-node tools-r tools-browser

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build what is missing and serve the shipped record
	bin/yardstick serve --addr $(ADDR) --home var --site $(SITE)

build: bin/yardstick ## leave the one binary at bin/yardstick

bin/yardstick: static/dist/manifest.json $(SOURCES) | tools-go
	CGO_ENABLED=1 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o $@ .

assets: static/dist/manifest.json ## build the stylesheet and the chart script

static/node_modules/.installed: static/package.json static/package-lock.json static/.npmrc | tools-node
	cd static && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

static/dist/manifest.json: static/node_modules/.installed $(ASSETS)
	cd static && node build.mjs
	@touch $@

test: assets | tools-go tools-browser ## run every test, the browser's included
	CGO_ENABLED=1 $(GO) test -timeout 30m ./...

check: assets | tools-go ## format, vet, staticcheck, laws, the shipped record
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$unformatted" ] || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test -run 'Law' ./internal/e2e
	$(GO) run . check

screenshots: assets | tools-go tools-browser ## a picture of every kind of page, in both languages and two widths, in screenshots/
	rm -rf screenshots
	$(GO) test ./dashboards/browsertest -count 1 -timeout 30m -run TestPagesAnswerWithoutComplaint -screenshots $(CURDIR)/screenshots

bench: build | tools-browser ## benchmarks, as ratios of one run; Lighthouse's marks for speed
	$(GO) test -run '^$$' -bench . -benchtime 5x ./analytics/... ./data/... ./dashboards
	$(GO) test -run '^$$' -bench Lighthouse -benchtime 1x ./dashboards/browsertest

fuzz: assets ## every fuzz target for FUZZTIME, a minute
	@for target in $$(grep -rhoE '^func Fuzz[A-Za-z]+' --include=*_test.go . | sed 's/func //' | sort -u); do \
	  package=$$(dirname $$(grep -rlE "^func $$target\(" --include=*_test.go . | head -n 1)); \
	  $(GO) test $$package -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x || exit 1; done

soak: build ## kill, fill, embargo and fuzz at length (about two hours); docs/figures.md has the last figures
	$(GO) test ./internal/e2e -run 'TestSoak|TestEmbargoIsAbsence' -soak -v -timeout 90m
	$(MAKE) fuzz FUZZTIME=10m

reference: tools-r ## have R work out again the values that the statistics are held to; print how trends keep their level
	cd analytics/stats/testdata && Rscript reference.R
	$(GO) test ./analytics -count 1 -run TestTrendsKeepTheirLevel -v -families 60

clean: ## remove what was built
	rm -rf bin static/dist static/node_modules

tools-go:
	@command -v $(GO) >/dev/null || { echo 'Go 1.26 or later is needed: https://go.dev/dl'; exit 1; }
	@command -v $${CC:-cc} >/dev/null && command -v $${CXX:-c++} >/dev/null || { echo 'A C and C++ compiler is needed for DuckDB: on Debian, apt-get install build-essential'; exit 1; }

tools-node:
	@command -v node >/dev/null && command -v npm >/dev/null || { echo 'Node 20 or later with npm is needed: on Debian, apt-get install nodejs npm'; exit 1; }

tools-r:
	@command -v Rscript >/dev/null || { echo 'R is needed, its base alone: on Debian, apt-get install r-base-core'; exit 1; }

# CHROME names a browser of your own; as root on Debian the package is installed.
tools-browser:
	@if [ -n "$$CHROME" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else echo 'Chromium is needed for the browser tests: apt-get install chromium, or set CHROME to a browser'; exit 1; fi
