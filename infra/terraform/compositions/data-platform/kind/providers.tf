provider "kind" {}

# These are configured from a cluster of the same root, which is right for a cluster that is thrown away and never for one that
# stays: replacing it needs `terraform destroy` first.
provider "kubernetes" {
  client_certificate     = module.cluster.credentials.client_certificate
  client_key             = module.cluster.credentials.client_key
  cluster_ca_certificate = module.cluster.certificate_authority
  host                   = module.cluster.endpoint
}

provider "helm" {
  kubernetes = {
    client_certificate     = module.cluster.credentials.client_certificate
    client_key             = module.cluster.credentials.client_key
    cluster_ca_certificate = module.cluster.certificate_authority
    host                   = module.cluster.endpoint
  }
}

locals {
  tags = {
    "ml-platform.io/managed-by" = "terraform"
    "ml-platform.io/platform"   = var.name
  }
}
