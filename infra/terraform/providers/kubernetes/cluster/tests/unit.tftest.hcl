# A stand-in: the provider itself, and Kind, were never run by this test.
mock_provider "kind" {
  mock_resource "kind_cluster" {
    defaults = {
      client_certificate     = "c3RhbmQtaW4="
      client_key             = "c3RhbmQtaW4="
      cluster_ca_certificate = "c3RhbmQtaW4="
      endpoint               = "https://127.0.0.1:6443"
    }
  }
}

variables {
  encryption_key     = null
  access             = { platform = { principal = "platform-engineers", role = "admin" } }
  dns_zones          = []
  kubernetes_version = "1.36"
  log_retention_days = 30
  name               = "data-platform-local"
  node_pools = {
    general  = { capacity = "spot", disk_gb = 100, labels = { "ml-platform.io/pool" = "general" }, max = 6, min = 2, size = "medium" }
    training = { accelerator = "nvidia", capacity = "spot", disk_gb = 300, labels = { "ml-platform.io/pool" = "training" }, max = 4, min = 0, size = "large" }
  }
  public_access = []
}

run "every_pool_has_nodes" {
  command = plan
  assert {
    condition     = length(kind_cluster.this.kind_config[0].node) == 4
    error_message = "A control plane, two general nodes, and one where training can be tried."
  }
  assert {
    condition     = strcontains(kind_cluster.this.kind_config[0].node[3].kubeadm_config_patches[0], "ml-platform.io/pool=training")
    error_message = "Nodes are labelled with their pool."
  }
}

run "the_image_is_the_one_of_the_version" {
  command = plan
  assert {
    condition     = startswith(kind_cluster.this.node_image, "kindest/node:v1.36.1@sha256:")
    error_message = "The image is pinned by digest."
  }
}

run "outputs_have_the_shape_that_other_layers_take" {
  assert {
    condition     = output.name == "data-platform-local" && output.certificate_authority == "stand-in" && output.credentials.client_key == "stand-in"
    error_message = "Certificates come out as PEM, not as base64."
  }
}

run "refuses_versions_without_an_image" {
  command = plan
  variables {
    kubernetes_version = "1.35"
  }
  expect_failures = [kind_cluster.this]
}
