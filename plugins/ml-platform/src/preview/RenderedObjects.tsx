import { Text } from '@backstage/ui';
import type { RenderedObject } from '@internal/plugin-ml-platform-common';
import { useState } from 'react';
import { FieldChanges } from './FieldChanges';
import { Folding } from './Folding';
import styles from './preview.module.css';

/** Kubernetes objects rendered from the changed files, by environment. */
export function RenderedObjects({ objects }: { objects: RenderedObject[] }) {
  const environments = [...new Set(objects.map(object => object.environment))];
  return (
    <section aria-label="Kubernetes objects">
      <Text as="h3" variant="title-x-small">
        Kubernetes objects
      </Text>
      {environments.length === 0 && (
        <Text color="secondary">
          This change renders no Kubernetes objects.
        </Text>
      )}
      {environments.map(environment => (
        <EnvironmentObjects
          key={environment}
          environment={environment}
          objects={objects.filter(object => object.environment === environment)}
        />
      ))}
    </section>
  );
}

function EnvironmentObjects(props: {
  environment: string;
  objects: RenderedObject[];
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Folding
      isOpen={isOpen}
      onToggle={setOpen}
      summary={
        <>
          <strong>{props.environment || 'Every environment'}</strong>
          <span className={styles.change}>
            {props.objects.length === 1
              ? '1 object'
              : `${props.objects.length} objects`}
          </span>
        </>
      }
    >
      <div className={styles.nested}>
        {props.objects.map(object => (
          <ObjectYaml
            key={`${object.apiVersion}/${object.kind}/${object.namespace}/${object.name}`}
            object={object}
          />
        ))}
      </div>
    </Folding>
  );
}

function ObjectYaml({ object }: { object: RenderedObject }) {
  const { kind, name, namespace, change, yaml, fields } = object;
  const [isOpen, setOpen] = useState(false);
  return (
    <Folding
      isOpen={isOpen}
      onToggle={setOpen}
      summary={
        <>
          <span>
            {kind} <code>{name}</code>
          </span>
          <span className={styles.change}>
            {change}
            {namespace && ` in ${namespace}`}
          </span>
        </>
      }
    >
      {fields.length > 0 && (
        <FieldChanges fields={fields} label={`Changes of ${kind} ${name}`} />
      )}
      {/* Scrollable, so that it must be reachable with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} tabIndex={0} aria-label={`${kind} ${name}`}>
        {yaml}
      </pre>
    </Folding>
  );
}
