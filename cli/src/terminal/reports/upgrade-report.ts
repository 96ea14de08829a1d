import { coloursOf } from '../screen/colours.js';
import type { Upgrade } from '../../code/scaffold/upgrade/upgrade-system.js';

/** One line per file with what was done to it, and the changes left to the user. */
export function upgradeReport(upgrade: Upgrade): string {
  const { followed, merged, conflicts, removed, kept, migrated, rendered, packages, left, byHand } = upgrade;
  const { version, current } = upgrade;
  const { green, yellow, red, cyan, dim } = coloursOf(process.stdout);
  const lines = [
    ...followed.map((path) => `${green('updated ')}  ${path}`),
    ...merged.map((path) => `${yellow('merged  ')}  ${path}`),
    ...conflicts.map((path) => `${red('conflict')}  ${path}`),
    ...removed.map((path) => `${red('removed ')}  ${path}`),
    ...kept.map((path) => `${dim('kept    ')}  ${path}`),
    ...left.map((reason) => `${dim('left    ')}  ${reason}`),
    ...migrated.map((title) => `${yellow('migrated')}  msx.yaml: ${title}`),
    ...rendered.map((path) => `${green('rendered')}  ${path}`),
    ...(byHand.length > 0 ? ['To do by hand:', ...byHand.map((each) => `  ${each}`)] : []),
    ...(packages ? ['The packages have changed: run npm install.'] : []),
    ...(current
      ? [
          `Nothing to upgrade: this is msx ${version}, and the system is at the same version.`,
          `${cyan('→')} ${dim('To upgrade, install a newer msx elsewhere (npm install --global FILE.tgz) and run its msx upgrade here: npx msx is the one in vendor/.')}`,
        ]
      : []),
  ];
  return lines.join('\n');
}
