export {
  canonicalQuantity,
  nanosOf,
  quantityOf,
  thousandthsOf,
  unitsOf,
} from './quantity';
