#!/usr/bin/env bash
# Stops the whole system; arguments are passed to `msx dev stop`.
cd "$(dirname "$0")/.." && exec npx --no-install msx dev stop "$@"
