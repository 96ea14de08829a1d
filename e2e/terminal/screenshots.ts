import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ShopCopy } from '../shop-copy.fixture.js';
import { screenSvg } from './screen-svg.fixture.js';
import { Terminal } from './terminal.fixture.js';

/** Writes docs/images: pictures of a real run, as a terminal shows it. */
const images = resolve('docs/images');
const shop = await ShopCopy.create();

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

try {
  mkdirSync(images, { recursive: true });
  await picture('msx dev start', {
    'dev-start-progress': /✔ (user|product|order)-service/,
    'dev-start': 'end',
  });
  await picture('msx dev status', { 'dev-status': 'end' });
  await picture('msx dev why order-service', { 'dev-why': 'end' });
  await picture('msx logs -n 10', { logs: 'end' });
} finally {
  await shop.destroy();
}
