export { quantityOf, thousandthsOf, unitsOf } from '@internal/platform-rules';
