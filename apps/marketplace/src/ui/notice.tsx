import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

/** The four meanings and the absence of one; every badge, notice, plot and timeline uses these and no others. */
export type Tone = 'good' | 'waiting' | 'attention' | 'bad' | 'neutral';

/** Each tone has a shape of its own, so that colour is never the only sign. */
export const toneIcon: Record<Tone, IconName> = {
  good: 'tone-good',
  waiting: 'tone-waiting',
  attention: 'tone-attention',
  bad: 'tone-bad',
  neutral: 'tone-neutral',
};

/** A state in one word, with the shape of its tone. */
export const Badge = ({ tone, children }: { tone: Tone; children: ComponentChildren }) => (
  <span class={`badge tone-${tone}`}>
    <Icon name={toneIcon[tone]} />
    {children}
  </span>
);

/** A sentence or two that stands out on the page, with an optional action. */
export const Notice = (props: {
  tone: Tone;
  title?: string;
  action?: ComponentChildren;
  children?: ComponentChildren;
}) => (
  <div class={`notice tone-${props.tone}`}>
    <Icon name={toneIcon[props.tone]} />
    <div class="notice-body">
      {props.title && <p class="notice-title">{props.title}</p>}
      {props.children && <div class="notice-text">{props.children}</div>}
    </div>
    {props.action && <div class="notice-action">{props.action}</div>}
  </div>
);
