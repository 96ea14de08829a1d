import { conditionOf, isUp } from '../docker/running/readiness.js';
import { table } from './table.js';
import type { Ansis } from 'ansis';
import type { BuiltImage } from '../docker/images/build-images.js';
import type { ContainerView } from '../docker/running/containers.js';
import { seconds } from './dev-table.js';

/** What runs in Docker: how it is, and where this machine reaches it. */
export function containerTable(containers: readonly ContainerView[], colours: Ansis): string {
  const { bold, green, yellow, dim } = colours;
  const rows = containers.map((view) => [
    bold(view.service),
    view.name,
    (isUp(view) ? green : view.state === 'exited' && view.exitCode === 0 ? dim : yellow)(stateText(view)),
    view.ports.map((port) => `localhost:${port}`).join(', '),
    dim(view.image),
  ]);
  return table(
    [
      'SERVICE',
      { heading: 'CONTAINER', optional: true },
      'STATE',
      'ADDRESS',
      { heading: 'IMAGE', optional: true },
    ],
    rows,
    colours,
  );
}

const stateText = (view: ContainerView): string =>
  view.state === 'exited' ? `exited with ${view.exitCode}` : conditionOf(view).replace(/^is /, '');

export function imageTable(images: readonly BuiltImage[], colours: Ansis): string {
  const rows = images.map(({ service, image, size, tookMs }) => [
    colours.bold(service),
    image,
    `${Math.round(size / 1e6)} MB`,
    seconds(tookMs),
  ]);
  return table(['SERVICE', 'IMAGE', 'SIZE', 'TIME'], rows, colours);
}
