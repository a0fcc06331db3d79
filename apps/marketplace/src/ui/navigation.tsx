import type { ComponentChildren } from 'preact';
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

/** A storefront page's one title, with a sentence and an action. Desks draw their own. */
export const PageHead = (props: {
  title: ComponentChildren;
  lead?: ComponentChildren;
  action?: ComponentChildren;
}) => (
  <div class="page-head">
    <div>
      <h1>{props.title}</h1>
      {props.lead && <p class="lead">{props.lead}</p>}
    </div>
    {props.action && <div class="page-action">{props.action}</div>}
  </div>
);

/** The heading of a section of a page, with a link to all of it. */
export const SectionHead = (props: { title: string; action?: ComponentChildren }) => (
  <div class="section-head">
    <h2>{props.title}</h2>
    {props.action}
  </div>
);
