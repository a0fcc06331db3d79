import { createRequire } from 'node:module';
import type * as Echarts from 'echarts';
import { compactMoney, formatDay, formatMoney, toDecimal } from './format.js';
import type { Tone } from './notice.js';

/** Loaded with the first plot: few processes ever draw one, and it takes as long as all of the rest. */
let loaded: typeof Echarts | undefined;
const echarts = () => (loaded ??= createRequire(import.meta.url)('echarts') as typeof Echarts);

/** A plot drawn on the server in three widths, with the same figures as words. */
export type Chart = {
  label: string;
  plots: Record<PlotWidth, string>;
  /** Header and rows of the table beside the plot, already formatted. */
  headers: string[];
  rows: { name: string; cells: string[] }[];
};

export type PlotWidth = 'narrow' | 'middle' | 'wide';

/** `days` are ISO dates ("2026-05-03"), oldest first; each series holds one amount of minor units per day. */
export type DailyFigures = {
  label: string;
  currency: string;
  days: string[];
  series: { name: string; amounts: bigint[] }[];
};

/** Bars by day, one colour per series: fees earned, sales. */
export function barsByDay(figures: DailyFigures): Chart {
  const series = figures.series.map(({ name, amounts }, at) => ({
    type: 'bar',
    name,
    stack: 'day',
    barMaxWidth: 28,
    itemStyle: { color: paint(`--chart-${(at % 5) + 1}`) },
    data: plotted(amounts, figures.currency),
  }));
  return drawDaily(figures, series);
}

/** A balance by day: solid up to and including the day `today`, dashed for what is expected after it. */
export function lineForecast(input: {
  label: string;
  currency: string;
  points: { day: string; amount: bigint }[];
  today: string;
}): Chart {
  const { label, currency, points, today } = input;
  const values = plotted(
    points.map(({ amount }) => amount),
    currency,
  );
  const line = (name: string, shown: (day: string) => boolean, type: 'solid' | 'dashed') => ({
    type: 'line',
    name,
    step: 'end',
    symbol: 'none',
    lineStyle: { color: paint('--chart-1'), width: 2.5, type },
    itemStyle: { color: paint('--chart-1'), opacity: type === 'solid' ? 1 : 0.4 },
    areaStyle: { color: paint('--chart-1'), opacity: type === 'solid' ? 0.14 : 0.05 },
    data: points.map(({ day }, at) => (shown(day) ? values[at] : null)),
  });
  const series = [
    line('Balance', (day) => day <= today, 'solid'),
    line('Expected', (day) => day >= today, 'dashed'),
  ];
  const figures = {
    label,
    currency,
    days: points.map(({ day }) => day),
    series: [{ name: 'Balance', amounts: points.map(({ amount }) => amount) }],
  };
  const chart = drawDaily(figures, series, ['Balance', 'Expected']);
  const rows = chart.rows.map((row, at) => ({
    ...row,
    cells: [...row.cells, (points[at]?.day ?? '') > today ? 'Expected' : 'Booked'],
  }));
  return { ...chart, headers: [...chart.headers, 'State'], rows };
}

/** Stacked bars by day whose colours are the tones of their badges: payouts by state. */
export function stackedByState(input: {
  label: string;
  currency: string;
  days: string[];
  states: { name: string; tone: Tone; amounts: bigint[] }[];
}): Chart {
  const series = input.states.map(({ name, tone, amounts }) => ({
    type: 'bar',
    name,
    stack: 'state',
    barMaxWidth: 28,
    itemStyle: { color: paint(`--${tone}`) },
    data: plotted(amounts, input.currency),
  }));
  return drawDaily({ ...input, series: input.states }, series);
}

function drawDaily(figures: DailyFigures, series: object[], legend?: string[]): Chart {
  const names = legend ?? figures.series.map(({ name }) => name);
  return {
    label: figures.label,
    plots: {
      narrow: draw(figures, series, names, { width: 340, height: 240 }),
      middle: draw(figures, series, names, { width: 600, height: 260 }),
      wide: draw(figures, series, names, { width: 960, height: 300 }),
    },
    headers: ['Day', ...figures.series.map(({ name }) => name)],
    rows: figures.days.map((day, at) => ({
      name: formatDay(new Date(day)),
      cells: figures.series.map(({ amounts }) => formatMoney(amounts[at] ?? 0n, figures.currency)),
    })),
  };
}

type Size = { width: number; height: number };

function draw({ currency, days }: DailyFigures, series: object[], names: string[], size: Size): string {
  const text = { color: paint('--ink-soft'), fontSize: 12 };
  const chart = echarts().init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption({
    animation: false,
    silent: true,
    // The y axis' unit stands above it at the left, the legend at the right.
    grid: { left: 4, right: 8, top: 44, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend:
      names.length > 1
        ? { top: 0, right: 0, itemWidth: 14, itemHeight: 10, textStyle: text, data: names }
        : undefined,
    xAxis: {
      type: 'category',
      data: days.map(shortDay),
      axisLabel: { ...text, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: paint('--line-strong') } },
    },
    yAxis: {
      type: 'value',
      name: currency.toUpperCase(),
      nameTextStyle: { ...text, align: 'left', padding: [0, 0, 0, -30] },
      axisLabel: { ...text, formatter: (value: number) => compactMoney(value, currency) },
      splitLine: { lineStyle: { color: paint('--line') } },
      splitNumber: 4,
    },
    series,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return themed(svg);
}

/** Figures for the plot only: a pixel's place may be a float, the table's words come from the exact amounts. */
const plotted = (amounts: bigint[], currency: string): number[] =>
  amounts.map((amount) => Number(toDecimal(amount, currency)));

const shortDays = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const shortDay = (day: string): string => shortDays.format(new Date(day));

// echarts computes with colours and knows no CSS variables: each token travels as a colour that nothing else uses.
const tokens: string[] = [];
function paint(token: string): string {
  if (!tokens.includes(token)) tokens.push(token);
  return `#fe${tokens.indexOf(token).toString(16).padStart(4, '0')}`;
}

/** Puts the tokens back, so that dark mode works, and inline styles into attributes, so that the content policy may refuse them. */
const themed = (svg: string): string =>
  svg
    .replace(/#fe([0-9a-f]{4})/g, (colour, at: string) => `var(${tokens[Number.parseInt(at, 16)] ?? colour})`)
    .replace(/<style[^>]*>.*?<\/style>/gs, '')
    .replace(/ (?:ecmeta_[\w-]+|class)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      style.includes('font-size:12px') ? ' font-size="12"' : '',
    )
    .replace('<svg ', '<svg aria-hidden="true" focusable="false" ');
