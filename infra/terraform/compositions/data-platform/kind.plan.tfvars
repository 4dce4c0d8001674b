# Rendered by yarn platform:render from platform.yaml and tenants/*/tenant.yaml: change those, and run it.
# With the sizes of kind.tfvars these are the values of the cluster's root.
environments = {
  dev     = { namespace_suffix = "-dev", owns_repositories = true }
  staging = { namespace_suffix = "-staging", owns_repositories = false }
  uat     = { namespace_suffix = "-uat", owns_repositories = false }
  prod    = { namespace_suffix = "", owns_repositories = false }
}

production = false
