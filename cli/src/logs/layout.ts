/** How lines are laid out on a screen. */
export interface Layout {
  /** In the time zone of the reader. */
  readonly clock: (time: number) => string;
  readonly name: (service: string) => string;
  /** Whether the id of a request is shown without its name. */
  readonly bareRequest: boolean;
}

/** Below this, what is the same in most lines makes room for what is not. */
const ROOMY_COLUMNS = 100;
const NAME_LENGTH = 16;

export function layoutFor({ columns, wide }: { columns: number; wide: boolean }): Layout {
  if (wide) return { clock: dateAndTime, name: (service) => service, bareRequest: false };
  if (columns >= ROOMY_COLUMNS)
    return { clock: milliseconds, name: (service) => service, bareRequest: false };
  return { clock: seconds, name: shortName, bareRequest: true };
}

const two = (value: number) => String(value).padStart(2, '0');

function seconds(time: number): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
}

const milliseconds = (time: number): string =>
  `${seconds(time)}.${String(new Date(time).getMilliseconds()).padStart(3, '0')}`;

function dateAndTime(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${milliseconds(time)}`;
}

/** `order` for order-service, `order-2` for its second replica. */
function shortName(service: string): string {
  const short = service.replace(/(?<=.)-service(?=-\d+$|$)/, '');
  return short.length > NAME_LENGTH ? `${short.slice(0, NAME_LENGTH - 1)}…` : short;
}
