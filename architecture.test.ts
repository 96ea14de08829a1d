import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { createRequire } from 'node:module';
import ts from 'typescript';
import { DEFAULT_LIMIT } from '@msx/runtime';

const root = import.meta.dirname;
const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** The first column of a table in ARCHITECTURE.md that is headed by `heading`, with the second column as its value. */
function table(heading: string): Map<string, string> {
  const lines = architecture.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const end = lines.findIndex((line, n) => n > start && !line.startsWith('|'));
  const rows = lines.slice(start + 2, end).map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.map(([, key, value]) => [key!.replaceAll('`', ''), value!.replaceAll('`', '')]));
}

const mayImport = new Map(
  [...table('Room')].map(([room, cell]) => [room, cell === 'nothing' ? [] : cell.split(', ')] as const),
);
const rooms = [...mayImport.keys()].sort((a, b) => b.length - a.length);
const packages: Record<string, string> = {
  '@msx/runtime': 'runtime',
  '@msx/broker': 'broker',
  '@msx/cli': 'cli/src',
};

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)));
const sources = tracked.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
const production = sources.filter((file) => !/\.(test|fixture)\.(tsx?|mjs)$/.test(file));

const isIn = (file: string, room: string) => file === room || file.startsWith(room + '/');
const roomOf = (file: string) => rooms.find((room) => isIn(file, room));

/** The file or room that an import leads to, when it is one of ours. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.'))
    return relative(root, resolve(root, dirname(file), specifier))
      .split(sep)
      .join('/');
  return packages[specifier.split('/').slice(0, 2).join('/')];
}

function forbiddenImports(file: string): string[] {
  const room = roomOf(file);
  if (!room) return [`${file} is in no room of ARCHITECTURE.md`];
  const allowed = [room, ...mayImport.get(room)!];
  return ts
    .preProcessFile(readFileSync(join(root, file), 'utf8'))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => {
      const target = targetOf(file, specifier);
      return (
        target !== undefined &&
        !allowed.some((each) => isIn(target, each) || isIn(target.replace(/\.js$/, '.ts'), each))
      );
    })
    .map(
      (specifier) =>
        `${file} imports ${specifier}: ${room} may import ${mayImport.get(room)!.join(', ') || 'nothing'}`,
    );
}

describe('the architecture', () => {
  it('is a table and a tree that agree', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && tracked.some((file) => isIn(file, entry.name)))
      .map(({ name }) => name + '/');
    expect([...table('Folder').keys()].sort()).toEqual(folders.sort());
    for (const room of rooms) expect([room, existsSync(join(root, room))]).toEqual([room, true]);
  });

  it('lets nobody import what the table does not say', () => {
    const inRooms = production.filter((file) =>
      /^(broker|runtime|cli|services|dashboard|templates)\/.*src\//.test(file),
    );
    expect(inRooms.length).toBeGreaterThan(50);
    expect(inRooms.flatMap(forbiddenImports)).toEqual([]);
  });

  it('names files in kebab-case and folders after what they are about', () => {
    const named = production.map((file) => basename(file).replace(/\.[^.]+$/, ''));
    expect(named.filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name))).toEqual([]);
    const vague = tracked.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.)/.test(file));
    expect(vague).toEqual([]);
  });

  it('keeps every source file within 300 lines', () => {
    const long = sources.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('writes an ADR for each choice it lists', () => {
    const listed = [...architecture.matchAll(/\(docs\/adr\/([\w-]+\.md)\)/g)].map(([, file]) => file);
    expect(listed.sort()).toEqual(readdirSync(join(root, 'docs/adr')).sort());
  });
});

describe('the contracts', () => {
  it('say what an unset number of rows means', () => {
    const contracts = tracked.filter((file) => file.endsWith('.proto'));
    const text = contracts.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
    const comments = [...text.matchAll(/(.*)\n *int32 (?:limit|first) = /g)].map(([, comment]) => comment);
    expect(comments.length).toBeGreaterThan(5);
    for (const comment of comments) expect(comment).toMatch(`(default: ${DEFAULT_LIMIT})`);
  });
});

describe('the npm scripts', () => {
  const manifests = tracked.filter((file) => basename(file) === 'package.json');
  const scripts = manifests.flatMap((file) => {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
      scripts?: Record<string, string>;
    };
    return Object.entries(manifest.scripts ?? {}).map(([name, script]) => ({ file, name, script }));
  });
  /** What gets the arguments after `npm run NAME --`. */
  const lastCommand = (script: string) => script.split('&&').at(-1)!.trim();

  const loadFrom = (name: string) => createRequire(createRequire(import.meta.url).resolve(name));
  const { yargsOptions } = loadFrom('jest/package.json')('jest-cli') as {
    yargsOptions: Record<string, { type: string; alias?: string }>;
  };
  const lists = Object.entries(yargsOptions).filter(([, { type }]) => type === 'array' || type === undefined);

  it('do not end with an option of jest that takes a list, which would swallow the arguments', () => {
    const swallowing = scripts.filter(({ script }) => {
      const option = lastCommand(script).match(/jest\.js .*--(\w+)/)?.[1];
      return lists.some(([name]) => name === option);
    });
    expect(lists.map(([name]) => name)).toContain('selectProjects');
    expect(scripts.length).toBeGreaterThan(30);
    expect(swallowing).toEqual([]);
  });

  it('pass the arguments on to the tests that they run', () => {
    const running = scripts.filter(({ name }) => /^test(:(built|cov|e2e|e2e:built|watch))?$/.test(name));
    const last = running.map(({ script }) => lastCommand(script));
    expect(last.filter((command) => /^npm run [\w:-]+$/.test(command))).toEqual([]);
  });

  it.each([
    ['services/user-service', 'test', 'src/user/user.rules.test.ts'],
    ['runtime', 'test', 'src/validation/page.test.ts'],
    ['.', 'test:e2e:built', 'e2e/signing-in.test.ts'],
  ])('in %s: %s runs only the tests that are named', (folder, script, file) => {
    const name = basename(file, '.test.ts');
    const args = ['run', '--silent', '--ignore-scripts', script, '--', name, '--listTests'];
    const listed = execFileSync('npm', args, { cwd: join(root, folder), encoding: 'utf8' });
    expect(listed.match(/^\/.*/gm)).toEqual([join(root, folder, file)]);
  });
});
