import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import { Actions, AuthShell, Button, ButtonLink, Field, FormErrors, PostForm } from '../ui/index.js';
import { errorList, passwordHelp, text } from './sign-in.views.js';

export const ForgotPage = (props: { frame: PageFrameData; errors: FieldErrors; typed: Typed }) => (
  <AuthShell
    {...props.frame}
    title="Forgot your password?"
    lead="Write your e-mail, and we send you a link to choose a new one."
  >
    <FormErrors errors={errorList(props.errors)} />
    <PostForm action="/forgot">
      <Field
        name="email"
        label="E-mail"
        type="email"
        autocomplete="username"
        required
        value={text(props.typed['email'])}
        error={props.errors['email']}
      />
      <Actions>
        <Button look="primary" wide>
          Send me a link
        </Button>
      </Actions>
    </PostForm>
    <p>
      <a href="/sign-in">Back to signing in</a>
    </p>
  </AuthShell>
);

export const NewPasswordPage = (props: {
  frame: PageFrameData;
  token: string;
  email: string;
  errors: FieldErrors;
}) => (
  <AuthShell
    {...props.frame}
    title="Choose a new password"
    lead={`For ${props.email}. Every device that is signed in now will be signed out.`}
  >
    <FormErrors errors={errorList(props.errors)} />
    <PostForm action={`/reset/${encodeURIComponent(props.token)}`}>
      <Field
        name="password"
        label="New password"
        type="password"
        autocomplete="new-password"
        required
        error={props.errors['password']}
        help={passwordHelp}
      />
      <Actions>
        <Button look="primary" wide>
          Set my new password
        </Button>
      </Actions>
    </PostForm>
  </AuthShell>
);

export const ConfirmPage = (props: { frame: PageFrameData; token: string; email: string }) => (
  <AuthShell {...props.frame} title="Confirm your e-mail" lead={`Is ${props.email} your address?`}>
    <PostForm action={`/confirm/${encodeURIComponent(props.token)}`}>
      <Actions>
        <Button look="primary" wide>
          Yes, confirm it
        </Button>
      </Actions>
    </PostForm>
    <p>If you did not ask for this, close this page: nothing happens.</p>
  </AuthShell>
);

export const LinkInvalidPage = (props: { frame: PageFrameData; again: string }) => (
  <AuthShell
    {...props.frame}
    title="This link no longer works"
    lead="It was used before, or it has run out. Links work once and for a short time, to keep your account safe."
  >
    <Actions>
      <ButtonLink look="primary" href={props.again}>
        Ask for a new one
      </ButtonLink>
      <ButtonLink href="/sign-in">Sign in</ButtonLink>
    </Actions>
  </AuthShell>
);
