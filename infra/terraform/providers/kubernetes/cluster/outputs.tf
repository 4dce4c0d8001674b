output "certificate_authority" {
  description = "Certificate of the authority that signs the API's, as PEM"
  # A certificate is no secret; the provider marks it as one.
  value = nonsensitive(base64decode(kind_cluster.this.cluster_ca_certificate))
}

output "credentials" {
  description = "Certificate and key of an administrator, as PEM; null where people sign in with the provider"
  value = {
    client_certificate = base64decode(kind_cluster.this.client_certificate)
    client_key         = base64decode(kind_cluster.this.client_key)
  }
  sensitive = true
}

output "endpoint" {
  description = "Address of the API"
  value       = kind_cluster.this.endpoint
}

output "kubernetes_version" {
  description = "Version of Kubernetes"
  value       = var.kubernetes_version
}

output "name" {
  description = "Name of the cluster"
  value       = kind_cluster.this.name
}
