import { link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, digestOf, digestOfFiles } from '../cache';
import { schemasDirectory, standInSource } from '../paths';
import { runOrThrow } from '../run';
import {
  emptySchema,
  type ProviderSchema,
  type Schema,
} from '../schemas/ProviderSchema';
import { schemaOfBinding } from '../schemas/schemaOfBinding';
import type { UsedTypes } from '../terraform/usedTypes';
import { Bindings } from './Bindings';
import { type StandIn, standIns } from './standIns';

/** Increase it if the generated schemas change, to invalidate caches. */
const SCHEMA_FORMAT = '1';

/**
 * Creates a directory from which `terraform init` installs stand-ins for all providers. Their schemas have only the types
 * that the modules use: Terraform reads schemas repeatedly, and the one of AWS is 30 MB.
 */
export async function createMirror(used: UsedTypes): Promise<string> {
  const program = join(await buildStandIn(), 'terraform-provider');
  const digest = digestOf(
    SCHEMA_FORMAT,
    program,
    JSON.stringify(standIns),
    JSON.stringify(used),
    await digestOfFiles(schemasDirectory),
  );
  return cached(`mirror-${digest}`, async directory => {
    for (const standIn of standIns) {
      const schema = await schemaOf(standIn, used);
      const type = standIn.address.split('/')[2];
      const place = join(
        directory,
        standIn.address,
        standIn.version,
        platform(),
      );
      const file = join(
        place,
        `terraform-provider-${type}_v${standIn.version}`,
      );
      await mkdir(place, { recursive: true });
      // A copy of one program for all: it finds its schema in its own directory, which a symbolic link would hide.
      await link(program, file);
      await writeFile(join(place, 'schema.json'), JSON.stringify(schema));
    }
  });
}

async function buildStandIn(): Promise<string> {
  const digest = await digestOfFiles(standInSource);
  return cached(`standin-${digest}`, async directory => {
    await runOrThrow(
      'go',
      [
        'build',
        '-trimpath',
        '-ldflags=-s -w',
        `-o=${join(directory, 'terraform-provider')}`,
        '.',
      ],
      { directory: standInSource, environment: { GOWORK: 'off' } },
    );
  });
}

async function schemaOf(
  { address, version, schema }: StandIn,
  used: UsedTypes,
): Promise<ProviderSchema> {
  const described: ProviderSchema = {
    address,
    provider: emptySchema,
    resource_schemas: {},
    data_source_schemas: {},
  };
  if (!schema) {
    return described;
  }
  if ('file' in schema) {
    const text = await readFile(join(schemasDirectory, schema.file), 'utf8');
    return { ...described, ...JSON.parse(text) };
  }
  const bindings = await Bindings.fetch(schema.binding);
  try {
    if (bindings.version !== version) {
      throw new Error(
        `${schema.binding} was made from ${address} ${bindings.version}, not ${version}`,
      );
    }
    const prefix = `${address.split('/')[2]}_`;
    const types = {
      resources: used.resources.filter(type => type.startsWith(prefix)),
      dataSources: used.dataSources.filter(type => type.startsWith(prefix)),
    };
    await bindings.unpack(types);
    return {
      address,
      provider: schemaOfBinding(await bindings.provider()),
      resource_schemas: await schemasOf(types.resources, type =>
        bindings.resource(type),
      ),
      data_source_schemas: await schemasOf(types.dataSources, type =>
        bindings.dataSource(type),
      ),
    };
  } finally {
    await bindings.remove();
  }
}

/** Leaves out types that the provider does not have: Terraform reports their use. */
async function schemasOf(
  types: string[],
  programsOf: (type: string) => Promise<string | undefined>,
): Promise<Record<string, Schema>> {
  const schemas: Record<string, Schema> = {};
  for (const type of types) {
    const programs = await programsOf(type);
    if (programs) {
      schemas[type] = schemaOfBinding(programs);
    }
  }
  return schemas;
}

function platform(): string {
  const architectures: Record<string, string> = { x64: 'amd64' };
  return `${process.platform}_${architectures[process.arch] ?? process.arch}`;
}
