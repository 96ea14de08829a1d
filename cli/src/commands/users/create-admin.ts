import * as Flags from '@oclif/core/flags';
import { text } from 'node:stream/consumers';
import { createAdmin, issuerOf } from '../../accounts/create-admin.js';
import { buildStale } from '../../build/build-stale.js';
import { ask, askSecret } from '../../ui/ask.js';
import { MsxCommand } from '../../ui/msx-command.js';

export default class UsersCreateAdmin extends MsxCommand {
  static override summary = 'Create an admin, who can change the catalogue and see all users.';
  static override description =
    'The first admin cannot be created by another admin: this writes directly to the database of the service that users sign in at. An existing user becomes an admin, with the new password.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    'pass show shop/admin | <%= config.bin %> <%= command.id %> --email admin@example.com --name Admin --password-stdin',
  ];
  static override flags = {
    email: Flags.string({ description: 'e-mail address to sign in with (default: asked for)' }),
    name: Flags.string({ description: 'name of the admin (default: asked for)' }),
    'password-stdin': Flags.boolean({
      description: 'read the password from standard input instead of asking',
    }),
  };

  async run() {
    const { flags } = await this.parse(UsersCreateAdmin);
    const system = await this.loadSystem();
    const issuer = issuerOf(system);
    const email = flags.email ?? (await ask('E-mail: ', '--email'));
    const name = flags.name ?? (await ask('Name: ', '--name'));
    const password = flags['password-stdin']
      ? (await text(process.stdin)).replace(/\r?\n$/, '')
      : await askSecret('Password: ', '--password-stdin');
    await this.during('building what is stale', buildStale(system, [issuer]));
    const admin = await this.during('making the admin', createAdmin(system, { email, name, password }));
    this.log(`${admin.email} is an admin now (user ${admin.id})`);
    return admin;
  }
}
