import type { ComponentChildren } from 'preact';
import { Icon, Mark } from './icon.js';

/** Says on every hosted page what it is; buyers and sellers must never take it for the real one. */
export const EmulatorLine = () => (
  <p class="emulator-line">
    <Icon name="shield" />
    <span>Test page of a Stripe emulator. Please type no real card or bank details.</span>
  </p>
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

/** What is paid on the left, how on the right; one below the other on a phone. */
export const TwoColumns = (props: { aside: ComponentChildren; children: ComponentChildren }) => (
  <main id="content" class="pay" tabIndex={-1}>
    <div class="pay-summary">
      <div class="pay-inner">{props.aside}</div>
    </div>
    <div class="pay-form">
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
