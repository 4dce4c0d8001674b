plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Modules are laid out by topic, not as main.tf.
rule "terraform_standard_module_structure" {
  enabled = false
}

# Modules and outputs of team roots are called like their workloads, which have hyphens.
rule "terraform_naming_convention" {
  enabled = true
  module {
    custom = "^[a-z][a-z0-9_-]*$"
  }
  output {
    custom = "^[a-z][a-z0-9_-]*$"
  }
}
