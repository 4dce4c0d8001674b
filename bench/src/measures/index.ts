import type { Row } from '../Row';
import type { Scale } from '../Scale';
import { growthRows, routeGrowthRows } from './growth';
import { proposeRows } from './propose';
import { reflectorRows } from './reflector';
import { routeRows } from './routes';

/** Groups of measurements by their name on the command line; each returns rows of the table. */
export const measures: Record<string, (scale: Scale) => Promise<Row[]>> = {
  routes: routeRows,
  reflector: reflectorRows,
  growth: growthRows,
  'route-growth': routeGrowthRows,
  propose: proposeRows,
};
