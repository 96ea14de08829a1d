#!/usr/bin/env bash
# A system made by the packed CLI, as a stranger has it: installed, tested, grown, started, called and stopped.
# With an argument, that template instead of the empty one: e2e/new-system.sh shop
set -euo pipefail
cd "$(dirname "$0")/.."
template=${1:-empty}
work=$(mktemp -d)
trap '[ -d "$work/village" ] && (cd "$work/village" && npx --no-install msx dev stop >/dev/null 2>&1) || true; rm -rf "$work"' EXIT
step() { echo "--- $*"; }

step 'pack the CLI, and install it elsewhere'
npm pack --silent --workspace @msx/cli --pack-destination "$work" >/dev/null
mkdir "$work/elsewhere"
(cd "$work/elsewhere" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund "$work"/msx-cli-*.tgz)
rm "$work"/msx-cli-*.tgz
export PATH="$work/elsewhere/node_modules/.bin:$PATH"

step "msx new village --template $template"
cd "$work"
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@example.com GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@example.com
msx new village --template "$template" --yes
rm -rf "$work/elsewhere" # from here on the system stands on its own
cd village
test -z "$(git status --porcelain)"
npx --no-install msx diff | grep -q 'everything is as msx wrote it'
npx --no-install prettier --check --log-level warn .
npx --no-install msx render --check

step 'npm test'
npm test --silent

step 'grow it by a service'
sed -i 's/port: 3000/port: 23000/; s/port: 9092/port: 19092/; s/port: 5005\([0-9]\)/port: 5205\1/' msx.yaml
npx --no-install msx generate service inventory --entity StockItem --fields 'sku:string!,amount:int=0'
npx --no-install msx render
npx --no-install msx build
npx --no-install msx proto lint
(cd services/inventory && npm test --silent)

step 'start, call, stop'
gql() { curl --fail --silent --show-error localhost:23000/graphql -H 'content-type: application/json' -d "{\"query\": \"$1\"}"; }
npx --no-install msx dev start
gql 'mutation { createStockItem(sku: \"A-1\") { id sku amount } }' | tee created.json
grep -q '"sku":"A-1","amount":0' created.json
gql '{ stockItems(page: 1, limit: 10) { sku } }' | grep -q '"sku":"A-1"'
if [ "$template" = empty ]; then
  gql 'mutation { createItem(name: \"Spade\", price: 9.99) { name price stock } }' | grep -q '"price":9.99,"stock":0'
else
  gql '{ usersCount productsCount }' | grep -q '"usersCount":0'
fi
npx --no-install msx dev stop
! curl --silent localhost:23000/graphql >/dev/null
echo "--- a new $template system works"
