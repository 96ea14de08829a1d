#!/usr/bin/env bash
# Starts the whole system; arguments are passed to `msx dev start`.
cd "$(dirname "$0")/.." && exec npx --no-install msx dev start "$@"
