import type { ComponentChildren } from 'preact';
import { formatDay, formatMoment, formatMoney } from './format.js';
import { Icon, type IconName } from './icon.js';

/** The four meanings and the absence of one; each has a shape of its own, so that colour is never the only sign. */
export type Tone = 'good' | 'waiting' | 'attention' | 'bad' | 'neutral';

/** A state in one word. */
export interface State {
  tone: Tone;
  word: string;
}

export const Badge = ({ tone, word }: State) => (
  <span class={`badge tone-${tone}`}>
    <Icon name={`tone-${tone}`} />
    {word}
  </span>
);

/** A sentence or two that stands out on the page. */
export const Notice = (props: {
  tone: Tone;
  title?: string;
  alert?: boolean;
  children?: ComponentChildren;
}) => (
  <div class={`notice tone-${props.tone}`} role={props.alert ? 'alert' : undefined}>
    <Icon name={`tone-${props.tone}`} />
    <div class="notice-body">
      {props.title && <p class="notice-title">{props.title}</p>}
      {props.children && <div>{props.children}</div>}
    </div>
  </div>
);

export const Money = ({ amount, currency }: { amount: number; currency: string }) => (
  <span class="money">{formatMoney(amount, currency)}</span>
);

/** A moment with its zone. @param at milliseconds; `day` leaves the time of day away */
export const When = ({ at, day }: { at: number; day?: boolean }) => (
  <time dateTime={new Date(at).toISOString()}>{day ? formatDay(at) : formatMoment(at)}</time>
);

/** A thing that is a unit. `flush` lets a table reach the edges. */
export const Card = (props: {
  title?: string;
  subtitle?: ComponentChildren;
  action?: ComponentChildren;
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

export const Stat = (props: {
  label: string;
  value: ComponentChildren;
  hint?: ComponentChildren;
  action?: ComponentChildren;
}) => (
  <div class="stat">
    <p class="stat-label">{props.label}</p>
    <p class="stat-value">{props.value}</p>
    {props.hint && <p class="stat-hint">{props.hint}</p>}
    {props.action && <p class="stat-action">{props.action}</p>}
  </div>
);

export const EmptyState = (props: { title: string; icon?: IconName; children?: ComponentChildren }) => (
  <div class="empty">
    <span class="empty-icon">
      <Icon name={props.icon ?? 'inbox'} />
    </span>
    <p class="empty-title">{props.title}</p>
    {props.children && <div class="empty-text">{props.children}</div>}
  </div>
);

/** Terms and what they are; entries without a value are left out. */
export const Facts = ({
  items,
}: {
  items: readonly (readonly [term: ComponentChildren, value: ComponentChildren])[];
}) => (
  <dl class="description-list">
    {items
      .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
      .map(([term, value], at) => (
        <div key={at}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** `at` in milliseconds. */
export type TimelineEntry = State & { key: string; at: number; href: string };

export const Timeline = ({ entries }: { entries: TimelineEntry[] }) => (
  <ol class="timeline">
    {entries.map(({ key, at, tone, word, href }) => (
      <li key={key} class={`tone-${tone}`}>
        <span class="timeline-mark">
          <Icon name={`tone-${tone}`} />
        </span>
        <div>
          <p class="timeline-word">
            <a href={href}>{word}</a>
          </p>
          <p class="timeline-when">
            <When at={at} />
          </p>
        </div>
      </li>
    ))}
  </ol>
);
