# Two commands on a fresh machine (Python 3.11+, make, git): make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MO := locales/he/LC_MESSAGES/lofrayer.mo
TESTS ?= tests

.PHONY: run test lint catalogs compare lock audit clean

run: $(VENV)/run $(MO)
	@$(BIN)/lofrayer run

test: $(VENV)/dev $(MO) lint
	@PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 --dist loadfile -q $(TESTS)

lint: $(VENV)/dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

catalogs: $(VENV)/run
	@$(BIN)/lofrayer catalogs --update

# Compiled only if the checker finds no mistake in flows and catalogs.
$(MO): $(VENV)/run $(wildcard locales/*/LC_MESSAGES/*.po)
	@$(BIN)/lofrayer check > $(VENV)/check || { cat $(VENV)/check; exit 1; }
	@$(BIN)/python -m bot.language.mo locales

# Locked versions with their hashes; the product itself is installed from here, editable.
$(VENV)/run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The usual stacks, in an environment of their own: aiogram needs another pydantic than we do.
compare: $(VENV)/dev $(MO)
	@test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers/requirements.txt
	@$(BIN)/python -m benchmarks.compare --peers .venv-peers/bin/python

lock:
	@$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--extra build -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --allow-unsafe \
		--extra dev --extra build -o requirements-dev.lock pyproject.toml

# Known vulnerabilities of the locked versions, in an environment of its own; what could not be looked up is a failure.
audit:
	@test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.10,<3'
	@.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
		-r requirements.lock -r requirements-dev.lock

clean:
	@rm -rf $(VENV) .venv-peers .venv-audit build dist .mypy_cache .pytest_cache .ruff_cache locales/*/LC_MESSAGES/*.mo
