import type { ApiKeyView, SignedInDevice } from '#identity';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import {
  Actions,
  Badge,
  Button,
  Card,
  DateTime,
  EmptyState,
  Field,
  Notice,
  PostForm,
  Table,
} from '../ui/index.js';
import { AccountShell } from './account.views.js';
import { text } from './sign-in.views.js';

export const SessionsPage = ({ frame, sessions }: { frame: PageFrameData; sessions: SignedInDevice[] }) => (
  <AccountShell frame={frame} current="/account/devices">
    <Card title="Where you are signed in">
      <Table
        caption="Devices that are signed in"
        hideCaption
        rows={sessions}
        keyOf={(session) => session.id}
        columns={[
          {
            header: 'Device',
            rowHeader: true,
            cell: ({ device, current }) => (
              <>
                {device} {current && <Badge tone="good">This device</Badge>}
              </>
            ),
          },
          { header: 'Signed in', cell: ({ createdAt }) => <DateTime at={createdAt} /> },
          { header: 'Last seen', cell: ({ lastSeenAt }) => <DateTime at={lastSeenAt} /> },
          {
            header: 'Action',
            hideHeader: true,
            align: 'end',
            cell: ({ id, current }) =>
              !current && (
                <PostForm action={`/account/devices/${id}/sign-out`} inline>
                  <Button small>Sign out</Button>
                </PostForm>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <PostForm action="/account/devices/sign-out-others" inline>
          <Button>Sign out every other device</Button>
        </PostForm>
      )}
    </Card>
  </AccountShell>
);

export const ApiKeysPage = (props: {
  frame: PageFrameData;
  keys: ApiKeyView[];
  secret?: string;
  errors: FieldErrors;
  typed: Typed;
}) => (
  <AccountShell frame={props.frame} current="/account/api-keys" errors={props.errors}>
    {props.secret && (
      <Notice tone="attention" title="Copy your new key now: we can’t show it again">
        <p>
          <code>{props.secret}</code>
        </p>
      </Notice>
    )}
    <Card
      title="Your API keys"
      subtitle="A program that sends one as “Authorization: Bearer …” acts as you. It can’t change your account."
    >
      <Table
        caption="Your API keys"
        hideCaption
        rows={props.keys}
        keyOf={(key) => key.id}
        empty={
          <EmptyState title="No API keys yet" icon="key">
            Make one for each program, so that you can revoke them one by one.
          </EmptyState>
        }
        columns={[
          { header: 'Name', rowHeader: true, cell: ({ name }) => name },
          { header: 'Key', cell: ({ hint }) => <code>gh_…{hint}</code> },
          { header: 'Made', cell: ({ createdAt }) => <DateTime at={createdAt} /> },
          {
            header: 'Last used',
            cell: ({ lastUsedAt }) => (lastUsedAt ? <DateTime at={lastUsedAt} /> : 'Never'),
          },
          {
            header: 'Action',
            hideHeader: true,
            align: 'end',
            cell: ({ id }) => (
              <PostForm action={`/account/api-keys/${id}/revoke`} inline>
                <Button small look="danger">
                  Revoke
                </Button>
              </PostForm>
            ),
          },
        ]}
      />
    </Card>
    <Card title="Make a key">
      <PostForm action="/account/api-keys">
        <Field
          name="name"
          label="What is it for?"
          required
          maxLength={100}
          value={text(props.typed['name'])}
          error={props.errors['name']}
          placeholder="Stock import"
        />
        <Field
          name="password"
          type="password"
          label="Your password"
          help="A key goes on working when you sign out, so we ask once more."
          required
          autocomplete="current-password"
          error={props.errors['password']}
        />
        <Actions>
          <Button look="primary">Make a key</Button>
        </Actions>
      </PostForm>
    </Card>
  </AccountShell>
);
