# No provider here asks for credentials, and none is of a cloud.
terraform {
  required_version = ">= 1.11"
  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = ">= 3.1, < 4.0"
    }
    # In no registry: infra/terraform/scripts/install-kind-provider.sh puts it where Terraform looks.
    kind = {
      source  = "kind.local/gigifokchiman/kind"
      version = "0.1.4"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.38, < 4.0"
    }
    # Named so that tests can stand in for it; modules make passwords with it.
    # tflint-ignore: terraform_unused_required_providers
    random = {
      source  = "hashicorp/random"
      version = ">= 3.7, < 4.0"
    }
  }
}
