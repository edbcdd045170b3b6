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

# The Go that go.mod names, which has the fixes that the scan for vulnerabilities asks for; where it cannot be had, the
# machine's own.
export GOTOOLCHAIN := $(shell GOTOOLCHAIN=auto $(GO) version >/dev/null 2>&1 && echo auto || echo local)

# A current Node, if .ci/setup had to install one, comes before the machine's own.
export PATH := $(CURDIR)/.ci/node/node_modules/.bin:$(PATH)

.PHONY: help run build test short bare check vuln screenshots bench fuzz soak stores dist dist-check arm64 image image-check package-check reference assets clean setup setup-test tools-r

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build what is missing and serve the shipped record
	bin/yardstick serve --addr $(ADDR) --home var --site $(SITE)

build: bin/yardstick ## leave the one binary at bin/yardstick

bin/yardstick: static/dist/MODULES.txt $(SOURCES) | setup
	CGO_ENABLED=1 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o $@ .

assets: static/dist/MODULES.txt ## build the stylesheet and the chart script, and gather licences

static/node_modules/.installed: static/package.json static/package-lock.json static/.npmrc | setup
	cd static && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

static/dist/manifest.json: static/node_modules/.installed $(ASSETS)
	cd static && node build.mjs
	@touch $@

static/dist/MODULES.txt: static/dist/manifest.json go.mod go.sum internal/notices/main.go
	$(GO) run ./internal/notices > $@.new && mv $@.new $@

test: assets | setup-test ## run every test, the browser's included
	CGO_ENABLED=1 $(GO) test -timeout 60m ./...
	cd scoring/beam && CGO_ENABLED=1 $(GO) test ./...

short: ## the tests that need no browser, Node or network: a minute and a half
	CGO_ENABLED=1 $(GO) test -short ./...

bare: ## as root: run the README's commands in an empty Debian (about 20 minutes, 4 GB in the folder of temporary files)
	$(GO) test ./internal/e2e -count 1 -run TestBareMachine -bare -v -timeout 90m

check: assets | setup-test ## format, vet, staticcheck, laws, the shipped record, the published interface, known vulnerabilities
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$unformatted" ] || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test -run 'Law' ./internal/e2e
	$(GO) run . check
	.ci/interface
	.ci/vuln

vuln: ## look for known vulnerabilities in what the program is built from
	.ci/vuln

screenshots: assets | setup-test ## a picture of every kind of page, in both languages and two widths, in screenshots/
	rm -rf screenshots
	$(GO) test ./dashboards/browsertest -count 1 -timeout 30m -run TestPagesAnswerWithoutComplaint -screenshots $(CURDIR)/screenshots

bench: build | setup-test ## benchmarks, as ratios of one run; Lighthouse's marks for speed
	$(GO) test -run '^$$' -bench . -benchtime 5x ./analytics/... ./data/... ./dashboards/server
	$(GO) test -run '^$$' -bench Lighthouse -benchtime 1x ./dashboards/browsertest

fuzz: assets ## every fuzz target for FUZZTIME, a minute
	@for target in $$(grep -rhoE '^func Fuzz[A-Za-z]+' --include=*_test.go . | sed 's/func //' | sort -u); do \
	  package=$$(dirname $$(grep -rlE "^func $$target\(" --include=*_test.go . | head -n 1)); \
	  $(GO) test $$package -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x || exit 1; done

soak: build ## kill, fill, embargo, chaos and fuzz at length (about three hours); docs/figures.md has the last figures
	$(GO) test ./internal/e2e -run 'TestSoak|TestEmbargoIsAbsence|TestCrowd' -soak -chaos 30m -v -timeout 120m
	$(MAKE) fuzz FUZZTIME=10m

dist: assets ## a static binary, a Debian package, an SBOM and their sums, in dist/
	GO="$(GO)" .ci/dist dist

arm64: assets ## the program for linux/arm64, by Debian's cross compiler, in dist/; it needs glibc 2.35 and libstdc++
	GO="$(GO)" .ci/arm64 dist

image: dist ## the binary as an image for containers, which needs no engine to make, in dist/
	cd .ci/image && $(GO) test ./... && $(GO) run . -version $(VERSION) -out $(CURDIR)/dist/yardstick-image.tar \
	  $(CURDIR)/dist/yardstick-linux-amd64

image-check: image ## as root: serve from the image with everything read-only but its home
	.ci/image-check

dist-check: assets ## build them twice, compare the bytes, and start what is in the package
	GO="$(GO)" .ci/dist-check

package-check: dist ## as root: install, upgrade and remove the package in an empty Debian, which debootstrap makes
	.ci/package-check

stores: ## test releases in object storage with a second store, versitygw, which is built first (10 minutes)
	$(GO) build -modfile=.ci/stores.mod -o bin/versitygw github.com/versity/versitygw/cmd/versitygw
	$(GO) test ./data/store -count 1 -run Versitygw -v -versitygw $(CURDIR)/bin/versitygw

reference: tools-r ## have R work out again the values that the statistics are held to; print how trends keep their level
	cd analytics/stats/testdata && Rscript reference.R
	$(GO) test ./analytics -count 1 -run TestTrendsKeepTheirLevel -v -families 60

clean: ## remove what was built
	rm -rf bin dist static/dist/* static/node_modules .ci/node/node_modules

setup: # what a build needs
	@.ci/setup

setup-test: # what the tests need besides
	@.ci/setup test

tools-r:
	@command -v Rscript >/dev/null || { echo 'R is needed, its base alone: on Debian, apt-get install r-base-core'; exit 1; }
