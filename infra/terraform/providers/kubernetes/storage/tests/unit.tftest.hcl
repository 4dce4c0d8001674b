mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  encryption_key = null
  buckets = {
    models  = { keep_old_versions_days = 90 }
    scratch = { expire_after_days = 14, keep_old_versions_days = 1 }
  }
  name         = "data-platform-local"
  protected    = false
  repositories = { "platform/tools" = { keep_images = 30 } }
}

run "pods_pass_pod_security_restricted" {
  command = plan
  assert {
    condition     = kubernetes_namespace_v1.this.metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "The namespace enforces Pod Security restricted."
  }
  assert {
    condition     = kubernetes_stateful_set_v1.store.spec[0].template[0].spec[0].security_context[0].run_as_non_root
    error_message = "The store does not run as root."
  }
}

run "every_bucket_is_made" {
  command = plan
  assert {
    condition     = keys(kubernetes_job_v1.bucket) == ["models", "scratch"]
    error_message = "There is a job per bucket."
  }
}

run "outputs_name_what_was_made" {
  assert {
    condition     = output.buckets.models.name == "data-platform-local-models" && endswith(output.buckets.models.endpoint, ".data-platform-local-storage.svc:8333")
    error_message = "A bucket has the same kind of name as with any provider, and the endpoint of the store."
  }
  assert {
    condition     = output.repositories["platform/tools"] == "platform/tools" && output.storage_class == "data-platform-local"
    error_message = "Repositories and the class of volumes are named."
  }
}

run "a_protected_volume_outlives_its_claim" {
  command = plan
  variables {
    protected = true
  }
  assert {
    condition     = kubernetes_storage_class_v1.this.reclaim_policy == "Retain"
    error_message = "Protected volumes are retained."
  }
}
