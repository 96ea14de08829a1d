/**
 * Queries and orders through the gateway, as clients in the cluster do, until SIGTERM; then prints its counts as one line
 * of JSON. Every unexpected answer counts as a failure; with PERSIST, a failed order is then retried with the same key
 * until it succeeds.
 */
const { AbortSignal, crypto, fetch } = globalThis;
const { GATEWAY, TOKEN, USER, PRODUCT, PERSIST, CLIENTS = '4', PAUSE = '100' } = process.env;
const counts = { queried: 0, ordered: 0, failures: [] };
let ending = false;
process.once('SIGTERM', () => (ending = true));

const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
const pause = () => new Promise((resolve) => setTimeout(resolve, Number(PAUSE)));

async function send(query, key) {
  const began = new Date().toISOString();
  try {
    const response = await fetch(GATEWAY, {
      method: 'POST',
      headers: key ? { ...headers, 'idempotency-key': key } : headers,
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await response.json();
    if (!response.ok || answer.errors) throw new Error(`${response.status} ${JSON.stringify(answer.errors)}`);
    return true;
  } catch (error) {
    counts.failures.push(
      `${began} ${error.message} ${error.cause?.message ?? ''} ${error.cause?.code ?? ''}`,
    );
    return false;
  }
}

async function client() {
  while (!ending) {
    const query = `{ user(id: "${USER}") { id name } product(id: "${PRODUCT}") { id stock } }`;
    if (await send(query)) counts.queried++;
    const item = `{ productId: "${PRODUCT}", quantity: 1 }`;
    const order = `mutation { createOrder(userId: "${USER}", items: [${item}]) { id } }`;
    const key = crypto.randomUUID();
    let ordered = await send(order, key);
    while (PERSIST && !ordered) {
      await pause();
      ordered = await send(order, key);
    }
    if (ordered) counts.ordered++;
    await pause();
  }
}

console.log('begun');
await Promise.all(Array.from({ length: Number(CLIENTS) }, client));
console.log(JSON.stringify(counts));
