# A laptop: everything small, nothing kept.
name = "data-platform-local"

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

caches     = { features = {} }
databases  = { portal = {} }
monitoring = { storage_gb = 5 }
storage    = { buckets = { models = {}, scratch = { expire_after_days = 7 } } }
