# Owned by the platform. One root, one state, one role: app-ml-team in uat.
terraform {
  required_version = ">= 1.11"
}
