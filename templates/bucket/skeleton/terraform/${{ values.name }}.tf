# One module block with literal values and its outputs: the platform's check accepts nothing else here.
module ${{ values.name | hcl }} {
  source = "../../../../platform/workload"

  bucket = {
{% if values.expireAfterDays %}
    expire_after_days      = ${{ values.expireAfterDays | hcl }}
{% endif %}
    keep_old_versions_days = ${{ values.keepOldVersionsDays | hcl }}
  }
{% if values.readers | length %}
  bucket_readers = [
{% for user in values.readers %}
    ${{ (user | replace("component:default/", "")) | hcl }},
{% endfor %}
  ]
{% endif %}
{% if values.writers | length %}
  bucket_writers = [
{% for user in values.writers %}
    ${{ (user | replace("component:default/", "")) | hcl }},
{% endfor %}
  ]
{% endif %}
  environment = ${{ values.environment | hcl }}
  team        = ${{ values.team | hcl }}
  workload    = ${{ values.name | hcl }}
}

output ${{ values.name | hcl }} {
  description = "Computed names of the workload's cloud resources"
  value       = module.${{ values.name }}
}
