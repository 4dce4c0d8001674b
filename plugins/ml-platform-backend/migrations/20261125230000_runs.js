/** Training runs, kept after their Jobs are gone. Times of the cluster are as it writes them, in whole seconds and UTC, so that they sort as text. */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  /** Sorts by bytes, as JavaScript does, whatever the locale of the database. */
  const text = isPostgres ? 'text collate "C"' : 'text';
  await knex.schema.createTable('runs', table => {
    table.string('id', 100).primary();
    table.specificType('name', text).notNullable();
    table.text('run');
    table.text('scheduled_by');
    table.string('team', 63).notNullable();
    table.string('workload', 253);
    table.string('environment', 63).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('state', 20).notNullable();
    table.text('reason');
    table.string('created_at', 40);
    table.string('started_at', 40);
    table.string('ended_at', 40);
    /** When it started; before that, when it was made. */
    table.specificType('sorted_at', text).notNullable();
    table.integer('duration_seconds').notNullable();
    table.integer('gpus').notNullable();
    table.bigInteger('gpu_seconds').notNullable();
    table.integer('retries').notNullable();
    table.integer('exit_code');
    /** Pods that it had, as JSON; of very many, the last ones. */
    table.text('pods').notNullable();
    /** Of pods that are gone and not in `pods`. */
    table.bigInteger('other_gpu_seconds').notNullable();
    /** When the portal noticed that the Job was gone; its own clock. */
    table.string('removed_at', 40);
    table.index(['team', 'sorted_at', 'id'], 'runs_by_start');
    table.index(
      ['team', 'duration_seconds', 'id'],
      'runs_by_duration',
    );
    table.index(['team', 'gpu_seconds', 'id'], 'runs_by_gpus');
    table.index(['team', 'name', 'id'], 'runs_by_name');
    table.index(['cluster', 'removed_at'], 'runs_by_cluster');
    table.index(['removed_at'], 'runs_by_removal');
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('runs');
};
