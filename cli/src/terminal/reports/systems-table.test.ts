import { expect, it } from '@jest/globals';
import { rangesText } from './systems-table.js';

it.each([
  [[], ''],
  [[3000], '3000'],
  [[3000, 9092, 50_051, 50_052, 50_053], '3000, 9092, 50051-50053'],
])('shows the ports %j as %j', (ports, text) => expect(rangesText(ports)).toBe(text));
