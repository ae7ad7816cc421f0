# What a person runs. Everything is installed into .venv; nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin

# A lock file is whole and has all hashes, so what is installed is what was tested. `--no-deps`: without it, pip asks the
# index of the day for every package that another one wants with an extra, and refuses the lock once a newer one is out.
INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps
LOCKED := $(INSTALL) --require-hashes -r
WHOLE := -m pip check --disable-pip-version-check

.PHONY: demo s3 test drills coverage mutants lint check bench quality ablation replay injections crashes faults format docs page fuzz served soak audit licences sbom lock clean

demo: .venv/run  ## Poll a week of embedded sites: no settings, no network
	$(BIN)/sunchi demo

s3: .venv/run  ## Also install what an archive in object storage needs: SUNCHI_ARCHIVE=s3://…
	@$(BIN)/python $(LOCKED) requirements-s3.lock
	@$(BIN)/python $(WHOLE)

# The tests of a file run in one process, so that their shared fixtures are created once.
SPREAD := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Bytecode is kept, even if the environment says otherwise: the commands that tests start need it, too.
test drills coverage: export PYTHONDONTWRITEBYTECODE :=

test: .venv/dev  ## All tests but the drills, on all processors
	$(BIN)/python -m pytest $(SPREAD)

drills: .venv/dev  ## The tests marked `drill`: a served Sunchi killed, crashes, faults of the web, weeks of real texts
	$(BIN)/python -m pytest $(SPREAD) -m drill

coverage: .venv/dev  ## All tests and drills, and the lines and branches that none of them reaches
	$(BIN)/python -m pytest $(SPREAD) -m "not long" --cov --cov-report=term

lint: .venv/dev  ## Style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test  ## Lint and test; before a release, `make drills` too

bench: .venv/bench  ## Speed, compared with spaCy and `re`, and how the work grows: the tables of docs/speed.md
	$(BIN)/python bench/detect.py $(articles)
	$(BIN)/python -m bench.importing
	$(BIN)/python -m bench.batches
	$(BIN)/python bench/hostile.py

quality: .venv/dev  ## How well unseen articles are read: the table of docs/quality.md
	$(BIN)/python -m bench.quality score

ablation: .venv/dev  ## make ablation files="contact frames.csv": what each rule of signals/ is worth: docs/quality.md
	$(BIN)/python -m bench.ablation $(files)

replay: .venv/dev  ## make replay files=articles.jsonl: findings and alerts day by day: docs/history.md
	$(BIN)/python -m bench.replay $(files)

injections: .venv/dev  ## make injections seed=7: how many of 200 random changes in a copy of real texts are found
	$(BIN)/python -m bench.injections $(if $(seed),--seed $(seed))

faults: .venv/dev  ## Faults of the web on stand-in sites that serve real texts: the table of docs/reliability.md
	$(BIN)/python -m bench.faults

mutants: .venv/dev  ## make mutants faults=40 seed=7: that many faults, one at a time, and how many the tests notice
	$(BIN)/python -m bench.mutate $(if $(faults),--faults $(faults)) $(if $(seed),--seed $(seed))

crashes: .venv/dev  ## make crashes points=300 seed=7: kill processes at that many points, on SQLite and on Postgres
	$(BIN)/python -m tests.crashes $(if $(points),--points $(points)) $(if $(seed),--seed $(seed))

format: .venv/dev  ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/dev  ## Generate docs/signals.md, the columns of `sunchi detect`, and deployments/prefect.yaml, from the code
	$(BIN)/python -m docs.signals
	$(BIN)/python -m deployments.prefect_yaml

page: .venv/dev  ## make page source=kcna url=http://…: store a page and draft its expected result
	$(BIN)/python -m parsers.draft $(source) $(url) $(if $(file),--file $(file))

fuzz: .venv/fuzz  ## make fuzz n=1000000: that many hostile inputs through every parser and reader: docs/security.md
	$(BIN)/python -m tests.fuzz.drive $(or $(n),1000000)

served: .venv/dev  ## Faults of the scheduler under sunchi serve, and more nights with a wrong clock: docs/reliability.md
	$(BIN)/python -m pytest -m "" tests/flows/test_served.py tests/flows/test_container.py \
		tests/flows/test_deployments.py tests/flows/test_wrong_clock.py

soak: .venv/dev  ## make soak polls=2000 served=30: what stays open and what grows over that many polls
	$(BIN)/python -m bench.soak $(if $(polls),--polls $(polls)) $(if $(served),--served $(served))

audit: .venv/supply/ready  ## Licences and known vulnerabilities of the locked packages (asks PyPI; fails if it cannot)
	$(BIN)/python -m supply.licences --check
	.venv/supply/bin/pip-audit --requirement requirements-dev.lock --require-hashes --disable-pip --strict

licences: .venv/dev  ## Generate docs/licences.md: the licence of each locked package, and why it is used
	$(BIN)/python -m supply.licences

sbom: .venv/supply/ready  ## var/sbom.json: the packages that run Sunchi, with hashes, as CycloneDX
	@mkdir -p var
	.venv/supply/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--of JSON -o var/sbom.json

# `make lock upgrade=1` takes the newest versions that pyproject.toml supports; plain, only what it newly asks for.
COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	$(if $(upgrade),--upgrade)

lock: .venv/dev  ## Write the lock files from pyproject.toml
	$(COMPILE) --extra build pyproject.toml -o requirements.lock
	$(COMPILE) --extra build --extra s3 -c requirements.lock pyproject.toml -o requirements-s3.lock
	$(COMPILE) --extra build --extra dev --extra s3 -c requirements-s3.lock pyproject.toml -o requirements-dev.lock
	echo "spacy>=3.8,<4" | $(COMPILE) -c requirements-dev.lock - -o bench/requirements.lock
	echo "atheris>=3.0,<3.1" | $(COMPILE) - -o tests/fuzz/requirements.lock
	printf "pip-audit>=2.10\ncyclonedx-bom>=7.5\n" | $(COMPILE) - -o supply/requirements.lock
	$(BIN)/python $(LOCKED) requirements-dev.lock
	$(BIN)/python $(WHOLE)
	$(BIN)/python -m supply.licences

clean:  ## Remove the installation and the demo's output; stored articles stay
	rm -rf .venv var/demo var/fuzz

.venv/run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sunchi needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 …")'
	@echo "Installing what Sunchi needs into .venv (once, about a minute) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python $(LOCKED) requirements.lock
	@$(BIN)/python $(INSTALL) --no-build-isolation -e .
	@$(BIN)/python $(WHOLE)
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	@$(BIN)/python $(LOCKED) requirements-dev.lock
	@$(BIN)/python $(WHOLE)
	@touch $@

.venv/bench: .venv/dev bench/requirements.lock
	@$(BIN)/python $(LOCKED) bench/requirements.lock
	@$(BIN)/python $(WHOLE)
	@touch $@

.venv/fuzz: .venv/dev tests/fuzz/requirements.lock
	@$(BIN)/python $(LOCKED) tests/fuzz/requirements.lock
	@$(BIN)/python $(WHOLE)
	@touch $@

# In a separate environment: these tools examine the other one, and are not part of it.
.venv/supply/ready: .venv/dev supply/requirements.lock
	@$(PYTHON) -m venv .venv/supply
	@.venv/supply/bin/python $(LOCKED) supply/requirements.lock
	@.venv/supply/bin/python $(WHOLE)
	@touch $@
