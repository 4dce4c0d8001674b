terraform {
  required_version = ">= 1.11"
  required_providers {
    # Named so that tests can stand in for it; the module below makes resources with it.
    # tflint-ignore: terraform_unused_required_providers
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.95, < 6.0"
    }
  }
}
