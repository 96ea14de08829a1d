import { inspectPortOf } from '../../../model/system/inspect-port.js';

export const LAUNCH_FILE = '.vscode/launch.json';

/** The configuration with which VS Code attaches to a service under `msx dev start --inspect`, also after restarts. */
export const launchConfiguration = ({ name, port }: { name: string; port: number }) => ({
  name,
  type: 'node',
  request: 'attach',
  port: inspectPortOf(port),
  restart: true,
});
