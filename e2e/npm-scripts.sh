#!/usr/bin/env bash
# Runs the npm scripts as people type them, on the ports of msx.yaml.
set -euo pipefail
cd "$(dirname "$0")/.."
ports="3000 50051 50052 50053 9092"

gql() { # query [token]
  curl -sS --max-time 10 localhost:3000/graphql -H 'content-type: application/json' \
    ${2:+-H "authorization: Bearer $2"} -d "{\"query\":\"$1\"}"
}
answers() { gql '{ users(page: 1, limit: 10) { id name email createdAt } }' "${1:-}" | grep -q '"users":\['; }
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
all_free() { for port in $ports; do ! listening "$port" || { echo "port $port is still in use"; return 1; }; done; }
all_in_use() { for port in $ports; do listening "$port" || { echo "port $port is not in use"; return 1; }; done; }

all_free
trap 'npm run --silent dev:stop >/dev/null || true' EXIT

echo '--- npm run dev:start'
npm run --silent dev:start
all_in_use
answers
for service in api-gateway user-service product-service order-service; do test -s "/tmp/$service.log"; done
npm run --silent dev:stop
all_free

echo '--- scripts/dev-start.sh'
scripts/dev-start.sh
answers
scripts/dev-stop.sh
all_free

echo '--- npm run start:prod'
npm run --silent start:prod
gql '{ usersCount }' | grep -q UNAUTHENTICATED
password=$(head -c 18 /dev/urandom | base64 | tr '+/' '-_')
echo "$password" | npx --no-install msx users create-admin --email admin-$$@example.com --name Admin --password-stdin
signed_in=$(gql "mutation { login(email: \\\"admin-$$@example.com\\\", password: \\\"$password\\\") { accessToken } }")
token=$(sed -n 's/.*"accessToken":"\([^"]*\)".*/\1/p' <<< "$signed_in")
answers "$token"
npx --no-install msx keys rotate
answers "$token"
npm run --silent dev:stop
all_free
echo '--- the npm scripts work'
