#!/usr/bin/env bash
# `npm test`: builds, lints and runs every test that needs Node alone. The arguments are those of jest: with any, it
# builds and runs what they select, as `npm test -- user.rules` does.
set -euo pipefail
cd "$(dirname "$0")/.."
jest() { node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js "$@"; }

npm run build
if [ $# -gt 0 ]; then
  jest "$@"
else
  npm run lint
  jest --ignoreProjects e2e
  npm run test:e2e:built
fi
