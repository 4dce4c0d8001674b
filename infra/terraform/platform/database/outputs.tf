output "caches" {
  description = "Caches with every setting decided"
  value = {
    for name, cache in var.caches : name => merge(cache, {
      high_availability = coalesce(cache.high_availability, var.production)
    })
  }
}

output "databases" {
  description = "Databases with every setting decided"
  value = {
    for name, database in var.databases : name => merge(database, {
      backup_days       = coalesce(database.backup_days, var.production ? 30 : 3)
      high_availability = coalesce(database.high_availability, var.production)
    })
  }
}

output "protected" {
  description = "Refuse deletion"
  value       = var.production
}
