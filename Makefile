# Everything a person needs is `make demo` and `make test`; README.md says what the others are for.

SWIFT ?= swift
PREFIX ?= /usr/local
# Refuses an import against the arrows of Package.swift.
BUILD = $(SWIFT) build --explicit-target-dependency-import-check error

# What Debian 12 has to offer beside Swift: to build, and to test.
BUILD_PACKAGES = libcurl4-openssl-dev libncurses-dev pkg-config
TEST_PACKAGES = libvterm-dev ncurses-term foot-terminfo kitty-terminfo locales openssh-server openssh-client openssl
SUDO = $(if $(filter-out 0,$(shell id -u)),sudo)

.PHONY: demo build test lint bench fuzz soak asan screenshots conformance install deps test-deps clean

# The same build as the tests use: optimizing takes minutes longer, and a few hundred images need none of it.
demo: deps
	$(BUILD) --product novalens
	"$$($(SWIFT) build --show-bin-path)/novalens" --demo

build: deps
	$(BUILD) --product novalens

# What hangs is ended after a quarter of an hour; every line is out at once, so that one sees which test it was.
# `swift test` would leave a program behind that hangs, so the tests' own program is started.
RUN_TESTS = timeout --kill-after=10 900 stdbuf --output=L \
  "$$($(SWIFT) build --show-bin-path)/novalensPackageTests.xctest" --testing-library swift-testing

# The programs in their terminals come last and alone: they wait for what they show, and so much at once takes its time.
test: test-deps
	$(BUILD) --build-tests
	$(RUN_TESTS) --skip ProgramTests
	$(RUN_TESTS) --filter ProgramTests

# The layers: curses and curl are each spoken to from one place only.
lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	! grep -rnE '^[^/]*\bimport CCurses' Sources --include='*.swift' | grep -v '^Sources/Console/'
	! grep -rnE '^[^/]*\bimport CCurl' Sources --include='*.swift' | grep -v '^Sources/NovaClient/HTTP/'

# The same suite as `make test` runs against the sandbox, against a real cloud of clouds.yaml.
conformance: test-deps
	@test -n "$(CLOUD)" || { echo "make conformance needs CLOUD=name, a cloud of clouds.yaml"; exit 2; }
	$(BUILD) --build-tests
	NOVALENS_CONFORMANCE_CLOUD="$(CLOUD)" $(SWIFT) test --skip-build --filter ConformanceTests

bench: test-deps
	$(BUILD) -c release --product novalens
	$(BUILD) -c release --product bench
	"$$($(SWIFT) build -c release --show-bin-path)/bench"

# libFuzzer on all that strangers' bytes go through, two targets at once; what it finds with belongs into the corpus.
FUZZ_TARGETS = images links keystone headers clouds drafts keys text
SECONDS = 60
# The same each time, so that a change that lands is not refused for what another one has brought.
SEED = 1

fuzz: deps
	NOVALENS_FUZZ=1 $(SWIFT) build --sanitize fuzzer --scratch-path .build-fuzz --product fuzz
	mkdir -p $(addprefix .build-fuzz/found/,$(FUZZ_TARGETS))
	printf '%s\n' $(FUZZ_TARGETS) | xargs -P 2 -I {} sh -c 'SWIFT_BACKTRACE=enable=no NOVALENS_FUZZ={} .build-fuzz/debug/fuzz \
	  -seed=$(SEED) -max_total_time=$(SECONDS) -max_len=16384 -timeout=1 -rss_limit_mb=256 \
	  -artifact_prefix=.build-fuzz/{}- .build-fuzz/found/{} Tests/FuzzTests/Corpus/{} >.build-fuzz/{}.log 2>&1 \
	  && tail -n 1 .build-fuzz/{}.log | sed "s/^/{}: /" || { tail -n 30 .build-fuzz/{}.log; exit 255; }'

# Random keys against a cloud in which everything goes wrong.
MINUTES = 30

soak: test-deps
	$(BUILD) --build-tests
	NOVALENS_SOAK="$(MINUTES) $(SEED)" $(SWIFT) test --skip-build --filter SoakTests

# What goes through curl and curses, in a build in which C's mistakes end the program. Left out are the tests whose
# patience is too short for it: hundreds of images or cases, a window of 48,000 cells, and what must be seen within
# seconds; and a program that brings its own malloc.
ASAN_TESTS = NovaClientTests|ConsoleTests|ProgramTests.(Browsing|Deleting|EditorEnding|Ending|ExternalEditor|Mouse|Secrets|SlowService|Starting|TerminalKinds|TypeAhead|WindowSize)Tests

asan: test-deps
	$(SWIFT) build --sanitize address --scratch-path .build-asan --build-tests
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --sanitize address --scratch-path .build-asan --skip-build --filter "$(ASAN_TESTS)" \
	  --skip 'a huge window' --skip 'no memory is let go of' --skip 'none with what one signs in with'

screenshots: test-deps
	$(BUILD) --product novalens
	$(BUILD) --product screenshots
	"$$($(SWIFT) build --show-bin-path)/screenshots" screenshots

# One file that needs no Swift on the machine it runs on.
install: deps
	$(BUILD) -c release --product novalens --static-swift-stdlib
	install -D -m 0755 "$$($(SWIFT) build -c release --static-swift-stdlib --show-bin-path)/novalens" "$(DESTDIR)$(PREFIX)/bin/novalens"

deps:
	@$(MAKE) --no-print-directory have PACKAGES="$(BUILD_PACKAGES)"

test-deps:
	@$(MAKE) --no-print-directory have PACKAGES="$(BUILD_PACKAGES) $(TEST_PACKAGES)"

# The tests start an sshd of their own; that of the package is neither started now nor with the machine.
.PHONY: have
have:
	@missing=""; for name in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$name"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing$$missing"; \
	  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 SYSTEMD_OFFLINE=1 \
	    apt-get install -y -qq --no-install-recommends $$missing || exit; \
	  case "$$missing" in *openssh-server*) ! [ -d /run/systemd/system ] || $(SUDO) systemctl disable --quiet ssh.service;; esac; \
	fi

clean:
	$(SWIFT) package clean
