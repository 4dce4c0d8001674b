terraform {
  required_version = ">= 1.11"
  required_providers {
    # EKS 20 stops below 6.0; see docs/decisions/0010-terraform.md before raising it.
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.95, < 6.0"
    }
  }
}
