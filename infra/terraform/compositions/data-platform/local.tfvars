# A laptop: everything small, nothing kept.
name       = "data-platform-local"
production = false

access = {
  platform = { principal = "platform-engineers", role = "admin" }
  readers  = { principal = "developers", role = "view" }
}

cluster = {
  node_pools = {
    general  = { min = 1, max = 1 }
    training = { accelerator = "nvidia", min = 0, max = 1 }
  }
}

environments = {
  dev     = { namespace_suffix = "-dev", owns_repositories = true }
  prod    = { namespace_suffix = "" }
  staging = { namespace_suffix = "-staging" }
  uat     = { namespace_suffix = "-uat" }
}

caches     = { features = {} }
databases  = { mlflow = {} }
monitoring = { storage_gb = 5 }
storage    = { buckets = { models = {}, scratch = { expire_after_days = 7 } } }
