/** Everything a page may draw with. Pages import from here and write no class names, except `prose`, `muted` and `visually-hidden`. */
export {
  renderFragment,
  renderPage,
  themeFromCookie,
  type Flash,
  type Frame,
  type Theme,
  type Viewer,
} from './frame.js';
export { assetUrl, registerAssets } from './assets.js';
export { AuthShell, Shell } from './shell.js';
export { DeskShell, type DeskGroup } from './desk-shell.js';
export { formatDateTime, formatDay, formatMoney } from './format.js';
export { DateTime, Money, MoneyCell } from './values.js';
export { Badge, Notice, type Tone } from './notice.js';
export { type IconName } from './icon.js';
export { Actions, Button, ButtonLink, PostForm, type ButtonLook } from './actions.js';
export {
  Checkbox,
  Field,
  FieldGroup,
  FieldRow,
  FileInput,
  FormErrors,
  MoneyInput,
  Select,
  TextArea,
  type Option,
} from './forms.js';
export { Filters, Fold, Pager, Table, type Column } from './table.js';
export {
  Card,
  Columns,
  DescriptionList,
  EmptyState,
  Grid,
  Live,
  Stack,
  StatTile,
  Steps,
  Timeline,
  type Step,
  type TimelineEntry,
} from './blocks.js';
export { Breadcrumbs, PageHead, SectionHead, Tabs } from './navigation.js';
export {
  Hero,
  LineItem,
  LineQuantity,
  ListingCard,
  ListingGrid,
  Picture,
  Price,
  ProductLayout,
} from './goods.js';
export { barsByDay, lineForecast, stackedByState, type Chart, type DailyFigures } from './charts.js';
export { ChartWithTable } from './chart-with-table.js';
