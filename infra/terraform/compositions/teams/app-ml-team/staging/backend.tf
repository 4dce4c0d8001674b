# Rendered by yarn platform:render from platform.yaml and tenants/*/tenant.yaml: change those, and run it.
# Owned by the platform. Bucket and region: terraform init -backend-config=../../../state.s3.tfbackend
terraform {
  backend "s3" {
    encrypt      = true
    key          = "teams/app-ml-team/staging/terraform.tfstate"
    use_lockfile = true
  }
}
