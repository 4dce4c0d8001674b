#!/bin/sh
# Days that each kind of log is kept: applications 14, security 90, audit 400.
set -eu
put() {
  curl --fail --silent --show-error --cacert /authority/ca.crt --user "elastic:$PASSWORD" --header 'Content-Type: application/json' \
    --retry 30 --retry-delay 10 --retry-all-errors \
    --request PUT "https://logs-es-http:9200/$1" --data "$2"
}
for kind in application:14 security:90 audit:400; do
  name=${kind%%:*}
  put "_index_template/logs-$name" '{
    "index_patterns": ["logs-'"$name"'-*"],
    "priority": 500,
    "data_stream": {},
    "template": {
      "settings": { "index.number_of_shards": 1, "index.auto_expand_replicas": "0-1", "index.mapping.total_fields.limit": 2000, "index.mapping.ignore_malformed": true },
      "lifecycle": { "data_retention": "'"${kind#*:}"'d" }
    }
  }'
done
