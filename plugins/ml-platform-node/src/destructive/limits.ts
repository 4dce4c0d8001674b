import { isDeepStrictEqual } from 'node:util';
import { type KubernetesObject, quantityOf } from '@internal/platform-rules';
import { field, fieldsOf, itemsOf, textOf } from './fields';

/** Amounts of a ResourceQuota that are raised or no longer limited. */
export function quotaTexts(
  before: KubernetesObject,
  after: KubernetesObject,
): string[] {
  const scopes = ['scopes', 'scopeSelector'].filter(
    name =>
      !isDeepStrictEqual(
        field(before, 'spec', name),
        field(after, 'spec', name),
      ),
  );
  return [
    ...raised(field(before, 'spec', 'hard'), field(after, 'spec', 'hard')),
    ...scopes.map(name => `${name} changed: it counts other objects.`),
  ];
}

/** Limits of a LimitRange that are raised or gone. */
export function limitRangeTexts(
  before: KubernetesObject,
  after: KubernetesObject,
): string[] {
  const limits = (object: KubernetesObject) =>
    new Map(
      itemsOf(field(object, 'spec', 'limits')).map(limit => [
        textOf(field(limit, 'type')),
        limit,
      ]),
    );
  const remaining = limits(after);
  return [...limits(before)].flatMap(([type, was]) => {
    const becomes = remaining.get(type);
    const texts = [
      ...raised(field(was, 'max'), field(becomes, 'max'), 'max '),
      ...raised(
        field(was, 'maxLimitRequestRatio'),
        field(becomes, 'maxLimitRequestRatio'),
        'maxLimitRequestRatio ',
      ),
      ...loosened(
        field(was, 'min'),
        field(becomes, 'min'),
        'min ',
        difference => difference < 0,
      ),
    ];
    return texts.map(text => `${type}: ${text}`);
  });
}

function raised(before: unknown, after: unknown, prefix = ''): string[] {
  return loosened(before, after, prefix, difference => difference > 0);
}

/** @param isLooser - returns true if a difference of an amount, after minus before, allows more */
function loosened(
  before: unknown,
  after: unknown,
  prefix: string,
  isLooser: (difference: number) => boolean,
): string[] {
  return Object.keys(fieldsOf(before)).flatMap(name => {
    const [was, becomes] = [before, after].map(amounts =>
      textOf(field(amounts, name)),
    );
    if (was === undefined) {
      return [];
    }
    if (becomes === undefined) {
      return [`${prefix}${name} is no longer limited (was ${was}).`];
    }
    return isLooser((quantityOf(becomes) ?? 0) - (quantityOf(was) ?? 0))
      ? [`${prefix}${name} goes from ${was} to ${becomes}.`]
      : [];
  });
}
