mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  encryption_key = null
  caches         = { features = { high_availability = false, size = "small" } }
  databases = {
    mlflow = { backup_days = 3, high_availability = false, max_storage_gb = 100, size = "medium", storage_gb = 20, version = "17" }
  }
  name = "data-platform-local"
  network = {
    cluster_subnets       = []
    control_plane_subnets = []
    data_subnets          = []
    id                    = "data-platform-local-data"
  }
  protected      = false
  service_groups = { cache = "cache", database = "database" }
}

run "pods_pass_pod_security_restricted" {
  command = plan
  assert {
    condition = alltrue([
      for set in [kubernetes_stateful_set_v1.database["mlflow"], kubernetes_stateful_set_v1.cache["features"]] :
      set.spec[0].template[0].spec[0].security_context[0].run_as_non_root
    ])
    error_message = "Neither a database nor a cache runs as root."
  }
}

run "network_policies_find_their_pods" {
  command = plan
  assert {
    condition     = kubernetes_stateful_set_v1.database["mlflow"].spec[0].template[0].metadata[0].labels["app.kubernetes.io/component"] == "database"
    error_message = "Pods carry the label of the service's policy."
  }
}

run "versions_are_exact" {
  command = plan
  assert {
    condition     = kubernetes_stateful_set_v1.database["mlflow"].spec[0].template[0].spec[0].container[0].image == "postgres:17.6"
    error_message = "The image of a major version is pinned."
  }
}

run "outputs_have_the_shape_that_workloads_take" {
  assert {
    condition     = output.databases.mlflow == { database = "mlflow", host = "mlflow.data-platform-local-data.svc", port = 5432, secret = "mlflow-database" }
    error_message = "A database has a host, a name and a secret."
  }
  assert {
    condition     = output.caches.features == { host = "features.data-platform-local-data.svc", port = 6379, secret = "features-cache" }
    error_message = "A cache has a host, a port and a secret."
  }
}
