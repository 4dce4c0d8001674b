output "buckets" {
  description = "Buckets by name: what each is called, and where S3 is spoken"
  value = {
    for name, bucket in aws_s3_bucket.this : name => {
      endpoint = "https://${bucket.bucket_regional_domain_name}"
      name     = bucket.bucket
    }
  }
}

output "repositories" {
  description = "Image names of each repository, without the tag"
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}

output "storage_class" {
  description = "Name of the class for volumes in the cluster"
  # The EBS driver of the cluster layer makes it.
  value = "ebs-csi-default-sc"
}
