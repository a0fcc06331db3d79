import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launchChromium } from './support/chromium.js';
export async function chromium(url: string, pages: Record<string, string>) {
  const axe = readFileSync('/work/main/node_modules/axe-core/axe.min.js', 'utf8');
  const browser = await launchChromium();
  try {
    for (const [width, scheme] of [[1360, 'light'], [375, 'dark']] as const) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
      const page = await context.newPage();
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(url + path);
        await page.screenshot({ path: `/tmp/s3-${name}-${width}.png`, fullPage: name !== 'home' });
        await page.evaluate(axe);
        const result = await page.evaluate(() => (globalThis as any).axe.run());
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        console.log(name, width, 'scrollWidth', wide, JSON.stringify(result.violations.map((v: any) => [v.id, v.nodes.map((n: any) => n.html.slice(0, 120)).slice(0, 2)])));
      }
      await context.close();
    }
  } finally { await browser.close(); }
}
