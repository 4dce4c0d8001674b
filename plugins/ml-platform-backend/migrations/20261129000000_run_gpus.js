/** The sorts of GPUs of a run, and the use of slices and shares of GPUs, which are no whole GPUs. */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    /** GPUs that one pod requests, by resource, as JSON. */
    table.text('gpu_amounts');
    table.bigInteger('slice_seconds').notNullable().defaultTo(0);
    /** Use by deleted pods that are not in `pods`. */
    table.bigInteger('other_slice_seconds').notNullable().defaultTo(0);
  });
};

exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropColumns('gpu_amounts', 'slice_seconds', 'other_slice_seconds');
  });
};
