import { Body, Controller, Get, Post } from '@nestjs/common';
import { canPay, SELLER_TERMS_VERSION, sellerCountries, sellerCurrencies, SellerSignUp } from '#sellers';
import { PlatformAccount } from '#stripe';
import { SignedIn } from '../auth/index.js';
import {
  type FieldErrors,
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  seeOther,
  type Typed,
  Viewer,
  withForm,
} from '../http/index.js';
import {
  Actions,
  AuthShell,
  Button,
  Checkbox,
  Field,
  FieldRow,
  FormErrors,
  PostForm,
  Select,
  TextArea,
} from '../ui/index.js';
import { NewSellerForm } from './become-a-seller.dto.js';

/** A signed-in person opens a shop. */
@SignedIn()
@Controller('sell')
export class BecomeASellerPages {
  constructor(
    private readonly signUp: SellerSignUp,
    private readonly platform: PlatformAccount,
  ) {}

  @Get()
  async form(@PageFrame() frame: PageFrameData) {
    const countries = await this.countries();
    return <NewShopPage frame={frame} countries={countries} errors={{}} typed={{}} />;
  }

  @Post()
  async create(@PageFrame() frame: PageFrameData, @Viewer() viewer: RequestViewer, @Body() body: unknown) {
    const countries = await this.countries();
    return withForm(
      NewSellerForm,
      body,
      async (shop) => {
        const seller = await this.signUp.create(viewer.actor, shop);
        return seeOther(`/seller/${seller.id}`, {
          tone: 'good',
          text: 'Your shop is made. One step is left.',
        });
      },
      (errors, typed) => <NewShopPage frame={frame} countries={countries} errors={errors} typed={typed} />,
    );
  }

  /** Those that Stripe lets this marketplace pay. */
  private async countries(): Promise<Option[]> {
    const home = await this.platform.country();
    return sellerCountries
      .filter(({ code }) => canPay(home, code))
      .map(({ code, name }) => ({ value: code, label: name }));
  }
}

interface Option {
  readonly value: string;
  readonly label: string;
}

const currencyName = new Intl.DisplayNames('en', { type: 'currency' });
const currencies = sellerCurrencies.map((code) => ({
  value: code,
  label: `${currencyName.of(code.toUpperCase())} (${code.toUpperCase()})`,
}));

interface NewShopProps {
  readonly frame: PageFrameData;
  readonly countries: Option[];
  readonly errors: FieldErrors;
  readonly typed: Typed;
}

function NewShopPage({ frame, countries, errors, typed }: NewShopProps) {
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined);
  return (
    <AuthShell
      {...frame}
      title="Open a shop"
      lead="Two minutes here, then a few questions on Stripe’s pages, so that your sales can be paid to your bank."
    >
      <FormErrors errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <PostForm action="/sell" label="Open a shop">
        <Field
          name="name"
          label="Name of your shop"
          help="Buyers see it beside your goods. Your shop’s address is made from it and stays."
          value={text('name')}
          error={errors['name']}
          maxLength={60}
          required
        />
        <FieldRow>
          <Select
            name="country"
            label="Country you sell from"
            help="Those that Stripe can pay from this marketplace’s own country."
            placeholder="Choose a country"
            options={countries}
            value={text('country')}
            error={errors['country']}
            required
          />
          <Select
            name="currency"
            label="Currency of your prices"
            placeholder="Choose a currency"
            options={currencies}
            value={text('currency')}
            error={errors['currency']}
            required
          />
        </FieldRow>
        <TextArea
          name="description"
          label="About your shop"
          rows={3}
          value={text('description')}
          error={errors['description']}
          maxLength={1000}
        />
        <Checkbox
          name="acceptTerms"
          label={`I accept the seller terms (version ${SELLER_TERMS_VERSION})`}
          help="You sell in your own name, ship what you sold, and answer your buyers. Each sale carries a fee that you see before you list anything."
          checked={typed['acceptTerms'] === 'yes'}
          error={errors['acceptTerms']}
          required
        />
        <Actions>
          <Button look="primary" wide>
            Open the shop
          </Button>
        </Actions>
      </PostForm>
    </AuthShell>
  );
}
