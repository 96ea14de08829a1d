import { conditionOf, isUp } from '../../shipping/docker/running/readiness.js';
import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { BuiltImage } from '../../shipping/docker/images/build-images.js';
import type { ContainerView } from '../../shipping/docker/running/containers.js';
import { seconds } from '../screen/duration-text.js';

/** The containers: their state, and their addresses on this machine. */
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
