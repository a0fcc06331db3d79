/** Shapes on a 24-unit grid, drawn as strokes of the text's colour. */
const shapes = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20',
  cart: 'M5 8h14l-1.2 11.2a1 1 0 0 1-1 .8H7.2a1 1 0 0 1-1-.8L5 8ZM9 10.5V7a3 3 0 0 1 6 0v3.5',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.9-3.4 3.9-5 7.5-5s6.6 1.6 7.5 5',
  users:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19.5c.7-3 3.2-4.5 6.5-4.5s5.8 1.5 6.5 4.5M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 15.3c1.9.7 3.1 2.1 3.5 4.2',
  home: 'M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-5.5h4V20',
  store:
    'M4.5 10v9.5h15V10M3 9l2-5h14l2 5c0 1.5-1.3 2.5-3 2.5S15 10.5 15 9c0 1.5-1.3 2.5-3 2.5S9 10.5 9 9c0 1.5-1.3 2.5-3 2.5S3 10.5 3 9ZM9.5 19.5V15h5v4.5',
  box: 'M12 3 4 7v10l8 4 8-4V7l-8-4ZM4 7l8 4 8-4M12 11v10',
  tag: 'M4 4h8l8 8-8 8-8-8V4ZM8.5 8.5h.01',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2V3ZM9 8h6M9 12h6',
  truck:
    'M3 6h11v10H3V6ZM14 10h4l3 3v3h-7v-6ZM7 16a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM17 16a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  bank: 'M3 9 12 4l9 5H3ZM5.5 9v8M10 9v8M14 9v8M18.5 9v8M3 20h18M4 17h16',
  payout: 'M4 12v7h16v-7M12 4v10M8 10.5l4 4 4-4',
  refund: 'M4 10h10a5 5 0 0 1 0 10H8M8 6l-4 4 4 4',
  percent: 'M18 6 6 18M7.5 5.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM16.5 14.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  chart: 'M4 4v16h16M8.5 16v-4M12.5 16V8M16.5 16v-6',
  book: 'M5 4h10a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3V4ZM5 17a3 3 0 0 1 3-3h10M9 8h5',
  inbox: 'M4 13 6.5 5h11L20 13v6H4v-6ZM4 13h5l1 2.5h4l1-2.5h5',
  shield: 'M12 3 5 5.5V11c0 4.5 2.8 7.8 7 10 4.2-2.2 7-5.5 7-10V5.5L12 3ZM9 11.5l2.2 2.2L15.5 9.5',
  list: 'M8.5 6H20M8.5 12H20M8.5 18H20M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
  mail: 'M3.5 6h17v12h-17V6ZM4 6.5l8 6.5 8-6.5',
  image: 'M4 5h16v14H4V5ZM4 16l4.5-4.5L13 16l3-3 4 4M15.5 9h.01',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16',
  external: 'M13 5h6v6M19 5l-8 8M17 14v5H5V7h5',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4.5l3 1.7',
  calendar: 'M4 6h16v14H4V6ZM4 10.5h16M8 3.5V8M16 3.5V8',
  key: 'M15 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM11.3 12.7 4 20M7 17l2.5 2.5',
  help: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM9.8 10a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.7M12 16.3h.01',
  theme: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 4v16M12 8l5.5-2M12 12h8M12 16l5.5 2',
  'sign-out': 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9.5',
  'chevron-down': 'M6.5 9.5 12 15l5.5-5.5',
  'chevron-left': 'M14.5 6.5 9 12l5.5 5.5',
  'chevron-right': 'M9.5 6.5 15 12l-5.5 5.5',
  'tone-good': 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8 12.3l2.8 2.8L16 9.5',
  'tone-waiting': 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3.2 2',
  'tone-attention': 'M12 3.5 22 20.5H2L12 3.5ZM12 10v4.5M12 17.5h.01',
  'tone-bad': 'M8 3h8l5 5v8l-5 5H8l-5-5V8l5-5ZM9 9l6 6M15 9l-6 6',
  'tone-neutral': 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM8.5 12h7',
} as const;

export type IconName = keyof typeof shapes;

/** A small drawing beside words; with `label` it speaks for itself, without it screen readers skip it. */
export const Icon = ({ name, label }: { name: IconName; label?: string }) => (
  <svg
    class="icon"
    viewBox="0 0 24 24"
    width="20"
    height="20"
    role={label ? 'img' : undefined}
    aria-label={label}
    aria-hidden={label ? undefined : 'true'}
  >
    <path d={shapes[name]} />
  </svg>
);

/** Guildhall's mark: a gable over an open door. */
export const BrandMark = () => (
  <svg class="brand-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
    <rect class="brand-mark-ground" width="32" height="32" rx="8" />
    <path class="brand-mark-shape" d="M16 6 6 13.5V26h6v-6a4 4 0 0 1 8 0v6h6V13.5L16 6Z" />
  </svg>
);
