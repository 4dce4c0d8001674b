output "buckets" {
  description = "Buckets by name: what each is called, and where S3 is spoken"
  value = {
    for name in keys(var.buckets) : name => {
      endpoint = "http://${kubernetes_service_v1.store.metadata[0].name}.${local.namespace}.svc:8333"
      name     = "${var.name}-${name}"
    }
  }
  depends_on = [kubernetes_job_v1.bucket]
}

output "repositories" {
  description = "Image names of each repository, without the tag"
  # No registry runs here: `kind load docker-image` puts an image on the nodes under its plain name.
  value = { for name in keys(var.repositories) : name => name }
}

output "storage_class" {
  description = "Name of the class for volumes in the cluster"
  value       = kubernetes_storage_class_v1.this.metadata[0].name
}
