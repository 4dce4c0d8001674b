import { StatusError } from './StatusError';

/** The form in which a client accepts objects. */
export interface Representation {
  mediaType: 'application/json' | 'application/yaml';
  /** A kind of `meta.k8s.io` that the objects are converted to; undefined for the objects themselves. */
  as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
  /** Version of `as`. */
  version: string;
}

interface Clause {
  mediaType: string;
  parameters: Record<string, string>;
  quality: number;
}

const SERVED = ['application/json', 'application/yaml'] as const;
/** Media types that API servers serve. The sandbox has no Protocol Buffers; clients that prefer them accept JSON too. */
const KNOWN = [...SERVED, 'application/vnd.kubernetes.protobuf'];
const CONVERSIONS = [
  'Table',
  'PartialObjectMetadata',
  'PartialObjectMetadataList',
];

/**
 * Selects the first representation of an Accept header that the server can send.
 *
 * @throws StatusError (406) when there is none
 * @see kubernetes/apiserver v0.36 pkg/endpoints/handlers/negotiation/negotiate.go
 */
export function negotiate(accept: string | undefined): Representation {
  const clauses = parseAccept(accept || '*/*');
  for (const { mediaType, parameters } of clauses) {
    const served =
      mediaType === '*/*' || mediaType === 'application/*'
        ? SERVED[0]
        : SERVED.find(type => type === mediaType);
    const representation = served && convert(served, parameters);
    if (representation) {
      return representation;
    }
  }
  const isKnown = clauses.some(({ mediaType }) => KNOWN.includes(mediaType));
  throw isKnown
    ? new StatusError(
        406,
        'NotAcceptable',
        `only the following media types are accepted: ${SERVED.join(', ')}`,
      )
    : new StatusError(
        406,
        'NotAcceptable',
        `406: Not Acceptable\n\nAvailable representations: ${SERVED.join(
          ', ',
        )}, application/json;stream=watch`,
        {},
      );
}

/** Returns a served representation with the parameters of a clause; undefined for an unknown conversion. */
function convert(
  mediaType: Representation['mediaType'],
  { as, g: group, v: version }: Record<string, string>,
): Representation | undefined {
  if (!as) {
    return { mediaType, version: '' };
  }
  return CONVERSIONS.includes(as) &&
    group === 'meta.k8s.io' &&
    ['v1', 'v1beta1'].includes(version)
    ? { mediaType, as: as as Representation['as'], version }
    : undefined;
}

/** Parses an Accept header into its clauses, the preferred ones first. */
function parseAccept(accept: string): Clause[] {
  return accept
    .split(',')
    .map(clause => {
      const [mediaType, ...rest] = clause.split(';').map(part => part.trim());
      const parameters: Record<string, string> = Object.fromEntries(
        rest.map(part => part.split('=', 2)),
      );
      return { mediaType, parameters, quality: Number(parameters.q ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
}
