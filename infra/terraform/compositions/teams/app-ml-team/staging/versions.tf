# Rendered by yarn platform:render from platform.yaml and tenants/*/tenant.yaml: change those, and run it.
# Owned by the platform. One root, one state, one role: app-ml-team in staging.
terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.95, < 6.0"
    }
  }
}
