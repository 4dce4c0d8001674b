# Rendered by yarn platform:render from platform.yaml and tenants/*/tenant.yaml: change those, and run it.
# With the sizes of shared.tfvars these are the values of the cluster's root.
location = "eu-west-1"

delivery = {
  branch               = "main"
  identity_provider    = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
  repository           = "acme/platform"
  state_bucket         = "acme-ml-platform-state"
  state_encryption_key = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
  teams = {
    app-core-team = { environments = ["dev", "staging", "uat", "prod"] }
    app-data-team = { environments = ["dev", "staging", "uat", "prod"] }
    app-ml-team   = { environments = ["dev", "staging", "uat", "prod"] }
  }
}

environments = {
  dev     = { namespace_suffix = "-dev", owns_repositories = true }
  staging = { namespace_suffix = "-staging", owns_repositories = false }
  uat     = { namespace_suffix = "-uat", owns_repositories = false }
  prod    = { namespace_suffix = "", owns_repositories = false }
}

production = true
