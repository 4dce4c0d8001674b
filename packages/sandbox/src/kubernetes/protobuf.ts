import type { Fields } from './KubernetesObject';

/** Fields of a message by number: a text, or a message with fields of its own. */
interface MessageType {
  [fieldNumber: number]: [name: string, type: 'text' | MessageType];
}

/** First bytes of Kubernetes' Protocol Buffers, before a `runtime.Unknown`. */
const MAGIC = Buffer.from('k8s\0');
/** Number of the field of a `runtime.Unknown` that has the encoded object. */
const RAW_FIELD = 2;

const REVIEW_TYPES: Record<string, MessageType> = {
  SelfSubjectAccessReview: {
    2: [
      'spec',
      {
        1: [
          'resourceAttributes',
          {
            1: ['namespace', 'text'],
            2: ['verb', 'text'],
            3: ['group', 'text'],
            4: ['version', 'text'],
            5: ['resource', 'text'],
            6: ['subresource', 'text'],
            7: ['name', 'text'],
          },
        ],
        2: [
          'nonResourceAttributes',
          { 1: ['path', 'text'], 2: ['verb', 'text'] },
        ],
      },
    ],
  },
  SelfSubjectRulesReview: { 2: ['spec', { 1: ['namespace', 'text'] }] },
  SelfSubjectReview: {},
};

/**
 * Decodes a review in Protocol Buffers, in which Go clients send it; undefined when it is not one.
 *
 * @see kubernetes/api v0.36 authorization/v1/generated.proto and kubernetes/apimachinery v0.36 pkg/runtime/generated.proto
 */
export function decodeReview(kind: string, body: Buffer): Fields | undefined {
  const type = REVIEW_TYPES[kind];
  if (!type || !body.subarray(0, MAGIC.length).equals(MAGIC)) {
    return undefined;
  }
  try {
    const unknown = readFields(body.subarray(MAGIC.length));
    const raw = unknown.find(([number]) => number === RAW_FIELD)?.[1];
    return raw && decodeMessage(type, raw);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function decodeMessage(type: MessageType, bytes: Buffer): Fields {
  return Object.fromEntries(
    readFields(bytes)
      .filter(([number]) => number in type)
      .map(([number, value]) => {
        const [name, fieldType] = type[number];
        return [
          name,
          fieldType === 'text'
            ? value.toString()
            : decodeMessage(fieldType, value),
        ];
      }),
  );
}

/** Reads the length-delimited fields of a message and skips the others. @throws RangeError for malformed bytes */
function readFields(bytes: Buffer): Array<[number: number, value: Buffer]> {
  const fields: Array<[number, Buffer]> = [];
  let position = 0;
  const readVarint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(position);
      position += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        return value;
      }
    }
  };
  while (position < bytes.length) {
    const tag = readVarint();
    const wireType = tag & 7;
    if (wireType === 2) {
      const end = readVarint() + position;
      if (end > bytes.length) {
        throw new RangeError('a field ends after its message');
      }
      fields.push([tag >> 3, bytes.subarray(position, end)]);
      position = end;
    } else if (wireType === 0) {
      readVarint();
    } else {
      position += wireType === 1 ? 8 : 4;
    }
  }
  return fields;
}
