# Bucket and region are in ../../state.s3.tfbackend; the key is the platform's own:
#   terraform init -backend-config=../../state.s3.tfbackend -backend-config=key=data-platform/<env>/terraform.tfstate
terraform {
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
