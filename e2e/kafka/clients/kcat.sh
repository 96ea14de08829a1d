#!/usr/bin/env bash
# The steps of a user of kcat, each by itself. Prints a line of JSON for each: its name, and its error if it fails.
#   kcat.sh ADDRESS
set -uo pipefail
address=$1

# step NAME EXPECTED COMMAND…
step() {
  local name=$1 expected=$2 actual
  shift 2
  actual=$(timeout 20 "$@" 2>&1)
  if [ "$actual" = "$expected" ]; then
    printf '{"step":"%s"}\n' "$name"
  else
    printf '{"step":"%s","error":"unexpected output of %s bytes"}\n' "$name" "${#actual}"
  fi
}

k() { kcat -q -b "$address" "$@"; }
produce() { printf 'a\nb\n' | k -P -t "$@"; }
read_all() { k -C -o beginning -e -t "$@"; }
export -f k produce read_all
export address

both=$'a\nb'
step 'produce and consume' "$both" bash -c 'produce kcat-plain && read_all kcat-plain'
for codec in gzip snappy lz4 zstd; do
  step "$codec" "$both" bash -c "produce kcat-$codec -z $codec && read_all kcat-$codec"
done
step 'keys and headers' 'key|name=value|text' bash -c \
  'echo key:text | k -P -t kcat-keys -K : -H name=value && read_all kcat-keys -f "%k|%h|%s\n"'
step 'metadata' '"kcat-plain"' bash -c \
  'k -L -J -t kcat-plain | grep -o "\"topic\":\"kcat-plain\"" | cut -d: -f2 | sort -u'
step 'offset by time' 'kcat-plain [0] offset 0' bash -c 'k -Q -t kcat-plain:0:1000'
step 'the last record' 'b' bash -c 'k -C -t kcat-plain -o -1 -e'
step 'idempotent producer' "$both" bash -c \
  'produce kcat-idempotent -X enable.idempotence=true && read_all kcat-idempotent'
step 'group' "$both" bash -c 'k -G kcat-group -X auto.offset.reset=earliest -c 2 kcat-plain'
