export { quantityOf, thousandthsOf, unitsOf } from './quantity';
