import { FAILED, WRONG_INPUT, available, didYouMean, entry, lines } from './entry.js';

/** Errors of images and containers. */
export const docker = {
  DOCKER_UNAVAILABLE: entry(
    FAILED,
    (f: { host: string; reason: string }) => `no Docker Engine answers at ${f.host}: ${f.reason}`,
    'Start Docker, or set DOCKER_HOST to its address.',
  ),
  DOCKER_LOST: entry(
    FAILED,
    (f: { host: string; doing: string }) =>
      `the Docker Engine at ${f.host} stopped answering during ${f.doing}`,
    'Start Docker again and repeat the command: it continues where it stopped.',
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
    'Fix the error in the last lines and build again: the steps before it are cached.',
  ),
  IMAGE_UNAVAILABLE: entry(
    FAILED,
    (f: { image: string; reason: string }) =>
      `${f.image} is not on this machine and cannot be pulled: ${f.reason}`,
    'Check the name and the connection; private images need docker login.',
  ),
  CONTAINER_UNHEALTHY: entry(
    FAILED,
    (f: { service: string; container: string; health: string; lastLines: string[] }) =>
      `${f.service} is unhealthy: ${f.health || 'its health check printed nothing'}${lines(f.lastLines)}`,
    ({ service }) => `See msx docker logs ${service}. Fix the cause, then run msx docker up again.`,
  ),
  CONTAINER_CRASHED: entry(
    FAILED,
    (f: { service: string; container: string; exit: string; lastLines: string[] }) =>
      `${f.service} crashed: ${f.exit}${lines(f.lastLines)}`,
    ({ service }) => `See msx docker logs ${service}. Fix the cause, then run msx docker up again.`,
  ),
  CONTAINER_REFUSED: entry(
    FAILED,
    (f: { host: string; service: string; reason: string }) =>
      `the Docker Engine at ${f.host} refused to run ${f.service}: ${f.reason}`,
    'Fix the cause and start again.',
  ),
  CONTAINERS_TIMEOUT: entry(
    FAILED,
    (f: { seconds: number; waiting: string[] }) =>
      `not everything was up within ${f.seconds} s${lines(f.waiting)}`,
    'The containers keep running: see msx docker ps, or allow more time with --timeout.',
  ),
  CONTAINERS_LEFT: entry(
    FAILED,
    ({ names }: { names: string[] }) => `these containers still exist: ${names.join(', ')}`,
    ({ names }) => `Compose did not create them. Remove them with docker rm --force ${names.join(' ')}.`,
  ),
  CONTAINER_PORT_TAKEN: entry(
    FAILED,
    (f: { port: number; service: string; holder?: string; variable?: string }) =>
      `port ${f.port} of ${f.service} is already in use${f.holder ? ` by ${f.holder}` : ''}`,
    ({ variable }) =>
      `Stop what uses it${variable ? `, or publish the container at another port: ${variable}=<port> in the environment or in .env` : ''}.`,
  ),
  SCALE_INVALID: entry(
    WRONG_INPUT,
    (f: { given: string; reason: string }) => `cannot scale ${f.given}: ${f.reason}`,
    'Expected: SERVICE=NUMBER, such as user-service=3.',
  ),
  UNKNOWN_PROFILE: entry(
    WRONG_INPUT,
    (f: { name: string; known: string[]; similar?: string }) =>
      `no profile "${f.name}" in docker-compose.yml`,
    ({ known, similar }) =>
      didYouMean({ similar }) ?? (known.length > 0 ? available(known) : 'It has no profiles.'),
  ),
  NO_CONTAINERS: entry(
    FAILED,
    ({ project }: { project: string }) => `${project} has no containers`,
    'Start them with msx docker up.',
  ),
};
