export { affectedPlatform, platformFiles } from './affectedPlatform';
export { checkPlatformPart } from './checkPlatformPart';
export { KustomizationGraph } from './KustomizationGraph';
export { Layout, type WorkloadName } from './Layout';
export { validateTeamChange } from './validateTeamChange';
