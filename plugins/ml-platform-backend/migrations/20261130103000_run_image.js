/** The image of a run's first container. */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table.text('image');
  });
};

exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('image');
  });
};
