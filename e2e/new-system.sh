#!/usr/bin/env bash
# A system created by the packed CLI, as users have it: installed, started, extended while it runs with a service, an RPC,
# an event and its consumer, called, stopped and tested.
# e2e/new-system.sh [TEMPLATE [DATABASE [BROKER]]] (default: empty sqlite embedded)
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
infra=${INFRA:-$repository/../shared/infra}
template=${1:-empty} database=${2:-sqlite} broker=${3:-embedded}
variant="$template, $database, $broker"
work=$(mktemp -d)
chmod 755 "$work" # PostgreSQL runs as a separate user
finish() {
  [ ! -d "$work/village" ] || (cd "$work/village" && npx --no-install msx dev stop >/dev/null 2>&1) || true
  [ ! -d "$work/postgres" ] || bash "$infra/pg-up.sh" --stop "$work/postgres" >/dev/null || true
  [ ! -d "$work/kafka" ] || bash "$infra/kafka-down.sh" "$work/kafka" >/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
step() { echo "--- $* (${SECONDS} s)"; }

if [ "$database$broker" != sqliteembedded ]; then
  [ -d "$infra" ] || { echo "SKIPPED: the servers are not available; the system with $variant was not tested" && exit 0; }
  step 'start the servers that it needs'
  export POSTGRES_PORT=25432
  [ "$database" = sqlite ] || bash "$infra/pg-up.sh" "$POSTGRES_PORT" "$work/postgres"
  [ "$broker" = embedded ] || bash "$infra/kafka-up.sh" kraft 19092 "$work/kafka"
fi

step 'pack every package as it would be published, and install it elsewhere'
node scripts/pack-packages.mjs "$work/packages"
mkdir "$work/elsewhere"
(cd "$work/elsewhere" && npm init -y >/dev/null && npm install --silent --ignore-scripts --no-audit --no-fund --prefer-offline "$work"/packages/*.tgz)
rm -r "$work/packages"
node e2e/new-system/import-packages.mjs "$work/elsewhere"
export PATH="$work/elsewhere/node_modules/.bin:$PATH"

if [ "$variant" = 'empty, sqlite, embedded' ]; then
  step 'run its commands on a terminal'
  (cd "$repository" && TERMINAL_MSX="$work/elsewhere/node_modules/.bin/msx" bash \
    scripts/jest.sh --selectProjects e2e --testPathPatterns 'e2e/terminal/(help|stopped|questions)')
fi

step "msx new village, with $variant"
cd "$work"
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@example.com GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@example.com
address=$([ "$broker" != external ] || echo --broker-address=127.0.0.1:19092)
msx new village --template "$template" --database "$database" --broker "$broker" $address --yes
rm -rf "$work/elsewhere" # from here on the system must not depend on it
cd village
PATH="$PWD/node_modules/.bin:$PATH"
test -z "$(git status --porcelain)"
msx diff | grep -q 'everything is as msx wrote it'
prettier --check --log-level warn .
msx render --check

step 'an editor finds every import, before anything is built'
for project in services/*/tsconfig.json tsconfig.test.json; do node node_modules/typescript/bin/tsc --noEmit --project "$project"; done

step 'start it, and extend it while it runs'
sed -i 's/port: 3000/port: 23000/; s/port: 9092/port: 19092/; s/port: 5005\([0-9]\)/port: 5205\1/' msx.yaml
printf '\nlogs:\n  directory: %s\n' "$work/logs" >>msx.yaml
if [ "$database" = postgres ]; then
  # As the container "databases" of docker-compose.yml creates them.
  for name in items stock_items users products orders; do createdb -h 127.0.0.1 -p "$POSTGRES_PORT" -U postgres "$name"; done
fi
# Apache Kafka in Docker is tested by e2e/docker, not here.
msx dev start --watch --broker "${broker/kafka/external}"
consumer=$([ "$template" = empty ] && echo item-service || echo user-service)
extend() {
  msx generate service inventory --entity StockItem --fields 'sku:string!,amount:int=0'
  msx generate rpc inventory.TakeStock --input 'stockItemId:id,by:int!' --output StockItem
  msx generate event stock.taken --service inventory --fields 'stockItemId:id,by:int!'
  msx generate consumer stock.taken --service "$consumer"
}
extend
node "$repository/e2e/new-system/write-take-stock.mjs"

step 'call it'
gql() { curl --fail --silent --show-error --max-time 20 localhost:23000/graphql -H 'content-type: application/json' -d "{\"query\": \"$1\"}"; }
eventually() { for _ in $(seq 240); do "$@" && return || sleep 0.5; done; echo "timed out: $*" && return 1; }
created() { gql 'mutation { createStockItem(sku: \"A-1\", amount: 50) { id } }' 2>&1 | tee created.json | grep '"id":"'; }
eventually created
id=$(sed 's/.*"id":"\([^"]*\)".*/\1/' created.json) && rm created.json
taken() { gql "mutation { takeStock(stockItemId: \\\"$id\\\", by: 2) { amount } }" 2>&1 | grep '"amount":4'; }
eventually taken
consumed() { msx logs "$consumer" --grep "stock.taken $id" | grep "$id"; }
eventually consumed
gql '{ stockItems(page: 1, limit: 10) { sku amount } }' | grep '"sku":"A-1","amount":4'
if [ "$template" = empty ]; then
  gql 'mutation { createItem(name: \"Spade\", price: 9.99) { name price stock } }' | grep '"price":9.99,"stock":0'
else
  gql '{ usersCount productsCount }' | grep '"usersCount":0'
fi
msx dev stop
! curl --silent localhost:23000/graphql >/dev/null

step 'generating the same again changes nothing, despite edits since'
git add --all
extend >again.txt
! grep '^\(created\|changed\|removed\)' again.txt && rm again.txt && test -z "$(git diff --name-only)"
msx diff | grep stock-item.service.ts
msx render --check
msx proto lint

step 'npm test'
npm test --silent
step "a new system with $variant works"
