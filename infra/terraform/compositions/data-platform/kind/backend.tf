# The cluster is on this machine, and so is its state.
terraform {
  backend "local" {}
}
