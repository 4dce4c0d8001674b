/**
 * One row for each image that a team runs or ran: since when which findings. `findings` is
 * `{ seen: { <seconds>: [<vulnerability and package>] }, gone: { <vulnerability and package>: [<first>, <last>] } }`.
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('first_seen', table => {
    table.string('team', 63).notNullable();
    table.string('image', 512).notNullable();
    table.bigInteger('last_seen').notNullable().index();
    table.text('findings').notNullable();
    table.primary(['team', 'image']);
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('first_seen');
};
