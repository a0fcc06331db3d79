import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { SellerProfile, Sellers, type SellerView } from '#sellers';
import { SellerMember } from '../auth/index.js';
import {
  type FieldErrors,
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Card,
  Columns,
  DescriptionList,
  Field,
  FormErrors,
  PostForm,
  Stack,
  TextArea,
} from '../ui/index.js';
import { ShopProfileDto } from './become-a-seller.dto.js';
import { MoneyState, ToStripe, ToStripeDashboard } from '../shared/onboarding.parts.js';
import { SellerDesk } from './seller-desk.js';

/** What the shop says about itself, and where its bank account is kept. */
@SellerMember()
@Controller('seller/:sellerId/settings')
export class SettingsPages {
  constructor(
    private readonly sellers: Sellers,
    private readonly profile: SellerProfile,
  ) {}

  @Get()
  async form(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
  ) {
    const seller = await this.sellers.requireMember(viewer.actor, sellerId);
    return <Settings frame={frame} seller={seller} errors={{}} typed={seller} />;
  }

  @Post()
  async save(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() body: unknown,
  ) {
    const seller = await this.sellers.requireMember(viewer.actor, sellerId);
    return withForm(
      ShopProfileDto,
      body,
      async (shop) => {
        await this.profile.describe(viewer.actor, sellerId, shop);
        return seeOther(`/seller/${sellerId}/settings`, { tone: 'good', text: 'Saved.' });
      },
      (errors, typed) => <Settings frame={frame} seller={seller} errors={errors} typed={typed} />,
    );
  }
}

type Props = {
  frame: PageFrameData;
  seller: SellerView;
  errors: FieldErrors;
  typed: { readonly name?: unknown; readonly description?: unknown };
};

function Settings({ frame, seller, errors, typed }: Props) {
  const text = (name: 'name' | 'description') => (typeof typed[name] === 'string' ? typed[name] : '');
  return (
    <SellerDesk frame={frame} seller={seller} current="settings" title="Settings">
      <Columns
        main={
          <Card title="Your shop window">
            <FormErrors errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
            <PostForm action={`/seller/${seller.id}/settings`} label="Your shop window">
              <Field
                name="name"
                label="Name of your shop"
                help={`The address stays: /shop/${seller.slug}`}
                value={text('name')}
                error={errors['name']}
                maxLength={60}
                required
              />
              <TextArea
                name="description"
                label="About your shop"
                value={text('description')}
                error={errors['description']}
                maxLength={1000}
              />
              <Actions>
                <Button look="primary">Save</Button>
                <ButtonLink look="quiet" href={`/shop/${seller.slug}`}>
                  See your shop
                </ButtonLink>
              </Actions>
            </PostForm>
          </Card>
        }
        aside={
          <Card title="Payments and bank account" subtitle="Kept by Stripe, changed on Stripe’s pages.">
            <Stack>
              <MoneyState seller={seller} />
              <DescriptionList
                items={[
                  {
                    term: 'Country',
                    value: new Intl.DisplayNames('en', { type: 'region' }).of(seller.country),
                  },
                  { term: 'Currency', value: seller.currency.toUpperCase() },
                ]}
              />
              <ToStripeDashboard seller={seller} />
              <ToStripe seller={seller} look="secondary" />
            </Stack>
          </Card>
        }
      />
    </SellerDesk>
  );
}
