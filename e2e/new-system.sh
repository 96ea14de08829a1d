#!/usr/bin/env bash
# A system made by the packed CLI, as a stranger has it: installed, started, grown while it runs by a service, an RPC,
# an event and its consumer, called, stopped and tested. What it is made of unless told otherwise:
# e2e/new-system.sh empty sqlite embedded
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
infra=${INFRA:-$repository/../shared/infra}
template=${1:-empty} database=${2:-sqlite} broker=${3:-embedded}
made_of="$template, $database, $broker"
work=$(mktemp -d)
chmod 755 "$work" # PostgreSQL runs as a user of its own
finish() {
  [ ! -d "$work/village" ] || (cd "$work/village" && npx --no-install msx dev stop >/dev/null 2>&1) || true
  [ ! -d "$work/postgres" ] || bash "$infra/pg-up.sh" --stop "$work/postgres" >/dev/null || true
  [ ! -d "$work/kafka" ] || bash "$infra/kafka-down.sh" "$work/kafka" >/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
step() { echo "--- $* (${SECONDS} s)"; }

if [ "$database$broker" != sqliteembedded ]; then
  [ -d "$infra" ] || { echo "SKIPPED: no servers here, nothing is known of a system of $made_of" && exit 0; }
  step 'start the servers that it asks for'
  export POSTGRES_PORT=25432
  [ "$database" = sqlite ] || bash "$infra/pg-up.sh" "$POSTGRES_PORT" "$work/postgres"
  [ "$broker" = embedded ] || bash "$infra/kafka-up.sh" kraft 19092 "$work/kafka"
fi

step 'pack the CLI, and install it elsewhere'
npm pack --silent --workspace @msx/cli --pack-destination "$work" >/dev/null
mkdir "$work/elsewhere"
(cd "$work/elsewhere" && npm init -y >/dev/null && npm install --silent --ignore-scripts --no-audit --no-fund --prefer-offline "$work"/msx-cli-*.tgz)
rm "$work"/msx-cli-*.tgz
export PATH="$work/elsewhere/node_modules/.bin:$PATH"

if [ "$made_of" = 'empty, sqlite, embedded' ]; then
  step 'run its commands at a terminal'
  (cd "$repository" && TERMINAL_MSX="$work/elsewhere/node_modules/.bin/msx" node --experimental-vm-modules --no-warnings \
    node_modules/jest/bin/jest.js --selectProjects e2e --testPathPatterns 'e2e/terminal/(help|stopped|questions)')
fi

step "msx new village, of $made_of"
cd "$work"
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@example.com GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@example.com
address=$([ "$broker" != external ] || echo --broker-address=127.0.0.1:19092)
msx new village --template "$template" --database "$database" --broker "$broker" $address --yes
rm -rf "$work/elsewhere" # from here on the system stands on its own
cd village
PATH="$PWD/node_modules/.bin:$PATH"
test -z "$(git status --porcelain)"
msx diff | grep -q 'everything is as msx wrote it'
prettier --check --log-level warn .
msx render --check

step 'start it, and grow it while it runs'
sed -i 's/port: 3000/port: 23000/; s/port: 9092/port: 19092/; s/port: 5005\([0-9]\)/port: 5205\1/' msx.yaml
printf '\nlogs:\n  directory: %s\n' "$work/logs" >>msx.yaml
if [ "$database" = postgres ]; then
  # As the container "databases" of docker-compose.yml makes them.
  for name in items stock_items users products orders; do createdb -h 127.0.0.1 -p "$POSTGRES_PORT" -U postgres "$name"; done
fi
# Apache Kafka is not run in Docker here: e2e/docker does that.
msx dev start --watch --broker "${broker/kafka/external}"
listener=$([ "$template" = empty ] && echo item-service || echo user-service)
grow() {
  msx generate service inventory --entity StockItem --fields 'sku:string!,amount:int=0'
  msx generate rpc inventory.TakeStock --input 'stockItemId:id,by:int!' --output StockItem
  msx generate event stock.taken --service inventory --fields 'stockItemId:id,by:int!'
  msx generate consumer stock.taken --service "$listener"
}
grow
node "$repository/e2e/new-system/write-take-stock.mjs"

step 'call it'
gql() { curl --fail --silent --show-error --max-time 20 localhost:23000/graphql -H 'content-type: application/json' -d "{\"query\": \"$1\"}"; }
eventually() { for _ in $(seq 240); do "$@" && return || sleep 0.5; done; echo "never: $*" && return 1; }
created() { gql 'mutation { createStockItem(sku: \"A-1\", amount: 50) { id } }' 2>&1 | tee created.json | grep '"id":"'; }
eventually created
id=$(sed 's/.*"id":"\([^"]*\)".*/\1/' created.json) && rm created.json
taken() { gql "mutation { takeStock(stockItemId: \\\"$id\\\", by: 2) { amount } }" 2>&1 | grep '"amount":4'; }
eventually taken
heard() { msx logs "$listener" --grep "stock.taken $id" | grep "$id"; }
eventually heard
gql '{ stockItems(page: 1, limit: 10) { sku amount } }' | grep '"sku":"A-1","amount":4'
if [ "$template" = empty ]; then
  gql 'mutation { createItem(name: \"Spade\", price: 9.99) { name price stock } }' | grep '"price":9.99,"stock":0'
else
  gql '{ usersCount productsCount }' | grep '"usersCount":0'
fi
msx dev stop
! curl --silent localhost:23000/graphql >/dev/null

step 'the same again changes nothing, whatever a person has written since'
git add --all
grow >again.txt
! grep '^\(created\|changed\|removed\)' again.txt && rm again.txt && test -z "$(git diff --name-only)"
msx diff | grep stock-item.service.ts
msx render --check
msx proto lint

step 'npm test'
npm test --silent
step "a new system of $made_of works"
