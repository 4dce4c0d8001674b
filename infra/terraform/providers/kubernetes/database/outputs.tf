output "caches" {
  description = "Caches by name: host, port, and the secret with the password (null where workloads sign in with their own identity)"
  value = {
    for name, service in kubernetes_service_v1.cache : name => {
      host   = "${service.metadata[0].name}.${var.network.id}.svc"
      port   = service.spec[0].port[0].port
      secret = kubernetes_secret_v1.cache[name].metadata[0].name
    }
  }
}

output "databases" {
  description = "Databases by name: host, port, the database's own name, and the secret with user and password"
  value = {
    for name, service in kubernetes_service_v1.database : name => {
      database = replace(name, "-", "_")
      host     = "${service.metadata[0].name}.${var.network.id}.svc"
      port     = service.spec[0].port[0].port
      secret   = kubernetes_secret_v1.database[name].metadata[0].name
    }
  }
}
