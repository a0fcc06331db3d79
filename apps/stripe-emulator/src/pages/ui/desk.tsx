import type { ComponentChildren } from 'preact';
import { EmulatorLine, TestBadge, ThemeSwitch } from './hosted.js';
import { Icon, Mark, type IconName } from './icon.js';

export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
}

interface DeskProps {
  /** Beside the mark: whose desk this is. */
  name: string;
  nav: NavItem[];
  /** The address of the page that is shown, as in `nav`. */
  current: string;
  heading: string;
  lead?: ComponentChildren;
  action?: ComponentChildren;
  /** Where one comes from, on pages below a list. */
  back?: { href: string; label: string };
  /** For desks whose name does not say that they are an emulator's. */
  badge?: boolean;
  children: ComponentChildren;
}

/** A desk: a side bar with its pages, and one of them; on a phone the side bar is a menu on top. */
export const Desk = (props: DeskProps) => (
  <div class="desk">
    <aside class="desk-side" aria-label={props.name}>
      <Brand name={props.name} />
      <DeskNav {...props} label="Dashboard" />
      <EmulatorLine />
    </aside>
    <div class="desk-main">
      <header class="desk-top">
        <span class="desk-top-brand">
          <Brand name={props.name} />
        </span>
        {props.badge && <TestBadge />}
        <ThemeSwitch />
      </header>
      <details class="desk-menu">
        <summary>
          <Icon name="menu" />
          {props.nav.find((item) => item.href === props.current)?.label ?? 'Menu'}
          <Icon name="chevron-down" />
        </summary>
        <DeskNav {...props} label="Menu" />
      </details>
      <main id="content" class="desk-page" tabIndex={-1}>
        {props.back && (
          <p class="desk-back">
            <a href={props.back.href}>
              <Icon name="chevron-left" />
              {props.back.label}
            </a>
          </p>
        )}
        <header class="page-head">
          <div>
            <h1>{props.heading}</h1>
            {props.lead && <p class="lead">{props.lead}</p>}
          </div>
          {props.action}
        </header>
        <div class="stack">{props.children}</div>
        <div class="desk-foot">
          <EmulatorLine />
        </div>
      </main>
    </div>
  </div>
);

const Brand = ({ name }: { name: string }) => (
  <p class="brand">
    <Mark />
    <span>{name}</span>
  </p>
);

const DeskNav = ({ nav, current, label }: { nav: NavItem[]; current: string; label: string }) => (
  <nav aria-label={label}>
    <ul class="desk-nav">
      {nav.map(({ href, icon, label: word }) => (
        <li key={href}>
          <a href={href} aria-current={href === current ? 'page' : undefined}>
            <Icon name={icon} />
            {word}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
