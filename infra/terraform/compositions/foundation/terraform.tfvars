# Rendered by yarn platform:render from platform.yaml and tenants/*/tenant.yaml: change those, and run it.
issuer       = "token.actions.githubusercontent.com"
location     = "eu-west-1"
state_bucket = "acme-ml-platform-state"
