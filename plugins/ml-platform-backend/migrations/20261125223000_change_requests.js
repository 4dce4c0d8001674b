// @ts-check

/**
 * Change requests: the pull requests of the platform repository; see src/changeRequests/changeRequestRecord.ts.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_requests', table => {
    table
      .string('repository', 500)
      .notNullable()
      .comment('Address of the platform repository');
    table.integer('number').notNullable();
    table
      .integer('revision')
      .notNullable()
      .comment('Number of writes; see src/database/upsertRevisions.ts');
    table.text('record').notNullable().comment('JSON');
    table.primary(['repository', 'number']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_requests');
};
