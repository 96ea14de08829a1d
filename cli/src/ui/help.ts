import { Help } from '@oclif/core/help';
import { coloursOf } from './colours.js';
import { columnsOf } from './screen.js';
import { fold } from './fold.js';

/** The last section of a command's help; its command lines stay whole, so that they can be copied. */
const EXAMPLES = /^\S*EXAMPLES\S*$/m;

/** Where there is no screen. */
const USUAL_COLUMNS = 80;
/** The lists of oclif are indented by this much more than it allows for. */
const INDENT = 2;

/** oclif's help on the screen there is: without this some lines are too long, and colours where there are none. */
export default class FittingHelp extends Help {
  constructor(...[config, options]: ConstructorParameters<typeof Help>) {
    const maxWidth = (process.stdout.columns || USUAL_COLUMNS) - INDENT;
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
