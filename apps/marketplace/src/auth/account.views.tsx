import type { ComponentChildren } from 'preact';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import {
  Actions,
  Button,
  Card,
  Field,
  FormErrors,
  Notice,
  PostForm,
  Shell,
  Stack,
  Tabs,
} from '../ui/index.js';
import { errorList, passwordHelp, text } from './sign-in.views.js';

const pages = [
  ['/account', 'Profile'],
  ['/account/password', 'Password'],
  ['/account/devices', 'Devices'],
  ['/account/api-keys', 'API keys'],
  ['/account/close', 'Close account'],
] as const;

type Account = {
  frame: PageFrameData;
  current: (typeof pages)[number][0];
  errors?: FieldErrors;
  children: ComponentChildren;
};

export const AccountShell = ({ frame, current, errors, children }: Account) => {
  const label = pages.find(([href]) => href === current)![1];
  return (
    <Shell {...frame} title={`${label} · Your account`}>
      <Stack>
        <h1>Your account</h1>
        <Tabs
          label="Your account"
          tabs={pages.map(([href, label]) => ({ href, label, current: href === current }))}
        />
        <FormErrors errors={errorList(errors ?? {})} />
        {children}
      </Stack>
    </Shell>
  );
};

export const ProfilePage = (props: {
  frame: PageFrameData;
  user: { name: string; email: string };
  errors: FieldErrors;
  typed: Typed;
}) => (
  <AccountShell frame={props.frame} current="/account" errors={props.errors}>
    <Card title="Your name" subtitle="Shops see it on your orders.">
      <PostForm action="/account/name">
        <Field
          name="name"
          label="Name"
          autocomplete="name"
          required
          maxLength={100}
          value={text(props.typed['name']) ?? props.user.name}
          error={props.errors['name']}
        />
        <Actions>
          <Button look="primary">Save name</Button>
        </Actions>
      </PostForm>
    </Card>
    <Card title="Your e-mail" subtitle={`You sign in with ${props.user.email}.`}>
      <PostForm action="/account/email">
        <Field
          name="email"
          label="New e-mail"
          type="email"
          autocomplete="email"
          required
          value={text(props.typed['email'])}
          error={props.errors['email']}
        />
        <Field
          name="password"
          label="Current password"
          type="password"
          autocomplete="current-password"
          required
          error={props.errors['password']}
        />
        <Actions>
          <Button>Send a link to the new address</Button>
        </Actions>
      </PostForm>
    </Card>
  </AccountShell>
);

export const PasswordPage = ({ frame, errors }: { frame: PageFrameData; errors: FieldErrors }) => (
  <AccountShell frame={frame} current="/account/password" errors={errors}>
    <Card title="Change your password" subtitle="Every other device is signed out when you do.">
      <PostForm action="/account/password">
        <Field
          name="current"
          label="Current password"
          type="password"
          autocomplete="current-password"
          required
          error={errors['current']}
        />
        <Field
          name="password"
          label="New password"
          type="password"
          autocomplete="new-password"
          required
          error={errors['password']}
          help={passwordHelp}
        />
        <Actions>
          <Button look="primary">Change password</Button>
        </Actions>
      </PostForm>
    </Card>
  </AccountShell>
);

export const ClosePage = ({ frame, errors }: { frame: PageFrameData; errors: FieldErrors }) => (
  <AccountShell frame={frame} current="/account/close" errors={errors}>
    <Card title="Close your account">
      <Notice tone="attention" title="This can’t be undone">
        Your name and e-mail are erased, and you are signed out everywhere. Orders you placed stay with their
        shops, as the law asks of them.
      </Notice>
      <PostForm action="/account/close">
        <Field
          name="password"
          label="Your password"
          type="password"
          autocomplete="current-password"
          required
          error={errors['password']}
        />
        <Actions>
          <Button look="danger">Close my account for good</Button>
        </Actions>
      </PostForm>
    </Card>
  </AccountShell>
);
