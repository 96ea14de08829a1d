import { printed } from './cluster.fixture.js';

const SERVICES = ['user-service', 'product-service', 'order-service', 'api-gateway'];

/** Where `run.sh` says that the containerd of the node is reached. */
const ctr = (...args: string[]) => {
  const [command, ...rest] = (process.env['CTR'] ?? 'ctr').split(' ');
  return printed(command!, [...rest, '-n', 'k8s.io', ...args]);
};

const named = (service: string, tag: string) => `docker.io/shop/${service}:${tag}`;

/** Gives the images in the node another tag, which makes a release of them. */
export async function tagImages(tag: string, services = SERVICES): Promise<void> {
  for (const service of services)
    await ctr('images', 'tag', '--force', named(service, 'e2e'), named(service, tag));
}

/** A release in which the gateway begins with this instead. */
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

/** Ends what runs in a container, by its id, as the kernel does when memory is short: nobody is told before. */
export const killHard = (container: string) =>
  ctr('tasks', 'kill', '--signal', 'SIGKILL', container.replace('containerd://', ''));
