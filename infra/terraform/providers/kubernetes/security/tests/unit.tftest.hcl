mock_provider "kubernetes" {}

variables {
  access             = { platform = { principal = "platform-engineers", role = "admin" } }
  log_retention_days = 30
  name               = "data-platform-local"
  network            = { address_range = "10.0.0.0/16", internet = "single", zones = 2 }
  protected          = false
  services           = { cache = { port = 6379 }, database = { port = 5432 } }
}

run "data_services_are_reached_from_namespaces_of_teams_only" {
  command = plan
  assert {
    condition     = kubernetes_network_policy_v1.default_deny.spec[0].policy_types == tolist(["Ingress", "Egress"]) && length(kubernetes_network_policy_v1.default_deny.spec[0].ingress) == 0
    error_message = "Nothing passes that is not allowed."
  }
  assert {
    condition     = kubernetes_network_policy_v1.service["database"].spec[0].ingress[0].ports[0].port == "5432"
    error_message = "A policy opens the port of its service."
  }
}

run "names_resolve_under_the_default_deny" {
  command = plan
  assert {
    condition     = sort(kubernetes_network_policy_v1.name_resolution.spec[0].egress[0].ports[*].protocol) == tolist(["TCP", "UDP"])
    error_message = "DNS is asked over UDP and TCP."
  }
}

run "pod_security_is_restricted" {
  command = plan
  assert {
    condition     = kubernetes_namespace_v1.data.metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "The namespace of data services enforces Pod Security restricted."
  }
}

run "roles_are_those_of_kubernetes" {
  command = plan
  assert {
    condition     = kubernetes_cluster_role_binding_v1.access["platform"].role_ref[0].name == "cluster-admin"
    error_message = "admin of the platform is cluster-admin."
  }
}

run "outputs_have_the_shape_that_other_layers_take" {
  assert {
    condition     = output.network.id == "data-platform-local-data" && output.encryption_key == null && keys(output.service_groups) == ["cache", "database"]
    error_message = "The network is the namespace of data services."
  }
}
