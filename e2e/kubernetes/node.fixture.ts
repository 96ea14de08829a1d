import { printed } from './cluster.fixture.js';

const SERVICES = ['user-service', 'product-service', 'order-service', 'api-gateway'];

/** Runs ctr on the containerd of the node; `CTR` is the command that `run.sh` sets for it. */
const ctr = (...args: string[]) => {
  const [command, ...rest] = (process.env['CTR'] ?? 'ctr').split(' ');
  return printed(command!, [...rest, '-n', 'k8s.io', ...args]);
};

const imageOf = (service: string, tag: string) => `docker.io/shop/${service}:${tag}`;

/** Gives the images in the node another tag, as a new release. */
export async function tagImages(tag: string, services = SERVICES): Promise<void> {
  for (const service of services)
    await ctr('images', 'tag', '--force', imageOf(service, 'e2e'), imageOf(service, tag));
}

/** A release whose gateway runs this command instead. */
export async function breakGateway(tag: string, command: readonly string[]): Promise<void> {
  await tagImages(
    tag,
    SERVICES.filter((service) => service !== 'api-gateway'),
  );
  const image = `shop/api-gateway:${tag}`;
  const dockerfile = `FROM shop/api-gateway:e2e\nENTRYPOINT []\nCMD ${JSON.stringify(command)}\n`;
  await printed('docker', ['build', '-q', '-t', image, '-'], dockerfile);
  const script = `docker save ${image} | ${process.env['CTR'] ?? 'ctr'} -n k8s.io images import -`;
  await printed('bash', ['-o', 'pipefail', '-c', script]);
}

/** Kills the process of a container, by its id, without notice, as the kernel does when memory is short. */
export const killHard = (container: string) =>
  ctr('tasks', 'kill', '--signal', 'SIGKILL', container.replace('containerd://', ''));
