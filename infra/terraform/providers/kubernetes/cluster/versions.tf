terraform {
  required_version = ">= 1.11"
  required_providers {
    # In no registry: scripts/install-kind-provider.sh puts it where Terraform looks.
    kind = {
      source  = "kind.local/gigifokchiman/kind"
      version = "0.1.4"
    }
  }
}
