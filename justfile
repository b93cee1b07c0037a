# Every command of this repository. `./just NAME` runs one; `./just` lists them.

set positional-arguments
set shell := ["sh", "-cu"]

# Node, npm and npx of the right version (scripts/frontend.py puts them there) come before the machine's.
export PATH := justfile_directory() / ".tools/bin:" + env("PATH")

# Compiled modules are kept even where the machine says otherwise, as images of containers like to: without them every
# command begins by compiling a thousand files.
export PYTHONDONTWRITEBYTECODE := ""

python := ".tools/venv/bin/python"
uv := ".tools/venv/bin/uv"
setup := python + " -m scripts.setup"

_list:
    @{{ just_executable() }} --justfile {{ quote(justfile()) }} --list --unsorted

# Install what is missing, then run the whole product with a demo school (Ctrl-C stops it)
[no-exit-message]
demo *ARGS: _frontend
    @exec {{ python }} scripts/attached.py .venv/bin/lms demo "$@"

# The same, restarting when Python files change, with the frontend's development server on port 3000
[no-exit-message]
dev *ARGS: _frontend-packages
    @exec {{ python }} scripts/attached.py {{ python }} -m scripts.dev "$@"

# Everything a change must pass: check, unit tests, frontend, integration tests
test: _test-packages check unit frontend-check integration

# Unit tests: memory adapters, no sockets, seconds; in two halves beside each other
unit *ARGS: _environment
    @.venv/bin/python -m scripts.unit_tests "$@"

# Integration tests: real PostgreSQL, Redis, S3 protocol, SMTP, ffmpeg, Whisper and browser; in two passes
integration *ARGS: _test-packages _environment _frontend
    @.venv/bin/python -m scripts.integration_tests "$@"

# Long drills: crashes, full disks, lost connections
drill *ARGS: _test-packages _environment _frontend
    .venv/bin/pytest tests/integration -m drill "$@"

# Style, types, import contracts, declared dependencies, and the API description the frontend is built from
check: _environment
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    .venv/bin/lint-imports --no-logo
    .venv/bin/deptry src
    .venv/bin/lms openapi --check frontend/openapi.json

# Put every file into the agreed form
fmt: _environment _frontend-packages
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .
    cd frontend && npm run format

# The frontend's generated client, types, style, unused code, tests, build and size budgets
frontend-check: _frontend-packages
    cd frontend && npm run generate:check
    cd frontend && npm run typecheck
    cd frontend && npm run lint
    cd frontend && npm run knip
    cd frontend && npm run test
    {{ setup }} frontend
    cd frontend && npm run size

# Measure speed: `./just bench --help` lists what can be measured
bench *ARGS: _environment
    .venv/bin/python -m bench "$@"

# Write frontend/openapi.json and make the frontend's client from it
openapi: _environment _frontend-packages
    .venv/bin/lms openapi > frontend/openapi.json.new
    mv frontend/openapi.json.new frontend/openapi.json
    cd frontend && npm run generate

# Pin the packages anew: `./just lock --upgrade` takes new versions, `./just lock` keeps the old where it can
lock *ARGS:
    {{ uv }} pip compile {{ lock-options }} "$@" requirements/tools.in -o requirements/tools.txt
    {{ uv }} pip compile {{ lock-options }} "$@" requirements/node.in -o requirements/node.txt
    {{ uv }} pip compile {{ lock-options }} "$@" --extra demo --extra dev pyproject.toml -o requirements/dev.txt
    @# A compile keeps the versions it finds: what runs in production is what the tests have seen.
    cp requirements/dev.txt requirements/runtime.txt
    {{ uv }} pip compile {{ lock-options }} pyproject.toml -o requirements/runtime.txt

lock-options := "--quiet --universal --python-version 3.11 --generate-hashes --no-header"

# Run one real upload through to READY and say which part of this machine is broken
doctor *ARGS: _environment
    .venv/bin/lms doctor "$@"

# Remove caches and builds; installed packages and data stay
clean:
    rm -rf frontend/dist test-output .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
    find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# Remove .data: every school, person, video and setting of this checkout (asks first)
[confirm("Delete .data with every school, person, video and setting in it? [y/N]")]
reset:
    rm -rf .data

_environment:
    @{{ setup }} environment

_frontend-packages: _environment
    @{{ setup }} frontend-packages

_frontend: _environment
    @{{ setup }} frontend

_test-packages:
    @{{ setup }} test-packages
