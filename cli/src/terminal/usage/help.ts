import { Help } from '@oclif/core/help';
import { coloursOf } from '../screen/colours.js';
import { columnsOf } from '../screen/screen.js';
import { fold } from '../screen/fold.js';

/** The last section of a command's help; its command lines are not wrapped, so that they can be copied. */
const EXAMPLES = /^\S*EXAMPLES\S*$/m;

/** Width of the help if standard output is not a terminal. */
const DEFAULT_COLUMNS = 80;
/** oclif indents its lists by this much more than it accounts for. */
const INDENT = 2;

/** oclif's help, fitted to the screen: without this, some lines are too long, and there are colours where none belong. */
export default class FittingHelp extends Help {
  constructor(...[config, options]: ConstructorParameters<typeof Help>) {
    const maxWidth = (process.stdout.columns || DEFAULT_COLUMNS) - INDENT;
    super(config, { ...options, maxWidth, stripAnsi: coloursOf(process.stdout).level === 0 });
  }

  protected override log(...texts: string[]): void {
    super.log(...texts.map(fitting));
  }
}

function fitting(text: string): string {
  const examples = EXAMPLES.exec(text)?.index ?? text.length;
  return fold(text.slice(0, examples), columnsOf(process.stdout)) + text.slice(examples);
}
