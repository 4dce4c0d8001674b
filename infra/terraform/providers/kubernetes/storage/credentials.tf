resource "random_password" "secret_key" {
  length  = 40
  special = false
}

resource "kubernetes_secret_v1" "credentials" {
  metadata {
    name      = "object-store"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.labels
  }
  data = {
    "accessKey" = var.name
    "secretKey" = random_password.secret_key.result
    "s3.json" = jsonencode({
      identities = [{
        name        = var.name
        actions     = ["Admin", "Read", "Write", "List", "Tagging"]
        credentials = [{ accessKey = var.name, secretKey = random_password.secret_key.result }]
      }]
    })
  }
}
