import type { DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

/**
 * YAML as Kubernetes parses it: version 1.1 (`yes` and `on` are booleans), but with timestamps and base-60 numbers as
 * strings.
 */
export const KUBERNETES_YAML: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  customTags: tags =>
    tags.filter(
      tag =>
        typeof tag === 'string' ||
        (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
    ),
};
