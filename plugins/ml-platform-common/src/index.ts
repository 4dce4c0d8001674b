/**
 * Types, schemas and rules that the frontend and the backends of the ML platform share.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './answers';
export * from './audits';
export * from './capacity';
export * from './capacityFit';
export * from './catalogFile';
export * from './changeSummary';
export * from './changeTexts';
export * from './cost';
export * from './dashboards';
export * from './destructiveChanges';
export * from './syncHistory';
export * from './events';
export * from './findings';
export * from './formatting';
export * from './freshness';
export * from './gpus';
export * from './headers';
export * from './health';
export * from './live';
export * from './images';
export * from './markdown';
export * from './names';
export * from './paths';
export * from './permissions';
export * from './platform';
export * from './preview';
export * from './prices';
export * from './quota';
export * from './changeRequests';
export * from './rollout';
export * from './teamRequests';
export * from './teamWorkloads';
export * from './text';
export * from './runs';
export * from './schedules';
export * from './runNames';
export * from './vulnerabilities';
export * from './workload';
export * from './workloadObjects';
export * from './workloadStates';
