import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeWithBrowser, openBrowser, PlaygroundPage } from './browser.fixture.js';
import { ShopCopy } from './shop-copy.fixture.js';

jest.setTimeout(240_000);

/** A folder for what a person would see of each tab. */
const { SCREENSHOTS } = process.env;

describeWithBrowser('the playground of a running shop', () => {
  let shop: ShopCopy;
  let browser: Browser;
  let playground: PlaygroundPage;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    const { code, stderr } = await shop.msx('dev', 'start', '--timeout', '150');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.destroy();
  });
  beforeEach(async () => void (playground = await PlaygroundPage.open(browser, shop.graphql)));

  it('has tabs that work one after the other, from left to right, as often as one likes', async () => {
    const tabs = await playground.tabs();
    expect(tabs).toEqual(expect.arrayContaining(['Login', 'CreateOrder', 'OrderStatusChanged']));
    for (const tab of [...tabs, ...tabs]) {
      const { data, errors } = await playground.run(tab);
      expect({ tab, errors }).toEqual({ tab, errors: undefined });
      expect({ tab, values: Object.values(data!) }).not.toEqual({ tab, values: [null] });
      if (SCREENSHOTS) await playground.screenshot(`${SCREENSHOTS}/${tab}.png`);
    }
  });

  it('says which tab to run first', async () => {
    const { errors } = await playground.run('User');
    expect(errors?.[0]?.message).toMatch(/run the tab CreateUser first/);
  });

  it('sends what a person has written instead', async () => {
    const tabs = await playground.tabs();
    const variables = { name: 'Ann', email: 'ann@example.com', password: 'password123' };
    await playground.writeVariables('CreateUser', variables);
    expect((await playground.run('CreateUser')).data).toMatchObject({ createUser: { name: 'Ann' } });
    await playground.reload('ann@example.com');
    expect(await playground.tabs()).toEqual(tabs);
    expect((await playground.run('Login')).errors).toBeUndefined();
    expect((await playground.run('Me')).data).toMatchObject({ me: { name: 'Ann' } });
    expect((await playground.run('CreateUser')).errors?.[0]?.message).toMatch(/e-mail/);
  });
});
