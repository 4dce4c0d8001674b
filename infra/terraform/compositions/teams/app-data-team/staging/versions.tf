# Owned by the platform. One root, one state, one role: app-data-team in staging.
terraform {
  required_version = ">= 1.11"
}
