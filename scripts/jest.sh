#!/usr/bin/env bash
# Jest with ES modules. In CI the suites that fail run a second time, and are named at the end: a busy machine can meet a
# moment that no test has foreseen. At a terminal a failure is a failure.
set -euo pipefail
jest=(node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js "$@")
[ -n "${CI:-}" ] || exec "${jest[@]}"

export FAILED_SUITES=$(mktemp)
trap 'rm -f "$FAILED_SUITES"' EXIT
"${jest[@]}" && exit
[ -s "$FAILED_SUITES" ] || exit 1
sed 's|^'"$PWD"'/||; s|^|FAILED ONCE: |' "$FAILED_SUITES" | tee -a "${SKIPPED_TESTS:-/dev/null}"
mapfile -t suites <"$FAILED_SUITES"
"${jest[@]}" --runTestsByPath "${suites[@]}"
