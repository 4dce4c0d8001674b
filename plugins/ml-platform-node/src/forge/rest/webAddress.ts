import { z } from 'zod';

/** Address of a page of the forge. Pages link to it, so that it has no other scheme, such as `javascript:`. */
export const webAddressSchema = z.url({ protocol: /^https?$/ });
