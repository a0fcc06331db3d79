import type { ComponentChildren } from 'preact';
import { Document, FlashNotice, type Frame, type Viewer } from './frame.js';
import { Icon, type IconName } from './icon.js';
import { AccountMenu, Brand, ThemeSwitch } from './shell.js';

export type DeskGroup = {
  label?: string;
  items: {
    href: string;
    label: string;
    icon: IconName;
    current?: boolean;
    /** How many wait for someone. */
    count?: number;
  }[];
};

type DeskProps = Frame & {
  /** Whose desk it is: the shop's name, or "Admin". */
  desk: string;
  groups: DeskGroup[];
  viewer: Viewer;
  subtitle?: ComponentChildren;
  /** The state of what the page shows, beside its title. */
  badge?: ComponentChildren;
  breadcrumbs?: ComponentChildren;
  /** The one thing most people come here to do. */
  action?: ComponentChildren;
  children: ComponentChildren;
};

/** A desk's page: side bar, one title, one primary action. On a phone the side bar is a menu that opens without JavaScript. */
export const DeskShell = (props: DeskProps) => (
  <Document {...props} bodyClass="desk-body">
    <div class="desk">
      <aside class="desk-side" aria-label="Side bar">
        <Brand />
        <p class="desk-name">{props.desk}</p>
        <DeskNav desk={props.desk} groups={props.groups} />
      </aside>
      <div class="desk-main">
        <header class="desk-top">
          <div class="desk-top-brand">
            <Brand />
          </div>
          <a class="desk-back" href="/">
            <Icon name="store" />
            Storefront
          </a>
          <ThemeSwitch />
          <AccountMenu viewer={props.viewer} />
        </header>
        <details class="desk-menu">
          <summary>
            <Icon name="menu" />
            <span>{props.desk}</span>
            <Icon name="chevron-down" />
          </summary>
          <DeskNav desk={props.desk} groups={props.groups} />
        </details>
        <main id="content" class="desk-page" tabIndex={-1}>
          <FlashNotice flash={props.flash} />
          {props.breadcrumbs}
          <div class="page-head">
            <div>
              <h1>
                {props.title} {props.badge}
              </h1>
              {props.subtitle && <p class="lead">{props.subtitle}</p>}
            </div>
            {props.action && <div class="page-action">{props.action}</div>}
          </div>
          <div class="stack">{props.children}</div>
        </main>
      </div>
    </div>
  </Document>
);

const DeskNav = ({ desk, groups }: { desk: string; groups: DeskGroup[] }) => (
  <nav class="desk-nav" aria-label={`${desk} desk`}>
    {groups.map((group) => (
      <div key={group.label ?? 'main'} class="desk-nav-group">
        {group.label && <p class="desk-nav-label">{group.label}</p>}
        <ul>
          {group.items.map((item) => (
            <li key={item.href}>
              <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                <Icon name={item.icon} />
                {item.label}
                {item.count ? <span class="count">{item.count}</span> : null}
              </a>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </nav>
);
