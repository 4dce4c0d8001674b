# Owned by the platform. One root, one state, one role: app-ml-team in dev.
terraform {
  required_version = ">= 1.11"
}
