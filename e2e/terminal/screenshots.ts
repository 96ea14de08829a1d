import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { ShopCopy } from '../shop-copy.fixture.js';
import { screenSvg } from './screen-svg.fixture.js';
import { Terminal } from './terminal.fixture.js';
import type { Document } from 'yaml';

/** Writes docs/images: pictures of a real run, as a terminal shows it. */
const images = resolve('docs/images');
/** On its usual ports, as whoever runs it sees them. */
const shop = await ShopCopy.create(usualPorts);

function usualPorts(model: Document): void {
  const usual = parse(readFileSync('msx.yaml', 'utf8')) as Model;
  model.setIn(['broker', 'port'], usual.broker.port);
  for (const [name, { port }] of Object.entries(usual.services))
    model.setIn(['services', name, 'port'], port);
}

interface Model {
  broker: { port: number };
  services: Record<string, { port: number }>;
}

/** What is not for the pictures. */
const quietly = async (...args: string[]) => void (await shop.msx(...args));

async function picture(line: string, pictures: Readonly<Record<string, RegExp | 'end'>>): Promise<void> {
  const terminal = await Terminal.open({ cwd: shop.root, columns: 100, rows: 30 });
  const save = (name: string) => {
    const { baseY, cursorY } = terminal.emulator.buffer.active;
    writeFileSync(`${images}/${name}.svg`, screenSvg(terminal.emulator, { first: 0, rows: baseY + cursorY }));
  };
  terminal.start(line);
  for (const [name, when] of Object.entries(pictures)) {
    await (when === 'end' ? terminal.ended() : terminal.waitFor(when));
    save(name);
  }
  await terminal.ended();
  await terminal.close();
}

/** A service asks its dependencies now and then. */
async function waitUntilNoticed(): Promise<void> {
  for (;;) {
    const { stdout } = await shop.msx('dev', 'why', 'order-service');
    if (/degraded/.test(stdout)) return;
  }
}

try {
  mkdirSync(images, { recursive: true });
  await picture('msx dev start', {
    'dev-start-progress': /✔ (user|product|order)-service/,
    'dev-start': 'end',
  });
  await picture('msx dev status', { 'dev-status': 'end' });
  await quietly('gql', '{ users(page: 1, limit: 10) { id name } }');
  await quietly('gql', '{ products(page: 1, limit: 10) { id } }');
  await quietly('gql', '{ order(id: "none") { id } }');
  await picture('msx logs -n 10', { logs: 'end' });
  await quietly('dev', 'stop', 'kafka');
  await waitUntilNoticed();
  await picture('msx dev why order-service', { 'dev-why': 'end' });
} finally {
  await shop.destroy();
}
