/** A quantity of one item at a price in minor units. */
export interface PricedLine {
  readonly price: number;
  readonly quantity: number;
}

/**
 * The exact total of the lines, in minor units; a price times a quantity may exceed the safe integers.
 *
 * @returns undefined when the total is not a safe integer
 */
export function totalOf(lines: readonly PricedLine[]): number | undefined {
  const total = lines.reduce((sum, { price, quantity }) => sum + BigInt(price) * BigInt(quantity), 0n);
  return total <= Number.MAX_SAFE_INTEGER ? Number(total) : undefined;
}
