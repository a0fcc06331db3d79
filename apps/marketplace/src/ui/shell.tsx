import type { ComponentChildren } from 'preact';
import { Button, ButtonLink, PostForm } from './actions.js';
import { Document, FlashNotice, type Frame, type Viewer } from './frame.js';
import { BrandMark, Icon } from './icon.js';

/** The storefront's page: header with search, cart and account, the content, a footer. The content brings its own h1. */
export const Shell = (props: Frame & { search?: string; wide?: boolean; children: ComponentChildren }) => (
  <Document {...props} {...(props.wide && { bodyClass: 'wide' })}>
    <header class="site-header">
      <div class="site-header-row">
        <Brand />
        <form class="site-search" action="/search" method="get" role="search">
          <label class="visually-hidden" for="site-search">
            Search for goods
          </label>
          <Icon name="search" />
          <input
            id="site-search"
            class="control"
            type="search"
            name="q"
            value={props.search}
            placeholder="Search for goods"
          />
        </form>
        <nav class="site-nav" aria-label="Account and cart">
          <ThemeSwitch />
          <AccountLinks viewer={props.viewer} />
          <CartLink count={props.cartCount ?? 0} />
        </nav>
      </div>
    </header>
    <main id="content" class="page" tabIndex={-1}>
      <FlashNotice flash={props.flash} />
      {props.children}
    </main>
    <Footer />
  </Document>
);

/** A narrow page with one job: sign in, sign up, a new password. */
export const AuthShell = (
  props: Frame & { heading?: string; lead?: ComponentChildren; children: ComponentChildren },
) => (
  <Document {...props} bodyClass="auth-body">
    <header class="auth-header">
      <Brand />
    </header>
    <main id="content" class="auth-page" tabIndex={-1}>
      <h1>{props.heading ?? props.title}</h1>
      {props.lead && <p class="lead">{props.lead}</p>}
      <FlashNotice flash={props.flash} />
      {props.children}
    </main>
  </Document>
);

export const Brand = () => (
  <a class="brand" href="/">
    <BrandMark />
    <span>Guildhall</span>
  </a>
);

/** Shown by the script only: without it the page follows the system. */
export const ThemeSwitch = () => (
  <button
    class="icon-button"
    type="button"
    data-theme-switch
    hidden
    aria-label="Switch between light and dark"
  >
    <Icon name="theme" />
  </button>
);

const CartLink = ({ count }: { count: number }) => (
  <a
    class="icon-button cart-link"
    href="/cart"
    aria-label={`Cart, ${count} ${count === 1 ? 'item' : 'items'}`}
  >
    <Icon name="cart" />
    {count > 0 && <span class="cart-count">{count > 99 ? '99+' : count}</span>}
  </a>
);

const AccountLinks = ({ viewer }: { viewer?: Viewer }) =>
  viewer ? (
    <AccountMenu viewer={viewer} />
  ) : (
    <>
      <ButtonLink look="quiet" href="/sign-in">
        Sign in
      </ButtonLink>
      <span class="sign-up">
        <ButtonLink look="primary" href="/sign-up">
          Sign up
        </ButtonLink>
      </span>
    </>
  );

/** Everything the viewer may go to, and the way out. */
export const AccountMenu = ({ viewer }: { viewer: Viewer }) => (
  <details class="menu" data-menu>
    <summary>
      <span class="avatar" aria-hidden="true">
        {viewer.name.trim().charAt(0).toUpperCase()}
      </span>
      <span class="menu-name">{viewer.name}</span>
      <Icon name="chevron-down" />
    </summary>
    <div class="menu-panel">
      <ul>
        <MenuItem href="/purchases" icon="receipt" label="Your purchases" />
        {viewer.sellers.map(({ id, name }) => (
          <MenuItem key={id} href={`/seller/${id}`} icon="store" label={name} />
        ))}
        {!viewer.sellers.length && <MenuItem href="/sell" icon="store" label="Open a shop" />}
        {viewer.isAdmin && <MenuItem href="/admin" icon="shield" label="Admin desk" />}
      </ul>
      <PostForm action="/sign-out" inline>
        <Button look="quiet" icon="sign-out" wide>
          Sign out
        </Button>
      </PostForm>
    </div>
  </details>
);

const MenuItem = (props: { href: string; icon: 'receipt' | 'store' | 'shield'; label: string }) => (
  <li>
    <a href={props.href}>
      <Icon name={props.icon} />
      {props.label}
    </a>
  </li>
);

const Footer = () => (
  <footer class="site-footer">
    <div class="site-footer-row">
      <p>Guildhall is an open marketplace. You pay each maker directly, and Stripe carries the money.</p>
      <nav aria-label="More about Guildhall">
        <a href="/sell">Sell on Guildhall</a>
        <a href="/api/docs">API</a>
      </nav>
    </div>
  </footer>
);
