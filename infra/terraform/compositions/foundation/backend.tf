# Made before its own bucket: comment this block out, apply, put it back, and `terraform init -migrate-state
# -backend-config=../state.s3.tfbackend`. Once in the life of an account.
terraform {
  backend "s3" {
    encrypt      = true
    key          = "foundation/terraform.tfstate"
    use_lockfile = true
  }
}
