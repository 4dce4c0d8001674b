/**
 * First seen times of findings, one row for each team and image. `findings` is
 * `{ seen: { <seconds>: [<vulnerability and package>] }, gone: { <vulnerability and package>: [<first>, <last>] } }`.
 * `revision` is the number of writes; see src/database/upsertRevisions.ts.
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('first_seen', table => {
    table.string('team', 63).notNullable();
    table.string('image', 512).notNullable();
    table.bigInteger('last_seen').notNullable().index();
    table.integer('revision').notNullable();
    table.text('findings').notNullable();
    table.primary(['team', 'image']);
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('first_seen');
};
