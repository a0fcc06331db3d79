import type { ComponentChildren } from 'preact';
import { Icon, Mark } from './icon.js';

/** Says on every hosted page what it is; buyers and sellers must never take it for the real one. */
export const EmulatorLine = () => (
  <p class="emulator-line">
    <Icon name="shield" />
    <span>Test page of a Stripe emulator. Please type no real card or bank details.</span>
  </p>
);

/** Where the eye falls first: whoever looks no further knows that this is a test. */
export const TestBadge = () => <span class="test-badge">Emulator · test mode</span>;

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

/** What is paid on the left, how on the right; one below the other on a phone. */
export const TwoColumns = (props: {
  /** The way back, or whose page it is. */
  back: ComponentChildren;
  aside: ComponentChildren;
  children: ComponentChildren;
}) => (
  <main id="content" class="pay" tabIndex={-1}>
    <div class="pay-summary">
      <div class="pay-inner">
        <div class="pay-top">
          <p class="pay-back">{props.back}</p>
          <TestBadge />
        </div>
        {props.aside}
      </div>
    </div>
    <div class="pay-form">
      <ThemeSwitch />
      <div class="pay-inner">
        {props.children}
        <EmulatorLine />
      </div>
    </div>
  </main>
);

/** A narrow page with one job. */
export const Narrow = (props: {
  heading: string;
  lead?: ComponentChildren;
  children?: ComponentChildren;
}) => (
  <>
    <header class="narrow-head">
      <Mark />
      <TestBadge />
      <ThemeSwitch />
    </header>
    <main id="content" class="narrow" tabIndex={-1}>
      <h1>{props.heading}</h1>
      {props.lead && <p class="lead">{props.lead}</p>}
      {props.children}
      <EmulatorLine />
    </main>
  </>
);
