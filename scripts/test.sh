#!/usr/bin/env bash
# `npm test`: builds, lints and runs every test that needs only Node. Arguments are passed to Jest: with any, it
# builds and runs the selected tests, as in `npm test -- user.rules`.
set -euo pipefail
cd "$(dirname "$0")/.."

# Jest lists skipped tests after each of its runs: they are repeated at the end, where they are seen.
if [ -z "${SKIPPED_TESTS:-}" ]; then
  export SKIPPED_TESTS=$(mktemp)
  trap 'sort -u "$SKIPPED_TESTS"; rm -f "$SKIPPED_TESTS"' EXIT
fi

npm run build
if [ $# -gt 0 ]; then
  case "$*" in *federation*) node scripts/install-folder.mjs e2e/federation ;; esac
  bash scripts/jest.sh "$@"
else
  npm run lint
  node gateway/apollo/install.mjs
  bash scripts/jest.sh --ignoreProjects e2e heap
  # Two files, two workers: what an earlier test left in a heap may be freed at any time.
  bash scripts/jest.sh --selectProjects heap --maxWorkers 2
  npm run test:e2e:built
fi
