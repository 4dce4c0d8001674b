import { Badge, Link } from '@backstage/ui';
import type { WorkloadAnswers } from '@internal/plugin-ml-platform-common';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { useEntityTab } from '../../hooks/useEntityTab';
import { ChangeMenu } from '../ChangeMenu';
import { environmentRows } from '../environments/environmentRows';
import { StageFacts, type PipelineStage } from '../environments/Pipeline';
import { HEALTH_LABELS, HEALTH_TONES } from '../healthStates';
import { Pill } from '../shared/Pill';
import styles from './overview.module.css';

/** Environments side by side, in order of promotion, each with a menu of changes where there are any. */
export function EnvironmentStrip(props: {
  target: WorkloadTarget;
  stages: PipelineStage[];
  answers: WorkloadAnswers | undefined;
}) {
  const { target, stages, answers } = props;
  const tabHref = useEntityTab();
  const rows = environmentRows({ target, environments: stages, answers });
  return (
    <ol className={styles.strip} aria-label="Environments">
      {stages.map((stage, index) => {
        const { environment, health } = stage;
        const { links, isBehind } = rows[index];
        return (
          <li key={environment} className={styles.environment}>
            <div className={styles.head}>
              <Link
                href={tabHref('environments', { environment })}
                weight="bold"
              >
                {environment}
              </Link>
              {links.length > 0 && (
                <ChangeMenu subject={environment} links={links} />
              )}
            </div>
            <Pill tone={HEALTH_TONES[health.state]}>
              {HEALTH_LABELS[health.state]}
            </Pill>
            <StageFacts {...stage} />
            {isBehind && <Badge size="small">Newer template</Badge>}
          </li>
        );
      })}
    </ol>
  );
}
