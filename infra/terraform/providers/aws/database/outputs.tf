output "caches" {
  description = "Caches by name: host, port, and the secret with the password (null where workloads sign in with their own identity)"
  value = {
    for name, cache in aws_elasticache_replication_group.this : name => {
      host   = cache.primary_endpoint_address
      port   = cache.port
      secret = null
    }
  }
}

output "databases" {
  description = "Databases by name: host, port, the database's own name, and the secret with user and password"
  value = {
    for name, database in module.database : name => {
      database = database.db_instance_name
      host     = database.db_instance_address
      port     = database.db_instance_port
      secret   = database.db_instance_master_user_secret_arn
    }
  }
}
