/** A stand-in for a provider. Terraform checks version constraints and blocks against it. */
export interface StandIn {
  /** For example `registry.terraform.io/hashicorp/aws`. */
  address: string;
  version: string;
  /** Source of the schema. A provider without one is required by modules, but not used. */
  schema?: { binding: string } | { file: string };
}

/**
 * The providers that `infra/terraform` and its modules can require. Bindings of the Terraform CDK are generated from the
 * schema of the version given here.
 */
export const standIns: StandIn[] = [
  {
    address: 'registry.terraform.io/hashicorp/aws',
    version: '5.99.1',
    schema: { binding: '@cdktf/provider-aws@19.65.1' },
  },
  {
    address: 'registry.terraform.io/hashicorp/helm',
    version: '3.1.1',
    schema: { binding: '@cdktf/provider-helm@12.1.2' },
  },
  {
    address: 'registry.terraform.io/hashicorp/kubernetes',
    version: '2.38.0',
    schema: { binding: '@cdktf/provider-kubernetes@12.1.1' },
  },
  {
    address: 'registry.terraform.io/hashicorp/random',
    version: '3.7.2',
    schema: { binding: '@cdktf/provider-random@12.0.1' },
  },
  {
    address: 'kind.local/gigifokchiman/kind',
    version: '0.1.4',
    schema: { file: 'kind.json' },
  },
  { address: 'registry.terraform.io/hashicorp/time', version: '0.13.1' },
  { address: 'registry.terraform.io/hashicorp/tls', version: '4.1.0' },
];
