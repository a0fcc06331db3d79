import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import { mergeMetadata } from '../metadata.js';

type Product = Stripe.Product;

/** What somebody sells. Its prices are in `prices`. */
export class Products {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: Stripe.ProductCreateParams): Product {
    const { engine } = this;
    const id = params.id ?? engine.ids.next('prod');
    if (engine.store.get('product', account, id)) {
      throw invalid(`Product already exists with ID: ${id}`, {
        code: 'resource_already_exists',
        param: 'id',
      });
    }
    const now = engine.clock.seconds();
    const product = engine.store.insert('product', account, {
      id,
      object: 'product',
      active: params.active ?? true,
      created: now,
      default_price: null,
      description: params.description ?? null,
      images: params.images ?? [],
      livemode: engine.livemode,
      marketing_features: params.marketing_features ?? [],
      metadata: mergeMetadata({}, params.metadata),
      name: params.name,
      package_dimensions: params.package_dimensions ?? null,
      shippable: params.shippable ?? null,
      statement_descriptor: params.statement_descriptor ?? null,
      tax_code: params.tax_code ?? null,
      tax_details: null,
      type: params.type ?? 'service',
      unit_label: params.unit_label ?? null,
      updated: now,
      url: params.url ?? null,
    });
    engine.events.emit(account, 'product.created', product);
    if (!params.default_price_data) return product;
    const price = engine.billing.prices.create(account, { ...params.default_price_data, product: id });
    return engine.store.update('product', account, id, { default_price: price.id });
  }

  update(account: string, id: string, params: Stripe.ProductUpdateParams): Product {
    const { engine } = this;
    const before = engine.store.need('product', account, id);
    const { metadata, images, marketing_features, default_price, ...rest } = params;
    if (default_price && engine.billing.prices.need(account, default_price, 'default_price').product !== id)
      throw invalid('The default price must be a price of this product.', { param: 'default_price' });
    const patch = Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, value === '' ? null : value]),
    ) as Partial<Product>;
    const after = engine.store.update('product', account, id, {
      ...patch,
      ...(images !== undefined && { images: images || [] }),
      ...(marketing_features !== undefined && { marketing_features: marketing_features || [] }),
      ...(default_price && { default_price }),
      metadata: mergeMetadata(before.metadata, metadata),
      updated: engine.clock.seconds(),
    });
    engine.events.emit(account, 'product.updated', after, { updated: before.updated });
    return after;
  }

  remove(account: string, id: string): Stripe.DeletedProduct {
    const { engine } = this;
    const product = engine.store.need('product', account, id);
    if (engine.store.by('price', account, 'product', id).length > 0) {
      throw invalid(
        'This product cannot be deleted because it has one or more user-created prices. Set `active` to false to archive it.',
      );
    }
    engine.store.remove('product', account, id);
    const deleted: Stripe.DeletedProduct = { id, object: 'product', deleted: true };
    engine.events.emit(account, 'product.deleted', product);
    return deleted;
  }
}
