const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * Limits of files that teams merge, for the portal and for the repository check. What the check passes is within them, so that
 * only what was merged around the check is left out. Larger files are not read at all.
 */
export const FILE_BYTES = {
  /** `catalog-info.yaml`. */
  catalog: 256 * KIB,
  /** A file that a placeholder such as `$text` names. */
  included: MIB,
  /** All files that the placeholders of one `catalog-info.yaml` name. */
  includedTogether: 4 * MIB,
  /** `ml-platform.yaml` of an environment. */
  answers: 64 * KIB,
  /** A Terraform file of a workload: one module block. */
  terraform: 128 * KIB,
  /** Any other file: manifests (a Kubernetes object is at most 1.5 MiB), dashboards, skeletons of templates. */
  other: MIB,
};

/** Limits of parsed YAML. The time of the parser grows with the square of the parts of one document. */
export const YAML_LIMITS = {
  documents: 50,
  /** Tokens of the lexer, in one document. */
  partsPerDocument: 6_000,
  /** Also the limit of `?` keys and of `- - -` on one line: the parser needs seconds for some hundreds of them. */
  nesting: 32,
};

/** The same for the output of Kustomize. */
export const RENDERED_LIMITS = {
  documents: 1_000,
  partsPerDocument: 10_000,
  nesting: 64,
  bytes: 16 * MIB,
};

/** Limits of a value with its aliases replaced. */
export const VALUE_LIMITS = {
  depth: 32,
  values: 20_000,
  characters: MIB,
};

/** Limits of one catalog entity. */
export const ENTITY_LIMITS = {
  /** Items of each of `annotations`, `labels`, `links` and `tags`. */
  items: 100,
  /** Characters of a text other than the definition of an API, for example of an annotation. */
  textLength: 10_000,
  /** Entity references, over all fields of `spec`. */
  references: 200,
  placeholders: 20,
};

/** Share of one team, so that its many files cannot keep the portal from reading those of others. */
export const TEAM_LIMITS = {
  /** Files in the team's directory. */
  files: 50_000,
  workloads: 500,
  entities: 2_000,
  /** Older versions of its broken `catalog-info.yaml` files that are looked at. */
  versions: 1_000,
  /** Bytes of its `catalog-info.yaml` files and of the files that these include. */
  catalogBytes: 16 * MIB,
};

/** Limits of what a task takes from the repository into its workspace. */
export const CHECKOUT_LIMITS = { files: 5_000, bytes: 64 * MIB };
