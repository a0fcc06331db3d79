export { Browse, type BrowseFilter, type ListingSort, listingSorts, RANKED } from './browse.js';
export { Catalog } from './catalog.js';
export { CatalogModule } from './catalog.module.js';
export type {
  CategoryView,
  ListingCardView,
  ListingRowView,
  ListingView,
  PictureView,
  SaleVariant,
  VariantView,
} from './catalog.views.js';
export { demoGoods, type DemoListing, type DemoShop } from './demo-goods.js';
export {
  limits as listingLimits,
  listingIdOf,
  type ListingInput,
  listingProblems,
  stockWords,
  type VariantInput,
} from './listing.rules.js';
export type { ListingStatus } from './listing.states.js';
export { Listings, type ListingVerb } from './listings.js';
export { Pictures } from './pictures.js';
export { Stock, type StockLine } from './stock.js';
