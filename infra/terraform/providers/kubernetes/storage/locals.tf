locals {
  image     = "chrislusf/seaweedfs:4.47"
  labels    = merge(var.tags, { "app.kubernetes.io/name" = "seaweedfs", "app.kubernetes.io/managed-by" = "terraform" })
  namespace = "${var.name}-storage"
  # The store and the job that makes buckets run as nobody in particular, and pass Pod Security "restricted".
  user = 1000
}
