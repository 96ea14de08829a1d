#!/usr/bin/env bash
# Runs the Lerna commands of the README, in the version it names. The tests have run before, so they are only listed.
set -euo pipefail
cd "$(dirname "$0")/.."
lines=$(grep -oE '^npx lerna@[0-9.]+ .+' README.md)
[ "$lines" = "$(printf 'npx %s\n' "$(grep -oEm1 'lerna@[0-9.]+' README.md)"' '{'run build','run test','clean'})" ]
lerna=$(grep -oEm1 'lerna@[0-9.]+' README.md)
npx --yes "$lerna" --version >/dev/null || { echo "SKIPPED: $lerna cannot be downloaded"; exit 0; }

echo '--- lerna run build'
npx --yes "$lerna" run build
echo '--- lerna run test'
npx --yes "$lerna" run test -- --listTests | grep 'user.rules.test.ts'
echo '--- lerna clean, then npm ci in place of lerna bootstrap'
npx --yes "$lerna" clean --yes
npm ci
npx --no-install msx --version
echo '--- the Lerna commands work'
