/**
 * What a person writes into generated code: taking from a stock item lowers its amount, and publishes an event in the same
 * transaction. Run in the root of a system with the slices that new-system.sh generates.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const folder = 'services/inventory/src/stock-item';

edit(`${folder}/take-stock.ts`, [
  ['service.get(request.stockItemId)', 'service.take(request.stockItemId, request.by)'],
]);
edit(`${folder}/stock-item.service.ts`, [
  [
    "  rowsOf,\n} from '@msx/runtime';\n",
    "  Outbox,\n  rowsOf,\n} from '@msx/runtime';\nimport { publishStockTaken } from './stock-taken.event.js';\n",
  ],
  ['events: StockItemEvents,\n', 'events: StockItemEvents,\n    private readonly outbox: Outbox,\n'],
  [
    '  async count()',
    `  /** @throws DomainError STOCK_ITEM_NOT_FOUND */
  async take(id: string, by: number): Promise<StockItem> {
    const { amount } = await this.get(id);
    return this.database.transaction(async (tx) => {
      await tx.update(StockItem, { id }, { amount: amount - by });
      await publishStockTaken(this.outbox, tx, { stockItemId: id, by });
      return tx.findOneByOrFail(StockItem, { id });
    });
  }

  async count()`,
  ],
]);

function edit(file, changes) {
  let text = readFileSync(file, 'utf8');
  for (const [before, after] of changes) {
    if (!text.includes(before)) throw new Error(`${file} does not say ${before}`);
    text = text.replace(before, after);
  }
  writeFileSync(file, text);
}
