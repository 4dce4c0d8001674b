locals {
  # Exact versions, and both images run as this user without being root.
  images = {
    cache    = "valkey/valkey:8.1.3"
    postgres = { "16" = "postgres:16.10", "17" = "postgres:17.6" }
  }
  user = 999

  memory = { small = "256Mi", medium = "512Mi", large = "1Gi" }

  labels = merge(var.tags, { "app.kubernetes.io/managed-by" = "terraform" })
}
