import { describe, expect, it } from '@jest/globals';
import { freedText } from './freed-text.js';
import type { PortState } from '../dev/held-ports.js';

const port = (number: number, heldBy: PortState['heldBy']): PortState => ({
  port: number,
  heldBy,
  wantedBy: 'orders',
  use: 'gRPC',
});

describe('what is said of freed ports', () => {
  it.each([
    ['nothing to free', [port(1, 'nobody')], []],
    ['freed 1, 2', [port(1, 'left behind'), port(2, 'stranger')], [1, 2]],
    ['still held: 2', [port(1, 'nobody'), port(2, 'stranger')], []],
    ['freed 1 · still held: 2', [port(1, 'left behind'), port(2, 'stranger')], [1]],
  ])('is %s', (text, chosen, freed) => {
    expect(freedText(chosen, freed)).toBe(text);
  });
});
