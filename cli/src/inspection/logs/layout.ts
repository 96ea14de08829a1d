/** The layout of lines on a screen. */
export interface Layout {
  /** Formats a time in the local time zone. */
  readonly clock: (time: number) => string;
  readonly name: (service: string) => string;
  /** Whether to show the id of a request without a label. */
  readonly bareRequest: boolean;
}

/** On narrower screens, parts that rarely differ between lines are shortened. */
const WIDE_SCREEN_COLUMNS = 100;
const NAME_LENGTH = 16;

export function layoutFor({ columns, wide }: { columns: number; wide: boolean }): Layout {
  if (wide) return { clock: dateAndTime, name: (service) => service, bareRequest: false };
  if (columns >= WIDE_SCREEN_COLUMNS)
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
