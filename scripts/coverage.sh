#!/usr/bin/env bash
# `npm run test:cov`: the tests of `npm test` with coverage, including child processes. Whole-system tests run after the
# others, one at a time. Arguments are passed to Jest, as with `npm test`. Left out are the checks of the repository and of
# its launcher, which run no sources, the tests that measure their heap, and the matrix of generated systems, which mostly
# runs compilers.
set -euo pipefail
cd "$(dirname "$0")/.."
npm run build
node scripts/install-folder.mjs e2e/federation
node gateway/apollo/install.mjs
SOURCE_MAPS=1 node cli/build.mjs
if [ $# -gt 0 ]; then
  exec node cli/jest/coverage.js "$@"
fi
systems=$(node -p "require('./package.json').scripts['test:e2e:built'].split('jest.js ')[1]")
# Processes that record their coverage spend longer writing it than computing.
workers=$(node -p "require('node:os').availableParallelism() + 2")
# shellcheck disable=SC2086
exec node cli/jest/coverage.js --ignoreProjects e2e heap architecture --testPathIgnorePatterns generate/matrix \
  --maxWorkers "$workers" --then ${systems/ --runInBand/ e2e\/launcher --runInBand}
