/**
 * Training runs, kept after their Jobs are deleted. Times of the cluster are as it writes them, in whole seconds and UTC,
 * so that they sort as text.
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  /** Sorts by bytes as JavaScript does, independent of the locale of the database. */
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
    /** Start time; before the start, the creation time. */
    table.specificType('sorted_at', text).notNullable();
    table.integer('duration_seconds').notNullable();
    table.integer('gpus').notNullable();
    table.bigInteger('gpu_seconds').notNullable();
    table.integer('retries').notNullable();
    table.integer('exit_code');
    /** Time of the cluster's clock at which the run was like this, with milliseconds. */
    table.specificType('observed_at', text).notNullable();
    /** The last pods of the run, as JSON. */
    table.text('pods').notNullable();
    /** Use by deleted pods that are not in `pods`. */
    table.bigInteger('other_gpu_seconds').notNullable();
    /** Time of the portal's clock at which the Job was seen to be deleted. */
    table.string('removed_at', 40);
    table.index(['team', 'sorted_at', 'id'], 'runs_by_start');
    table.index(['team', 'duration_seconds', 'id'], 'runs_by_duration');
    table.index(['team', 'gpu_seconds', 'id'], 'runs_by_gpus');
    table.index(['team', 'name', 'id'], 'runs_by_name');
    table.index(['cluster', 'removed_at'], 'runs_by_cluster');
    table.index(['removed_at'], 'runs_by_removal');
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('runs');
};
