# Where customers accept: standbys as in production, since fail-over is part of what they accept.
location   = "eu-west-1"
name       = "data-platform-uat"
production = false

access = {
  platform = { principal = "arn:aws:iam::111122223333:role/platform-engineers", role = "admin" }
  readers  = { principal = "arn:aws:iam::111122223333:role/developers", role = "view" }
}

network = { address_range = "10.18.0.0/16", zones = 3 }

cluster = {
  node_pools = {
    general  = { min = 2, max = 8, size = "medium", capacity = "on_demand" }
    training = { accelerator = "nvidia", min = 0, max = 2, size = "medium" }
  }
}

delivery = {
  identity_provider    = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
  repository           = "acme/platform"
  state_bucket         = "acme-ml-platform-state"
  state_encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
  teams = {
    app-core-team = { environments = ["uat"] }
    app-data-team = { environments = ["uat"] }
    app-ml-team   = { environments = ["uat"] }
  }
}

environments = {
  uat = { namespace_suffix = "-uat", owns_repositories = false }
}

caches    = { features = { high_availability = true } }
databases = { mlflow = { high_availability = true } }
storage   = { buckets = { data = {}, models = {}, scratch = { expire_after_days = 14 } } }
