output "buckets" {
  description = "Buckets by name: what each is called, and where S3 is spoken"
  value       = module.storage.buckets
}

output "caches" {
  description = "Caches by name: host, port, and the secret with the password"
  value       = module.database.caches
}

output "cluster" {
  description = "Name and address of the cluster"
  value = {
    endpoint = module.cluster.endpoint
    name     = module.cluster.name
  }
}

output "databases" {
  description = "Databases by name: host, port, the database's own name, and the secret with user and password"
  value       = module.database.databases
}

output "monitoring" {
  description = "Addresses of metrics, alerts and dashboards"
  value = {
    alerts     = module.monitoring.alerts
    dashboards = module.monitoring.dashboards
    metrics    = module.monitoring.metrics
  }
}

output "pipeline_roles" {
  description = "The roles of each team's pipeline"
  value       = { for name, team in module.team : name => team.roles }
}

output "repositories" {
  description = "Image names of the platform's repositories, without the tag"
  value       = module.storage.repositories
}
