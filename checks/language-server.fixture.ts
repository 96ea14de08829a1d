import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

interface Response {
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: readonly { readonly text: string }[];
}

/** The errors that an editor would underline in a file, from TypeScript's language server. */
export async function errorsShownIn(root: string, file: string): Promise<string[]> {
  const server = join(root, 'node_modules/typescript/lib/tsserver.js');
  const args = [server, '--disableAutomaticTypingAcquisition', '--suppressDiagnosticEvents'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 110_000,
  });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  let seq = 0;
  const send = (command: string) =>
    child.stdin.write(
      JSON.stringify({ seq: ++seq, type: 'request', command, arguments: { file: join(root, file) } }) + '\n',
    );
  try {
    send('open');
    send('semanticDiagnosticsSync');
    const { success, message, body = [] } = await answerTo(seq, answers);
    if (!success) throw new Error(`the language server failed: ${message}`);
    return body.map(({ text }) => text);
  } finally {
    child.kill();
  }
}

async function answerTo(seq: number, lines: AsyncIterator<string>): Promise<Response> {
  for (;;) {
    const { done, value } = await lines.next();
    if (done) throw new Error('the language server ended before it answered');
    const response = value.startsWith('{') ? (JSON.parse(value) as Response) : {};
    if (response.request_seq === seq) return response;
  }
}
