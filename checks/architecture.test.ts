import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { createRequire } from 'node:module';
import ts from 'typescript';
import { DEFAULT_LIMIT } from '@msx/runtime';
import { boundedFields } from '@msx/runtime/testing';
import { gitIn } from '../cli/src/code/git/git.fixture.js';

const root = join(import.meta.dirname, '..');
const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** The table in ARCHITECTURE.md whose first column is `heading`: its first column as keys, its second as values. */
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
  '@msx/gateway': 'gateway',
  '@msx/broker': 'broker',
  '@msx/cli': 'cli/src',
};

const tracked = gitIn(root, 'ls-files', '--cached', '--others', '--exclude-standard')
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)));
const sources = tracked.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
const production = sources.filter((file) => !/\.(test|fixture)\.(tsx?|mjs)$/.test(file));

const isIn = (file: string, room: string) => file === room || file.startsWith(room + '/');
const roomOf = (file: string) => rooms.find((room) => isIn(file, room));

/** The file or room of this repository that an import refers to, if any. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.'))
    return relative(root, resolve(root, dirname(file), specifier))
      .split(sep)
      .join('/');
  return packages[specifier.split('/').slice(0, 2).join('/')];
}

function forbiddenImports(file: string): string[] {
  const room = roomOf(file);
  if (!room) return [`${file} is not in any room of ARCHITECTURE.md`];
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

/** The number of lines that are neither imports nor static class members, such as help, arguments and flags. */
function linesOfWork(file: string): number {
  const text = readFileSync(join(root, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const isStatic = (member: ts.ClassElement) =>
    ts.canHaveModifiers(member) &&
    ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
  const work = source.statements
    .filter((statement) => !ts.isImportDeclaration(statement))
    .flatMap((statement): ts.Node[] =>
      ts.isClassDeclaration(statement)
        ? statement.members.filter((member) => !isStatic(member))
        : [statement],
    );
  const lines = work.map((node) => node.getText(source).split('\n').length);
  return lines.reduce((sum, count) => sum + count, 0);
}

/** Texts that are compared or looked up but never stored, and cursors, which validate themselves. */
const NOT_STORED = /^(id|after|productId|userId|refreshToken|currentPassword)$/;

describe('contracts', () => {
  it.each(tracked.filter((file) => /^(templates\/)?proto\/.*\.proto$/.test(file)))(
    'limit the length of each list and each text of a request: %s',
    (file) => {
      const fields = boundedFields(readFileSync(join(root, file), 'utf8'));
      const unlimited = fields
        .filter(({ max }) => max === undefined)
        .filter(({ kind, path, rpc }) => {
          if (kind === 'list') return true;
          return !file.startsWith('templates/') && rpc !== 'login' && !NOT_STORED.test(path.at(-1)!);
        });
      expect(unlimited.map(({ rpc, path }) => `${rpc}(${path.join('.')})`)).toEqual([]);
    },
  );
});

describe('the architecture', () => {
  it('matches its table', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && tracked.some((file) => isIn(file, entry.name)))
      .map(({ name }) => name + '/');
    expect([...table('Folder').keys()].sort()).toEqual(folders.sort());
    for (const room of rooms) expect([room, existsSync(join(root, room))]).toEqual([room, true]);
  });

  it('has at most nine groups in the CLI, each with three lines that say what belongs there', () => {
    const groups = readdirSync(join(root, 'cli/src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(groups.map(({ name }) => name).sort()).toEqual([...table('Group').keys()].sort());
    expect(groups.length).toBeLessThanOrEqual(9);
    for (const { name } of groups) {
      const [title, ...lines] = readFileSync(join(root, 'cli/src', name, 'README.md'), 'utf8')
        .trim()
        .split('\n')
        .filter(Boolean);
      expect([name, title, lines.length]).toEqual([name, `# ${name}`, 3]);
    }
  });

  it('keeps commands to parsing, a call and printing: at most 50 lines besides imports and declarations', () => {
    const commands = production.filter((file) => /^cli\/src\/commands\/.*\.ts$/.test(file));
    const long = commands.filter((file) => linesOfWork(file) > 50);
    expect(commands.length).toBeGreaterThan(40);
    expect(long).toEqual([]);
  });

  it('lists each room of the CLI in its group', () => {
    for (const [group, cell] of table('Group')) {
      const inside = rooms.filter((room) => isIn(room, `cli/src/${group}`) && room !== `cli/src/${group}`);
      const listed = group === 'commands' ? [] : cell.slice(cell.indexOf(': ') + 2).split(', ');
      expect(listed.map((room) => `cli/src/${group}/${room}`).sort()).toEqual(inside.sort());
    }
  });

  it('allows only the imports in the table', () => {
    const inRooms = production.filter((file) =>
      /^(broker|runtime|gateway|cli|services|templates)\/.*src\//.test(file),
    );
    expect(inRooms.length).toBeGreaterThan(50);
    expect(inRooms.flatMap(forbiddenImports)).toEqual([]);
  });

  it('names files in kebab-case and folders after their subject', () => {
    const names = production.map((file) => basename(file).replace(/\.[^.]+$/, ''));
    expect(names.filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name))).toEqual([]);
    const vague = tracked.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.)/.test(file));
    expect(vague).toEqual([]);
  });

  it('keeps every source file within 300 lines', () => {
    const long = sources.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('calls git in one room only, which shields it from the variables of a surrounding git hook', () => {
    const call = /\b(?:exec\w*|spawn\w*|fork|\$)\s*[(`]\s*['"`]?git\b/;
    const calling = [...sources, ...tracked.filter((file) => file.endsWith('.js'))].filter((file) =>
      call.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(calling.sort()).toEqual(['cli/src/code/git/git.fixture.ts', 'cli/src/code/git/git.ts']);
  });

  it('replaces and claims files in one room of the CLI', () => {
    const others = production.filter(
      (file) => file.startsWith('cli/src/') && !file.startsWith('cli/src/model/files/'),
    );
    const moving = others.filter((file) =>
      /\b(rename|link)Sync\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(moving.sort()).toEqual([
      'cli/src/code/generate/changes/apply-changes.ts', // moves many files into place, or back
      'cli/src/code/scaffold/new-system.ts', // moves a folder to where none may exist
      'cli/src/running/drivers/process/cut-log.ts', // while the writers are paused
      'cli/src/running/drivers/process/log-link.ts', // keeps a file that has the name of the link
    ]);
  });

  it('has an ADR for each decision it lists', () => {
    const listed = [...architecture.matchAll(/\(docs\/adr\/([\w-]+\.md)\)/g)].map(([, file]) => file);
    expect(listed.sort()).toEqual(readdirSync(join(root, 'docs/adr')).sort());
  });
});

describe('the contracts', () => {
  it('say the default number of rows', () => {
    const contracts = tracked.filter((file) => file.endsWith('.proto'));
    const text = contracts.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
    const comments = [...text.matchAll(/(.*)\n *int32 (?:limit|first) = /g)].map(([, comment]) => comment);
    expect(comments.length).toBeGreaterThan(5);
    for (const comment of comments) expect(comment).toMatch(`(default: ${DEFAULT_LIMIT})`);
  });
});

describe('the packages of this repository', () => {
  it('are referred to by their current versions, since npm would look up any other in a registry', () => {
    const manifests = tracked
      .filter((file) => basename(file) === 'package.json' && !file.startsWith('templates/system/'))
      .map((file) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest);
    const versions = new Map(manifests.map(({ name, version }) => [name, version]));
    const referred = manifests.flatMap(({ dependencies, devDependencies, peerDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies }).filter(([name]) =>
        name.startsWith('@msx/'),
      ),
    );
    expect(referred.length).toBeGreaterThan(4);
    for (const [name, version] of referred) expect([name, version]).toEqual([name, versions.get(name)]);
  });
});

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

describe('the npm scripts', () => {
  const manifests = tracked.filter((file) => basename(file) === 'package.json');
  const scripts = manifests.flatMap((file) => {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
      scripts?: Record<string, string>;
    };
    return Object.entries(manifest.scripts ?? {}).map(([name, script]) => ({ file, name, script }));
  });
  /** The command that gets the arguments after `npm run NAME --`. */
  const lastCommand = (script: string) => script.split('&&').at(-1)!.trim();

  const loadFrom = (name: string) => createRequire(createRequire(import.meta.url).resolve(name));
  const { yargsOptions } = loadFrom('jest/package.json')('jest-cli') as {
    yargsOptions: Record<string, { type: string; alias?: string }>;
  };
  const lists = Object.entries(yargsOptions).filter(([, { type }]) => type === 'array' || type === undefined);

  it('do not end with a Jest option that takes a list, which would swallow the arguments', () => {
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
