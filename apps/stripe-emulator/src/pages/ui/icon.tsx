/** Shapes on a 24-unit grid, drawn as strokes of the text's colour. */
const shapes = {
  home: 'M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-5.5h4V20',
  users:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19.5c.7-3 3.2-4.5 6.5-4.5s5.8 1.5 6.5 4.5M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 15.3c1.9.7 3.1 2.1 3.5 4.2',
  card: 'M3.5 6h17v12h-17V6ZM3.5 10h17M7 14.5h3',
  bank: 'M3 9 12 4l9 5H3ZM5.5 9v8M10 9v8M14 9v8M18.5 9v8M3 20h18M4 17h16',
  payout: 'M4 12v7h16v-7M12 4v10M8 10.5l4 4 4-4',
  inbox: 'M4 13 6.5 5h11L20 13v6H4v-6ZM4 13h5l1 2.5h4l1-2.5h5',
  send: 'M4 12 20 4l-5 16-3.5-6.5L4 12ZM11.5 13.5 20 4',
  list: 'M8.5 6H20M8.5 12H20M8.5 18H20M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4.5l3 1.7',
  bolt: 'M13 3 5 13.5h6L10 21l9-11h-6.5L13 3Z',
  shield: 'M12 3 5 5.5V11c0 4.5 2.8 7.8 7 10 4.2-2.2 7-5.5 7-10V5.5L12 3ZM9 11.5l2.2 2.2L15.5 9.5',
  lock: 'M6 11h12v9H6v-9ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  theme: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 4v16M12 8l5.5-2M12 12h8M12 16l5.5 2',
  menu: 'M4 7h16M4 12h16M4 17h16',
  check: 'M5 12.5l4.5 4.5L19 7.5',
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

/** A small drawing beside words; screen readers skip it. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <path d={shapes[name]} />
  </svg>
);

/** The emulator's mark: two rails that money moves along. */
export const Mark = () => (
  <svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <rect class="brand-mark-ground" width="32" height="32" rx="8" />
    <path class="brand-mark-shape" d="M8 13h11l-3-4M24 19H13l3 4" />
  </svg>
);
