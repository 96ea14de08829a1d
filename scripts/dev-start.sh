#!/usr/bin/env bash
# Starts the whole system; the arguments are those of `msx dev start`.
cd "$(dirname "$0")/.." && exec npx --no-install msx dev start "$@"
