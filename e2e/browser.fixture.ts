import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { describeWhere } from '../checks/skipping.fixture.js';

const EXECUTABLE = '/usr/bin/chromium';

const isHere = existsSync(EXECUTABLE);

/** `describe` for what takes a real browser; skipped, and said so, where none is installed. */
export const describeWithBrowser = describeWhere(isHere, `there is no ${EXECUTABLE}`);

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** As much of the page as is looked into. */
interface InPage {
  readonly localStorage: Partial<Record<string, string>>;
  readonly document: { querySelector(selector: string): { readonly CodeMirror: { getValue(): string } } };
}

/** GraphiQL, as a person uses it. */
export class PlaygroundPage {
  private constructor(private readonly page: Page) {}

  /** In a profile of its own. */
  static async open(browser: Browser, url: string): Promise<PlaygroundPage> {
    const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    await page.goto(url);
    const playground = new PlaygroundPage(page);
    await playground.loaded();
    return playground;
  }

  tabs(): Promise<string[]> {
    return this.page.locator('.graphiql-tab-button').allInnerTexts();
  }

  /** Opens a tab and presses the button that runs it; answers what is shown. */
  async run(tab: string): Promise<Answer> {
    await this.select(tab);
    await this.page.locator('.graphiql-execute-button').click();
    const shown = await this.page.waitForFunction(() =>
      (globalThis as unknown as InPage).document
        .querySelector('.result-window .CodeMirror')
        .CodeMirror.getValue(),
    );
    return JSON.parse(await shown.jsonValue()) as Answer;
  }

  /** Writes over the variables of a tab. */
  async writeVariables(tab: string, variables: object): Promise<void> {
    await this.select(tab);
    await this.page.locator('.graphiql-editor-tool .CodeMirror').first().click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(JSON.stringify(variables));
  }

  /** Once the browser keeps what has been written, which GraphiQL has it do after a while. */
  async reload(written: string): Promise<void> {
    await this.page.waitForFunction(
      (text) => (globalThis as unknown as InPage).localStorage['graphiql:tabState']?.includes(text),
      written,
    );
    await this.page.reload();
    await this.loaded();
  }

  screenshot(path: string): Promise<unknown> {
    return this.page.screenshot({ path });
  }

  /** Editors come one by one, and what is not there is not sent. */
  private async loaded(): Promise<void> {
    for (const editor of ['.graphiql-query-editor', '.graphiql-editor-tool', '.result-window'])
      await this.page.locator(`${editor} .CodeMirror`).first().waitFor();
  }

  /** The open tab is left alone: GraphiQL would bring back what it had before the last words. */
  private async select(tab: string): Promise<void> {
    if ((await this.page.locator('.graphiql-tab-active').innerText()) === tab) return;
    await this.page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${tab}$`) }).click();
  }
}
