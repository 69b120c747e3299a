export {
  type SourceUpdate,
  type StoreExtent,
  type StoreUpdate,
  type UpdateOptions,
  updateMarketStore,
} from './update-store.js';
