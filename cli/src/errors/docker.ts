import { FAILED, WRONG_INPUT, didYouMean, entry, lines } from './entry.js';

/** What can go wrong with images and containers. */
export const docker = {
  DOCKER_UNAVAILABLE: entry(
    FAILED,
    (f: { host: string; reason: string }) => `no Docker Engine answers at ${f.host}: ${f.reason}`,
    'Start Docker, or have DOCKER_HOST say where it is.',
  ),
  DOCKER_LOST: entry(
    FAILED,
    (f: { host: string; doing: string }) =>
      `the Docker Engine at ${f.host} stopped answering during ${f.doing}`,
    'Start Docker again and repeat the command: it goes on from what is there.',
  ),
  COMPOSE_MISSING: entry(
    FAILED,
    ({ reason }: { reason: string }) => `neither docker compose nor docker-compose can be run: ${reason}`,
    'Install the Compose plugin of Docker.',
  ),
  COMPOSE_FAILED: entry(
    FAILED,
    (f: { command: string; lastLines: string[] }) => `${f.command} failed${lines(f.lastLines)}`,
  ),
  IMAGE_BUILD_FAILED: entry(
    FAILED,
    (f: { image: string; step: string; reason: string; lastLines: string[] }) =>
      `${f.image} could not be built: ${f.reason}\nat ${f.step}${lines(f.lastLines)}`,
    'Mend what the last lines name and build again: the steps before it are kept.',
  ),
  IMAGE_UNAVAILABLE: entry(
    FAILED,
    (f: { image: string; reason: string }) =>
      `${f.image} is not on this machine and cannot be pulled: ${f.reason}`,
    'Check the name and the connection; what the registry keeps private needs docker login.',
  ),
  CONTAINER_UNHEALTHY: entry(
    FAILED,
    (f: { service: string; container: string; health: string; lastLines: string[] }) =>
      `${f.service} is unhealthy: ${f.health || 'its health check says nothing'}${lines(f.lastLines)}`,
    ({ service }) => `Read more with msx docker logs ${service}; msx docker up goes on once it is mended.`,
  ),
  CONTAINER_CRASHED: entry(
    FAILED,
    (f: { service: string; container: string; exit: string; lastLines: string[] }) =>
      `${f.service} ended: ${f.exit}${lines(f.lastLines)}`,
    ({ service }) => `Read more with msx docker logs ${service}; msx docker up goes on once it is mended.`,
  ),
  CONTAINER_REFUSED: entry(
    FAILED,
    (f: { host: string; service: string; reason: string }) =>
      `the Docker Engine at ${f.host} does not run ${f.service}: ${f.reason}`,
    'Mend what it names and start again.',
  ),
  CONTAINERS_TIMEOUT: entry(
    FAILED,
    (f: { seconds: number; waiting: string[] }) =>
      `not everything is up within ${f.seconds} s${lines(f.waiting)}`,
    'The containers go on: see msx docker ps, or allow more time with --timeout.',
  ),
  CONTAINER_PORT_TAKEN: entry(
    FAILED,
    (f: { port: number; service: string; holder?: string; variable?: string }) =>
      `port ${f.port} of ${f.service} is taken${f.holder ? ` by ${f.holder}` : ''}`,
    ({ variable }) =>
      `End what holds it${variable ? `, or give the container another one: ${variable}=<port> in the environment or in .env` : ''}.`,
  ),
  SCALE_INVALID: entry(
    WRONG_INPUT,
    (f: { given: string; reason: string }) => `cannot scale ${f.given}: ${f.reason}`,
    'Write it like user-service=3.',
  ),
  UNKNOWN_PROFILE: entry(
    WRONG_INPUT,
    (f: { name: string; known: string[]; similar?: string }) =>
      `no profile "${f.name}" in docker-compose.yml`,
    ({ known, similar }) =>
      didYouMean({ similar }) ?? (known.length > 0 ? `There are ${known.join(', ')}.` : 'There are none.'),
  ),
  NO_CONTAINERS: entry(
    FAILED,
    ({ project }: { project: string }) => `no container of ${project} is there`,
    'Start them with msx docker up.',
  ),
};
