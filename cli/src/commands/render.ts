import { MsxError } from '../terminal/errors/msx-error.js';
import { systemProjections } from '../shipping/kubernetes/system-projections.js';
import { staleAmong, writeProjection } from '../model/system/projection.js';
import { checkFlag } from '../terminal/flags/check-flag.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';

export default class Render extends MsxCommand {
  static override summary =
    'Write the files derived from msx.yaml: Dockerfiles, docker-compose.yml, k8s/ and sections of READMEs.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --check',
  ];
  static override flags = checkFlag;

  async run() {
    const { flags } = await this.parse(Render);
    const system = await this.loadSystem();
    const stale = staleAmong(systemProjections(system), system.root);
    const paths = stale.map(({ path }) => path);
    if (flags.check && stale.length > 0) throw new MsxError('PROJECTIONS_STALE', { paths });
    for (const projection of stale) writeProjection(projection, system.root);
    this.log(stale.length > 0 ? paths.map((path) => `wrote ${path}`).join('\n') : 'everything is up to date');
    return { written: paths };
  }
}
