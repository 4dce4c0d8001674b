// @ts-check

/**
 * Notices of change requests that were sent, so that each is sent once; see src/changeRequests/notices.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('request_notices', table => {
    table
      .string('repository', 500)
      .notNullable()
      .comment('Address of the platform repository');
    table.integer('number').notNullable();
    table.string('notice', 100).notNullable();
    table.bigInteger('sent_at').notNullable().comment('Unix time in ms');
    table.primary(['repository', 'number', 'notice']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('request_notices');
};
