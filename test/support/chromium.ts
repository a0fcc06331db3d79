import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectRoot } from '#platform';

/** The Chromium inside an npm package on Linux x64; elsewhere an installed Chrome. CHROMIUM_PATH names another one. */
export async function launchChromium(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'];
  if (path) return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packaged } = await import('@sparticuz/chromium');
    // Its own arguments contain --single-process, with which closing one context ends the browser.
    return chromium.launch({
      executablePath: await packaged.executablePath(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }
  return chromium.launch({ channel: 'chrome' });
}

/** Keeps pictures of a journey in artefacts/<journey>/, numbered in the order they were taken. */
export class Album {
  private number = 0;
  private readonly folder: string;

  constructor(journey: string) {
    this.folder = join(projectRoot, 'artefacts', journey);
    mkdirSync(this.folder, { recursive: true });
  }

  async picture(page: Page, name: string): Promise<void> {
    const number = String(++this.number).padStart(2, '0');
    await page.screenshot({ path: join(this.folder, `${number}-${name}.png`), fullPage: true });
  }
}
