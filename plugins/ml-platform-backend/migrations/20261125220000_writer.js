/** One row: how often a replica became the one that writes. Whoever writes holds a share of it. */
exports.up = async function up(knex) {
  await knex.schema.createTable('writer', table => {
    table.integer('id').primary();
    table.integer('epoch').notNullable();
  });
  await knex('writer').insert({ id: 1, epoch: 0 });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('writer');
};
