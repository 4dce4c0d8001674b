import type {
  DocumentOptions,
  ParseOptions,
  ScalarTag,
  SchemaOptions,
} from 'yaml';

/** As in Go's YAML: a number has digits before its exponent, so that `e1` is a name. */
const EXPONENT =
  /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)[eE][-+]?[0-9]+$/;

/**
 * YAML as Kubernetes parses it: version 1.1 (`yes` and `on` are booleans), but with timestamps and base-60 numbers as
 * strings.
 */
export const KUBERNETES_YAML: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  customTags: tags =>
    tags
      .filter(
        tag =>
          typeof tag === 'string' ||
          (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
      )
      .map(tag =>
        typeof tag !== 'string' && tag.format === 'EXP'
          ? ({ ...tag, test: EXPONENT } as ScalarTag)
          : tag,
      ),
};
