export type RowState = 'pending' | 'done' | 'failed';

/** Shows how far several things are that go on at once. */
export interface Rows {
  show: (name: string, state: RowState, text: string) => void;
  /** Leaves what is shown as it is. */
  end: () => Promise<void>;
}

/** Live on a terminal, a line for each change elsewhere, nothing when silent. */
export async function rowsFor({ silent }: { silent: boolean }): Promise<Rows> {
  if (silent) return { show: () => {}, end: async () => {} };
  return process.stdout.isTTY ? liveRows() : lineRows();
}

function lineRows(): Rows {
  const said = new Map<string, string>();
  const show: Rows['show'] = (name, _, text) => {
    if (said.get(name) === text) return;
    said.set(name, text);
    process.stdout.write(`${text}\n`);
  };
  return { show, end: async () => {} };
}

interface Row {
  task?: { title: string };
  state: RowState;
  text: string;
  settle: () => void;
}

async function liveRows(): Promise<Rows> {
  const { Listr } = await import('listr2');
  const rows = new Map<string, Row>();
  const options = { concurrent: true, exitOnError: false, registerSignalListeners: false } as const;
  const list = new Listr<unknown>([], options);
  let running: Promise<unknown> | undefined;
  const add = (name: string, row: Row) => {
    rows.set(name, row);
    list.add({
      title: row.text,
      task: (_, task) =>
        new Promise<void>((resolve, reject) => {
          row.task = task;
          row.settle = () => (row.state === 'done' ? resolve() : reject(new Error(row.text)));
          if (row.state !== 'pending') row.settle();
        }),
    });
    running ??= Promise.resolve().then(() => list.run());
  };
  const show: Rows['show'] = (name, state, text) => {
    const row = rows.get(name) ?? { state, text, settle: () => {} };
    Object.assign(row, { state, text });
    if (!rows.has(name)) add(name, row);
    if (row.task) row.task.title = text;
    if (state !== 'pending') row.settle();
  };
  const end = async () => {
    for (const row of rows.values()) row.settle();
    await running?.catch(() => {});
  };
  return { show, end };
}
