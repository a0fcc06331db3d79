import { Icon } from './icon.js';

/** Views of one thing, as links. */
export const Tabs = (props: {
  label: string;
  tabs: { href: string; label: string; current?: boolean; count?: number }[];
}) => (
  <nav class="tabs" aria-label={props.label}>
    <ul>
      {props.tabs.map((tab) => (
        <li key={tab.href}>
          <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
            {tab.label}
            {tab.count !== undefined && <span class="count">{tab.count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** The way here, the last one being this page. */
export const Breadcrumbs = ({ items }: { items: { label: string; href?: string }[] }) => (
  <nav class="breadcrumbs" aria-label="Breadcrumbs">
    <ol>
      {items.map((item, at) => (
        <li key={item.label}>
          {at > 0 && <Icon name="chevron-right" />}
          {item.href ? <a href={item.href}>{item.label}</a> : <span aria-current="page">{item.label}</span>}
        </li>
      ))}
    </ol>
  </nav>
);
