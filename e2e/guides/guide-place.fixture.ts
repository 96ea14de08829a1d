import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitIn } from '../../cli/src/code/git/git.fixture.js';
import { ShopCopy, repository } from '../shop-copy.fixture.js';
import { environmentOf, inheritedVariables } from '../terminal/terminal-environment.fixture.js';
import type { GuideOptions } from './guide-run.fixture.js';

/** Where a guide is run, and how to clean up afterwards. */
export interface GuidePlace extends GuideOptions {
  leave(): Promise<void>;
}

/** The tag of the images that the Docker tests build, so that a developer's own images stay. */
export const TAG = 'e2e';

const scratchFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'msx-guide-')));

/** How a machine reaches Docker, a cluster, and a registry of packages through a proxy. */
const CONNECTIONS = [
  ...['DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_BUILDKIT', 'KUBECONFIG', 'CTR'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'],
];

/** The environment of a person who follows a guide, independent of this machine's settings. */
const userEnvironment = (more: NodeJS.ProcessEnv = {}) =>
  environmentOf({
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Ann',
    GIT_AUTHOR_EMAIL: 'ann@example.com',
    GIT_COMMITTER_NAME: 'Ann',
    GIT_COMMITTER_EMAIL: 'ann@example.com',
    ...inheritedVariables(...CONNECTIONS),
    ...more,
  });

/** A copy of the shop in a git repository, on its own ports. */
export async function inTheShop(): Promise<GuidePlace> {
  const shop = await ShopCopy.create((model, port) => {
    model.setIn(['broker', 'kafka'], 'kraft');
    model.setIn(['docker', 'network'], `msx-guide-${port}`);
  });
  cpSync(join(repository, '.prettierrc.json'), join(shop.root, '.prettierrc.json'));
  const scratch = scratchFolder();
  gitIn(shop.root, 'init', '--quiet');
  const [gateway, users, products, orders] = [0, 1, 2, 3].map((n) => String(shop.port + n));
  const ports: [RegExp, string][] = [
    [/(?<=localhost:)3000\b/g, gateway!],
    [/\b50051\b/g, users!],
    [/\b50052\b/g, products!],
    [/\b50053\b/g, orders!],
    [/(?<=localhost:)9092\b/g, String(shop.port + 4)],
    [/\/tmp\/(?=[a-z-]+\.log)/g, `${join(shop.root, 'logs')}/`],
    [/msx deploy (k8s|diff)\b/g, `msx deploy $1 --tag ${TAG}`],
  ];
  return {
    folder: shop.root,
    scratch,
    environment: userEnvironment({ TAG }),
    adapt: (text) => ports.reduce((adapted, [from, to]) => adapted.replaceAll(from, to), text),
    leave: async () => {
      await shop.destroy();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** The clone itself, from which msx is packed and installed for a system elsewhere; on the default ports. */
export async function inTheClone(): Promise<GuidePlace> {
  const scratch = scratchFolder();
  const [global, work] = ['global', 'work'].map((name) => join(scratch, name));
  mkdirSync(work!);
  const environment = userEnvironment({ npm_config_prefix: global, npm_config_prefer_offline: 'true' });
  environment['PATH'] = `${join(global!, 'bin')}:${environment['PATH']!.split(':').slice(1).join(':')}`;
  return {
    folder: repository,
    scratch,
    environment,
    adapt: (text) => text.replaceAll(/\/tmp\b/g, work!),
    leave: async () => {
      for (const system of ['bookshop']
        .map((name) => join(work!, name))
        .filter((folder) => existsSync(folder)))
        execFileSync('npx', ['--no-install', 'msx', 'dev', 'stop'], { cwd: system, timeout: 60_000 });
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
