output "certificate_authority" {
  description = "Certificate of the authority that signs the API's, as PEM"
  value       = base64decode(module.cluster.cluster_certificate_authority_data)
}

output "credentials" {
  description = "Certificate and key of an administrator, as PEM; null where people sign in with the provider"
  value       = null
  sensitive   = true
}

output "endpoint" {
  description = "Address of the API"
  value       = module.cluster.cluster_endpoint
}

output "kubernetes_version" {
  description = "Version of Kubernetes"
  value       = module.cluster.cluster_version
}

output "name" {
  description = "Name of the cluster"
  value       = module.cluster.cluster_name
}
