import Fastify from 'fastify';
import { themeFromCookie } from './frame.js';
import {
  assetUrl,
  Badge,
  barsByDay,
  ChartWithTable,
  Field,
  FormErrors,
  registerAssets,
  renderFragment,
  renderPage,
  Shell,
  Table,
} from './index.js';

const figures = {
  label: 'Fees by day',
  currency: 'jpy',
  days: ['2026-05-01', '2026-05-02'],
  series: [{ name: 'Fees', amounts: [1200n, -300n] }],
};

it('ties an error to its field, and the summary to the same field', () => {
  const name = 'variants[0][price]';
  const field = renderFragment(<Field name={name} label="Price" value="<x>" error="Enter a price." />);
  expect(field).toContain('id="field-variants-0-price"');
  expect(field).toContain('aria-describedby="field-variants-0-price-error"');
  expect(field).toContain('aria-invalid="true"');
  expect(field).toContain('value="&lt;x>"');
  const summary = renderFragment(<FormErrors errors={[{ field: name, message: 'Enter a price.' }]} />);
  expect(summary).toContain('href="#field-variants-0-price"');
});

it('draws pages that a policy without inline styles and scripts allows', () => {
  const page = renderPage(
    <Shell title="Fees" viewer={{ name: 'Ada', sellers: [], isAdmin: true }} theme="dark">
      <ChartWithTable chart={barsByDay(figures)} />
    </Shell>,
  );
  expect(page).toMatch(/^<!doctype html><html lang="en" data-theme="dark">/);
  expect(page).not.toMatch(/ style="|<style|<script>| on[a-z]+="/);
});

it('says in a table exactly what a plot shows', () => {
  const chart = barsByDay(figures);
  expect(chart.rows).toEqual([
    { name: '1 May 2026', cells: ['¥1,200'] },
    { name: '2 May 2026', cells: ['\u2212¥300'] },
  ]);
  expect(chart.plots.wide).toContain('var(--chart-1)');
  expect(chart.plots.wide).not.toMatch(/#fe[0-9a-f]{4}/);
});

it('gives each tone a shape besides its colour', () => {
  const shapes = (['good', 'waiting', 'attention', 'bad', 'neutral'] as const).map(
    (tone) => /d="([^"]+)"/.exec(renderFragment(<Badge tone={tone}>Word</Badge>))?.[1],
  );
  expect(new Set(shapes).size).toBe(5);
});

it('shows what to do first in place of an empty table', () => {
  const table = (
    <Table caption="Orders" columns={[]} rows={[]} keyOf={String} empty={<p>Add a listing.</p>} />
  );
  expect(renderFragment(table)).toBe('<p>Add a listing.</p>');
});

it('follows the system for a theme cookie it does not know', () => {
  expect(themeFromCookie('dark')).toBe('dark');
  expect(themeFromCookie('"><script>')).toBeUndefined();
});

it('lets browsers keep an asset for a year, and today’s file under an old address not at all', async () => {
  const server = Fastify();
  registerAssets(server);
  const current = await server.inject(assetUrl('guildhall.css'));
  expect(current.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(current.headers['content-type']).toBe('text/css; charset=utf-8');
  const old = await server.inject('/assets/0000/guildhall.css');
  expect([old.statusCode, old.headers['cache-control']]).toEqual([200, 'no-cache']);
  expect((await server.inject('/assets/0000/passwd')).statusCode).toBe(404);
  await server.close();
});
