export {
  CHECKOUT_LIMITS,
  ENTITY_LIMITS,
  FILE_BYTES,
  RENDERED_LIMITS,
  TEAM_LIMITS,
} from './limits';
export { tooLargeText, type OversizedFile } from './OversizedFile';
export { readLimited } from './readLimited';
export { readBytes, readText } from './readText';
export { treeProblem } from './treeProblem';
export { readYamlDocuments, type YamlDocument } from './yamlDocuments';
export { type FileProblem, yamlLimitProblem } from './yamlLimitProblem';
