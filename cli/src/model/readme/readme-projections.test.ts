import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { loadSystem } from '../system/load-system.js';
import { staleAmong } from '../system/projection.js';
import type { FileTree } from '../system/file-tree.js';
import { readmeProjections } from './readme-projections.js';
import { fillSections, hasSections, withoutSections } from './sections.js';

const root = resolve(import.meta.dirname, '../../../..');
const shop = loadSystem(root);

const README = `# order-service

<!-- msx:rpcs -->

old

<!-- /msx:rpcs -->

By hand.

<!-- msx:errors -->

<!-- /msx:errors -->

<!-- msx:events -->

<!-- /msx:events -->

<!-- msx:other -->

as it was

<!-- /msx:other -->
`;

const files: Readonly<Record<string, string>> = {
  'services/order-service/README.md': README,
  'proto/order.proto': `package shop.order.v1;
// Orders.
service OrderService {
  // Saves an order;
  // the stock decides | later.
  rpc CreateOrder(CreateOrderRequest) returns (CreateOrderResponse);
  rpc GetOrder(GetOrderRequest) returns (GetOrderResponse);
}
`,
  'proto/order_events.proto': `package shop.order.v1;
// order.created: an order was saved.
message OrderCreated {}
`,
  'services/order-service/src/order/order.errors.ts': `export const orderErrors = defineErrors({
  ORDER_NOT_FOUND: { kind: 'not-found', when: 'No order has this id' },
  KEY_REUSED: {
    kind: 'conflict',
    when: "The key was used for somebody's order",
  },
});
`,
};

const tree: FileTree = {
  read: (path) => files[path],
  has: (path) => path in files,
  names: (folder) => [
    ...new Set(
      Object.keys(files)
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split('/')[0]!),
    ),
  ],
};

describe('the README of a service', () => {
  it('lists the RPCs of its contract, its errors, and the events of msx.yaml', () => {
    const [projection, ...others] = readmeProjections(shop, tree);
    expect(others).toEqual([]);
    expect(projection!.text).toContain(`<!-- msx:rpcs -->

| RPC           | What it does                                |
| ------------- | ------------------------------------------- |
| \`CreateOrder\` | Saves an order; the stock decides \\| later. |
| \`GetOrder\`    |                                             |

<!-- /msx:rpcs -->

By hand.
`);
    expect(projection!.text).toContain(`
| \`KEY_REUSED\`      | \`ALREADY_EXISTS\` | The key was used for somebody's order |
| \`ORDER_NOT_FOUND\` | \`NOT_FOUND\`      | No order has this id                  |
`);
    expect(projection!.text).toMatch(/\| `order\.created` +\| published +\| an order was saved\. +\|/);
    expect(projection!.text).toMatch(/\| `order\.stock\.decided` +\| consumed, from product-service +\| +\|/);
    expect(projection!.text).toContain('\n\nas it was\n\n');
  });

  it('does not change outside its sections', () => {
    const filled = fillSections(README, { rpcs: 'a', errors: 'b', events: 'None.', settings: 'd' });
    expect(filled).not.toBe(README);
    expect(withoutSections(filled)).toBe(withoutSections(README));
    expect([hasSections(README), hasSections('# other\n')]).toEqual([true, false]);
  });

  it('of a gateway lists the errors of the services that it calls, and the events that it follows', () => {
    const { text } = readmeProjections(shop).find(({ path }) => path === 'services/api-gateway/README.md')!;
    expect(text).toMatch(/\| `EMAIL_TAKEN` +\| user-service +\| Another user /);
    expect(text).toMatch(/\| `order\.status\.changed` +\| followed, from order-service +\|/);
    expect(text).toMatch(/\| `PORT` +\| 3000 +\| The port of HTTP +\|/);
    expect(text).toMatch(/\| `ORDER_SERVICE_URL` +\| required +\| `host:port` of order-service +\|/);
  });

  it('is up to date for every service of the shop', () => {
    const projections = readmeProjections(shop);
    expect(projections.map(({ path }) => path)).toEqual(shop.services.map(({ path }) => `${path}/README.md`));
    expect(staleAmong(projections, root).map(({ path }) => path)).toEqual([]);
  });
});
