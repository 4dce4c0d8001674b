/** Messages repeat names that teams choose, as long as they like. */
const MAX_LENGTH = 10_000;
/** Stages of Argo CD that pass on the error of a build. */
const STAGES =
  /^(?:Failed to load target state: |failed to generate manifest for source \d+ of \d+: |rpc error: code = \w+ desc = |Manifest generation error \(cached\): )+/;
const BUILD =
  /^`kustomize build (\S+)` failed (?:exit status \d+: )?(?:Error: )?/;
const MISSING_FILE =
  /accumulat[^]*?'([^']+)': evalsymlink failure on '[^']*' : lstat \S+: no such file or directory[^]*/;
const RESOURCES = /accumulating resources(?: from '([^']+)')?: /g;
const REPEATED =
  /Resource [^/\s]*\/(\w+)\/(?:\S+\/)?([^/\s]+) appeared (\d+) times among application resources/;

/**
 * Message of an Application's condition, without the stages that it went through and the directories of the repo-server.
 *
 * @see argoproj/argo-cd v3.5.3 reposerver/repository/repository.go, controller/state.go
 */
export function conditionText(message: string): string {
  return message
    .slice(0, MAX_LENGTH)
    .replaceAll('<path to cached source>/', '')
    .replace(STAGES, '')
    .replace(BUILD, 'kustomize build of $1 failed: ')
    .replace(MISSING_FILE, '$1 does not exist')
    .replace(RESOURCES, (_, file?: string) => (file ? `${file}: ` : ''))
    .replace(/ in File: \S+$/, '')
    .replace(REPEATED, '$1 $2 appears $3 times');
}
