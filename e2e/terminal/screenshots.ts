import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { ShopCopy } from '../shop-copy.fixture.js';
import { screenSvg } from './screen-svg.fixture.js';
import { Terminal } from './terminal.fixture.js';
import type { Document } from 'yaml';

/** Writes docs/images: pictures of a real run, as a terminal shows it. */
const images = resolve('docs/images');
/** On its default ports, as users see them. */
const shop = await ShopCopy.create(defaultPorts);

function defaultPorts(model: Document): void {
  const defaults = parse(readFileSync('msx.yaml', 'utf8')) as Model;
  model.setIn(['broker', 'port'], defaults.broker.port);
  for (const [name, { port }] of Object.entries(defaults.services))
    model.setIn(['services', name, 'port'], port);
}

interface Model {
  broker: { port: number };
  services: Record<string, { port: number }>;
}

/** Runs a command that is not part of a picture. */
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

/** Waits until the service has checked its dependencies again. */
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
