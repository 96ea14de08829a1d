import * as Flags from '@oclif/core/flags';
import { relative } from 'node:path';
import { ensureCertificates } from '../../secrets/certificates/ensure-certificates.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { table } from '../../terminal/screen/table.js';
import type { CertificateReport } from '../../secrets/certificates/ensure-certificates.js';

export default class CertsDev extends MsxCommand {
  static override summary = 'Create certificates for the services on this machine, for msx dev start --tls.';
  static override description =
    'Creates a certificate authority and a certificate for each service in .msx/certs, valid for the name of the service and for this machine. Certificates that are still valid are kept; running services load new ones.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --force',
  ];
  static override flags = {
    force: Flags.boolean({ char: 'f', description: 'replace all certificates, including the authority' }),
  };

  async run() {
    const { flags } = await this.parse(CertsDev);
    const system = await this.loadSystem();
    const report = await ensureCertificates(system, flags);
    const rows = report.certificates.map((certificate) => rowOf(certificate, system.root));
    this.log(table(['CERTIFICATE', 'FILE', 'EXPIRES', 'STATUS'], rows, coloursOf(process.stdout)));
    return report;
  }
}

function rowOf({ name, file, expires, made }: CertificateReport, root: string): string[] {
  const reason = made === 'missing' ? 'created' : `replaced: ${made}`;
  return [name, relative(root, file), expires.slice(0, 10), made ? reason : 'kept'];
}
