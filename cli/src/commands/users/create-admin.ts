import * as Flags from '@oclif/core/flags';
import { buffer } from 'node:stream/consumers';
import { type Admin, createAdmin, issuerOf } from '../../secrets/accounts/create-admin.js';
import { buildStale } from '../../code/build/build-stale.js';
import { decodeText } from '../../model/system/read-file.js';
import { ask, askSecret } from '../../terminal/questions/ask.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class UsersCreateAdmin extends MsxCommand {
  static override summary = 'Create an admin, who can change the catalogue and see all users.';
  static override description =
    'The first admin cannot be created by another admin: this writes directly to the database of the service that users sign in at. An address that already has an account is refused, because anyone could have signed up with it: --promote takes that account over.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    'pass show shop/admin | <%= config.bin %> <%= command.id %> --email admin@example.com --name Admin --password-stdin',
  ];
  static override flags = {
    email: Flags.string({
      helpValue: 'ADDRESS',
      description: 'e-mail address to sign in with; asked for if missing',
    }),
    name: Flags.string({ helpValue: 'NAME', description: 'name of the admin; asked for if missing' }),
    promote: Flags.boolean({
      description:
        'take over the account that has the address: it becomes an admin with this name and password, and all its sessions end',
    }),
    'password-stdin': Flags.boolean({
      description: 'read the password from standard input instead of asking for it',
    }),
  };

  async run() {
    const { flags } = await this.parse(UsersCreateAdmin);
    const system = await this.loadSystem();
    const issuer = issuerOf(system);
    const email = flags.email ?? (await ask('E-mail: ', '--email'));
    const name = flags.name ?? (await ask('Name: ', '--name'));
    const password = flags['password-stdin']
      ? decodeText(await buffer(process.stdin), 'standard input').replace(/\r?\n$/, '')
      : await askSecret('Password: ', '--password-stdin');
    await this.during('building stale packages', buildStale(system, [issuer]));
    const { promote } = flags;
    const creating = createAdmin(system, { email, name, password, promote });
    const admin = await this.during(promote ? 'taking over the account' : 'creating the admin', creating);
    this.log(sentence(admin));
    return admin;
  }
}

function sentence({ id, email, sessionsEnded }: Admin): string {
  if (sessionsEnded === undefined) return `created the admin ${email} (user ${id})`;
  return `${email} is an admin now (user ${id}), with the new name and password; sessions ended: ${sessionsEnded}`;
}
