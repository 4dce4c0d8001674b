# All environments on one cluster, production too: sizes and standbys are those of production.
name = "data-platform"

access = {
  platform = { principal = "arn:aws:iam::111122223333:role/platform-engineers", role = "admin" }
  readers  = { principal = "arn:aws:iam::111122223333:role/developers", role = "view" }
}

network = { address_range = "10.16.0.0/16", zones = 3 }

cluster = {
  # Of the domain of portal and Ingresses.
  dns_zones = ["Z0123456789ABCDEFGHIJ"]
  node_pools = {
    general  = { min = 3, max = 20, size = "medium" }
    serving  = { accelerator = "nvidia", min = 1, max = 6, size = "small" }
    training = { accelerator = "nvidia", capacity = "spot", min = 0, max = 8, size = "large" }
  }
}

caches     = { features = { size = "medium" } }
databases  = { portal = { max_storage_gb = 500, size = "medium", storage_gb = 100 } }
monitoring = { alert_receivers = { platform = "platform-oncall@example.com" }, monthly_budget = 20000 }
storage    = { buckets = { backups = {}, data = {}, mlflow = {}, models = { keep_old_versions_days = 365 }, scratch = { expire_after_days = 30 } } }
