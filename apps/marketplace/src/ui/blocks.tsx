import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';
import { toneIcon, type Tone } from './notice.js';
import { DateTime } from './values.js';

/** A thing that is a unit, with an optional heading and an action beside it. */
export const Card = (props: {
  title?: string;
  subtitle?: ComponentChildren;
  action?: ComponentChildren;
  /** Lets a table or a plot reach the card's edges. */
  flush?: boolean;
  children: ComponentChildren;
}) => (
  <section class={props.flush ? 'card card-flush' : 'card'}>
    {(props.title || props.action) && (
      <header class="card-head">
        <div>
          {props.title && <h2>{props.title}</h2>}
          {props.subtitle && <p class="muted">{props.subtitle}</p>}
        </div>
        {props.action}
      </header>
    )}
    {props.children}
  </section>
);

/** One figure with what it is and what it means. */
export const StatTile = (props: {
  label: string;
  value: ComponentChildren;
  hint?: ComponentChildren;
  href?: string;
}) => (
  <div class="stat">
    <p class="stat-label">{props.href ? <a href={props.href}>{props.label}</a> : props.label}</p>
    <p class="stat-value">{props.value}</p>
    {props.hint && <p class="stat-hint">{props.hint}</p>}
  </div>
);

/** Stat tiles or cards side by side, as many as fit. */
export const Grid = ({ children }: { children: ComponentChildren }) => <div class="grid">{children}</div>;

/** What matters on the left, what goes with it on the right; one under the other on a phone. */
export const Columns = (props: { main: ComponentChildren; aside: ComponentChildren }) => (
  <div class="columns">
    <div class="stack">{props.main}</div>
    <div class="stack">{props.aside}</div>
  </div>
);

/** Sections one under the other with even space. */
export const Stack = ({ children }: { children: ComponentChildren }) => <div class="stack">{children}</div>;

/** A list without entries: what it will hold, and what to do first. */
export const EmptyState = (props: {
  title: string;
  icon?: IconName;
  action?: ComponentChildren;
  children?: ComponentChildren;
}) => (
  <div class="empty">
    <span class="empty-icon">
      <Icon name={props.icon ?? 'inbox'} />
    </span>
    <p class="empty-title">{props.title}</p>
    {props.children && <div class="empty-text">{props.children}</div>}
    {props.action}
  </div>
);

/** Terms and what they are. */
export const DescriptionList = ({ items }: { items: { term: string; value: ComponentChildren }[] }) => (
  <dl class="description-list">
    {items.map(({ term, value }) => (
      <div key={term}>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

export type TimelineEntry = { at: Date; tone: Tone; word: string; sentence?: ComponentChildren };

/** The story of a payment, refund or payout, newest first as given: when, a word, a sentence. */
export const Timeline = (props: { entries: TimelineEntry[] }) => (
  <ol class="timeline">
    {props.entries.map((entry) => (
      <li key={`${entry.at.toISOString()}:${entry.word}`} class={`tone-${entry.tone}`}>
        <span class="timeline-mark">
          <Icon name={toneIcon[entry.tone]} />
        </span>
        <div>
          <p class="timeline-word">{entry.word}</p>
          {entry.sentence && <p class="timeline-sentence">{entry.sentence}</p>}
          <p class="timeline-when">
            <DateTime at={entry.at} />
          </p>
        </div>
      </li>
    ))}
  </ol>
);

export type Step = {
  title: ComponentChildren;
  detail?: ComponentChildren;
  state: 'done' | 'current' | 'left';
  /** The state in words: "Paid", "Pay now", "Not paid yet". */
  word: string;
  action?: ComponentChildren;
};

/** Parts of one job done one after another, for example the sellers of a purchase: paid, being paid, left. */
export const Steps = (props: { label: string; steps: Step[] }) => (
  <ol class="steps" aria-label={props.label}>
    {props.steps.map((step, at) => (
      <li
        key={at}
        class={`step step-${step.state}`}
        aria-current={step.state === 'current' ? 'step' : undefined}
      >
        <span class="step-mark" aria-hidden="true">
          {step.state === 'done' ? <Icon name="check" /> : at + 1}
        </span>
        <div class="step-body">
          <p class="step-title">{step.title}</p>
          {step.detail && <p class="step-detail">{step.detail}</p>}
        </div>
        <span class="step-word">{step.word}</span>
        {step.action && <div class="step-action">{step.action}</div>}
      </li>
    ))}
  </ol>
);

/** A region that asks `path` for its content until the answer carries `data-live-done`; without JavaScript the reader reloads. */
export const Live = (props: { path: string; everyMs?: number; children: ComponentChildren }) => (
  <div data-live={props.path} data-every={props.everyMs ?? 2000} aria-live="polite">
    {props.children}
  </div>
);
