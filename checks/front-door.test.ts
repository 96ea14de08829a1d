import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { gitIn } from '../cli/src/code/git/git.fixture.js';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Job {
  readonly strategy?: { readonly matrix?: { readonly node?: readonly (string | number)[] } };
  readonly steps: readonly { readonly run?: string; readonly with?: Readonly<Record<string, string>> }[];
}
interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (file: string) => parse(read(file)) as Workflow;
const jobs = (file: string) => Object.values(workflow(file).jobs);
const nodeVersions = (file: string) =>
  jobs(file).flatMap(({ strategy }) => (strategy?.matrix?.node ? [strategy.matrix.node.map(String)] : []));
const commands = (file: string) => jobs(file).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

const tracked = gitIn(root, 'ls-files').split('\n');
const settings = tracked.filter((file) => /(^|\/)\.github\/.*\.ya?ml$/.test(file));
const ours = '.github/workflows/ci.yml';
const ofNewSystems = 'templates/system/.github/workflows/ci.yml';

/** The oldest supported Node, from `>=20.19`. */
const oldest = (JSON.parse(read('package.json')) as { engines: { node: string } }).engines.node.slice(2);
/** The releases that the README names, as in "Node 20.19+, 22 or 24". */
const named = /Node ([\d.]+)\+, (\d+) or (\d+)/.exec(read('README.md'))!.slice(1);

describe('the GitHub configuration', () => {
  it.each(settings)('is YAML without duplicate keys: %s', (file) => {
    expect(parse(read(file), { uniqueKeys: true })).toEqual(expect.any(Object));
  });

  it('exists: a workflow, issue forms, a pull request template and dependency updates', () => {
    const files = [
      'dependabot.yml',
      'pull_request_template.md',
      'ISSUE_TEMPLATE/bug.yml',
      'workflows/ci.yml',
    ];
    expect(files.filter((file) => !tracked.includes(`.github/${file}`))).toEqual([]);
  });

  it('runs the first commands of the README', () => {
    const lines = read('README.md').match(/^npm ci && .+$/gm);
    expect(lines).toHaveLength(2);
    expect(commands(ours)).toEqual(expect.arrayContaining(lines!));
  });

  it('runs npm scripts and msx commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const running = commands(ours).flatMap((run) => [...run.matchAll(/npm run ([\w:-]+)/g)]);
    expect(running.map(([, name]) => name!).filter((name) => !(name in scripts))).toEqual([]);
    const msx = commands(ours).flatMap((run) => [...run.matchAll(/npx msx (\w+(?: [a-z]\w+)?)/g)]);
    const exists = (command: string) => {
      const path = command.replace(' ', '/');
      return [path, path.split('/')[0]].some((each) => existsSync(join(root, `cli/src/commands/${each}.ts`)));
    };
    expect(msx.length).toBeGreaterThan(4);
    expect(msx.map(([, command]) => command!).filter((command) => !exists(command))).toEqual([]);
  });
});

describe('the supported releases of Node', () => {
  it.each([ours, ofNewSystems])('are those of the README, in every matrix of %s', (file) => {
    const majors = named.map((version) => version.split('.')[0]);
    expect(nodeVersions(file).length).toBeGreaterThan(0);
    for (const versions of nodeVersions(file))
      expect(versions.map((version) => version.split('.')[0])).toEqual(majors);
  });

  it('begin with the oldest that "engines" allows, here and in .nvmrc', () => {
    expect(named[0]).toBe(oldest);
    for (const [first] of nodeVersions(ours)) expect(first).toBe(oldest);
    expect(read('.nvmrc').trim()).toBe(oldest);
  });

  it('are the same in every package', () => {
    const manifests = tracked.filter((file) => /(^|\/)package\.json$/.test(file));
    const engines = manifests.map((file) => [file, JSON.parse(read(file)).engines?.node]);
    expect(engines.filter(([, node]) => node !== `>=${oldest}`)).toEqual([]);
  });
});

describe('the changelog', () => {
  it('collects unreleased changes under the headings of Keep a Changelog', () => {
    const headings = [...read('CHANGELOG.md').matchAll(/^##+ (.+)$/gm)].map(([, heading]) => heading!);
    expect(headings[0]).toBe('[Unreleased]');
    const kinds = /^(Added|Changed|Deprecated|Removed|Fixed|Security)$/;
    const thirds = [...read('CHANGELOG.md').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading!);
    expect(thirds.filter((heading) => !kinds.test(heading))).toEqual([]);
  });
});
