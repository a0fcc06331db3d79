import { PASSWORD_MIN } from '#identity';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import { Actions, AuthShell, Button, ButtonLink, Field, FormErrors, Notice, PostForm } from '../ui/index.js';

type FormPage = { frame: PageFrameData; errors: FieldErrors; typed: Typed };

export const text = (value: Typed[string]): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Above the form: every error, each leading to its field. */
export const errorList = (errors: FieldErrors): { field?: string; message: string }[] =>
  Object.entries(errors).map(([field, message]) => (field ? { field, message } : { message }));

export const passwordHelp = `At least ${PASSWORD_MIN} characters. A few words that don’t belong together are easy to remember and hard to guess.`;

const withNext = (path: string, next: string | null): string =>
  next ? `${path}?next=${encodeURIComponent(next)}` : path;

const NextField = ({ next }: { next: string | null }) =>
  next ? <input type="hidden" name="next" value={next} /> : null;

export const SignInPage = ({ frame, errors, typed, next }: FormPage & { next: string | null }) => (
  <AuthShell {...frame} title="Sign in" heading="Welcome back">
    <FormErrors errors={errorList(errors)} />
    <PostForm action="/sign-in">
      <NextField next={next} />
      <Field
        name="email"
        label="E-mail"
        type="email"
        autocomplete="username"
        required
        value={text(typed['email'])}
        error={errors['email']}
      />
      <Field
        name="password"
        label="Password"
        type="password"
        autocomplete="current-password"
        required
        error={errors['password']}
      />
      <Actions>
        <Button look="primary" wide>
          Sign in
        </Button>
      </Actions>
    </PostForm>
    <p>
      <a href="/forgot">Forgot your password?</a>
    </p>
    <p>
      New here? <a href={withNext('/sign-up', next)}>Make an account</a>
    </p>
  </AuthShell>
);

export const SignUpPage = ({ frame, errors, typed, next }: FormPage & { next: string | null }) => (
  <AuthShell
    {...frame}
    title="Sign up"
    heading="Make an account"
    lead="Keep your purchases in one place, or open a shop of your own."
  >
    <FormErrors errors={errorList(errors)} />
    <PostForm action="/sign-up">
      <NextField next={next} />
      <Field
        name="name"
        label="Your name"
        autocomplete="name"
        required
        maxLength={100}
        value={text(typed['name'])}
        error={errors['name']}
      />
      <Field
        name="email"
        label="E-mail"
        type="email"
        autocomplete="username"
        required
        value={text(typed['email'])}
        error={errors['email']}
        help="We send a link there to make sure that it is yours."
      />
      <Field
        name="password"
        label="Password"
        type="password"
        autocomplete="new-password"
        required
        error={errors['password']}
        help={passwordHelp}
      />
      <Actions>
        <Button look="primary" wide>
          Make my account
        </Button>
      </Actions>
    </PostForm>
    <p>
      Have an account already? <a href={withNext('/sign-in', next)}>Sign in</a>
    </p>
  </AuthShell>
);

const checkMail = {
  sign_up: 'We sent you a link to confirm your e-mail. Open it in this browser, and you are signed in.',
  password_reset: 'If there is an account with this address, a link for a new password is on its way.',
} as const;

export const CheckMailPage = (props: {
  frame: PageFrameData;
  demo: boolean;
  purpose: keyof typeof checkMail;
}) => (
  <AuthShell {...props.frame} title="Check your mail" lead={checkMail[props.purpose]}>
    {props.demo && (
      <Notice tone="neutral" title="This is a demo">
        Its mails are kept on a page of their own. <a href="/demo/mails">Open the demo’s mails</a>
      </Notice>
    )}
    <p>Nothing there after a few minutes? Look into your spam folder, or try again.</p>
    <Actions>
      <ButtonLink href={props.purpose === 'sign_up' ? '/sign-up' : '/forgot'}>Try again</ButtonLink>
      <ButtonLink look="quiet" href="/">
        Back to the shops
      </ButtonLink>
    </Actions>
  </AuthShell>
);
