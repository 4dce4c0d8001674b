# Owned by the platform. One root, one state, one role: app-data-team in dev.
terraform {
  required_version = ">= 1.11"
}
