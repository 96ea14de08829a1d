#!/usr/bin/env bash
# Stops the whole system; the arguments are those of `msx dev stop`.
cd "$(dirname "$0")/.." && exec npx --no-install msx dev stop "$@"
