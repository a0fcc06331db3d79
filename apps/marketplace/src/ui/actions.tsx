import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'quiet';

type Face = {
  look?: ButtonLook;
  icon?: IconName;
  small?: boolean;
  wide?: boolean;
  children: ComponentChildren;
};

const classes = ({ look = 'secondary', small, wide }: Face): string =>
  ['button', `button-${look}`, small && 'button-small', wide && 'button-wide'].filter(Boolean).join(' ');

/** A button that says what it does; submits its form unless `type` says otherwise. */
export const Button = (
  props: Face & {
    type?: 'submit' | 'button';
    name?: string;
    value?: string;
    disabled?: boolean;
    form?: string;
    formAction?: string;
  },
) => (
  <button
    class={classes(props)}
    type={props.type ?? 'submit'}
    name={props.name}
    value={props.value}
    disabled={props.disabled}
    form={props.form}
    formAction={props.formAction}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </button>
);

/** A link that looks like a button, for going somewhere rather than changing something. */
export const ButtonLink = (props: Face & { href: string; rel?: string; download?: boolean }) => (
  <a class={classes(props)} href={props.href} rel={props.rel} download={props.download}>
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </a>
);

/** A form that changes something: POST, sent once however often it is clicked. */
export function PostForm(props: {
  action: string;
  id?: string;
  files?: boolean;
  inline?: boolean;
  label?: string;
  children: ComponentChildren;
}) {
  return (
    <form
      method="post"
      action={props.action}
      id={props.id}
      class={props.inline ? 'form-inline' : 'form'}
      enctype={props.files ? 'multipart/form-data' : undefined}
      aria-label={props.label}
      data-once
      noValidate
    >
      {props.children}
    </form>
  );
}

/** The buttons at the end of a form: the primary one first. */
export const Actions = ({ children }: { children: ComponentChildren }) => (
  <div class="actions">{children}</div>
);
