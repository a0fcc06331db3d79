import type { Chart, PlotWidth } from './charts.js';
import { Table } from './table.js';

const widths: PlotWidth[] = ['narrow', 'middle', 'wide'];

/** A plot, and its table for who prefers to read. */
export function ChartWithTable({ chart }: { chart: Chart }) {
  const [first = '', ...others] = chart.headers;
  return (
    <figure class="chart">
      <div role="img" aria-label={`${chart.label}. The table below has the figures.`}>
        {widths.map((width) => (
          <div
            key={width}
            class={`chart-${width}`}
            dangerouslySetInnerHTML={{ __html: chart.plots[width] }}
          />
        ))}
      </div>
      <details>
        <summary>Read as a table</summary>
        <Table
          caption={chart.label}
          hideCaption
          columns={[
            { header: first, rowHeader: true, cell: ({ name }) => name },
            ...others.map((header, at) => ({
              header,
              align: 'end' as const,
              cell: ({ cells }: Chart['rows'][number]) => cells[at],
            })),
          ]}
          rows={chart.rows}
          keyOf={({ name }) => name}
        />
      </details>
    </figure>
  );
}
