import { Transform } from 'class-transformer';
import { IsEmail, IsNotEmpty, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { PASSWORD_MAX } from '#identity';

/** Messages that the pages show beside the field and the API answers under it. The decorator nearest to a property runs first. */
const Email = () => IsEmail({}, { message: 'Write an e-mail address such as ada@example.com.' });
const Name = () => Length(1, 100, { message: 'Write a name of at most 100 characters.' });
const Text = () => IsString({ message: 'This must be text.' });
const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
/** Longer ones would be work for the hash and no stronger; identity says what a good one is. */
const Password = () => MaxLength(PASSWORD_MAX, { message: `Use at most ${PASSWORD_MAX} characters.` });
const Token = () => Length(1, 100, { message: 'Copy the whole link from the mail.' });
const Given = (message: string) => IsNotEmpty({ message });

export class SignInDto {
  @Email() @Trimmed() email!: string;
  @Password() @Text() @Given('Write your password.') password!: string;
  /** Where to go afterwards: a path on this site. Only for the page. */
  @IsOptional() @Text() next?: string;
}

export class SignUpDto {
  @Name() @Trimmed() name!: string;
  @Email() @Trimmed() email!: string;
  @Password() @Text() @Given('Choose a password.') password!: string;
  @IsOptional() @Text() next?: string;
}

export class EmailDto {
  @Email() @Trimmed() email!: string;
}

export class NewPasswordDto {
  @Password() @Text() @Given('Choose a password.') password!: string;
}

export class TokenDto {
  @Token() token!: string;
}

export class ResetPasswordDto {
  @Token() token!: string;
  @Password() @Text() @Given('Choose a password.') password!: string;
}

export class NameDto {
  @Name() @Trimmed() name!: string;
}

export class ChangeEmailDto {
  @Email() @Trimmed() email!: string;
  @Password() @Text() @Given('Write your current password.') password!: string;
}

export class ChangePasswordDto {
  @Password() @Text() @Given('Write your current password.') current!: string;
  @Password() @Text() @Given('Choose a new password.') password!: string;
}

export class CloseAccountDto {
  @Password() @Text() @Given('Write your password.') password!: string;
}

export class ApiKeyDto {
  @Name() @Trimmed() name!: string;
  @Password() @Text() @Given('Write your password.') password!: string;
}
