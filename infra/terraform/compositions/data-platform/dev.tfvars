# Where things are tried: spot nodes, one gateway, a week of old versions.
location   = "eu-west-1"
name       = "data-platform-dev"
production = false

access = {
  platform = { principal = "arn:aws:iam::111122223333:role/platform-engineers", role = "admin" }
  readers  = { principal = "arn:aws:iam::111122223333:role/developers", role = "view" }
}

network = { address_range = "10.16.0.0/16", zones = 2 }

cluster = {
  node_pools = {
    general  = { min = 1, max = 6, size = "small" }
    training = { accelerator = "nvidia", min = 0, max = 2, size = "small" }
  }
}

delivery = {
  identity_provider    = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
  repository           = "acme/platform"
  state_bucket         = "acme-ml-platform-state"
  state_encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
  teams = {
    app-core-team = { environments = ["dev"] }
    app-data-team = { environments = ["dev"] }
    app-ml-team   = { environments = ["dev"] }
  }
}

environments = {
  dev = { namespace_suffix = "-dev", owns_repositories = true }
}

caches    = { features = {} }
databases = { mlflow = {} }
storage   = { buckets = { data = {}, models = {}, scratch = { expire_after_days = 14 } } }
